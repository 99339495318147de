# SPDX-License-Identifier: Apache-2.0
"""Every figure of a report on its own, with all that says what it is: what tables for other programs are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.data.beats import beat
from reports.tables.model import SUPPRESSED, Cell, CellId, Column, Report, Row, Table
from reports.tables.words import WITHHELD, small
from resource_centre.values.text import tidy

PERIODS = frozenset({"month", "year", "project"})
"""The first parts of a column's key that name a period."""


@dataclass(frozen=True)
class Figure:
    """One figure where it stands."""

    table: Table
    row: Row
    column: Column
    cell: Cell
    threshold: int | None

    @property
    def value(self) -> float | int | None:
        """The number as it may be told: None for none and for one left out.

        Where small ones are left out it is rounded as on the page: further digits would tell of what is hidden.
        """
        if self.cell.hidden or self.cell.value is None:
            return None
        return self.cell.value if self.threshold is None else told(self.cell)

    @property
    def pairs(self) -> int | None:
        """Of how many a mean was made; not told in a publication, whose pages do not say it either."""
        return None if self.cell.hidden or self.threshold is not None else self.cell.pairs

    @property
    def hidden(self) -> str:
        """What stands instead of a figure that is left out; empty where it is told."""
        return hidden_sign(self.cell, self.threshold)

    @property
    def period(self) -> str:
        """The period it counts, as month; empty where the column has none."""
        first = self.column.key.partition(".")[0]
        return first if first in PERIODS else ""

    @property
    def measure(self) -> str:
        """What of the row it counts within its period, as ``P`` or ``persons``."""
        return self.column.key.removeprefix(f"{self.period}.") if self.period else self.column.key

    @property
    def words(self) -> str:
        """The row's words in one."""
        return " · ".join(word for word in map(tidy, self.row.words) if word)


def figures(report: Report) -> Iterator[Figure]:
    """Every figure of every table in reading order; a place that has none is left out."""
    for table in report.tables():
        yield from figures_of(table, report.facts.threshold)


def figures_of(table: Table, threshold: int | None) -> Iterator[Figure]:
    """Every figure of one table, row by row."""
    for row in table.rows:
        beat()
        for column, cell in zip(table.columns, row.cells, strict=True):
            if not cell.blank:
                yield Figure(table, row, column, cell, threshold)


def told(cell: Cell) -> float | int | None:
    """The number with as many decimals as a page shows."""
    if not isinstance(cell.value, float):
        return cell.value
    return round(cell.value, cell.decimals) if cell.decimals else round(cell.value)


def hidden_sign(cell: Cell, threshold: int | None) -> str:
    """``<5`` for a small figure that is left out, a dot for another one, nothing for one that is told."""
    if not cell.hidden:
        return ""
    return f"{SUPPRESSED}{threshold}" if threshold is not None and small(cell, threshold) else WITHHELD


def hidden_ids(report: Report) -> frozenset[CellId]:
    """The keys of all figures that are left out."""
    return frozenset(key for table in report.tables() for key, cell in table.cells() if cell.hidden)


def days_of_periods(report: Report) -> Mapping[str, tuple[str, str]]:
    """First and last day of each period; of the year and the project only where the report tells them."""
    facts = report.facts
    told = {key: (first, last) for key, first, last in facts.periods}
    return {"month": (facts.first, facts.last)} | told
