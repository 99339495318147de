# SPDX-License-Identifier: Apache-2.0
"""Finding one known person in a form: typed like the search, chosen from a list, shown with what tells them apart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import button, label, row, set_role
from ui.pages.suggesting import SuggestingLine, Suggestion
from ui.pages.wording import age_or_standing, term, village_words

AS_MANY = 8


class PersonPicker(QWidget):
    """One line; `chosen` gives the person's id, an empty text when taken back."""

    chosen = Signal(str)
    new_wanted = Signal(str)
    """Nobody fits: register somebody with this name."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person_id: str | None = None
        self.line = SuggestingLine(first_is_chosen=True)
        self.line.setPlaceholderText(_("Name, number, NIK, telephone or village"))
        self.line.setAccessibleName(name)
        self.about = label("", "help", wrap=True)
        self.about.hide()
        self.new = button(_("Register a new person"), lambda: self.new_wanted.emit(self.line.text()), role="link")
        self.new.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addLayout(row(self.line, self.new))
        inside.addWidget(self.about)
        self.setFocusProxy(self.line)
        self.line.wondering.connect(self._wonder)
        self.line.textEdited.connect(lambda _text: self._forget())
        self.line.taken.connect(self._taken)
        desk.places.wanted()

    @property
    def person_id(self) -> str | None:
        """Who is chosen."""
        return self._person_id

    def show_person(self, person_id: str, name: str, about: str = "") -> None:
        """Show somebody who is known already; `chosen` is not emitted."""
        self._person_id = person_id
        self.line.setText(name)
        self._say(about)

    def clear(self) -> None:
        """Nobody."""
        self._person_id = None
        self.line.clear()
        self._say("")

    def mark(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        set_role(self.line, "wrong", "error" if words else "")
        set_role(self.about, "role", "error" if words else "help")
        self._say(words)

    def _wonder(self, text: str) -> None:
        if not text.strip():
            self.line.offer(())
            return
        self._desk.worker.read(
            lambda session: _found(session, text),
            lambda found: self._offer(text, found),
            replaces=f"picker-{id(self)}",
            quiet=True,
            owner=self,
        )

    def _offer(self, text: str, found: list[Any]) -> None:
        if text != self.line.text():
            return
        self.line.offer([Suggestion(person.name, self._about(person), person) for person in found])
        self.new.setVisible(not found)
        self._say("" if found else _("Nobody found."))

    def _taken(self, suggestion: Suggestion) -> None:
        self._person_id = str(suggestion.value.id)
        self.new.hide()
        self.mark("")
        self._say(suggestion.detail)
        self.chosen.emit(self._person_id)

    def _forget(self) -> None:
        self.mark("")
        if self._person_id is not None:
            self._person_id = None
            self.chosen.emit("")

    def _about(self, person: Any) -> str:
        parts = (
            person.number or "",
            term("sex", person.sex),
            age_or_standing(person.birth_date, person.standing),
            village_words(self._desk.places, person.village_code),
        )
        return " · ".join(part for part in parts if part)

    def _say(self, words: str) -> None:
        self.about.setText(words)
        self.about.setVisible(bool(words))


def _found(session: Any, text: str) -> list[Any]:
    from db.search import find_people

    return list(find_people(session, text, limit=AS_MANY))
