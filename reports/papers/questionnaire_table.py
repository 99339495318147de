# SPDX-License-Identifier: Apache-2.0
"""Questions below each other that have the same answers, as a table of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain
from reports.papers.pieces import BOX, hairline, tick_box
from reports.papers.questionnaire_ink import (
    CONDITION,
    GUTTER,
    HINT,
    HINT_LEADING,
    LABEL,
    LEADING,
    PAD,
    WHY,
    draw_label,
    draw_lines,
    draw_marks,
    draw_number,
    draw_said,
    no_room,
    small,
    without_answer,
)
from reports.papers.questionnaire_walk import Asked

_LEAST_COLUMN, _MOST_COLUMN = 31.0, 56.0
_COLUMNS_SHARE: Final = 0.52


class AskedTable(Flowable):
    """Questions with the same answers: the answers as columns, again at the top of each page."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Asked], marks: Sequence[str]) -> None:
        super().__init__()
        self._columns, self._rows, self._marks = [plain(one) for one in columns], list(rows), marks
        self.spaceBefore, self.width = 2.0, styles.CONTENT_WIDTH

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its head and its rows."""
        fonts.register()
        self._column = self._column_width()
        self._left: float = self.width - WHY * len(self._marks) - 6 - self._column * len(self._columns)
        room = self._left - GUTTER - 10
        self._head = [_headed(words, self._column - 4) for words in self._columns]
        self._high = max(map(len, self._head)) * 7.6 + 6
        self._cells = [
            (
                small(row.only_if, room),
                lines(plain(row.label), REGULAR, LABEL, room),
                lines(plain(row.hint), REGULAR, HINT, room) if row.hint else [],
            )
            for row in self._rows
        ]
        self._heights = [
            max(len(c) * CONDITION + len(w) * LEADING + len(h) * HINT_LEADING, 12.0) + 2 * PAD - 1
            for c, w, h in self._cells
        ]
        self.height = self._high + sum(self._heights)
        return self.width, self.height

    def least(self) -> float:
        """How high it is with its first two rows."""
        self.wrap(self.width, 0)
        return self._high + sum(self._heights[:2]) + self.spaceBefore

    def _column_width(self) -> float:
        words = [word for column in self._columns for word in _breakable(column).split()]
        widest: float = max((fonts.width(word, REGULAR, styles.TINY.size) for word in words), default=0.0) + 7
        most: float = styles.CONTENT_WIDTH * _COLUMNS_SHARE / len(self._columns)
        return max(min(max(widest, _LEAST_COLUMN), _MOST_COLUMN, most), min(widest, most))

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The rows that fit, and the rest under the same head; nothing when not even two fit."""
        self.wrap(aW, aH)
        left, fits = aH - self._high, 0
        while fits < len(self._heights) and self._heights[fits] <= left:
            left -= self._heights[fits]
            fits += 1
        if fits < 1 or fits >= len(self._rows):
            return []
        parts = self._rows[:fits], self._rows[fits:]
        return [AskedTable(self._columns, rows, self._marks) for rows in parts]

    def draw(self) -> None:
        """The head, then row by row."""
        canvas: Any = self.canv
        y = self.height
        canvas.setFillColor(styles.INK)
        canvas.setFont(REGULAR, styles.TINY.size)
        for place, words in enumerate(self._head):
            for number, line in enumerate(reversed(words)):
                canvas.drawCentredString(self._centre(place), y - self._high + 4 + number * 7.6, line)
        y -= self._high
        hairline(canvas, 0, self.width, y, ink=styles.MUTED)
        for row, cell, high in zip(self._rows, self._cells, self._heights, strict=True):
            self._draw_row(canvas, row, cell, y)
            y -= high
            hairline(canvas, 0, self.width, y, ink=styles.HAIRLINE)

    def _centre(self, place: int) -> float:
        return self._left + (place + 0.5) * self._column

    def _draw_row(self, canvas: Any, row: Asked, cell: tuple[list[str], list[str], list[str]], y: float) -> None:
        condition, label, hint = cell
        top = y - PAD + 1
        draw_lines(canvas, condition, GUTTER, top - 7.6, BOLD, styles.ACCENT)
        top -= len(condition) * CONDITION
        draw_number(canvas, row.number, top)
        draw_label(canvas, label, hint, GUTTER, top)
        if no_room(row, self._marks):
            draw_said(canvas, without_answer(row), self._centre(0) - BOX / 2, top - 9.0)
            return
        draw_marks(canvas, self._marks, self.width, top)
        for place, option in enumerate(row.options):
            tick_box(canvas, self._centre(place) - BOX / 2, top - 9.6, ticked=option.ticked)


def _headed(words: str, room: float) -> list[str]:
    """A column's words in lines, broken at hyphens only where a word does not fit."""
    wide = any(fonts.width(word, REGULAR, styles.TINY.size) > room for word in words.split())
    return lines(_breakable(words) if wide else words, REGULAR, styles.TINY.size, room)


def _breakable(words: str) -> str:
    return words.replace("-", "- ")
