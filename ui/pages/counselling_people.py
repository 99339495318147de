# SPDX-License-Identifier: Apache-2.0
"""With whom a session was: one person, or everybody of a group one after the other."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.flow import FlowLayout
from ui.kit.pieces import Card, empty, label
from ui.pages.person_picker import PersonPicker


class WithWhom(Card):
    """`chosen` gives the id of somebody chosen, an empty text when they are taken back."""

    chosen = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("With whom?"))
        self.picker = PersonPicker(desk, _("Person"))
        self.setFocusProxy(self.picker.line)
        self.last = label("", "help", wrap=True)
        self.group: dict[str, str] = {}
        """Names of the people of a group, by id."""
        self.grouped = False
        self._chips = FlowLayout()
        self.count = label("", "muted")
        self.body.addWidget(self.picker)
        self.body.addWidget(self.last)
        self.body.addWidget(self.count)
        self.body.addLayout(self._chips)
        self.last.hide()
        self.count.hide()
        self.picker.chosen.connect(self._chosen)

    @property
    def people(self) -> list[str]:
        """The ids of everybody who was there."""
        if self.grouped:
            return list(self.group)
        return [self.picker.person_id] if self.picker.person_id else []

    def set_grouped(self, grouped: bool) -> None:
        """Ask for several people, or for one; whoever is chosen stays, of a group the first."""
        if grouped == self.grouped:
            return
        self.grouped = grouped
        if grouped:
            if self.picker.person_id:
                self.group.setdefault(self.picker.person_id, self.picker.line.text())
            self.picker.clear()
        elif self.group:
            first = next(iter(self.group))
            self.picker.show_person(first, self.group[first])
        self._draw()

    def show_person(self, person_id: str, name: str, about: str = "") -> None:
        """Show somebody who is known already; in a group one more."""
        if self.grouped:
            self.group[person_id] = name
            self.picker.clear()
            self._draw()
        else:
            self.picker.show_person(person_id, name, about)

    def say_last(self, words: str) -> None:
        """Say what the last session was, or nothing."""
        self.last.setText(words)
        self.last.setVisible(bool(words) and not self.grouped)

    def clear(self) -> None:
        """Nobody."""
        self.group.clear()
        self.grouped = False
        self.picker.clear()
        self.say_last("")
        self._draw()

    def mark(self, words: str) -> None:
        """Say what is wrong."""
        self.picker.mark(words)

    def typed(self) -> dict[str, Any]:
        """Who is chosen, for the draft."""
        return {"person_id": self.picker.person_id, "group": dict(self.group) if self.grouped else {}}

    def restore_group(self, group: dict[str, str]) -> None:
        """Put back the people of a group."""
        self.grouped, self.group = bool(group), dict(group)
        self._draw()

    def _chosen(self, person_id: str) -> None:
        self.say_last("")
        if self.grouped and person_id:
            self.group[person_id] = self.picker.line.text()
            self.picker.clear()
            self._draw()
            self.changed.emit()
        elif not self.grouped:
            self.chosen.emit(person_id)

    def _drop(self, person_id: str) -> None:
        self.group.pop(person_id, None)
        self._draw()
        self.picker.line.setFocus()
        self.changed.emit()

    def _draw(self) -> None:
        empty(self._chips)
        people = self.group if self.grouped else {}
        for person_id, name in people.items():
            chip = QToolButton()
            chip.setProperty("role", "chip")
            chip.setText(f"{name}  ✕".replace("&", "&&"))
            chip.setAccessibleName(_("Take away: {answer}").format(answer=name))
            chip.clicked.connect(lambda _checked=False, person_id=person_id: self._drop(person_id))
            self._chips.addWidget(chip)
        self.count.setText(ngettext("{n} person", "{n} people", len(people)).format(n=len(people)))
        self.count.setVisible(self.grouped)
        if self.grouped:
            self.last.hide()
