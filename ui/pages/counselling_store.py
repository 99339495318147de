# SPDX-License-Identifier: Apache-2.0
"""What the page of a counselling session reads and writes; runs on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import CounsellingSession, Person

SELF_HARM = "RISIKO_BUNUH_DIRI"
"""The code of protection_concern a high risk is told with."""


@dataclass(frozen=True)
class Before:
    """What is known before the session is written down."""

    person: Person
    number: int
    last: Any
    """The last session's row, None for a first session."""


@dataclass(frozen=True)
class Opened:
    """A session that was written down before, opened again; `group` counts everybody of a group session."""

    held: CounsellingSession
    person: Person
    note: str | None
    group: int


@dataclass(frozen=True)
class Typed:
    """Everything that is to be written down. `note_before` is the confidential note as it was opened."""

    people: tuple[str, ...]
    values: dict[str, Any]
    unanswered: dict[str, str]
    group: bool = False
    note: str | None = None
    note_before: str | None = None
    concern: str | None = None
    """What the protection officer is told of the risk; None for nothing."""
    session_id: str | None = None
    version: int | None = None


def before(session: Session, person_id: str) -> Before:
    """What is known of a person before a session with them."""
    from resource_centre.services.counselling import proposed_number, sessions_of
    from resource_centre.services.people import person_record

    held = sessions_of(session, person_id)
    person = person_record(session, person_id).person
    return Before(person, proposed_number(session, person_id), held[0] if held else None)


def opened(session: Session, session_id: str) -> Opened:
    """A session to be changed."""
    from resource_centre.records import CounsellingSession, Person
    from resource_centre.services.counselling import confidential_note, people_of_group
    from resource_centre.services.saving import existing

    held = existing(session, CounsellingSession, session_id)
    note = confidential_note(session, session_id)
    group = len(people_of_group(session, held.group_id)) if held.group_id else 0
    return Opened(held, existing(session, Person, held.person_id), note.note if note else None, group)


def save(session: Session, typed: Typed) -> str:
    """Write a session down, or change it, with its note and its concern; the id of the first person."""
    held = _held(session, typed)
    if typed.note != typed.note_before:
        from resource_centre.services.counselling import keep_in_confidence

        keep_in_confidence(session, held.id, typed.note, opened_with=typed.note_before)
    if typed.concern is not None:
        _tell_officer(session, held, typed.concern)
    return held.person_id


def _held(session: Session, typed: Typed) -> CounsellingSession:
    from resource_centre.services.counselling import change_session, record_group_session, record_session

    if typed.session_id is not None:
        return change_session(session, typed.session_id, typed.values, typed.unanswered, version=typed.version)
    values = typed.values | {"counsellor": _who(session)}
    if typed.group:
        return record_group_session(session, typed.people, values, typed.unanswered)[0]
    return record_session(session, person_id=typed.people[0], values=values, unanswered=typed.unanswered)


def _tell_officer(session: Session, held: CounsellingSession, words: str) -> None:
    """Of the risk itself the session keeps the level and what was done; what it is goes where only few read it."""
    from resource_centre.services.protection import note_concern

    note_concern(session, held.person_id, SELF_HARM, account=words or None, on=held.held_on, session_id=held.id)


def _who(session: Session) -> str | None:
    """The name of the account that writes: the counsellor, unless somebody changes it later."""
    from resource_centre.access import viewer_of
    from resource_centre.records import Account

    account = session.get(Account, viewer_of(session).account_id)
    return account.name if account is not None else None
