# SPDX-License-Identifier: Apache-2.0
"""Counselling sessions, and the next meeting promised at each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import ConfidentialNote, CounsellingSession, FollowUp, Person, new_id
from resource_centre.services.cases import open_case_of
from resource_centre.services.follow_ups import keep_promise, plan_follow_up, settle_kept
from resource_centre.services.saving import Reasons, existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy

ATTENDED: Final = "hadir"
GROUP: Final = "kelompok"
"""The code of counselling_type for a session with several people who are clients of their own."""

OF_ONE_PERSON: Final = frozenset({"risk", "risk_action", "client_words"})
"""What is said of one person and never copied to everybody of a group."""


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
    group_id: str | None
    risk: str | None
    case_id: str | None


def record_session(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> CounsellingSession:
    """Write down a session. A next meeting becomes a follow-up; earlier promises that it keeps are done.

    Raises `Refused` with the problems by field, among them a risk that is not small without what was done about it.
    """
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


def record_group_session(
    session: Session,
    person_ids: Sequence[str],
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    on: dt.date | None = None,
) -> list[CounsellingSession]:
    """Write down one session of several people: a record for each of them, all with one `group_id`.

    Raises `Refused` for a group of nobody, and where something is said that can only be true of one person
    (`OF_ONE_PERSON`): that belongs into a session of their own.
    """
    refuse_errors(_not_of_a_group(person_ids, values))
    common = {**values, "session_type": GROUP, "group_id": new_id()}
    return [
        record_session(session, person_id=person_id, values=common, unanswered=unanswered, on=on)
        for person_id in dict.fromkeys(person_ids)
    ]


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


def keep_in_confidence(
    session: Session, session_id: str, note: str | None, *, opened_with: str | None = None
) -> ConfidentialNote | None:
    """Write, change or take back what was said in confidence at a session; an empty note takes it back.

    `opened_with` is the note as it was read before: what somebody else wrote meanwhile is kept above the new one.
    Raises `Refused` when this account may not write such notes.
    """
    held = existing(session, CounsellingSession, session_id)
    kept, wanted = confidential_note(session, session_id), tidy(note or "")
    if kept is None:
        return _new_note(session, held, note) if wanted else None
    if wanted and kept.note not in (opened_with, note) and opened_with is not None:
        note = f"{kept.note}\n\n{note}"
    if not wanted:
        void(session, kept, _("The confidential note was taken back."))
        return None
    return write_changes(session, kept, {"note": note}, on=today())


def confidential_note(session: Session, session_id: str) -> ConfidentialNote | None:
    """What was said in confidence at a session; None when there is nothing, or nothing for this account to read."""
    own = (ConfidentialNote.session_id == session_id, ConfidentialNote.voided.is_(False))
    return session.scalars(select(ConfidentialNote).where(*own).order_by(ConfidentialNote.id)).first()


def people_of_group(session: Session, group_id: str) -> list[Person]:
    """Everybody whose session belongs to one group session, by name."""
    held = (CounsellingSession.group_id == group_id, CounsellingSession.voided.is_(False))
    wanted = select(Person).join(CounsellingSession, CounsellingSession.person_id == Person.id).where(*held)
    return list(session.scalars(wanted.order_by(Person.name_key, Person.id)))


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
        held.counsellor, held.minutes, held.next_on, held.group_id, held.risk,
        held.case_id,
    )  # fmt: skip
    own = (held.person_id == person_id, held.voided.is_(False))
    rows = session.execute(select(*columns).where(*own).order_by(held.held_on.desc(), held.id.desc()))
    return [SessionRow(*row) for row in rows]


def follow_up_of(session: Session, session_id: str) -> FollowUp | None:
    """The follow-up a session has promised, or None."""
    wanted = select(FollowUp).where(FollowUp.session_id == session_id, FollowUp.voided.is_(False))
    return session.scalars(wanted.order_by(FollowUp.id.desc())).first()


def _new_note(session: Session, held: CounsellingSession, note: str | None) -> ConfidentialNote:
    values = {"person_id": held.person_id, "session_id": held.id, "note": note}
    return write_new(session, ConfidentialNote, values, on=today())


def _not_of_a_group(person_ids: Sequence[str], values: Mapping[str, Any]) -> list[Problem]:
    nobody = [] if person_ids else [Problem("person_id", "required")]
    return nobody + [Problem(name, "of_one_person") for name in sorted(OF_ONE_PERSON) if values.get(name) is not None]
