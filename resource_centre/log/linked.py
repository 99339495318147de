# SPDX-License-Identifier: Apache-2.0
"""Records of people that somebody said are one person: the tables have one, the log keeps what was written.

Of all records that links join, directly or through others, the smallest id stands for the person. Whatever else is
about one of them bears that id in its table, and the others' own rows are marked `same_as` and voided there. Nothing of
it is logged, so that a link undone gives everything back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.log.shape import logged_columns, logged_records
from resource_centre.log.writing import CHUNK, recording
from resource_centre.records.base import Logged, table_of
from resource_centre.records.exchange import PersonLink

LINKS: Final = "person_link"
PEOPLE: Final = "person"
SAME: Final = "same"
ABOUT: Final = ("person_id", "relative_id")
"""Columns that hold the id of a person."""
CHANGED: Final = "links changed"
"""In `Session.info`: whose links this flush changes."""
_LOCK: Final = 0x5A3E
"""What desks of one server hold while they write about people, each for itself, or change who is one person."""

Row = tuple[str, str]
Links = sa.Select[Any, Any]
Canonical = Mapping[str, str]
"""For everybody who is linked the id that stands for the person; their own for that one."""


@lru_cache(maxsize=64)
def about_people(record: type[Logged]) -> tuple[str, ...]:
    """The columns of a record that hold the id of a person."""
    return tuple(name for name in ABOUT if name in logged_columns(record))


@lru_cache(maxsize=64)
def columns_of_links(tbl: str) -> frozenset[str]:
    """The columns whose values follow from who is one person."""
    return frozenset(("same_as", "voided") if tbl == PEOPLE else about_people(logged_records()[tbl]))


def one_person(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Of these people those who are linked, and everybody they are linked with."""
    new, seen, edges = set(ids), set[str](), set[Row]()
    while new:
        seen |= new
        found: set[Row] = set()
        for chunk in _chunks(new):
            found.update(_edges(connection, _of_either_end(), {"ids": chunk}))
        edges |= found
        new = {end for edge in found for end in edge} - seen
    return _smallest(edges)


def everybody(connection: sa.Connection) -> dict[str, str]:
    """All who are linked."""
    return _smallest(_edges(connection, _in_force(), {}))


def _edges(connection: sa.Connection, wanted: Links, given: dict[str, Any]) -> set[Row]:
    with recording(connection):
        return {(a_id, b_id) for a_id, b_id in connection.execute(wanted, given)}


def _in_force() -> Links:
    table = table_of(PersonLink)
    return sa.select(table.c.a_id, table.c.b_id).where(table.c.verdict == SAME, table.c.voided.is_(sa.false()))


# Asked at every save: to put it together anew would take longer than to ask it.
@lru_cache(maxsize=1)
def _of_either_end() -> Links:
    table = table_of(PersonLink)
    ids: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
    return _in_force().where(sa.or_(table.c.a_id.in_(ids), table.c.b_id.in_(ids)))


def _smallest(edges: Iterable[Row]) -> dict[str, str]:
    above: dict[str, str] = {}

    def top(one: str) -> str:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    for here, there in edges:
        low, high = sorted((top(here), top(there)))
        above[high] = low
    return {one: top(one) for one in list(above)}


def as_one(tbl: str, row_id: str, values: Mapping[str, Any], canonical: Canonical) -> dict[str, Any]:
    """A record's column values as its table holds them, of people who are one."""
    if tbl == PEOPLE:
        stands = canonical.get(row_id, row_id)
        away = stands != row_id
        return {**values, "same_as": stands if away else None, "voided": bool(values["voided"]) or away}
    columns = about_people(logged_records()[tbl])
    return {**values, **{name: canonical.get(values[name], values[name]) for name in columns}}


def all_as_one(
    connection: sa.Connection, tbl: str, rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """Records of one table, each an id and column values, as it holds them; in their order."""
    told = list(rows)
    columns = about_people(logged_records()[tbl])
    people = {row_id for row_id, _row in told} if tbl == PEOPLE else set[str]()
    people.update(row[name] for _row_id, row in told for name in columns if row[name])
    if columns and people:
        hold(connection, changing=False)
    canonical = one_person(connection, people) if people else {}
    return [as_one(tbl, row_id, row, canonical) for row_id, row in told]


def point(connection: sa.Connection, records: Sequence[Logged]) -> None:
    """Make records that are about to be written, and have been logged as they were typed, those of the person."""
    people = {record.id for record in records if record.__tablename__ == PEOPLE}
    named = [(one, name) for one in records for name in about_people(type(one)) if getattr(one, name)]
    if named:
        hold(connection, changing=False)
    people.update(getattr(one, name) for one, name in named)
    canonical = one_person(connection, people) if people else {}
    for one, name in named:
        if (stands := canonical.get(getattr(one, name))) not in (None, getattr(one, name)):
            setattr(one, name, stands)
    for one in records:
        if canonical.get(one.id, one.id) != one.id and one.__tablename__ == PEOPLE:
            one.same_as, one.voided = canonical[one.id], True  # type: ignore[attr-defined]


def ends(connection: sa.Connection, link_ids: Iterable[str]) -> set[str]:
    """Whom these links are about."""
    table = table_of(PersonLink)
    found: set[str] = set()
    for chunk in _chunks(link_ids):
        wanted = sa.select(table.c.a_id, table.c.b_id).where(table.c.id.in_(chunk))
        with recording(connection):
            found.update(end for edge in connection.execute(wanted) for end in edge)
    return found


def rows_about(connection: sa.Connection, people: Iterable[str]) -> set[Row]:
    """What may read otherwise once the links of these people have changed: all of theirs, and of whom they are with."""
    found: set[Row] = set()
    given = set(people)
    for chunk in _chunks(given | one_person(connection, given).keys()):
        found.update((PEOPLE, one) for one in chunk)
        with recording(connection):
            for tbl, wanted in _of_people():
                found.update((tbl, row_id) for row_id in connection.scalars(wanted, {"ids": chunk}))
    return found


@lru_cache(maxsize=1)
def _of_people() -> tuple[tuple[str, sa.Select[Any]], ...]:
    """For each column that names people what asks for the records of some."""
    ids: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
    tables = [(table_of(record), about_people(record)) for record in logged_records().values()]
    return tuple(
        (table.name, sa.select(table.c.id).where(table.c[n].in_(ids))) for table, names in tables for n in names
    )


def note_links(session: Session, records: Iterable[Logged]) -> None:
    """Remember whose links this flush changes."""
    touched = {end for one in records if isinstance(one, PersonLink) for end in (one.a_id, one.b_id)}
    if touched:
        hold(session.connection(), changing=True)
        session.info.setdefault(CHANGED, set()).update(touched)


def hold(connection: sa.Connection, *, changing: bool) -> None:
    """On a server, until the end of the transaction: nobody writes of a person while somebody says who is one."""
    if connection.dialect.name != "postgresql":
        return
    take = sa.func.pg_advisory_xact_lock if changing else sa.func.pg_advisory_xact_lock_shared
    connection.execute(sa.select(take(_LOCK)))


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(sorted(ids))
    while chunk := list(islice(left, CHUNK)):
        yield chunk
