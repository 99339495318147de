# SPDX-License-Identifier: Apache-2.0
"""Proof that the tables are what the log says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from resource_centre.log import linked
from resource_centre.log.fold import Folded, fold
from resource_centre.log.refolding import outside_scope
from resource_centre.log.shape import columns_from, logged_records
from resource_centre.log.writing import AS_ENTRY, entry_from
from resource_centre.records.base import Logged, table_of
from resource_centre.records.change import Change

Row = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Finding:
    """A record whose table row is not the fold of its log: which fields differ, never their values."""

    tbl: str
    row_id: str
    fields: tuple[str, ...]


def examine(connection: sa.Connection) -> Iterator[Finding]:
    """Every difference between tables and log; nothing when the centre is whole."""
    outside = outside_scope(connection)
    one_person = linked.everybody(connection)
    for tbl, record in sorted(logged_records().items()):
        folds = (
            (row_id, linked.as_one(tbl, row_id, values, one_person))
            for row_id, values in _folds(connection, record)
            if row_id not in outside
        )
        yield from _compare(tbl, _rows(connection, record), folds)


def _rows(connection: sa.Connection, record: type[Logged]) -> Iterator[Row]:
    table = table_of(record)
    columns = [column for column in table.c if column.key != "version"]
    names = [column.key for column in columns]
    for row in connection.execute(sa.select(*columns).order_by(table.c.id).execution_options(yield_per=1000)):
        values = dict(zip(names, row, strict=True))
        yield values.pop("id"), values


def _folds(connection: sa.Connection, record: type[Logged]) -> Iterator[Row]:
    wanted = sa.select(Change.row_id, *AS_ENTRY).where(Change.tbl == record.__tablename__).order_by(Change.row_id)
    entries = connection.execute(wanted.execution_options(yield_per=1000))
    for row_id, group in groupby(entries, key=lambda row: row[0]):
        folded: Folded = fold(entry_from(*row[1:]) for row in group)
        if folded.born and not folded.erased:
            yield row_id, columns_from(record, folded.values)


def _compare(tbl: str, rows: Iterator[Row], folds: Iterator[Row]) -> Iterator[Finding]:
    """Both come ordered by id: walk them side by side."""
    row, folded = next(rows, None), next(folds, None)
    while row is not None or folded is not None:
        if folded is None or (row is not None and row[0] < folded[0]):
            assert row is not None
            yield Finding(tbl, row[0], ("not in the log",))
            row = next(rows, None)
        elif row is None or folded[0] < row[0]:
            yield Finding(tbl, folded[0], ("not in the table",))
            folded = next(folds, None)
        else:
            yield from _differences(tbl, row, folded)
            row, folded = next(rows, None), next(folds, None)


def _differences(tbl: str, row: Row, folded: Row) -> Iterator[Finding]:
    names = tuple(name for name, value in folded[1].items() if row[1].get(name) != value)
    if names:
        yield Finding(tbl, row[0], names)
