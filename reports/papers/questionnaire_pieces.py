# SPDX-License-Identifier: Apache-2.0
"""What a questionnaire is drawn with: headings, what is said, questions with room for their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain
from reports.papers.pieces import BOX, LINE, WRITTEN, draw_tick, hairline, place_ticks
from reports.papers.questionnaire_ink import (
    CONDITION,
    GUTTER,
    HINT,
    HINT_LEADING,
    LABEL,
    LEADING,
    OPTION,
    PAD,
    WHY,
    draw_hints,
    draw_label,
    draw_lines,
    draw_marks,
    draw_number,
    draw_said,
    no_room,
    small,
    without_answer,
)
from reports.papers.questionnaire_walk import Asked, Title
from resource_centre.i18n import _

_ROW: Final = 13.4
_DIGIT: Final = 12.8
_BESIDE: Final = 236.0
"""A label up to this wide has its boxes beside it, others below."""

LONGEST_ANSWER: Final = 160
"""In characters; a longer answer may go on over pages."""

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
        self._below = small(self._title.only_if, self.width), small(self._title.hint, self.width)
        self.height = len(self._words) * (self._size + 3) + sum(map(len, self._below)) * CONDITION + 4
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
        y += self._size + 3 - CONDITION
        y = draw_lines(canvas, self._below[0], 0, y, BOLD, styles.ACCENT)
        draw_lines(canvas, self._below[1], 0, y, REGULAR, styles.MUTED)


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
        self._said = lines(self._words, REGULAR, LABEL, room) if self._words else []
        self._hints = lines(self._hint, REGULAR, HINT, room) if self._hint else []
        self._condition = small(self._only_if, room)
        self.height = len(self._said) * LEADING + len(self._hints) * HINT_LEADING + len(self._condition) * CONDITION + 3
        return self.width, self.height

    def draw(self) -> None:
        """Bar, condition, words, hint."""
        canvas: Any = self.canv
        canvas.setFillColor(styles.TINT)
        canvas.rect(0, 0, 2.2, self.height, stroke=0, fill=1)
        y = draw_lines(canvas, self._condition, 10, self.height - 8.4, BOLD, styles.ACCENT)
        y = self.height - len(self._condition) * CONDITION - LABEL - 0.6
        canvas.setFillColor(styles.INK)
        canvas.setFont(REGULAR, LABEL)
        for line in self._said:
            canvas.drawString(10, y, line)
            y -= LEADING
        draw_hints(canvas, self._hints, 10, y + LEADING - HINT_LEADING - 1.4)


class Question(Flowable):
    """One question: when it is asked, number and words, hint, and room for the answer."""

    def __init__(self, asked: Asked, marks: Sequence[str], *, label: str) -> None:
        super().__init__()
        self._asked, self._marks, self._words = asked, marks, label
        self._written = goes_on(asked)
        self._answer = "" if asked.options or self._written else plain(asked.answer)
        self.keepWithNext = int(self._written)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words and the room for its answer, beside each other where that fits."""
        fonts.register()
        one = self._asked
        self.width = styles.CONTENT_WIDTH
        self._room = self.width - GUTTER - WHY * len(self._marks) - 8
        self._label = lines(plain(self._words), REGULAR, LABEL, self._room) if self._words else []
        self._hint = lines(plain(_hint(one)), REGULAR, HINT, self._room) if _hint(one) else []
        self._condition = small(one.only_if, self._room)
        self._placed = _in_columns(one, self._room) if _ticked(one) else []
        self._beside = self._stands_beside()
        named = len(self._label) * LEADING + len(self._hint) * HINT_LEADING
        room = self._answer_height()
        below = max(named, room) if self._beside else named + room
        self.height = 2 * PAD + len(self._condition) * CONDITION + below
        return self.width, self.height

    def _stands_beside(self) -> bool:
        if self._written or not (self._answer or self._asked.room in ("digits", "date", "time", "short")):
            return False
        widest = max((fonts.width(line, REGULAR, LABEL) for line in self._label), default=0.0)
        fits = fonts.width(self._answer, BOLD, WRITTEN) <= self._room - _BESIDE - 8
        return fits and len(self._label) <= 1 and widest <= _BESIDE

    def _answer_height(self) -> float:
        one = self._asked
        if self._written:
            return 0.0
        if self._placed:
            return (max(row for row, *_rest in self._placed) + 1) * _ROW + 1.5
        if no_room(one, self._marks):
            return 13.0
        if self._answer:
            return 13.0 * len(lines(self._answer, BOLD, WRITTEN, self._room)) + 1
        if one.room == "lines":
            return (one.size[0] if one.size else 1) * LINE
        return 17.0 if not self._beside else 14.0

    def draw(self) -> None:
        """From the top down, a hairline below."""
        canvas: Any = self.canv
        if not self._written:
            hairline(canvas, 0, self.width, 0, ink=styles.HAIRLINE)
        top = self.height - PAD
        draw_lines(canvas, self._condition, GUTTER, top - 7.6, BOLD, styles.ACCENT)
        top -= len(self._condition) * CONDITION
        draw_number(canvas, self._asked.number, top)
        draw_marks(canvas, self._marks, self.width, top)
        y = draw_label(canvas, self._label, self._hint, GUTTER, top)
        if self._written:
            return
        if self._placed:
            self._draw_options(canvas, y)
        elif no_room(self._asked, self._marks):
            draw_said(canvas, without_answer(self._asked), GUTTER, y - 9.4)
        elif self._answer:
            self._draw_answer(canvas, top if self._beside else y - 0.6)
        else:
            left = GUTTER + _BESIDE + 8 if self._beside else GUTTER
            _draw_room(canvas, self._asked, left, GUTTER + self._room, top if self._beside else y - 2.4)

    def _draw_answer(self, canvas: Any, top: float) -> None:
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, WRITTEN)
        left = GUTTER + (_BESIDE + 8 if self._beside else 0.0)
        for number, line in enumerate(lines(self._answer, BOLD, WRITTEN, self._room)):
            canvas.drawString(left, top - 9.0 - number * 13.0, line)

    def _draw_options(self, canvas: Any, y: float) -> None:
        for row, x, words, ticked in self._placed:
            shift = GUTTER if x >= 0 else -GUTTER
            draw_tick(canvas, x + shift, y - 10.2 - row * _ROW, words, ticked, OPTION)


def goes_on(one: Asked) -> bool:
    """Whether an answer is written as text of its own below the question, over as many pages as it needs."""
    return not one.options and (len(one.answer) > LONGEST_ANSWER or "\n" in one.answer)


def _hint(one: Asked) -> str:
    return " ".join(part for part in (one.hint, f"({one.list_words})" if one.list_words else "") if part)


def _ticked(one: Asked) -> bool:
    return bool(one.options) and not one.no_answer


def _in_columns(one: Asked, room: float) -> list[tuple[int, float, str, bool]]:
    """Where each box goes: one after the other where that takes one line, else in columns read from the top."""
    options = [(plain(option.label), option.ticked) for option in one.options]
    flowing = place_ticks(options, room, OPTION)
    if max(row for row, *_rest in flowing) == 0:
        return flowing
    box = BOX + 3.5
    widest = max(fonts.width(words, BOLD, OPTION) for words, _on in options) + box
    count = max(1, min(4, int((room + 12) // (widest + 12)), len(options)))
    per = -(-len(options) // count)
    wide = (room + 12) / count
    placed: list[tuple[int, float, str, bool]] = []
    for column in range(count):
        row = 0
        for words, on in options[column * per : (column + 1) * per]:
            cell = place_ticks([(words, on)], wide - 12, OPTION)
            placed += [
                (row + r, x + column * wide if x >= 0 else x - column * wide, said, tick) for r, x, said, tick in cell
            ]
            row += max(r for r, *_rest in cell) + 1
    return placed


def _draw_room(canvas: Any, one: Asked, left: float, right: float, top: float) -> None:
    """Somewhere to write: a box for each digit, else lines."""
    if one.room in ("digits", "date", "time", "datetime"):
        _draw_digits(canvas, one, left, top)
    elif one.room == "device":
        draw_said(canvas, _("Taken with a device; keep it with this paper."), left, top - 10)
    elif one.room == "position":
        middle = left + (right - left) / 2
        for words, x in ((_("Latitude"), left), (_("Longitude"), middle)):
            draw_said(canvas, words, x, top - 12)
            hairline(canvas, x + fonts.width(words, REGULAR, OPTION) + 5, x + (right - left) / 2 - 12, top - 14)
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
