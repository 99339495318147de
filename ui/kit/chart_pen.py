# SPDX-License-Identifier: Apache-2.0
"""Paints a planned chart with Qt, in the inks of the theme and in letters of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.kit.theme import Colours

if TYPE_CHECKING:
    from reports.kit.chart_shapes import Box, Ink, Mark, Measure, Stroke, Word

SMALL = 0.86
"""The letters of a chart against those around it."""
PLANNED = 7.2
"""Their size in the plan, `reports.kit.chart_shapes.SIZE`."""
LIGHT = 0.5
"""How much of the accent is in its lighter ink."""


def scale_of(font: QFont) -> float:
    """Pixels for a point of the plan, so that its words are as large as small words of the window."""
    return QFontInfo(font).pixelSize() * SMALL / PLANNED


def font_in(font: QFont, *, strong: bool) -> QFont:
    """The letters of a chart in a window of this font."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * SMALL)
    made.setBold(strong)
    return made


def measured(font: QFont) -> Measure:
    """How wide a text will be, in points of the plan."""
    scale = scale_of(font)
    metrics = {strong: QFontMetricsF(font_in(font, strong=strong)) for strong in (False, True)}
    return lambda text, strong, size: metrics[strong].horizontalAdvance(text) / scale * size / PLANNED


class ScreenPen:
    """Draws the shapes of a plan of this height, whose y goes up."""

    def __init__(self, painter: QPainter, colours: Colours, font: QFont, height: float) -> None:
        self._painter, self._height = painter, height
        self._scale = scale_of(font)
        self._fonts = {strong: font_in(font, strong=strong) for strong in (False, True)}
        self._inks: dict[Ink, QColor] = {
            "dark": QColor(colours.accent),
            "light": _between(QColor(colours.accent), QColor(colours.surface)),
            "paper": QColor(colours.surface),
            "text": QColor(colours.text),
            "muted": QColor(colours.muted),
            "line": QColor(colours.line),
        }

    def box(self, box: Box) -> None:
        """A filled rectangle."""
        place = QRectF(self._at(box.x, box.y + box.height), self._at(box.x + box.width, box.y))
        self._painter.fillRect(place, self._inks[box.ink])
        if box.outline is not None:
            self._pen(box.outline, 0.5)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(place)

    def stroke(self, stroke: Stroke) -> None:
        """A line through points."""
        self._pen(stroke.ink, stroke.weight, stroke.dash)
        self._painter.drawPolyline(self._polygon(stroke.points))

    def mark(self, mark: Mark) -> None:
        """A sign around a point."""
        from reports.kit.chart_shapes import MARK, corners

        self._pen(mark.ink, 0.9)
        self._painter.setBrush(self._inks["paper" if mark.open else mark.ink])
        if mark.form == "circle":
            self._painter.drawEllipse(self._at(mark.x, mark.y), MARK * self._scale, MARK * self._scale)
        else:
            self._painter.drawPolygon(self._polygon(corners(mark)))

    def word(self, word: Word) -> None:
        """Words where they were planned."""
        font = self._fonts[word.strong]
        wide = QFontMetricsF(font).horizontalAdvance(word.text)
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[word.anchor] * wide
        self._painter.setFont(font)
        self._painter.setPen(self._inks[word.ink])
        self._painter.drawText(self._at(word.x, word.y) - QPointF(shift, 0), word.text)

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(x * self._scale, (self._height - y) * self._scale)

    def _polygon(self, points: tuple[tuple[float, float], ...]) -> QPolygonF:
        return QPolygonF([self._at(*point) for point in points])

    def _pen(self, ink: Ink, weight: float, dash: tuple[float, ...] = ()) -> None:
        pen = QPen(self._inks[ink], max(weight * self._scale, 1.0))
        if dash:
            # Qt counts dashes in widths of the pen.
            pen.setDashPattern([length * self._scale / pen.widthF() for length in dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)


def _between(accent: QColor, ground: QColor) -> QColor:
    shares = ((accent.redF(), ground.redF()), (accent.greenF(), ground.greenF()), (accent.blueF(), ground.blueF()))
    return QColor.fromRgbF(*(one * LIGHT + other * (1 - LIGHT) for one, other in shares))
