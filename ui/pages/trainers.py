# SPDX-License-Identifier: Apache-2.0
"""Trainers: the register, who trained whom, and one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import GAP, button, label
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.form_place import FormPile
from ui.pages.trainers_filter import TrainerFilter
from ui.pages.trainers_forms import trainer_form
from ui.pages.trainers_store import Known, read_known, read_trainers
from ui.pages.trainers_tree import TreeSide
from ui.pages.trainers_view import OneTrainer
from ui.pages.trainers_words import active_words, areas_words
from ui.pages.wording import home_of, term, whole_number

if TYPE_CHECKING:
    from resource_centre.services.trainers import TrainerRow

LIST, ONE = range(2)


class TrainersPage(Page):
    """The register and the tree; a subject is a trainer's id, "new" or "tree"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Trainers"), scrolls=False)
        self.rows = Rows(desk.worker, self._columns())
        self.trainers = RowsView(self.rows, _("Trainers"), nothing=_("One moment…"))
        self.filter = TrainerFilter(desk)
        self.tree = TreeSide(desk)
        self.one = OneTrainer(desk)
        self.sides = QTabWidget()
        self.list_pile = FormPile()
        self._whole = False
        self.pile = QStackedWidget()
        self.events_button = button(_("To the events"), lambda: desk.go("training"), help="Esc")
        self.new_button = button(_("New trainer"), self.begin, role="main", help="F2")
        self.back_button = button(_("All trainers"), self.show_list, help="Esc")
        self._lay_out()
        self._listen()
        self._show_side(LIST)

    def opened(self, subject: object = None) -> None:
        """Show a trainer, a new one, the tree, or where one was."""
        self.desk.places.wanted()
        if subject == "new":
            self.show_list()
            self.begin()
        elif subject == "tree":
            self.sides.setCurrentIndex(1)
            self.show_list()
        elif isinstance(subject, str) and subject:
            self.open_one(subject)
        elif self.pile.currentIndex() == ONE:
            self.one.refresh()
        elif self.list_pile.form is None:
            self.show_list()

    def first_field(self) -> QWidget | None:
        """The list or the tree, or what is open."""
        if self.pile.currentIndex() == ONE:
            return self.one.first_field()
        if self.list_pile.form is not None:
            return self.list_pile.form.form.editor("name")
        return self.trainers if self.sides.currentIndex() == 0 else self.tree.tree

    def begin(self) -> None:
        """An empty form for a new trainer."""
        if self.pile.currentIndex() == LIST and self.list_pile.form is None:
            self.desk.worker.read(read_known, self._open_form, replaces="trainer-form", owner=self)

    def open_one(self, trainer_id: str) -> None:
        """One trainer."""
        self.one.open(trainer_id)
        self._show_side(ONE)
        self.one.first_field().setFocus()

    def show_list(self) -> None:
        """Back to all of them; what is typed in a form stays as a draft."""
        self.one.pile.close_form()
        self._show_side(LIST)
        self._ask()
        if self.sides.currentIndex() == 1:
            self.tree.refresh()
        (self.first_field() or self).setFocus()

    # Inside

    def _lay_out(self) -> None:
        for made in (self.back_button, self.events_button, *self.one.actions_at_top, self.new_button):
            self.buttons.addWidget(made)
        register = QWidget()
        inside = QVBoxLayout(register)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.filter)
        inside.addWidget(self.trainers, 1)
        inside.addWidget(label(_("Enter opens a trainer. F2 registers a new one."), "help"))
        self.sides.addTab(register, _("Register of trainers"))
        self.sides.addTab(self.tree, _("Who trained whom"))
        self.sides.tabBar().setAccessibleName(_("Register or tree"))
        self.list_pile.addWidget(self.sides)
        for widget in (self.list_pile, self.one):
            self.pile.addWidget(widget)
        self.body.addWidget(self.pile, 1)

    def _columns(self) -> tuple[Column, ...]:
        places, home = self.desk.places, home_of(self.desk)

        def active(row: TrainerRow) -> str:
            return active_words(row.active, row.ended_on is not None and not row.active)

        return (
            Column(_("Name"), lambda row: row.name or ""),
            Column(_("Level"), lambda row: term("trainer_level", row.level), width=16),
            Column(_("Certified on"), lambda row: show_date(row.certified_on), width=13),
            Column(_("Trained by"), lambda row: row.trained_by or "", width=16),
            Column(_("Works in"), lambda row: areas_words(places, row.areas, home), width=15),
            Column(_("Active"), active, width=12),
            Column(_("Sessions"), lambda row: whole_number(row.sessions), width=7, right=True),
            Column(_("People"), lambda row: _many(row.people), width=7, right=True),
        )

    def _listen(self) -> None:
        self.trainers.chosen.connect(self.open_one)
        self.tree.tree.chosen.connect(self.open_one)
        self.filter.narrowed.connect(self._ask)
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        self.rows.refresh_on("Trainer", "EventTrainer", "TrainingEvent", "Participation")
        self.desk.places.ready.connect(self.trainers.viewport().update)
        self.sides.currentChanged.connect(lambda _place: self._turned())
        self.one.shown.connect(self._name_it)
        self.one.wants_trainer.connect(self.open_one)
        self.one.gone.connect(self.show_list)
        keys: list[tuple[QWidget, str, Callable[[], object]]] = [
            (self.list_pile, "F2", self.begin),
            (self.sides, "Esc", lambda: self.desk.go("training")),
            (self.one.side, "Esc", self.show_list),
        ]
        keys += [(self.list_pile, f"Alt+{place + 1}", partial(self.sides.setCurrentIndex, place)) for place in range(2)]
        for widget, key, act in keys:
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _ask(self) -> None:
        """Names at once; whom each has reached follows, which takes a moment in a large centre."""
        self._whole = False
        narrowed = self.filter.chosen() | {"counted": False}
        self.rows.ask(lambda session, last, _limit: [] if last is not None else read_trainers(session, **narrowed))

    def _ask_whole(self) -> None:
        self._whole = True
        narrowed = self.filter.chosen()
        self.rows.ask(lambda session, last, _limit: [] if last is not None else read_trainers(session, **narrowed))

    def _turned(self) -> None:
        if self.sides.currentIndex() == 1:
            self.tree.refresh()
        (self.first_field() or self).setFocus()

    def _counted(self, count: int) -> None:
        none = _("No trainer yet. Press F2.")
        self.trainers.say_when_empty(_("No trainer fits these choices.") if self.filter.chosen() else none)
        if count and not self.trainers.currentIndex().isValid():
            self.trainers.selectRow(0)
        if count and not self._whole:
            self._ask_whole()
        if not self.filter.chosen():
            self.filter.offer_areas({area for place in range(count) for area in self.rows.row(place).areas})

    def _open_form(self, known: Known) -> None:
        level = None if known.trainers else "master"
        self.list_pile.open_form(
            lambda: trainer_form(self.desk, known, None, (self._registered, self._form_closed), level)
        )

    def _registered(self, trainer_id: Any) -> None:
        self.list_pile.close_form()
        self.open_one(str(trainer_id))
        self.desk.messages.done(_("Saved."))

    def _form_closed(self) -> None:
        self.list_pile.close_form()
        (self.first_field() or self).setFocus()

    def _name_it(self) -> None:
        view = self.one.view
        if view is not None and self.pile.currentIndex() == ONE:
            self.set_title(view.trainer.name or "", term("trainer_level", view.trainer.level))

    def _show_side(self, side: int) -> None:
        self.pile.setCurrentIndex(side)
        shown = {LIST: (self.events_button, self.new_button), ONE: (self.back_button, *self.one.actions_at_top)}
        for place, widgets in shown.items():
            for widget in widgets:
                widget.setVisible(place == side)
        if side == LIST:
            self.set_title(_("Trainers"))


def _many(people: int | None) -> str:
    return "…" if people is None else whole_number(people)
