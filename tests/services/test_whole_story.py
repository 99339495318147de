# SPDX-License-Identifier: Apache-2.0
"""One timeline of everything that happened with a person, and of top-tier matters one line."""

import datetime as dt

import pytest

from db.engine import WRITES
from db.first_day import session_factory
from resource_centre.access import COUNSELLOR, PROTECTION_OFFICER, Viewer
from resource_centre.records import (
    Advice,
    Assistance,
    Attachment,
    Case,
    Complaint,
    Consent,
    CounsellingCourse,
    FollowUp,
    FollowUpAttempt,
    HealthNeed,
    IntakeInterview,
    Plan,
    PlanAction,
    PlanGoal,
    ProtectionConcern,
    ProtectionMark,
    Referral,
    Transition,
    VulnerabilityFlag,
    new_id,
)
from resource_centre.services.counselling import record_session
from resource_centre.services.timeline import GROUPS, KINDS, cases_of, timeline
from resource_centre.services.timeline_items import TimelineItem
from resource_centre.vocabulary import MERGED

DAY = dt.date(2026, 5, 4)


@pytest.fixture
def aminah(register):
    return register()


@pytest.fixture
def keep(session, aminah):
    """Writes a record of the person as another part of the program would have."""

    def kept(record, **values):
        made = record(person_id=aminah, **values)
        session.add(made)
        session.flush()
        return made.id

    return kept


@pytest.fixture
def story(session, aminah):
    """What the timeline says: kind to its facts, for kinds that come once."""
    return lambda: {item.kind: item for item in timeline(session, aminah)}


@pytest.mark.parametrize(
    ("record", "values", "kind", "facts"),
    [
        (Plan, {"made_on": DAY, "edition": 2, "status": "aktif"}, "plan", ("2", "Active")),
        (Plan, {"made_on": DAY, "client_signed_on": DAY}, "plan_signed", ()),
        (
            PlanGoal,
            {"goal": "Warung", "dimension": "ekonomi", "reached_on": DAY},
            "goal_reached",
            ("Warung", "Economic"),
        ),
        (PlanAction, {"action": "Beli etalase", "done_on": DAY}, "action_done", ("Beli etalase",)),
        (Referral, {"made_on": DAY, "number": "R1", "status": "dikirim"}, "referral", ("R1", "Sent")),
        (Complaint, {"opened_on": DAY, "number": "A1"}, "complaint", ("A1",)),
        (
            Complaint,
            {"opened_on": DAY, "recovered_on": DAY, "recovered": 4_500_000, "currency": "MYR"},
            "recovered",
            ("MYR 4.500.000",),
        ),
        (Assistance, {"given_on": DAY, "amount": 2_500_000, "currency": "IDR"}, "assistance", ("Rp2.500.000",)),
        (FollowUp, {"due_on": DAY, "purpose": "Kabar"}, "follow_up", ("Kabar", "to do")),
        (FollowUpAttempt, {"tried_on": DAY, "mode": "telepon"}, "attempt", ("Telephone",)),
        (Consent, {"decided_on": DAY, "purpose": "layanan", "decision": "diberikan"}, "agreed", None),
        (Consent, {"decided_on": DAY, "purpose": "foto_cerita", "decision": "ditolak"}, "declined", None),
        (Consent, {"decided_on": DAY, "purpose": "layanan", "withdrawn_on": DAY}, "withdrawn", None),
        (VulnerabilityFlag, {"noted_on": DAY, "flag": "LANSIA"}, "flagged", None),
        (Advice, {"asked_on": DAY, "question": "Bagaimana?"}, "advice_asked", ()),
        (Advice, {"asked_on": DAY, "answered_on": DAY, "answer": "Begini."}, "advice_given", ()),
        (CounsellingCourse, {"begun_on": DAY, "ended_on": DAY}, "course_ended", ()),
        (
            IntakeInterview,
            {"held_on": DAY, "mode": "kantor", "staff": "Ratna"},
            "interview",
            ("At the office", "Ratna"),
        ),
        (Attachment, {"attached_on": DAY, "title": "Paspor"}, "attachment", ("Paspor",)),
        (Case, {"opened_on": DAY, "number": "K1", "priority": "biasa"}, "case_opened", None),
    ],
)
def test_everything_dated_stands_in_the_story(keep, story, record, values, kind, facts):
    keep(record, **values)
    found = story()[kind]
    assert found.when == DAY.isoformat()
    assert facts is None or found.facts == facts


def test_what_somebody_needs_for_their_health_is_not_in_the_list(keep, story):
    keep(HealthNeed, told_on=DAY, treated_at="RSUD", help_needed="Obat")
    assert story()["health"].facts == ()


def test_each_step_of_a_case_is_told_and_the_closing_once(keep, session, aminah):
    case = keep(Case, opened_on=DAY, closed_on=DAY, closure_reason="PINDAH", status="ditutup")
    for before, after in ((None, "baru"), ("baru", "asesmen"), ("asesmen", "ditutup")):
        keep(Transition, about="Case", about_id=case, before=before, after=after, moved_on=DAY)
    kinds = [item.kind for item in timeline(session, aminah) if item.record == "Case"]
    assert sorted(kinds) == ["case_closed", "case_opened", "case_step"]


def test_a_step_of_a_referral_leads_to_the_referral_in_its_case(keep, session, aminah):
    case = keep(Case, opened_on=DAY)
    referral = keep(Referral, made_on=DAY, status="selesai", case_id=case)
    keep(Transition, about="Referral", about_id=referral, before="dikirim", after="selesai", moved_on=DAY)
    items = timeline(session, aminah)
    step = next(item for item in items if item.kind == "referral_step")
    assert step.facts == ("Completed",)
    assert cases_of(items)[step.record, step.record_id] == case


def test_a_reached_goal_leads_to_its_plan_in_its_case(keep, session, aminah):
    case = keep(Case, opened_on=DAY)
    plan = keep(Plan, made_on=DAY, case_id=case)
    keep(PlanGoal, plan_id=plan, goal="Warung", reached_on=DAY)
    items = timeline(session, aminah)
    goal = next(item for item in items if item.kind == "goal_reached")
    assert (goal.record, goal.record_id) == ("Plan", plan)
    assert cases_of(items)[goal.record, goal.record_id] == case


def test_what_has_no_date_comes_last_and_years_come_before_their_days(keep, session, aminah):
    for when in (dt.date(2021, 3, 1), dt.date(2021, 1, 2)):
        keep(Plan, made_on=when)
    keep(Plan, made_on=None)
    days = [item.when for item in timeline(session, aminah) if item.kind == "plan"]
    assert days == ["2021-03-01", "2021-01-02", None]


def test_of_all_top_tier_matters_there_is_one_line(keep, session, aminah):
    keep(ProtectionMark, since=dt.date(2026, 4, 1))
    keep(ProtectionMark, since=dt.date(2026, 5, 1))
    keep(Complaint, opened_on=DAY, number="A9", complaint_type=MERGED, account="rahasia")
    keep(ProtectionConcern, noted_on=DAY, kind="TPPO")
    items = timeline(session, aminah)
    (line,) = [item for item in items if item.kind in ("protection", "complaint")]
    assert (line.kind, line.when, line.facts) == ("protection", "2026-04-01", ("Speak to the protection officer.",))


@pytest.mark.parametrize("role", [COUNSELLOR, PROTECTION_OFFICER])
def test_the_one_line_is_the_same_for_counsellor_and_officer(centre, keep, session, aminah, role):
    keep(ProtectionMark, since=DAY)
    keep(ProtectionConcern, noted_on=DAY, kind="TPPO")
    session.commit()
    factory = session_factory(Viewer(new_id(), role), session.info["site"])
    with factory(bind=centre.engine.execution_options(**WRITES)) as other:
        kinds = [item.kind for item in timeline(other, aminah)]
    assert sorted(kinds) == ["protection", "registered"]


def test_a_collector_reads_nothing_that_was_said_in_confidence(keep, session, aminah, collector_session):
    keep(ProtectionMark, since=DAY)
    complaint = keep(Complaint, opened_on=DAY, complaint_type=MERGED)
    keep(Transition, about="Complaint", about_id=complaint, before="baru", after="diproses", moved_on=DAY)
    keep(Attachment, attached_on=DAY, title="Paspor")
    keep(Advice, asked_on=DAY, question="Bagaimana?")
    session.commit()
    kinds = {item.kind for item in timeline(collector_session("52.03.01.2001"), aminah)}
    assert not kinds & {"protection", "complaint_step", "attachment", "advice_asked"}


def test_the_steps_of_a_top_tier_complaint_are_not_told(keep, session, aminah):
    complaint = keep(Complaint, opened_on=DAY, complaint_type=MERGED)
    keep(
        Transition, about="Complaint", about_id=complaint, before="baru", after="diproses", moved_on=DAY, reason="Visum"
    )
    kinds = [item.kind for item in timeline(session, aminah)]
    assert sorted(kinds) == ["protection", "registered"]


def test_a_follow_up_of_the_schedule_says_which_it_is(keep, story):
    keep(FollowUp, due_on=DAY, interval="3_bulan")
    assert story()["follow_up"].facts == ("After 3 months", "to do")


def test_a_longer_story_asks_no_more_questions(session, aminah, plans):
    def asked():
        return len(plans(lambda: timeline(session, aminah)))

    before = asked()
    for month in range(1, 11):
        record_session(session, person_id=aminah, values={"service_type": "CNS_FIN"}, on=dt.date(2026, month, 1))
    session.commit()
    assert asked() == before


def test_every_kind_has_a_name_and_a_group_one_can_filter_by():
    assert {group for _label, group in KINDS.values()} == set(GROUPS)
    assert TimelineItem(None, "plan", (), "Plan", "1").label == "Plan"
