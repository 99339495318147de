# SPDX-License-Identifier: Apache-2.0
"""Counselling sessions held and missed, the cases behind them, and promises kept in time."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.monthly.counts import BySex
from reports.monthly.figures import monthly_figures
from resource_centre.services.cases import close_case, open_case
from resource_centre.services.follow_ups import mark_done, plan_follow_up
from resource_centre.vocabulary import vocabulary


def counts(figures, code):
    indicator = figures.indicator(code)
    values = (indicator.month, indicator.year, indicator.project)
    return tuple(getattr(value, "total", value) for value in values)


def test_sessions_are_counted_not_people(desk):
    siti = desk.person()
    for on in ("2026-09-30", "2026-10-01", "2026-10-01", "2026-10-31", "2026-11-01"):
        desk.counselled(siti, on)
    figures = desk.month()
    assert counts(figures, "counselling_sessions") == (3, 4, 4)
    assert [count.total for count in figures.counselling.people] == [1, 1, 1]
    assert figures.counselling.sessions_per_person == (3, 4, 4)


def test_sessions_by_type_and_mode_add_up(desk):
    siti = desk.person()
    desk.counselled(siti, "2026-10-01", session_type="awal")
    desk.counselled(siti, "2026-10-02", mode="telepon")
    desk.counselled(siti, "2026-10-03", mode="telepon")
    desk.counselled(siti, "2026-02-03", session_type="krisis", mode="video")
    found = desk.month().counselling
    assert [(line.session_type, line.mode, line.month, line.year) for line in found.lines] == [
        ("awal", "tatap_muka", 1, 1),
        ("lanjutan", "telepon", 2, 2),
        ("krisis", "video", 0, 1),
    ]
    assert found.held == (3, 4, 4)


def test_one_of_four_appointments_missed_is_a_quarter(desk):
    siti = desk.person()
    for on, attendance in (("01", "hadir"), ("02", "hadir"), ("03", "hadir"), ("04", "tidak_hadir")):
        desk.counselled(siti, f"2026-10-{on}", attendance=attendance)
    found = desk.month().counselling
    assert (found.held[0], found.missed[0], found.missed_rates[0]) == (3, 1, 25.0)


def test_a_cancelled_session_was_neither_held_nor_missed(desk):
    siti = desk.person()
    desk.counselled(siti, "2026-10-01")
    desk.counselled(siti, "2026-10-02", attendance="batal")
    found = desk.month().counselling
    assert (found.held[0], found.missed[0], found.missed_rates[0]) == (1, 0, 0.0)


def test_without_any_appointment_there_is_no_share_and_no_mean(desk):
    found = desk.month().counselling
    assert found.missed_rates == found.sessions_per_person == (None, None, None)


def test_withdrawn_sessions_are_neither_held_nor_missed(desk):
    siti = desk.person()
    desk.voids(desk.counselled(siti, "2026-10-01"))
    desk.voids(desk.counselled(siti, "2026-10-02", attendance="tidak_hadir"))
    found = desk.month().counselling
    assert (found.held, found.missed, found.lines) == ((0, 0, 0), (0, 0, 0), ())


def test_people_counselled_by_sex(desk):
    for sex in ("L", "P", "P", None):
        who = desk.person(sex=sex)
        desk.counselled(who, "2026-10-01")
        desk.counselled(who, "2026-10-02")
    found = desk.month().counselling
    assert found.people.month == BySex(men=1, women=2, unknown=1)
    assert found.held == (8, 8, 8)


def test_cases_opened_closed_and_open_at_the_end(desk):
    early, late, both = (desk.person(name) for name in ("Sumiati", "Rohani", "Baiq"))
    open_case(desk.session, person_id=early, on=_day("2026-09-30"))
    open_case(desk.session, person_id=late, on=_day("2026-11-01"))
    case = open_case(desk.session, person_id=both, on=_day("2026-10-01"))
    close_case(desk.session, case_id=case.id, reason=_closure(), on=_day("2026-10-31"))
    october, november = desk.month("2026-10"), desk.month("2026-11")
    assert [counts(october, f"cases_{what}") for what in ("opened", "closed", "open_at_end")] == [
        (1, 2, 2),
        (1, 1, 1),
        (1, 1, 1),
    ]
    assert counts(november, "cases_open_at_end")[0] == 2


def test_what_was_open_opened_and_closed_gives_what_is_open(desk):
    for number, (opened, closed) in enumerate(
        [("2026-09-01", None), ("2026-09-02", "2026-10-05"), ("2026-10-06", None), ("2026-10-07", "2026-11-02")]
    ):
        case = open_case(desk.session, person_id=desk.person(f"Sumiati {number}"), on=_day(opened))
        if closed:
            close_case(desk.session, case_id=case.id, reason=_closure(), on=_day(closed))
    before, after = desk.month("2026-09"), desk.month("2026-10")
    opened, closed, at_end = (counts(after, f"cases_{what}")[0] for what in ("opened", "closed", "open_at_end"))
    assert counts(before, "cases_open_at_end")[0] + opened - closed == at_end == 3


@pytest.mark.parametrize(
    ("done", "share"), [("2026-10-10", 100.0), ("2026-10-17", 100.0), ("2026-10-18", 0.0), (None, 0.0)]
)
def test_a_follow_up_is_in_time_up_to_seven_days_after(desk, done, share):
    planned = plan_follow_up(desk.session, person_id=desk.person(), due_on=_day("2026-10-10"))
    if done:
        mark_done(desk.session, planned.id, on=_day(done))
    assert counts(desk.month(), "follow_ups_on_time") == (share, share, share)


def test_done_before_it_was_due_is_in_time(desk):
    planned = plan_follow_up(desk.session, person_id=desk.person(), due_on=_day("2026-10-10"))
    mark_done(desk.session, planned.id, on=_day("2026-09-28"))
    assert counts(desk.month(), "follow_ups_on_time")[0] == 100.0


def test_only_follow_ups_due_in_the_month_count(desk):
    siti = desk.person()
    for due, done in (("2026-09-30", None), ("2026-10-01", "2026-10-01"), ("2026-10-31", "2026-11-07"),
                      ("2026-10-15", None), ("2026-11-01", None)):  # fmt: skip
        planned = plan_follow_up(desk.session, person_id=siti, due_on=_day(due))
        if done:
            mark_done(desk.session, planned.id, on=_day(done))
    assert counts(desk.month(), "follow_ups_on_time") == (pytest.approx(200 / 3), 50.0, 50.0)


def test_a_withdrawn_follow_up_is_not_owed(desk):
    siti = desk.person()
    desk.voids(plan_follow_up(desk.session, person_id=siti, due_on=_day("2026-10-10")))
    assert counts(desk.month(), "follow_ups_on_time") == (None, None, None)


def test_coming_to_the_next_session_keeps_the_promise(desk):
    siti = desk.person()
    desk.counselled(siti, "2026-10-01", next_on="2026-10-08")
    assert counts(desk.month(), "follow_ups_on_time")[0] == 0.0
    desk.counselled(siti, "2026-10-09")
    assert counts(desk.month(), "follow_ups_on_time")[0] == 100.0


def _day(text):
    return dt.date.fromisoformat(text)


def _closure():
    return vocabulary("closure_reason").codes[0]


def group_of(desk, people, on, **values):
    from resource_centre.services.counselling import record_group_session

    return record_group_session(desk.session, people, {"service_type": "CNS_PSY_GRP", **values}, on=_day(on))


def test_a_group_session_is_one_session_of_several_people(desk):
    people = [desk.person(name, sex=sex) for name, sex in (("Siti", "P"), ("Baiq", "P"), ("Amat", "L"))]
    group_of(desk, people, "2026-10-05")
    group_of(desk, people[:2], "2026-03-05")
    desk.counselled(people[0], "2026-10-09")
    figures = desk.month()
    found = figures.counselling
    assert counts(figures, "counselling_sessions") == found.held == (2, 3, 3)
    assert found.attended == (4, 6, 6)
    assert [count.total for count in found.people] == [3, 3, 3]
    assert found.sessions_per_person == (4 / 3, 2, 2)
    assert [(line.session_type, line.month, line.year) for line in found.lines] == [
        ("lanjutan", 1, 1),
        ("kelompok", 1, 2),
    ]
    assert all(check.holds for check in figures.checks)


def test_who_stays_away_from_a_group_that_met_missed_no_session(desk):
    from resource_centre.services.counselling import change_session

    held = group_of(desk, [desk.person(name) for name in ("Siti", "Baiq", "Amat")], "2026-10-05")
    change_session(desk.session, held[2].id, {"attendance": "tidak_hadir"})
    found = desk.month().counselling
    assert (found.held[0], found.attended[0], found.missed[0]) == (1, 2, 0)


def test_a_group_to_which_nobody_came_is_one_missed(desk):
    group_of(desk, [desk.person("Siti"), desk.person("Baiq")], "2026-10-05", attendance="tidak_hadir")
    found = desk.month().counselling
    assert (found.held[0], found.missed[0], found.missed_rates[0]) == (0, 1, 100.0)


def test_of_a_group_only_who_lives_in_the_place_is_attended_there(desk):
    here, there = "52.03.01.2001", "52.03.02.2001"
    group_of(desk, [desk.person("Siti", village=here), desk.person("Baiq", village=there)], "2026-10-05")
    found = monthly_figures(desk.session, "2026-10", place=here).counselling
    assert (found.held[0], found.attended[0]) == (1, 1)
