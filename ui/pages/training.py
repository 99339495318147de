# SPDX-License-Identifier: Apache-2.0
"""Training: the list of events, and the sheet of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import button, label
from ui.kit.table import Column, Rows, RowsView
from ui.pages.training_event import TrainingEventView
from ui.pages.wording import days_words, home_of, term, village_words

if TYPE_CHECKING:
    from resource_centre.services.training import EventRow

NEW = "new"


class TrainingPage(Page):
    """The events; a subject is an event's id, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Training"), scrolls=False)
        self.rows = Rows(desk.worker, self._columns())
        self.events = RowsView(self.rows, _("Training events"), nothing=_("One moment…"))
        self.sheet = TrainingEventView(desk, self.show_list)
        self.new_button = button(_("New event"), self.begin_event, role="main", help="F2")
        self.back_button = button(_("All events"), self.show_list, help="Esc")
        self.buttons.addWidget(self.back_button)
        for made in self.sheet.actions_at_top:
            self.buttons.addWidget(made)
        self.buttons.addWidget(self.new_button)
        self.pile = QStackedWidget()
        self.list_side = self._list_side()
        self.pile.addWidget(self.list_side)
        self.pile.addWidget(self.sheet)
        self.body.addWidget(self.pile, 1)
        self._listen()
        self._show_side(sheet=False)

    def opened(self, subject: object = None) -> None:
        """Show an event, a new one, or where one was."""
        self.desk.places.wanted()
        if subject == NEW:
            self.begin_event()
        elif isinstance(subject, str) and subject:
            self._open(subject)
        elif self.pile.currentIndex() == 0:
            self.show_list()

    def first_field(self) -> QWidget | None:
        """The list, or the first question of the event."""
        return self.events if self.pile.currentIndex() == 0 else self.sheet.first_field()

    def begin_event(self) -> None:
        """An empty sheet for a new event."""
        self._show_side(sheet=True)
        self.sheet.begin()

    def show_list(self) -> None:
        """Back to all events; what is typed stays as a draft."""
        self.sheet.leave()
        self._show_side(sheet=False)
        self.rows.ask(lambda session, last, _limit: [] if last is not None else _events(session))
        self.events.setFocus()

    def _list_side(self) -> QWidget:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.events, 1)
        inside.addWidget(label(_("Enter opens an event. F2 begins a new one."), "help"))
        return side

    def _columns(self) -> tuple[Column, ...]:
        places, home = self.desk.places, home_of(self.desk)
        return (
            Column(_("Date"), lambda event: days_words(event.starts_on, event.ends_on), width=24),
            Column(_("What"), lambda event: event.topic or term("module", event.module)),
            Column(_("Kind of event"), lambda event: term("training_type", event.training_type), width=20),
            Column(_("Village"), lambda event: village_words(places, event.village_code, home), width=30),
            Column(_("Number"), lambda event: event.number or "", width=19),
        )

    def _listen(self) -> None:
        self.events.chosen.connect(self._open)
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        self.rows.refresh_on("TrainingEvent")
        self.desk.places.ready.connect(self.events.viewport().update)
        # On the list only: in the sheet F2 opens the cell, as in every spreadsheet.
        begin = QShortcut(QKeySequence("F2"), self.list_side)
        begin.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        begin.activated.connect(self.begin_event)

    def _counted(self, count: int) -> None:
        self.events.say_when_empty(_("No training yet. Press F2."))
        if count and not self.events.currentIndex().isValid():
            self.events.selectRow(0)

    def _open(self, event_id: str) -> None:
        self._show_side(sheet=True)
        self.sheet.open(event_id)

    def _show_side(self, *, sheet: bool) -> None:
        self.pile.setCurrentIndex(1 if sheet else 0)
        self.new_button.setVisible(not sheet)
        self.back_button.setVisible(sheet)
        for made in self.sheet.actions_at_top:
            made.setVisible(sheet)
        if not sheet:
            self.set_title(_("Training"))


def _events(session: Any) -> list[EventRow]:
    from resource_centre.services.training import events_of

    return events_of(session)
