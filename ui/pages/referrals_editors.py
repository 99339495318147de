# SPDX-License-Identifier: Apache-2.0
"""Two questions of a referral: which entry of the directory, and what is ticked for the letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from resource_centre.i18n import N_, _
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import Editor
from ui.kit.pieces import label
from ui.pages.referrals_words import provider_facts
from ui.pages.suggesting import SuggestingLine, Suggestion

AS_MANY = 12
KINDS = {"general": N_("Who it is"), "specific": N_("Sensitive, only when it is needed")}
"""General and specific personal data of UU 27/2022, side by side."""
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class ProviderEditor(Editor):
    """One entry of the directory, the nearest and those with the wanted service first; the value is its id."""

    line: SuggestingLine

    def __init__(self, desk: Desk, near: str | None, service: Callable[[], str | None]) -> None:
        self.line = SuggestingLine(first_is_chosen=True)
        super().__init__(self.line)
        self._desk, self._near, self._service = desk, near, service
        self._id: str | None = None
        self._facts = ""
        self.names: dict[str, str] = {}
        self.line.setPlaceholderText(_("Name, kind or service; ↓ shows the nearest"))
        self.line.wondering.connect(self._wonder)
        self.line.textEdited.connect(self._forget)
        self.line.taken.connect(self._taken)
        desk.places.wanted()

    def value(self) -> Any:
        """The id of the entry."""
        return self._id

    def set_value(self, value: Any) -> None:
        """Show an entry whose name is in `names`."""
        self._id, self._facts = (str(value) if value else None), ""
        self.line.setText(self.names.get(self._id or "", ""))
        self.line.setCursorPosition(0)

    def typed(self) -> Any:
        """The id and the name, or the letters so far."""
        return [self._id, self.line.text()] if self._id else self.line.text()

    def set_typed(self, typed: Any) -> None:
        """Put back what `typed` gave."""
        if isinstance(typed, list) and len(typed) > 1:
            self.names[str(typed[0])] = str(typed[1])
            self.set_value(typed[0])
        else:
            self.set_value(None)
            self.line.setText(str(typed or ""))

    def unreadable(self) -> str | None:
        """Letters that are no entry."""
        return "not_in_directory" if self._id is None and self.line.text().strip() else None

    def understood(self) -> str:
        """Kind and place of the entry."""
        return self._facts

    def _wonder(self, text: str) -> None:
        wanted = _wanted(text, self._near, self._service())
        self._desk.worker.read(
            lambda session: _found(session, wanted),
            lambda found: self._offer(text, found),
            replaces=f"provider-{id(self)}",
            quiet=True,
            owner=self,
        )

    def _offer(self, text: str, found: list[Any]) -> None:
        if text == self.line.text():
            self.line.offer([Suggestion(row.name, self._about(row), row) for row in found])

    def _about(self, row: Any) -> str:
        places = self._desk.places
        place = places.full_name(row.place_code) if row.place_code and places.gazetteer is not None else ""
        return provider_facts(row, place)

    def _taken(self, suggestion: Suggestion) -> None:
        self._id, self._facts = str(suggestion.value.id), suggestion.detail
        self.names[self._id] = suggestion.text
        self.edited.emit()
        self.settled.emit()

    def _forget(self, _text: str) -> None:
        self._id, self._facts = None, ""
        self.edited.emit()


class TicksEditor(Editor):
    """What may be on the letter, one box each; the arrow keys go from box to box, the space bar ticks."""

    def __init__(self, name: str = "referral_data") -> None:
        box = QWidget()
        super().__init__(box)
        self._boxes: dict[str, QCheckBox] = {}
        self._allowed: Callable[[str], bool] = lambda _code: True
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        terms = {kind: [term for term in vocabulary(name) if term.extra["sensitivity"] == kind] for kind in KINDS}
        for column, (kind, words) in enumerate(KINDS.items()):
            grid.addWidget(label(_(words), "caption", wrap=True), 0, column)
            for place, term in enumerate(terms[kind], 1):
                grid.addWidget(self._box(term.code, term.label()), place, column)
            grid.setColumnStretch(column, 1)
        box.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> Any:
        """The ticked codes in the order of the list, None when there are none."""
        return [code for code in vocabulary("referral_data").codes if self._boxes[code].isChecked()] or None

    def set_value(self, value: Any) -> None:
        """Tick these."""
        for code, box in self._boxes.items():
            box.setChecked(code in (value or ()) and self._allowed(code))

    def allow(self, allowed: Callable[[str], bool]) -> None:
        """Only some may be ticked; what is ticked of the others is taken away."""
        self._allowed = allowed
        for code, box in self._boxes.items():
            box.setEnabled(allowed(code))
            box.setChecked(box.isChecked() and allowed(code))
        self._one_stop(next((box for box in self._boxes.values() if box.isEnabled()), None))

    def introduce(self, name: str, description: str) -> None:
        """Each box says the question and its own words."""
        super().introduce(name, description)
        for box in self._boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go on to the next box that may be ticked."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            free = [box for box in self._boxes.values() if box.isEnabled()]
            if step is not None and watched in free:
                self._one_stop(free[(free.index(watched) + step) % len(free)])
                self.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _box(self, code: str, words: str) -> QCheckBox:
        box = QCheckBox(words.replace("&", "&&"))
        box.installEventFilter(self)
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self._boxes else Qt.FocusPolicy.StrongFocus)
        box.clicked.connect(lambda _checked=False, box=box: self._ticked(box))
        self._boxes[code] = box
        return box

    def _ticked(self, box: QCheckBox) -> None:
        self._one_stop(box)
        self.edited.emit()
        self.settled.emit()

    def _one_stop(self, stop: QCheckBox | None) -> None:
        """Tab comes here once, to the box one was at last."""
        for box in self._boxes.values():
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if box is stop else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.main.setFocusProxy(stop)


def _wanted(text: str, near: str | None, service: str | None) -> Any:
    from resource_centre.services.providers import Wanted

    return Wanted(text=text.strip(), near=near, service=None if text.strip() else service)


def _found(session: Any, wanted: Any) -> list[Any]:
    from dataclasses import replace

    from resource_centre.services.providers import find_providers

    found = find_providers(session, wanted, limit=AS_MANY)
    return found or find_providers(session, replace(wanted, service=None), limit=AS_MANY)
