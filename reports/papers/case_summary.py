# SPDX-License-Identifier: Apache-2.0
"""The summary of a case for whoever takes it over: where it stands, without what was said in confidence.

Confidential notes, advice and everything only a protection officer reads are not on it; that there is something of the
last kind is one line.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of, refuse_others, seen_person
from reports.papers.values import amount, is_top_tier, partial_day, village, word, words
from resource_centre.i18n import _
from resource_centre.records import (
    Address,
    Assistance,
    Case,
    CounsellingSession,
    MigrationEpisode,
    Person,
    ProtectionMark,
    VulnerabilityFlag,
)
from resource_centre.services.cases import case_head, why_of
from resource_centre.services.complaint_list import complaints_of
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.entries import entries_of
from resource_centre.services.follow_ups import follow_ups_of, what_for
from resource_centre.services.intake_parts import latest_stay
from resource_centre.services.plans import current_plan, sheet_of
from resource_centre.services.referral_list import referrals_of
from resource_centre.services.transitions import steps_of
from resource_centre.values.standing import age_of_living

LAST_SESSIONS = 6


@dataclass(frozen=True)
class SummaryLine:
    """One thing of a list: its day, what it is, and where it stands."""

    on: dt.date | None
    what: str
    state: str = ""


@dataclass(frozen=True)
class CaseSummary:
    """The summary, printed so many times; each of the `copies` is numbered."""

    heading: Heading
    copies: int
    name: str
    client_number: str
    sex: str
    age: int | None
    village: str
    returned: str
    stay: str
    opened_on: dt.date | None
    status: str
    priority: str
    counsellor: str
    summary: str
    flags: tuple[str, ...]
    special_protection: bool
    sessions: int
    last_sessions: tuple[SummaryLine, ...]
    goals: tuple[SummaryLine, ...]
    actions: tuple[SummaryLine, ...]
    referrals: tuple[SummaryLine, ...]
    complaints: tuple[SummaryLine, ...]
    assistance: tuple[SummaryLine, ...]
    follow_ups: tuple[SummaryLine, ...]
    steps: tuple[SummaryLine, ...]


def case_summary(session: Session, case_id: str, *, copies: int = 1) -> CaseSummary:
    """The summary of a case in the active language. Raises `Refused` for accounts that do no case work."""
    refuse_others(session)
    heading = heading_of(session, _("Case summary"), None)
    head = case_head(session, case_id, on=heading.printed_on)
    case, person = head.case, seen_person(session, head.case.person_id)
    heading = heading_of(session, _("Case summary"), case.number)
    return CaseSummary(
        heading=heading,
        copies=copies,
        name=person.full_name,
        client_number=person.number or "",
        sex=word("sex", person.sex),
        age=age_of_living(person.birth_date, person.standing, heading.printed_on),
        opened_on=case.opened_on,
        status=word("case_status", case.status),
        priority=word("priority", case.priority),
        counsellor=head.counsellor,
        summary=case.summary or "",
        **_about(session, person),
        **_work(session, case),
    )


def _about(session: Session, person: Person) -> dict[str, Any]:
    homes = [home for home in entries_of(session, Address, person.id, kind="current") if home.valid_to is None]
    stay = latest_stay(session, person.id)
    flags = [flag.flag for flag in entries_of(session, VulnerabilityFlag, person.id) if flag.ends_on is None]
    marks = [mark for mark in entries_of(session, ProtectionMark, person.id) if mark.until is None]
    return {
        "village": village(homes[-1].village_code) if homes else "",
        "returned": partial_day(stay.return_date) if stay is not None else "",
        "stay": _stay(stay) if stay is not None else "",
        "flags": tuple(
            word("vulnerability_flag", flag) for flag in flags if not is_top_tier("vulnerability_flag", flag)
        ),
        "special_protection": bool(marks),
    }


def _stay(stay: MigrationEpisode) -> str:
    work = word("occupation", stay.occupation) or stay.occupation_text or ""
    return ", ".join(part for part in (word("country", stay.destination_country), work) if part)


def _work(session: Session, case: Case) -> dict[str, Any]:
    person_id = case.person_id
    held = entries_of(session, CounsellingSession, person_id, attendance=ATTENDED)
    mine = [one for one in held if one.case_id in (None, case.id)]
    goals, actions = _plan(session, case.id)
    return {
        "sessions": len(mine),
        "last_sessions": tuple(_session(one) for one in sorted(mine, key=_held)[: -LAST_SESSIONS - 1 : -1]),
        "goals": goals,
        "actions": actions,
        "referrals": tuple(
            SummaryLine(one.made_on, _joined(one.number, one.provider), word("referral_status", one.status))
            for one in referrals_of(session, person_id, case.id)
        ),
        "complaints": tuple(
            SummaryLine(
                one.opened_on,
                _joined(one.number, word("complaint_type", one.complaint_type)),
                word("complaint_status", one.status),
            )
            for one in complaints_of(session, person_id, case.id)
        ),
        "assistance": tuple(
            SummaryLine(one.given_on, word("assistance_kind", one.kind), amount(one.amount, one.currency))
            for one in entries_of(session, Assistance, person_id, case_id=case.id)
        ),
        "follow_ups": tuple(
            SummaryLine(one.due_on, what_for(one.purpose, one.interval, one.session_id))
            for one in follow_ups_of(session, person_id, case_id=case.id)
            if one.done_on is None
        ),
        "steps": tuple(
            SummaryLine(step.moved_on, word("case_status", step.after), why_of(step))
            for step in steps_of(session, "Case", case.id)
        ),
    }


def _plan(session: Session, case_id: str) -> tuple[tuple[SummaryLine, ...], tuple[SummaryLine, ...]]:
    plan = current_plan(session, case_id)
    if plan is None:
        return (), ()
    sheet = sheet_of(session, plan.id)
    goals = (SummaryLine(goal.reached_on, goal.goal or "", word("goal_state", goal.state)) for goal in sheet.goals)
    actions = (
        SummaryLine(action.due_on, action.action or "", word("action_status", action.status))
        for action in sheet.actions
    )
    return tuple(goals), tuple(actions)


def _session(held: CounsellingSession) -> SummaryLine:
    kind = word("counselling_type", held.session_type)
    return SummaryLine(held.held_on, _joined(kind, words("session_topic", held.topics)), held.agreed or "")


def _held(one: CounsellingSession) -> tuple[dt.date, str]:
    return one.held_on or dt.date.min, one.id


def _joined(*parts: str | None) -> str:
    return ": ".join(part for part in parts if part)
