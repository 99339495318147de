# SPDX-License-Identifier: Apache-2.0
"""Answers from a list: a few stand side by side, more are found by typing; the wheel never changes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resource_centre.i18n import _
from ui.kit.editors import ChoiceEditor, Editor
from ui.kit.flow import FlowLayout
from ui.kit.pieces import empty

SIDE_BY_SIDE = 4
SIDE_BY_SIDE_LETTERS = 44

Choice = tuple[Any, str]

LEAST_LETTERS = 3


class ComboBox(QComboBox):
    """A combo box the wheel cannot change; its arrow is drawn in the theme's colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view = QListView()
        view.setProperty("role", "popup")
        self.setView(view)
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box, and our arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QGuiApplication.palette().placeholderText().color(), 1.6))
        x, y = self.width() - 15, self.height() // 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        painter.end()


class CodeEditor(Editor):
    """One code from a list, found by typing any part of its words; the value is the code."""

    combo: ComboBox

    def __init__(
        self,
        choices: Sequence[Choice],
        find: Callable[[str], Any] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._find = find
        self.combo = ComboBox()
        super().__init__(self.combo, parent)
        self._labels = dict(choices)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(14)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for value, words in choices:
            self.combo.addItem(words, value)
        self.combo.setCurrentIndex(-1)
        self._line = _line_of(self.combo)
        self._line.setPlaceholderText(_("Type or choose"))
        self._line.installEventFilter(self)
        self._complete()
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self.settle_when_left(self._line)
        self.combo.activated.connect(self._activated)

    def value(self) -> Any:
        """The code whose words stand in the field."""
        place = self._place_of(self._line.text())
        return self.combo.itemData(place) if place >= 0 else None

    def set_value(self, value: Any) -> None:
        """Show a code's words; a code that is no longer in the list is shown as it is and kept."""
        place = self.combo.findData(value) if value is not None else -1
        if place < 0 and value is not None:
            self.combo.addItem(str(value), value)
            place = self.combo.count() - 1
        self.combo.setCurrentIndex(place)
        if place < 0:
            self._line.clear()
        self._line.setCursorPosition(0)

    def typed(self) -> Any:
        """The code, or what is typed so far."""
        value = self.value()
        return [value] if value is not None else self._line.text()

    def set_typed(self, typed: Any) -> None:
        """A code in a list, or text."""
        self.set_value(typed[0] if isinstance(typed, list) and typed else None)
        if isinstance(typed, str):
            self._line.setText(typed)

    def unreadable(self) -> str | None:
        """Words that are in no list."""
        return "not_in_list" if self._line.text().strip() and self.value() is None else None

    def introduce(self, name: str, description: str) -> None:
        """The combo box and the line inside it both have the name."""
        super().introduce(name, description)
        self._line.setAccessibleName(name)
        self._line.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down opens the list while nothing is chosen, so that no answer is given by accident."""
        up_down = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if up_down and event.type() == QEvent.Type.KeyPress and not self._popup.isVisible():
            self.combo.showPopup()
            return True
        return super().eventFilter(watched, event)

    def _complete(self) -> None:
        completer = QCompleter(self.combo.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._popup = QListView()
        self._popup.setProperty("role", "popup")
        completer.setPopup(self._popup)
        completer.activated.connect(lambda _chosen: self._activated())
        self.combo.setCompleter(completer)

    def _place_of(self, text: str) -> int:
        wanted = text.strip()
        if not wanted:
            return -1
        current = self.combo.currentIndex()
        if current >= 0 and self.combo.itemText(current) == wanted:
            return current
        return self.combo.findText(wanted, Qt.MatchFlag.MatchFixedString)

    def _activated(self, _place: int = -1) -> None:
        self.edited.emit()
        self.settled.emit()

    def _settle(self) -> None:
        place = self._place_of(self._line.text())
        if place < 0 and (only := self._only_match(self._line.text())) >= 0:
            place = only
        if place >= 0 and self._line.text() != self.combo.itemText(place):
            self.combo.setCurrentIndex(place)
            self._line.setText(self.combo.itemText(place))
            self.edited.emit()
        self.settled.emit()

    def _only_match(self, text: str) -> int:
        """The one answer that begins like this, else the one a later word of which does; -1 when there are several."""
        start = text.strip().casefold()
        if not start:
            return -1
        meant = self._find(text) if self._find else None
        if meant is not None:
            return self.combo.findData(meant)
        words = [self.combo.itemText(place).casefold() for place in range(self.combo.count())]
        found = [place for place, label in enumerate(words) if label.startswith(start)]
        if not found and len(start) >= LEAST_LETTERS:
            found = [place for place, label in enumerate(words) if f" {start}" in label]
        return found[0] if len(found) == 1 else -1


class CodesEditor(Editor):
    """Several codes: choose one after the other, each stands below as a chip that can be taken away."""

    def __init__(
        self,
        choices: Sequence[Choice],
        find: Callable[[str], Any] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._one = CodeEditor(choices, find)
        box = QWidget()
        super().__init__(box, parent)
        box.setFocusProxy(self._one.combo)
        self._labels = dict(choices)
        self._chosen: list[Any] = []
        self._chips = FlowLayout()
        self._one._line.setPlaceholderText(_("Type or choose, several are possible"))
        stacked = QVBoxLayout(box)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(6)
        stacked.addWidget(self._one)
        stacked.addLayout(self._chips)
        self._one.settled.connect(self._take)
        self._one.edited.connect(self.edited)

    def value(self) -> Any:
        """The chosen codes in the order of choosing, None when there are none."""
        return list(self._chosen) or None

    def set_value(self, value: Any) -> None:
        """Show these codes."""
        self._chosen = list(value or [])
        self._one.set_value(None)
        self._draw()

    def typed(self) -> Any:
        """The codes."""
        return list(self._chosen)

    def unreadable(self) -> str | None:
        """Words left in the line that are in no list."""
        return self._one.unreadable()

    def introduce(self, name: str, description: str) -> None:
        """The line has the name."""
        super().introduce(name, description)
        self._one.introduce(name, description)

    def mark(self, severity: str) -> None:
        """Frame the line."""
        self._one.mark(severity)

    def _take(self) -> None:
        value = self._one.value()
        if value is None:
            return
        self._one.set_value(None)
        if value not in self._chosen:
            self._chosen.append(value)
            self._draw()
        self.edited.emit()
        self.settled.emit()

    def _drop(self, value: Any) -> None:
        self._chosen.remove(value)
        self._draw()
        self._one.combo.setFocus()
        self.edited.emit()
        self.settled.emit()

    def _draw(self) -> None:
        empty(self._chips)
        for value in self._chosen:
            words = self._labels.get(value, str(value))
            chip = QToolButton()
            chip.setProperty("role", "chip")
            chip.setText(f"{words.replace('&', '&&')}  ✕")
            chip.setAccessibleName(_("Take away: {answer}").format(answer=words))
            chip.clicked.connect(lambda _checked=False, value=value: self._drop(value))
            self._chips.addWidget(chip)


def code_editor(choices: Sequence[Choice], find: Callable[[str], Any] | None = None) -> Editor:
    """Radio buttons for a handful of short answers, else the line one types in.

    `find` knows other words for the codes (`Vocabulary.find`): "kawin" or "K" where the list says otherwise.
    """
    letters = sum(len(words) + 4 for _value, words in choices)
    if len(choices) <= SIDE_BY_SIDE and letters <= SIDE_BY_SIDE_LETTERS:
        return ChoiceEditor(list(choices))
    return CodeEditor(choices, find)


def _line_of(combo: QComboBox) -> QLineEdit:
    line = combo.lineEdit()
    assert line is not None
    return line


def choices_of(vocabulary_name: str) -> list[Choice]:
    """The terms of a vocabulary with their words in the active language."""
    from resource_centre.vocabulary import vocabulary

    return [(term.code, term.label()) for term in vocabulary(vocabulary_name).terms]
