# SPDX-License-Identifier: Apache-2.0
"""From a typed chart to the shapes it is drawn with: one plan for paper, web page and screen.

Nothing here needs the libraries of paper or of windows, so that a window plans its charts without loading those.
"""

from __future__ import annotations

from dataclasses import replace

from reports.kit.chart_across import plan_across
from reports.kit.chart_axis import Axis, axis_for
from reports.kit.chart_bars import plan_upright, stand_well
from reports.kit.chart_lines import plan_lines
from reports.kit.chart_room import no_figures
from reports.kit.chart_shapes import LEADING, ChartPlan, Measure
from reports.kit.chart_stacks import MOST_SERIES, stacks
from reports.tables.model import Chart
from resource_centre.i18n import _, using

HEIGHT = 132.0


def plan_chart(
    chart: Chart, *, language: str, width: float, height: float = HEIGHT, measure: Measure | None = None
) -> ChartPlan:
    """The chart in this room (points); it is higher where its words need it, and bars that lie are as high as they are.

    `measure` tells how wide a text is; without it the fonts of papers are asked. Bars whose names have no room below
    them are laid down. ValueError for more series than can be told apart.
    """
    if len(chart.series) > MOST_SERIES:
        raise ValueError("a chart tells four series apart")
    with using(language):
        if not _shows_anything(chart):
            shapes, spots = no_figures(width, _("There are no figures for this chart."))
            return ChartPlan(width, LEADING * 2.5, shapes, spots, chart.title, chart.words or spots[0].words)
        plan = _planned(chart, _axis(chart, language), (width, height), measure or _on_paper)
    said = "; ".join(spot.words for spot in plan.spots)
    return replace(plan, words=chart.words or said)


def _planned(chart: Chart, axis: Axis, size: tuple[float, float], measure: Measure) -> ChartPlan:
    if chart.kind == "lines":
        return plan_lines(chart, axis, *size, measure)
    if chart.kind == "across" or not stand_well(chart, size[0], measure):
        return plan_across(chart, axis, size[0], measure)
    return plan_upright(chart, axis, *size, measure)


def _shows_anything(chart: Chart) -> bool:
    return any(
        value is not None or row.sign(at) for row in chart.series for at, value in enumerate(row.values)
    )  # fmt: skip


def _axis(chart: Chart, language: str) -> Axis:
    if chart.kind == "lines":
        figures = [value for row in chart.series for at, value in enumerate(row.values)
                   if value is not None and not row.sign(at)]  # fmt: skip
    else:
        figures = [end for one in stacks(chart) for end in (one.top, one.bottom)]
    return axis_for(figures, chart.unit, language, chart.highest)


def _on_paper(text: str, strong: bool, size: float) -> float:
    from reports.kit import fonts

    return fonts.width(text, fonts.BOLD if strong else fonts.REGULAR, size)
