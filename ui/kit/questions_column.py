# SPDX-License-Identifier: Apache-2.0
"""A column of hundreds of questions of which one may come or go in a few milliseconds.

Qt's own layouts ask every wrapped line of a page for its height when one row of it is shown. Here the parts of the
column are laid out each for itself; when one of them has another height, those below it are moved and no more.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Column(QWidget):
    """Parts below each other, each with a layout of its own, as wide as the column and as high as that makes them."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._parts: list[QWidget] = []
        self._heights: list[int] = []

    def add(self, part: QWidget) -> None:
        """Put a part at the end and show it."""
        part.setParent(self)
        part.installEventFilter(self)
        self._parts.append(part)
        self._heights.append(self._height_of(part))
        self._place_from(len(self._parts) - 1)
        part.show()

    def clear(self) -> None:
        """Let all parts go."""
        for part in self._parts:
            part.removeEventFilter(self)
            part.hide()
            part.deleteLater()
        self._parts, self._heights = [], []
        self.setFixedHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes other heights."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._heights = [self._height_of(part) for part in self._parts]
            self._place_from(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something in a part has changed its size."""
        if event.type() == QEvent.Type.LayoutRequest and isinstance(watched, QWidget):
            place = self._parts.index(watched)
            height = self._height_of(watched)
            if height != self._heights[place]:
                self._heights[place] = height
                self._place_from(place)
        return super().eventFilter(watched, event)

    def _height_of(self, part: QWidget) -> int:
        layout = part.layout()
        assert layout is not None
        return (
            layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        )

    def _place_from(self, first: int) -> None:
        top = sum(height + self._gap for height in self._heights[:first] if height)
        for part, height in zip(self._parts[first:], self._heights[first:], strict=True):
            part.setGeometry(0, top, self.width(), height)
            top += height + self._gap if height else 0
        self.setFixedHeight(max(0, top - self._gap))
