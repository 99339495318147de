# SPDX-License-Identifier: Apache-2.0
"""Curricula: the versions there are, and one of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import button, label
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.curricula_forms import curriculum_form
from ui.pages.curricula_store import read_list
from ui.pages.curricula_view import CurriculumView
from ui.pages.curricula_words import subtitle, time_words, where_it_stands
from ui.pages.form_place import FormPile
from ui.pages.wording import whole_number

LIST, ONE = range(2)


class CurriculaPage(Page):
    """The versions of all curricula; a subject is a version's id, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Curricula"), scrolls=False)
        self.rows = Rows(desk.worker, _columns())
        self.curricula = RowsView(self.rows, _("Curricula"), nothing=_("One moment…"))
        self.one = CurriculumView(desk)
        self.list_pile = FormPile()
        self.pile = QStackedWidget()
        self.events_button = button(_("To the events"), lambda: desk.go("training"), help="Esc")
        self.new_button = button(_("New curriculum"), self.begin, role="main", help="F2")
        self.back_button = button(_("All curricula"), self.show_list, help="Esc")
        self._lay_out()
        self._listen()
        self._show_side(LIST)

    def opened(self, subject: object = None) -> None:
        """Show a version, a new curriculum, or where one was."""
        if subject == "new":
            self.show_list()
            self.begin()
        elif isinstance(subject, str) and subject:
            self.open_one(subject)
        elif self.pile.currentIndex() == ONE:
            self.one.refresh()
        elif self.list_pile.form is None:
            self.show_list()

    def first_field(self) -> QWidget | None:
        """The list, or the modules of what is open."""
        return self.one.first_field() if self.pile.currentIndex() == ONE else self.curricula

    def begin(self) -> None:
        """An empty form for a curriculum of the centre's own."""
        self.list_pile.open_form(lambda: curriculum_form(self.desk, None, (self._begun, self._form_closed)))

    def open_one(self, curriculum_id: str) -> None:
        """One version."""
        self.one.open(curriculum_id)
        self._show_side(ONE)
        self.one.first_field().setFocus()

    def show_list(self) -> None:
        """Back to all of them; what is typed in a form stays as a draft."""
        self.one.pile.close_form()
        self._show_side(LIST)
        self.rows.ask(lambda session, last, _limit: [] if last is not None else read_list(session))
        self.curricula.setFocus()

    # Inside

    def _lay_out(self) -> None:
        for made in (self.events_button, self.back_button, *self.one.actions_at_top, self.new_button):
            self.buttons.addWidget(made)
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.curricula, 1)
        inside.addWidget(label(_("Enter opens a version. F2 begins a new curriculum."), "help"))
        self.list_pile.addWidget(side)
        for widget in (self.list_pile, self.one):
            self.pile.addWidget(widget)
        self.body.addWidget(self.pile, 1)

    def _listen(self) -> None:
        self.curricula.chosen.connect(self.open_one)
        self.rows.counted.connect(lambda count, _whole: self._select_first(count))
        self.rows.refresh_on("Curriculum", "CurriculumModule")
        self.one.shown.connect(self._name_it)
        self.one.made.connect(self._draft_made)
        self.one.gone.connect(self.show_list)
        for widget, key, act in (
            (self.list_pile, "F2", self.begin),
            (self.curricula, "Esc", lambda: self.desk.go("training")),
            (self.one.side, "Esc", self.show_list),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _select_first(self, count: int) -> None:
        if count and not self.curricula.currentIndex().isValid():
            self.curricula.selectRow(0)

    def _begun(self, curriculum_id: Any) -> None:
        self.list_pile.close_form()
        self.open_one(str(curriculum_id))
        self.desk.messages.done(_("Saved. Now add the modules: F3."))

    def _draft_made(self, curriculum_id: str) -> None:
        self.open_one(curriculum_id)
        self.desk.messages.done(_("This is a draft. Change what you like and publish it when it is ready."))

    def _form_closed(self) -> None:
        self.list_pile.close_form()
        self.curricula.setFocus()

    def _name_it(self) -> None:
        if self.one.look is not None and self.pile.currentIndex() == ONE:
            self.set_title(self.one.look.row.name, subtitle(self.one.look.row))

    def _show_side(self, side: int) -> None:
        self.pile.setCurrentIndex(side)
        for widget in (self.events_button, self.new_button):
            widget.setVisible(side == LIST)
        self.back_button.setVisible(side == ONE)
        if side == ONE:
            self.one.say_actions()
            return
        for action in self.one.actions_at_top:
            action.setVisible(False)
        self.set_title(_("Curricula"))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), lambda one: one.name),
        Column(_("Version"), lambda one: one.edition, width=8),
        Column(_("State"), where_it_stands, width=28),
        Column(_("Modules"), lambda one: whole_number(one.modules), width=8, right=True),
        Column(_("Length"), lambda one: time_words(one.minutes), width=12, right=True),
        Column(_("Published on"), lambda one: show_date(one.published_on) if one.published_on else "", width=18),
    )
