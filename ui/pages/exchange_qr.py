# SPDX-License-Identifier: Apache-2.0
"""A square code on the screen: black on white in every theme, for that is what readers expect."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _

QUIET = 4
"""Modules of white around the code; readers need them (ISO/IEC 18004, 9.1)."""
MODULE = 3
"""Pixels of one module."""


class QrPicture(QWidget):
    """The modules of a code, line by line, dark ones true."""

    def __init__(self, squares: tuple[tuple[bool, ...], ...]) -> None:
        super().__init__()
        self._squares = squares
        side = (len(squares) + 2 * QUIET) * MODULE
        self.setFixedSize(QSize(side, side))
        self.setAccessibleName(_("The card as a square code, to be photographed by another computer"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole pixels, so that edges are sharp."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        for y, line in enumerate(self._squares):
            for x, dark in enumerate(line):
                if dark:
                    place = QRect((x + QUIET) * MODULE, (y + QUIET) * MODULE, MODULE, MODULE)
                    painter.fillRect(place, Qt.GlobalColor.black)
        painter.end()
