# SPDX-License-Identifier: Apache-2.0
"""How the figures of a table hang together: the equations that every reader of it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isclose
from typing import Final

from reports.disclosure.sums import Sum
from reports.tables.model import Cell, CellId, Row, Table

SEXES: Final = ("L", "P", "unknown")
"""Men, women, not known: the parts of every count of people."""
TOTAL: Final = "total"


def with_sums(table: Table, *more: Sum) -> Table:
    """The table with these equations besides the ones it has."""
    return replace(table, sums=(*table.sums, *more))


def with_sexes(table: Table) -> Table:
    """What follows from columns by sex: men, women and those of unknown sex are the total, in every row."""
    keys = {column.key for column in table.columns}
    stems = [key.removesuffix(TOTAL) for key in keys if key.rpartition(".")[2] == TOTAL]
    split = sorted(stem for stem in stems if all(f"{stem}{sex}" in keys for sex in SEXES))
    known = dict(table.cells())
    made = (
        Sum(f"{table.key}/{row.key}/{stem}{TOTAL}", tuple(f"{table.key}/{row.key}/{stem}{sex}" for sex in SEXES))
        for row in table.rows
        for stem in split
    )
    return with_sums(table, *_holding(made, known))


def with_total(table: Table, parts: Iterable[str], *, of: str = TOTAL, columns: Iterable[str] | None = None) -> Table:
    """What follows from one row being others together, in every column (or those named)."""
    return with_totals(table, {of: tuple(parts)}, columns=columns)


def with_totals(table: Table, parts: Mapping[str, Sequence[str]], *, columns: Iterable[str] | None = None) -> Table:
    """What follows from some rows being others together; `parts` are the keys of those by the key of their total."""
    wanted = tuple(columns) if columns is not None else tuple(column.key for column in table.columns)
    known = dict(table.cells())
    made = (
        Sum(f"{table.key}/{of}/{key}", tuple(f"{table.key}/{row}/{key}" for row in rows))
        for of, rows in parts.items()
        for key in wanted
    )
    return with_sums(table, *_holding(made, known))


def with_topics(table: Table, key: str) -> Table:
    """The table's topic is that of one row only; the others and their sum are of none."""
    rows = (replace(row, topic=None if row.key == key else "") for row in table.rows)
    return replace(table, rows=tuple(rows))


def body_keys(rows: Sequence[Row]) -> tuple[str, ...]:
    """The keys of the rows that a total at the foot is the sum of."""
    return tuple(row.key for row in rows if row.kind not in ("total", "section"))


def _holding(sums: Iterable[Sum], cells: Mapping[CellId, Cell]) -> Iterator[Sum]:
    """Those between figures that are there, and that hold: of means and shares no sum is made."""
    for one in sums:
        found = [cells.get(str(cell)) for cell in one.cells()]
        values = [cell.value for cell in found if cell is not None and not cell.blank and not cell.of]
        known = [value for value in values if value is not None]
        if one.parts and len(known) == len(found) and isclose(known[0], sum(known[1:]), abs_tol=1e-6):
            yield one
