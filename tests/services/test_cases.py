"""A case from its opening to its closure and back: whose it is, how long the person is back, until when it is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.access import viewer_of
from resource_centre.errors import Refused
from resource_centre.records import Case, Complaint, FollowUp, ProtectionMark, Provider, Referral
from resource_centre.services.cases import (
    case_head,
    change_case,
    close_case,
    move_case,
    open_case,
    reopen_case,
    why_of,
    workable_case,
)
from resource_centre.services.closing import closing_of, hold_case, open_referrals, take_back_follow_ups
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.people import record_episode
from resource_centre.services.saving import write_new
from resource_centre.services.since_return import since_return
from resource_centre.services.transitions import steps_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def sumiati(register):
    return register("Sumiati")


@pytest.fixture
def case(session, sumiati, today):
    return open_case(session, person_id=sumiati, on=today - 30 * DAY)


@pytest.fixture
def refer(session, case, today):
    """Writes a referral of the case in a state."""

    def referred(status="dikirim"):
        provider = write_new(session, Provider, {"name": "Puskesmas Selong", "provider_type": "puskesmas"}, on=today)
        values = {
            "person_id": case.person_id, "case_id": case.id, "provider_id": provider.id, "made_on": today,
            "urgency": "normal", "status": status,
        }  # fmt: skip
        return write_new(session, Referral, values, on=today)

    return referred


def problems(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_case_belongs_to_whoever_opens_it_and_its_first_state_is_kept(session, case, today):
    head = case_head(session, case.id, on=today)
    assert (head.full_name, head.counsellor, head.closed) == ("Sumiati", "Ratna Uji", False)
    assert case.counsellor_id == viewer_of(session).account_id
    assert [(step.before, step.after, step.moved_on) for step in steps_of(session, "Case", case.id)] == [
        (None, "baru", today - 30 * DAY)
    ]


def test_a_case_opened_in_the_village_waits_for_a_counsellor(session, collector_session, register):
    inaq = register("Inaq Sahnim")
    session.commit()
    opened = open_case(collector_session("52.03.01.2001"), person_id=inaq)
    assert opened.counsellor_id is None


def test_changing_the_state_by_the_form_keeps_the_step(session, case):
    change_case(session, case.id, {"status": "berjalan", "priority": "mendesak"}, version=case.version)
    assert (case.status, case.priority) == ("berjalan", "mendesak")
    assert steps_of(session, "Case", case.id)[0].after == "berjalan"


@pytest.mark.parametrize("to", ["ditutup", "dibuka_kembali"])
def test_closing_and_reopening_are_not_mere_steps(session, case, to):
    with pytest.raises(Refused) as refused:
        move_case(session, case.id, to, reason="why not")
    assert problems(refused) == [("status", "no_such_step")]


def test_a_case_with_open_referrals_is_not_closed(session, case, refer):
    refer()
    with pytest.raises(Refused) as refused:
        close_case(session, case_id=case.id, reason="PINDAH")
    assert problems(refused) == [("leave_open", "referrals_open")]
    assert (case.status, case.closed_on) == ("baru", None)
    assert [one.provider for one in open_referrals(session, case.id)] == ["Puskesmas Selong"]


def test_a_referral_that_has_ended_is_not_in_the_way(session, case, refer, today):
    refer("selesai")
    close_case(session, case_id=case.id, reason="PINDAH")
    assert case.closed_on == today


def test_referrals_stay_open_when_somebody_says_why(session, case, refer):
    refer()
    close_case(session, case_id=case.id, reason="PINDAH", leave_open="the clinic goes on")
    step = steps_of(session, "Case", case.id)[0]
    assert why_of(step) == "Left the area; the clinic goes on"


def test_what_is_said_at_closing_is_kept(session, case, today):
    said = {"client_told": True, "client_feedback": "thankful", "goals_planned": 3, "goals_reached": 2}
    close_case(session, case_id=case.id, reason="TUJUAN_TERCAPAI", values=said, on=today - DAY)
    assert (case.client_told, case.goals_planned, case.goals_reached) == (True, 3, 2)
    assert case.closed_on == today - DAY


def test_that_the_client_could_not_be_told_is_an_answer_too(session, case):
    close_case(session, case_id=case.id, reason="HILANG_KONTAK", unanswered={"client_told": "not_applicable"})
    assert (case.client_told, case.unanswered) == (None, {"client_told": "not_applicable"})


def test_a_case_cannot_end_before_it_began(session, case, today):
    with pytest.raises(Refused) as refused:
        close_case(session, case_id=case.id, reason="PINDAH", on=today - 99 * DAY)
    assert ("closed_on", "ends_before_start") in problems(refused)
    assert case.status == "baru"


def test_a_closed_case_can_be_read_and_not_changed(session, case, today):
    close_case(session, case_id=case.id, reason="PINDAH")
    assert case_head(session, case.id, on=today).closed
    for attempt in (
        lambda: change_case(session, case.id, {"summary": "more"}),
        lambda: workable_case(session, case.id),
    ):
        with pytest.raises(Refused, match="case_closed"):
            attempt()


def test_reopening_asks_why_and_keeps_how_it_was_closed(session, case):
    close_case(session, case_id=case.id, reason="PINDAH", values={"client_told": True})
    with pytest.raises(Refused):
        reopen_case(session, case.id, reason=" ")
    reopen_case(session, case.id, reason="came back")
    assert (case.status, case.closed_on, case.closure_reason, case.keep_until) == ("dibuka_kembali", None, None, None)
    kept = {(step.after, step.reason) for step in steps_of(session, "Case", case.id)}
    assert kept >= {("ditutup", "PINDAH"), ("dibuka_kembali", "came back")}
    assert workable_case(session, case.id) is case


def test_nobody_has_two_open_cases_by_reopening(session, case, sumiati):
    close_case(session, case_id=case.id, reason="PINDAH")
    open_case(session, person_id=sumiati)
    with pytest.raises(Refused) as refused:
        reopen_case(session, case.id, reason="came back")
    assert problems(refused) == [("status", "already_open")]


def test_what_is_still_planned_is_taken_back_when_asked(session, case, sumiati, today):
    planned = plan_follow_up(session, person_id=sumiati, due_on=today + DAY, case_id=case.id)
    assert closing_of(session, case.id).follow_ups == 1
    close_case(session, case_id=case.id, reason="MENINGGAL")
    assert take_back_follow_ups(session, case.id) == 1
    assert session.get(FollowUp, planned.id).voided


@pytest.mark.parametrize(
    ("born", "closed_on", "until"),
    [
        ("1984-05-17", dt.date(2026, 11, 20), dt.date(2031, 11, 20)),
        (None, dt.date(2024, 2, 29), dt.date(2029, 2, 28)),
        ("2015-03-02", dt.date(2026, 11, 20), dt.date(2038, 3, 2)),
        ("2015", dt.date(2026, 11, 20), dt.date(2038, 12, 31)),
        ("2008-11-21", dt.date(2026, 11, 20), dt.date(2031, 11, 21)),
        ("2008-11-20", dt.date(2026, 11, 20), dt.date(2031, 11, 20)),
    ],
)
def test_a_case_is_kept_five_years_and_a_childs_until_five_years_after_coming_of_age(
    session, register, born, closed_on, until
):
    who = register("Sumiati", **({"birth_date": born} if born else {}))
    case = open_case(session, person_id=who, on=dt.date(2024, 1, 2))
    close_case(session, case_id=case.id, reason="PINDAH", on=closed_on)
    assert case.keep_until == until


@pytest.mark.parametrize(
    "stop",
    [
        lambda session, who, day: write_new(
            session, Complaint, {"person_id": who, "complaint_type": "GAJI_TDK_DIBAYAR", "opened_on": day}, on=day
        ),
        lambda session, who, day: write_new(session, ProtectionMark, {"person_id": who, "since": day}, on=day),
    ],
    ids=["open complaint", "protection"],
)
def test_while_a_claim_or_a_protection_matter_is_open_no_day_is_set(session, case, today, stop):
    stop(session, case.person_id, today)
    close_case(session, case_id=case.id, reason="PINDAH")
    assert case.keep_until is None


def test_a_legal_hold_stops_the_clock_of_a_closed_case(session, case, today):
    close_case(session, case_id=case.id, reason="PINDAH")
    until = case.keep_until
    hold_case(session, case.id, True)
    assert (case.legal_hold, case.keep_until, closing_of(session, case.id).keeping.rule) == (True, None, "legal_hold")
    hold_case(session, case.id, False)
    assert (case.legal_hold, case.keep_until) == (False, until)


@pytest.mark.parametrize(
    ("returned", "days", "about"),
    [("2026-11-06", 14, False), ("2026-10", 36, True), ("2026", 142, True), ("2026-11", 5, True)],
)
def test_days_since_the_return_say_when_they_are_rough(session, sumiati, today, returned, days, about):
    stay = {"destination_country": "MYS", "return_date": returned, "departure_date": "2020"}
    record_episode(session, sumiati, stay)
    since = since_return(session, sumiati, on=today)
    assert (since.returned, since.days, since.about) == (returned, days, about)


def test_days_are_counted_from_the_last_return(session, sumiati, today):
    for left, back in (("2010", "2012"), ("2020", "2026-11-01"), ("2015", "2018-04-01")):
        stay = {"destination_country": "MYS", "departure_date": left, "return_date": back}
        record_episode(session, sumiati, stay)
    since = since_return(session, sumiati, on=today)
    assert (since.returned, since.days) == ("2026-11-01", 19)
    assert since.rehabilitation_until == dt.date(2027, 11, 1)


def test_nothing_is_counted_when_no_return_is_known(session, sumiati, today):
    record_episode(session, sumiati, {"destination_country": "MYS", "departure_date": "2020"})
    assert since_return(session, sumiati, on=today) is None


def test_the_whole_way_is_the_same_on_both_databases(either_centre):
    from resource_centre.services.intake import register_intake

    with either_centre.change() as session:
        who = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        case = open_case(session, person_id=who)
        close_case(session, case_id=case.id, reason="PINDAH")
        reopen_case(session, case.id, reason="came back")
        case_id = case.id
    with either_centre.read() as session:
        assert session.get(Case, case_id).status == "dibuka_kembali"
        assert {step.after for step in steps_of(session, "Case", case_id)} == {"baru", "ditutup", "dibuka_kembali"}
