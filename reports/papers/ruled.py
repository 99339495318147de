# SPDX-License-Identifier: Apache-2.0
"""A table with lines on all sides of its cells, to be written in; all rows have one height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain, shorten

_HEAD_SIZE: Final = 7.2
_HEAD_LEADING: Final = 9.0
_PADDING: Final = 3.0
_SMALLEST: Final = 6.0
_SIZE: Final = 8.2


@dataclass(frozen=True)
class Cell:
    """A column: its heading over one or more lines, its width in points, and whether it is centred."""

    heading: str
    width: float
    centred: bool = False


class Ruled(Flowable):
    """Headings and rows; a text that does not fit is set smaller, then in two lines, then shortened."""

    def __init__(self, columns: Sequence[Cell], rows: Sequence[Sequence[str]], *, row_height: float) -> None:
        super().__init__()
        fonts.register()
        self._columns, self._rows, self._high = columns, rows, row_height
        self._heads = [
            [part for line in one.heading.split("\n") for part in lines(line, BOLD, _HEAD_SIZE, one.width - 4)]
            for one in columns
        ]
        self.width = sum(one.width for one in columns)
        self.head_height = max(len(head) for head in self._heads) * _HEAD_LEADING + 7
        self.height = self.head_height + len(rows) * row_height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Headings, words, then the lines over them."""
        canvas: Any = self.canv
        self._draw_heads(canvas)
        for number, row in enumerate(self._rows):
            y = self.height - self.head_height - (number + 1) * self._high
            x = 0.0
            for column, words in zip(self._columns, row, strict=True):
                if words:
                    self._write(canvas, plain(words), x, y, column)
                x += column.width
        self._draw_lines(canvas)

    def _draw_heads(self, canvas: Any) -> None:
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, _HEAD_SIZE)
        x = 0.0
        for column, head in zip(self._columns, self._heads, strict=True):
            y = self.height - 4 - _HEAD_SIZE
            for line in head:
                canvas.drawCentredString(x + column.width / 2, y, line)
                y -= _HEAD_LEADING
            x += column.width

    def _write(self, canvas: Any, words: str, x: float, y: float, column: Cell) -> None:
        canvas.setFillColor(styles.INK)
        room = column.width - 2 * _PADDING
        size = _SIZE
        while size > _SMALLEST and fonts.width(words, REGULAR, size) > room:
            size -= 0.2
        written = [words] if fonts.width(words, REGULAR, size) <= room else _two(words, room)
        canvas.setFont(REGULAR, size)
        base = y + self._high / 2 - size * 0.36 + (len(written) - 1) * size * 0.55
        for line in written:
            if column.centred:
                canvas.drawCentredString(x + column.width / 2, base, line)
            else:
                canvas.drawString(x + _PADDING, base, line)
            base -= size * 1.1

    def _draw_lines(self, canvas: Any) -> None:
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(0.4)
        for number in range(len(self._rows) + 1):
            y = number * self._high
            canvas.line(0, y, self.width, y)
        x = 0.0
        for column in (*self._columns, None):
            canvas.line(x, 0, x, self.height)
            x += column.width if column is not None else 0
        canvas.setLineWidth(1.0)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        canvas.line(0, self.height - self.head_height, self.width, self.height - self.head_height)


def _two(words: str, room: float) -> list[str]:
    broken = lines(words, REGULAR, _SMALLEST, room)
    rest = " ".join(broken[1:])
    return [broken[0], shorten(rest, REGULAR, _SMALLEST, room)] if rest else broken
