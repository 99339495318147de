# SPDX-License-Identifier: Apache-2.0
"""From figures to printed tables: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reports.kit.tables import Column, Kind, Row, Table, table
from reports.kit.words import NOTHING, number, percent
from reports.monthly.counselling import Counselling
from reports.monthly.counts import UNKNOWN, BySex, Line
from reports.monthly.figures import MonthlyFigures
from reports.monthly.headline import Indicator, Value
from reports.monthly.training import ALL, EventLine, GainLine
from reports.monthly.words import INDICATORS, INSET
from resource_centre.i18n import _
from resource_centre.places import gazetteer
from resource_centre.vocabulary import vocabulary

Cells = tuple[str, ...]


class Tables:
    """The tables of one report in one language; the language must be active while they are made."""

    def __init__(self, figures: MonthlyFigures, language: str) -> None:
        self._figures = figures
        self._language = language

    def headline(self) -> Table:
        """R1: month and year by sex, the project in total."""
        columns = [Column("", numeric=False), *self._sexes(_("Month")), *self._sexes(_("Year"))]
        columns.append(Column(_("Total"), group=_("Project"), strong=True))
        return table(columns, [self._indicator(indicator) for indicator in self._figures.indicators])

    def ages(self) -> Table:
        """R2: new and returning people by age, in the month by sex and in the year in total."""
        columns = [Column(_("Age"), numeric=False), *self._sexes(_("New in the month"))]
        columns += self._sexes(_("Returning in the month"))
        columns += [Column(_("New"), group=_("Year")), Column(_("Returning"), group=_("Year"), strong=True)]
        rows = [
            Row((self._label("age_band", line.band), *self._age_cells(line.new_month, line.returning_month),
                 self._n(line.new_year.total), self._n(line.returning_year.total)))
            for line in self._figures.ages
        ]  # fmt: skip
        served = [
            (line.new_month, line.returning_month, line.new_year, line.returning_year) for line in self._figures.ages
        ]
        new, back, new_year, back_year = (sum(counts, BySex()) for counts in zip(*served, strict=True)) if served else (
            BySex(), BySex(), BySex(), BySex()
        )  # fmt: skip
        total = (*self._age_cells(new, back), self._n(new_year.total), self._n(back_year.total))
        return table(columns, [*rows, Row((_("Together"), *total), "total")])

    def places(self) -> Table:
        """R4: provinces, regencies, districts and villages, each inside the one above."""
        names = gazetteer()

        def row(line: Line) -> Row:
            depth = 0 if line.code == UNKNOWN else line.code.count(".")
            name = _("Village not known") if line.code == UNKNOWN else names.name(line.code)
            return Row((name, *self._by_sex(line.month), *self._by_sex(line.year)), "body", indent=depth)

        return self._people(_("Place"), [row(line) for line in self._figures.places], self._outermost())

    def by_code(self, heading: str, lines: Sequence[Line], list_name: str) -> Table:
        """R6 or R7: a line per code of a list."""
        rows = [
            Row((self._label(list_name, line.code), *self._by_sex(line.month), *self._by_sex(line.year)))
            for line in lines
        ]
        return self._people(heading, rows, lines)

    def counselling(self) -> Table:
        """R15: type and mode; then what was missed."""
        found = self._figures.counselling
        columns = [
            Column(_("Type of session"), numeric=False),
            Column(_("How"), numeric=False, width=110),
            Column(_("Month"), strong=True),
            Column(_("Year"), strong=True),
        ]
        rows = [
            Row(
                (
                    self._label("counselling_type", line.session_type),
                    self._label("counselling_mode", line.mode),
                    self._n(line.month),
                    self._n(line.year),
                )
            )
            for line in found.lines
        ]
        return table(columns, [*rows, *self._counselling_sums(found)])

    def _counselling_sums(self, found: Counselling) -> list[Row]:
        share = (percent(found.missed_rate_month, self._language), percent(found.missed_rate_year, self._language))
        people = (self._n(found.people_month.total), self._n(found.people_year.total))
        mean = number(found.mean_per_person, self._language, decimals=1)
        return [
            Row((_("Sessions held"), "", self._n(found.month), self._n(found.year)), "total"),
            Row((_("People counselled"), "", *people)),
            Row((_("Appointments missed"), "", self._n(found.missed_month), self._n(found.missed_year))),
            Row((_("Missed share"), "", *share)),
            Row((_("Sessions per person"), "", NOTHING, mean)),
        ]

    def events(self) -> Table:
        """R20: events, hours and participants by type, month and year."""
        columns = [Column(_("Kind of event"), numeric=False)]
        for group in (_("Month"), _("Year")):
            columns += [Column(_("Events"), group=group), Column(_("Hours"), group=group), *self._sexes(group)]
        month = {line.training_type: line for line in self._figures.training_month.events}
        year = {line.training_type: line for line in self._figures.training_year.events}
        rows = [
            Row((self._label("training_type", code), *self._event(month.get(code)), *self._event(year.get(code))))
            for code in dict.fromkeys((*year, *month))
        ]
        sums = (self._figures.training_month.all_events, self._figures.training_year.all_events)
        return table(columns, [*rows, Row((_("Together"), *self._event(sums[0]), *self._event(sums[1])), "total")])

    def gains(self, lines: Sequence[GainLine]) -> Table:
        """R21: matched pairs by module, women and men below it."""
        columns = [
            Column(_("Module"), numeric=False),
            *(Column(words) for words in (_("Pairs"), _("Before"), _("After"))),
            Column(_("Gain"), strong=True),
            *(Column(words) for words in (_("Improved"), _("Reached pass mark"), _("Without both tests"))),
        ]
        return table(columns, [self._gain(line) for line in lines])

    def _gain(self, line: GainLine) -> Row:
        whole = line.sex == ALL
        name = (_("All modules") if line.module == ALL else self._label("module", line.module)) if whole else ""
        cells = (
            name or self._label("sex", line.sex),
            self._n(line.pairs),
            *(number(value, self._language, decimals=1) for value in (line.mean_pre, line.mean_post)),
            number(line.mean_gain, self._language, decimals=1, sign=True),
            *(self._share(part, line.pairs) for part in (line.improved, line.passed)),
            self._n(line.untested),
        )
        kind: Kind = "total" if line.module == ALL and whole else "body" if whole else "quiet"
        return Row(cells, kind, indent=0 if whole else 1)

    def _people(self, heading: str, rows: list[Row], summed: Sequence[Line]) -> Table:
        columns = [Column(heading, numeric=False), *self._sexes(_("Month")), *self._sexes(_("Year"))]
        month = sum((line.month for line in summed), BySex())
        year = sum((line.year for line in summed), BySex())
        total = Row((_("Together"), *self._by_sex(month), *self._by_sex(year)), "total")
        return table(columns, [*rows, total])

    def _outermost(self) -> list[Line]:
        codes = {line.code for line in self._figures.places}
        return [line for line in self._figures.places if line.code.rpartition(".")[0] not in codes]

    def _sexes(self, group: str) -> list[Column]:
        return [
            Column(_("Men"), group=group),
            Column(_("Women"), group=group),
            Column(_("Not known"), group=group),
            Column(_("Total"), group=group, strong=True),
        ]

    def _indicator(self, indicator: Indicator) -> Row:
        cells = (*self._cells(indicator, indicator.month), *self._cells(indicator, indicator.year))
        project = self._cells(indicator, indicator.project)[-1]
        inset = indicator.code in INSET
        return Row((_(INDICATORS[indicator.code]), *cells, project), indent=int(inset))

    def _cells(self, indicator: Indicator, value: Value) -> Cells:
        if isinstance(value, BySex):
            return self._by_sex(value)
        write: dict[str, Callable[[], str]] = {
            "percent": lambda: percent(value, self._language),
            "points": lambda: number(value, self._language, decimals=1, sign=True),
        }
        return ("", "", "", write.get(indicator.unit, lambda: number(value, self._language))())

    def _age_cells(self, new: BySex, returning: BySex) -> Cells:
        return (*self._by_sex(new), *self._by_sex(returning))

    def _event(self, line: EventLine | None) -> Cells:
        line = line or EventLine("")
        return (self._n(line.events), number(line.hours, self._language), *self._by_sex(line.participants))

    def _by_sex(self, count: BySex) -> Cells:
        return tuple(self._n(value) for value in (count.men, count.women, count.unknown, count.total))

    def _share(self, part: int, whole: int) -> str:
        return percent(100 * part / whole if whole else None, self._language)

    def _n(self, value: int) -> str:
        return number(value, self._language)

    def _label(self, list_name: str, code: str) -> str:
        if code == UNKNOWN and code not in vocabulary(list_name):
            return _("Not known")
        return vocabulary(list_name).label(code, self._language)
