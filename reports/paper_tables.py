# SPDX-License-Identifier: Apache-2.0
"""A table of a report on paper: with short headings where there is little room, and in parts where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from reports.kit import fonts, styles, tables
from reports.kit.text import paragraph
from reports.tables.model import Column, Row, Table
from reports.tables.words import cell_words
from resource_centre.i18n import _

_NAMES: Final = 90.0
"""Room the names of rows should have."""
_LEAST: Final = 50.0
"""Room they must have before the table is broken into parts that stand below one another."""
_BROKEN: Final = 0.1
"""More names than this share should not take two lines."""
_FORMS: Final = (
    (False, _NAMES, _BROKEN), (True, _NAMES, _BROKEN), (False, _NAMES, 1.0), (True, _NAMES, 1.0), (True, _LEAST, 1.0),
)  # fmt: skip
"""What is tried: with short headings or not, the room for names, and how many of them may be broken."""
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
        for short, least, broken in _FORMS:
            made = self._fitting(table, short=short, least=least, broken=broken)
            if made is not None:
                return [made, *_explained(table, short=short)]
        return [*self._below_one_another(table), *_explained(table, short=True)]

    def _below_one_another(self, table: Table) -> Iterator[Flowable]:
        """The parts of a table that is too wide, each under its own heading."""
        said = ""
        for part in self._parts(table):
            made, words = self._made(part, short=True), _part_words(part)
            again = words == said
            heading = paragraph(_("{heading} (continued)").format(heading=words) if again else words, styles.TERM_STYLE)
            if said:
                yield Spacer(1, styles.STEP / 2)
                yield CondPageBreak(
                    heading.wrap(styles.CONTENT_WIDTH, styles.PAGE[1])[1] + made.least_height + styles.STEP
                )
            yield heading
            yield made
            said = words

    def _fitting(self, table: Table, *, short: bool, least: float, broken: float = 1.0) -> tables.Table | None:
        """The table in this form, None where the names of its rows have too little room."""
        try:
            made = self._made(table, short=short)
        except ValueError:  # not even a word fits
            return None
        roomy = made.first_width >= min(least, _longest(table)) and made.broken_names <= broken
        return made if roomy else None

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


class WithNotes(Flowable):
    """A table with the sentences below it, which never stand on a page without its last rows."""

    def __init__(self, table: tables.Table, notes: Sequence[Flowable]) -> None:
        super().__init__()
        self._table, self._notes = table, tuple(notes)
        self.width, self.height = table.width, table.height
        self.spaceBefore, self.spaceAfter = table.spaceBefore, styles.STEP / 4

    @property
    def least_height(self) -> float:
        """What of it stands on a page at least."""
        return self._table.least_height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as the table and all sentences."""
        self._heights = [note.wrap(aW, aH)[1] + styles.STEP / 4 for note in self._notes]
        self.height = self._table.height + styles.STEP / 4 + sum(self._heights)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Rows that fit, and the others with the sentences: some rows always go with them."""
        parts = self._table.split(aW, min(aH, self._table.height - 1))
        return [parts[0], WithNotes(parts[1], self._notes)] if len(parts) > 1 else []

    def draw(self) -> None:
        """One below the other."""
        y = self.height - self._table.height
        self._table.drawOn(self.canv, 0, y)
        y -= styles.STEP / 4
        for note, height in zip(self._notes, self._heights, strict=True):
            y -= height
            note.drawOn(self.canv, 0, y)


def with_notes(parts: Sequence[Flowable]) -> list[Flowable]:
    """The same, each table joined with the sentences that follow it."""
    found: list[Flowable] = []
    waiting: list[Flowable] = []
    for part in reversed(parts):
        if isinstance(part, Paragraph):
            waiting.insert(0, part)
        elif isinstance(part, tables.Table) and waiting:
            found.insert(0, WithNotes(part, waiting))
            waiting = []
        else:
            found[:0] = [part, *waiting]
            waiting = []
    return [*waiting, *found]


def _part_words(part: Table) -> str:
    """What a part of a table tells: the table's title with the periods of its columns."""
    groups = dict.fromkeys(one.group for one in part.columns if one.group)
    return " · ".join((*([part.title] if part.title else []), ", ".join(groups)))


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
