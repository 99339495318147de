# SPDX-License-Identifier: Apache-2.0
"""Small building stones: titles, help lines, cards, buttons, all with the theme's roles.

What the first window is made of names Qt's choices as words (`"PlainText"`): the first touch of the class `Qt` builds
all its enumerations, a fifth of the time a bare window takes to appear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6 import QtCore
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

GAP = 8
WIDE_GAP = 16
MARGIN = 24


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A plain-text label in one of the roles title, heading, muted, help, figure, caption, error, warning."""
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setProperty("textInteractionFlags", "TextSelectableByMouse")
    return made


class _Link(QPushButton):
    """Points like a link; the cursor is chosen when the mouse first comes by, not before the first paint."""

    def enterEvent(self, event: QEnterEvent) -> None:
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def button(
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    role: str = "",
    help: str = "",  # noqa: A002
    name: str = "",
) -> QPushButton:
    """A push button; role main, link, danger or none. `name` is for screen readers when the text is not enough."""
    made = _Link(text) if role == "link" else QPushButton(text)
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(True)  # Enter presses the button the keyboard is on, also outside of dialogs
    made.setToolTip(help)
    made.setAccessibleName(name or text.replace("&", ""))
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def row(*things: QWidget | QLayout | int | None, gap: int = GAP) -> QHBoxLayout:
    """Things side by side; None is a stretch, a number a space."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    fill(made, things)
    return made


def column(*things: QWidget | QLayout | int | None, gap: int = GAP) -> QVBoxLayout:
    """Things below each other; None is a stretch, a number a space."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    fill(made, things)
    return made


def steps(words: Sequence[str]) -> QGridLayout:
    """What is to be done, numbered, one below the other."""
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    for number, one in enumerate(words, start=1):
        grid.addWidget(label(f"{number}."), number, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(one, wrap=True), number, 1)
    return grid


def fill(layout: QHBoxLayout | QVBoxLayout, things: tuple[QWidget | QLayout | int | None, ...]) -> None:
    """Add widgets, layouts, stretches (None) and spaces (numbers) to a layout."""
    for thing in things:
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, int):
            layout.addSpacing(thing)
        elif isinstance(thing, QWidget):
            layout.addWidget(thing)
        else:
            layout.addLayout(thing)


class Card(QFrame):
    """A quiet frame with an optional heading; put things into `body`."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        # "Maximum" would cut texts that wrap: it takes the height of a width the card does not have.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(WIDE_GAP, WIDE_GAP - 2, WIDE_GAP, WIDE_GAP - 2)
        self.body.setSpacing(GAP)
        self.heading = label(heading, "heading")
        self.body.addWidget(self.heading)
        # Only now: what is shown before it has a parent becomes a window for a moment and takes the keyboard.
        self.heading.setVisible(bool(heading))


def line(parent: QWidget | None = None) -> QFrame:
    """A thin dividing line."""
    made = QFrame(parent)
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def set_role(widget: QWidget, name: str, state: str) -> None:
    """Change a property the style sheet looks at, and repaint with it."""
    if widget.property(name) != state:
        widget.setProperty(name, state)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
