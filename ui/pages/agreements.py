# SPDX-License-Identifier: Apache-2.0
"""What meetings agreed on and recommended, of all meetings: what is late, what is due, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QTabBar, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Rows, RowsView
from ui.pages.agreements_forms import commitment_form, end_or_reopen, end_words
from ui.pages.agreements_store import count_overdue, find, one_commitment
from ui.pages.agreements_words import commitment_columns, details_words
from ui.pages.form_place import FormPile

if TYPE_CHECKING:
    from datetime import date

    from resource_centre.records import Commitment
    from resource_centre.services.commitment_lists import CommitmentRow
    from ui.pages.record_form import RecordForm

TABS = ("open", "overdue", "all")
PAUSE_MS = 90
PART = "agreements"
"""The part of an event's page that holds its commitments."""


class AgreementsPage(Page):
    """A subject is one of `TABS`, or the id of a commitment to open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Commitments"), scrolls=False)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("Which commitments"))
        for words in (_("Still open"), _("Overdue"), _("All")):
            self.tabs.addTab(words)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("What, who or which meeting"))
        self.search.setAccessibleName(_("Search the commitments"))
        self.search.setClearButtonEnabled(True)
        self.rows = Rows(desk.worker, commitment_columns(desk.theme, with_meeting=True))
        self.list = RowsView(self.rows, _("Commitments"), nothing=_("One moment…"))
        self.details = label("", wrap=True, selectable=True)
        self.end_button = button("", self.end, role="main", help="F4")
        self.change_button = button(_("C&hange"), self.change, help="Enter")
        self.meeting_button = button(_("To the &meeting"), self.go_to_meeting, help="F3")
        self.buttons.addWidget(button(_("To the events"), lambda: desk.go("training"), help="Esc"))
        self.side = QWidget()
        self.pile = FormPile()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Read the list; open the commitment that is asked for."""
        if subject in TABS:
            self.tabs.setCurrentIndex(TABS.index(str(subject)))
        self.look()
        if isinstance(subject, str) and subject not in TABS:
            self._open(subject, self._changing)

    def first_field(self) -> QWidget | None:
        """The list, or the form that is open."""
        form = self.pile.form
        return self.list if form is None else next(iter(form.form.rows.values())).editor

    def look(self) -> None:
        """Ask for what is wanted."""
        self._pause.stop()
        which, text = TABS[self.tabs.currentIndex()], self.search.text()
        self.rows.ask(lambda session, last, limit: find(session, which, text, last, limit))
        self.desk.worker.read(count_overdue, self._say_overdue, replaces="overdue-commitments", quiet=True, owner=self)

    def change(self) -> None:
        """Change the commitment the keyboard is on."""
        if (chosen := self.list.current_id()) is not None:
            self._open(chosen, self._changing)

    def end(self) -> None:
        """Say what became of it, or take it up again."""
        if (chosen := self.list.current_id()) is not None:
            self._open(chosen, self._ending)

    def go_to_meeting(self) -> None:
        """To the meeting at which it was agreed."""
        if (one := self._current()) is not None:
            self.desk.go("training", (one.event_id, PART))

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        asked = row(self.tabs, None, self.search)
        self.search.setMinimumWidth(320)
        inside.addLayout(asked)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.details)
        keys = label(_("Enter opens one, F4 says what became of it."), "help")
        inside.addLayout(row(self.end_button, self.change_button, self.meeting_button, None, keys))
        self.pile.addWidget(self.side)
        self.body.addWidget(self.pile, 1)
        self._follow()

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self.look())
        self._pause.timeout.connect(self.look)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.chosen.connect(lambda chosen: self._open(chosen, self._changing))
        self.list.picked.connect(lambda _id: self._follow())
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        self.desk.worker.changed.connect(self._changed)
        back = ("Esc", lambda: self.desk.go("training"))
        for keys, act in (("F4", self.end), ("F3", self.go_to_meeting), back):
            shortcut = QShortcut(QKeySequence(keys), self.side)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _counted(self, count: int) -> None:
        self.list.say_when_empty(self._why_nothing())
        if count and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._follow()

    def _why_nothing(self) -> str:
        if self.search.text().strip():
            return _("Nothing found with these words.")
        if TABS[self.tabs.currentIndex()] == "overdue":
            return _("Nothing is overdue.")
        return _("Nothing here yet. Commitments are written down with the meeting at which they were agreed.")

    def _say_overdue(self, count: int) -> None:
        words = _("Overdue ({n})").format(n=count) if count else _("Overdue")
        self.tabs.setTabText(TABS.index("overdue"), words)

    def _current(self) -> CommitmentRow | None:
        chosen = self.list.current_id()
        return self.rows.row(self.rows.position_of(chosen)) if chosen is not None else None

    def _follow(self) -> None:
        """Say everything about the one the keyboard is on."""
        one = self._current()
        self.details.setText(details_words(one) if one is not None else "")
        self.end_button.setText(end_words(one.state if one is not None else None))
        for made in (self.end_button, self.change_button, self.meeting_button):
            made.setEnabled(one is not None)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(("Commitment", "TrainingEvent")):
            self.look()

    # The form

    def _open(self, commitment_id: str, make: Callable[[Commitment, date | None], RecordForm]) -> None:
        self.desk.worker.read(
            lambda session: one_commitment(session, commitment_id),
            lambda found: self.pile.open_form(lambda: make(*found)),
            replaces="commitment",
        )

    def _changing(self, found: Commitment, held_on: date | None) -> RecordForm:
        return commitment_form(self.desk, found.event_id, held_on, found, self._saved, self._back)

    def _ending(self, found: Commitment, _held_on: date | None) -> RecordForm:
        return end_or_reopen(self.desk, found, self._saved, self._back)

    def _saved(self, _result: Any) -> None:
        self._back()
        self.desk.messages.done(_("Saved."))

    def _back(self) -> None:
        self.pile.close_form()
        self.list.setFocus()
        self.look()
