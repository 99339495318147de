# SPDX-License-Identifier: Apache-2.0
"""Participants and the register: linking, undoing a link, registering from a line. All of it on the saved sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui.pages.training_links import LinksDialog

if TYPE_CHECKING:
    from ui.pages.training_event import TrainingEventView
    from ui.pages.training_rows import SheetRow


class Linking(QObject):
    """What is typed is saved first; then it is asked, linked or registered."""

    def __init__(self, view: TrainingEventView) -> None:
        super().__init__(view)
        self._view = view
        self._next: Callable[[], None] | None = None
        self.dialog: LinksDialog | None = None
        attendance = view.attendance
        attendance.links_wanted.connect(self.look)
        attendance.unlink_wanted.connect(lambda line: self._with_line(line, self._unlink))
        attendance.register_wanted.connect(lambda line: self._with_line(line, self._register))
        attendance.edited.connect(self._forget)
        view.begun.connect(self._go_on)

    def look(self) -> None:
        """Who of the sheet is registered?"""
        self._once_saved(self._open)

    def _with_line(self, line: int, act: Callable[[str], None]) -> None:
        """Do something with the stored line that is the one on the screen."""
        sheet = self._view.sheet
        number = sum(not row.is_empty() for row in sheet.rows[:line])
        if not sheet.rows[line].is_empty():
            self._once_saved(lambda: act(_stored(sheet.written()[number])))

    def _once_saved(self, act: Callable[[], None]) -> None:
        self._view.grid.finish_typing()
        if self._view.touched or self._view.event_id is None:
            self._next = act
            self._view.save()
        else:
            act()

    def _forget(self) -> None:
        self._next = None

    def _go_on(self, event: Any) -> None:
        act, self._next = self._next, None
        if act is not None and event is not None and not self._view.touched:
            act()

    def _open(self) -> None:
        view, event_id = self._view, self._view.event_id
        assert event_id is not None
        dates = view.dates()
        self.dialog = LinksDialog(view.window(), view.desk, event_id, dates[0] if dates else None)
        self.dialog.finished.connect(lambda _result: self._closed(event_id))
        self.dialog.open()
        self.dialog.ask()

    def _closed(self, event_id: str) -> None:
        decided, self.dialog = bool(self.dialog and self.dialog.decided), None
        if decided and self._view.event_id == event_id and not self._view.touched:
            self._view.open(event_id)

    def _register(self, participation_id: str) -> None:
        self._view.desk.go("intake", ("participant", participation_id))

    def _unlink(self, participation_id: str) -> None:
        view, event_id = self._view, self._view.event_id
        view.desk.worker.change(
            lambda session: _unlink(session, participation_id),
            lambda _done: view.open(event_id) if view.event_id == event_id and event_id else None,
            owner=view,
        )


def _stored(row: SheetRow) -> str:
    assert row.participation_id is not None
    return row.participation_id


def _unlink(session: Any, participation_id: str) -> None:
    from resource_centre.services.participants import unlink_participant

    unlink_participant(session, participation_id)
