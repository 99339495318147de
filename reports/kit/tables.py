# SPDX-License-Identifier: Apache-2.0
"""Tables drawn straight onto the page: hairlines, numbers aligned on the last digit, headings on every page.

ReportLab's own table measures all rows again at every page break; this one knows every row's height beforehand and a
part of it is only a window on the same rows, so that the time grows with the rows and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.breaks import Breaks
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.strokes import put, rule
from reports.kit.text import lines, plain
from resource_centre.i18n import _

Kind = Literal["body", "total", "section", "quiet"]
Box = tuple[float, float, float, float]
"""Left, bottom, width and height, in points from the lower left corner of the page."""
Noted = Callable[[int, Box, str], None]
"""Is told of every cell with a key where it was drawn: the page (from 0), its box, the key."""

_SIZE: Final = styles.SMALL.size + 0.4
_LEADING: Final = 10.6
_PADDING: Final = 2.2
_GAP: Final = 7.0
"""White between two columns of numbers."""
_GROUP_GAP: Final = 15.0
"""White before the first column of a group, such as a period."""
_INDENT: Final = 9.0


@dataclass(frozen=True)
class Column:
    """One column: its heading, the heading of the group it stands in, and whether it holds numbers.

    `width` fixes the width of a text column in points; a text column without one takes what the others leave.
    """

    heading: str
    group: str = ""
    numeric: bool = True
    strong: bool = False
    width: float | None = None


@dataclass(frozen=True)
class Row:
    """The cells of one row as they are printed."""

    cells: tuple[str, ...]
    kind: Kind = "body"
    indent: int = 0
    keys: tuple[str, ...] = ()
    """Of each cell the key by which it is found again on the page; empty for none."""


@dataclass(frozen=True)
class _Grid:
    """The measured table, shared by all its parts."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    broken: tuple[tuple[tuple[str, ...], ...], ...]
    left: tuple[float, ...]
    widths: tuple[float, ...]
    starts: tuple[float, ...]
    header: tuple[tuple[str, ...], ...]
    header_lines: int
    grouped: bool
    width: float
    breaks: Breaks
    noted: Noted | None = None

    @property
    def header_height(self) -> float:
        """Height of the headings with the rule below them."""
        return (_LEADING + 5 if self.grouped else 0.0) + self.header_lines * _LEADING + 2 * _PADDING


class Table(Flowable):
    """Rows `first` to `last` of a measured table; splits between rows, never inside one.

    `carried` is the row at whose head the words of another page stand: they are printed again above the first row.
    """

    def __init__(self, grid: _Grid, first: int = 0, last: int | None = None, carried: int | None = None) -> None:
        super().__init__()
        self._grid = grid
        self._first = first
        self._last = len(grid.rows) if last is None else last
        self._carried = carried
        self._again = () if carried is None else _again(grid, carried)
        self.width = grid.width
        self._above = grid.header_height + len(self._again) * _LEADING + 2 * _PADDING * bool(self._again)
        self.height = self._above + self._rows_height(self._first, self._last) + styles.RULE
        self.spaceBefore = styles.STEP / 3
        self.spaceAfter = styles.STEP / 2

    @property
    def first_width(self) -> float:
        """What the first column, which mostly holds words, has got, in points."""
        return self._grid.widths[0]

    @property
    def broken_names(self) -> float:
        """The share of rows whose first cell takes several lines."""
        return sum(len(cells[0]) > 1 for cells in self._grid.broken) / max(len(self._grid.broken), 1)

    def _rows_height(self, first: int, last: int) -> float:
        return self._grid.starts[last] - self._grid.starts[first]

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The measured size; what is available only decides about splitting."""
        return self.width, self.height

    @property
    def least_height(self) -> float:
        """What of it stands on a page at least: the headings and the first rows that may be parted from the others."""
        places = range(self._first + 1, self._last)
        cut = next((at for at in places if self._grid.breaks.allowed(at, self._first, self._last)), self._last)
        return self._above + self._rows_height(self._first, cut) + styles.RULE

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The rows that fit and the rest, or nothing when too few would stay together."""
        breaks, room = self._grid.breaks, aH - self._above - styles.RULE
        cut = breaks.cut(self._first, self._last, self._reached(room), forced=aH > styles.PAGE[1] / 2)
        if cut is None:
            return []
        below = Table(self._grid, cut, self._last, breaks.above(cut))
        return [Table(self._grid, self._first, cut, self._carried), below]

    def _reached(self, room: float) -> int:
        """How far the rows go that have room."""
        return max(bisect_right(self._grid.starts, self._grid.starts[self._first] + room) - 1, self._first)

    def draw(self) -> None:
        """Headings, rows and rules; only hairlines, nothing that needs colour to be read."""
        canvas: Any = self.canv
        y = self.height
        y = self._draw_header(canvas, y)
        y = self._draw_again(canvas, y)
        for index in range(self._first, self._last):
            y = self._draw_row(canvas, index, y)
        rule(canvas, 0, self.width, y, styles.RULE, styles.INK)

    def _draw_header(self, canvas: Canvas, y: float) -> float:
        grid = self._grid
        rule(canvas, 0, self.width, y, styles.RULE, styles.INK)
        if grid.grouped:
            y -= _LEADING + 2
            self._draw_groups(canvas, y)
            y -= 3
        canvas.setFillColor(styles.MUTED)
        foot = y - _PADDING - grid.header_lines * _LEADING
        for column, left, width, words in zip(grid.columns, grid.left, grid.widths, grid.header, strict=True):
            font = BOLD if column.strong else REGULAR
            for number, line in enumerate(reversed(words)):
                base = foot + 3.0 + number * _LEADING
                put(canvas, line, left, width, base, column.numeric, font, styles.SMALL.size)
        foot -= _PADDING
        rule(canvas, 0, self.width, foot, styles.HAIR, styles.INK)
        return foot

    def _draw_again(self, canvas: Canvas, y: float) -> float:
        """The words the first rows stand under, where their own row is on the page before."""
        if self._carried is None:
            return y
        canvas.setFillColor(styles.INK)
        indent = self._grid.rows[self._carried].indent * _INDENT
        for number, line in enumerate(self._again):
            put(canvas, line, indent, self.width, y - _PADDING - _SIZE - number * _LEADING, False, BOLD, _SIZE)
        y -= len(self._again) * _LEADING + 2 * _PADDING
        rule(canvas, 0, self.width, y, styles.HAIR, styles.HAIRLINE)
        return y

    def _draw_groups(self, canvas: Canvas, base: float) -> None:
        canvas.setFillColor(styles.INK)
        for group, left, right in _spans(self._grid):
            canvas.setFont(BOLD, styles.SMALL.size)
            canvas.drawString(left, base, group)
            rule(canvas, left, right, base - 4, styles.HAIR, styles.FAINT)

    def _draw_row(self, canvas: Canvas, index: int, y: float) -> float:
        grid, row = self._grid, self._grid.rows[index]
        if row.kind == "total":
            rule(canvas, 0, self.width, y, styles.HAIR * 1.6, styles.INK)
        elif index > self._first:
            rule(canvas, 0, self.width, y, styles.HAIR, styles.HAIRLINE)
        words = _Words(canvas)
        bold = row.kind in ("total", "section")
        for number, (column, left, width) in enumerate(zip(grid.columns, grid.left, grid.widths, strict=True)):
            font = BOLD if bold or column.strong else REGULAR
            shift = 0.0 if column.numeric or number else row.indent * _INDENT
            for line_number, line in enumerate(grid.broken[index][number]):
                base = y - _PADDING - _SIZE - line_number * _LEADING
                start = left + width - _measured(line, font) if column.numeric else left + shift
                words.put(line, start, base, font, _ink(row, column, line))
        words.draw()
        height = grid.starts[index + 1] - grid.starts[index]
        if grid.noted is not None and row.keys:
            self._note(canvas, grid.noted, row, y - height, height)
        return y - height

    def _note(self, canvas: Canvas, noted: Noted, row: Row, y: float, height: float) -> None:
        """Where the row's figures stand, with the white to their left."""
        x0, y0 = canvas.absolutePosition(0, y)
        page = canvas.getPageNumber() - 1
        for key, left, width in zip(row.keys, self._grid.left, self._grid.widths, strict=True):
            if key:
                noted(page, (x0 + left - _GAP / 2, y0, width + _GAP, height), key)


class _Words:
    """The words of a row as one text object: font and ink are only named where they change."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._text: Any = canvas.beginText()
        self._font, self._ink = "", None

    def put(self, words: str, x: float, y: float, font: str, ink: Any) -> None:
        """Write from a point on."""
        if not words:
            return
        if font != self._font:
            self._text.setFont(font, _SIZE)
            self._font = font
        if ink is not self._ink:
            self._text.setFillColor(ink)
            self._ink = ink
        self._text.setTextOrigin(x, y)
        self._text.textOut(words)

    def draw(self) -> None:
        """Hand the row to the page."""
        self._canvas.drawText(self._text)


@lru_cache(maxsize=8192)
def _measured(text: str, font: str) -> float:
    """Numbers come again and again; measuring them is most of the work."""
    return fonts.width(text, font, _SIZE)


def _ink(row: Row, column: Column, text: str) -> Any:
    """Nothing and zero step back, so that the eye finds the numbers."""
    if column.numeric and text in ("0", "\u2013"):
        return styles.FAINT
    if row.kind == "quiet":
        return styles.MUTED
    return styles.INK


def _spans(grid: _Grid) -> list[tuple[str, float, float]]:
    """Each group heading with the left and right edge of its columns."""
    spans: list[tuple[str, float, float]] = []
    for column, left, width in zip(grid.columns, grid.left, grid.widths, strict=True):
        if not column.group:
            continue
        if spans and spans[-1][0] == column.group:
            spans[-1] = (column.group, spans[-1][1], left + width)
        else:
            spans.append((column.group, left, left + width))
    return spans


def table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    width: float = styles.CONTENT_WIDTH,
    least: float = 0.0,
    noted: Noted | None = None,
) -> Table:
    """A table as wide as the content; every row has one cell per column (`ValueError` otherwise) and is at least
    `least` points high: rows to write in by hand are higher than printed ones. `noted` is told where cells are drawn.
    """
    fonts.register()
    clean = tuple(_clean(row, len(columns)) for row in rows)
    widths = _widths(columns, clean, width)
    left = _edges(columns, widths)
    broken = tuple(_break(columns, widths, row) for row in clean)
    heights = (max(max(len(cell) for cell in cells) * _LEADING + 2 * _PADDING, least) for cells in broken)
    header = tuple(_head(column, space) for column, space in zip(columns, widths, strict=True))
    return Table(
        _Grid(
            columns=tuple(columns),
            rows=clean,
            broken=broken,
            left=left,
            widths=widths,
            starts=tuple(accumulate(heights, initial=0.0)),
            header=header,
            header_lines=max(len(words) for words in header),
            grouped=any(column.group for column in columns),
            width=width,
            breaks=Breaks([(row.kind, row.indent) for row in clean]),
            noted=noted,
        )
    )


def _again(grid: _Grid, index: int) -> tuple[str, ...]:
    """The words of a row that are read again on the next page."""
    row = grid.rows[index]
    words = _("{heading} (continued)").format(heading=row.cells[0])
    return tuple(lines(words, BOLD, _SIZE, grid.width - row.indent * _INDENT))


def _clean(row: Row, count: int) -> Row:
    if len(row.cells) != count:
        raise ValueError("a row has as many cells as there are columns")
    return Row(tuple(plain(cell) for cell in row.cells), row.kind, row.indent, row.keys)


def _head(column: Column, width: float) -> tuple[str, ...]:
    font = BOLD if column.strong else REGULAR
    return tuple(lines(column.heading, font, styles.SMALL.size, width))


def _break(columns: Sequence[Column], widths: Sequence[float], row: Row) -> tuple[tuple[str, ...], ...]:
    """The lines of every cell; numbers are never broken."""
    bold = row.kind in ("total", "section")
    cells: list[tuple[str, ...]] = []
    for number, (column, text, space) in enumerate(zip(columns, row.cells, widths, strict=True)):
        if column.numeric:
            cells.append((text,))
            continue
        font = BOLD if bold or column.strong else REGULAR
        indent = 0.0 if number else row.indent * _INDENT
        room = sum(widths) if row.kind == "section" and not any(row.cells[1:]) else space
        cells.append(tuple(lines(text, font, _SIZE, room - indent)))
    return tuple(cells)


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: float) -> tuple[float, ...]:
    """Number columns as wide as their widest number; text columns share what is left."""
    needed = [_needed(column, number, rows) for number, column in enumerate(columns)]
    _make_room_for_groups(columns, needed)
    fixed = sum(space for space in needed if space is not None) + _gaps(columns)
    open_columns = sum(space is None for space in needed)
    share = (width - fixed) / open_columns if open_columns else 0.0
    if open_columns and share < 40:
        raise ValueError("the columns do not fit on the page")
    slack = 0.0 if open_columns else (width - fixed) / len(columns)
    return tuple(share if space is None else space + slack for space in needed)


def _make_room_for_groups(columns: Sequence[Column], needed: list[float | None]) -> None:
    """Widen the first column of a group whose heading is wider than its columns."""
    for group in dict.fromkeys(column.group for column in columns if column.group):
        members = [number for number, column in enumerate(columns) if column.group == group]
        taken = sum(needed[number] or 0.0 for number in members) + _GAP * (len(members) - 1)
        missing = fonts.width(group, BOLD, styles.SMALL.size) - taken
        if missing > 0:
            needed[members[0]] = (needed[members[0]] or 0.0) + missing


def _needed(column: Column, number: int, rows: Sequence[Row]) -> float | None:
    if not column.numeric:
        return column.width
    font = BOLD if column.strong else REGULAR
    cells = {(row.cells[number], BOLD if row.kind in ("total", "section") else font) for row in rows}
    words = [fonts.width(word, font, styles.SMALL.size) for word in column.heading.split(" ")]
    widest = max((_measured(text, face) for text, face in cells), default=0.0)
    return max(widest, max(words, default=0.0), column.width or 0.0)


def _gap(columns: Sequence[Column], number: int) -> float:
    """White to the left of a column."""
    if number == 0:
        return 0.0
    starts_group = columns[number].group != columns[number - 1].group
    return _GROUP_GAP if starts_group else _GAP


def _gaps(columns: Sequence[Column]) -> float:
    return sum(_gap(columns, number) for number in range(len(columns)))


def _edges(columns: Sequence[Column], widths: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    x = 0.0
    for number, space in enumerate(widths):
        x += _gap(columns, number)
        edges.append(x)
        x += space
    return tuple(edges)
