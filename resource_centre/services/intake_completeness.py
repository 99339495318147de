# SPDX-License-Identifier: Apache-2.0
"""What a complete intake has and this one has not yet: never in the way of saving, said quietly.

Which answers those are stands in data/intake_required.csv. A reason why there is no answer is an answer too.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Address, Field, Identifier, IntakeInterview, Logged, MigrationEpisode, Owned, Person
from resource_centre.services.intake_sections import NUMBERS, SECTIONS, Section
from resource_centre.services.saving import write_changes


@dataclass(frozen=True)
class Required:
    """One answer of a complete intake: of a section's record this field, or at all events one record of it.

    `client_types` narrows it to some kinds of people; an entry of the record `instead` does as well.
    """

    record: str
    field: str
    client_types: frozenset[str]
    instead: str

    def concerns(self, client_type: str | None) -> bool:
        """Whether it is asked of this kind of person; of somebody of no known kind everything is."""
        return not self.client_types or client_type is None or client_type in self.client_types


@dataclass(frozen=True)
class Open:
    """One answer that is still missing; `field` is empty where there is no entry at all."""

    step: str
    section: str
    field: str

    @property
    def name(self) -> str:
        """As rows of a form and problems are named: ``person.nik``."""
        return f"{self.section}.{self.field}" if self.field else self.section

    @property
    def label(self) -> str:
        """What is missing, in the active language."""
        here = _section(self.section)
        return described(here, self.field).label if self.field else here.title


@dataclass(frozen=True)
class Missing:
    """Of the answers a complete intake of this person has, those still open; `asked` is how many there are in all."""

    open: tuple[Open, ...]
    asked: int

    @property
    def complete(self) -> bool:
        """Nothing is open."""
        return not self.open

    def of(self, step: str) -> tuple[Open, ...]:
        """What is open in one step of the conversation."""
        return tuple(one for one in self.open if one.step == step)

    def left(self) -> dict[str, int]:
        """How many are open by step."""
        found: dict[str, int] = {}
        for one in self.open:
            found[one.step] = found.get(one.step, 0) + 1
        return found


Answers = Mapping[str, Sequence[Any]]
"""By the name of a record class the records of a person that count, each with `unanswered` and its fields."""


def missing_of(session: Session, person: Person) -> Missing:
    """What is still missing in the intake of a person."""
    names = {one.record for one in required()} | {one.instead for one in required() if one.instead}
    found: dict[str, list[Any]] = {name: _counting(session, RECORDS[name], person) for name in names}
    numbers = set(session.scalars(_own(Identifier, person, Identifier.kind)))
    return missing_among(found, numbers, person.client_type)


def missing_among(found: Answers, numbers: Iterable[str], client_type: str | None) -> Missing:
    """The same from what is in memory, such as a form that is not saved: `numbers` are the kinds that are known."""
    known = frozenset(numbers)
    asked = [one for one in required() if one.concerns(client_type)]
    left = [_open(one) for one in asked if not _answered(one, found, known)]
    order = {one.key: place for place, one in enumerate(SECTIONS)}
    return Missing(tuple(sorted(left, key=lambda one: order[one.section])), len(asked))


def note_completeness(session: Session, person: Person) -> bool:
    """Write on the newest interview since when the intake is complete, or that it is not; returns whether it is."""
    complete = missing_of(session, person).complete
    interviews = _counting(session, IntakeInterview, person)
    newest = interviews[-1] if interviews else None
    if newest is not None and complete != (newest.completed_on is not None):
        write_changes(session, newest, {"completed_on": today() if complete else None}, on=today())
    return complete


@lru_cache(maxsize=1)
def required() -> tuple[Required, ...]:
    """The list of answers a complete intake has."""
    file = resources.files("resource_centre") / "data" / "intake_required.csv"
    return tuple(
        Required(
            row["record"],
            row["field"],
            frozenset(part for part in row["client_types"].split("|") if part),
            row["instead"],
        )
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    )


def described(one: Section, name: str) -> Field:
    """The question of this name in a section."""
    return next(field for field in one.described if field.name == name)


# Inside

RECORDS: Final[dict[str, type[Logged]]] = {one.record.__name__: one.record for one in SECTIONS}


def _answered(one: Required, found: Answers, numbers: frozenset[str]) -> bool:
    if one.instead and found.get(one.instead):
        return True
    records = found.get(one.record, ())
    if not one.field:
        return bool(records)
    newest = records[-1] if records else None
    if one.field in NUMBERS and one.field in numbers:
        return True
    if newest is None:
        return False
    return getattr(newest, one.field, None) not in (None, "", []) or one.field in (newest.unanswered or {})


def _open(one: Required) -> Open:
    here = next(
        place
        for place in SECTIONS
        if place.record.__name__ == one.record and (not one.field or one.field in place.fields)
    )
    return Open(here.step, here.key, one.field)


def _section(key: str) -> Section:
    return next(one for one in SECTIONS if one.key == key)


def _counting(session: Session, record: type[Logged], person: Person) -> list[Any]:
    """The records of a person that say how things are now, the newest last."""
    if record is Person:
        return [person]
    assert issubclass(record, Owned)
    found: list[Any] = list(session.scalars(_own(record, person).order_by(record.id)))
    if record is Address:
        return [one for one in found if one.kind == "current" and one.valid_to is None]
    order: Callable[[Any], Any] = stay_order if record is MigrationEpisode else lambda one: one.id
    return sorted(found, key=order)


def stay_order(stay: MigrationEpisode) -> tuple[str, str]:
    """Stays abroad in the order in which they began."""
    return stay.departure_date or stay.return_date or "", stay.id


def _own(record: type[Any], person: Person, *what: Any) -> Any:
    return select(*(what or (record,))).where(record.person_id == person.id, record.voided.is_(False))
