# SPDX-License-Identifier: Apache-2.0
"""Today's contacts below the form, and what may become of the one that is marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.person_picker import PersonPicker
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.contacts import ContactRow

LIST_HEIGHT = 190


class ContactList(Card):
    """The signals give the contact's id; `linked` also whose it is."""

    register_wanted = Signal(str)
    case_wanted = Signal(str)
    referral_wanted = Signal(str)
    taken_back = Signal(str)
    linked = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Contacts today"))
        self.desk = desk
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Contacts today"), nothing=_("Nobody yet today."))
        self.list.setFixedHeight(LIST_HEIGHT)
        self.register = self._action(_("Register"), self.register_wanted.emit)
        self.link = self._action(_("Link to somebody known"), lambda _contact: self.ask_whom())
        self.case = self._action(_("Open a case"), self.case_wanted.emit)
        self.refer = self._action(_("Refer"), self.referral_wanted.emit)
        self.take_back = self._action(_("Take it back"), self.taken_back.emit)
        self.whom = PersonPicker(desk, _("Whose contact it is"))
        self.whom.hide()
        self.whom.chosen.connect(self._chosen)
        self.deeds = (self.register, self.link, self.case, self.refer, self.take_back)
        self.body.addLayout(row(*self.deeds, None))
        self.body.addWidget(self.whom)
        self.body.addWidget(self.list)
        self.list.picked.connect(lambda _id: self._offer())
        self.list.chosen.connect(self._open)
        self._offer()

    def show_contacts(self, found: list[ContactRow]) -> None:
        """Show these; the one that was marked stays so, else the newest is."""
        marked = self.list.current_id()
        self.rows.show_rows(found)
        place = next((place for place, one in enumerate(found) if one.id == marked), 0)
        if found:
            self.list.selectRow(place)
        self._offer()

    def mark(self, contact_id: str) -> None:
        """Mark a contact that was just saved."""
        place = self.rows.position_of(contact_id)
        if place >= 0:
            self.list.selectRow(place)

    def current(self) -> ContactRow | None:
        """The contact that is marked."""
        place = self.list.currentIndex()
        found: ContactRow | None = self.rows.row(place.row()) if place.isValid() else None
        return found

    def ask_whom(self) -> None:
        """Look for the person the marked contact was with."""
        self.whom.clear()
        self.whom.show()
        self.whom.line.setFocus()

    def _action(self, words: str, act: Callable[[str], object]) -> QWidget:
        def press() -> None:
            one = self.current()
            if one is not None:
                act(one.id)

        return button(words, press)

    def _offer(self) -> None:
        """Only what is possible with the marked contact."""
        one = self.current()
        named = one is not None and one.person_id is not None
        self.register.setEnabled(one is not None and not named and self.desk.may("register"))
        self.link.setEnabled(one is not None and not named)
        self.case.setEnabled(named and self.desk.may("counsel"))
        self.refer.setEnabled(named and self.desk.may("refer"))
        self.take_back.setEnabled(one is not None)
        self.whom.hide()

    def _chosen(self, person_id: str) -> None:
        one = self.current()
        if one is not None and person_id:
            self.whom.hide()
            self.linked.emit(one.id, person_id)

    def _open(self, contact_id: str) -> None:
        """Enter on a line: to the person, or to their registration."""
        place = self.rows.position_of(contact_id)
        one: ContactRow | None = self.rows.row(place) if place >= 0 else None
        if one is not None and one.person_id is not None:
            self.desk.go("person", one.person_id)
        elif one is not None and self.desk.may("register"):
            self.register_wanted.emit(contact_id)


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda one: one.name or _("unnamed"), width=24),
        Column(_("Client type"), lambda one: term("client_type", one.client_type), width=18),
        Column(_("Reasons for the visit"), lambda one: _words("visit_reason", one.reasons)),
        Column(_("Services given"), lambda one: _words("service_type", one.services)),
        Column(_("Outcome"), lambda one: term("outcome", one.outcome), width=18),
    ]


def _words(name: str, codes: tuple[str, ...]) -> str:
    return ", ".join(term(name, code) for code in codes)
