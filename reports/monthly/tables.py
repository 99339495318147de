# SPDX-License-Identifier: Apache-2.0
"""From figures to printed tables: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reports.kit.tables import Column, Kind, Row, Table, table
from reports.kit.words import NOTHING, number, percent
from reports.monthly.cases import CaseFlow
from reports.monthly.counselling import Counselling
from reports.monthly.counts import UNKNOWN, BySex, Counted, Line
from reports.monthly.figures import MonthlyFigures
from reports.monthly.headline import Indicator, Value
from reports.monthly.targets import TargetLine
from reports.monthly.training_tables import hours_words
from reports.monthly.vulnerability import MERGED
from reports.monthly.words import INDICATORS, INSET
from resource_centre.i18n import _
from resource_centre.places import gazetteer
from resource_centre.vocabulary import vocabulary

Cells = tuple[str, ...]
Sexes = Callable[[str], list[Column]]
"""The columns of the sexes under the heading of a period."""
_KINDS: tuple[Kind, ...] = ("section", "section", "body", "quiet")
"""How a province, a regency, a district and a village are printed."""
_NARROW = 24.0
"""Least width of a column of numbers, so that the same columns stand in the same place in every table."""
_SHORT = 18.0
_NAMES = 90.0
"""Least room for the names of indicators."""


def target_words(line: TargetLine, value: float | None, language: str, *, sign: bool = False) -> str:
    """A figure in the unit of a target."""
    if line.unit == "percent" and not sign:
        return percent(value, language)
    decimals = {"points": 1, "score": 2}.get(line.unit, 0)
    return number(value, language, decimals=decimals, sign=sign or decimals > 0)


def reached_words(line: TargetLine, language: str) -> str:
    """The share of the target, or the signed difference to it where a share says nothing."""
    if line.difference is not None:
        return target_words(line, line.difference, language, sign=True)
    return percent(line.share, language)


def figure_words(value: Value, unit: str, language: str) -> str:
    """A figure of R1 in its unit; of people all together."""
    total = value.total if isinstance(value, BySex) else value
    return percent(total, language) if unit == "percent" else _in_unit(total, unit, language)


def difference_words(value: float | None, unit: str, language: str) -> str:
    """By how much a figure has changed; shares by points of a hundred."""
    return _in_unit(value, unit, language, sign=True)


def _in_unit(value: float | None, unit: str, language: str, *, sign: bool = False) -> str:
    decimals = {"points": 1, "score": 2, "hours": 1}.get(unit, 0)
    whole = unit == "hours" and value is not None and float(value).is_integer()
    return number(value, language, decimals=0 if whole else decimals, sign=sign or unit in ("points", "score"))


class Tables:
    """The tables of one report in one language; the language must be active while they are made."""

    def __init__(self, figures: MonthlyFigures, language: str) -> None:
        self._figures = figures
        self._language = language
        self.shortened = False
        """Whether the sexes are named shortly in R1, so that the short names want a word."""
        self._targets = {line.code: line for line in figures.targets}
        given = figures.closing.handed_over if figures.closing is not None else None
        self._was = {one.code: one for one in (given.was if given is not None else ())}

    def headline(self) -> list[Table]:
        """R1: month and year by sex, the project in total; the year's target and how far it is, where any is set.

        Where the names would get too little room the sexes are named shortly (`shortened` says so); sums of money may
        be so long that targets stand in a table below.
        """
        for targets in (True, False) if self._targets else (False,):
            below = [self._targets_below()] if self._targets and not targets else []
            for sexes in (self._sexes, self._short_sexes):
                self.shortened = sexes == self._short_sexes
                made = self._roomy(sexes, targets=targets)
                if made is not None:
                    return [made, *below]
        return [self._headline(self._short_sexes), *below]

    def _roomy(self, sexes: Sexes, *, targets: bool) -> Table | None:
        """R1 in this form, None where the names have too little room."""
        try:
            made = self._headline(sexes, targets=targets)
        except ValueError:  # not even a word fits
            return None
        return made if made.first_width >= _NAMES else None

    def _headline(self, sexes: Sexes, *, targets: bool = False) -> Table:
        columns = [Column("", numeric=False), *sexes(_("Month")), *sexes(_("Year"))]
        columns.append(Column(_("Total"), group=_("Project"), strong=True))
        if targets:
            columns += self._target_columns()
        lines = [row for one in self._figures.indicators for row in self._lines(one, targets=targets)]
        return table(columns, lines)

    def _lines(self, indicator: Indicator, *, targets: bool) -> Iterator[Row]:
        """A line of R1; where it has changed since the month was handed over, how it was below it."""
        yield self._indicator(indicator, targets=targets)
        was = self._was.get(indicator.code)
        if was is not None:
            cells = self._indicator(was, targets=False).cells[1:]
            indent = 1 + int(indicator.code in INSET)
            yield Row((_("handed over as"), *cells, *(("", "") if targets else ())), "quiet", indent=indent)

    def _target_columns(self) -> list[Column]:
        group = _("Target of the year")
        return [Column(_("Target"), group=group), Column(_("Reached"), group=group, strong=True)]

    def _targets_below(self) -> Table:
        columns = [Column("", numeric=False), Column(_("Year"), strong=True, width=90), *self._target_columns()]
        rows: list[Row] = []
        of = ""
        for indicator in self._figures.indicators:
            line = self._indicator(indicator, targets=True)
            name, year, target = line.cells[0], line.cells[8], line.cells[-2:]
            of = of if line.indent else name
            if indicator.code in self._targets:
                rows.append(Row((f"{of}, {name}" if line.indent else name, year, *target)))
        return table(columns, rows)

    def ages(self) -> Table:
        """R2: new and returning people by age, in the month by sex, in the longer periods in total."""
        columns = [Column(_("Age"), numeric=False), *self._sexes(_("New in the month"))]
        columns += self._sexes(_("Returning in the month"))
        for group in (_("Year"), _("Project")):
            columns += [Column(_("New"), group=group), Column(_("Returning"), group=group)]
        ages = self._figures.ages
        rows = [Row((self._label("age_band", line.band), *self._age(line.new, line.returning))) for line in ages]
        new, returning = (sum(counts, Counted()) for counts in ([a.new for a in ages], [a.returning for a in ages]))
        return table(columns, [*rows, Row((_("Together"), *self._age(new, returning)), "total")])

    def places(self) -> Table:
        """R4: provinces, regencies, districts and villages, each inside the one above."""
        names = gazetteer()

        def row(line: Line) -> Row:
            depth = 1 if line.code == UNKNOWN else line.code.count(".")
            name = _("Village not known") if line.code == UNKNOWN else names.name(line.code)
            return Row((name, *self._line(line)), _KINDS[depth], indent=max(0, depth - 1))

        return self._people(_("Place"), [row(line) for line in self._figures.places], self._outermost())

    def by_code(self, heading: str, lines: Sequence[Line], list_name: str) -> Table:
        """R6 or R7: a line per code of a list."""
        rows = [Row((self._label(list_name, line.code), *self._line(line))) for line in lines]
        return self._people(heading, rows, lines)

    def flags(self, lines: Sequence[Line]) -> Table:
        """R11: a line for each flag, without a sum: one person may have several."""
        rows = [Row((self._label("vulnerability_flag", line.code), *self._line(line))) for line in lines]
        return table(self.people_columns(_("Flag")), rows)

    def case_flow(self, flow: CaseFlow) -> Table:
        """R13: from the cases open at the start to those open at the end."""
        rows = [
            Row((_("Open at the start"), *self.counted(flow.open_at_start))),
            Row((_("Opened"), *self.counted(flow.opened))),
            Row((_("Opened again"), *self.counted(flow.reopened))),
            Row((_("Closed"), *self.counted(flow.closed))),
            Row((_("Open at the end"), *self.counted(flow.open_at_end)), "total"),
        ]
        return table(self.people_columns(_("Cases")), rows)

    def reasons(self, lines: Sequence[Line]) -> Table:
        """R13: why cases were closed."""
        return self.by_code(_("Reason for closing"), lines, "closure_reason")

    def people_columns(self, heading: str) -> list[Column]:
        """The columns of every table of people."""
        columns = [Column(heading, numeric=False), *self._sexes(_("Month")), *self._sexes(_("Year"))]
        return [*columns, Column(_("Total"), group=_("Project"), strong=True)]

    def counselling(self) -> Table:
        """R15: type and mode; then what was missed."""
        found = self._figures.counselling
        columns = [
            Column(_("Type of session"), numeric=False),
            Column(_("How"), numeric=False, width=150),
            *(Column(words, strong=first, width=44) for words, first in self._periods()),
        ]
        rows = [
            Row(
                (
                    self._label("counselling_type", line.session_type),
                    self._label("counselling_mode", line.mode),
                    *self._numbers(line.month, line.year, line.project),
                )
            )
            for line in found.lines
        ]
        return table(columns, [*rows, *self._counselling_sums(found)])

    def _counselling_sums(self, found: Counselling) -> list[Row]:
        shares = (percent(rate, self._language) for rate in found.missed_rates)
        means = (number(mean, self._language, decimals=1) for mean in found.sessions_per_person)
        return [
            Row((_("Sessions held"), "", *self._numbers(*found.held)), "total"),
            Row((_("Attended, person by person"), "", *self._numbers(*found.attended))),
            Row((_("People counselled"), "", *self._numbers(*(count.total for count in found.people)))),
            Row((_("Sessions per person"), "", *means)),
            Row((_("Appointments missed"), "", *self._numbers(*found.missed))),
            Row((_("Missed share"), "", *shares)),
        ]

    def _people(self, heading: str, rows: list[Row], summed: Sequence[Line]) -> Table:
        columns = self.people_columns(heading)
        sums = sum((Counted(line.month, line.year, line.project) for line in summed), Counted())
        return table(columns, [*rows, Row((_("Together"), *self.counted(sums)), "total")])

    def _outermost(self) -> list[Line]:
        codes = {line.code for line in self._figures.places}
        return [line for line in self._figures.places if line.code.rpartition(".")[0] not in codes]

    def _sexes(self, group: str) -> list[Column]:
        # L and P are what Indonesian government tables call them; the definitions page spells them out.
        return [
            Column(_("Men"), group=group, width=_NARROW),
            Column(_("Women"), group=group, width=_NARROW),
            Column(_("Not known"), group=group),
            Column(_("Total"), group=group, strong=True),
        ]

    def _short_sexes(self, group: str) -> list[Column]:
        names = (_("M"), _("W"), _("N/K"))
        columns = [Column(name, group=group, width=_SHORT) for name in names]
        return [*columns, Column(_("Total"), group=group, strong=True)]

    def _indicator(self, indicator: Indicator, *, targets: bool) -> Row:
        values = (indicator.month, indicator.year, indicator.project)
        figures = self._figures
        trained = (figures.training_month, figures.training_year, figures.training_project)
        month, year, project = (
            self._cells(indicator, value, one.all_events.events) for value, one in zip(values, trained, strict=True)
        )
        inset = indicator.code in INSET
        cells = (_(INDICATORS[indicator.code]), *month, *year, project[-1])
        target = self._target(indicator, known=year[-1] != NOTHING) if targets else ()
        return Row((*cells, *target), indent=int(inset))

    def _target(self, indicator: Indicator, *, known: bool) -> Cells:
        """The target and how far the year is; `known` says whether there is a figure of the year."""
        line = self._targets.get(indicator.code)
        if line is None:
            return ("", "")
        target = target_words(line, line.target, self._language)
        return (target, reached_words(line, self._language) if known else NOTHING)

    def _cells(self, indicator: Indicator, value: Value, events: int) -> Cells:
        if isinstance(value, BySex):
            return self._by_sex(value)
        write: dict[str, Callable[[], str]] = {
            "percent": lambda: percent(value, self._language),
            "points": lambda: number(value, self._language, decimals=1, sign=True),
            "score": lambda: number(value, self._language, decimals=2, sign=True),
            "hours": lambda: hours_words(value or 0, events, self._language),
        }
        return ("", "", "", write.get(indicator.unit, lambda: number(value, self._language))())

    def _age(self, new: Counted, returning: Counted) -> Cells:
        longer = (new.year.total, returning.year.total, new.project.total, returning.project.total)
        return (*self._by_sex(new.month), *self._by_sex(returning.month), *self._numbers(*longer))

    def _line(self, line: Line) -> Cells:
        return self.counted(Counted(line.month, line.year, line.project))

    def counted(self, counted: Counted) -> Cells:
        """A count of people in the columns of every table of people."""
        return (*self._by_sex(counted.month), *self._by_sex(counted.year), self._n(counted.project.total))

    def _periods(self) -> tuple[tuple[str, bool], ...]:
        return ((_("Month"), True), (_("Year"), False), (_("Project"), False))

    def _numbers(self, *values: int) -> Cells:
        return tuple(self._n(value) for value in values)

    def _by_sex(self, count: BySex) -> Cells:
        return tuple(self._n(value) for value in (count.men, count.women, count.unknown, count.total))

    def _n(self, value: int) -> str:
        return number(value, self._language)

    def _label(self, list_name: str, code: str) -> str:
        if code == UNKNOWN and code not in vocabulary(list_name):
            return _("Not known")
        if code == MERGED and code not in vocabulary(list_name):
            return _("Special protection")
        return vocabulary(list_name).label(code, self._language)
