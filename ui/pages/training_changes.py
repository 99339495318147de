# SPDX-License-Identifier: Apache-2.0
"""What is seldom done with an event: repeating it for another village, calling it off, holding it after all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.typed_dates import show_date
from ui.pages.training_dialogs import ReasonDialog, RepeatDialog, ask_reason
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import TrainingEvent


class MenuButton(QPushButton):
    """A button with a menu that is filled at each opening."""

    def __init__(self, words: str, fill: Callable[[QMenu], None]) -> None:
        super().__init__(words)
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0px; }")
        self._fill = fill
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_anew)
        self.setMenu(self._menu)

    def _fill_anew(self) -> None:
        self._menu.clear()
        self._fill(self._menu)


class EventChanges:
    """Asks what is needed, writes it, and shows the event with `show`."""

    def __init__(self, desk: Desk, page: QWidget, show: Callable[[str], None]) -> None:
        self.desk, self.page, self.show = desk, page, show
        self.dialog: RepeatDialog | None = None
        self.reason: ReasonDialog | None = None

    def repeat(self, event_id: str) -> None:
        """Ask for village and day, make the event, and go into it."""
        self.desk.worker.read(lambda session: _event(session, event_id), self._ask_where, owner=self.page)

    def turn(self, event: TrainingEvent) -> None:
        """Call an event off, or hold it after all; either needs a reason."""
        off = bool(event.called_off)
        question = (
            _("Why is this event held after all?")
            if off
            else _("Why is this event called off? It stays in the list and counts nowhere.")
        )
        yes = _("It is held") if off else _("Call off")
        self.reason = ask_reason(self.page, question, yes, lambda reason: self._turn(event, reason))

    def _ask_where(self, event: TrainingEvent) -> None:
        what = event.topic or term("module", event.module) or term("training_type", event.training_type)
        dialog = RepeatDialog(self.page, self.desk.places, what, event.starts_on)
        dialog.chosen.connect(lambda village, day: self._repeat(event.id, village, day))
        dialog.destroyed.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _repeat(self, event_id: str, village: str, day: dt.date) -> None:
        def write(session: Any) -> str:
            from resource_centre.services.event_changes import repeat_event

            return repeat_event(session, event_id, village_code=village, starts_on=day).id

        def made(new_id: str) -> None:
            self.show(new_id)
            place = self.desk.places.full_name(village).split(",")[0]
            words = _("A new event: {place}, {day}. Nobody is on its sheet yet.")
            self.desk.messages.done(words.format(place=place, day=show_date(day)))

        self.desk.worker.change(write, made, owner=self.page)

    def _turn(self, event: TrainingEvent, reason: str) -> None:
        event_id, version, off = event.id, event.version, bool(event.called_off)

        def write(session: Any) -> None:
            from resource_centre.services.event_changes import call_off, hold_after_all

            turn = hold_after_all if off else call_off
            turn(session, event_id, reason=reason, version=version)

        def done(_nothing: object) -> None:
            self.show(event_id)
            self.desk.messages.done(_("The event is held after all.") if off else _("The event is called off."))

        self.desk.worker.change(write, done, self._refused, owner=self.page)

    def _refused(self, error: Exception) -> None:
        problems = getattr(error, "problems", ())
        if problems:
            self.desk.messages.tell(problems[0].words(), "warning")
        else:
            self.desk.messages.show_error(error)


def _event(session: Any, event_id: str) -> TrainingEvent:
    from resource_centre.records import TrainingEvent
    from resource_centre.services.saving import existing

    return existing(session, TrainingEvent, event_id)
