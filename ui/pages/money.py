# SPDX-License-Identifier: Apache-2.0
"""The household money of somebody who has no case; opened by the person's id, or with the id of a record beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import button
from ui.pages.money_part import MoneyPart


class MoneyPage(Page):
    """The four parts below the person's name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Household money"))
        self.person_id: str | None = None
        self.buttons.addWidget(button(_("To the person"), lambda: desk.go("person", self.person_id)))
        self.part = MoneyPart(desk)
        self.body.addWidget(self.part)

    def opened(self, subject: object = None) -> None:
        """Show the money of this person's household."""
        record_id = None
        if isinstance(subject, tuple):
            subject, record_id = subject
        if isinstance(subject, str):
            if subject != self.person_id:
                self.set_title(_("One moment…"))
            self.person_id = subject
        if self.person_id is None:
            return
        person_id = self.person_id
        self.desk.worker.read(lambda session: _name(session, person_id), self._named, owner=self, quiet=True)
        self.part.show_person(person_id)
        if record_id is not None:
            self.part.open_record(str(record_id))

    def first_field(self) -> QWidget | None:
        """The keyboard is on what one does here most."""
        return self.part.goal_button

    def _named(self, name: str) -> None:
        self.set_title(name, _("Household money"))


def _name(session: Any, person_id: str) -> str:
    from resource_centre.records import Person
    from resource_centre.services.saving import existing

    return existing(session, Person, person_id).full_name or ""
