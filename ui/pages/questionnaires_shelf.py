# SPDX-License-Identifier: Apache-2.0
"""The shelf: every questionnaire in a list, and what can be done with the one the keyboard is on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox, choices_of
from ui.kit.pieces import GAP, Card, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.questionnaires_read import read_shelf
from ui.pages.questionnaires_words import answered_sentence, answered_words, facts_of, kind_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from ui.pages.questionnaires_read import OnShelf

NOUNS = ("Questionnaire", "QuestionnaireVersion", "Response", "SensitiveResponse", "ProtectedResponse")


class Shelf(QWidget):
    """Emits the name of the questionnaire that is to be opened, asked or looked through."""

    opens = Signal(str)
    asks = Signal(str)
    tries = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shelved: Sequence[OnShelf] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by title"))
        self.search.setAccessibleName(_("Search by title"))
        self.search.setClearButtonEnabled(True)
        self.kind = _any_of(_("Kind"), _("Every kind"), "questionnaire_kind")
        self.about = _any_of(_("About whom"), _("About anybody"), "questionnaire_about")
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Questionnaires"), nothing=_("One moment…"))
        self.chosen_title = label("", "heading", wrap=True)
        self.chosen_facts = label("", "muted", wrap=True)
        self.chosen_words = label("", wrap=True)
        self.ask_button = button(_("&Ask…"), self._ask, role="main", help="F2")
        self.try_button = button(_("Look throu&gh"), self._try)
        self.open_button = button(_("&Open"), self._open, help=_("Enter"))
        self.chosen = self._chosen_card()
        self._lay_out()
        self._listen()

    def look(self) -> None:
        """Read the shelf."""
        self.desk.worker.read(read_shelf, self.show_shelf, replaces="shelf", owner=self)

    def show_shelf(self, shelved: Sequence[OnShelf]) -> None:
        """Show what was read."""
        self.shelved = shelved
        self.list.say_when_empty(_("No questionnaire fits. Clear the search to see all of them."))
        self._narrow()

    def current(self) -> OnShelf | None:
        """The questionnaire the keyboard is on."""
        name = self.list.current_id()
        return next((one for one in self.shelved if one.id == name), None)

    def first_field(self) -> QWidget:
        """The keyboard is in the list."""
        return self.list

    # Inside

    def _chosen_card(self) -> Card:
        card = Card()
        card.body.setSpacing(2)
        actions = row(self.chosen_title, self.try_button, self.open_button, self.ask_button)
        actions.setStretch(0, 1)
        card.body.addLayout(actions)
        card.body.addWidget(self.chosen_facts)
        card.body.addWidget(self.chosen_words)
        return card

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        asked = row(self.search, self.kind, self.about)
        asked.setStretch(0, 1)
        inside.addLayout(asked)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.chosen)
        inside.addWidget(label(_("Enter opens a questionnaire, F2 asks it."), "help"))
        self.chosen.hide()

    def _listen(self) -> None:
        self.search.textChanged.connect(lambda _text: self._narrow())
        for choice in (self.kind, self.about):
            choice.activated.connect(lambda _place: self._narrow())
        self.list.chosen.connect(self.opens)
        self.list.picked.connect(lambda _name: self._show_chosen())
        self.desk.worker.changed.connect(self._changed)

    def _columns(self) -> tuple[Column, ...]:
        colours = self.desk.theme

        def tone(one: OnShelf) -> str:
            return colours.colours.muted if one.known.withdrawn else ""

        return (
            Column(_("Title"), lambda one: one.known.title, tone=tone),
            Column(_("Kind"), lambda one: kind_words(one.known), width=14, tone=tone),
            Column(_("About whom"), lambda one: term("questionnaire_about", one.known.about), width=16),
            Column(
                _("Who reads the answers"),
                lambda one: term("questionnaire_sensitivity", one.known.sensitivity),
                width=31,
                tone=lambda one: colours.colours.warning if one.known.sensitivity == "protected" else "",
            ),
            Column(_("Version"), lambda one: one.known.form_version, width=8),
            Column(_("Answered"), answered_words, width=8, right=True),
        )

    def _narrow(self) -> None:
        wanted, kind, about = self.search.text().casefold().split(), self.kind.currentData(), self.about.currentData()
        self.rows.show_rows(
            [
                one
                for one in self.shelved
                if all(word in one.known.title.casefold() for word in wanted)
                and kind in (None, one.known.kind)
                and about in (None, one.known.about)
            ]
        )
        if self.rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self.current()
        self.chosen.setVisible(one is not None)
        if one is None:
            return
        self.chosen_title.setText(one.known.title)
        self.chosen_facts.setText(facts_of(one.known))
        self.chosen_words.setText(answered_sentence(one))
        self.ask_button.setEnabled(not one.known.withdrawn)

    def _ask(self) -> None:
        if (one := self.current()) is not None and not one.known.withdrawn:
            self.asks.emit(one.id)

    def _try(self) -> None:
        if (one := self.current()) is not None:
            self.tries.emit(one.id)

    def _open(self) -> None:
        if (one := self.current()) is not None:
            self.opens.emit(one.id)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not set(NOUNS).isdisjoint(changed):
            self.look()


def _any_of(name: str, everything: str, vocabulary_name: str) -> ComboBox:
    made = ComboBox()
    made.addItem(everything, None)
    for code, words in choices_of(vocabulary_name):
        made.addItem(words, code)
    made.setAccessibleName(name)
    return made
