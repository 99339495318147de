# SPDX-License-Identifier: Apache-2.0
"""People: registering, changing, what identifies them and where they live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.problems import Problem
from resource_centre.records import Address, Case, Identifier, MigrationEpisode, Owned, Person
from resource_centre.services import numbers
from resource_centre.services.check import check_identifier, check_stay
from resource_centre.services.duplicates import Likeness, likely_duplicates
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new

__all__ = [
    "Likeness",
    "PersonRecord",
    "change_episode",
    "change_person",
    "identify",
    "likely_duplicates",
    "move_person",
    "person_record",
    "record_episode",
    "register_person",
]

OwnedRecord = TypeVar("OwnedRecord", bound=Owned)

UNIQUE_KINDS = ("nik", "passport")
"""Numbers that only one person can have; a telephone may serve a whole family."""


@dataclass(frozen=True)
class PersonRecord:
    """A person with what belongs to them, for the person's page; addresses and episodes with the newest first."""

    person: Person
    identifiers: tuple[Identifier, ...]
    addresses: tuple[Address, ...]
    episodes: tuple[MigrationEpisode, ...]
    cases: tuple[Case, ...]

    @property
    def address(self) -> Address | None:
        """Where the person lives now."""
        return next((one for one in self.addresses if one.kind == "current" and one.valid_to is None), None)

    def number_of(self, kind: str) -> str | None:
        """The first number of a kind ("nik", "passport", "phone"), or None."""
        return next((one.value for one in self.identifiers if one.kind == kind), None)


def register_person(
    session: Session, *, values: Mapping[str, Any], unanswered: Reasons | None = None, on: dt.date | None = None
) -> Person:
    """Register somebody and give them a client number; `on` is the day of registration, today when not given.

    To register somebody with numbers, address and stay in one act use `intake.register_intake`.
    """
    complete = {"registered_on": on or today(), **{name: value for name, value in values.items() if value is not None}}
    return write_new(session, Person, complete, unanswered, on=today(), series=numbers.CLIENT)


def change_person(
    session: Session,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Person:
    """Change what is known of a person; fields that are not given stay. `version` is that of the form's opening."""
    person = existing(session, Person, person_id)
    return write_changes(session, person, values, unanswered, on=today(), version=version)


def person_record(session: Session, person_id: str) -> PersonRecord:
    """Everything the head of a person's page shows. Raises `Refused` when this account does not see the person."""
    person = existing(session, Person, person_id)
    person_id = person.id  # that of the record which stands for the person, when two were put together
    episodes = _belongings(session, MigrationEpisode, person_id)
    addresses = _belongings(session, Address, person_id)
    return PersonRecord(
        person=person,
        identifiers=_belongings(session, Identifier, person_id),
        addresses=tuple(sorted(addresses, key=lambda one: one.valid_from or dt.date.min, reverse=True)),
        episodes=tuple(sorted(episodes, key=lambda one: one.return_date or one.departure_date or "", reverse=True)),
        cases=tuple(reversed(_belongings(session, Case, person_id))),
    )


def identify(session: Session, person_id: str, kind: str, value: str, note: str | None = None) -> Identifier:
    """Add a number somebody is known by; the same number again changes only its note.

    Raises `Refused` (``already_known``) when a NIK or passport belongs to somebody else.
    """
    person = existing(session, Person, person_id)
    values = canonical(Identifier, {"kind": kind, "value": value, "note": note})
    known = {field: getattr(person, field) for field in ("sex", "birth_date")}
    refuse_errors(check_identifier(values, known, on=today()))
    owned = _same_number(session, values, person_id)
    if owned is not None:
        return write_changes(session, owned, {"note": values["note"]}, on=today()) if values["note"] else owned
    refuse_errors(known_elsewhere(session, values, person_id))
    return write_new(session, Identifier, {"person_id": person_id, **values}, on=today())


def move_person(session: Session, person_id: str, values: Mapping[str, Any], *, on: dt.date | None = None) -> Address:
    """Write where somebody lives from a day on; the address until then is kept and ended."""
    existing(session, Person, person_id)
    day = on or today()
    kind = values.get("kind") or "current"
    new = write_new(session, Address, {"valid_from": day, **values, "kind": kind, "person_id": person_id}, on=today())
    for address in _belongings(session, Address, person_id):
        if address.id != new.id and address.kind == kind and address.valid_to is None:
            address.valid_to = day
    session.flush()
    return new


def record_episode(
    session: Session, person_id: str, values: Mapping[str, Any], unanswered: Reasons | None = None
) -> MigrationEpisode:
    """Write down one more stay abroad."""
    _refuse_stay(existing(session, Person, person_id), values)
    return write_new(session, MigrationEpisode, {**values, "person_id": person_id}, unanswered, on=today())


def change_episode(
    session: Session,
    episode_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> MigrationEpisode:
    """Change what is known of a stay abroad."""
    episode = existing(session, MigrationEpisode, episode_id)
    _refuse_stay(existing(session, Person, episode.person_id), values)
    return write_changes(session, episode, values, unanswered, on=today(), version=version)


def known_elsewhere(session: Session, values: Mapping[str, Any], person_id: str | None = None) -> tuple[Problem, ...]:
    """An error when this NIK or passport (canonical ``kind`` and ``value``) is that of somebody else we may see."""
    if values.get("kind") not in UNIQUE_KINDS or not values.get("value"):
        return ()
    key = Identifier.derive(values)["lookup"]
    same = (Identifier.lookup == key, Identifier.voided.is_(False))
    holders = set(session.scalars(select(Identifier.person_id).where(*same))) - {person_id}
    valid = select(func.count()).select_from(Person).where(Person.id.in_(holders), Person.voided.is_(False))
    return (Problem("value", "already_known"),) if holders and session.scalar(valid) else ()


def _refuse_stay(person: Person, values: Mapping[str, Any]) -> None:
    refuse_errors(check_stay(values, {"birth_date": person.birth_date}))


def _same_number(session: Session, values: Mapping[str, Any], person_id: str) -> Identifier | None:
    key = Identifier.derive(values)["lookup"]
    same = (Identifier.lookup == key, Identifier.person_id == person_id, Identifier.voided.is_(False))
    return session.scalars(select(Identifier).where(*same)).first()


def _belongings(session: Session, record: type[OwnedRecord], person_id: str) -> tuple[OwnedRecord, ...]:
    wanted = select(record).where(record.person_id == person_id, record.voided.is_(False)).order_by(record.id)
    return tuple(session.scalars(wanted))
