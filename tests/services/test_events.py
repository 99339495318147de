# SPDX-License-Identifier: Apache-2.0
"""Events from planning to what their months' reports say: days, counts, repeats, called off, moved."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from resource_centre.errors import Refused
from resource_centre.records import MonthReport, TrainingEvent, new_id
from resource_centre.services.event_changes import call_off, hold_after_all, repeat_event
from resource_centre.services.event_checks import check_event
from resource_centre.services.event_days import MOST_DAYS, meeting_days
from resource_centre.services.event_list import events_of, years_of_events
from resource_centre.services.event_trainers import set_trainers, trainers_of
from resource_centre.services.home import month_so_far
from resource_centre.services.month_reports import report_month, reported
from resource_centre.services.trainers import register_trainer
from resource_centre.services.training import (
    change_training,
    event_sheet,
    record_training,
    save_attendance,
    save_event,
)

VILLAGE, OTHER = "52.03.01.2001", "52.03.07.1002"
MARATHON = {
    "training_type": "kelas", "module": "M2", "starts_on": dt.date(2026, 10, 12), "ends_on": dt.date(2026, 10, 26),
    "meets_on": ["2026-10-12", "2026-10-19", "2026-10-26"], "village_code": VILLAGE, "hours": 12,
}  # fmt: skip
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def event(session):
    return record_training(session, event=MARATHON)


def problems_of(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def found(**values):
    return [(one.field, one.code, one.severity) for one in check_event(MARATHON | values, TODAY)]


# Days


def test_an_event_meets_on_the_days_it_names(event):
    assert [day.day for day in meeting_days(event)] == [12, 19, 26]


def test_an_event_that_names_no_days_meets_every_day(session):
    event = record_training(session, event=MARATHON | {"meets_on": None, "ends_on": dt.date(2026, 10, 14)})
    assert [day.day for day in meeting_days(event)] == [12, 13, 14]


def test_the_sheet_has_a_mark_for_every_meeting_day(session, event):
    assert event_sheet(session, event.id).days == 3


def test_a_sheet_never_has_more_days_than_fit_on_it(session):
    event = record_training(session, event=MARATHON | {"meets_on": None, "ends_on": dt.date(2027, 10, 14)})
    assert len(meeting_days(event)) == MOST_DAYS


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (["2026-10-12", "2026-10-12"], "day_twice"),
        (["2026-10-11", "2026-10-12"], "named_day_outside"),
        (["2026-10-12", "2026-10-27"], "named_day_outside"),
        (["2026-10-12", "2026-31-10"], "not_a_date"),
        (["12-10-2026"], "not_a_date"),
        ("2026-10-12", "not_a_date"),
    ],
)
def test_named_days_that_cannot_be_are_refused(session, event, days, code):
    with pytest.raises(Refused) as refused:
        change_training(session, event.id, {"meets_on": days})
    assert problems_of(refused) == [("meets_on", code)]


def test_a_long_event_is_asked_for_its_days():
    assert found(meets_on=None, ends_on=dt.date(2026, 12, 24)) == [("ends_on", "name_the_days", "warning")]


def test_a_mark_on_a_day_outside_the_event_is_refused(session, event):
    with pytest.raises(Refused) as refused:
        save_attendance(session, event.id, [{"name": "Baiq", "days": "HHH"}, {"name": "Lalu", "days": "HHHH"}])
    assert problems_of(refused) == [("rows.1.days", "day_outside")]
    assert event_sheet(session, event.id).rows == ()


def test_days_without_a_mark_at_the_end_are_no_days(session, event):
    save_attendance(session, event.id, [{"name": "Baiq", "days": "HH---"}])
    assert [row.name for row in event_sheet(session, event.id).rows] == ["Baiq"]


def test_an_event_is_not_made_shorter_than_what_is_marked(session, event):
    save_attendance(session, event.id, [{"name": "Baiq", "days": "H-A"}])
    with pytest.raises(Refused) as refused:
        change_training(session, event.id, {"meets_on": ["2026-10-12", "2026-10-19"]})
    assert problems_of(refused) == [("meets_on", "marked_beyond")]
    with pytest.raises(Refused) as refused:
        change_training(session, event.id, {"meets_on": None, "ends_on": dt.date(2026, 10, 13)})
    assert problems_of(refused) == [("ends_on", "marked_beyond")]


@pytest.mark.parametrize("days", [{"starts_on": "31-02-2026"}, {"ends_on": "besok"}])
def test_a_day_that_is_none_is_told_beside_its_question(session, event, days):
    with pytest.raises(Refused) as refused:
        change_training(session, event.id, days | {"meets_on": None})
    assert problems_of(refused) == [(*days, "not_a_date")]


def test_an_event_of_which_nobody_knows_the_day_is_written_down(session):
    event = record_training(
        session, event=MARATHON | {"starts_on": None, "ends_on": None, "meets_on": None},
        participants=[{"name": "Baiq", "days": "H"}], unanswered={"starts_on": "unknown"},
    )  # fmt: skip
    assert event.number is not None
    assert event_sheet(session, event.id).days == 1


def test_a_line_of_another_sheet_is_not_written_here(session, event):
    other = record_training(session, event=MARATHON, participants=[{"name": "Baiq"}])
    (line,) = event_sheet(session, other.id).rows
    with pytest.raises(Refused, match="not_found"):
        save_attendance(session, event.id, [{"id": line.id, "name": "Baiq"}])


def test_a_line_becomes_nobody_who_is_not_registered(session, event):
    (line,) = save_attendance(session, event.id, [{"name": "Baiq"}])
    with pytest.raises(Refused, match="not_found"):
        save_attendance(session, event.id, [{"id": line, "person_id": new_id()}])


def test_marks_are_cleared_and_the_event_shortened_in_one_act(session, event):
    (line,) = save_attendance(session, event.id, [{"name": "Baiq", "days": "H-A"}])
    save_event(session, event.id, {"meets_on": ["2026-10-12", "2026-10-19"]}, [{"id": line, "days": "H-"}])
    assert event_sheet(session, event.id).days == 2


def test_an_event_is_made_longer_and_marked_in_one_act(session, event):
    days = [*MARATHON["meets_on"], "2026-11-02"]
    longer = {"meets_on": days, "ends_on": dt.date(2026, 11, 2)}
    save_event(session, event.id, longer, [{"name": "Baiq", "days": "HHHH"}])
    assert [row.days for row in event_sheet(session, event.id).rows] == ["HHHH"]


def test_a_shorter_event_is_refused_for_lines_nobody_touched(session, event):
    save_attendance(session, event.id, [{"name": "Baiq", "days": "HHH"}])
    with pytest.raises(Refused) as refused:
        save_event(session, event.id, {"meets_on": ["2026-10-12"]}, [{"name": "Lalu", "days": "H"}])
    assert problems_of(refused) == [("meets_on", "marked_beyond")]


# Counts


def test_parts_of_a_count_are_no_more_than_the_count():
    counts = {"counted_women": 10, "counted_men": 2, "counted_others": 1}
    assert found(**counts, counted_minors=13, counted_disability=13) == []
    assert found(**counts, counted_minors=14) == [("counted_minors", "more_than_counted", "error")]
    assert found(**counts, counted_disability=14) == [("counted_disability", "more_than_counted", "error")]
    assert found(counted_minors=1) == [("counted_minors", "more_than_counted", "error")]


def test_fewer_reached_than_came_is_asked_about():
    assert found(counted_women=10, reach=9) == [("reach", "reach_below_came", "warning")]
    assert found(counted_women=10, reach=10) == []


@pytest.mark.parametrize("name", ["counted_women", "counted_others", "reach"])
def test_a_count_below_zero_is_refused(session, event, name):
    with pytest.raises(Refused) as refused:
        change_training(session, event.id, {name: -1})
    assert (name, "negative") in problems_of(refused)


# Repeating


def test_an_event_is_repeated_for_another_village(session, event):
    trainer = register_trainer(session, {"name": "Bu Nur", "level": "pelatih"})
    set_trainers(session, event.id, [(trainer.id, "utama")])
    save_attendance(session, event.id, [{"name": "Baiq", "days": "HHH"}])
    told = {"remarks": "Ramai", "counted_women": 4, "reach": 90, "partner": "Dinas Sosial", "cost": 1_500_000}
    change_training(session, event.id, told | {"languages": ["id"]})
    again = repeat_event(session, event.id, village_code=OTHER, starts_on=dt.date(2026, 12, 1))
    assert (again.village_code, again.starts_on, again.ends_on) == (OTHER, dt.date(2026, 12, 1), dt.date(2026, 12, 15))
    assert again.meets_on == ["2026-12-01", "2026-12-08", "2026-12-15"]
    assert (again.module, again.hours, again.partner, again.cost) == ("M2", 12, "Dinas Sosial", 1_500_000)
    assert (again.languages, again.repeats_id) == (["id"], event.id)
    assert (again.remarks, again.counted_women, again.reach, again.called_off) == (None, None, None, None)
    assert again.number not in (None, event.number)
    assert event_sheet(session, again.id).rows == ()
    assert [(one.trainer_id, one.part) for one in trainers_of(session, again.id)] == [(trainer.id, "utama")]


def test_a_repeat_in_no_village_known_is_refused(session, event):
    with pytest.raises(Refused) as refused:
        repeat_event(session, event.id, village_code="99.99.99.9999", starts_on=dt.date(2026, 12, 1))
    assert problems_of(refused) == [("village_code", "not_a_place")]


# Called off


def test_an_event_called_off_counts_nowhere_and_says_why(session, event, register):
    event.starts_on = event.ends_on = dt.date(2026, 11, 3)
    event.meets_on = None
    call_off(session, event.id, reason="Banjir")
    assert event.remarks == "20-11-2026: Called off: Banjir"
    save_attendance(session, event.id, [{"person_id": register(), "days": "H"}])  # on another laptop, meanwhile
    assert (month_so_far(session, on=TODAY).served, month_so_far(session, on=TODAY).events) == (0, 0)
    hold_after_all(session, event.id, reason="Surut")
    assert (month_so_far(session, on=TODAY).served, month_so_far(session, on=TODAY).events) == (1, 1)


def test_an_event_is_held_after_all(session, event):
    call_off(session, event.id, reason="Banjir")
    hold_after_all(session, event.id, reason="Surut")
    assert event.called_off is None
    assert event.remarks.splitlines() == ["20-11-2026: Called off: Banjir", "20-11-2026: Held after all: Surut"]


@pytest.mark.parametrize("there", [{"days": "H"}, {"post_score": 80}])
def test_an_event_at_which_somebody_was_is_not_called_off(session, event, there):
    save_attendance(session, event.id, [{"name": "Baiq", **there}])
    with pytest.raises(Refused) as refused:
        call_off(session, event.id, reason="Banjir")
    assert problems_of(refused) == [("called_off", "was_held")]


def test_an_event_at_which_people_were_counted_is_not_called_off(session, event):
    change_training(session, event.id, {"counted_women": 3})
    session.expire(event)
    with pytest.raises(Refused):
        call_off(session, event.id, reason="Banjir")


@pytest.mark.parametrize("turn", [call_off, hold_after_all])
def test_calling_off_needs_a_reason(session, event, turn):
    with pytest.raises(Refused) as refused:
        turn(session, event.id, reason="  ")
    assert problems_of(refused) == [("reason", "required")]


# Months that were reported


def test_a_month_is_reported_once(session):
    first = report_month(session, "2026-10", by="Bu Ratna")
    again = report_month(session, "2026-10", on=dt.date(2026, 11, 25))
    assert (first.id, again.reported_on) == (again.id, TODAY)
    assert session.query(MonthReport).count() == 1
    assert reported(session, dt.date(2026, 10, 31)) == TODAY
    assert reported(session, dt.date(2026, 11, 1)) is None
    assert reported(session, None) is None


@pytest.mark.parametrize(
    ("month", "code"),
    [("2026-13", "whole_month"), ("2026", "whole_month"), ("2026-11", "month_not_over"), ("2027-01", "month_not_over")],
)
def test_a_month_that_is_none_or_not_over_is_not_reported(session, month, code):
    with pytest.raises(Refused) as refused:
        report_month(session, month)
    assert problems_of(refused) == [("month", code)]


@pytest.mark.parametrize(
    "moved",
    [{"starts_on": dt.date(2026, 10, 11)}, {"village_code": OTHER}, {"called_off": True}],
    ids=lambda moved: next(iter(moved)),
)
def test_an_event_moved_after_its_month_was_reported_needs_a_reason(session, event, moved):
    report_month(session, "2026-10")
    with pytest.raises(Refused) as refused:
        change_training(session, event.id, moved)
    assert problems_of(refused) == [("starts_on", "month_reported")]
    assert (event.starts_on, event.village_code, event.called_off) == (MARATHON["starts_on"], VILLAGE, None)
    change_training(session, event.id, moved | {"remarks": "Ramai"}, reason="Salah tulis")
    assert event.remarks == "Ramai\n20-11-2026: Salah tulis"


def test_moving_an_event_into_a_reported_month_needs_a_reason_too(session):
    event = record_training(session, event=MARATHON | {"starts_on": TODAY, "ends_on": None, "meets_on": None})
    report_month(session, "2026-10")
    with pytest.raises(Refused):
        change_training(session, event.id, {"starts_on": dt.date(2026, 10, 30)}, reason=" ")
    change_training(session, event.id, {"starts_on": dt.date(2026, 10, 30)}, reason="Salah tulis")
    assert event.starts_on == dt.date(2026, 10, 30)


def test_what_no_report_tells_of_an_event_changes_without_a_reason(session, event):
    report_month(session, "2026-10")
    told = {name: getattr(event, name) for name in ("starts_on", "ends_on", "meets_on", "village_code", "called_off")}
    change_training(session, event.id, told | {"venue": "Balai desa"})
    assert (event.venue, event.remarks) == ("Balai desa", None)


# The list


def test_the_list_comes_page_by_page_and_misses_nothing(session):
    chance = random.Random(5)
    made = []
    for _number in range(40):
        day = chance.choice([None, *(dt.date(2026, month, chance.randint(1, 5)) for month in (1, 5, 12))])
        event = TrainingEvent(training_type="kelas", starts_on=day, village_code=VILLAGE)
        session.add(event)
        made.append(event)
    session.flush()
    seen, last = [], None
    while page := events_of(session, after=last, limit=7):
        seen += page
        last = page[-1]
    assert [one.id for one in seen] == [
        one.id for one in sorted(made, key=lambda one: (one.starts_on or dt.date.min, one.id), reverse=True)
    ]


def test_the_list_says_how_many_came(session, event):
    save_attendance(session, event.id, [{"name": "Baiq", "days": "H"}, {"name": "Lalu"}])
    change_training(session, event.id, {"counted_women": 4, "counted_others": 2})
    assert [(one.named, one.counted) for one in events_of(session)] == [(2, 6)]


def test_the_list_is_narrowed(session, event):
    planned = record_training(
        session, event={"training_type": "dialog", "starts_on": dt.date(2027, 1, 5), "village_code": OTHER}
    )
    off = record_training(session, event={"training_type": "siaran", "starts_on": dt.date(2026, 12, 5)})
    call_off(session, off.id, reason="Banjir")

    def ids(**chosen):
        return [one.id for one in events_of(session, **chosen)]

    assert ids() == [planned.id, off.id, event.id]
    assert ids(which="planned") == [planned.id]
    assert ids(which="held") == [event.id]
    assert ids(which="called_off") == [off.id]
    assert ids(kind="dialog") == ids(year=2027) == ids(villages=[OTHER]) == [planned.id]
    assert ids(villages=["52.03"]) == [planned.id, event.id]
    assert ids(villages=[]) == []
    assert years_of_events(session) == [2027, 2026]


def test_a_page_of_the_list_is_read_along_the_days(session, event, plans):
    (last,) = events_of(session)
    steps = [step for plan in plans(lambda: events_of(session, after=last, limit=200)) for step in plan]
    assert any(step.startswith("SEARCH training_event USING INDEX ix_training_event_starts_on") for step in steps)
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_without_events_there_are_no_years(session):
    assert years_of_events(session) == []
