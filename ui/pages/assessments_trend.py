# SPDX-License-Identifier: Apache-2.0
"""The figures of one questionnaire over time: a chart, the same as a table, and what is to be said under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.pieces import WIDE_GAP, Card, label
from ui.kit.table import Column, Rows, RowsView
from ui.kit.trend_chart import Band, Dot, Line, TrendChart
from ui.kit.typed_dates import show_date
from ui.pages.questionnaires_counts import difference_words, figure_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.questionnaires.scales import Scale
    from resource_centre.services.scores import Point
    from ui.pages.assessments_read import Trend

MOST_ROWS = 8
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
        self.chart = TrendChart(desk.theme, title, lambda value: figure_words(value, scales[0]))
        self.rows = Rows(desk.worker, list(_columns(scales)))
        self.table = RowsView(self.rows, trend.title)
        self._fill(scales)
        many = len(scales) > FEW
        direction = QBoxLayout.Direction.TopToBottom if many else QBoxLayout.Direction.LeftToRight
        both = QBoxLayout(direction)
        both.setSpacing(WIDE_GAP)
        both.addWidget(self.chart, 5)
        both.addWidget(self.table, 6, Qt.AlignmentFlag(0) if many else Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(both)
        for words, role in self._said(scales):
            self.body.addWidget(label(words, role, wrap=True))

    def _fill(self, scales: tuple[Scale, ...]) -> None:
        low, high = _ends(scales)
        lines = [_line(scale, self.trend.points) for scale in scales if _same_ends(scale, low, high)]
        self.chart.show_lines(lines, low, high, self._bands())
        points = [PointLine(one.response_id, one) for one in reversed(self.trend.points)]
        self.rows.show_rows(points)
        self.table.chosen.connect(lambda one: self.desk.go("questionnaire", ("response", one)))
        shown = min(len(points), MOST_ROWS)
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height()
            + self.table.verticalHeader().defaultSectionSize() * shown
            + EDGES
        )

    def _bands(self) -> list[Band]:
        used = self.trend.weights
        if used is None or not used.weights.bands.shown:
            return []
        bands, names = used.weights.bands, used.weights.bands.labels.get(language(), ())
        return [Band(name, float(low)) for name, low in zip(names[1:], bands.limits, strict=False)]

    def _said(self, scales: tuple[Scale, ...]) -> Iterator[tuple[str, str]]:
        points = self.trend.points
        change = _change_words(points, scales)
        if change:
            yield change, ""
        if any(not one.comparable for one in points[1:]):
            words = _("Where the line is broken the figures were reckoned differently and are not compared.")
            yield words, "help"
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


def _ends(scales: tuple[Scale, ...]) -> tuple[float, float]:
    first = scales[0]
    return float(first.low or 0), float(first.high if first.high is not None else 1)


def _same_ends(scale: Scale, low: float, high: float) -> bool:
    """Only figures that reach equally far stand in one chart; the others are in the table."""
    return (float(scale.low or 0), float(scale.high if scale.high is not None else 1)) == (low, high)


def _line(scale: Scale, points: tuple[Point, ...]) -> Line:
    from resource_centre.services.scores import label_of

    dots = []
    for point in points:
        found = next((one for one in point.scores.scales if one.scale == scale.name), None)
        value = float(found.value) if found is not None and found.value is not None else None
        dots.append(Dot(point.asked_on, value, point.comparable))
    return Line(label_of(scale.label, scale.name), tuple(dots))


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
