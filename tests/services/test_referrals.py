# SPDX-License-Identifier: Apache-2.0
"""A referral from the need to the feedback: clocks, consent, and what the letter tells."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.problems import WORDS
from resource_centre.records import Consent
from resource_centre.services import referrals
from resource_centre.services.cases import open_case
from resource_centre.services.consents import record_consent, withdraw_consent
from resource_centre.services.intake import register_intake
from resource_centre.services.providers import add_provider
from resource_centre.services.referral_clock import HOUR_MS, remaining
from resource_centre.services.referral_list import (
    count_overdue,
    open_referrals,
    overdue,
    referrals_of,
)
from resource_centre.services.transitions import steps_of

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)
MORNING = int(dt.datetime.combine(TODAY, dt.time(9)).timestamp() * 1000)
WANTED = {"services": ["hukum"], "shared": ["nama", "alasan"], "reason": "Unpaid wages of seven months"}


@pytest.fixture
def clock(monkeypatch):
    """Nine in the morning; `clock(hours)` moves on."""
    now = [MORNING]
    monkeypatch.setattr(referrals, "wall_ms", lambda: now[0])
    monkeypatch.setattr("resource_centre.services.referral_list.wall_ms", lambda: now[0])

    def move_on(hours):
        now[0] = MORNING + hours * HOUR_MS

    return move_on


@pytest.fixture
def sumiati(register):
    return register("Sumiati", nik="9952014508840001")


@pytest.fixture
def legal_aid(session):
    values = {"name": "LBH Mataram", "provider_type": "obh_lbh", "services": ["hukum"], "place_code": "52.71"}
    return add_provider(session, values).id


@pytest.fixture
def written(session, sumiati, legal_aid):
    """Writes a referral down, by default a complete one to the legal aid."""

    def write(**more):
        return referrals.record_referral(
            session, person_id=sumiati, values={**WANTED, "provider_id": legal_aid, **more}
        )

    return write


@pytest.fixture
def agreed(session, sumiati):
    """The client has agreed to being referred."""
    return record_consent(
        session, person_id=sumiati, values={"purpose": "rujukan", "decision": "diberikan", "mode": "tertulis"}
    )


def refused_fields(act):
    with pytest.raises(Refused) as refused:
        act()
    assert all(one.code in WORDS for one in refused.value.problems)
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_referral_begins_as_a_draft_of_the_open_case_with_a_number(session, sumiati, written):
    case = open_case(session, person_id=sumiati)
    made = written()
    assert (made.status, made.made_on, made.case_id, made.urgency) == ("draf", TODAY, case.id, "normal")
    assert made.number.split("-")[3].startswith("R0001")
    assert [(step.before, step.after) for step in steps_of(session, "Referral", made.id)] == [(None, "draf")]


def test_somebody_without_a_case_is_referred_too(session, sumiati, written):
    made = written()
    assert made.case_id is None
    assert [row.id for row in referrals_of(session, sumiati)] == [made.id]


def test_without_consent_nothing_is_sent(session, written):
    made = written()
    assert refused_fields(lambda: referrals.send(session, made.id)) == [("consent", "no_consent")]
    assert made.status == "draf"


def test_everything_that_is_missing_is_said_at_once(session, sumiati):
    made = referrals.record_referral(session, person_id=sumiati, values={"reason": "Unpaid wages"})
    assert refused_fields(lambda: referrals.send(session, made.id)) == [
        ("provider_id", "required"),
        ("services", "required"),
        ("shared", "nothing_on_letter"),
        ("consent", "no_consent"),
    ]


def test_the_clients_general_consent_is_enough(session, written, agreed, clock):
    sent = referrals.send(session, written().id)
    assert (sent.status, sent.sent_on, sent.sent_ms, sent.due_on) == ("dikirim", TODAY, MORNING, TODAY + 14 * DAY)


def test_a_consent_that_was_withdrawn_is_none(session, written, agreed):
    withdraw_consent(session, agreed.id)
    assert refused_fields(lambda: referrals.send(session, written().id)) == [("consent", "no_consent")]


def test_what_was_said_to_this_letter_counts_before_what_was_said_in_general(session, written, agreed):
    made = written()
    referrals.agree(session, made.id, {"decision": "ditolak"})
    assert refused_fields(lambda: referrals.send(session, made.id)) == [("consent", "no_consent")]


def test_a_client_who_was_away_agrees_later(session, written, clock):
    made = referrals.ask_consent(session, written().id)
    assert made.status == "menunggu_persetujuan"
    referrals.agree(session, made.id, {"decision": "diberikan", "mode": "cap_jempol", "witness": "Pak Ahmad"})
    assert referrals.send(session, made.id).status == "dikirim"


def test_a_letter_that_changes_has_to_be_agreed_to_anew(session, written):
    made = referrals.ask_consent(session, written().id)
    consent = referrals.agree(session, made.id, {"decision": "diberikan", "mode": "tertulis"})
    referrals.change_referral(session, made.id, {"shared": ["nama", "alasan", "disabilitas"]})
    assert made.status == "draf"
    assert session.get(Consent, consent.id).voided
    assert refused_fields(lambda: referrals.send(session, made.id)) == [("consent", "no_consent")]


def test_an_emergency_goes_without_consent_when_a_note_says_why(session, written, clock):
    made = written(urgency="darurat")
    without = refused_fields(lambda: referrals.send(session, made.id))
    assert without == [("without_consent", "no_consent_emergency")]
    referrals.send(session, made.id, without_consent="Unconscious when brought in")
    assert steps_of(session, "Referral", made.id)[0].reason == "Unconscious when brought in"
    assert made.due_on == TODAY + DAY


@pytest.mark.parametrize(("urgency", "hours"), [("darurat", 24), ("mendesak", 72), ("normal", 336)])
def test_the_clock_runs_in_hours_from_sending(session, written, agreed, clock, urgency, hours):
    sent = referrals.send(session, written(urgency=urgency).id)
    assert remaining(sent, MORNING) == hours * HOUR_MS
    clock(hours)
    assert count_overdue(session) == 0
    clock(hours + 1)
    assert [row.id for row in overdue(session)] == [sent.id]
    assert remaining(sent, MORNING + (hours + 1) * HOUR_MS) == -HOUR_MS
    assert overdue(session)[0].late_ms(MORNING + (hours + 3) * HOUR_MS) == 3 * HOUR_MS


def test_a_clock_set_back_a_year_neither_lends_time_nor_makes_late(session, written, agreed, clock):
    referrals.send(session, written(urgency="darurat").id)
    clock(-365 * 24)
    assert count_overdue(session) == 0
    (row,) = open_referrals(session)
    assert row.left_ms(MORNING - 365 * 24 * HOUR_MS) <= 48 * HOUR_MS


def test_what_was_sent_yesterday_has_until_the_end_of_the_day_it_is_due(session, written, agreed, clock):
    record_consent(
        session,
        person_id=agreed.person_id,
        values={"purpose": "rujukan", "decision": "diberikan", "mode": "tertulis", "decided_on": TODAY - 3 * DAY},
    )
    sent = referrals.send(session, written(urgency="darurat", made_on=TODAY - 2 * DAY).id, on=TODAY - DAY)
    assert (sent.sent_ms, sent.due_on) == (None, TODAY)
    clock(14)
    assert remaining(sent, MORNING) == 15 * HOUR_MS
    assert count_overdue(session, on=TODAY) == 0
    assert count_overdue(session, on=TODAY + DAY) == 1


def test_nothing_on_the_letter_changes_once_it_is_sent(session, written, agreed, clock):
    sent = referrals.send(session, written().id)
    changed = {"shared": ["nama", "nik"], "reason": "Something else", "outcome": "Still waiting"}
    found = refused_fields(lambda: referrals.change_referral(session, sent.id, changed))
    assert found == [("reason", "already_sent"), ("shared", "already_sent")]
    referrals.change_referral(session, sent.id, {"outcome": "Still waiting"})
    assert sent.outcome == "Still waiting"


def test_the_feedback_slip_says_waiting_then_accepted_then_served_and_the_client_is_content(
    session, written, agreed, clock
):
    sent = referrals.send(session, written().id)
    assert referrals.keep_waiting(session, sent.id, feedback="The lawyer is ill").status == "dikirim"
    assert referrals.receive(session, sent.id).status == "diterima"
    assert referrals.serve(session, sent.id, feedback="Complaint lodged").served_on == TODAY
    referrals.complete(session, sent.id, outcome="Wages are claimed", satisfaction="puas")
    assert (sent.status, sent.received_on, sent.ended_on, sent.satisfaction) == ("selesai", TODAY, TODAY, "puas")
    assert sent.feedback == "Complaint lodged"
    after = [step.after for step in steps_of(session, "Referral", sent.id)]
    assert after == ["selesai", "dilayani", "diterima", "dikirim", "draf"]
    assert open_referrals(session) == []


def test_a_provider_who_refuses_says_why(session, written, agreed, clock):
    sent = referrals.send(session, written().id)
    assert refused_fields(lambda: referrals.refuse(session, sent.id, "  ")) == [("refusal_reason", "required")]
    referrals.refuse(session, sent.id, "Only for residents of the city")
    assert (sent.status, sent.refusal_reason, sent.ended_on) == ("ditolak", "Only for residents of the city", TODAY)


def test_a_referral_is_cancelled_only_with_a_reason(session, written):
    made = written()
    assert refused_fields(lambda: referrals.end(session, made.id, "dibatalkan")) == [("reason", "required")]
    assert referrals.end(session, made.id, "dibatalkan", reason="Has found help herself").ended_on == TODAY


def test_steps_that_do_not_follow_are_refused(session, written):
    made = written()
    assert refused_fields(lambda: referrals.serve(session, made.id)) == [("status", "no_such_step")]


def test_somebody_who_did_not_come_is_sent_again_and_the_clock_begins_anew(session, written, agreed, clock):
    sent = referrals.send(session, written(urgency="mendesak").id)
    referrals.end(session, sent.id, "tidak_hadir")
    clock(100)
    assert count_overdue(session) == 0
    referrals.send(session, sent.id)
    assert (sent.status, sent.ended_on, remaining(sent, MORNING + 100 * HOUR_MS)) == ("dikirim", None, 72 * HOUR_MS)


def test_days_stand_in_order(session, written, agreed, clock):
    sent = referrals.send(session, written().id)
    assert refused_fields(lambda: referrals.receive(session, sent.id, on=TODAY - DAY)) == [
        ("received_on", "before_last_step")
    ]
    assert refused_fields(lambda: referrals.receive(session, sent.id, on=TODAY + DAY)) == [
        ("received_on", "date_in_future")
    ]


def test_behind_a_case_code_nothing_may_say_who_it_is(written, session, agreed, clock):
    found = refused_fields(lambda: written(as_code=True, shared=["jenis_kelamin", "nik"]))
    assert found == [("shared", "names_the_client")]
    made = written(as_code=True, shared=["jenis_kelamin", "alasan"], reason="Ibu SUMIATI has no wages")
    assert refused_fields(lambda: referrals.send(session, made.id)) == [("reason", "name_in_text")]


def test_the_telephone_is_for_emergencies(written):
    assert refused_fields(lambda: written(delivery="telepon")) == [("delivery", "only_emergencies")]
    assert written(delivery="telepon", urgency="darurat").delivery == "telepon"


def test_the_latest_come_first_and_pages_follow_each_other(session, written, agreed, clock):
    made = [written(urgency=urgency) for urgency in ("normal", "darurat", "mendesak", "darurat", "normal")]
    for each in made[:3]:
        referrals.send(session, each.id)
    expected = [made[1].id, made[2].id, made[0].id, made[3].id, made[4].id]
    found = []
    while page := open_referrals(session, after=found[-1].cursor if found else None, limit=2):
        found += page
    assert [row.id for row in found] == expected
    assert [row.id for row in open_referrals(session, status="draf")] == expected[3:]


def test_states_and_days_are_written_by_steps_only(session, written):
    made = written(status="selesai", sent_on=TODAY, due_on=TODAY)
    referrals.change_referral(session, made.id, {"status": "selesai", "ended_on": TODAY})
    assert (made.status, made.sent_on, made.due_on, made.ended_on) == ("draf", None, None, None)


def test_both_databases_know_what_is_late(either_centre, clock, today):
    with either_centre.change() as session:
        person = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        values = {"name": "RSUD Mataram", "provider_type": "rumah_sakit", "services": ["kesehatan"]}
        more = {**WANTED, "provider_id": add_provider(session, values).id}
        record_consent(
            session, person_id=person, values={"purpose": "rujukan", "decision": "diberikan", "mode": "tertulis"}
        )
        for urgency in ("normal", "darurat"):
            made = referrals.record_referral(session, person_id=person, values={**more, "urgency": urgency})
            referrals.send(session, made.id)
    clock(25)
    with either_centre.read() as session:
        late, rows = overdue(session), open_referrals(session)
        assert [(row.provider, row.urgency) for row in late] == [("RSUD Mataram", "darurat")]
        assert [row.urgency for row in rows] == ["darurat", "normal"]
        assert [row.urgency for row in open_referrals(session, after=rows[0].cursor)] == ["normal"]
        assert count_overdue(session, on=TODAY + 2 * DAY) == 1


def test_a_referral_of_the_front_desk_is_known_to_its_contact(session, sumiati, written):
    from resource_centre.records import Contact
    from resource_centre.services.contacts import record_contact

    contact = record_contact(session, values={"channel": "walk_in"}, person_id=sumiati)
    made = written(contact_id=contact.id)
    assert session.get(Contact, contact.id).referral_id == made.id


def test_a_collector_of_another_village_sees_no_referral(session, written, collector_session):
    written()
    session.commit()
    assert open_referrals(collector_session("52.03.02.2001")) == []
