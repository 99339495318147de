# SPDX-License-Identifier: Apache-2.0
"""R1, the figures one asks for first, with the targets of the year; and the people served month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reports.kit.words import month_name, number, short_month
from reports.monthly.columns import MEASURED, blanks, by_sex, sexes
from reports.monthly.counts import BySex
from reports.monthly.figures import MonthlyFigures
from reports.monthly.headline import Indicator, Value
from reports.monthly.indicator_parts import parts_of, trained
from reports.monthly.setting import Setting, Shown
from reports.monthly.surveys import CHANGE, RSS
from reports.monthly.targets import TargetLine
from reports.monthly.values import hours_cell, reached_cell, target_cell, target_words, value_cell
from reports.monthly.words import INDICATOR_TERMS, INDICATORS, INSET
from reports.tables.building import with_sexes, with_sums, with_total
from reports.tables.model import Cell, CellId, Chart, ChartSeries, Column, Row, Section, Table, figure, total
from resource_centre.i18n import N_, _

KEY_INDICATORS: Final = ("persons_served", "returnees_registered", "counselling_sessions", "training_participants")
THEN: Final = ".then"
"""Ends the key of a line that says what was handed over."""
TREND: Final = "trend"
_SERVED: Final = ("new_clients", "returning_clients")


def headline_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R1: by sex in the period and the year, the project in total; the target and how far it is where any is set."""
    heading = setting.said(N_("The month in figures"), N_("The period in figures"))
    made = Headline(figures, setting)
    rows = tuple(made.rows())
    table = Table("R1", heading, ("",), made.columns, rows, terms=("period", "sex"), additive=False)
    known = {row.key for row in rows}
    table = with_sexes(table)
    if known.issuperset((_SERVED[0], _SERVED[1], "persons_served")):
        table = with_total(table, _SERVED, of="persons_served")
    return Section("R1", heading, (table,), notes=tuple(made.notes()))


def key_figures(figures: MonthlyFigures, setting: Setting) -> tuple[tuple[str, str, str], ...]:
    """Per figure: its number in the period, its name, and the year so far."""
    found = []
    for code in KEY_INDICATORS:
        indicator = figures.indicator(code)
        this, year = (number(_whole(value), setting.language) for value in (indicator.month, indicator.year))
        longer = _("{count} this year").format(count=year) if len(setting.periods) > len(("month", "project")) else ""
        found.append((this, _(INDICATORS[code]), longer))
    return tuple(found)


def trend_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """People served in each of the last months, drawn; the table holds the same figures."""
    heading, language = _("People served, month by month"), setting.language
    columns = (
        Column("returning", _("Returning"), hxl="#reached+returning"),
        Column("new", _("New"), hxl="#reached+new"),
        Column("total", _("Total"), strong=True, hxl="#reached"),
    )
    counts = [(one.month, (one.returning.total, one.new.total, one.served.total)) for one in figures.trend]
    rows = tuple(
        Row(month, (month_name(month, language),), tuple(figure(value, "people") for value in values))
        for month, values in counts
    )
    table = Table(TREND, heading, (_("Month"),), columns, rows, terms=("served", "new_returning"), additive=False)
    return Section(TREND, heading, (_with_parts(table),), charts=(_chart(table, language),))


def _with_parts(table: Table) -> Table:
    """New and returning are the people served, in every row."""

    def keys(row: Row) -> list[CellId]:
        return [f"{table.key}/{row.key}/{column.key}" for column in table.columns]

    return with_sums(table, *(total(of, parts) for row in table.rows for *parts, of in (keys(row),)))


def _chart(table: Table, language: str) -> Chart:
    def series(at: int) -> ChartSeries:
        column = table.columns[at]
        values = tuple(row.cells[at].value for row in table.rows)
        return ChartSeries(column.heading, values, tuple(table.cell_id(row, column) for row in table.rows))

    labels = tuple(short_month(row.key, language) for row in table.rows)
    return Chart(table.key, table.title, labels, (series(0), series(1)), strong=len(labels) - 1)


class Headline:
    """The columns, rows and notes of R1."""

    def __init__(self, figures: MonthlyFigures, setting: Setting) -> None:
        self._figures, self._setting = figures, setting
        self._targets = {line.code: line for line in figures.targets}
        given = figures.closing.handed_over if figures.closing is not None else None
        self._was = {one.code: one for one in (given.was if given is not None else ())}

    @property
    def columns(self) -> tuple[Column, ...]:
        """By sex, then the target of the year."""
        split = [column for one in self._setting.by_sex for column in sexes(one, hxl=MEASURED)]
        longest = self._setting.periods[-1]
        hashtag = f"{MEASURED}+{longest.key}"
        split.append(Column(f"{longest.key}.total", _("Total"), longest.heading, True, hashtag))
        return (*split, *(self._target_columns() if self._targets else ()))

    def rows(self) -> Iterator[Row]:
        """A line for each indicator; where it has changed since it was handed over, how it was below it."""
        for one in self._figures.indicators:
            inset = int(one.code in INSET)
            cells = (*self._cells(one), *self._target(one))
            yield Row(one.code, (self._name(one.code),), cells, indent=inset, terms=INDICATOR_TERMS.get(one.code, ()))
            if one.code in self._was:
                was = (*self._cells(self._was[one.code]), *blanks(2 if self._targets else 0))
                yield Row(f"{one.code}{THEN}", (_("handed over as"),), was, "quiet", indent=1 + inset)

    def notes(self) -> Iterator[str]:
        """How the last column is to be read, targets of what is not in the report yet, what a score is worth."""
        if any(line.difference is not None for line in self._figures.targets):
            yield _("Reached, with a sign: above or below the target. Of means, shares and what is counted on one day.")
        shown = {indicator.code for indicator in self._figures.indicators}
        waiting = [
            f"{_(INDICATORS[line.code])} ({target_words(line, self._setting.language)})"
            for line in self._figures.targets
            if line.code not in shown
        ]
        if waiting:
            yield _("Targets of which there are no figures yet: {names}.").format(names=", ".join(waiting))
        survey = self._figures.surveys.of(RSS)
        caution = self._figures.surveys.caution_under(CHANGE, self._setting.language)
        if survey is not None and caution:
            yield f"{survey.title[self._setting.language]}: {caution}"

    def _name(self, code: str) -> str:
        """Its name; what a score is worth is said in its own line too, as the notes may stand on the next page."""
        caution = self._figures.surveys.caution_under(code, self._setting.language)
        return " · ".join(words for words in (_(INDICATORS[code]), caution) if words)

    def _target_columns(self) -> tuple[Column, ...]:
        group = _("Target of the year")
        return (
            Column("target", _("Target"), group, hxl="#targeted+num"),
            Column("reached", _("Reached"), group, True, "#indicator+reached+num"),
        )

    def _cells(self, indicator: Indicator) -> Iterator[Cell]:
        values = (indicator.month, indicator.year, indicator.project)
        for one in self._setting.by_sex:
            value = values[one.at]
            yield from by_sex(value) if isinstance(value, BySex) else (*blanks(3), self._cell(indicator, value, one))
        longest = self._setting.periods[-1]
        yield self._cell(indicator, values[longest.at], longest)

    def _cell(self, indicator: Indicator, value: Value, shown: Shown) -> Cell:
        parts = parts_of(indicator.code, self._figures, shown)
        if indicator.unit == "hours":
            events = trained(self._figures, shown).all_events.events
            return replace(hours_cell(float(_whole(value) or 0), events), **parts)
        return value_cell(value, indicator.unit, indicator.code, **parts)

    def _target(self, indicator: Indicator) -> tuple[Cell, ...]:
        """The target and how far the year is, where there is a figure of the year."""
        if not self._targets:
            return ()
        line: TargetLine | None = self._targets.get(indicator.code)
        if line is None:
            return blanks(2)
        told = self._setting.by_sex[-1]
        of = (f"R1/{indicator.code}/{told.key}.total", f"R1/{indicator.code}/target")
        return target_cell(line), reached_cell(line, of=of)


def _whole(value: Value) -> float | None:
    return value.total if isinstance(value, BySex) else value
