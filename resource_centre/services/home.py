# SPDX-License-Identifier: Apache-2.0
"""What the first page says: who is waiting, how the month goes, what needs attention."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Text, cast, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from resource_centre.access import viewer_of
from resource_centre.clock import wall_ms
from resource_centre.records import (
    CounsellingSession,
    Draft,
    DuplicatePair,
    ImportBatch,
    ImportRow,
    Logged,
    Participation,
    Person,
    Service,
    TrainingEvent,
)
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.follow_ups import FollowUpRow, count_overdue, due, overdue
from resource_centre.services.training import took_part, was_held

TO_SETTLE: Final = ("likely_duplicate", "incomplete")
"""States of a register's row that wait for somebody to decide; others do when a cell could not be read."""

NEW: Final = "baru"
"""The state of a protection concern nobody has begun to deal with."""

SETTLED: Final = ("repeated", "settled")
SHOWN: Final = 50


@dataclass(frozen=True)
class MonthSoFar:
    """Figures from the first of the month to its end, by the definitions of the monthly report."""

    served: int
    registered: int
    sessions: int
    events: int


@dataclass(frozen=True)
class HomeSummary:
    """The home page. `overdue` holds the newest promises only; `overdue_count` counts all."""

    on: dt.date
    due_today: tuple[FollowUpRow, ...]
    overdue: tuple[FollowUpRow, ...]
    overdue_count: int
    month: MonthSoFar
    rows_to_settle: int
    drafts: int


@dataclass(frozen=True)
class WaitingWork:
    """What waits for this account beyond follow-ups; 0 for what it may not do or see."""

    referrals: int
    """Referrals whose time is over."""
    complaints: int
    """Complaints that are to be followed up."""
    silent: int
    """Cases whose closing is proposed because nobody could be reached."""
    advice: int
    """Questions of counsellors that wait for a supervisor."""
    concerns: int
    """Protection concerns nobody has begun to deal with."""
    commitments: int = 0
    """Commitments of meetings that are overdue."""
    commitments_soon: int = 0
    """Commitments of meetings that are due soon."""
    begun: tuple[str, ...] = ()
    """Questionnaires this account has begun and nobody has completed, the newest first."""
    quiet_cases: int = 0
    """Open cases whose person nobody has met or reached for long."""
    months: tuple[str, ...] = ()
    """Months ("2026-10") that are over and whose report nobody has handed over, oldest first."""
    trained: int = 0
    """Participants of trainings who are to be asked now, three or six months later."""
    differ: int = 0
    """Values that two computers wrote without knowledge of each other."""
    twice: int = 0
    """Pairs of people who are likely one person."""


def home_summary(session: Session, *, on: dt.date) -> HomeSummary:
    """What this account sees of the centre on a day."""
    return HomeSummary(
        on=on,
        due_today=tuple(due(session, on=on)),
        overdue=tuple(overdue(session, on=on, limit=SHOWN)),
        overdue_count=count_overdue(session, on=on),
        month=month_so_far(session, on=on),
        rows_to_settle=_count(session, ImportRow, *_waits_for_somebody()),
        drafts=_count(session, Draft, Draft.account_id == viewer_of(session).account_id),
    )


def _differ(session: Session) -> int:
    from resource_centre.services.conflicts import count_conflicts

    return count_conflicts(session)


def waiting_work(session: Session, *, on: dt.date) -> WaitingWork:
    """What else waits; asked after the summary, so that what it needs is not loaded before the page is there."""
    from resource_centre.services.accounts import may

    late, soon = _commitments(session, on) if may(session, "train") else (0, 0)
    return WaitingWork(
        referrals=_late_referrals(session, on) if may(session, "refer") else 0,
        complaints=_late_complaints(session, on) if may(session, "refer") else 0,
        silent=_silent_cases(session, on) if may(session, "counsel") else 0,
        advice=_unanswered(session) if may(session, "supervise") else 0,
        concerns=_new_concerns(session) if may(session, "protect") else 0,
        commitments=late,
        commitments_soon=soon,
        begun=_begun(session),
        quiet_cases=_quiet_cases(session, on) if may(session, "counsel") else 0,
        months=_not_handed_over(session, on) if may(session, "supervise") else (),
        trained=_trained(session, on) if may(session, "train") else 0,
        differ=_differ(session) if may(session, "counsel") else 0,
        twice=_count(session, DuplicatePair) if may(session, "counsel") else 0,
    )


def _trained(session: Session, on: dt.date) -> int:
    from resource_centre.services.event_follow_ups import due_follow_ups

    return len(due_follow_ups(session, on))


def _begun(session: Session) -> tuple[str, ...]:
    """Without what is only a draft: drafts are counted with those of all forms."""
    from resource_centre.services.response_lists import begun_by_me

    return tuple(one.id for one in begun_by_me(session) if not one.kept_as_draft)


def month_so_far(session: Session, *, on: dt.date) -> MonthSoFar:
    """The month's figures: people served are distinct people with a service, a session or a training."""
    first, last = on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])

    def within(column: InstrumentedAttribute[Any], record: type[Logged]) -> tuple[ColumnElement[bool], ...]:
        return column.between(first, last), record.voided.is_(False)

    held = (*within(CounsellingSession.held_on, CounsellingSession), CounsellingSession.attendance == ATTENDED)
    trained = select(Participation.person_id).join(TrainingEvent, TrainingEvent.id == Participation.event_id)
    served: CompoundSelect[Any] = union_all(
        select(CounsellingSession.person_id).where(*held),
        select(Service.person_id).where(*within(Service.given_on, Service), Service.person_id.is_not(None)),
        trained.where(*within(TrainingEvent.starts_on, TrainingEvent), was_held(), *took_part()),
    )
    return MonthSoFar(
        served=_count(session, Person, Person.id.in_(served), Person.voided.is_(False)),
        registered=_count(session, Person, *within(Person.registered_on, Person)),
        sessions=_sessions(session, *held),
        events=_count(session, TrainingEvent, *within(TrainingEvent.starts_on, TrainingEvent), was_held()),
    )


def _sessions(session: Session, *held: ColumnElement[bool]) -> int:
    """Sessions, one of a group counted once."""
    one = func.coalesce(CounsellingSession.group_id, CounsellingSession.id)
    return session.scalar(select(func.count(one.distinct())).where(*held)) or 0


def _waits_for_somebody() -> tuple[ColumnElement[bool], ...]:
    """Rows of registers with something to decide; as `registers.settling`, too much to load at the start, has it."""
    taken_in = select(ImportBatch.id).where(ImportBatch.undone_ms.is_(None))
    problems = cast(ImportRow.problems, Text) != "[]"
    return (
        ImportRow.batch_id.in_(taken_in),
        ImportRow.status.not_in(SETTLED),
        or_(ImportRow.status.in_(TO_SETTLE), problems),
    )


def _count(session: Session, record: Any, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(record).where(*where)) or 0


def _late_referrals(session: Session, on: dt.date) -> int:
    from resource_centre.services.referral_list import count_overdue

    return count_overdue(session, on=on, now_ms=wall_ms())


def _commitments(session: Session, on: dt.date) -> tuple[int, int]:
    from resource_centre.services.commitment_lists import count_due

    return count_due(session, on=on)


def _late_complaints(session: Session, on: dt.date) -> int:
    from resource_centre.services.complaint_list import count_overdue

    return count_overdue(session, on=on)


def _silent_cases(session: Session, on: dt.date) -> int:
    from resource_centre.services.follow_up_attempts import closure_proposals

    return len(closure_proposals(session, on=on))


def _quiet_cases(session: Session, on: dt.date) -> int:
    from resource_centre.services.quiet_cases import count_quiet_cases

    return count_quiet_cases(session, on=on)


def _not_handed_over(session: Session, on: dt.date) -> tuple[str, ...]:
    from resource_centre.services.month_reports import months_to_hand_over

    return months_to_hand_over(session, on=on)


def _unanswered(session: Session) -> int:
    from resource_centre.services.advice import count_waiting

    return count_waiting(session)


def _new_concerns(session: Session) -> int:
    from resource_centre.services.protection import concerns

    return sum(concern.state == NEW for concern in concerns(session))
