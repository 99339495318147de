# SPDX-License-Identifier: Apache-2.0
"""Bars in the last column of a list: a picture of the numbers that stand beside it in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.theme import Theme

HEIGHT = 0.5
"""Of the line."""
EDGE = 8


class Bars(QStyledItemDelegate):
    """`share(row)` is how long a row's bar is, 0 to 1; `hollow(row)` says that it is drawn as an outline."""

    def __init__(
        self, theme: Theme, share: Callable[[int], float], hollow: Callable[[int], bool], parent: Any = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._share, self._hollow = theme, share, hollow

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground as in every list, and the bar on it; the axis begins at zero."""
        super().paint(painter, option, index)
        colours = self._theme.colours
        place = QRectF(option.rect).adjusted(EDGE, 0, -EDGE, 0)
        length = place.width() * min(1.0, max(0.0, self._share(index.row())))
        height = place.height() * HEIGHT
        painter.save()
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(place.topLeft(), place.bottomLeft())
        bar = QRectF(place.left(), place.center().y() - height / 2, length, height)
        if length > 0 and self._hollow(index.row()):
            painter.drawRect(bar)
        elif length > 0:
            painter.fillRect(bar, QColor(colours.accent))
        painter.restore()
