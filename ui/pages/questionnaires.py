# SPDX-License-Identifier: Apache-2.0
"""The questionnaires of the centre: the shelf, and one of them with its versions, weights, answers and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import button
from ui.pages.case_assessments import AssessmentsPart
from ui.pages.questionnaires_ask import ask_questionnaire
from ui.pages.questionnaires_load import FORMS, ask_file, load_form
from ui.pages.questionnaires_look import Look
from ui.pages.questionnaires_more import MoreButton
from ui.pages.questionnaires_read import name_of, version_to_ask
from ui.pages.questionnaires_shelf import Shelf
from ui.pages.questionnaires_words import facts_of

if TYPE_CHECKING:
    from resource_centre.services.questionnaires import Shelved
    from ui.pages.questionnaires_read import LookedAt

SHELF, LOOK, PERSON = range(3)


class QuestionnairesPage(Page):
    """A subject is a questionnaire's name, ``(name, tab)`` with one of `TABS`, ``("person", person_id)`` for what
    somebody was asked, or the path of a form to load."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Questionnaires"), scrolls=False)
        self.shelf, self.look, self.own = Shelf(desk), Look(desk), AssessmentsPart(desk)
        self.person_button = button(_("To the person"), lambda: desk.go("person", self.own.person_id))
        self.load_button = button(_("&Load a form…"), self.choose_form, help="Ctrl+O")
        self.back_button = button(_("A&ll questionnaires"), self.to_shelf, help="Esc")
        self.more = MoreButton(desk)
        self.try_button = button(_("Look throu&gh"), lambda: self.look_through(self.look.name))
        self.ask_button = button(_("&Ask…"), lambda: self.ask(self.look.name), role="main", help="F2")
        self.pile = QStackedWidget()
        self._lay_out()
        self._listen()
        self._show_side(SHELF)

    def opened(self, subject: object = None) -> None:
        """Show the shelf, or one questionnaire."""
        self.desk.places.wanted()
        if isinstance(subject, Path):
            self._show_side(SHELF)
            self.shelf.look()
            load_form(self.desk, self, subject)
        elif isinstance(subject, tuple) and subject[0] == "person":
            self.open_person(subject[1])
        elif isinstance(subject, tuple):
            self.open(*subject)
        elif isinstance(subject, str):
            self.open(subject)
        elif self.pile.currentIndex() == SHELF:
            self.shelf.look()
        elif self.pile.currentIndex() == LOOK:
            self.look.read()
        else:
            self.own.read()

    def first_field(self) -> QWidget | None:
        """The list, or the tabs."""
        return (self.shelf, self.look, self.own)[self.pile.currentIndex()].first_field()

    def open(self, name: str, tab: str = "") -> None:
        """Show one questionnaire."""
        self._show_side(LOOK)
        self.set_title(_("One moment…"))
        self.look.show_questionnaire(name, tab)
        self._focus()

    def open_person(self, person_id: str) -> None:
        """Show what somebody was asked."""
        self._show_side(PERSON)
        self.set_title(_("One moment…"))
        self.own.show_person(person_id)
        self.desk.worker.read(lambda session: name_of(session, person_id), self._say_whose, owner=self)
        self._focus()

    def to_shelf(self) -> None:
        """Back to the list."""
        self._show_side(SHELF)
        self.shelf.look()
        self._focus()

    def ask(self, name: str) -> None:
        """Ask a questionnaire of somebody."""
        known = self._known(name)
        if known is not None and not known.withdrawn:
            ask_questionnaire(self.desk, self, known)

    def look_through(self, name: str) -> None:
        """Fill it in as a trial; nothing is kept."""
        self.desk.worker.change(
            lambda session: version_to_ask(session, name),
            lambda version_id: self.desk.go("questionnaire", ("preview", version_id)),
            owner=self,
        )

    def choose_form(self) -> None:
        """Load a form from a file."""
        path = ask_file(self, _("Choose a form"), FORMS)
        if path is not None:
            load_form(self.desk, self, path)

    # Inside

    def _lay_out(self) -> None:
        for made in (
            self.load_button, self.person_button, self.back_button, self.more, self.try_button, self.ask_button,
        ):  # fmt: skip
            self.buttons.addWidget(made)
        self.pile.addWidget(self.shelf)
        self.pile.addWidget(self.look)
        inside = QVBoxLayout()
        inside.addWidget(self.own)
        self.pile.addWidget(scrolling(inside))
        self.body.addWidget(self.pile, 1)

    def _listen(self) -> None:
        self.shelf.opens.connect(self.open)
        self.shelf.asks.connect(self.ask)
        self.shelf.tries.connect(self.look_through)
        self.look.looked_at.connect(self._show_looked)
        self.more.wants_form.connect(self.choose_form)
        self.more.changed.connect(self.look.read)
        for keys, act in (("F2", self._ask_current), ("Ctrl+O", self._load_by_key), ("Esc", self._back_by_key)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show_looked(self, looked: LookedAt) -> None:
        if self.pile.currentIndex() == LOOK:
            known = looked.line.known
            self.more.show_line(looked.line)
            self.set_title(known.title, facts_of(known))
            self.ask_button.setEnabled(not known.withdrawn)

    def _known(self, name: str) -> Shelved | None:
        if self.look.looked is not None and self.look.looked.line.id == name and self.pile.currentIndex() == LOOK:
            return self.look.looked.line.known
        return next((one.known for one in self.shelf.shelved if one.id == name), None)

    def _show_side(self, side: int) -> None:
        self.pile.setCurrentIndex(side)
        self.load_button.setVisible(side == SHELF and self.desk.may("settings"))
        self.person_button.setVisible(side == PERSON)
        self.back_button.setVisible(side != SHELF)
        for made in (self.more, self.try_button, self.ask_button):
            made.setVisible(side == LOOK)
        if side == SHELF:
            self.set_title(_("Questionnaires"))

    def _ask_current(self) -> None:
        one = self.shelf.current()
        if self.pile.currentIndex() == PERSON:
            self.own.choose()
            return
        self.ask(self.look.name if self.pile.currentIndex() == LOOK else one.id if one is not None else "")

    def _load_by_key(self) -> None:
        if self.load_button.isVisible():
            self.choose_form()

    def _back_by_key(self) -> None:
        if self.pile.currentIndex() != SHELF:
            self.to_shelf()

    def _say_whose(self, name: str) -> None:
        if self.pile.currentIndex() == PERSON:
            self.set_title(name, _("Questionnaires"))

    def _focus(self) -> None:
        field = self.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
