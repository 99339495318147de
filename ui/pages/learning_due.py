# SPDX-License-Identifier: Apache-2.0
"""Whom to ask three and six months after a training: a list to ask from, or to say why somebody was not reached."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.learning_store import all_due, not_reached
from ui.pages.wording import home_of, phone_words, term, village_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resource_centre.services.event_follow_ups import DueFollowUp

REACHED = "terhubung"
"""The code of follow_up_result that is no reason for not asking."""


class DueList(QWidget):
    """The list with its buttons; `events` says that it holds more than one event."""

    def __init__(self, desk: Desk, *, events: bool) -> None:
        super().__init__()
        self.desk = desk
        self.rows = Rows(desk.worker, _columns(desk, events=events))
        self.list = RowsView(self.rows, _("Follow-up of trainings"), nothing=_("Nobody is to be asked now."))
        self.ask_button = button(_("As&k now"), self.ask, role="main")
        self.tried_button = button(_("&Not reached…"), self.tried)
        self.event_button = button(_("Show the &event"), self.show_event)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.list, 1)
        inside.addLayout(row(self.ask_button, self.tried_button, self.event_button, None))
        self.event_button.setVisible(events)
        inside.addWidget(label(_("Enter asks the person the keyboard is on."), "help"))
        self.list.chosen.connect(lambda _id: self.ask())
        self._allow()

    def show_due(self, due: Sequence[DueFollowUp]) -> None:
        """Show these."""
        self.rows.show_rows(list(due))
        if due and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._allow()

    def current(self) -> DueFollowUp | None:
        """Whom the keyboard is on."""
        chosen = self.list.current_id()
        found: DueFollowUp | None = self.rows.row(self.rows.position_of(chosen)) if chosen is not None else None
        return found

    def ask(self) -> None:
        """Ask the questionnaire."""
        due = self.current()
        if due is not None:
            self.desk.go("questionnaire", ("begin", due.questionnaire, due.about))

    def tried(self) -> None:
        """Say why somebody could not be asked."""
        self.reasons().popup(self.tried_button.mapToGlobal(self.tried_button.rect().bottomLeft()))

    def reasons(self) -> QMenu:
        """The reasons to choose from."""
        menu = QMenu(self)
        for one in vocabulary("follow_up_result"):
            if one.code != REACHED:
                menu.addAction(one.label(), partial(self._note, one.code))
        return menu

    def show_event(self) -> None:
        """The results of the event."""
        due = self.current()
        if due is not None:
            self.desk.go("training", (due.event_id, "learning"))

    # Inside

    def _note(self, code: str) -> None:
        due = self.current()
        if due is None:
            return
        back = (_("Take it back"), lambda: self._take_back(due))
        words = _("Noted: {name}, {reason}.").format(name=due.name or "", reason=term("follow_up_result", code))

        def noted(_done: object) -> None:
            self.desk.messages.tell(words, "info", back)

        self.desk.worker.change(lambda session: not_reached(session, due, code), noted, owner=self)

    def _take_back(self, due: DueFollowUp) -> None:
        self.desk.worker.change(lambda session: not_reached(session, due, None), owner=self)

    def _allow(self) -> None:
        for one in (self.ask_button, self.tried_button, self.event_button):
            one.setEnabled(self.rows.rowCount() > 0)


class TrainingFollowUpsPage(Page):
    """Everybody to be asked now, whatever the event."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Follow-up of trainings"), scrolls=False)
        self.back_button = button(_("To the events"), lambda: desk.go("training"), help="Esc")
        self.buttons.addWidget(self.back_button)
        self.due = DueList(desk, events=True)
        self.body.addWidget(self.due, 1)
        QShortcut(QKeySequence("Esc"), self, lambda: desk.go("training"))
        desk.worker.changed.connect(self._changed)

    def opened(self, subject: object = None) -> None:  # noqa: ARG002
        """Read them."""
        self.desk.places.wanted()
        self.desk.worker.read(all_due, self.due.show_due, replaces="training-due", owner=self)

    def first_field(self) -> QWidget | None:
        """The list."""
        return self.due.list

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and changed.keys() & {"Participation", "SensitiveResponse", "Response", "TrainingEvent"}:
            self.opened()


def _columns(desk: Desk, *, events: bool) -> list[Column]:
    places, home = desk.places, home_of(desk)

    def pressing(due: DueFollowUp) -> str:
        return desk.theme.colours.warning if (due.until - today()).days < rule("training_follow_up_soon_days") else ""

    event = [Column(_("Event"), lambda due: due.topic or term("module", due.module), width=26)] if events else []
    return [
        Column(_("Name"), lambda due: due.name or "", width=22),
        *event,
        Column(_("Occasion"), lambda due: term("response_occasion", due.occasion), width=17),
        Column(_("To be asked until"), lambda due: show_date(due.until), width=18, tone=pressing),
        Column(_("Telephone"), lambda due: phone_words(due.phone), width=18),
        Column(_("Village"), lambda due: village_words(places, due.village_code, home)),
    ]
