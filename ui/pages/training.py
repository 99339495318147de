# SPDX-License-Identifier: Apache-2.0
"""Training: the list of events, and one event with its parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import WIDE_GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.papers import Offer, PapersButton
from ui.pages.training_event import TrainingEventView
from ui.pages.training_parts import SHEET, EventParts
from ui.pages.wording import days_words, home_of, term, village_words
from ui.shell_pages import PAGES

if TYPE_CHECKING:
    from resource_centre.records import TrainingEvent
    from resource_centre.services.training import EventRow

NEW = "new"
FURTHER = ("curricula", "trainers", "agreements", "partners", "practices")
"""Pages about learning that have no place of their own at the left."""


class TrainingPage(Page):
    """The events; a subject is an event's id, ``(event_id, key of a part)``, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Training"), scrolls=False)
        self.rows = Rows(desk.worker, self._columns())
        self.events = RowsView(self.rows, _("Training events"), nothing=_("One moment…"))
        self.sheet = TrainingEventView(desk)
        self.parts = EventParts(desk, self.sheet)
        self._wanted = ""
        self.new_button = button(_("New event"), self.begin_event, role="main", help="F2")
        self.back_button = button(_("All events"), self.show_list, help="Esc")
        self.papers = PapersButton(desk, self._offers)
        for made in (self.back_button, self.papers, *self.sheet.actions_at_top, self.new_button):
            self.buttons.addWidget(made)
        self.pile = QStackedWidget()
        self.list_side, self.event_side = self._list_side(), self._event_side()
        self.pile.addWidget(self.list_side)
        self.pile.addWidget(self.event_side)
        self.body.addWidget(self.pile, 1)
        self._listen()
        self._show_side(event=False)

    def opened(self, subject: object = None) -> None:
        """Show an event, a new one, or where one was."""
        self.desk.places.wanted()
        event_id, self._wanted = subject if isinstance(subject, tuple) else (subject, "")
        if event_id == NEW:
            self.begin_event()
        elif isinstance(event_id, str) and event_id:
            self._open(event_id)
        elif self.pile.currentIndex() == 0:
            self.show_list()

    def first_field(self) -> QWidget | None:
        """The list, the first question of the event, or what comes first in the part that is shown."""
        if self.pile.currentIndex() == 0:
            return self.events
        return self.sheet.first_field() if self.parts.here() == SHEET else self.parts.first_field()

    def begin_event(self) -> None:
        """An empty sheet for a new event."""
        self._show_side(event=True)
        self.sheet.begin()

    def show_list(self) -> None:
        """Back to all events; what is typed stays as a draft."""
        self.sheet.leave()
        self.parts.leave()
        self._show_side(event=False)
        self.rows.ask(lambda session, last, _limit: [] if last is not None else _events(session))
        self.events.setFocus()

    def _list_side(self) -> QWidget:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.events, 1)
        links = [self._link(key) for key in FURTHER if key in PAGES]
        inside.addLayout(
            row(label(_("Enter opens an event. F2 begins a new one."), "help"), None, *links, gap=WIDE_GAP)
        )
        return side

    def _link(self, key: str) -> QWidget:
        return button(_(PAGES[key][0]), partial(self.desk.go, key), role="link")

    def _event_side(self) -> QWidget:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        corner = QWidget()
        corner.setLayout(row(self.sheet.count, self.sheet.fold, gap=WIDE_GAP))
        self.parts.setCornerWidget(corner)
        inside.addWidget(self.parts)
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
        self.sheet.begun.connect(self._begun)
        self.sheet.looked.connect(self._say_what)
        self.parts.turned.connect(lambda _key: self._show_actions())
        # On the list only: in the sheet F2 opens the cell, as in every spreadsheet.
        self._key("F2", self.list_side, self.begin_event)
        self._key("Esc", self.event_side, self.show_list)

    def _key(self, keys: str, where: QWidget, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _offers(self) -> list[Offer]:
        """The papers of the event that is shown."""
        return []

    def _counted(self, count: int) -> None:
        self.events.say_when_empty(_("No training yet. Press F2."))
        if count and not self.events.currentIndex().isValid():
            self.events.selectRow(0)

    def _open(self, event_id: str) -> None:
        self._show_side(event=True)
        self.parts.show_event(None, None)
        self.sheet.open(event_id)

    def _begun(self, event: TrainingEvent | None) -> None:
        """The attendance of an event is there: its further parts may be shown too."""
        wanted, self._wanted = self._wanted, ""
        if event is None:
            self.parts.show_event(None, None)
        else:
            self.parts.show_event(event.id, event.training_type)
            self.parts.show_part(wanted)
            if self.parts.here() != SHEET and self.isVisible():
                (self.parts.first_field() or self).setFocus(Qt.FocusReason.TabFocusReason)
        self._show_actions()

    def _say_what(self) -> None:
        if self.pile.currentIndex() == 1:
            self.parts.follow(self.sheet.form.editor("training_type").value())
            self.set_title(self.sheet.form.what(), self.sheet.form.when_and_where())

    def _show_side(self, *, event: bool) -> None:
        self.pile.setCurrentIndex(1 if event else 0)
        self.new_button.setVisible(not event)
        self.back_button.setVisible(event)
        self._show_actions()
        if not event:
            self.set_title(_("Training"))

    def _show_actions(self) -> None:
        event = self.pile.currentIndex() == 1
        on_sheet = event and self.parts.here() == SHEET
        for made in (*self.sheet.actions_at_top, self.sheet.fold):
            made.setVisible(on_sheet)
        self.sheet.count.setVisible(on_sheet and not self.sheet.form.counts_shown())
        self.papers.setVisible(event and bool(self._offers()))


def _events(session: Any) -> list[EventRow]:
    from resource_centre.services.training import events_of

    return events_of(session)
