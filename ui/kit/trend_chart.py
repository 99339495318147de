# SPDX-License-Identifier: Apache-2.0
"""Figures over time as lines. Colour never says it alone: each line has a mark and a stroke of its own and is named.

Beside such a chart stands a table that says the same; the chart itself takes no keyboard.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from resource_centre.i18n import _
from ui.kit.theme import Theme
from ui.kit.typed_dates import show_partial

SIZE = QSize(460, 250)
STEPS = 4
MARK = 4.5
LEGEND = 26
SAMPLE = 30
GAP = 8
Stroke = Qt.PenStyle
STYLES = (
    ("accent", Stroke.SolidLine, "circle"),
    ("warning", Stroke.DashLine, "square"),
    ("focus", Stroke.DotLine, "triangle"),
    ("text", Stroke.SolidLine, "diamond"),
)
"""Colour, stroke and mark of the lines in turn; the last is drawn heavier."""


@dataclass(frozen=True)
class Dot:
    """One figure of one day; `joined` says that it may be compared with the one before, so that a line is drawn."""

    day: dt.date
    value: float | None
    joined: bool = True


@dataclass(frozen=True)
class Line:
    """One named row of figures, the oldest first."""

    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Band:
    """A named stretch of the scale, from `low` up."""

    name: str
    low: float


class TrendChart(QWidget):
    """Lines between the ends a scale can reach; `number` puts a figure into words."""

    def __init__(self, theme: Theme, name: str, number: object = None) -> None:
        super().__init__()
        self._theme = theme
        self._number = number if callable(number) else lambda value: f"{value:g}"
        self.lines: Sequence[Line] = ()
        self.bands: Sequence[Band] = ()
        self._low, self._high = 0.0, 1.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(SIZE.height())
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide enough for a year of quarters."""
        return SIZE

    def show_lines(self, lines: Sequence[Line], low: float, high: float, bands: Sequence[Band] = ()) -> None:
        """Draw these."""
        self.lines, self._low, self._high, self.bands = lines, low, high, bands
        said = "; ".join(f"{one.name}: {', '.join(self._said(one))}" for one in lines)
        self.setAccessibleDescription(_("The table beside says the same. {lines}").format(lines=said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axis, bands, lines with their marks, and what each line is called."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        words = QFontMetricsF(font)
        left = max(words.horizontalAdvance(self._number(value)) for value in self._ticks()) + GAP
        area = QRectF(self.rect()).adjusted(left, LEGEND + GAP, -GAP * 2, -words.height() - GAP)
        self._draw_axis(painter, area, words)
        self._draw_days(painter, area, words)
        for place, line in enumerate(self.lines):
            self._draw_line(painter, area, line, place)
        self._draw_legend(painter, words)
        painter.end()

    # Inside

    def _said(self, line: Line) -> Iterator[str]:
        for dot in line.dots:
            if dot.value is not None:
                yield f"{show_partial(dot.day.isoformat()[:7])} {self._number(dot.value)}"

    def _ticks(self) -> list[float]:
        return [self._low + (self._high - self._low) * step / STEPS for step in range(STEPS + 1)]

    def _days(self) -> list[dt.date]:
        return sorted({dot.day for line in self.lines for dot in line.dots})

    def _x(self, area: QRectF, day: dt.date) -> float:
        days = self._days()
        inner = area.adjusted(GAP * 3, 0, -GAP * 3, 0)
        if len(days) < 2:
            return inner.center().x()
        return inner.left() + inner.width() * (day - days[0]).days / (days[-1] - days[0]).days

    def _y(self, area: QRectF, value: float) -> float:
        return area.bottom() - area.height() * (value - self._low) / (self._high - self._low)

    def _draw_axis(self, painter: QPainter, area: QRectF, words: QFontMetricsF) -> None:
        colours = self._theme.colours
        for value in self._ticks():
            height = self._y(area, value)
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QLineF(area.left(), height, area.right(), height))
            painter.setPen(QColor(colours.muted))
            place = QRectF(0, height - words.height() / 2, area.left() - GAP, words.height())
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._number(value)
            )
        for band in self.bands:
            height = self._y(area, band.low)
            painter.setPen(QPen(QColor(colours.border), 1, Stroke.DashDotLine))
            painter.drawLine(QLineF(area.left(), height, area.right(), height))
            painter.drawText(QPointF(area.left() + 4, height - 4), band.name)

    def _draw_days(self, painter: QPainter, area: QRectF, words: QFontMetricsF) -> None:
        painter.setPen(QColor(self._theme.colours.muted))
        free_from = 0.0
        for day in self._days():
            said = show_partial(day.isoformat()[:7])
            width = words.horizontalAdvance(said)
            start = min(max(self._x(area, day) - width / 2, 0.0), self.width() - width)
            if start >= free_from:
                painter.drawText(QPointF(start, area.bottom() + words.ascent() + GAP / 2), said)
                free_from = start + width + GAP

    def _draw_line(self, painter: QPainter, area: QRectF, line: Line, place: int) -> None:
        pen, mark = self._style(place)
        before: QPointF | None = None
        for dot in line.dots:
            if dot.value is None:
                before = None
                continue
            point = QPointF(self._x(area, dot.day), self._y(area, dot.value))
            if before is not None and dot.joined:
                painter.setPen(pen)
                painter.drawLine(before, point)
            self._draw_mark(painter, point, mark, pen.color())
            before = point

    def _draw_legend(self, painter: QPainter, words: QFontMetricsF) -> None:
        x, height = 0.0, LEGEND / 2
        for place, line in enumerate(self.lines):
            pen, mark = self._style(place)
            painter.setPen(pen)
            painter.drawLine(QLineF(x, height, x + SAMPLE, height))
            self._draw_mark(painter, QPointF(x + SAMPLE / 2, height), mark, pen.color())
            painter.setPen(QColor(self._theme.colours.text))
            painter.drawText(QPointF(x + SAMPLE + GAP / 2, height + words.ascent() / 2 - 1), line.name)
            x += SAMPLE + GAP * 2.5 + words.horizontalAdvance(line.name)

    def _style(self, place: int) -> tuple[QPen, str]:
        name, stroke, mark = STYLES[place % len(STYLES)]
        heavy = 2.6 if place % len(STYLES) == len(STYLES) - 1 else 1.8
        return QPen(QColor(getattr(self._theme.colours, name)), heavy, stroke), mark

    def _draw_mark(self, painter: QPainter, at: QPointF, mark: str, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(QBrush(QColor(self._theme.colours.surface) if mark == "square" else colour))
        if mark == "circle":
            painter.drawEllipse(at, MARK, MARK)
        elif mark == "square":
            painter.drawRect(QRectF(at.x() - MARK, at.y() - MARK, MARK * 2, MARK * 2))
        else:
            painter.drawPolygon(_corners(at, mark))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _corners(at: QPointF, mark: str) -> QPolygonF:
    reach = MARK + 1
    around = ((0, -reach), (reach, reach), (-reach, reach)) if mark == "triangle" else (
        (0, -reach), (reach, 0), (0, reach), (-reach, 0)
    )  # fmt: skip
    return QPolygonF([QPointF(at.x() + right, at.y() + down) for right, down in around])
