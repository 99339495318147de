# SPDX-License-Identifier: Apache-2.0
"""The attendance sheet drawn: upright for one or two days, lying for more; every page is full of lines."""

from __future__ import annotations

import datetime as dt
from typing import Final

from reportlab.platypus import Flowable, PageBreak

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.text import paragraph
from reports.papers.attendance import AttendanceLine, AttendanceSheet, DaysAside, fill_pages
from reports.papers.event import head_facts
from reports.papers.frame import FormHead, draw_paper
from reports.papers.pieces import Facts
from reports.papers.ruled import Cell, Ruled
from resource_centre.i18n import _, language

_ROW: Final = 22.0
_SLACK: Final = 2.0
_WIDE: Final = {"number": 20.0, "sex": 22.0, "age": 28.0, "village": 82.0, "status": 62.0, "phone": 62.0}
_TIGHT: Final = {"number": 20.0, "sex": 20.0, "age": 28.0, "village": 66.0, "status": 56.0, "phone": 54.0}
_NAME: Final = 118.0
_FEW_DAYS: Final = 6
"""Up to so many days the other columns have their full width."""


def draw_attendance(paper: AttendanceSheet) -> bytes:
    """The PDF of the sheets of an event."""
    return draw_paper(paper.heading, lambda: _story(paper), landscape=paper.landscape)


def _story(paper: AttendanceSheet) -> list[Flowable]:
    story: list[Flowable] = []
    for number, aside in enumerate(paper.sets):
        story += [PageBreak()] if number else []
        story += _set(paper, aside)
    return story


def _set(paper: AttendanceSheet, aside: DaysAside) -> list[Flowable]:
    """The pages for some days: as many lines as there are names and empty ones, and on until the page is full."""
    columns = _columns(paper, aside)
    head = _head(paper)
    page = (styles.LANDSCAPE if paper.landscape else styles.PAGE)[1] - styles.TOP - styles.BOTTOM
    room = page - Ruled(columns, (), row_height=_ROW).height - _SLACK
    counts = fill_pages(len(paper.named) + paper.empty, int((room - sum(map(_high, head))) // _ROW), int(room // _ROW))
    rows = _rows(paper, aside, sum(counts))
    story, at = head, 0
    for place, count in enumerate(counts):
        story += [PageBreak()] if place else []
        story.append(Ruled(columns, rows[at : at + count], row_height=_ROW))
        at += count
    return story


def _head(paper: AttendanceSheet) -> list[Flowable]:
    width = styles.content_width(landscape=paper.landscape)
    lead = _("H present, T late, I excused, A absent.")
    lead = _("Sign on every day you are here. {marks}").format(marks=lead)
    return [
        FormHead(paper.heading, "", landscape=paper.landscape),
        Facts(head_facts(paper.event), columns=4 if paper.landscape else 2, width=width, fill=paper.blank),
        paragraph(lead, styles.NOTE_STYLE),
        space(0.2),
    ]


def _columns(paper: AttendanceSheet, aside: DaysAside) -> list[Cell]:
    width = styles.content_width(landscape=paper.landscape)
    widths = _WIDE if len(aside.days) <= _FEW_DAYS else _TIGHT
    left = width - sum(widths.values())
    name = max(_NAME, min(200.0, left - 74.0 * len(aside.days)))
    each = (left - name) / len(aside.days)
    return [
        Cell(_("No."), widths["number"], centred=True),
        Cell(_("Name"), name),
        Cell(_("M/F"), widths["sex"], centred=True),
        Cell(_("Age"), widths["age"], centred=True),
        Cell(_("Village"), widths["village"]),
        Cell(_("Status"), widths["status"]),
        Cell(_("Telephone"), widths["phone"]),
        *(Cell(_day(aside.first + place, on), each, centred=True) for place, on in enumerate(aside.days, 1)),
    ]


def _day(number: int, on: dt.date | None) -> str:
    return "\n".join(part for part in (_("Day {n}").format(n=number), _short(on)) if part)


def _short(on: dt.date | None) -> str:
    from babel.dates import format_date

    locale = {"id": "id_ID", "en": "en_GB"}.get(language(), language())
    return format_date(on, "d MMM", locale=locale) if on is not None else ""


def _rows(paper: AttendanceSheet, aside: DaysAside, count: int) -> list[tuple[str, ...]]:
    empty = (AttendanceLine(number) for number in range(len(paper.named) + 1, count + 1))
    return [_cells(line, aside) for line in (*paper.named, *empty)]


def _cells(line: AttendanceLine, aside: DaysAside) -> tuple[str, ...]:
    marks = line.marks[aside.first : aside.first + len(aside.days)]
    signed = (*marks, *[""] * (len(aside.days) - len(marks)))
    return (str(line.number), line.name, _sex(line), line.age, line.village, line.status, line.phone, *signed)


def _sex(line: AttendanceLine) -> str:
    return {"P": _("F"), "L": _("M")}.get(line.sex, "")


def _high(flowable: Flowable) -> float:
    _width, height = flowable.wrap(styles.LANDSCAPE[0], styles.LANDSCAPE[0])
    return float(height + flowable.getSpaceAfter())
