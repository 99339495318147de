# SPDX-License-Identifier: Apache-2.0
"""What the page of people who are in the centre twice reads and asks for, on the worker's thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.duplicate_scan import Proposed
    from resource_centre.services.merging import SideBySide

SHOWN = 200


@dataclass(frozen=True)
class Who:
    """What tells two people of one name apart."""

    name: str
    number: str | None
    birth: str | None
    village: str | None


@dataclass(frozen=True)
class PairRow:
    """A pair to decide about."""

    pair: Proposed
    a: Who
    b: Who

    @property
    def id(self) -> str:
        """Both ids."""
        return f"{self.pair.a_id}/{self.pair.b_id}"


@dataclass(frozen=True)
class MergedRow:
    """A decision that two records are one person."""

    id: str
    a: Who
    b: Who
    person_id: str
    on: dt.date | None


@dataclass(frozen=True)
class Compared:
    """Two records as they are now."""

    row: PairRow
    sides: SideBySide


def work_list(session: Session) -> tuple[int, list[PairRow]]:
    """How many pairs there are to decide, and the first: one NIK, then what came with a bundle, then the likeliest."""
    from resource_centre.services.duplicate_scan import proposed

    pairs = sorted(proposed(session, SHOWN), key=lambda one: ("nik" not in _kinds(one), one.bundle_id is None))
    people = _who(session, [end for one in pairs for end in (one.a_id, one.b_id)])
    every = len(pairs) if len(pairs) < SHOWN else _count(session)
    return every, [PairRow(one, people[one.a_id], people[one.b_id]) for one in pairs]


def _count(session: Session) -> int:
    from sqlalchemy import func, select

    from resource_centre.records import DuplicatePair

    return session.scalar(select(func.count()).select_from(DuplicatePair)) or 0


def merged(session: Session) -> list[MergedRow]:
    """Records that were made one person, the newest first."""
    from sqlalchemy import select

    from resource_centre.records import PersonLink
    from resource_centre.services.person_links import SAME, resolve

    valid = (PersonLink.verdict == SAME, PersonLink.voided.is_(False))
    wanted = select(PersonLink).where(*valid).order_by(PersonLink.linked_on.desc(), PersonLink.id).limit(SHOWN)
    links = list(session.scalars(wanted))
    people = _who(session, [end for one in links for end in (one.a_id, one.b_id)])
    known = [one for one in links if one.a_id in people and one.b_id in people]
    return [
        MergedRow(one.id, people[one.a_id], people[one.b_id], resolve(session, one.a_id), one.linked_on)
        for one in known
    ]


def compare(session: Session, row: PairRow) -> Compared:
    """The two records of a pair, field by field."""
    from resource_centre.services.merging import side_by_side

    return Compared(row, side_by_side(session, row.pair.a_id, row.pair.b_id))


def say_same(session: Session, row: PairRow, choices: Sequence[str]) -> None:
    """They are one person; `choices` are the fields taken from the right."""
    from resource_centre.services.merging import merge

    merge(session, row.pair.a_id, row.pair.b_id, choices, reasons=row.pair.reasons, score=row.pair.score)


def say_different(session: Session, row: PairRow) -> None:
    """They are two people."""
    from resource_centre.services.person_links import keep_apart

    keep_apart(session, row.pair.a_id, row.pair.b_id, row.pair.reasons, row.pair.score)


def take_apart(session: Session, link_id: str) -> None:
    """Two records again."""
    from resource_centre.services.merging import unmerge

    unmerge(session, link_id)


def _kinds(one: Proposed) -> set[str]:
    return {reason.removeprefix("same_") for reason in one.reasons}


def _who(session: Session, ids: Iterable[str]) -> Mapping[str, Who]:
    """Also of records that are shown no more."""
    from sqlalchemy import select

    from resource_centre.records import Address, Person

    wanted, found, homes = sorted(set(ids)), dict[str, Any](), dict[str, str]()
    for start in range(0, len(wanted), 400):
        chunk = wanted[start : start + 400]
        now = (Address.kind == "current", Address.valid_to.is_(None), Address.voided.is_(False))
        where = select(Address.person_id, Address.village_code).where(Address.person_id.in_(chunk), *now)
        homes |= {person_id: village for person_id, village in session.execute(where) if village}
        columns = select(Person.id, Person.full_name, Person.number, Person.birth_date).where(Person.id.in_(chunk))
        found |= {row.id: row for row in session.execute(columns)}
    return {one: Who(row.full_name, row.number, row.birth_date, homes.get(one)) for one, row in found.items()}
