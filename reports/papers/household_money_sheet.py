# SPDX-License-Identifier: Apache-2.0
"""A sheet of household money drawn on one page: large figures first, then sentences, tables, and who agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.platypus import Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.tables import Column, Row, table
from reports.kit.text import paragraph
from reports.kit.title import KeyFigures
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading
from reports.papers.household_money import Figure, MoneySheet, MoneyTable
from reports.papers.pieces import Facts, SignBoxes

WIDE: Final = 12
"""From so many signs on only two figures go side by side."""
_TO_WRITE: Final = 17.5
_HAND: Final = 112.0
"""Width of a column that is written in by hand."""


def draw_money(sheet: MoneySheet) -> bytes:
    """The PDF of a sheet."""
    return draw_paper(sheet.heading, lambda: list(_story(sheet)), mark="" if sheet.heading.blank else CONFIDENTIAL)


def _story(sheet: MoneySheet) -> Iterator[Flowable]:
    yield FormHead(sheet.heading, sheet.lead)
    yield Facts(sheet.facts, columns=3, fill=sheet.heading.blank)
    yield from _figures(sheet.figures)
    for words in sheet.said:
        yield paragraph(words, styles.READ_STYLE)
    for one in sheet.tables:
        yield from _table(one, blank=sheet.heading.blank)
    yield KeepTogether([space(0.5), SignBoxes(sheet.signers, thumb=(True,), names=(sheet.name,), high=46)])


def _figures(figures: tuple[Figure, ...]) -> Iterator[Flowable]:
    many = 2 if any(len(one.value) > WIDE for one in figures) else 3
    for at in range(0, len(figures), many):
        yield space(0.3)
        yield KeyFigures([(one.value, one.name, one.note) for one in figures[at : at + many]])


def _table(told: MoneyTable, *, blank: bool) -> Iterator[Flowable]:
    if told.title:
        yield from subheading(told.title)
    written = blank or told.empty > 0
    columns = [_column(head, place in told.numeric, place, written) for place, head in enumerate(told.heads)]
    rows = [Row(row, "total" if place in told.strong else "body") for place, row in enumerate(told.rows)]
    rows += [Row(("",) * len(told.heads))] * told.empty
    yield table(columns, rows, least=_TO_WRITE if written else 0.0)


def _column(head: str, numeric: bool, place: int, written: bool) -> Column:
    """Where one writes by hand a column needs room, even for numbers."""
    if written and place:
        return Column(head, numeric=False, width=_HAND)
    return Column(head, numeric=numeric)
