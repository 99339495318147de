# SPDX-License-Identifier: Apache-2.0
"""The trail of papers: who printed or saved what, and when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.desk import Desk
from ui.kit.pieces import GAP, label
from ui.pages.copies import CopiesList, whose_words


class Copies(QWidget):
    """The whole list; the rights decide what of it one reads."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.copies = CopiesList(desk)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 16, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(label(whose_words(desk), "help", wrap=True))
        inside.addWidget(self.copies, 1)

    def look(self) -> None:
        """Read the list."""
        self.copies.look()
