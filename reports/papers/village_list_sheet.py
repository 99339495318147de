# SPDX-License-Identifier: Apache-2.0
"""The village list drawn: a sheet that lies, two lines for each person, the numbers of the lists on its front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.layout import space
from reports.kit.text import lines, paragraph, plain, shorten
from reports.papers.frame import draw_paper
from reports.papers.pieces import Facts, hairline
from reports.papers.village_list import VillageList, legend, sexes
from resource_centre.i18n import _
from resource_centre.registers.village_list import FIRST_LINE, REFUSED, SECOND_LINE, UNKNOWN

LINE: Final = 7.2 * mm
"""Room to write by hand: never less than seven millimetres."""
_NUMBER: Final = 7 * mm
_FIRST: Final = {"name": 62.0, "sex": 11.0, "nik": 72.0, "born": 27.0, "birth_place": 36.0, "mother_name": 46.0}
_SECOND: Final = {"hamlet": 36.0, "street": 51.0, "phone": 37.0, "education": 17.0, "marital_status": 17.0,
                  "country": 27.0, "job": 27.0, "departed": 21.0, "returned": 21.0}  # fmt: skip
"""Widths in millimetres, as shares of what the row's number leaves."""
_DIGITS: Final = 16
_HEAD: Final = 15.0
_HEAD_SIZE: Final = 7.0
_TITLE: Final = 19.0
_BOX: Final = 150.0
_BOX_HIGH: Final = 38.0
_NUMBER_SIZE: Final = 20.0
_NOTE: Final = styles.NOTE_STYLE.clone("village_list_note", fontSize=7.0, leading=8.8, spaceAfter=1.2)
_RIGHT: Final = _NOTE.clone("village_list_number", alignment=2)


def draw_village_list(paper: VillageList) -> bytes:
    """The PDF of a list: front and back of one sheet."""
    heading = replace(paper.heading, number=paper.sheet, copy=None)
    return draw_paper(heading, lambda: _story(paper), landscape=True)


def _story(paper: VillageList) -> list[Flowable]:
    head = [
        ListHead(paper),
        Facts(
            [(_("Village"), paper.village), (_("Date"), ""), (_("Collector"), "")],
            columns=3,
            width=styles.content_width(landscape=True),
            fill=True,
        ),
        *(paragraph(words, _NOTE) for words in (_how(), _marks())),
        space(0.2),
    ]
    foot = [space(0.4), *(paragraph(f"{name}:   {words}", _NOTE) for name, words in legend())]
    page = styles.LANDSCAPE[1] - styles.TOP - styles.BOTTOM
    taken = sum(map(_high, [*head, *foot])) + 2 * _HEAD + 2
    front = int((page - taken) // (2 * LINE))
    story = [*head, PeopleRows(1, front), *foot, PageBreak()]
    number = _("Sheet number: {number}").format(number=paper.sheet or "." * 40)
    return [*story, paragraph(number, _RIGHT), space(0.2), PeopleRows(front + 1, paper.rows - front)]


def _how() -> str:
    return _(
        "Two lines for each person; no more than one person on a row. Write dates as 17-05-1984, or only the month and "
        "year, or only the year. Write the number from the lists below, or the word."
    )


def _marks() -> str:
    return _(
        "{unknown} = does not know, {refused} = does not want to say, empty = not asked. A photocopy gets a letter "
        "behind its number: A, B, C. Keep the sheets with you, and show them to nobody."
    ).format(unknown=UNKNOWN, refused=REFUSED)


def _titles() -> dict[str, str]:
    return {
        "name": _("Name as on the identity card"),
        "sex": sexes(),
        "nik": _("NIK, 16 digits"),
        "born": _("Born on"),
        "birth_place": _("Place of birth"),
        "mother_name": _("Mother's name"),
        "hamlet": _("Hamlet"),
        "street": _("Street or landmark"),
        "phone": _("Telephone"),
        "education": _("Education"),
        "marital_status": _("Married"),
        "country": _("Country"),
        "job": _("Work"),
        "departed": _("Departure"),
        "returned": _("Return"),
    }


class ListHead(Flowable):
    """Centre and title at the left; at the right the number of the sheet, or a box to write one."""

    def __init__(self, paper: VillageList) -> None:
        super().__init__()
        self._paper = paper
        self.width = styles.content_width(landscape=True)
        self.height = _BOX_HIGH
        self.spaceAfter = 6.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Its own size."""
        fonts.register()
        return self.width, self.height

    def draw(self) -> None:
        """Words, then the box."""
        canvas: Any = self.canv
        room = self.width - _BOX - styles.STEP
        canvas.setFillColor(styles.ACCENT)
        canvas.setFont(BOLD, styles.SMALL.size)
        centre = shorten(plain(self._paper.heading.centre), BOLD, styles.SMALL.size, room)
        canvas.drawString(0, self.height - styles.SMALL.size, centre)
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, _TITLE)
        canvas.drawString(-0.8, self.height - styles.SMALL.size - _TITLE - 4, plain(self._paper.heading.title))
        self._box(canvas)

    def _box(self, canvas: Any) -> None:
        left = self.width - _BOX
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(1.0)
        canvas.rect(left, 0, _BOX, self.height, stroke=1, fill=0)
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.TINY.size)
        words = _("Sheet number") if self._paper.sheet else _("Sheet number: give it one of your own")
        canvas.drawString(left + 5, self.height - styles.TINY.size - 3, words)
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, _NUMBER_SIZE)
        canvas.drawCentredString(left + _BOX / 2, 8, self._paper.sheet)


@dataclass(frozen=True)
class _Cell:
    name: str
    left: float
    width: float


class PeopleRows(Flowable):
    """Headings in two lines, then two lines for each person."""

    def __init__(self, first: int, count: int) -> None:
        super().__init__()
        self._numbers = range(first, first + count)
        self.width = styles.content_width(landscape=True)
        self._lines = (_placed(FIRST_LINE, _FIRST, self.width), _placed(SECOND_LINE, _SECOND, self.width))
        self.height = 2 * _HEAD + 2 * LINE * count

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Its own size."""
        fonts.register()
        return self.width, self.height

    def draw(self) -> None:
        """Headings, numbers, then the lines over them."""
        canvas: Any = self.canv
        self._draw_heads(canvas)
        top = self.height - 2 * _HEAD
        for place, number in enumerate(self._numbers):
            y = top - (place + 1) * 2 * LINE
            canvas.setFillColor(styles.INK)
            canvas.setFont(BOLD, styles.LEAD.size)
            canvas.drawCentredString(_NUMBER / 2, y + LINE - styles.LEAD.size * 0.36, str(number))
            self._draw_person(canvas, y)
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(1.2)
        for place in range(len(self._numbers) + 1):
            canvas.line(0, top - place * 2 * LINE, self.width, top - place * 2 * LINE)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        canvas.line(_NUMBER, 0, _NUMBER, self.height)

    def _draw_heads(self, canvas: Any) -> None:
        titles = _titles()
        for place, cells in enumerate(self._lines):
            y = self.height - (place + 1) * _HEAD
            canvas.setFillColor(styles.INK)
            canvas.setFont(BOLD, _HEAD_SIZE)
            for cell in cells:
                _fitted(canvas, titles[cell.name], cell.left + 3, y + 4.6, cell.width - 4)
            self._draw_dividers(canvas, cells, y, _HEAD)
        hairline(canvas, _NUMBER, self.width, self.height - _HEAD, ink=styles.INK)

    def _draw_person(self, canvas: Any, y: float) -> None:
        for place, cells in enumerate(self._lines):
            self._draw_dividers(canvas, cells, y + (1 - place) * LINE, LINE)
        hairline(canvas, _NUMBER, self.width, y + LINE, ink=styles.FAINT)
        boxes = next(cell for cell in self._lines[0] if cell.name == "nik")
        for digit in range(1, _DIGITS):
            x = boxes.left + digit * boxes.width / _DIGITS
            hairline_down(canvas, x, y + LINE, LINE, ink=styles.HAIRLINE)

    def _draw_dividers(self, canvas: Any, cells: Sequence[_Cell], y: float, high: float) -> None:
        for cell in cells[1:]:
            hairline_down(canvas, cell.left, y, high, ink=styles.INK)


def hairline_down(canvas: Any, x: float, y: float, high: float, *, ink: Any) -> None:
    """A thin line from `y` upwards."""
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(styles.HAIR)
    canvas.line(x, y, x, y + high)


def _placed(names: Sequence[str], widths: dict[str, float], width: float) -> tuple[_Cell, ...]:
    share = (width - _NUMBER) / sum(widths.values())
    cells, left = [], float(_NUMBER)
    for name in names:
        cells.append(_Cell(name, left, widths[name] * share))
        left += widths[name] * share
    return tuple(cells)


def _fitted(canvas: Any, words: str, x: float, y: float, room: float) -> None:
    """One line, set smaller where it must be."""
    size = _HEAD_SIZE
    while size > 5.0 and fonts.width(words, BOLD, size) > room:
        size -= 0.2
    canvas.setFont(BOLD, size)
    canvas.drawString(x, y, words if fonts.width(words, BOLD, size) <= room else lines(words, BOLD, size, room)[0])


def _high(flowable: Flowable) -> float:
    width = styles.content_width(landscape=True)
    _width, height = flowable.wrap(width, styles.LANDSCAPE[0])
    return float(height + flowable.getSpaceAfter())
