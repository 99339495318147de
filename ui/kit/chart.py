# SPDX-License-Identifier: Apache-2.0
"""A chart in a window: the plan of the paper, painted in the colours of the theme.

Tab reaches it; the arrow keys go from label to label, each with its figures told and shown beside it, Enter opens what
is behind them. Whoever hears the screen is told the whole chart in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from resource_centre.i18n import language
from ui.kit.chart_pen import ScreenPen, measured, scale_of
from ui.kit.theme import Theme

if TYPE_CHECKING:
    from reports.kit.chart_shapes import ChartPlan, Spot
    from reports.tables.model import Chart

WIDE = 480
NARROW = 200
Key = Qt.Key


class ChartView(QWidget):
    """Shows one chart after another; as high as its words need it, and `height` at least (pixels)."""

    chosen = Signal(int)
    """The label somebody pressed Enter or clicked on."""

    def __init__(self, theme: Theme, name: str = "", height: int = 200) -> None:
        super().__init__()
        self._theme, self._height = theme, height
        self.chart: Chart | None = None
        self.plan: ChartPlan | None = None
        self.at: int | None = None
        """The label the keyboard is on."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(NARROW, height)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide enough for thirteen months."""
        return QSize(WIDE, self.minimumHeight())

    def show_chart(self, chart: Chart) -> None:
        """Draw this one."""
        self.chart, self.at = chart, None
        self.setAccessibleName(chart.title)
        self._plan()
        self.setAccessibleDescription(self.plan.words if self.plan is not None else "")

    def spot(self) -> Spot | None:
        """What the keyboard is on."""
        return self.plan.spots[self.at] if self.plan is not None and self.at is not None else None

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words are set anew for the new width."""
        super().resizeEvent(event)
        self._plan()

    def changeEvent(self, event: QEvent) -> None:
        """Also for larger letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._plan()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The plan, and a frame around what the keyboard is on."""
        if self.plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.plan.draw(ScreenPen(painter, self._theme.colours, self.font(), self.plan.height))
        spot = self.spot()
        if spot is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.colours.focus), 2))
            painter.drawRoundedRect(self._place(spot).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """The figures under the mouse stand beside it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._under(event.pos())
            if at is not None and self.plan is not None:
                spot = self.plan.spots[at]
                QToolTip.showText(event.globalPos(), spot.words, self, self._place(spot))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; Enter opens."""
        steps = {Key.Key_Left: -1, Key.Key_Up: -1, Key.Key_Right: 1, Key.Key_Down: 1}
        last = len(self.plan.spots) - 1 if self.plan is not None else -1
        key = Key(event.key())
        if last < 0:
            super().keyPressEvent(event)
        elif key in steps:
            self.go_to(last if self.at is None else min(max(self.at + steps[key], 0), last))
        elif key in (Key.Key_Home, Key.Key_End):
            self.go_to(0 if key == Key.Key_Home else last)
        elif key in (Key.Key_Return, Key.Key_Enter) and self.at is not None:
            self.chosen.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what it was on."""
        at = self._under(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.at = at
            self.update()
            self.chosen.emit(at)

    def go_to(self, at: int) -> None:
        """Put the keyboard on a label: it is framed, shown and told."""
        self.at = at
        self.update()
        spot = self.spot()
        if spot is None:
            return
        place = self._place(spot)
        QToolTip.showText(self.mapToGlobal(place.topRight()), spot.words, self, place)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spot.words))

    # Inside

    def _plan(self) -> None:
        """Only once it has a width: what is shown before has none."""
        if self.chart is None:
            return
        from reports.kit.chart_plan import plan_chart

        scale = scale_of(self.font())
        sizes = {"width": max(self.width(), NARROW) / scale, "height": self._height / scale}
        self.plan = plan_chart(self.chart, language=language(), measure=measured(self.font()), **sizes)
        height = max(round(self.plan.height * scale), 1)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()
        if self.at is not None and self.at >= len(self.plan.spots):
            self.at = None
        self.update()

    def _place(self, spot: Spot) -> QRect:
        scale = scale_of(self.font())
        height = self.plan.height if self.plan is not None else 0
        top = (height - spot.y - spot.height) * scale
        return QRectF(spot.x * scale, top, spot.width * scale, spot.height * scale).toRect()

    def _under(self, point: QPoint) -> int | None:
        spots = self.plan.spots if self.plan is not None else ()
        return next((at for at, spot in enumerate(spots) if self._place(spot).contains(point)), None)
