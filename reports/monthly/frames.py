# SPDX-License-Identifier: Apache-2.0
"""The frames of a report: indicators by objectives of the Global Compact, by SDG targets, in the logframe; projects.

Definitions are those in force on the last day of the period. Baselines are the whole centre's: a report on one place or
one project has none. Targets are the whole centre's or the project's; a place has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from reports.monthly.counts import BySex, percent_of
from reports.monthly.frames_own import own_value
from reports.monthly.frames_projects import ProjectFigures, project_figures
from reports.monthly.headline import Value, plain_value
from reports.monthly.scope import Scope
from resource_centre.access import viewer_of
from resource_centre.records import IndicatorTarget
from resource_centre.services.indicator_definitions import Definition, definitions_on
from resource_centre.services.indicator_targets import targets_of
from resource_centre.services.logframe import logframe_of
from resource_centre.services.projects import project_of
from resource_centre.vocabulary import vocabulary

if TYPE_CHECKING:
    from reports.monthly.figures import MonthlyFigures


@dataclass(frozen=True)
class FrameIndicator:
    """An indicator as it is defined, its figures in the three periods, and what its year is to come to.

    `month`, `year` and `project` are None where there is nothing to tell.
    """

    definition: Definition
    month: Value = None
    year: Value = None
    project: Value = None
    target: float | None = None
    target_source: str | None = None

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.definition.code

    @property
    def told(self) -> bool:
        """Whether there is anything to print: a figure that is not nought, a target or a baseline."""
        figures = (whole(value) for value in (self.month, self.year, self.project))
        return any(figures) or self.target is not None or self.definition.baseline is not None

    @property
    def share(self) -> float | None:
        """How much of the way is done, in per cent; None where a share says nothing.

        What grows over the year begins every year at nought: its share of the target. A mean, a share or what stands on
        one day: its part of the way from the baseline to the target, which may lead downwards.
        """
        reached, target, baseline = whole(self.year), self.target, self.definition.baseline
        if reached is None or target is None:
            return None
        if self.definition.cumulative:
            return None if self.definition.fewer else percent_of(reached, target)
        return None if baseline is None else percent_of(reached - baseline, target - baseline)

    @property
    def difference(self) -> float | None:
        """By how much the year is above the target, or below it, where no share is told."""
        reached = whole(self.year)
        if reached is None or self.target is None or self.share is not None:
            return None
        return reached - self.target

    @property
    def met(self) -> bool | None:
        """Whether the target is met: of what is better in small numbers, whether it is not above it."""
        reached = whole(self.year)
        if reached is None or self.target is None:
            return None
        return reached <= self.target if self.definition.fewer else reached >= self.target

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        one = self.definition
        return {
            "code": one.code,
            "edition": one.edition,
            "unit": one.unit,
            "formula": one.formula,
            "gcm": list(one.gcm),
            "sdg": list(one.sdg),
            "direction": one.direction,
            "baseline": one.baseline,
            "baseline_on": one.baseline_on.isoformat() if one.baseline_on else None,
            "month": plain_value(self.month),
            "year": plain_value(self.year),
            "project": plain_value(self.project),
            "target": self.target,
            "share": self.share,
            "difference": self.difference,
            "met": self.met,
        }


@dataclass(frozen=True)
class LogLine:
    """A line of the logframe; `indicators` are codes."""

    code: str
    level: str
    statement: str
    indicators: tuple[str, ...] = ()
    means: str = ""
    assumptions: str = ""


@dataclass(frozen=True)
class Frames:
    """Everything that ties the figures to what others ask for. `logframe_of` names the project whose logframe it is;
    empty for the centre's own."""

    indicators: tuple[FrameIndicator, ...] = ()
    logframe: tuple[LogLine, ...] = ()
    logframe_of: str = ""
    projects: tuple[ProjectFigures, ...] = ()
    year: int = 0

    def indicator(self, code: str) -> FrameIndicator | None:
        """One indicator; None when it is not defined on the last day of the period."""
        return next((one for one in self.indicators if one.code == code), None)

    def by_objective(self) -> dict[str, list[FrameIndicator]]:
        """Indicators with something to tell by objective of the Global Compact, in the order of its numbers."""
        return self._grouped("gcm", "gcm_objective")

    def by_goal(self) -> dict[str, list[FrameIndicator]]:
        """The same by target of the SDGs."""
        return self._grouped("sdg", "sdg_target")

    def as_dict(self) -> dict[str, Any]:
        """For JSON: of the logframe its numbers and indicators, without what somebody wrote."""
        return {
            "indicators": [one.as_dict() for one in self.indicators],
            "logframe": [{"code": o.code, "level": o.level, "indicators": list(o.indicators)} for o in self.logframe],
            "projects": [one.as_dict() for one in self.projects],
        }

    def _grouped(self, name: str, list_name: str) -> dict[str, list[FrameIndicator]]:
        known = sorted(vocabulary(list_name).codes, key=_numbers)
        told = [one for one in self.indicators if one.told]
        found = {code: [one for one in told if code in getattr(one.definition, name)] for code in known}
        return {code: ones for code, ones in found.items() if ones}


def frames_of(session: Session, figures: MonthlyFigures) -> Frames:
    """The frames of a report, as far as the session's account may see what is counted for them."""
    last, scope = figures.month.last, Scope(figures.place, figures.fund)
    project = project_of(session, figures.fund)
    lines = logframe_of(session, project.id if project is not None else None)
    shown = figures.place is None and (figures.fund is None or project is not None)
    return Frames(
        indicators=tuple(_indicators(session, figures, definitions_on(session, last))),
        logframe=tuple(_line(one) for one in lines) if shown else (),
        logframe_of=(project.name or project.code or "") if project is not None else "",
        projects=project_figures(session, figures.span, scope) if figures.fund is None else (),
        year=last.year,
    )


def _indicators(
    session: Session, figures: MonthlyFigures, definitions: Mapping[str, Definition]
) -> Iterator[FrameIndicator]:
    scope = Scope(figures.place, figures.fund)
    counted = {one.code: one for one in figures.indicators}
    targets = _targets(session, figures)
    whole_centre = figures.place is None and figures.fund is None
    for code, definition in definitions.items():
        one = definition if whole_centre else replace(definition, baseline=None, baseline_on=None, baseline_source=None)
        month: Value = None
        year: Value = None
        project: Value = None
        if code in counted:
            month, year, project = counted[code].month, counted[code].year, counted[code].project
        elif definition.own:
            month, year, project = own_value(session, definition.formula, figures.span, scope)
        goal = targets.get(code)
        target, source = (goal.target, goal.source) if goal is not None else (None, None)
        yield FrameIndicator(one, month, year, project, target, source)


def _targets(session: Session, figures: MonthlyFigures) -> dict[str, IndicatorTarget]:
    """Those of the whole centre or the project; who sees a part of the centre only is not measured by them."""
    if figures.place is not None or viewer_of(session).bound is not None:
        return {}
    return targets_of(session, figures.month.last.year, fund=figures.fund)


def _line(line: Any) -> LogLine:
    return LogLine(
        line.code or "", line.level or "", line.statement or "", tuple(line.indicators or ()), line.means or "",
        line.assumptions or "",
    )  # fmt: skip


def whole(value: Value) -> float | None:
    """A figure; of people all together."""
    return value.total if isinstance(value, BySex) else value


def _numbers(code: str) -> tuple[tuple[int, str], ...]:
    """10.7 before 10.c, and both behind 8.10."""
    parts = code.split(".")
    return tuple((int(part), "") if part.isdecimal() else (10**6, part) for part in parts)
