# SPDX-License-Identifier: Apache-2.0
"""The pages of a report as they will be printed: scrolled, enlarged, and every figure of them can be pressed.

Only pages in sight are drawn, one at a time, in the points of the screen: a long report opens as fast as a short one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import _
from ui.kit.printing import as_image

if TYPE_CHECKING:
    from ui.kit.theme import Theme
    from ui.pages.report_paper import Paper

GAP: Final = 14
"""White between pages and around them, in pixels."""
PLAIN: Final = 96 / 72
"""Pixels to a point at a hundred per cent."""
WIDEST: Final = 1.3
"""Fitted to the window a page is not enlarged beyond this: letters as high as a thumb are no help."""
STEPS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
KEPT: Final = 2
"""Pages that stay drawn before and after those in sight."""
LINE: Final = 44
AROUND: Final = 2.0
"""How far a frame stands from its figure, in points."""


class PagesView(QAbstractScrollArea):
    """Real pages below each other; `opened` tells the key of a figure that was pressed."""

    opened = Signal(str)
    turned = Signal(int, int)
    """The page in sight, from 1, and how many there are."""
    zoomed = Signal(int)
    """Per cent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(_("Pages of the report"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._pdf = b""
        self._sizes: Sequence[QSizeF] = ()
        self._tops: list[float] = []
        self._figures: Mapping[int, list[tuple[QRectF, str]]] = {}
        self._drawn: dict[int, QPixmap] = {}
        self._factor: float | None = None
        self._words = ""
        self._under: tuple[int, QRectF, str] | None = None
        self._page = -1
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._draw_one)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look())

    # What the page uses

    def say(self, words: str) -> None:
        """Words where no page is."""
        self._words = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def show_paper(self, paper: Paper) -> None:
        """Show the pages of another report from the first; the same report again stays where it was."""
        top = self.verticalScrollBar().value()
        stays = bool(self._sizes) and len(paper.sizes) == len(self._sizes)
        self._pdf, self._words = paper.pdf, ""
        self._sizes = [QSizeF(width, height) for width, height in paper.sizes]
        self._figures = _by_page(paper.places, self._sizes)
        self._drawn.clear()
        self._under, self._page = None, -1
        self._arrange()
        self.verticalScrollBar().setValue(top if stays else 0)
        self._look()

    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def page(self) -> int:
        """The page most of which is in sight, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        return max(0, sum(top <= middle for top in self._tops) - 1)

    def go_to(self, page: int) -> None:
        """Scroll to the top of a page, from 0."""
        if self._tops:
            self.verticalScrollBar().setValue(round(self._tops[max(0, min(page, len(self._tops) - 1))] - GAP))

    def percent(self) -> int:
        """How large the pages are."""
        return round(self._scale() / PLAIN * 100)

    def fits(self) -> bool:
        """Whether pages are as wide as the window has room for."""
        return self._factor is None

    def enlarge(self, step: int) -> None:
        """One step larger or, with -1, smaller."""
        now = self._scale() / PLAIN
        further = [one for one in STEPS if (one > now + 0.01 if step > 0 else one < now - 0.01)]
        if further:
            self._zoom(further[0] if step > 0 else further[-1])

    def fit(self) -> None:
        """As wide as there is room."""
        self._zoom(None)

    def rect_of(self, page: int, figure: int) -> QRectF:
        """Where a figure of a page stands in the viewport now."""
        return self._on_screen(page, self._figures[page][figure][0])

    # Inside

    def _zoom(self, factor: float | None) -> None:
        bar = self.verticalScrollBar()
        before = self.page()
        into = (bar.value() - self._tops[before]) / self._scale() if self._tops else 0.0
        self._factor = factor
        self._arrange()
        if self._tops:
            bar.setValue(round(self._tops[before] + into * self._scale()))
        self._look()

    def _scale(self) -> float:
        """Pixels to a point."""
        if self._factor is not None:
            return self._factor * PLAIN
        widest = max((size.width() for size in self._sizes), default=595.0)
        return float(min(max(120.0, self.viewport().width() - 2 * GAP) / widest, WIDEST * PLAIN))

    def _arrange(self) -> None:
        scale, top = self._scale(), float(GAP)
        self._tops = []
        for size in self._sizes:
            self._tops.append(top)
            top += size.height() * scale + GAP
        width = max((size.width() for size in self._sizes), default=0.0) * scale + 2 * GAP
        room = self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), top, room.height()),
            (self.horizontalScrollBar(), width, room.width()),
        ):
            bar.setRange(0, max(0, round(whole) - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(LINE)
        self.zoomed.emit(self.percent())

    def _rect(self, page: int) -> QRectF:
        """Where a page stands in the viewport."""
        size = self._sizes[page] * self._scale()
        room = self.viewport().width()
        left = (room - size.width()) / 2 if size.width() + 2 * GAP <= room else GAP - self.horizontalScrollBar().value()
        return QRectF(QPointF(round(left), round(self._tops[page] - self.verticalScrollBar().value())), size)

    def _on_screen(self, page: int, rect: QRectF) -> QRectF:
        scale, place = self._scale(), self._rect(page)
        wide = rect.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        return QRectF(place.topLeft() + wide.topLeft() * scale, wide.size() * scale)

    def _in_sight(self) -> list[int]:
        height = self.viewport().height()
        return [page for page in range(len(self._sizes)) if _touches(self._rect(page), height)]

    def _look(self) -> None:
        """What is in sight has changed: draw what is missing, forget what is far away."""
        self._under = None
        seen = self._in_sight()
        if seen:
            near = range(seen[0] - KEPT, seen[-1] + KEPT + 1)
            self._drawn = {page: picture for page, picture in self._drawn.items() if page in near}
            page = self.page()
            if page != self._page:
                self._page = page
                self.setAccessibleDescription(_("Page {n} of {pages}").format(n=page + 1, pages=len(self._sizes)))
                self.turned.emit(page + 1, len(self._sizes))
        self.viewport().update()
        self._next.start()

    def _draw_one(self) -> None:
        """One page, then let the window do something else."""
        for page in self._in_sight():
            width = round(self._rect(page).width() * self.devicePixelRatioF())
            known = self._drawn.get(page)
            if known is None or known.width() != width:
                self._draw(page, width)
                self.viewport().update()
                self._next.start()
                return

    def _draw(self, page: int, width: int) -> None:
        from reports.preview import page_image

        try:
            picture = QPixmap.fromImage(as_image(page_image(self._pdf, page, width)))
        except (EnvironmentFailed, IndexError):
            picture = QPixmap(width, round(width * self._sizes[page].height() / self._sizes[page].width()))
            picture.fill(QColor("white"))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._drawn[page] = picture

    def _figure_at(self, point: QPointF) -> tuple[int, QRectF, str] | None:
        for page in self._in_sight():
            if self._rect(page).contains(point):
                for rect, cell in self._figures.get(page, ()):
                    if self._on_screen(page, rect).contains(point):
                        return page, rect, cell
        return None

    # Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages in sight, and a frame around the figure under the mouse."""
        painter = QPainter(self.viewport())
        colours = self._theme.colours
        painter.fillRect(event.rect(), QColor(colours.sunken))
        if not self._sizes:
            painter.setPen(QColor(colours.muted))
            room = self.viewport().rect().adjusted(24, 24, -24, -24)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), self._words)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            place = self._rect(page)
            painter.fillRect(place, QColor("white"))
            picture = self._drawn.get(page)
            if picture is not None:
                painter.drawPixmap(place, picture, QRectF(picture.rect()))
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self._under is not None:
            page, rect, _cell = self._under
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # The page is white in the dark too, and so the frame is the light theme's.
            painter.setPen(QPen(QColor("#0f6a5d"), 1.6))
            painter.drawRoundedRect(self._on_screen(page, rect), 3, 3)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fitted pages follow the window; the same page stays in sight."""
        self._zoom(self._factor)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Everything is painted anew."""
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A frame around the figure under the mouse."""
        self._point_at(self._figure_at(event.position()))

    def leaveEvent(self, _event: object) -> None:
        """No frame without a mouse."""
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A figure opens when the button is let go on it."""
        self._point_at(self._figure_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the figure that was pressed."""
        found = self._figure_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None and found == self._under:
            self.opened.emit(found[2])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl held larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned: QPoint = event.angleDelta()
            self.enlarge(1 if turned.y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, home and end, arrows."""
        bar, room = self.verticalScrollBar(), self.viewport().height() - LINE
        moves = {
            Qt.Key.Key_PageDown: room,
            Qt.Key.Key_Space: room,
            Qt.Key.Key_PageUp: -room,
            Qt.Key.Key_Down: LINE,
            Qt.Key.Key_Up: -LINE,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        bar.setValue(bar.value() + move)

    def _point_at(self, found: tuple[int, QRectF, str] | None) -> None:
        if found != self._under:
            self._under = found
            shape = Qt.CursorShape.PointingHandCursor if found is not None else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().setToolTip(_("Opens what is behind this figure") if found is not None else "")
            self.viewport().update()


def _touches(rect: QRectF, height: int) -> bool:
    return rect.bottom() > 0 and rect.top() < height


def _by_page(
    places: Sequence[tuple[int, float, float, float, float, str]], sizes: Sequence[QSizeF]
) -> dict[int, list[tuple[QRectF, str]]]:
    """Rectangles from the upper left corner of their page; on paper they are measured from the lower left one."""
    found: dict[int, list[tuple[QRectF, str]]] = {}
    for page, x, y, width, height, cell in places:
        if 0 <= page < len(sizes):
            rect = QRectF(x, sizes[page].height() - y - height, width, height)
            found.setdefault(page, []).append((rect, cell))
    return found
