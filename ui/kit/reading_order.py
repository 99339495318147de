# SPDX-License-Identifier: Apache-2.0
"""Tab goes through a page as one reads it, also where parts of it were made later than others."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def in_reading_order(*parts: QWidget) -> None:
    """Let Tab go through these parts one after the other, within each from the top down, on a line left to right."""
    stops = [stop for part in parts for stop in _stops(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> list[QWidget]:
    """What the keyboard stops at in a part, in the order of reading."""
    found = [part, *part.findChildren(QWidget)]
    reached = [one for one in found if _is_reached(one, part)]

    def place(stop: QWidget) -> tuple[int, int]:
        middle = stop.mapTo(part, QPoint(0, stop.height() // 2)) if stop is not part else QPoint()
        return middle.y(), middle.x()

    return sorted(reached, key=place)


def _is_reached(widget: QWidget, part: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.focusProxy() is None and (widget is part or widget.isVisibleTo(part))
