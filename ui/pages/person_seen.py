# SPDX-License-Identifier: Apache-2.0
"""What is read for a person's page, in one go, and where each line of the story opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today

if TYPE_CHECKING:
    from resource_centre.records import FollowUp
    from resource_centre.services.consents import ConsentState
    from resource_centre.services.intake_completeness import Missing
    from resource_centre.services.people import PersonRecord
    from resource_centre.services.since_return import SinceReturn
    from resource_centre.services.timeline import TimelineItem
    from resource_centre.services.trail import TrailEntry
    from resource_centre.services.vulnerability import Flag
    from ui.pages.follow_up_forms import Colleagues

CASE_PART = {
    "Plan": "plan",
    "PlanGoal": "plan",
    "PlanAction": "plan",
    "Advice": "advice",
    "Referral": "referrals",
    "Assistance": "assistance",
    "Complaint": "complaints",
    "SavingsGoal": "money",
}
"""In which part of a case a record is worked on."""

MONEY = frozenset({"SavingsGoal", "DebtPlan", "RemittancePlan"})
"""What the page of household money opens of somebody without a case."""

WITHOUT_CASE = {"Referral": "referral", "Complaint": "complaint"}
"""What the page of referrals calls a record that belongs to no case."""

INTAKE_STEP = {
    "IntakeInterview": "identity",
    "MigrationEpisode": "migration",
    "Livelihood": "work",
    "HealthNeed": "health",
    "ArrivalSupport": "arrival",
    "Consent": "consent",
    "VulnerabilityAssessment": "consent",
    "VulnerabilityFlag": "consent",
}
"""In which step of the intake's conversation a record is told."""

PAGE_OF = {
    "CounsellingSession": ("counselling", "session"),
    "CounsellingCourse": ("course", ""),
    "FollowUp": ("follow_ups", ""),
    "TrainingEvent": ("training", ""),
    "SavingsGroup": ("savings_groups", ""),
    "Trainer": ("trainers", ""),
    "Case": ("case", ""),
    "Response": ("questionnaire", "response"),
    "SensitiveResponse": ("questionnaire", "response"),
    "ProtectedResponse": ("questionnaire", "response"),
}
"""The page that shows a record by itself, and the word it is asked with."""

HERE = frozenset({"Person", "Address", "Attachment", "Contact", "Service"})
"""What is opened on the person's own page."""

Place = tuple[str, object]


@dataclass(frozen=True)
class Seen:
    """Everything the page shows. `cases` says in which case a record was made; `protected`, that there is a matter to
    speak to the protection officer about."""

    record: PersonRecord
    items: list[TimelineItem]
    cases: Mapping[tuple[str, str], str]
    trail: list[TrailEntry]
    due: tuple[FollowUp, ...]
    since: SinceReturn | None
    missing: Missing
    consents: list[ConsentState]
    flags: list[Flag]
    protected: bool
    colleagues: Colleagues
    asked: str = ""
    """The id it was asked with: another record of this person opens as the person."""
    merged: tuple[str, ...] = ()
    """Names and numbers of the other records that are this person."""


def see(session: Any, person_id: str) -> Seen:
    """Read it all."""
    from sqlalchemy import select

    from resource_centre.records import FollowUp
    from resource_centre.services.consents import consent_states
    from resource_centre.services.intake_completeness import missing_of
    from resource_centre.services.people import person_record
    from resource_centre.services.person_links import records_of
    from resource_centre.services.since_return import since_return
    from resource_centre.services.timeline import cases_of, timeline
    from resource_centre.services.trail import trail_of
    from resource_centre.services.vulnerability import flags_of
    from ui.pages.follow_up_forms import colleagues

    asked = person_id
    person_id, *others = records_of(session, asked)
    still_open = (FollowUp.person_id == person_id, FollowUp.done_on.is_(None), FollowUp.voided.is_(False))
    record, items = person_record(session, person_id), timeline(session, person_id)
    return Seen(
        record=record,
        items=items,
        cases=cases_of(items),
        trail=trail_of(session, person_id),
        due=tuple(session.scalars(select(FollowUp).where(*still_open).order_by(FollowUp.due_on))),
        since=since_return(session, person_id, on=today()),
        missing=missing_of(session, record.person),
        consents=consent_states(session, person_id),
        flags=flags_of(session, person_id),
        protected=_protected(session, person_id),
        colleagues=colleagues(session),
        asked=asked,
        merged=tuple(_named(session, others)),
    )


def _named(session: Any, ids: list[str]) -> list[str]:
    from resource_centre.records import Person
    from resource_centre.services.conflict_words import person_words

    return [person_words(session.get(Person, one)) for one in ids]


def place_of(item: TimelineItem, cases: Mapping[tuple[str, str], str], person_id: str) -> Place | None:
    """The page where a line was made and what to open there; None when nothing more is known of it than it says."""
    if item.kind == "protection":
        return "protection", None
    if item.record in PAGE_OF:
        page, first = PAGE_OF[item.record]
        return page, (first, item.record_id) if first else item.record_id
    if item.record in INTAKE_STEP:
        return "intake", ("person", person_id, "return" if item.kind == "returned" else INTAKE_STEP[item.record])
    part = CASE_PART.get(item.record)
    case_id = cases.get((item.record, item.record_id))
    if part and case_id:
        return "case", (case_id, part, item.record_id)
    if item.record in MONEY:
        return "money", (person_id, item.record_id)
    asked = WITHOUT_CASE.get(item.record)
    return ("referrals", (asked, item.record_id, person_id)) if asked else None


def _protected(session: Any, person_id: str) -> bool:
    from sqlalchemy import select

    from resource_centre.records import ProtectionMark

    marked = (ProtectionMark.person_id == person_id, ProtectionMark.until.is_(None), ProtectionMark.voided.is_(False))
    return session.scalars(select(ProtectionMark.id).where(*marked).limit(1)).first() is not None
