# SPDX-License-Identifier: Apache-2.0
"""The questionnaires of the centre: the shelf, and one of them with its versions, weights, answers and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.page import Page, scrolling
from ui.kit.pieces import button
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.case_assessments import AssessmentsPart
from ui.pages.questionnaires_ask import ask_questionnaire
from ui.pages.questionnaires_load import FORMS, ask_file, load_form
from ui.pages.questionnaires_look import Look
from ui.pages.questionnaires_read import name_of, version_to_ask, workbook
from ui.pages.questionnaires_shelf import Shelf
from ui.pages.questionnaires_words import facts_of

if TYPE_CHECKING:
    from resource_centre.services.questionnaires import Shelved
    from ui.pages.questionnaires_read import LookedAt

PAPER = "questionnaire"
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
        self.more_button = QPushButton(_("&More"))
        self.more_menu = QMenu(self.more_button)
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

    def save_form(self) -> None:
        """Save the form asked now as a workbook, for Kobo or to be changed."""
        name = self.look.name
        path = ask_where(self, _("Save the form"), f"{name}.xlsx", _("Workbook (*.xlsx)"))
        if path is not None:
            self.desk.worker.read(
                lambda session: workbook(session, name),
                lambda content: save_whole(self.desk, path, content),
                owner=self,
            )

    def print_blank(self) -> None:
        """Print the questionnaire to be filled in by hand."""
        from ui.pages.papers import print_paper

        print_paper(self.desk, PAPER, self.look.name, blank=True, parent=self)

    def export_answers(self) -> None:
        """Give answers out for whoever evaluates them elsewhere."""
        from ui.pages.questionnaires_kobo import ExportAnswers

        known = self._known(self.look.name)
        if known is not None:
            ExportAnswers(self, self.desk, known).open()

    def choose_submissions(self) -> None:
        """Take in what telephones sent."""
        from ui.pages.questionnaires_kobo import ENDINGS

        path = ask_file(self, _("Choose a file of submissions"), ENDINGS)
        if path is not None:
            self.take_submissions_in(path)

    def take_submissions_in(self, path: Path) -> None:
        """Ask whose they are, and take them in."""
        from ui.pages.questionnaires_kobo import TakeIn

        known = self._known(self.look.name)
        if known is not None:
            TakeIn(self, self.desk, known, path).open()

    def withdraw(self) -> None:
        """Ask it no longer, or again."""
        from resource_centre.services.questionnaires import bring_back, withdraw

        known = self._known(self.look.name)
        if known is None:
            return
        if known.withdrawn:
            self._write(lambda session: bring_back(session, known.name))
            return
        question = _("Ask this questionnaire no longer? Its answers stay, and it can be brought back.")
        if ask(self, question, _("Ask it no longer"), _("Keep it")):
            self._write(lambda session: withdraw(session, known.name))

    # Inside

    def _lay_out(self) -> None:
        self.more_button.setMenu(self.more_menu)
        self.more_menu.aboutToShow.connect(self._fill_more)
        for made in (
            self.load_button,
            self.person_button,
            self.back_button,
            self.more_button,
            self.try_button,
            self.ask_button,
        ):
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
        for keys, act in (("F2", self._ask_current), ("Ctrl+O", self._load_by_key), ("Esc", self._back_by_key)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show_looked(self, looked: LookedAt) -> None:
        if self.pile.currentIndex() == LOOK:
            known = looked.line.known
            self.set_title(known.title, facts_of(known))
            self.ask_button.setEnabled(not known.withdrawn)

    def _fill_more(self) -> None:
        self.more_menu.clear()
        for words, act in self._more_actions():
            action = QAction(words, self.more_menu)
            action.triggered.connect(lambda _checked=False, act=act: act())
            self.more_menu.addAction(action)

    def _more_actions(self) -> list[tuple[str, Any]]:
        from reports.papers.kinds import KINDS

        known = self._known(self.look.name)
        found: list[tuple[str, Any]] = []
        if PAPER in KINDS:
            found.append((_("Print blank…"), self.print_blank))
        found.append((_("Save the form as XLSX…"), self.save_form))
        if self.desk.may("report") and self._reads():
            found.append((_("Export answers…"), self.export_answers))
        if self.desk.may("import"):
            found.append((_("Take submissions in…"), self.choose_submissions))
        if self.desk.may("settings") and known is not None:
            found.append((_("Load a new version…"), self.choose_form))
            found.append((_("Ask it again") if known.withdrawn else _("Ask it no longer…"), self.withdraw))
        return found

    def _reads(self) -> bool:
        looked = self.look.looked
        return looked is not None and looked.line.answered is not None

    def _known(self, name: str) -> Shelved | None:
        if self.look.looked is not None and self.look.looked.line.id == name and self.pile.currentIndex() == LOOK:
            return self.look.looked.line.known
        return next((one.known for one in self.shelf.shelved if one.id == name), None)

    def _show_side(self, side: int) -> None:
        self.pile.setCurrentIndex(side)
        self.load_button.setVisible(side == SHELF and self.desk.may("settings"))
        self.person_button.setVisible(side == PERSON)
        self.back_button.setVisible(side != SHELF)
        for made in (self.more_button, self.try_button, self.ask_button):
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

    def _write(self, change: Any) -> None:
        self.desk.worker.change(change, self._written, owner=self)

    def _written(self, _result: Any) -> None:
        self.desk.messages.done(_("Saved."))
        self.look.read()

    def _focus(self) -> None:
        field = self.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
