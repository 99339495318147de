# SPDX-License-Identifier: Apache-2.0
"""A plan brings its follow-ups with it, and nobody's changes to them are undone."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.log.voiding import void
from resource_centre.records import Plan
from resource_centre.services.cases import open_case
from resource_centre.services.entries import add_entry
from resource_centre.services.follow_up_schedule import day_of, schedule_from_plan
from resource_centre.services.follow_ups import change_follow_up, due, follow_ups_of, mark_done
from resource_centre.services.intake import register_intake
from resource_centre.vocabulary import vocabulary

STEPS = ("2_minggu", "1_bulan", "3_bulan", "6_bulan", "12_bulan")


def made_plan(session, person_id, case_id=None, **values):
    return add_entry(session, Plan, person_id, {"made_on": dt.date(2026, 11, 20), **values}, case_id=case_id)


def steps_of(session, person_id):
    return {one.interval: one.due_on for one in follow_ups_of(session, person_id)}


def test_the_steps_fall_on_their_days_on_either_database(either_centre, today):
    with either_centre.change() as session:
        person_id = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        case = open_case(session, person_id=person_id)
        planned = schedule_from_plan(session, made_plan(session, person_id, case.id))
        assert {(one.case_id, one.person_id) for one in planned} == {(case.id, person_id)}
    with either_centre.read() as session:
        assert list(steps_of(session, person_id).items()) == [
            ("2_minggu", dt.date(2026, 12, 4)),
            ("1_bulan", dt.date(2026, 12, 20)),
            ("3_bulan", dt.date(2027, 2, 20)),
            ("6_bulan", dt.date(2027, 5, 20)),
            ("12_bulan", dt.date(2027, 11, 20)),
        ]


def test_asking_twice_changes_nothing(session, register):
    plan = made_plan(session, register("Sumiati"))
    assert [one.interval for one in schedule_from_plan(session, plan)] == list(STEPS)
    assert schedule_from_plan(session, plan) == []


@pytest.mark.parametrize("changed", ["moved", "done", "taken back"])
def test_a_step_somebody_changed_is_not_planned_again(session, register, changed, today):
    plan = made_plan(session, register("Sumiati"))
    step = schedule_from_plan(session, plan)[0]
    if changed == "moved":
        change_follow_up(session, step.id, {"due_on": today + dt.timedelta(days=3)})
    elif changed == "done":
        mark_done(session, step.id, result="terhubung")
    else:
        void(session, step, "not wanted")
    assert schedule_from_plan(session, plan) == []


def test_what_has_passed_already_is_left_out(session, register):
    plan = made_plan(session, register("Sumiati"), client_signed_on=dt.date(2026, 8, 25))
    assert [one.interval for one in schedule_from_plan(session, plan)] == ["3_bulan", "6_bulan", "12_bulan"]


def test_a_new_version_of_the_plan_keeps_what_is_still_to_come(session, register, today):
    person_id = register("Sumiati")
    case = open_case(session, person_id=person_id)
    first = schedule_from_plan(session, made_plan(session, person_id, case.id))
    mark_done(session, first[0].id, result="terhubung")
    again = schedule_from_plan(session, made_plan(session, person_id, case.id, edition=2))
    assert [one.interval for one in again] == ["2_minggu"]


def test_a_month_after_the_thirty_first_is_the_months_last_day():
    month = next(term for term in vocabulary("follow_up_interval") if term.code == "1_bulan")
    assert day_of(month, dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)


def test_a_step_says_what_it_is_for(session, register, today):
    plan = made_plan(session, register("Sumiati"))
    step = schedule_from_plan(session, plan)[0]
    change_follow_up(session, step.id, {"due_on": today})
    assert [one.what_for for one in due(session, on=today)] == ["After 2 weeks"]
