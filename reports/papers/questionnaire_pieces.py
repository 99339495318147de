# SPDX-License-Identifier: Apache-2.0
"""What a questionnaire is drawn with: headings, what is said, questions with room for answers, tables of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain
from reports.papers.pieces import BOX, LINE, WRITTEN, draw_tick, hairline, place_ticks, tick_box
from reports.papers.questionnaire_walk import Asked, Title
from resource_centre.i18n import _

GUTTER: Final = 22.0
"""At the left of a question, for its number."""
WHY: Final = 13.0
"""Width of one box for no answer, with the space before it."""
PAD: Final = 4.2
_LABEL: Final = styles.BODY.size + 0.2
_LEADING: Final = 11.8
_HINT: Final = styles.TINY.size + 0.2
_HINT_LEADING: Final = 8.8
_OPTION: Final = styles.SMALL.size + 0.6
_ROW: Final = 13.4
_CONDITION: Final = 9.6
_DIGIT: Final = 12.8
_BESIDE: Final = 236.0
"""A label up to this wide has its boxes beside it, others below."""
_LEAST_COLUMN, _MOST_COLUMN = 31.0, 56.0
_COLUMNS_SHARE: Final = 0.52

ANSWER_STYLE: Final = ParagraphStyle(
    "questionnaire_answer", fontName=REGULAR, fontSize=WRITTEN, leading=13, textColor=styles.INK, leftIndent=GUTTER
)


class Heading(Flowable):
    """A heading with when it is asked; without words only that."""

    def __init__(self, title: Title) -> None:
        super().__init__()
        self._title = title
        self.keepWithNext = 0
        self._size = 11.5 if title.level == 1 else 9.6
        self.spaceBefore = styles.STEP * (1.05 if title.level == 1 else 0.6) if title.words else 2.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words and its conditions."""
        fonts.register()
        self.width = styles.CONTENT_WIDTH
        self._words = lines(plain(self._title.words), BOLD, self._size, self.width) if self._title.words else []
        self._below = _small(self._title.only_if, self.width), _small(self._title.hint, self.width)
        self.height = len(self._words) * (self._size + 3) + sum(map(len, self._below)) * _CONDITION + 4
        return self.width, self.height

    def draw(self) -> None:
        """A dark line over those of the first level; then words."""
        canvas: Any = self.canv
        if self._title.level == 1 and self._words:
            canvas.setStrokeColor(styles.INK)
            canvas.setLineWidth(styles.RULE)
            canvas.line(0, self.height + 2, self.width, self.height + 2)
        y = self.height - self._size
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, self._size)
        for line in self._words:
            canvas.drawString(0, y, line)
            y -= self._size + 3
        y += self._size + 3 - _CONDITION
        y = _draw_lines(canvas, self._below[0], 0, y, BOLD, styles.ACCENT)
        _draw_lines(canvas, self._below[1], 0, y, REGULAR, styles.MUTED)


class Said(Flowable):
    """Words to be said or read, with a bar at their left."""

    def __init__(self, words: str, hint: str = "", only_if: str = "") -> None:
        super().__init__()
        self._words, self._hint, self._only_if = plain(words), plain(hint), only_if
        self.spaceBefore = self.spaceAfter = 3.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words."""
        fonts.register()
        self.width = styles.CONTENT_WIDTH
        room = self.width - 12
        self._said = lines(self._words, REGULAR, _LABEL, room) if self._words else []
        self._hints = lines(self._hint, REGULAR, _HINT, room) if self._hint else []
        self._condition = _small(self._only_if, room)
        self.height = (
            len(self._said) * _LEADING + len(self._hints) * _HINT_LEADING + len(self._condition) * _CONDITION + 3
        )
        return self.width, self.height

    def draw(self) -> None:
        """Bar, condition, words, hint."""
        canvas: Any = self.canv
        canvas.setFillColor(styles.TINT)
        canvas.rect(0, 0, 2.2, self.height, stroke=0, fill=1)
        y = _draw_lines(canvas, self._condition, 10, self.height - 8.4, BOLD, styles.ACCENT)
        y = self.height - len(self._condition) * _CONDITION - _LABEL - 0.6
        canvas.setFillColor(styles.INK)
        canvas.setFont(REGULAR, _LABEL)
        for line in self._said:
            canvas.drawString(10, y, line)
            y -= _LEADING
        _draw_hints(canvas, self._hints, 10, y + _LEADING - _HINT_LEADING - 1.4)


class Question(Flowable):
    """One question: when it is asked, number and words, hint, and room for the answer."""

    def __init__(self, asked: Asked, marks: Sequence[str], *, label: str) -> None:
        super().__init__()
        self._asked, self._marks, self._words = asked, marks, label
        self._written = bool(asked.answer) and not asked.options
        self.keepWithNext = int(self._written)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words and the room for its answer, beside each other where that fits."""
        fonts.register()
        one = self._asked
        self.width = styles.CONTENT_WIDTH
        self._room = self.width - GUTTER - WHY * len(self._marks) - 8
        self._label = lines(plain(self._words), REGULAR, _LABEL, self._room) if self._words else []
        self._hint = lines(plain(_hint(one)), REGULAR, _HINT, self._room) if _hint(one) else []
        self._condition = _small(one.only_if, self._room)
        self._placed = _in_columns(one, self._room) if _ticked(one) else []
        self._beside = self._stands_beside()
        named = len(self._label) * _LEADING + len(self._hint) * _HINT_LEADING
        room = self._answer_height()
        below = max(named, room) if self._beside else named + room
        self.height = 2 * PAD + len(self._condition) * _CONDITION + below
        return self.width, self.height

    def _stands_beside(self) -> bool:
        boxes = self._asked.room in ("digits", "date", "time", "datetime", "short") and not self._written
        widest = max((fonts.width(line, REGULAR, _LABEL) for line in self._label), default=0.0)
        return boxes and len(self._label) <= 1 and widest <= _BESIDE and self._asked.room != "datetime"

    def _answer_height(self) -> float:
        one = self._asked
        if self._written:
            return 0.0
        if self._placed:
            return (max(row for row, *_rest in self._placed) + 1) * _ROW + 1.5
        if _no_room(one, self._marks):
            return 13.0
        if one.room == "lines":
            return (one.size[0] if one.size else 1) * LINE
        return 17.0 if not self._beside else 14.0

    def draw(self) -> None:
        """From the top down, a hairline below."""
        canvas: Any = self.canv
        if not self._written:
            hairline(canvas, 0, self.width, 0, ink=styles.HAIRLINE)
        top = self.height - PAD
        _draw_lines(canvas, self._condition, GUTTER, top - 7.6, BOLD, styles.ACCENT)
        top -= len(self._condition) * _CONDITION
        _draw_number(canvas, self._asked.number, top)
        _draw_marks(canvas, self._marks, self.width, top)
        y = _draw_label(canvas, self._label, self._hint, GUTTER, top)
        if self._written:
            return
        if self._placed:
            self._draw_options(canvas, y)
        elif _no_room(self._asked, self._marks):
            _draw_said(canvas, _without_answer(self._asked), GUTTER, y - 9.4)
        else:
            left = GUTTER + _BESIDE + 8 if self._beside else GUTTER
            _draw_room(canvas, self._asked, left, GUTTER + self._room, top if self._beside else y - 2.4)

    def _draw_options(self, canvas: Any, y: float) -> None:
        for row, x, words, ticked in self._placed:
            shift = GUTTER if x >= 0 else -GUTTER
            draw_tick(canvas, x + shift, y - 10.2 - row * _ROW, words, ticked, _OPTION)


class AskedTable(Flowable):
    """Questions with the same answers: the answers as columns, again at the top of each page."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Asked], marks: Sequence[str]) -> None:
        super().__init__()
        self._columns, self._rows, self._marks = [plain(one) for one in columns], list(rows), marks
        self.spaceBefore = 2.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its head and its rows."""
        fonts.register()
        self.width = styles.CONTENT_WIDTH
        self._column = self._column_width()
        self._left: float = self.width - WHY * len(self._marks) - 6 - self._column * len(self._columns)
        room = self._left - GUTTER - 10
        self._head = [lines(words, REGULAR, styles.TINY.size, self._column - 4) for words in self._columns]
        self._high = max(map(len, self._head)) * 7.6 + 6
        self._cells = [
            (
                _small(row.only_if, room),
                lines(plain(row.label), REGULAR, _LABEL, room),
                lines(plain(row.hint), REGULAR, _HINT, room) if row.hint else [],
            )
            for row in self._rows
        ]
        self._heights = [
            max(len(c) * _CONDITION + len(w) * _LEADING + len(h) * _HINT_LEADING, 12.0) + 2 * PAD - 1
            for c, w, h in self._cells
        ]
        self.height = self._high + sum(self._heights)
        return self.width, self.height

    def _column_width(self) -> float:
        words = [word for column in self._columns for word in column.split()]
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
        if fits == len(self._rows) - 1 and fits > 2:
            fits -= 1
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
        _draw_lines(canvas, condition, GUTTER, top - 7.6, BOLD, styles.ACCENT)
        top -= len(condition) * _CONDITION
        _draw_number(canvas, row.number, top)
        _draw_label(canvas, label, hint, GUTTER, top)
        if _no_room(row, self._marks):
            _draw_said(canvas, _without_answer(row), self._centre(0) - BOX / 2, top - 9.0)
            return
        _draw_marks(canvas, self._marks, self.width, top)
        for place, option in enumerate(row.options):
            tick_box(canvas, self._centre(place) - BOX / 2, top - 9.6, ticked=option.ticked)


def _hint(one: Asked) -> str:
    return " ".join(part for part in (one.hint, f"({one.list_words})" if one.list_words else "") if part)


def _ticked(one: Asked) -> bool:
    return bool(one.options) and not one.no_answer


def _no_room(one: Asked, marks: Sequence[str]) -> bool:
    """Whether an answered paper says here why there is no answer, instead of leaving room for one."""
    return not marks and not one.answer


def _without_answer(one: Asked) -> str:
    return f"({one.no_answer_words.lower()})" if one.no_answer else _("(no answer)")


def _in_columns(one: Asked, room: float) -> list[tuple[int, float, str, bool]]:
    """Where each box goes: one after the other where that takes one line, else in columns read from the top."""
    options = [(plain(option.label), option.ticked) for option in one.options]
    flowing = place_ticks(options, room, _OPTION)
    if max(row for row, *_rest in flowing) == 0:
        return flowing
    box = BOX + 3.5
    widest = max(fonts.width(words, BOLD, _OPTION) for words, _on in options) + box
    count = max(1, min(4, int((room + 12) // (widest + 12)), len(options)))
    per = -(-len(options) // count)
    wide = (room + 12) / count
    placed: list[tuple[int, float, str, bool]] = []
    for column in range(count):
        row = 0
        for words, on in options[column * per : (column + 1) * per]:
            cell = place_ticks([(words, on)], wide - 12, _OPTION)
            placed += [
                (row + r, x + column * wide if x >= 0 else x - column * wide, said, tick) for r, x, said, tick in cell
            ]
            row += max(r for r, *_rest in cell) + 1
    return placed


def _small(words: str, room: float) -> list[str]:
    return lines(plain(words), BOLD, styles.SMALL.size - 0.4, room) if words else []


def _draw_lines(canvas: Any, words: list[str], x: float, y: float, font: str, ink: Any) -> float:
    canvas.setFillColor(ink)
    canvas.setFont(font, styles.SMALL.size - 0.4)
    for line in words:
        canvas.drawString(x, y, line)
        y -= _CONDITION
    return y


def _draw_number(canvas: Any, number: str, top: float) -> None:
    canvas.setFillColor(styles.ACCENT)
    canvas.setFont(BOLD, _LABEL)
    canvas.drawString(0, top - 9.0, number)


def _draw_marks(canvas: Any, marks: Sequence[str], right: float, top: float) -> None:
    """The boxes for no answer, their letters pale inside."""
    size = WHY - 2.2
    for place, letters in enumerate(marks):
        x = right - (len(marks) - place) * WHY + 2.2
        canvas.setStrokeColor(styles.FAINT)
        canvas.setLineWidth(0.5)
        canvas.rect(x, top - size + 0.4, size, size, stroke=1, fill=0)
        canvas.setFillColor(styles.FAINT)
        canvas.setFont(REGULAR, 5.4)
        canvas.drawCentredString(x + size / 2, top - size / 2 - 1.5, letters)


def _draw_label(canvas: Any, label: list[str], hint: list[str], x: float, top: float) -> float:
    """Words and hint; the height below them."""
    y = top - 9.0
    canvas.setFillColor(styles.INK)
    canvas.setFont(REGULAR, _LABEL)
    for line in label:
        canvas.drawString(x, y, line)
        y -= _LEADING
    y = top - len(label) * _LEADING
    _draw_hints(canvas, hint, x, y - 6.6)
    return y - len(hint) * _HINT_LEADING


def _draw_hints(canvas: Any, hint: list[str], x: float, y: float) -> None:
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, _HINT)
    for line in hint:
        canvas.drawString(x, y, line)
        y -= _HINT_LEADING


def _draw_said(canvas: Any, words: str, x: float, y: float) -> None:
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, _OPTION)
    canvas.drawString(x, y, words)


def _draw_room(canvas: Any, one: Asked, left: float, right: float, top: float) -> None:
    """Somewhere to write: a box for each digit, else lines."""
    if one.room in ("digits", "date", "time", "datetime"):
        _draw_digits(canvas, one, left, top)
    elif one.room == "device":
        _draw_said(canvas, _("Taken with a device; keep it with this paper."), left, top - 10)
    elif one.room == "position":
        middle = left + (right - left) / 2
        for words, x in ((_("Latitude"), left), (_("Longitude"), middle)):
            _draw_said(canvas, words, x, top - 12)
            hairline(canvas, x + fonts.width(words, REGULAR, _OPTION) + 5, x + (right - left) / 2 - 12, top - 14)
    elif one.room == "short":
        hairline(canvas, left, min(left + 150, right), top - 13)
    else:
        for number in range(one.size[0] if one.size else 1):
            hairline(canvas, left, right, top - 14 - number * LINE)


def _draw_digits(canvas: Any, one: Asked, left: float, top: float) -> None:
    x = left
    canvas.setStrokeColor(styles.FAINT)
    for count in one.size:
        canvas.setLineWidth(styles.HAIR * 1.4)
        for _place in range(count):
            canvas.rect(x, top - 13, _DIGIT, 13, stroke=1, fill=0)
            x += _DIGIT
        x += 5
    said = {"date": _date_words(one.size), "time": _("hours minutes"), "datetime": _("day month year, hours minutes")}
    if words := said.get(one.room, ""):
        canvas.setFillColor(styles.FAINT)
        canvas.setFont(REGULAR, styles.TINY.size)
        canvas.drawString(x + 2, top - 9, words)


def _date_words(size: Sequence[int]) -> str:
    return {1: _("year"), 2: _("month year")}.get(len(size), _("day month year"))
