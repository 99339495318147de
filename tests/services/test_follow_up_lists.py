# SPDX-License-Identifier: Apache-2.0
"""The lists of who is to be seen, and what they say of how somebody may be reached without harm."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.services.accounts import own_account
from resource_centre.services.cases import change_case, open_case
from resource_centre.services.consents import record_consent, withdraw_consent
from resource_centre.services.follow_up_attempts import record_attempt
from resource_centre.services.follow_up_visits import overdue_list, today_list, week_list
from resource_centre.services.follow_ups import mark_done, plan_follow_up
from resource_centre.services.people import change_person, move_person

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)
SAFE = {"safe_phone": "081234567890", "safe_answerer": "suami", "safe_times": "sore", "may_leave_message": False}


@pytest.fixture
def sumiati(register):
    return register("Sumiati", **SAFE)


def agrees(session, person_id, decision="diberikan", **values):
    said = {"purpose": "kontak_ulang", "decision": decision, "mode": "tertulis", **values}
    return record_consent(session, person_id=person_id, values=said)


def only(rows):
    (row,) = rows
    return row


def test_a_week_holds_its_seven_days_in_order(session, register):
    for name, days in (("Before", -1), ("Monday", 0), ("Sunday", 6), ("After", 7)):
        plan_follow_up(session, person_id=register(name), due_on=MONDAY + days * DAY)
    assert [one.full_name for one in week_list(session, MONDAY)] == ["Monday", "Sunday"]


def test_neighbours_stand_together_on_a_day(session, register, today):
    for name, village in (("Ani", "52.03.02.2001"), ("Budi", "52.03.01.2001"), ("Citra", "52.03.02.2001")):
        plan_follow_up(session, person_id=register(name, village=village), due_on=today)
    assert [one.full_name for one in today_list(session, on=today)] == ["Budi", "Ani", "Citra"]


def test_a_visitor_finds_the_house_and_the_case(session, sumiati, today):
    home = {"village_code": "52.03.01.2001", "hamlet": "Dusun Lauk", "rt": "02", "rw": "05", "street": "dekat masjid"}
    move_person(session, sumiati, home)
    case = open_case(session, person_id=sumiati)
    change_case(session, case.id, {"counsellor_id": own_account(session).id})
    plan_follow_up(session, person_id=sumiati, due_on=today, purpose="usaha", mode="kunjungan")
    row = only(today_list(session, on=today))
    assert (row.village_code, row.address) == ("52.03.01.2001", "Dusun Lauk, RT 02 / RW 05, dekat masjid")
    assert (row.case_number, row.responsible, row.what_for) == (case.number, "Ratna Uji", "usaha")


def test_the_number_is_on_the_list_of_whoever_agreed(session, sumiati, today):
    agrees(session, sumiati)
    plan_follow_up(session, person_id=sumiati, due_on=today)
    contact = only(today_list(session, on=today)).contact
    assert (contact.way, contact.phone, contact.answerer, contact.times) == ("call", "+6281234567890", "suami", "sore")
    assert (contact.may_leave_message, contact.warning()) == (False, "")


def never(session, person_id):
    """Nobody asked."""


def refused(session, person_id):
    agrees(session, person_id, "ditolak")


def withdrawn(session, person_id):
    withdraw_consent(session, agrees(session, person_id).id)


def without_a_number(session, person_id):
    agrees(session, person_id)
    change_person(session, person_id, {"safe_phone": None})


@pytest.mark.parametrize(
    ("said", "way", "words"),
    [
        (never, "ask", "Nobody asked whether we may call: visit, and ask."),
        (refused, "refused", "Does not want to be contacted: do not call or write."),
        (withdrawn, "refused", "Does not want to be contacted: do not call or write."),
        (without_a_number, "visit", "No safe telephone is known: visit, do not call."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_without_agreement_and_a_safe_number_nobody_is_called(session, sumiati, today, said, way, words):
    said(session, sumiati)
    plan_follow_up(session, person_id=sumiati, due_on=today)
    contact = only(today_list(session, on=today)).contact
    assert (contact.way, contact.warning()) == (way, words)
    assert (contact.phone, contact.answerer, contact.times) == (None, None, None)


def test_an_account_sees_its_own_and_what_is_nobodys(session, register, today):
    mine, theirs, nobodys = (register(name) for name in ("Ani", "Budi", "Citra"))
    me = own_account(session).id
    plan_follow_up(session, person_id=mine, due_on=today, responsible_id=me)
    plan_follow_up(session, person_id=theirs, due_on=today, responsible_id="00000000-0000-7000-8000-000000000000")
    plan_follow_up(session, person_id=nobodys, due_on=today)
    assert [one.full_name for one in today_list(session, on=today, account=me)] == ["Ani", "Citra"]
    assert len(today_list(session, on=today)) == 3


def test_what_is_overdue_says_how_late_and_how_often_it_was_tried(session, sumiati, today):
    planned = plan_follow_up(session, person_id=sumiati, due_on=today - 5 * DAY)
    record_attempt(session, planned.id, {"mode": "telepon", "result": "tidak_terhubung"})
    row = only(overdue_list(session, on=today))
    assert (row.days_late, row.attempts) == (5, 1)
    mark_done(session, planned.id, result="pindah")
    assert overdue_list(session, on=today) == []


def test_a_collector_sees_the_people_of_their_villages(centre, register, session, collector_session, today):
    here, there = register("Ani", village="52.03.01.2001"), register("Budi", village="52.03.02.2001")
    for who in (here, there):
        plan_follow_up(session, person_id=who, due_on=today)
    session.commit()
    assert [one.full_name for one in today_list(collector_session("52.03.01.2001"), on=today)] == ["Ani"]


def test_the_list_knows_who_has_died(session, sumiati, today):
    plan_follow_up(session, person_id=sumiati, due_on=today)
    change_person(session, sumiati, {"standing": "meninggal"})
    assert only(today_list(session, on=today)).standing == "meninggal"
