# SPDX-License-Identifier: Apache-2.0
"""Counselling sessions, and the next meeting promised at each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import CounsellingSession, FollowUp, Person
from resource_centre.services.cases import open_case_of
from resource_centre.services.follow_ups import keep_promise, plan_follow_up, settle_kept
from resource_centre.services.saving import Reasons, existing, write_changes, write_new

ATTENDED: Final = "hadir"


@dataclass(frozen=True)
class SessionRow:
    """One session as the person's page lists it."""

    id: str
    held_on: dt.date | None
    number: int | None
    service_type: str | None
    session_type: str | None
    mode: str | None
    attendance: str | None
    counsellor: str | None
    minutes: int | None
    next_on: dt.date | None


def record_session(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> CounsellingSession:
    """Write down a session. A next meeting becomes a follow-up; earlier promises that it keeps are done."""
    existing(session, Person, person_id)
    complete = {"held_on": on or today(), **{name: value for name, value in values.items() if value is not None}}
    complete.setdefault("session_number", proposed_number(session, person_id))
    if "case_id" not in complete:
        case = open_case_of(session, person_id)
        complete["case_id"] = case.id if case else None
    held = write_new(session, CounsellingSession, {**complete, "person_id": person_id}, unanswered, on=today())
    if held.attendance == ATTENDED and held.held_on is not None:
        settle_kept(session, person_id, held.held_on)
    if held.next_on is not None:
        plan_follow_up(session, person_id=person_id, due_on=held.next_on, session_id=held.id)
    return held


def change_session(
    session: Session,
    session_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> CounsellingSession:
    """Change a session; when its next meeting moves, the open follow-up moves with it."""
    held = existing(session, CounsellingSession, session_id)
    before = held.next_on
    write_changes(session, held, values, unanswered, on=today(), version=version)
    if held.next_on != before:
        keep_promise(session, held.id, held.person_id, held.next_on)
    return held


def proposed_number(session: Session, person_id: str) -> int:
    """The number of the person's next session: one more than the highest or the count, whichever is more."""
    own = (CounsellingSession.person_id == person_id, CounsellingSession.voided.is_(False))
    wanted = select(func.count(), func.max(CounsellingSession.session_number)).where(*own)
    count, highest = session.execute(wanted.select_from(CounsellingSession)).one()
    return 1 + max(count, highest or 0)


def sessions_of(session: Session, person_id: str) -> list[SessionRow]:
    """The sessions of a person, newest first."""
    held = CounsellingSession
    columns: tuple[Any, ...] = (
        held.id, held.held_on, held.session_number, held.service_type, held.session_type, held.mode, held.attendance,
        held.counsellor, held.minutes, held.next_on,
    )  # fmt: skip
    own = (held.person_id == person_id, held.voided.is_(False))
    rows = session.execute(select(*columns).where(*own).order_by(held.held_on.desc(), held.id.desc()))
    return [SessionRow(*row) for row in rows]


def follow_up_of(session: Session, session_id: str) -> FollowUp | None:
    """The follow-up a session has promised, or None."""
    wanted = select(FollowUp).where(FollowUp.session_id == session_id, FollowUp.voided.is_(False))
    return session.scalars(wanted.order_by(FollowUp.id.desc())).first()
