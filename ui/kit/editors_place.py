# SPDX-License-Identifier: Apache-2.0
"""A village among 83,762, found while one types: "selong" or "kel selong, lombok"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.editors import Editor
from ui.kit.flow import FlowLayout
from ui.kit.pieces import empty
from ui.kit.places import Places

if TYPE_CHECKING:
    from resource_centre.places import Place

AS_MANY = 12
LEAST_LETTERS = 2


class _Line(QLineEdit):
    """Marks the first line of its list after each letter.

    Qt makes the first line that begins like the text the current one and shows nothing of it; Enter and Tab take it.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.text()
        super().keyPressEvent(event)
        if self.text() != before:
            self.mark_first()

    def mark_first(self) -> None:
        """What Enter takes is what is marked."""
        shown = self.completer().popup()
        if shown is not None and shown.isVisible():
            with QSignalBlocker(shown.selectionModel()):  # else Qt writes the marked line over what is typed
                shown.setCurrentIndex(shown.model().index(0, 0))
            shown.viewport().update()


class PlaceEditor(Editor):
    """One place; the value is its code. `levels` says which kinds of place count when not only villages do."""

    line: _Line

    def __init__(self, places: Places, *, levels: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        self.line = _Line()
        super().__init__(self.line, parent)
        self._places = places
        self._levels = levels
        self._code: str | None = None
        self._found: list[Place] = []
        self._words = QStringListModel(self)
        self.line.setPlaceholderText(_("Type the name of the village"))
        self._complete()
        self.line.textEdited.connect(self._look)
        self.settle_when_left(self.line)
        places.ready.connect(self._list_is_there)
        places.wanted()

    def value(self) -> Any:
        """The code of the place."""
        return self._code

    def set_value(self, value: Any) -> None:
        """Show a place by its code."""
        self._code = str(value) if value else None
        self.line.setText(self._places.full_name(self._code) if self._code else "")
        self.line.setCursorPosition(0)

    def typed(self) -> Any:
        """The code in a list, or the letters so far."""
        return [self._code] if self._code else self.line.text()

    def set_typed(self, typed: Any) -> None:
        """A code in a list, or letters."""
        self.set_value(typed[0] if isinstance(typed, list) and typed else None)
        if isinstance(typed, str):
            self.line.setText(typed)

    def unreadable(self) -> str | None:
        """Letters that are not yet a place."""
        return "not_a_place" if self._code is None and self.line.text().strip() else None

    def understood(self) -> str:
        """While the list of villages is still being read, say so."""
        if self._places.gazetteer is None and self.line.text():
            return _("Reading the list of villages…")
        return ""

    def set_read_only(self, read_only: bool) -> None:
        """Readable, selectable, not changeable."""
        self.line.setReadOnly(read_only)

    def _complete(self) -> None:
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(AS_MANY)
        popup = QListView()
        popup.setProperty("role", "popup")
        popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        completer.setPopup(popup)
        completer.activated[str].connect(self._choose)  # type: ignore[index]
        self.line.setCompleter(completer)

    def _look(self, text: str) -> None:
        self._code = None
        typed = len(text.strip()) >= LEAST_LETTERS
        self._found = self._places.find(text, self._levels, AS_MANY) if typed else []
        self._words.setStringList([self._places.full_name(place.code) for place in self._found])
        self.edited.emit()

    def _choose(self, words: str) -> None:
        place = next((p for p in self._found if self._places.full_name(p.code) == words), None)
        if place is not None:
            self.set_value(place.code)
            self.edited.emit()
            self.settled.emit()

    def _settle(self) -> None:
        if self._code is None and self.line.text().strip():
            exact = [p for p in self._found if p.name.casefold() == self.line.text().strip().casefold()]
            only = exact if len(exact) == 1 else self._found
            if len(only) == 1:
                self.set_value(only[0].code)
                self.edited.emit()
        self.settled.emit()

    def _list_is_there(self) -> None:
        if self._code is not None:
            self.set_value(self._code)
        elif self.line.text():
            self._look(self.line.text())
            if self.line.hasFocus():
                self.line.completer().complete()
                self.line.mark_first()


class PlacesEditor(Editor):
    """Several villages, each a chip; the value is the list of codes."""

    def __init__(self, places: Places, *, parent: QWidget | None = None) -> None:
        self.one = PlaceEditor(places)
        box = QWidget()
        super().__init__(box, parent)
        box.setFocusProxy(self.one.line)
        self._places = places
        self._codes: list[str] = []
        self._chips = FlowLayout()
        stacked = QVBoxLayout(box)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(6)
        stacked.addWidget(self.one)
        stacked.addLayout(self._chips)
        self.one.settled.connect(self._take)
        places.ready.connect(self._draw)

    def value(self) -> Any:
        """The codes, None when there are none."""
        return list(self._codes) or None

    def set_value(self, value: Any) -> None:
        """Show these places."""
        self._codes = list(value or [])
        self.one.set_value(None)
        self._draw()

    def typed(self) -> Any:
        """The codes."""
        return list(self._codes)

    def unreadable(self) -> str | None:
        """Letters left in the line."""
        return self.one.unreadable()

    def introduce(self, name: str, description: str) -> None:
        """The line has the name."""
        super().introduce(name, description)
        self.one.introduce(name, description)

    def mark(self, severity: str) -> None:
        """Frame the line."""
        self.one.mark(severity)

    def _take(self) -> None:
        code = self.one.value()
        if code is None:
            return
        taken = self.one.line.text()
        self.one.set_value(None)
        QTimer.singleShot(0, self, lambda: self._clear_after(taken))
        if code not in self._codes:
            self._codes.append(code)
            self._draw()
        self.edited.emit()
        self.settled.emit()

    def _clear_after(self, taken: str) -> None:
        if self.one.line.text() == taken:  # Qt writes what was chosen from its list after everybody else was told
            self.one.set_value(None)

    def _drop(self, code: str) -> None:
        self._codes.remove(code)
        self._draw()
        self.one.line.setFocus()
        self.edited.emit()

    def _draw(self) -> None:
        empty(self._chips)
        for code in self._codes:
            words = self._places.full_name(code)
            chip = QToolButton()
            chip.setProperty("role", "chip")
            chip.setText(f"{', '.join(words.split(', ')[:2])}  ✕")
            chip.setToolTip(words)
            chip.setAccessibleName(_("Take away: {answer}").format(answer=words))
            chip.clicked.connect(lambda _checked=False, code=code: self._drop(code))
            self._chips.addWidget(chip)
