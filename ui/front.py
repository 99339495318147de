# SPDX-License-Identifier: Apache-2.0
"""What stands before the centre is open: a calm panel with the program's name, and beside it one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from resource_centre.i18n import LANGUAGES, _, language
from ui.kit.pieces import GAP, MARGIN, label, set_role

PANEL_WIDTH = 330
CONTENT_WIDTH = 460
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


class Brand(QFrame):
    """The panel at the left: name, what it is for, and the steps when there are several."""

    def __init__(self, steps: Sequence[str] = ()) -> None:
        super().__init__()
        self.setProperty("role", "brand")
        self.setFixedWidth(PANEL_WIDTH)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(36, 64, 36, 36)
        inside.setSpacing(GAP)
        inside.addWidget(label(_("Resource Centre"), "brand-name", wrap=True))
        inside.addWidget(label(_("Records of the people you serve, safe on this computer."), wrap=True))
        inside.addSpacing(36)
        self._marks = [label("") for _step in steps]
        self._steps = [label(words, wrap=True) for words in steps]
        inside.addLayout(self._step_grid())
        inside.addStretch(1)
        inside.addWidget(label(_("Everything is encrypted. Nothing is sent anywhere."), wrap=True))
        self.show_step(0)

    def show_step(self, now: int) -> None:
        """Mark the step one is at."""
        for place, (mark, step) in enumerate(zip(self._marks, self._steps, strict=True)):
            mark.setText("✓" if place < now else str(place + 1))
            for piece in (mark, step):
                set_role(piece, "role", "step-now" if place == now else "step")

    def _step_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, 18)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(GAP)
        for place, (mark, step) in enumerate(zip(self._marks, self._steps, strict=True)):
            grid.addWidget(mark, place, 0)
            grid.addWidget(step, place, 1)
        return grid


class Front(QWidget):
    """Brand panel, language switch, and `content`, a column in the middle of the free part."""

    def __init__(self, choose_language: Callable[[str], None] | None, steps: Sequence[str] = ()) -> None:
        super().__init__()
        self.brand = Brand(steps)
        self.content = QVBoxLayout()
        self.content.setSpacing(GAP)
        right = QVBoxLayout()
        right.setContentsMargins(MARGIN, 16, MARGIN, MARGIN)
        right.addLayout(self._languages(choose_language))
        right.addWidget(_in_the_middle(self.content), 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.brand)
        outer.addLayout(right, 1)

    def _languages(self, choose: Callable[[str], None] | None) -> QHBoxLayout:
        side_by_side = QHBoxLayout()
        side_by_side.addStretch(1)
        for code in LANGUAGES if choose else ():
            switch = QPushButton(LANGUAGE_NAMES[code])
            switch.setProperty("role", "language")
            switch.setCheckable(True)
            switch.setChecked(code == language())
            switch.setAutoDefault(True)
            switch.setAccessibleName(LANGUAGE_NAMES[code])
            switch.clicked.connect(lambda _checked=False, code=code: choose(code) if choose else None)
            side_by_side.addWidget(switch)
        return side_by_side


def _in_the_middle(content: QVBoxLayout) -> QScrollArea:
    box = QWidget()
    box.setLayout(content)
    box.setMaximumWidth(CONTENT_WIDTH)
    content.setContentsMargins(4, 4, 4, 4)
    inside = QWidget()
    inside.setProperty("role", "body")
    across = QHBoxLayout(inside)
    across.setContentsMargins(0, 0, 0, 0)
    across.addStretch(1)
    down = QVBoxLayout()
    down.addStretch(2)
    down.addWidget(box)
    down.addStretch(3)
    across.addLayout(down, 100)
    across.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setProperty("frameShape", "NoFrame")
    area.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
    area.setProperty("focusPolicy", "NoFocus")
    area.setWidget(inside)
    return area
