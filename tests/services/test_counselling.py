"""A counselling session is written down, and what was promised comes back on the day."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.records import CounsellingSession, FollowUp, Person
from resource_centre.services.cases import change_case, close_case, open_case, open_case_of
from resource_centre.services.contacts import record_contact, record_service
from resource_centre.services.counselling import (
    change_session,
    follow_up_of,
    proposed_number,
    record_session,
    sessions_of,
)
from resource_centre.services.follow_ups import coming, count_overdue, due, mark_done, overdue, plan_follow_up

DAY = dt.timedelta(days=1)
TALK = {"service_type": "CNS_REINT", "topic": "debts"}


@pytest.fixture
def sumiati(register):
    return register("Sumiati")


def names(rows):
    return [(one.full_name, one.due_on, one.days_late) for one in rows]


def test_a_session_is_numbered_and_belongs_to_the_open_case(session, sumiati, today):
    case = open_case(session, person_id=sumiati)
    first = record_session(session, person_id=sumiati, values=TALK, on=today - 7 * DAY)
    second = record_session(session, person_id=sumiati, values=TALK | {"attendance": "tidak_hadir"})
    assert (first.session_number, second.session_number) == (1, 2)
    assert first.case_id == case.id
    listed = [(one.held_on, one.number, one.attendance, one.mode) for one in sessions_of(session, sumiati)]
    assert listed == [(today, 2, "tidak_hadir", "tatap_muka"), (today - 7 * DAY, 1, "hadir", "tatap_muka")]


def test_the_next_number_follows_the_highest_and_leaves_out_what_is_void(session, sumiati):
    record_session(session, person_id=sumiati, values=TALK | {"session_number": 5})
    assert proposed_number(session, sumiati) == 6
    void(session, session.get(CounsellingSession, sessions_of(session, sumiati)[0].id), "wrong person")
    assert proposed_number(session, sumiati) == 1


def test_a_session_without_a_kind_is_not_saved(session, sumiati):
    with pytest.raises(Refused) as refused:
        record_session(session, person_id=sumiati, values={"topic": "debts"})
    assert [(one.field, one.code) for one in refused.value.problems] == [("service_type", "required")]
    assert sessions_of(session, sumiati) == []


def test_the_next_meeting_is_due_on_its_day_and_overdue_after(session, sumiati, today):
    record_session(session, person_id=sumiati, values=TALK | {"next_on": today + 3 * DAY})
    assert names(coming(session, on=today)) == [("Sumiati", today + 3 * DAY, 0)]
    assert names(due(session, on=today + 3 * DAY)) == [("Sumiati", today + 3 * DAY, 0)]
    assert due(session, on=today) == overdue(session, on=today + 3 * DAY) == []
    assert names(overdue(session, on=today + 5 * DAY)) == [("Sumiati", today + 3 * DAY, 2)]
    assert count_overdue(session, on=today + 5 * DAY) == 1


def test_coming_back_keeps_the_promise(session, sumiati, today):
    first = record_session(session, person_id=sumiati, values=TALK | {"next_on": today - 2 * DAY}, on=today - 9 * DAY)
    record_session(session, person_id=sumiati, values=TALK | {"next_on": today + 9 * DAY})
    kept = follow_up_of(session, first.id)
    assert (kept.done_on, kept.result) == (today, "terhubung")
    assert names(overdue(session, on=today + 99 * DAY)) == [("Sumiati", today + 9 * DAY, 90)]


def test_not_coming_keeps_no_promise(session, sumiati, today):
    record_session(session, person_id=sumiati, values=TALK | {"next_on": today - 2 * DAY}, on=today - 9 * DAY)
    record_session(session, person_id=sumiati, values=TALK | {"attendance": "tidak_hadir"})
    assert count_overdue(session, on=today) == 1


def test_a_promise_of_another_kind_is_not_kept_by_a_session(session, sumiati, today):
    plan_follow_up(session, person_id=sumiati, due_on=today - DAY, purpose="passport is ready")
    record_session(session, person_id=sumiati, values=TALK)
    assert [one.purpose for one in overdue(session, on=today)] == ["passport is ready"]


def test_moving_the_next_meeting_moves_the_follow_up(session, sumiati, today):
    held = record_session(session, person_id=sumiati, values=TALK | {"next_on": today + DAY})
    change_session(session, held.id, {"next_on": today + 4 * DAY})
    assert follow_up_of(session, held.id).due_on == today + 4 * DAY
    change_session(session, held.id, {"next_on": None})
    assert follow_up_of(session, held.id) is None
    change_session(session, held.id, {"next_on": today + 5 * DAY})
    assert follow_up_of(session, held.id).due_on == today + 5 * DAY


def test_a_follow_up_is_done_with_its_result(session, sumiati, today):
    planned = plan_follow_up(session, person_id=sumiati, due_on=today)
    mark_done(session, planned.id, result="pindah")
    assert due(session, on=today) == []
    assert (session.get(FollowUp, planned.id).done_on, session.get(FollowUp, planned.id).result) == (today, "pindah")


def test_nobody_is_reminded_of_a_person_marked_as_not_valid(session, sumiati, today):
    plan_follow_up(session, person_id=sumiati, due_on=today)
    void(session, session.get(Person, sumiati), "entered twice")
    assert due(session, on=today) == []
    assert count_overdue(session, on=today + DAY) == 0


def test_a_person_has_one_open_case(session, sumiati, today):
    case = open_case(session, person_id=sumiati, values={"summary": "unpaid wages"})
    with pytest.raises(Refused):
        open_case(session, person_id=sumiati)
    change_case(session, case.id, {"status": "berjalan"})
    with pytest.raises(Refused):
        close_case(session, case_id=case.id, reason="BORED")
    close_case(session, case_id=case.id, reason="TUJUAN_TERCAPAI")
    assert (case.status, case.closed_on, case.closure_reason) == ("ditutup", today, "TUJUAN_TERCAPAI")
    assert open_case_of(session, sumiati) is None
    assert open_case(session, person_id=sumiati).number != case.number


def test_a_visit_without_a_name_is_a_contact_too(session, today):
    contact = record_contact(session, values={"channel": "phone", "sex": "P"}, services=["INF_MIGR"])
    assert (contact.person_id, contact.held_on) == (None, today)


def test_a_service_is_given_to_somebody(session, sumiati, today):
    service = record_service(session, person_id=sumiati, values={"service_type": "ADM_ID", "minutes": 20})
    assert (service.given_on, service.minutes) == (today, 20)
    with pytest.raises(Refused, match="not_found"):
        record_service(session, person_id="00000000-0000-7000-8000-000000000000", values={"service_type": "ADM_ID"})
