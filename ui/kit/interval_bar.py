# SPDX-License-Identifier: Apache-2.0
"""How sure a figure is, as a picture: the figure as a mark, its interval as a bar, on a scale with its ends named.

Beside it the same stands in words; the picture takes no keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.theme import Theme

SIZE = QSize(160, 34)
BAR = 8
MARK = 5
EDGE = 6


class IntervalBar(QWidget):
    """One figure between the ends of its scale."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._value: float | None = None
        self._ends: tuple[float, float] | None = None
        self._scale = (0.0, 100.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(SIZE.height())
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide enough to tell a narrow interval from a wide one."""
        return SIZE

    def show_figure(
        self, value: float | None, ends: tuple[float, float] | None, scale: tuple[float, float], words: str
    ) -> None:
        """Draw a figure, with its interval where there is one; `words` say the same to a screen reader."""
        self._value, self._ends, self._scale = value, ends, scale
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scale, nought on it, the interval, the figure."""
        if self._value is None:
            return
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = MARK + 3.0
        low, high = self._scale
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(QLineF(self._x(low), height, self._x(high), height))
        for tick in {low, high, 0.0 if low <= 0 <= high else low}:
            painter.drawLine(QLineF(self._x(tick), height - MARK, self._x(tick), height + MARK))
        if self._ends is not None:
            left, right = (self._x(end) for end in self._ends)
            bar = QRectF(left, height - BAR / 2, max(right - left, 2.0), BAR)
            painter.fillRect(bar, QColor(colours.accent_soft))
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRect(bar)
        painter.setPen(QPen(QColor(colours.surface), 1.5))
        painter.setBrush(QColor(colours.accent_strong))
        painter.drawEllipse(QPointF(self._x(self._value), height), MARK, MARK)
        self._draw_ends(painter, height + MARK)
        painter.end()

    def _draw_ends(self, painter: QPainter, top: float) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colours.muted))
        words = QFontMetricsF(font)
        low, high = self._scale
        for value in sorted({low, high, 0.0 if low < 0 < high else low}):
            said = f"{value:+.0f}".replace("-", "−") if low < 0 and value else f"{value:.0f}"
            width = words.horizontalAdvance(said)
            left = min(max(0.0, self._x(value) - width / 2), self.width() - width)
            painter.drawText(QPointF(left, top + words.ascent()), said)

    def _x(self, value: float) -> float:
        low, high = self._scale
        share = (min(max(value, low), high) - low) / (high - low)
        return EDGE + share * (self.width() - 2 * EDGE)
