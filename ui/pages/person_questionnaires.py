# SPDX-License-Identifier: Apache-2.0
"""On a person's page: what they were asked last, what was begun, and the way to the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, empty, label, row
from ui.pages.assessments_read import rows_of
from ui.pages.questionnaires_words import state_words, when_words
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.services.response_lists import ResponseRow

NOUNS = frozenset({"Response", "SensitiveResponse", "ProtectedResponse", "Draft"})
SHOWN = 4


class QuestionnairesCard(Card):
    """Unfinished ones first, then the newest."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Questionnaires"))
        self.desk = desk
        self.person_id = ""
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.body.addLayout(self.lines)
        desk.worker.changed.connect(self._changed)

    def show_person(self, person_id: str) -> None:
        """Read and show."""
        self.person_id = person_id
        self.desk.worker.read(
            lambda session: rows_of(session, person_id),
            lambda rows: self._show(person_id, rows),
            replaces="person-questionnaires",
            quiet=True,
            owner=self,
        )

    def _show(self, person_id: str, rows: tuple[ResponseRow, ...]) -> None:
        if person_id != self.person_id:
            return
        empty(self.lines)
        ordered = sorted(rows, key=lambda one: one.state != "begun")
        for one in ordered[:SHOWN]:
            self._line(one)
        if not rows:
            self.lines.addWidget(label(_("Nothing was asked yet."), "muted"))
        more = len(rows) - SHOWN
        words = _("Ask, or see figures…")
        if more > 0:
            words = _("{n} more; ask, or see figures…").format(n=whole_number(more))
        to_all = partial(self.desk.go, "questionnaires", ("person", self.person_id))
        self.lines.addLayout(row(button(words, to_all), None))

    def _line(self, one: ResponseRow) -> None:
        said = " · ".join(part for part in (when_words(one), state_words(one)) if part)
        words = _("Go on: {title}").format(title=one.title) if one.state == "begun" else one.title
        to_it = partial(self.desk.go, "questionnaire", ("response", one.id))
        self.lines.addLayout(row(button(words, to_it, role="link", name=f"{words}, {said}"), None))
        self.lines.addWidget(label(said, "warning" if one.state == "begun" else "muted", wrap=True))

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.person_id and self.isVisible() and not NOUNS.isdisjoint(changed):
            self.show_person(self.person_id)
