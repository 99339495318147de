# SPDX-License-Identifier: Apache-2.0
"""The intake drawn: a question at the left, room for its answer, and at the right why there is none."""

from __future__ import annotations

from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.layout import Rule, space
from reports.kit.text import lines, paragraph, plain
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper
from reports.papers.intake import Block, IntakePaper, Option, Question, Stage
from reports.papers.pieces import (
    LINE,
    WRITTEN,
    SignBoxes,
    draw_tick,
    hairline,
    place_ticks,
    tick_box,
)
from resource_centre.i18n import _
from resource_centre.vocabulary import vocabulary

_NAME: Final = 138.0
"""Width of a question's words."""
_WHY: Final = 13.5
"""Width of one of the four boxes for no answer."""
_SMALL: Final = styles.SMALL.size
_PAD: Final = 3.2


def draw_intake(paper: IntakePaper) -> bytes:
    """The PDF of an intake."""
    return draw_paper(paper.heading, lambda: _story(paper), mark=CONFIDENTIAL)


def letters() -> dict[str, str]:
    """The letters over the boxes for no answer, by code: the capitals of their words are told in the legend."""
    return {"unknown": _("NK"), "refused": _("RF"), "not_applicable": _("DA"), "not_asked": _("NA")}


def _story(paper: IntakePaper) -> list[Flowable]:
    lead = _("Ask in this order. Nobody has to answer. Where there is no answer, tick why at the right.")
    story: list[Flowable] = [FormHead(paper.heading, lead), paragraph(_legend(), styles.NOTE_STYLE)]
    for number, stage in enumerate(paper.stages, start=1):
        story += _stage(stage, number, blank=paper.heading.blank)
    return [*story, SignBoxes((_("Client"), _("Interviewer")), thumb=(True,))]


def _legend() -> str:
    marks = letters()
    return " · ".join(f"{marks[term.code]} = {term.label()}" for term in vocabulary("unanswered") if term.code in marks)


def _stage(stage: Stage, number: int, *, blank: bool) -> list[Flowable]:
    drawn: list[Flowable] = [StageHead(str(number), stage.title)]
    for block in stage.blocks:
        rows = _grid(block, blank=blank) if block.columns > 1 else [_Asked(one) for one in block.questions]
        title = paragraph(block.title, styles.TERM_STYLE)
        title.keepWithNext = 1
        drawn += [title, Rule(ink=styles.INK), *rows, space(0.7)]
        drawn[-len(rows) - 2].keepWithNext = 1
    return drawn


def _grid(block: Block, *, blank: bool) -> list[Flowable]:
    """Entries beside each other, as many as there are, and room for more."""
    rows: list[Flowable] = []
    count, columns = len(block.entries), block.columns
    known = 0 if blank or not _told(block.entries[0]) else count
    for start in range(0, max(known, 1), columns):
        entries = block.entries[start : min(start + columns, known)]
        rows += [
            _Beside(block.questions[at], [one[at] for one in entries], columns, start, at)
            for at in range(len(block.questions))
        ]
    return rows


def _told(entry: tuple[Question, ...]) -> bool:
    return any(one.answer or one.no_answer for one in entry)


class StageHead(Flowable):
    """The number and the name of a step on a band, kept with its first question."""

    keepWithNext = 1

    def __init__(self, number: str, words: str) -> None:
        super().__init__()
        self._number, self._words = number, words
        self.width, self.height = styles.CONTENT_WIDTH, 20.0
        self.spaceBefore, self.spaceAfter = styles.STEP * 0.6, styles.STEP * 0.6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the page."""
        return self.width, self.height

    def draw(self) -> None:
        """A dark line, the number, the name; the letters of the boxes at the right."""
        canvas: Any = self.canv
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(styles.RULE * 1.5)
        canvas.line(0, self.height, self.width, self.height)
        canvas.setFillColor(styles.ACCENT)
        canvas.setFont(BOLD, styles.HEADING.size)
        canvas.drawString(0, 3, self._number)
        canvas.setFillColor(styles.INK)
        canvas.drawString(24, 3, plain(self._words))
        canvas.setFont(REGULAR, styles.TINY.size)
        canvas.setFillColor(styles.MUTED)
        for place, words in enumerate(letters().values()):
            canvas.drawCentredString(self.width - (3.5 - place) * _WHY, 3, words)


class _Asked(Flowable):
    """One question over the whole width."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self.width = styles.CONTENT_WIDTH
        self._left = _NAME + 10
        self._room = self.width - self._left - 4 * _WHY - 8

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words or its answer."""
        fonts.register()
        one = self._question
        self._label = lines(one.label, REGULAR, styles.BODY.size, _NAME)
        self._help = lines(one.help, REGULAR, styles.TINY.size, _NAME) if one.help else []
        self._placed = place_ticks([(plain(o.label), o.ticked) for o in one.options], self._room, _SMALL + 0.4)
        self._answer = lines(plain(one.answer), REGULAR, WRITTEN, self._room) if one.answer else []
        named = len(self._label) * 11.5 + len(self._help) * 8.4
        self.height = max(named, self._answer_height()) + 2 * _PAD
        return self.width, self.height

    def _answer_height(self) -> float:
        if self._placed:
            return (max(row for row, *_rest in self._placed) + 1) * 13.6
        if self._answer:
            return max(len(self._answer) * styles.BODY.leading, 13.0)
        return LINE * (2 if self._question.format == "paragraph" else 0.85)

    def draw(self) -> None:
        """Label, answer, four boxes, a hairline below."""
        canvas: Any = self.canv
        top = self.height - _PAD
        hairline(canvas, 0, self.width, 0, ink=styles.HAIRLINE)
        _draw_label(canvas, self._label, self._help, top)
        for place, code in enumerate(letters()):
            centre = self.width - (3.5 - place) * _WHY
            tick_box(canvas, centre - 3.4, top - 9.4, ticked=self._question.no_answer == code, size=6.8)
        if self._placed:
            for row, x, words, ticked in self._placed:
                shift = self._left if x >= 0 else -self._left
                draw_tick(canvas, x + shift, top - 9 - row * 13.6, words, ticked, _SMALL + 0.4)
        elif self._answer:
            _draw_answer(canvas, self._answer, self._left, top)
        else:
            _draw_room(canvas, self._question, self._left, self._room, top)


class _Beside(Flowable):
    """One question with a cell for each entry of a list."""

    def __init__(self, question: Question, answers: list[Question], columns: int, start: int, at: int) -> None:
        super().__init__()
        self._question, self._answers, self._columns = question, answers, columns
        self._start, self._first = start, at == 0
        self.width = styles.CONTENT_WIDTH
        self._left = _NAME - 8.0
        self._column = (self.width - self._left) / columns

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words or its highest cell."""
        fonts.register()
        one, room = self._question, self._column - 10
        self._label = lines(one.label, REGULAR, styles.BODY.size, self._left - 10)
        self._help = lines(one.help, REGULAR, styles.TINY.size, self._left - 10) if one.help else []
        empty = tuple(Option(option.code, option.label) for option in one.options)
        filled = [self._answers[place] if place < len(self._answers) else None for place in range(self._columns)]
        self._cells = [
            place_ticks([(plain(o.label), o.ticked) for o in (cell.options if cell else empty)], room, _SMALL)
            for cell in filled
        ]
        self._words = [lines(plain(_said(cell)), REGULAR, styles.BODY.size, room) if cell else [] for cell in filled]
        named = len(self._label) * 11.5 + len(self._help) * 8.4
        ticks = max((row + 1 for cell in self._cells for row, *_rest in cell), default=0) * 12.4
        words = max(len(cell) for cell in self._words) * 12.0
        self.height = max(named, ticks, words, LINE * 0.85) + 2 * _PAD + (11.0 if self._first else 0.0)
        return self.width, self.height

    def draw(self) -> None:
        """Label, then cell by cell between thin upright lines."""
        canvas: Any = self.canv
        top = self.height - _PAD
        hairline(canvas, 0, self.width, 0, ink=styles.HAIRLINE)
        if self._first:
            self._numbers(canvas, top)
            top -= 11.0
        _draw_label(canvas, self._label, self._help, top)
        for place in range(self._columns):
            x = self._left + place * self._column
            canvas.setStrokeColor(styles.HAIRLINE)
            canvas.line(x, 0, x, self.height)
            self._cell(canvas, place, x + 5, top)

    def _numbers(self, canvas: Any, top: float) -> None:
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(BOLD, styles.TINY.size)
        for place in range(self._columns):
            canvas.drawString(self._left + place * self._column + 5, top - 7, str(self._start + place + 1))

    def _cell(self, canvas: Any, place: int, x: float, top: float) -> None:
        if self._cells[place] and not (
            self._words[place] and place < len(self._answers) and self._answers[place].no_answer
        ):
            for row, left, words, ticked in self._cells[place]:
                shift = x if left >= 0 else -x
                draw_tick(canvas, left + shift, top - 8.4 - row * 12.4, words, ticked, _SMALL)
            return
        canvas.setFillColor(styles.INK)
        canvas.setFont(REGULAR, styles.BODY.size)
        for number, line in enumerate(self._words[place]):
            canvas.drawString(x, top - 9 - number * 12.0, line)


def _said(one: Question) -> str:
    return one.answer or (f"({one.no_answer_words})" if one.no_answer else "")


def _draw_label(canvas: Any, label: list[str], help_: list[str], top: float) -> None:
    y = top - 9.0
    canvas.setFillColor(styles.INK)
    canvas.setFont(REGULAR, styles.BODY.size)
    for line in label:
        canvas.drawString(0, y, line)
        y -= 11.5
    y += 2.0
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, styles.TINY.size)
    for line in help_:
        canvas.drawString(0, y, line)
        y -= 8.4


def _draw_answer(canvas: Any, answer: list[str], left: float, top: float) -> None:
    canvas.setFillColor(styles.INK)
    canvas.setFont(REGULAR, WRITTEN)
    for number, line in enumerate(answer):
        canvas.drawString(left, top - 9.4 - number * styles.BODY.leading, line)


def _draw_room(canvas: Any, question: Question, left: float, room: float, top: float) -> None:
    """Somewhere to write: a place for each digit where digits are asked for, else lines."""
    digits = {"nik": (16,), "date": (2, 2, 4), "partial_date": (2, 2, 4)}.get(question.format)
    if digits is None:
        for number in range(2 if question.format == "paragraph" else 1):
            hairline(canvas, left, left + room, top - 13 - number * LINE)
        return
    x, wide = left, 13.4
    for count in digits:
        canvas.setStrokeColor(styles.FAINT)
        canvas.setLineWidth(styles.HAIR * 1.4)
        for _place in range(count):
            canvas.rect(x, top - 14, wide, 14, stroke=1, fill=0)
            x += wide
        x += 6
    if len(digits) > 1:
        canvas.setFillColor(styles.FAINT)
        canvas.setFont(REGULAR, styles.TINY.size)
        canvas.drawString(x + 2, top - 10, _("day month year"))
