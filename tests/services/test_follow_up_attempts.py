# SPDX-License-Identifier: Apache-2.0
"""Trying to reach somebody: what ends a follow-up, what leaves it open, and when closing the case is proposed."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.records import FollowUp, Person
from resource_centre.services.cases import close_case, open_case
from resource_centre.services.counselling import record_session
from resource_centre.services.follow_up_attempts import (
    attempts_of,
    closure_proposals,
    propose_closure,
    record_attempt,
    settle,
)
from resource_centre.services.follow_ups import due, mark_done, overdue, plan_follow_up
from resource_centre.services.intake import register_intake

DAY = dt.timedelta(days=1)
IN_VAIN = {"mode": "telepon", "result": "tidak_terhubung"}


@pytest.fixture
def case(session, register, today):
    return open_case(session, person_id=register("Sumiati"), on=today - 90 * DAY)


@pytest.fixture
def planned(session, case, today):
    return plan_follow_up(session, person_id=case.person_id, due_on=today - 60 * DAY)


def tried(session, follow_up, *days_ago, today, **values):
    for days in days_ago:
        record_attempt(session, follow_up.id, {**IN_VAIN, "tried_on": today - days * DAY, **values})


def test_somebody_not_reached_is_tried_again_on_the_day_agreed(session, planned, today):
    record_attempt(session, planned.id, IN_VAIN | {"note": "tidak aktif"}, again_on=today)
    assert [one.id for one in due(session, on=today)] == [planned.id]
    assert [(one.tried_on, one.result, one.note) for one in attempts_of(session, planned.id)] == [
        (today, "tidak_terhubung", "tidak aktif")
    ]


def test_somebody_reached_ends_the_follow_up_with_what_was_heard(session, planned, today):
    heard = {"monthly_income": 1_500_000, "services_received": ["modal_usaha"], "challenges": "Harga pakan"}
    record_attempt(session, planned.id, {"mode": "kunjungan", "result": "terhubung", **heard})
    done = session.get(FollowUp, planned.id)
    assert (done.done_on, done.result, done.mode) == (today, "terhubung", "kunjungan")
    assert {name: getattr(done, name) for name in heard} == heard
    assert overdue(session, on=today) == []


def test_a_try_without_a_result_is_refused(session, planned):
    with pytest.raises(Refused) as refused:
        record_attempt(session, planned.id, {"mode": "telepon"})
    assert [(one.field, one.code) for one in refused.value.problems] == [("result", "required")]


@pytest.mark.parametrize(
    ("result", "done", "tries"), [("tidak_terhubung", False, 1), ("menolak", True, 1), (None, True, 0)]
)
def test_one_word_settles_a_follow_up_unless_nobody_was_reached(session, planned, result, done, tries):
    settle(session, planned.id, result)
    assert (session.get(FollowUp, planned.id).done_on is not None, len(attempts_of(session, planned.id))) == (
        done,
        tries,
    )


def test_how_it_was_planned_stays_when_the_try_does_not_say(session, case, today):
    visit = plan_follow_up(session, person_id=case.person_id, due_on=today, mode="kunjungan")
    settle(session, visit.id, "terhubung")
    assert session.get(FollowUp, visit.id).mode == "kunjungan"


def test_what_a_colleague_has_done_is_not_done_again(session, planned):
    mark_done(session, planned.id, result="pindah")
    with pytest.raises(Refused) as refused:
        record_attempt(session, planned.id, {"result": "terhubung"})
    assert [(one.field, one.code) for one in refused.value.problems] == [("result", "already_done")]
    assert session.get(FollowUp, planned.id).result == "pindah"


def test_three_tries_in_vain_over_a_month_propose_closing(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    proposed = propose_closure(session, case.id, on=today)
    assert (proposed.case_id, proposed.full_name, proposed.attempts) == (case.id, "Sumiati", 3)
    assert (proposed.first_on, proposed.last_on) == (today - 40 * DAY, today - 2 * DAY)
    assert proposed.reason == "HILANG_KONTAK"
    assert closure_proposals(session, on=today) == [proposed]


@pytest.mark.parametrize("days", [(40, 20), (20, 10, 2), (40, 40, 40)], ids=["too few", "within a month", "on one day"])
def test_less_than_that_proposes_nothing(session, planned, case, today, days):
    tried(session, planned, *days, today=today)
    assert propose_closure(session, case.id, on=today) is None


def test_whoever_was_met_since_is_not_lost(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    record_session(session, person_id=case.person_id, values={"service_type": "CNS_REINT"}, on=today - DAY)
    assert closure_proposals(session, on=today) == []


def test_whoever_was_reached_since_is_not_lost(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    mark_done(session, planned.id, result="terhubung", on=today)
    assert closure_proposals(session, on=today) == []


def test_a_follow_up_given_up_as_not_reached_is_no_contact(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    mark_done(session, planned.id, result="tidak_terhubung", on=today)
    assert [one.case_id for one in closure_proposals(session, on=today)] == [case.id]


def test_a_closed_case_is_not_proposed_again(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    close_case(session, case_id=case.id, reason="HILANG_KONTAK")
    assert closure_proposals(session, on=today) == []


def test_a_try_that_was_taken_back_does_not_count(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    void(session, attempts_of(session, planned.id)[0], "entered twice")
    assert closure_proposals(session, on=today) == []


def test_somebody_marked_as_not_valid_is_not_proposed(session, planned, case, today):
    tried(session, planned, 40, 20, 2, today=today)
    void(session, session.get(Person, case.person_id), "entered twice")
    assert closure_proposals(session, on=today) == []


def test_the_longest_silent_come_first_on_either_database(either_centre, today):
    with either_centre.change() as session:
        for name, first in (("Rohani", 35), ("Sumiati", 50)):
            who = register_intake(session, person={"full_name": name, "sex": "P"}).person_id
            open_case(session, person_id=who, on=today - 80 * DAY)
            planned = plan_follow_up(session, person_id=who, due_on=today - 60 * DAY)
            tried(session, planned, first, 12, 3, today=today)
    with either_centre.read() as session:
        assert [one.full_name for one in closure_proposals(session, on=today)] == ["Sumiati", "Rohani"]
