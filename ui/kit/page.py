# SPDX-License-Identifier: Apache-2.0
"""What every page of the shell is: a title line with its buttons, a banner of its own, and a body that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.desk import Desk
from ui.kit.pieces import GAP, MARGIN, WIDE_GAP, label

LEAST_TITLE = 200
"""Pixels a title needs beside its buttons."""


class Page(QWidget):
    """Put widgets into `body` (a QVBoxLayout), buttons into `buttons`; the shell calls `opened` at every showing."""

    def __init__(self, desk: Desk, title: str, *, subtitle: str = "", scrolls: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(title)
        self.title = label(title, "title", wrap=True)  # a name is read whole, on a small window too
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.subtitle = label(subtitle, "muted", wrap=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GAP)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.body = QVBoxLayout()
        self.body.setSpacing(WIDE_GAP)
        self._frame(scrolls)
        self.subtitle.setVisible(bool(subtitle))

    def opened(self, subject: object = None) -> None:
        """Called when the page is shown, with what it should open (a record's id, a filter); read the data here."""

    def may_leave(self) -> bool:
        """Whether the person may go to another page now; typing is kept as a draft anyhow."""
        return True

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the page is shown."""
        return None

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the title line."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def event(self, event: QEvent) -> bool:
        """The title is never pushed out by its buttons: they go below it where both find no room on one line."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            needs = self.buttons.sizeHint().width() + LEAST_TITLE
            below = needs > self.width() - 2 * MARGIN
            ways = QBoxLayout.Direction
            self._head.setDirection(ways.TopToBottom if below else ways.LeftToRight)
        return super().event(event)

    def _frame(self, scrolls: bool) -> None:
        self._head.setSpacing(GAP)
        self._head.addWidget(self.title, 1)
        self._head.addLayout(self.buttons)
        self._head.setAlignment(self.buttons, Qt.AlignmentFlag.AlignRight)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN - 6, MARGIN, 0)
        outer.setSpacing(4)
        outer.addLayout(self._head)
        outer.addWidget(self.subtitle)
        outer.addSpacing(GAP)
        if scrolls:
            outer.addWidget(scrolling(self.body), 1)
        else:
            self.body.setContentsMargins(0, 0, 0, WIDE_GAP)
            outer.addLayout(self.body, 1)


def scrolling(layout: QVBoxLayout) -> QScrollArea:
    """A frameless area that scrolls up and down only, around a layout."""
    inside = QWidget()
    inside.setProperty("role", "body")
    layout.setContentsMargins(0, 0, GAP, WIDE_GAP)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # Filled last: the area asks what it is given for its size, and for that Qt works the style of every widget out.
    area.setWidget(inside)
    inside.setLayout(layout)
    return area
