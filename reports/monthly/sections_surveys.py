# SPDX-License-Identifier: Apache-2.0
"""R17: what questionnaires yield in figures, and how the first answers compare with the last ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reports.monthly.columns import MEASURED, REACHED, blanks, measure
from reports.monthly.figures import MonthlyFigures
from reports.monthly.setting import Setting
from reports.monthly.surveys import RSS, ScaleLine, Survey
from reports.tables.model import Cell, Column, Row, Section, Table, Unit, figure
from resource_centre.i18n import _
from resource_centre.services.rules import rule

_WIDE = 10
"""A scale that reaches further than this is written with one decimal, any other with two."""


def survey_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R17, the survey of reintegration."""
    survey = figures.surveys.of(RSS)
    if survey is None or not survey.scales:
        return None
    return _section("R17", survey.title[setting.language], [survey], setting, headed=False)


def other_surveys_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """The same of the other questionnaires that yield figures."""
    others = [one for one in figures.surveys.scored if one.questionnaire != RSS]
    return _section("surveys", _("Figures of other questionnaires"), others, setting, headed=True) if others else None


def _section(key: str, heading: str, surveys: Sequence[Survey], setting: Setting, *, headed: bool) -> Section:
    columns = tuple(_columns(setting))
    rows: list[Row] = []
    for survey in surveys:
        if headed:
            title = (survey.title[setting.language],)
            rows.append(Row(survey.questionnaire, title, blanks(len(columns)), "section"))
        stem = f"{survey.questionnaire}." if headed else ""
        rows += [_line(key, f"{stem}{plain_key(line.scale)}", line, setting, inset=headed) for line in survey.scales]
    head = _("Figure") if headed else _("Dimension")
    table = Table(key, heading, (head,), columns, tuple(rows), terms=("questionnaires",), additive=False)
    return Section(key, heading, (table,), notes=tuple(_notes(surveys, setting.language)))


def _columns(setting: Setting) -> Iterator[Column]:
    for one in setting.without_project:
        yield measure(one, "n", _("People"), hxl=REACHED)
        yield measure(one, "mean", _("Mean"), hxl=MEASURED)
    project, matched = setting.periods[-1], _("Before and after, project")
    yield measure(project, "pairs", _("Pairs"), group=matched, hxl=REACHED)
    yield measure(project, "before", _("Before"), group=matched, hxl=MEASURED)
    yield measure(project, "after", _("After"), group=matched, hxl=MEASURED)
    yield measure(project, "change", _("Difference"), group=matched, hxl=MEASURED, strong=True)
    yield measure(project, "low", _("95\u00a0% from"), group=matched, hxl=MEASURED)
    yield measure(project, "high", _("95\u00a0% to"), group=matched, hxl=MEASURED)


def _line(table: str, key: str, line: ScaleLine, setting: Setting, *, inset: bool) -> Row:
    cells = tuple(_cells(f"{table}/{key}", line, setting))
    return Row(key, (line.label[setting.language],), cells, indent=int(inset))


def _cells(stem: str, line: ScaleLine, setting: Setting) -> Iterator[Cell]:
    decimals = 1 if line.high is not None and line.high > _WIDE else 2

    def of(value: float | None, unit: Unit, counted: str, pairs: int) -> Cell:
        facts: dict[str, Any] = {"decimals": decimals, "of": (f"{stem}/{counted}",), "pairs": pairs}
        return figure(value, unit, **facts)

    for one in setting.without_project:
        yield figure(line.n[one.at], "people")
        yield of(line.mean[one.at], "mean", f"{one.key}.n", line.n[one.at])
    project = setting.periods[-1]
    matched, pairs = line.matched[project.at], f"{project.key}.pairs"
    yield figure(matched.n, "people")
    yield from (of(value, "mean", pairs, matched.n) for value in (matched.before, matched.after))
    yield from (of(value, "score", pairs, matched.n) for value in (matched.change, matched.low, matched.high))


def _notes(surveys: Sequence[Survey], language: str) -> Iterator[str]:
    """What must be said of figures, once each, with the questionnaire it is said of."""
    said: dict[str, list[str]] = {}
    for survey in surveys:
        if survey.caution[language]:
            said.setdefault(survey.caution[language], []).append(survey.title[language])
    yield from (f"{', '.join(titles)}: {caution}" for caution, titles in said.items())
    least = _("Means and changes of fewer than {least} people are not shown.")
    yield least.format(least=int(rule("least_matched")))
    yield _("A score never decides whether somebody gets a service.")


def plain_key(name: str) -> str:
    """A name of a form as a part of a figure's key, in which a stroke parts the table from its rows."""
    return name.replace("/", ".")
