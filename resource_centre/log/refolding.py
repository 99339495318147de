# SPDX-License-Identifier: Apache-2.0
"""Making the tables say what the log says: whole records at a time, never patched, many of a table together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.log import erasing, linked
from resource_centre.log.conflicts import conflicting_ids, refresh_many
from resource_centre.log.erasing import BLANK
from resource_centre.log.fold import Dot, Entry, Folded, fold
from resource_centre.log.many import insert_rows, update_rows
from resource_centre.log.shape import columns_about, columns_from, logged_records
from resource_centre.log.writing import CHUNK, bare, entries_of, note_changed, recording
from resource_centre.records.base import table_of
from resource_centre.records.exchange import RowScope

__all__ = ["BLANK", "Placed", "Row", "outside_scope", "refold"]

Row = tuple[str, str]
"""Table and record."""
Placed = Callable[[int, int], None]
"""Is told how many records read in the tables as the log says, and of how many."""


def refold(
    session: Session, rows: Iterable[Row], placed: Placed | None = None, *, news: Set[Dot] | None = None
) -> None:
    """Make the tables say for these records what the log says. What is of a table we do not know stays in the log.

    Where only the entries named in `news` have come since they last did, only what those speak of is looked at.
    """
    left = set(rows)
    while left:
        gone = _place_known(session, {row for row in left if row[0] in logged_records()}, placed, news)
        # What belongs to whoever is gone goes with them.
        left = erasing.belonging_to(session.connection(), gone) if gone else set()


def _place_known(session: Session, known: set[Row], placed: Placed | None, news: Set[Dot] | None) -> set[Row]:
    """Place these records; returns those that were erased by it."""
    links = {row for row in known if row[0] == linked.LINKS}
    before = erasing.erased_rows(session.connection())
    if links:
        known, news = (known - links) | _place_links(session, links), None
    _place_all(session, known, placed, news)
    gone = set(erasing.erased_rows(session.connection()) - before)
    if gone:
        session.info[erasing.GONE] = True
    return gone


def _place_links(session: Session, links: set[Row]) -> set[Row]:
    """Who is one person comes first; returns the records that may read otherwise by it."""
    connection, ids = session.connection(), [row_id for _tbl, row_id in links]
    linked.hold(connection, changing=True)
    before = linked.ends(connection, ids)
    _place_all(session, links)
    return linked.rows_about(connection, before | linked.ends(connection, ids))


def _place_all(
    session: Session, rows: Collection[Row], placed: Placed | None = None, news: Set[Dot] | None = None
) -> None:
    connection, done = session.connection(), 0
    conflicting = conflicting_ids(connection) if len(rows) > CHUNK else None
    lists = Lists(outside_scope(connection), erasing.erased_ids(connection), conflicting)
    for tbl, of_table in groupby(sorted(rows), key=lambda row: row[0]):
        ids = [row_id for _tbl, row_id in of_table]
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            with recording(connection):
                _place(connection, tbl, chunk, lists, news)
            note_changed(session, logged_records()[tbl].__name__, chunk)
            done += len(chunk)
            if placed is not None:
                placed(done, len(rows))


class Lists(NamedTuple):
    """Records that are in no table, being of other villages or erased, and those in conflict."""

    outside: frozenset[str]
    erased: frozenset[str]
    conflicting: frozenset[str] | None
    """None where reading the list would take longer than to try."""


def _place(connection: sa.Connection, tbl: str, ids: Sequence[str], lists: Lists, news: Set[Dot] | None) -> None:
    logs, (outside, erased, conflicting) = entries_of(connection, ids), lists
    folded = {row_id: fold(logs[row_id]) for row_id in ids}
    gone = {i for i, one in folded.items() if one.erased or (erased and erasing.goes_with(logs[i], erased))}
    listed = ids if conflicting is None else [row_id for row_id in ids if row_id in conflicting]
    refresh_many(connection, tbl, {i: one for i, one in folded.items() if i not in outside and i not in gone}, listed)
    erasing.erase_rows(connection, tbl, sorted(gone))
    placed = {i: one for i, one in folded.items() if one.born and i not in gone and i not in outside}
    _write(connection, tbl, placed, _about(tbl, logs, news))


def _about(tbl: str, logs: Mapping[str, Sequence[Entry]], news: Set[Dot] | None) -> frozenset[str] | None:
    """The columns that may read otherwise by the news, None for all; those that hang on who is one person together."""
    if news is None:
        return None
    told = (entry.body for log in logs.values() for entry in log if (entry.site, entry.seq) in news)
    columns = columns_about(logged_records()[tbl], frozenset(name for body in told for name in body))
    links = linked.columns_of_links(tbl)
    return columns if columns is None or links.isdisjoint(columns) else columns | links


def _write(connection: sa.Connection, tbl: str, folded: Mapping[str, Folded], about: frozenset[str] | None) -> None:
    if not folded:
        return
    record = logged_records()[tbl]
    table = table_of(record)
    before = _rows_of(connection, table, folded, about)
    rows = {
        row_id: columns_from(record, one.values, about if row_id in before else None) for row_id, one in folded.items()
    }
    # Who is one person is asked for where a column hangs on it.
    named = [
        one for one in rows if about is None or one not in before or not about.isdisjoint(linked.columns_of_links(tbl))
    ]
    rows |= zip(named, linked.all_as_one(connection, tbl, [(one, rows[one]) for one in named]), strict=True)
    new = [{"id": row_id, "version": 1, **values} for row_id, values in rows.items() if row_id not in before]
    insert_rows(connection, table, new)
    _change(connection, table, before, rows)


def _rows_of(
    connection: sa.Connection, table: sa.Table, ids: Collection[str], about: frozenset[str] | None
) -> dict[str, Mapping[str, Any]]:
    names, wanted = _asking(table, about)
    found = connection.execute(wanted, {"ids": list(ids)})
    asked = {bare(row_id): row_id for row_id in ids}
    rows = (dict(zip(names, row, strict=True)) for row in found)
    return {asked.get(row["id"]) or asked[bare(row["id"])]: row for row in rows}


@lru_cache(maxsize=256)
def _asking(table: sa.Table, about: frozenset[str] | None) -> tuple[list[str], sa.Select[Any]]:
    """What asks for these columns of some records, with their names; put together once."""
    names = [one.name for one in table.columns if about is None or one.name in about or one.name in ("id", "version")]
    # An id is known as it is asked for, and need not be made ready once more.
    columns = [sa.type_coerce(table.c[name], sa.types.NullType) if name == "id" else table.c[name] for name in names]
    return names, sa.select(*columns).where(table.c.id.in_(sa.bindparam("ids", expanding=True)))


def _change(
    connection: sa.Connection,
    table: sa.Table,
    before: Mapping[str, Mapping[str, Any]],
    rows: Mapping[str, dict[str, Any]],
) -> None:
    """Write what is different, and nothing else: a column that is named is a column whose indexes are made anew."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row_id, was in before.items():
        differs = {name: value for name, value in rows[row_id].items() if was[name] != value}
        if differs:
            put = {"id": row_id, "version": was["version"] + 1, **differs}
            alike[tuple(put)].append(put)
    for puts in alike.values():
        update_rows(connection, table, puts)


def outside_scope(connection: sa.Connection) -> frozenset[str]:
    """The records that the centre said are not in this laptop's villages: they are in no table."""
    wanted = sa.select(RowScope.row_id).where(RowScope.inside.is_(sa.false()))
    return frozenset(connection.scalars(wanted))
