# SPDX-License-Identifier: Apache-2.0
"""Training: R20 events and who came, R23 trainers and whom they reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reports.monthly.columns import COUNTED, NARROW, REACHED, by_sex, measure, sexes
from reports.monthly.counts import UNKNOWN
from reports.monthly.figures import MonthlyFigures
from reports.monthly.setting import Setting, Shown
from reports.monthly.training import ALL, EventLine, Training
from reports.monthly.values import hours_cell
from reports.monthly.words import NO_EVENT
from reports.tables.building import body_keys, with_sexes, with_sums, with_total
from reports.tables.model import Cell, Column, Row, Section, Table, figure, total
from resource_centre.i18n import _
from resource_centre.services.cascade import Cascade, GenerationLine, LevelLine

Cells = Callable[[str, Sequence[EventLine]], Iterator[Cell]]


def events_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R20: events, hours and participants by type; then who came besides them."""
    heading = _("Training events")
    held = (figures.training_month, figures.training_year, figures.training_project)
    if not held[-1].events:
        nothing = Table("R20", heading, (_("Kind of event"),), (), (), terms=("training",), empty=_(NO_EVENT))
        return Section("R20", heading, (nothing,))
    note = _("Reach is an estimate of who heard or saw something. It is no number of participants or of people served.")
    return Section("R20", heading, (_events(held, heading, setting), _besides(held, setting)), notes=(note,))


def _events(held: Sequence[Training], heading: str, setting: Setting) -> Table:
    this, *longer = setting.periods
    columns = [measure(this, "events", _("Events")), measure(this, "hours", _("Hours")), *sexes(this)]
    for one in longer:
        columns += [measure(one, "events", _("Events")), measure(one, "hours", _("Hours"))]
        columns += [measure(one, "total", _("People"), strong=True, hxl=REACHED)]

    def cells(key: str, lines: Sequence[EventLine]) -> Iterator[Cell]:
        for one in setting.periods:
            line = lines[one.at]
            yield figure(line.events)
            yield _hours(line, f"R20/{key}/{one.key}.events")
            yield from by_sex(line.participants) if one == this else (figure(line.participants.total, "people"),)

    return with_sexes(_by_kind("R20", heading, columns, held, setting, cells))


def _hours(line: EventLine, events: str) -> Cell:
    made = hours_cell(line.hours, line.events)
    return figure(made.value, made.unit, decimals=made.decimals, of=(events,))


def _besides(held: Sequence[Training], setting: Setting) -> Table:
    """Who was only counted, the young, those with a disability; reach stands by itself."""
    this, *longer = setting.without_project
    counted = _("Counted only, {period}").format(period=this.heading.lower())
    columns = [
        measure(this, "counted.L", _("Men"), group=counted, hxl=REACHED, width=NARROW),
        measure(this, "counted.P", _("Women"), group=counted, hxl=REACHED, width=NARROW),
        measure(this, "counted.unknown", _("Not known"), group=counted, hxl=REACHED),
        measure(this, "youth", _("Young"), hxl=REACHED),
        measure(this, "disability", _("With a disability"), hxl=REACHED, width=46),
        measure(this, "reach", _("Reach"), strong=True),
    ]
    for one in longer:
        columns += [measure(one, "counted.total", _("Counted only"), hxl=REACHED, width=40)]
        columns += [measure(one, "reach", _("Reach"), strong=True)]

    def cells(_key: str, lines: Sequence[EventLine]) -> Iterator[Cell]:
        line = lines[this.at]
        heads = (line.counted.men, line.counted.women, line.counted.unknown, line.youth, line.disability)
        yield from (figure(value, "people") for value in heads)
        yield figure(line.reach)
        for one in longer:
            yield figure(lines[one.at].counted.total, "people")
            yield figure(lines[one.at].reach)

    return _by_kind("R20.besides", _("Who came besides them"), columns, held, setting, cells)


def _by_kind(
    key: str, title: str, columns: Sequence[Column], held: Sequence[Training], setting: Setting, cells: Cells
) -> Table:
    """A line for each kind of event there ever was, and all kinds together."""
    by_code = [{line.training_type: line for line in one.events} for one in held]
    rows = []
    for code in by_code[-1]:
        lines = [one.get(code, EventLine("")) for one in by_code]
        rows.append(Row(code, (setting.label("training_type", code),), tuple(cells(code, lines))))
    parts = body_keys(rows)
    rows.append(Row("total", (_("Together"),), tuple(cells("total", [one.all_events for one in held])), "total"))
    table = Table(key, title, (_("Kind of event"),), tuple(columns), tuple(rows), terms=("training", "sex"))
    return with_total(table, parts)


def trainers_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R23 of a centre that keeps trainers."""
    found = figures.trainers
    if not found.known:
        return None
    heading, longest = _("Trainers and whom they reach"), setting.periods[-1]
    tables = [_levels(found.cascade, heading, longest, setting)] if found.cascade.levels else []
    if found.cascade.generations:
        tables.append(_generations(found.cascade, longest))
    return Section("R23", heading, tuple(tables))


def _levels(found: Cascade, heading: str, project: Shown, setting: Setting) -> Table:
    """Trainers by level."""
    active = _("Active in {n} months").format(n=found.active_months)
    columns = (
        _alone(project, "trainers", _("Trainers"), strong=True), _alone(project, "certified", _("Certified")),
        _alone(project, "active", active, width=70), _alone(project, "sessions", _("Sessions")),
        _alone(project, "each", _("Sessions each"), width=60),
    )  # fmt: skip
    rows = [
        Row(line.level or UNKNOWN, (setting.label("trainer_level", line.level or UNKNOWN),), _level(line, project))
        for line in found.levels
    ]
    parts = body_keys(rows)
    rows.append(Row("total", (_("Together"),), _level(found.all_levels, project), "total"))
    table = Table("R23", heading, (_("Level"),), columns, tuple(rows), terms=("trainers",), additive=False)
    return with_total(table, parts)


def _level(line: LevelLine, project: Shown) -> tuple[Cell, ...]:
    key = f"R23/{'total' if line.level == ALL else line.level or UNKNOWN}/{project.key}"
    of = (f"{key}.sessions", f"{key}.trainers")
    each = figure(line.sessions_each, "mean", decimals=1, of=of, pairs=line.trainers)
    counts = (line.trainers, line.certified, line.active, line.sessions)
    return (*(figure(count) for count in counts), each)


def _generations(found: Cascade, project: Shown) -> Table:
    """Whom each generation of trainers has reached, everybody once."""
    columns = (
        _alone(project, "trainers", _("Trainers")), _alone(project, "sessions", _("Sessions")),
        _alone(project, "people", _("People"), strong=True, hxl=REACHED),
        _alone(project, "women", _("Women"), hxl=REACHED), _alone(project, "men", _("Men"), hxl=REACHED),
        _alone(project, "also_reached", _("Reached before by an earlier one"), width=84, hxl=REACHED),
        _alone(project, "heads", _("Counted only"), width=56, hxl=REACHED),
    )  # fmt: skip
    lines = found.generations
    rows = [Row(str(line.generation), (str(line.generation),), _generation(line)) for line in lines]
    parts = body_keys(rows)
    sums = GenerationLine(0, **{name: sum(getattr(line, name) for line in lines) for name in _REACHED})
    rows.append(Row("total", (_("Together"),), _generation(sums), "total"))
    title = _("Whom each generation has reached, in the project so far")
    table = Table(
        "R23.generations", title, (_("Generation"),), columns, tuple(rows), terms=("trainers",), additive=False
    )
    table = with_total(table, parts)
    whole = all(line.women + line.men == line.people for line in lines)
    keys = [f"R23.generations/{row.key}/{project.key}" for row in rows] if whole else []
    return with_sums(table, *(total(f"{key}.people", (f"{key}.women", f"{key}.men")) for key in keys))


_REACHED = ("trainers", "sessions", "people", "women", "men", "also_reached", "heads")


def _generation(line: GenerationLine) -> tuple[Cell, ...]:
    return tuple(figure(getattr(line, name), "people" if at > 1 else "count") for at, name in enumerate(_REACHED))


def _alone(
    shown: Shown, name: str, heading: str, *, strong: bool = False, width: float | None = None, hxl: str = COUNTED
) -> Column:
    """A column that needs no heading of its period above it."""
    return Column(f"{shown.key}.{name}", heading, "", strong, f"{hxl}+{name}+{shown.key}", width)
