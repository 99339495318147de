# SPDX-License-Identifier: Apache-2.0
"""Answers chosen from a list that is read at a glance: below each other, side by side, or in the columns of a grid.

Digits choose: the number an answer begins with, else its place in the list. Arrows and first letters choose as in every
form, Delete takes back, Enter goes on to the next question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.kit.editors import Editor
from ui.kit.flow import FlowLayout

Choice = tuple[str, str]
"""Name and words."""
Shape = Literal["list", "line", "flow", "grid"]
"""Below each other, on one line, on as many lines as it takes, or in the columns of a grid."""

PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ERASE: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
LINE_GAP: Final = 18
LONGEST_ON_A_LINE: Final = 70
"""Qt never breaks the words of a button; longer ones stand beside it."""


class Answers(Editor):
    """Base of both: buttons with the answers' words, and the keys that lead to them."""

    went_on = Signal()
    """Enter: to the next question."""

    def __init__(self, choices: Sequence[Choice], shape: Shape, *, numbered: bool, parent: QWidget | None) -> None:
        self._names = [name for name, _words in choices]
        self._words = [words for _name, words in choices]
        self._shape = shape
        box = QWidget()
        super().__init__(box, parent)
        self._group = QButtonGroup(self)
        self.buttons = [self._button(place, numbered) for place in range(len(choices))]
        _arranged(box, self.buttons, shape)
        for button in self.buttons if shape == "list" else ():
            if len(button.text()) > LONGEST_ON_A_LINE:
                _wrap(box, button)
        if self.buttons:
            box.setFocusProxy(self.buttons[0])

    def introduce(self, name: str, description: str) -> None:
        """Each button says the question and its answer."""
        super().introduce(name, description)
        for button, words in zip(self.buttons, self._words, strict=True):
            button.setAccessibleName(f"{name}: {words}")
            button.setAccessibleDescription(description)

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        for button in self.buttons:
            button.setEnabled(not read_only)

    def stops(self) -> list[QWidget]:
        """Where the keyboard may stop, in order."""
        return list(self.buttons)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that choose."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.modifiers() in PLAIN:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in ENTER:
            self.went_on.emit()
            return True
        if key in ERASE and not self.is_empty():
            self.set_value(None)
            self._tell()
            return True
        if key in STEPS:
            self._step((self._now() + STEPS[key]) % len(self.buttons))
            return True
        place = self._meant(event.text().casefold())
        if place >= 0:
            self.buttons[place].setFocus()
            self.buttons[place].click()
        return place >= 0

    def _now(self) -> int:
        return next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)

    def _meant(self, letter: str) -> int:
        """The answer a key means, -1 for none."""
        if not letter.isalnum():
            return -1
        after = [*range(self._now() + 1, len(self.buttons)), *range(self._now() + 1)]
        begins = [place for place in after if self._words[place].casefold().startswith(letter)]
        if letter.isascii() and letter.isdigit() and not begins:
            place = int(letter) - 1
            return place if 0 <= place < len(self.buttons) else -1
        return begins[0] if begins else -1

    def _button(self, place: int, numbered: bool) -> QAbstractButton:
        made = self._kind()
        words = self._words[place].replace("&", "&&")
        if self._shape != "grid":
            made.setText(f"{place + 1}.  {words}" if numbered else words)
        made.installEventFilter(self)
        self._group.addButton(made, place)
        return made

    def _kind(self) -> QAbstractButton:
        raise NotImplementedError

    def _step(self, place: int) -> None:
        raise NotImplementedError

    def _tell(self, _place: int = -1) -> None:
        self.edited.emit()
        self.settled.emit()


class OneAnswer(Answers):
    """One of several answers; the value is its name."""

    def __init__(
        self,
        choices: Sequence[Choice],
        shape: Shape = "list",
        *,
        numbered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(choices, shape, numbered=numbered, parent=parent)
        self._group.setExclusive(True)
        self._one_stop()
        self._group.idClicked.connect(self._tell)

    def value(self) -> Any:
        """The name of the chosen answer."""
        place = self._group.checkedId()
        return self._names[place] if place >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose an answer, or none."""
        place = self._names.index(value) if value in self._names else -1
        self._group.setExclusive(False)
        for number, radio in enumerate(self.buttons):
            radio.setChecked(number == place)
        self._group.setExclusive(True)
        self._one_stop()

    def _one_stop(self) -> None:
        """Tab goes through the questions: it stops at the chosen answer, or at the first."""
        chosen = max(self._group.checkedId(), 0)
        for place, radio in enumerate(self.buttons):
            radio.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == chosen else Qt.FocusPolicy.ClickFocus)
        if self.buttons:
            self.main.setFocusProxy(self.buttons[chosen])

    def _tell(self, place: int = -1) -> None:
        self._one_stop()
        super()._tell(place)

    def _kind(self) -> QAbstractButton:
        return QRadioButton()

    def _step(self, place: int) -> None:
        self.buttons[place].setFocus()
        self.buttons[place].click()


class SeveralAnswers(Answers):
    """Any number of answers; the value is their names parted by blanks, in the order of the list."""

    def __init__(
        self,
        choices: Sequence[Choice],
        shape: Shape = "list",
        *,
        numbered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(choices, shape, numbered=numbered, parent=parent)
        self._group.setExclusive(False)
        for place, box in enumerate(self.buttons):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
        self._group.idClicked.connect(self._tell)

    def value(self) -> Any:
        """The names."""
        chosen = [name for name, box in zip(self._names, self.buttons, strict=True) if box.isChecked()]
        return " ".join(chosen) or None

    def set_value(self, value: Any) -> None:
        """Tick these."""
        chosen = str(value or "").split()
        for name, box in zip(self._names, self.buttons, strict=True):
            box.setChecked(name in chosen)

    def _kind(self) -> QAbstractButton:
        return QCheckBox()

    def _step(self, place: int) -> None:
        self.buttons[place].setFocus()


def _arranged(box: QWidget, buttons: Sequence[QWidget], shape: Shape) -> None:
    if shape == "grid":
        across = QHBoxLayout(box)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        for button in buttons:
            cell = QHBoxLayout()
            cell.addStretch(1)
            cell.addWidget(button)
            cell.addStretch(1)
            across.addLayout(cell, 1)
        return
    if shape == "line":
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(LINE_GAP)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        return
    if shape == "flow":
        flow = FlowLayout(box, gap=LINE_GAP)
        for button in buttons:
            flow.addWidget(button)
        return
    down = QVBoxLayout(box)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(2)
    for button in buttons:
        down.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class _Words(QLabel):
    """The words of a button beside it; pressed they press it."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button.text().replace("&&", "&"))
        self._button = button
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "words")
        self.setContentsMargins(0, 3, 0, 3)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._button.click()


def _wrap(box: QWidget, button: QAbstractButton) -> None:
    down = box.layout()
    assert isinstance(down, QVBoxLayout)
    place = down.indexOf(button)
    down.removeWidget(button)
    across = QHBoxLayout()
    across.setSpacing(2)
    across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(_Words(button), 1)
    down.insertLayout(place, across)
    button.setText("")
