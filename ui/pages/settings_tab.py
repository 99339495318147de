# SPDX-License-Identifier: Apache-2.0
"""What the tabs of the settings share: a column of cards that scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.page import scrolling
from ui.kit.pieces import Card, label

WIDTH = 760


class Tab(QWidget):
    """A column of cards, never wider than one can read."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = QVBoxLayout()
        self.cards.setSpacing(14)
        column = QVBoxLayout()
        column.addLayout(self.cards)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 16, 0, 0)
        outer.addWidget(scrolling(column))

    def card(self, heading: str, why: str = "") -> Card:
        """A new card at the end."""
        made = Card(heading)
        made.setMaximumWidth(WIDTH)
        if why:
            made.body.addWidget(label(why, "muted", wrap=True))
        self.cards.addWidget(made)
        return made
