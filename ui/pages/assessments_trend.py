# SPDX-License-Identifier: Apache-2.0
"""The figures of one questionnaire over time: a chart, the same as a table, and what is to be said under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from resource_centre.i18n import _, language
from ui.kit.chart import ChartView
from ui.kit.desk import Desk
from ui.kit.pieces import WIDE_GAP, Card, label
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date, show_partial
from ui.pages.questionnaires_counts import difference_words, figure_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from reports.tables.model import Chart, ChartSeries
    from resource_centre.questionnaires.scales import Scale
    from resource_centre.services.scores import Point
    from ui.pages.assessments_read import Trend

MOST_ROWS = 8
MOST_SERIES = 4
HEIGHT = 250
FEW = 2
"""As many figures have room in a table beside the chart; more stand below it."""
EDGES = 6


@dataclass(frozen=True)
class PointLine:
    """One filling-in as a line of the table."""

    id: str
    point: Point

    def words(self, scale: str) -> str:
        """The figure of a scale, with the name of its band where bands are on."""
        found = next((one for one in self.point.scores.scales if one.scale == scale), None)
        if found is None or found.value is None:
            return _("too little answered")
        band = self.point.bands.get(scale, "")
        said = figure_words(float(found.value), next(one for one in self.point.scales if one.name == scale))
        return f"{said} ({band})" if band else said


class TrendCard(Card):
    """One questionnaire of one person. Enter in the table opens the answers."""

    def __init__(self, desk: Desk, trend: Trend) -> None:
        super().__init__(trend.title)
        self.desk, self.trend = desk, trend
        scales = trend.points[-1].scales
        title = _("{title} over time").format(title=trend.title)
        self.chart = ChartView(desk.theme, title, HEIGHT)
        self.rows = Rows(desk.worker, list(_columns(scales)))
        self.table = RowsView(self.rows, trend.title)
        self._fill(title, scales)
        self.chart.chosen.connect(lambda at: desk.go("questionnaire", ("response", trend.points[at].response_id)))
        many = len(scales) > FEW
        direction = QBoxLayout.Direction.TopToBottom if many else QBoxLayout.Direction.LeftToRight
        both = QBoxLayout(direction)
        both.setSpacing(WIDE_GAP)
        both.addWidget(self.chart, 5)
        both.addWidget(self.table, 6, Qt.AlignmentFlag(0) if many else Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(both)
        for words, role in self._said(scales):
            self.body.addWidget(label(words, role, wrap=True))

    def _fill(self, title: str, scales: tuple[Scale, ...]) -> None:
        self.chart.show_chart(_chart(title, scales, self.trend.points, self._bands()))
        points = [PointLine(one.response_id, one) for one in reversed(self.trend.points)]
        self.rows.show_rows(points)
        self.table.chosen.connect(lambda one: self.desk.go("questionnaire", ("response", one)))
        shown = min(len(points), MOST_ROWS)
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height()
            + self.table.verticalHeader().defaultSectionSize() * shown
            + EDGES
        )

    def _bands(self) -> tuple[tuple[str, float], ...]:
        used = self.trend.weights
        if used is None or not used.weights.bands.shown:
            return ()
        bands, names = used.weights.bands, used.weights.bands.labels.get(language(), ())
        return tuple((name, float(low)) for name, low in zip(names[1:], bands.limits, strict=False))

    def _said(self, scales: tuple[Scale, ...]) -> Iterator[tuple[str, str]]:
        points = self.trend.points
        change = _change_words(points, scales)
        if change:
            yield change, ""
        if any(not one.comparable for one in points[1:]):
            words = _("Where the line is broken the figures were reckoned differently and are not compared.")
            yield words, "help"
        if len(_comparable(scales)) > MOST_SERIES:
            yield _("The chart shows the first four figures; the table has all."), "help"
        if scales[0].better == "down":
            yield _("Lower is better."), "help"
        if points[-1].caution:
            yield points[-1].caution, "warning"


def _columns(scales: tuple[Scale, ...]) -> Iterator[Column]:
    from resource_centre.services.scores import label_of

    yield Column(_("Date"), lambda line: show_date(line.point.asked_on), width=17)
    yield Column(_("Occasion"), lambda line: term("response_occasion", line.point.occasion))
    for scale in scales:
        name = label_of(scale.label, scale.name)
        yield Column(name, lambda line, key=scale.name: line.words(key), width=8, right=True)  # type: ignore[misc]


def _highest(scale: Scale) -> float:
    return float(scale.high if scale.high is not None else 1)


def _comparable(scales: tuple[Scale, ...]) -> list[Scale]:
    """Only figures that reach equally far stand in one chart; the others are in the table."""
    return [scale for scale in scales if _highest(scale) == _highest(scales[0])]


def _chart(
    title: str, scales: tuple[Scale, ...], points: tuple[Point, ...], bands: tuple[tuple[str, float], ...]
) -> Chart:
    from reports.tables.model import Chart

    days = [point.asked_on for point in points]
    reach = max((days[-1] - days[0]).days, 1)
    shown = _comparable(scales)[:MOST_SERIES]
    return Chart(
        key="scores",
        title=title,
        labels=tuple(show_partial(day.isoformat()[:7]) for day in days),
        series=tuple(_series(scale, points) for scale in shown),
        kind="lines",
        unit="score",
        places=tuple((day - days[0]).days / reach for day in days) if len(days) > 1 else (),
        highest=_highest(scales[0]),
        bands=bands,
    )


def _series(scale: Scale, points: tuple[Point, ...]) -> ChartSeries:
    """The figures of one scale; where one was reckoned differently from that before it, the line is broken."""
    from reports.tables.model import ChartSeries
    from resource_centre.services.scores import label_of

    found = [next((one.value for one in point.scores.scales if one.scale == scale.name), None) for point in points]
    values = tuple(None if value is None else float(value) for value in found)
    breaks = tuple(at for at, point in enumerate(points) if not point.comparable)
    return ChartSeries(label_of(scale.label, scale.name), values, breaks=breaks)


def _change_words(points: tuple[Point, ...], scales: tuple[Scale, ...]) -> str:
    """By how much each figure changed since the first time that came about alike."""
    from resource_centre.questionnaires.scoring import change
    from resource_centre.services.scores import label_of

    last = points[-1]
    first = next((one for one in points if one.scores.basis == last.scores.basis), last)
    if first is last:
        return ""
    found = change(first.scores, last.scores)
    known = {scale.name: scale for scale in scales}
    names = {scale.name: label_of(scale.label, scale.name) for scale in scales}
    said = [
        f"{names[key]} {difference_words(float(value), known[key])}"
        for key, value in found.items()
        if value is not None and key in names
    ]
    if not said:
        return ""
    return _("Since {day}: {changes}").format(day=show_date(first.asked_on), changes=", ".join(said))
