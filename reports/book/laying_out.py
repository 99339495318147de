# SPDX-License-Identifier: Apache-2.0
"""Lays out a page of the report book: its figures as a table, and as the chart that was chosen for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.book.counting import CURRENCY, PageFigures, currency_of, told_by
from reports.kit.words import short_month
from reports.measures.breakdowns import BREAKDOWNS
from reports.measures.model import ALL, overlaps
from reports.monthly.facts import period_words
from reports.monthly.periods import Period
from reports.tables.building import body_keys, with_sums, with_total
from reports.tables.model import Cell, Chart, ChartSeries, Column, Row, Section, Table, Topic, figure, total
from reports.tables.words import cell_words
from resource_centre.i18n import _

TOTAL: Final = "total"
MOST_SERIES: Final = 4
"""Series of a chart that can be told apart in black and white."""
MOST_BARS: Final = 24
_DECIMALS: Final = {"percent": 1, "points": 1, "score": 2, "hours": 1, "mean": 1}


def page_section(found: PageFigures, key: str, language: str) -> Section:
    """A page as a section of a report; its language must be active."""
    table = page_table(found, key, language)
    chart = page_chart(found, table, language)
    charts = (chart,) if chart else ()
    return Section(key, found.page.title, (table,), notes=tuple(_notes(found)), charts=charts, typed=True)


def page_table(found: PageFigures, key: str, language: str) -> Table:
    """The figures: a line for each code of the rows, a column for each code of the columns or each period."""
    plan, measure = found.plan, found.measure
    columns = tuple(_columns(found, language))
    lines = _lines(found, language)
    rows = tuple(
        Row(
            TOTAL if code in ("", ALL) else code,
            (words,),
            tuple(_cells(found, code)),
            "total" if code == ALL else "body",
        )
        for code, words in lines
    )
    head = BREAKDOWNS[plan.rows].words if plan.rows else ""
    table = Table(
        key,
        found.page.title,
        (head,),
        columns,
        rows,
        topic=measure.topic or _topic(found),
        additive=measure.additive,
        empty=_("Nothing of this has been written down in this time."),
    )
    return _with_sums(table, found)


def page_chart(found: PageFigures, table: Table, language: str) -> Chart | None:
    """The picture; None where a table was chosen, where there is nothing to see or too much for one picture."""
    plan = found.plan
    if plan.shown == "table" or found.empty:
        return None
    over_time = len(found.periods) > 1
    series = [row for row in table.rows if row.key != TOTAL] or list(table.rows)
    columns = [column for column in table.columns if column.key.rpartition(".")[2] != TOTAL] or list(table.columns)
    if over_time:
        labels = tuple(column.heading for column in columns)
        made = tuple(_series_of_row(table, row, columns) for row in series)
    else:
        labels = tuple(row.words[0] for row in series)
        made = tuple(_series_of_column(table, column, series) for column in columns)
    if len(made) > MOST_SERIES or len(labels) > MOST_BARS:
        return None
    words = _words(table, language)
    return Chart(f"{table.key}.chart", found.page.title, labels, made, plan.shown, found.measure.unit, words)


def _series_of_row(table: Table, row: Row, columns: list[Column]) -> ChartSeries:
    places = [table.columns.index(column) for column in columns]
    cells = tuple(table.cell_id(row, column) for column in columns)
    return ChartSeries(row.words[0] or table.title, tuple(row.cells[at].value for at in places), cells)


def _series_of_column(table: Table, column: Column, rows: list[Row]) -> ChartSeries:
    at = table.columns.index(column)
    cells = tuple(table.cell_id(row, column) for row in rows)
    return ChartSeries(column.heading or table.title, tuple(row.cells[at].value for row in rows), cells)


def _words(table: Table, language: str) -> str:
    """The picture told in words: line by line, its figures."""
    return " ".join(
        f"{row.words[0] or table.title}: "
        + ", ".join(
            f"{column.heading} {cell_words(cell, language)}"
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        + "."
        for row in table.rows
    )


def _columns(found: PageFigures, language: str) -> Iterator[Column]:
    plan = found.plan
    if len(found.periods) > 1:
        for period in found.periods:
            yield Column(f"{period.code}.{TOTAL}", _heading(period, language))
        return
    if plan.columns:
        breakdown = BREAKDOWNS[plan.columns]
        for code in found.lines(plan.columns):
            yield Column(f"month.{code}", breakdown.label_of(code, language))
        if plan.columns != CURRENCY:
            yield Column(f"month.{TOTAL}", _("Together"), strong=True)
        return
    yield Column(f"month.{TOTAL}", found.measure.words, strong=True)


def _lines(found: PageFigures, language: str) -> Iterator[tuple[str, str]]:
    rows = found.plan.rows
    if not rows:
        yield "", found.measure.words
        return
    breakdown = BREAKDOWNS[rows]
    for code in found.lines(rows):
        yield code, breakdown.label_of(code, language)
    if rows != CURRENCY:
        yield ALL, _("Together")


def _cells(found: PageFigures, row: str) -> Iterator[Cell]:
    plan = found.plan
    codes = (row,) if plan.rows else ()
    for period in found.periods:
        if not plan.columns:
            yield _figure(found, period, *codes)
            continue
        together = () if plan.columns == CURRENCY else (ALL,)
        for code in (*found.lines(plan.columns), *together):
            yield _figure(found, period, *codes, code)


def _figure(found: PageFigures, period: Period, *codes: str) -> Cell:
    value, unit = found.value(period, *codes), found.measure.unit
    pairs = None if found.whole is None else int(found.whole.value(period.code, *codes))
    return figure(value, unit, decimals=_DECIMALS.get(unit, 0), pairs=pairs)


def _with_sums(table: Table, found: PageFigures) -> Table:
    """What is the sum of what, where lines add up; of shares and of several lines for one person nothing is."""
    plan, measure = found.plan, found.measure
    if measure.counts == "share":
        return table
    if plan.rows not in ("", CURRENCY) and not overlaps(measure, BREAKDOWNS[plan.rows]):
        table = with_total(table, body_keys(table.rows))
    if plan.columns not in ("", CURRENCY) and not overlaps(measure, BREAKDOWNS[plan.columns]):
        parts = [column.key for column in table.columns if not column.key.endswith(f".{TOTAL}")]
        sums = (
            total(f"{table.key}/{row.key}/month.{TOTAL}", (f"{table.key}/{row.key}/{part}" for part in parts))
            for row in table.rows
        )
        table = with_sums(table, *sums)
    return table


def _topic(found: PageFigures) -> Topic:
    plan = found.plan
    topics = (BREAKDOWNS[code].topic for code in told_by(plan))
    return next(filter(None, topics), "")


def _notes(found: PageFigures) -> Iterator[str]:
    plan, measure = found.plan, found.measure
    if currency := currency_of(plan, measure):
        yield _("Money in {currency}.").format(currency=currency)
    if measure.counts != "share" and any(overlaps(measure, BREAKDOWNS[code]) for code in told_by(plan)):
        yield _("One may stand in several lines, so the lines come to more than together.")


def _heading(period: Period, language: str) -> str:
    """A period as the heading of a narrow column: Oct 26, or as it is read."""
    if period.length == "month":
        return f"{short_month(period.month, language)} {period.last:%y}"
    return period_words(period, language)
