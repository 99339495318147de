# SPDX-License-Identifier: Apache-2.0
"""The frames of a report as tables: by objective of the Global Compact, by SDG target, the logframe, by project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from reports.disclosure.figures import PROJECTS
from reports.disclosure.sums import Sum
from reports.kit.words import long_date
from reports.monthly.columns import MEASURED, blanks, people, people_columns
from reports.monthly.counts import BySex, Counted
from reports.monthly.figures import MonthlyFigures
from reports.monthly.frames import FrameIndicator, Frames
from reports.monthly.frames_projects import ProjectFigures
from reports.monthly.frames_values import counted_cell, from_target_cell, planned_cell
from reports.monthly.project_keys import NO_PROJECT, key_of_fund
from reports.monthly.setting import Setting, Shown
from reports.monthly.words import INDICATOR_TERMS, INDICATORS
from reports.tables.building import with_sexes, with_sums
from reports.tables.model import BLANK, Cell, CellId, Column, Row, Section, Table, figure, total
from resource_centre.i18n import N_, _
from resource_centre.services.indicator_definitions import Definition
from resource_centre.vocabulary import vocabulary

GCM, SDG, LOGFRAME = "gcm", "sdg", "logframe"
BASELINE: Final = "baseline"
OWN: Final = "own-"
"""Begins the key of what the centre itself defined, in the key of its row."""
_PAID: Final = (
    ("people", N_("People reached")),
    ("services", N_("Services given")),
    ("sessions", N_("Sessions attended")),
    ("participants", N_("Participants in training")),
)
_SAME: Final = {"services": "services", "participants": "training_participants"}
"""Rows that with what nobody paid are a row of R1."""


PAID: Final = N_(
    "Services, events, assistance and cases bear the code of the project that pays. Sessions, follow-ups, referrals, "
    "complaints, plans and savings goals belong to it with their case, a contact with a service given at it. People "
    "count when they had anything of it; they are new when it is their first service that the project pays. Savings "
    "groups are no project's."
)


def frame_sections(figures: MonthlyFigures, setting: Setting) -> Iterator[Section]:
    """What this centre has of them, in this order; the language of the report must be active."""
    frames = figures.frames
    printed = _Printed(frames, setting)
    objectives = _("Indicators by objective of the Global Compact")
    goals = _("Indicators by target of the Sustainable Development Goals")
    made = (
        printed.framed(GCM, objectives, frames.by_objective(), "gcm_objective"),
        printed.framed(SDG, goals, frames.by_goal(), "sdg_target"),
        printed.logframe(),
        _projects(figures, setting),
    )
    yield from (section for section in made if section is not None)


def frame_definitions(figures: MonthlyFigures, language: str) -> tuple[tuple[str, str, str], ...]:
    """Key, term and text of what the centre defines itself, with its edition; that the rest is the program's; and what
    is paid by a project, where there are any."""
    frames = figures.frames
    found = [_defined(one.definition, language) for one in frames.indicators if one.definition.record_id is not None]
    if frames.indicators:
        rest = _("Indicators that are not defined here by name are counted as the program defines them, in edition 1.")
        found.append(("editions", _("Editions"), rest))
    if frames.projects or figures.fund is not None:
        found.append(("paid", _("Paid by a project"), _(PAID)))
    return tuple(found)


def _defined(one: Definition, language: str) -> tuple[str, str, str]:
    words = _("{text} Edition {edition}, valid from {day}.").format(
        text=one.text(language) or one.name(language), edition=one.edition, day=long_date(one.valid_from, language)
    )
    return f"indicator.{one.code}", one.name(language), words


@dataclass
class _Printed:
    """Tables of indicators; a figure that stands in the report already is marked as the same one."""

    frames: Frames
    setting: Setting
    _first: dict[str, str] = field(default_factory=dict)
    """Where the figures of an indicator of the centre's own stand first: table and row."""

    def framed(
        self, key: str, heading: str, groups: Mapping[str, list[FrameIndicator]], list_name: str
    ) -> Section | None:
        """A block for each objective or goal."""
        rows: list[Row] = []
        for code, indicators in groups.items():
            name = vocabulary(list_name).label(code, self.setting.language)
            rows.append(Row(code, (f"{key.upper()} {code}  {name}",), blanks(len(self.columns)), "section"))
            rows += [self._row(key, f"{code}.", one) for one in indicators]
        return self._section(key, heading, ("",), rows)

    def logframe(self) -> Section | None:
        """Each line with its indicators below it, how it is verified, and what is assumed."""
        rows: list[Row] = []
        for at, line in enumerate(self.frames.logframe):
            level = vocabulary("logframe_level")
            indent = level.codes.index(line.level) if line.level in level else 0
            words = f"{level.label(line.level, self.setting.language)} {line.code}  {line.statement}"
            plain = (f"{level.label(line.level, self.setting.language)} {line.code}",)
            rows.append(Row(f"{at}", (words,), blanks(len(self.columns)), "section", indent, untyped=plain))
            found = (self.frames.indicator(code) for code in line.indicators)
            rows += [self._row(LOGFRAME, f"{at}.", one, indent + 1) for one in found if one is not None]
            rows += [
                Row(f"{at}.{name}", (said,), blanks(len(self.columns)), "quiet", indent + 1, untyped=())
                for name, said in _behind(line.means, line.assumptions)
            ]
        heading = _("Logical framework")
        if self.frames.logframe_of:
            heading = _("Logical framework of {project}").format(project=self.frames.logframe_of)
        return self._section(LOGFRAME, heading, ("",), rows)

    def _section(self, key: str, heading: str, heads: tuple[str, ...], rows: list[Row]) -> Section | None:
        if not rows:
            return None
        table = Table(key, heading, heads, self.columns, tuple(rows), terms=("period", "editions"), additive=False)
        return Section(key, heading, (table,), notes=tuple(self._notes(rows)))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The baseline, the periods, the target and how far it is; the first and the last only where there are any."""
        first = Column(BASELINE, _("Baseline"), hxl="#indicator+baseline+num")
        periods = tuple(
            Column(f"{one.key}.total", one.heading, strong=not at, hxl=f"{MEASURED}+{one.key}")
            for at, one in enumerate(self.setting.periods)
        )
        year = _("Target {year}").format(year=self.frames.year)
        last = (Column("target", year, hxl="#targeted"), Column("reached", _("Reached"), hxl="#indicator+reached+pct"))
        return (*((first,) if self._baselines else ()), *periods, *(last if self._targets else ()))

    @property
    def _baselines(self) -> bool:
        return any(one.definition.baseline is not None for one in self.frames.indicators)

    @property
    def _targets(self) -> bool:
        return any(one.target is not None for one in self.frames.indicators)

    def _row(self, table: str, before: str, one: FrameIndicator, indent: int = 1) -> Row:
        definition = one.definition
        key = f"{before}{OWN if definition.own else ''}{one.code}"
        cells: list[Cell] = []
        if self._baselines:
            known_from = definition.baseline is not None
            cells.append(planned_cell(definition.baseline, definition.unit) if known_from else BLANK)
        cells += [self._figure(table, key, one, shown) for shown in self.setting.periods]
        if self._targets:
            cells += self._reached(table, key, one)
        known = definition.record_id is not None
        terms = (f"indicator.{one.code}",) if known else INDICATOR_TERMS.get(one.code, ())
        return Row(
            key, (definition.name(self.setting.language),), tuple(cells), indent=indent, terms=terms,
            untyped=_untyped(definition),
        )  # fmt: skip

    def _figure(self, table: str, key: str, one: FrameIndicator, shown: Shown) -> Cell:
        value, of = (one.month, one.year, one.project)[shown.at], self._same(table, key, one, shown)
        return counted_cell(value, one.definition.unit, one.code, of=of, repeats=bool(of))

    def _same(self, table: str, key: str, one: FrameIndicator, shown: Shown) -> tuple[CellId, ...]:
        """The figure of R1 that this one is; of the centre's own where it stands first."""
        if not one.definition.own:
            return (f"R1/{one.code}/{shown.key}.total",)
        here = f"{table}/{key}"
        first = self._first.setdefault(one.code, here)
        return () if first == here else (f"{first}/{shown.key}.total",)

    def _reached(self, table: str, key: str, one: FrameIndicator) -> tuple[Cell, Cell]:
        if one.target is None:
            return BLANK, BLANK
        year = next((shown for shown in self.setting.periods if shown.key == "year"), self.setting.this)
        of = self._same(table, key, one, year) or (f"{table}/{key}/{year.key}.total",)
        goal = planned_cell(one.target, one.definition.unit)
        if one.share is not None:
            # Of a way from the baseline whoever knows how much is done and the target knows the baseline.
            begun = () if one.definition.cumulative else (f"{table}/{key}/{BASELINE}",)
            return goal, figure(one.share, "percent", of=(*of, *begun))
        return goal, from_target_cell(one.difference, one.definition.unit, one.code, of)

    def _notes(self, rows: Iterable[Row]) -> Iterator[str]:
        shown = {row.key.rpartition(".")[2].removeprefix(OWN) for row in rows}
        told = [one for one in self.frames.indicators if one.code in shown]
        if any(one.share is not None and not one.definition.cumulative for one in told):
            yield _("Reached, of shares and means: how much of the way from the baseline to the target.")
        if any(one.difference is not None for one in told):
            yield _("Reached, with a sign: above or below the target.")
        fewer = [one.definition.name(self.setting.language) for one in told if one.definition.fewer and one.target]
        if fewer:
            yield _("The fewer the better: {names}.").format(names=", ".join(fewer))
        sources = [self._baseline(one) for one in told if one.definition.baseline is not None]
        if sources:
            yield _("Baselines: {sources}.").format(sources="; ".join(sources))

    def _baseline(self, one: FrameIndicator) -> str:
        definition, language = one.definition, self.setting.language
        day = long_date(definition.baseline_on, language) if definition.baseline_on is not None else ""
        said = ", ".join(part for part in (day, definition.baseline_source or "") if part)
        return f"{definition.name(language)} ({said})" if said else definition.name(language)


def _untyped(definition: Definition) -> tuple[str, ...] | None:
    """The program's own name where the centre may have written another; nothing of an indicator it wrote itself."""
    if definition.own:
        return ()
    return (_(INDICATORS[definition.code]),) if definition.record_id is not None else None


def _behind(means: str, assumptions: str) -> Iterator[tuple[str, str]]:
    if means:
        yield "means", _("Verified by: {means}").format(means=means)
    if assumptions:
        yield "assumptions", _("Assumed: {assumptions}").format(assumptions=assumptions)


def _projects(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """A block for each project; what no project paid stands last, so that all of it is the centre's."""
    projects = figures.frames.projects
    if not projects:
        return None
    columns, heading = people_columns(setting), _("What each project paid for")
    rows = [row for one in projects for row in _of_project(one, setting, len(columns))]
    rest = _unpaid(figures)
    rows.append(Row(NO_PROJECT, (_("Paid by no project"),), blanks(len(columns)), "section"))
    rows += [_people_row("", name, words, rest[name], setting) for name, words in _PAID if name in rest]
    table = with_sexes(Table(PROJECTS, heading, ("",), columns, tuple(rows), terms=("paid", "sex"), additive=False))
    return Section(PROJECTS, heading, (with_sums(table, *_together(projects, rest, setting)),))


def _of_project(one: ProjectFigures, setting: Setting, width: int) -> Iterator[Row]:
    donor = " · ".join(part for part in (one.name, one.donor) if part)
    told = f"{one.fund}  {donor}".rstrip()
    yield Row(key_of_fund(one.fund), (told,), blanks(width), "section", untyped=(one.fund,))
    for name, words in _PAID:
        yield _people_row(one.fund, name, words, getattr(one, name), setting)
    yield _total_row(one.fund, "events", _("Training events"), [figure(count) for count in one.events], setting)
    for currency, three in one.amounts.items():
        given = one.given.get(currency, (0, 0, 0))
        cells = [figure(amount, "money", pairs=count) for amount, count in zip(three, given, strict=True)]
        words = _("Assistance ({currency})").format(currency=currency)
        yield _total_row(one.fund, f"amount.{currency}", words, cells, setting)
    if one.used is not None:
        spent = f"{PROJECTS}/{key_of_fund(one.fund)}.amount.{one.currency}/project.total"
        of = (spent,) if one.currency in one.amounts else ()
        cells = [BLANK, BLANK, figure(one.used, "percent", of=of, decimals=1)]
        yield _total_row(one.fund, "used", _("Assistance in per cent of the budget"), cells, setting)


def _people_row(fund: str, name: str, words: str, counted: Counted, setting: Setting) -> Row:
    return Row(f"{key_of_fund(fund)}.{name}", (_(words),), people(counted, setting), indent=1)


def _total_row(fund: str, name: str, words: str, three: list[Cell], setting: Setting) -> Row:
    """One figure for each period, in its column of totals."""
    cells = [cell for one in setting.by_sex for cell in (*blanks(3), three[one.at])]
    return Row(f"{key_of_fund(fund)}.{name}", (words,), (*cells, three[setting.periods[-1].at]), indent=1)


def _unpaid(figures: MonthlyFigures) -> dict[str, Counted]:
    """What of the centre's work no project paid for."""
    found = {}
    for name, code in _SAME.items():
        indicator = figures.indicator(code)
        every = [value for value in (indicator.month, indicator.year, indicator.project) if isinstance(value, BySex)]
        paid = sum((getattr(one, name) for one in figures.frames.projects), Counted())
        if len(every) == len(tuple(paid)):
            found[name] = Counted(*(one - other for one, other in zip(every, paid, strict=True)))
    return found


def _together(
    projects: Iterable[ProjectFigures], rest: Mapping[str, Counted], setting: Setting
) -> Iterator[Sum]:  # fmt: skip
    funds = [*(key_of_fund(one.fund) for one in projects), NO_PROJECT]
    keys = [column.key for column in people_columns(setting)]
    for name in rest:
        for key in keys:
            parts = [f"{PROJECTS}/{fund}.{name}/{key}" for fund in funds]
            yield total(f"R1/{_SAME[name]}/{key}", parts)
