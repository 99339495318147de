# SPDX-License-Identifier: Apache-2.0
"""The week's list drawn: a part for each day, with room for what came of each visit."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.tables import Column, Row, table
from reports.kit.text import paragraph
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading
from reports.papers.values import day
from reports.papers.week_list import VisitLine, WeekList
from resource_centre.i18n import _, language

_TO_WRITE = 34.0


def draw_week_list(paper: WeekList) -> bytes:
    """The PDF of a week's list."""
    return draw_paper(paper.heading, lambda: _story(paper), mark=CONFIDENTIAL)


def _story(paper: WeekList) -> list[Flowable]:
    lead = _("{first} to {last}. Keep this list with you and destroy it afterwards.").format(
        first=day(paper.first), last=day(paper.last)
    )
    days = [flowable for on, lines in groupby(paper.lines, lambda line: line.on) for flowable in _day(on, [*lines])]
    nothing = [space(1), paragraph(_("Nobody is to be visited in this week."), styles.BODY_STYLE)]
    return [FormHead(paper.heading, lead, coded=False), *(days or nothing)]


def _day(on: dt.date, lines: list[VisitLine]) -> list[Flowable]:
    from babel.dates import format_date

    locale = {"id": "id_ID", "en": "en_GB"}.get(language(), language())
    columns = [
        Column(_("Who"), numeric=False, width=120),
        Column(_("Where"), numeric=False, width=118),
        Column(_("How to reach them"), numeric=False, width=118),
        Column(_("Tries"), width=22),
        Column(_("What came of it"), numeric=False),
    ]
    return [
        *subheading(format_date(on, "EEEE, d MMMM y", locale=locale)),
        table(columns, [_row(line) for line in lines], least=_TO_WRITE),
    ]


def _row(line: VisitLine) -> Row:
    age = "" if line.age is None else str(line.age)
    who = ", ".join(part for part in (line.name, line.sex, age) if part)
    named = " · ".join(part for part in (who, line.number, line.step) if part)
    where = ", ".join(part for part in (line.address, line.village) if part)
    return Row((named, where, line.reach, str(line.attempts or ""), ""))
