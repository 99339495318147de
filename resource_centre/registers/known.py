# SPDX-License-Identifier: Apache-2.0
"""The people of the centre whom the rows of a register may mean, fetched in a few questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.records import Address, Identifier, ImportBatch, ImportRow, Person
from resource_centre.registers.cells import DAMAGED, INVALID
from resource_centre.registers.people import Known, People
from resource_centre.registers.rows import Row
from resource_centre.values.names import fold_name

CHUNK: Final = 400


def chunks(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """The values in pieces small enough for one question."""
    rest = sorted(set(values))
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]


def fingerprints_seen(session: Session, fingerprints: list[str]) -> set[str]:
    """Which of these rows were taken in before by an import that still stands."""
    seen: set[str] = set()
    for part in chunks(fingerprints):
        wanted = (
            sa.select(ImportRow.fingerprint)
            .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
            .where(ImportRow.fingerprint.in_(part), ImportBatch.undone_ms.is_(None))
        )
        seen.update(session.scalars(wanted))
    return seen


def people_meant(session: Session, rows: list[Row]) -> People:
    """Everybody of the centre with a NIK, a telephone or a name that stands in these rows."""
    ids = set(_by_number(session, rows)) | set(_by_name(session, rows))
    people = People()
    for known in _described(session, ids):
        people.add(known)
    return people


def _lookups(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        nik, phone = row.values.get("nik"), row.values.get("phone")
        if nik and nik not in {DAMAGED, INVALID}:
            yield f"nik:{nik}"
        elif nik == DAMAGED:
            written = next((problem.as_written for problem in row.problems if problem.field == "nik"), "")
            digits = "".join(letter for letter in written if letter.isdecimal())
            if len(digits) == 16:
                yield from (f"nik:{digits[:15]}{last}" for last in range(10))
        if phone:
            yield f"phone:{phone.removeprefix('+')}"


def _by_number(session: Session, rows: list[Row]) -> Iterator[str]:
    for part in chunks(_lookups(rows)):
        wanted = sa.select(Identifier.person_id).where(Identifier.lookup.in_(part), Identifier.voided.is_(False))
        yield from session.scalars(wanted)


def _by_name(session: Session, rows: list[Row]) -> Iterator[str]:
    keys = {fold_name(row.values["name"]) for row in rows if row.values.get("name")}
    for part in chunks(keys - {""}):
        yield from session.scalars(sa.select(Person.id).where(Person.name_key.in_(part), Person.voided.is_(False)))


def _described(session: Session, ids: set[str]) -> Iterator[Known]:
    for part in chunks(ids):
        found = {
            person_id: Known(number=None, name=name, sex=sex, born=born, known_id=person_id)
            for person_id, name, sex, born in session.execute(
                sa.select(Person.id, Person.full_name, Person.sex, Person.birth_date).where(
                    Person.id.in_(part), Person.voided.is_(False)
                )
            )
        }
        _add_numbers(session, found)
        _add_villages(session, found)
        yield from found.values()


def _add_numbers(session: Session, found: dict[str, Known]) -> None:
    numbers = sa.select(Identifier.person_id, Identifier.kind, Identifier.value).where(
        Identifier.person_id.in_(found), Identifier.kind.in_(("nik", "phone")), Identifier.voided.is_(False)
    )
    for person_id, kind, value in session.execute(numbers):
        known = found[person_id]
        if kind == "phone":
            known.phone = known.phone or value
        elif value and len(value) == 16:
            known.nik, known.nik15 = value, value[:15]


def _add_villages(session: Session, found: dict[str, Known]) -> None:
    homes = sa.select(Address.person_id, Address.village_code).where(
        Address.person_id.in_(found), Address.voided.is_(False), Address.valid_to.is_(None)
    )
    for person_id, village in session.execute(homes):
        found[person_id].village = found[person_id].village or village
