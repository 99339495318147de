# SPDX-License-Identifier: Apache-2.0
"""A table of a report on paper: with short headings where there is little room, and in parts where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from reportlab.platypus import Flowable, Spacer

from reports.kit import fonts, styles, tables
from reports.kit.text import paragraph
from reports.tables.model import Column, Row, Table
from reports.tables.words import cell_words

_NAMES: Final = 90.0
"""Room the names of rows should have."""
_LEAST: Final = 58.0
"""Room they must have before the table is broken into parts that stand below one another."""
_SHORT: Final = 18.0
"""Least width of a column under a short heading."""


@dataclass(frozen=True)
class Drawing:
    """How tables are drawn: in which language, what is hidden, and who is told where figures stand."""

    language: str
    threshold: int | None = None
    noted: tables.Noted | None = None

    def drawn(self, table: Table) -> list[Flowable]:
        """The table with what must be said of its headings; a sentence instead where it has no rows."""
        if not table.rows:
            return [paragraph(table.empty, styles.NOTE_STYLE)] if table.empty else []
        for short, least in ((False, _NAMES), (True, _NAMES), (True, _LEAST)):
            made = self._fitting(table, short=short, least=least)
            if made is not None:
                return [made, *_explained(table, short=short)]
        parts: list[Flowable] = []
        for part in self._parts(table):
            parts += [*([Spacer(1, styles.STEP / 2)] if parts else []), self._made(part, short=True)]
        return [*parts, *_explained(table, short=True)]

    def _fitting(self, table: Table, *, short: bool, least: float) -> tables.Table | None:
        """The table in this form, None where the names of its rows have too little room."""
        try:
            made = self._made(table, short=short)
        except ValueError:  # not even a word fits
            return None
        return made if made.first_width >= min(least, _longest(table)) else None

    def _made(self, table: Table, *, short: bool) -> tables.Table:
        widths = table.widths or (None,) * len(table.heads)
        named = zip(table.heads, widths, strict=True)
        heads = [tables.Column(words, numeric=False, width=width) for words, width in named]
        columns = [_column(one, short=short) for one in table.columns]
        return tables.table([*heads, *columns], [self._row(table, row) for row in table.rows], noted=self.noted)

    def _row(self, table: Table, row: Row) -> tables.Row:
        cells = (*row.words, *(cell_words(cell, self.language, self.threshold) for cell in row.cells))
        if self.noted is None or not table.opens:
            return tables.Row(cells, row.kind, row.indent)
        pairs = zip(table.columns, row.cells, strict=True)
        keys = ("" if cell.blank else table.cell_id(row, column) for column, cell in pairs)
        return tables.Row(cells, row.kind, row.indent, (*[""] * len(row.words), *keys))

    def _parts(self, table: Table) -> Iterator[Table]:
        """The table's columns in as many tables as they need; a group stays together where it can."""
        waiting = [list(group) for _name, group in groupby(table.columns, lambda one: one.group)]
        first = True
        while waiting:
            taken = waiting.pop(0)
            while waiting and self._fits(_with(table, [*taken, *waiting[0]])):
                taken += waiting.pop(0)
            kept = len(taken)
            while kept > 1 and not self._fits(_with(table, taken[:kept])):
                kept -= 1
            if taken[kept:]:
                waiting.insert(0, taken[kept:])
            part = _with(table, taken[:kept])
            yield part if first else _without_empty_rows(part)
            first = False

    def _fits(self, table: Table) -> bool:
        return self._fitting(table, short=True, least=_NAMES) is not None


def _longest(table: Table) -> float:
    """The width of the longest name of a row: none needs more room than that."""
    return max(_width(row) for row in table.rows)


def _width(row: Row) -> float:
    return fonts.width(row.words[0], fonts.BOLD, styles.SMALL.size + 1) + 9 * row.indent


def _column(one: Column, *, short: bool) -> tables.Column:
    if short and one.short:
        return tables.Column(one.short, one.group, strong=one.strong, width=_SHORT)
    return tables.Column(one.heading, one.group, strong=one.strong, width=one.width)


def _explained(table: Table, *, short: bool) -> Iterator[Flowable]:
    """What the short headings stand for."""
    names = {one.short: one.heading for one in table.columns if one.short and one.short != one.heading}
    if short and names:
        words = " ".join(f"{name}: {heading[:1].lower()}{heading[1:]}." for name, heading in names.items())
        yield paragraph(words, styles.NOTE_STYLE)


def _with(table: Table, columns: Sequence[Column]) -> Table:
    wanted = {one.key for one in columns}
    places = [at for at, one in enumerate(table.columns) if one.key in wanted]
    rows = (replace(row, cells=tuple(row.cells[at] for at in places)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in places), rows=tuple(rows), sums=())


def _without_empty_rows(table: Table) -> Table:
    """Only the rows that have a figure here; one that was set in below another says below which."""
    kept: list[Row] = []
    above: list[Row] = []
    for row in table.rows:
        above = [one for one in above if one.indent < row.indent]
        if any(not cell.blank for cell in row.cells):
            lost = [one.words[0] for one in above if one not in kept]
            words = (", ".join((*lost, row.words[0])), *row.words[1:])
            kept.append(replace(row, words=words, indent=0) if lost else row)
        above.append(row)
    return replace(table, rows=tuple(kept))
