# SPDX-License-Identifier: Apache-2.0
"""A scrolling area that takes the height of what is in it, and scrolls where there is less room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

LEAST = 120


class FittingArea(QScrollArea):
    """Around one widget; up and down only. Beside something that grows it leaves the rest of the room to that."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        inside.setProperty("role", "body")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """As high as what is inside is at this width."""
        return QSize(super().sizeHint().width(), self._whole_height())

    def minimumSizeHint(self) -> QSize:
        """Some of it is always in sight."""
        return QSize(super().minimumSizeHint().width(), min(LEAST, self._whole_height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside has another height now."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _whole_height(self) -> int:
        inside: QWidget | None = self.widget()
        if inside is None:
            return 0
        layout = inside.layout()
        width = self.viewport().width()
        if layout is not None and layout.hasHeightForWidth() and width > 0:
            return layout.totalHeightForWidth(width)
        return inside.sizeHint().height()
