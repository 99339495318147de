# SPDX-License-Identifier: Apache-2.0
"""Training: the list of events, and one event with its parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import WIDE_GAP, button, row
from ui.pages.event_papers import EventPapersButton, event_offers
from ui.pages.papers import Offer
from ui.pages.training_changes import EventChanges, MenuButton
from ui.pages.training_event import TrainingEventView
from ui.pages.training_list import EventsList
from ui.pages.training_parts import SHEET, EventParts
from ui.shell_pages import PAGES

if TYPE_CHECKING:
    from resource_centre.records import TrainingEvent

NEW = "new"
FURTHER = ("curricula", "trainers", "agreements", "partners", "practices", "training_follow_ups")
"""Pages about learning that have no place of their own at the left."""


class TrainingPage(Page):
    """The events; a subject is an event's id, ``(event_id, key of a part)``, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Training"), scrolls=False)
        self.list = EventsList(desk)
        self.events = self.list.events
        self.sheet = TrainingEventView(desk)
        self.parts = EventParts(desk, self.sheet)
        self._wanted = ""
        self.changes = EventChanges(desk, self, self._open)
        self.more_button = MenuButton(_("More…"), self._fill_more)
        self.new_button = button(_("New event"), self.begin_event, role="main", help="F2")
        self.back_button = button(_("All events"), self.show_list, help="Esc")
        self.papers = EventPapersButton(desk, self._offers, lambda: self.sheet.event_id)
        for made in (self.back_button, self.papers, self.more_button, *self.sheet.actions_at_top, self.new_button):
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
        self.list.look()
        self.events.setFocus()

    def repeat(self) -> None:
        """The event that is shown, or the one the list is on, for another village."""
        on_list = self.pile.currentIndex() == 0
        event_id = self.list.current_id() if on_list else self.sheet.event_id
        if event_id is not None:
            self.changes.repeat(event_id)

    def check_certificate(self) -> None:
        """Whether a certificate that somebody shows is one of ours."""
        from ui.pages.certificate_check import CertificateCheckDialog

        CertificateCheckDialog(self.window(), self.desk).open()

    def _list_side(self) -> QWidget:
        links = [self._link(key) for key in FURTHER if key in PAGES]
        links.append(button(_("Check a certificate…"), self.check_certificate, role="link", help="Ctrl+K"))
        for link in links:
            self.list.links.addWidget(link)
        return self.list

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

    def _listen(self) -> None:
        self.events.chosen.connect(self._open)
        self.sheet.begun.connect(self._begun)
        self.sheet.looked.connect(self._say_what)
        self.parts.turned.connect(lambda _key: self._show_actions())
        # On the list only: in the sheet F2 opens the cell, as in every spreadsheet.
        self._key("F2", self.list_side, self.begin_event)
        at_top = (self.back_button, self.papers, self.more_button, *self.sheet.actions_at_top)
        for place in (self.event_side, *at_top):
            self._key("Esc", place, self.show_list)
        for side in (self.list_side, self.event_side, *at_top):
            self._key("Ctrl+D", side, self.repeat)
        self._key("Ctrl+K", self.list_side, self.check_certificate)

    def _key(self, keys: str, where: QWidget, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _offers(self) -> list[Offer]:
        """The papers of the event that is shown."""
        return event_offers(self.sheet.event_id, self.sheet.form.editor("training_type").value())

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

    def _fill_more(self, menu: QMenu) -> None:
        """What is seldom done with an event."""
        event = self.sheet.stored
        if event is None:
            return
        menu.addAction(_("Repeat for another village…"), QKeySequence("Ctrl+D")).triggered.connect(self.repeat)
        words = _("Held after all…") if event.called_off else _("Call off…")
        menu.addAction(words).triggered.connect(lambda: self.changes.turn(event))

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
        self.more_button.setVisible(event and self.sheet.event_id is not None)
