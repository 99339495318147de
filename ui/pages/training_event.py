# SPDX-License-Identifier: Apache-2.0
"""The first part of an event: its particulars, its sheet typed by keyboard, what it has taught; saved as one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from resource_centre.services.event_days import days_between
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.fitting_area import FittingArea
from ui.kit.merging import Merging
from ui.kit.pieces import GAP, button
from ui.pages.curricula_choose import ModulesOfEvent
from ui.pages.suggested_text import fund_editor
from ui.pages.training_attendance import COUNTED, Attendance
from ui.pages.training_dialogs import ReasonDialog, ask_reason
from ui.pages.training_form import TrainingForm
from ui.pages.training_linking import Linking
from ui.pages.training_notice import EventNotice
from ui.pages.training_store import read_sheet, save_sheet

if TYPE_CHECKING:
    from resource_centre.records import TrainingEvent
    from resource_centre.services.training import EventSheet


class TrainingEventView(QWidget):
    """Form above, sheet below."""

    begun = Signal(object)
    """The event whose sheet is shown now (a `TrainingEvent`), None for one that is not saved yet."""
    looked = Signal()
    """What is typed about the event may read differently now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.event_id: str | None = None
        self.stored: TrainingEvent | None = None
        """The event as it is stored; None for a new one, and until it is read."""
        self.merging: Merging | None = None
        self.draft: DraftKeeper | None = None
        self.form = TrainingForm(desk.places, fund_editor(desk))
        self.modules = ModulesOfEvent(desk, self.form, self.form.held_by)
        self.band = FittingArea(self.form)
        self.notice = EventNotice(desk)
        self.attendance = Attendance(desk)
        self.sheet, self.grid = self.attendance.sheet, self.attendance.grid
        self.taught, self.present = self.attendance.taught, self.attendance.present
        self.fold = button("", self._turn_fold, role="link")
        self.count = button(_("Count without names"), self.form.count, role="link")
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.actions_at_top = (self.present, self.save_button)
        self.why: ReasonDialog | None = None
        self.touched = False
        """Whether something is typed that is not saved."""
        self.linking = Linking(self)
        self._lay_out_all()
        self._listen()

    def begin(self) -> None:
        """A new event."""
        if self.event_id is None and self.draft is not None:
            self.begun.emit(None)
            self._fold(folded=False)
            self._look()
            return
        self._start_with(None)
        self.form.begin()
        self.attendance.begin(self.dates(), self.form.group())
        self.begun.emit(None)
        self._fold(folded=False)
        self._look()
        assert self.draft is not None
        self.draft.offer(self._take_up)
        self.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def open(self, event_id: str) -> None:
        """An event that is written down."""
        self._start_with(event_id)
        self.attendance.open(event_id)
        self.desk.worker.read(lambda session: read_sheet(session, event_id), self._show, replaces="training-sheet")

    def leave(self) -> None:
        """Keep what is typed."""
        self.grid.finish_typing()
        if self.draft is not None:
            self.draft.write_now()

    def first_field(self) -> QWidget:
        """The first question, or the sheet when the questions are folded away."""
        return self.grid if self.form.folded else self.form.editor("starts_on")

    # What the draft keeper asks

    def typed(self) -> dict[str, Any]:
        """The form, the sheet, and the lines that were taken off."""
        return {"event": self.form.typed(), "sheet": self.attendance.typed(), "removed": self.attendance.removed}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.form.restore(typed.get("event", {}))
        self.sheet.follow(self.dates(), self.form.group())
        self.attendance.restore(typed.get("sheet", {}), list(typed.get("removed", [])))
        self.touched = True
        self._look()

    def save(self) -> None:
        """Save event and sheet as one act, or go to what stands in the way."""
        if not self.save_button.isEnabled():
            return
        self.grid.finish_typing()
        not_understood = self.form.not_understood()
        if not_understood:
            self._fold(folded=False)
            self.form.show_problems(not_understood)
            return
        if not self.attendance.stands_in_the_way():
            self._write()

    def dates(self) -> tuple[date, ...]:
        """The days on which the event meets, as far as they are typed."""
        first, last, named = (self.form.editor(name).value() for name in ("starts_on", "ends_on", "meets_on"))
        return days_between(first, last, named)

    # Inside

    def _lay_out_all(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.notice)
        inside.addWidget(self.band)
        inside.addWidget(self.attendance, 1)

    def _listen(self) -> None:
        self.form.edited.connect(self._form_edited)
        self.form.settled.connect(lambda _name: self._look())
        self.form.shape_changed.connect(self._follow_shape)
        self.attendance.edited.connect(self._sheet_edited)
        self.grid.left.connect(self.save_button.setFocus)
        for place in (self, *self.actions_at_top):  # the buttons stand in the head of the page
            self._key("Ctrl+S", place, self.save)

    def _start_with(self, event_id: str | None) -> None:
        if self.draft is not None:
            self.draft.write_now()
            self.draft.deleteLater()
        self.event_id, self.stored, self.merging, self.touched = event_id, None, None, False
        self.save_button.setEnabled(True)
        self.draft = self.desk.drafts.keep("training", self, record_id=event_id, parent=self)

    def _show(self, sheet: EventSheet) -> None:
        if sheet.event.id != self.event_id:
            return
        self.stored = sheet.event
        self.form.set_values(sheet.event)
        self.merging = Merging(self.desk, self.form, sheet.event)
        self.attendance.show_sheet(sheet, self.dates(), self.form.group())
        self._fold(folded=True)
        self._look()
        self.grid.start()
        self.begun.emit(sheet.event)
        if self.draft is not None:
            self.draft.offer(self._take_up)

    def _form_edited(self, _name: str) -> None:
        self.touched = True
        if self.draft is not None:
            self.draft.touch()
        self._look()

    def _sheet_edited(self) -> None:
        self.touched = True
        if self.draft is not None:
            self.draft.touch()
        self.form.compare_reach(len(self.sheet.written()))
        self.looked.emit()

    def _look(self) -> None:
        self.looked.emit()
        counted = tuple(self.form.editor(name).value() or 0 for name in COUNTED)
        village = self.form.editor("village_code").value()
        self.attendance.follow(self.dates(), self.form.group(), village, counted)
        self.form.compare_reach(len(self.sheet.written()))
        self.notice.follow(self.stored, self.form.editor("starts_on").value())

    def _turn_fold(self) -> None:
        self._fold(folded=not self.form.folded)

    def _fold(self, *, folded: bool) -> None:
        self.form.fold(folded=folded)

    def _follow_shape(self) -> None:
        """Sections of the form came or went."""
        self.band.setVisible(self.form.in_sight())
        self.count.setVisible(self.isVisible() and not self.form.counts_shown())
        self.fold.setText(_("Show the particulars") if self.form.folded else _("Hide the particulars"))

    def _take_up(self, body: dict[str, Any]) -> None:
        self.restore(body)
        words = _("This sheet was not saved yet. Go on with it, or let it go.")
        self.desk.messages.tell(words, "info", (_("Let it go"), self._let_go))

    def _let_go(self) -> None:
        event_id = self.event_id
        if self.draft is not None:
            self.draft.discard()
        if event_id is not None:
            self.open(event_id)
        else:
            self.form.begin()
            self.attendance.begin(self.dates(), self.form.group())
            self._look()

    def _write(self, reason: str | None = None) -> None:
        event = self.form.values()
        participants, removed = self.attendance.lines(), list(self.attendance.removed)
        event_id, version = self.event_id, self.form.version
        self.save_button.setEnabled(False)
        self.desk.worker.change(
            lambda session: save_sheet(session, event_id, version, event, participants, removed, reason),
            self._saved,
            self._refused,
        )

    def _saved(self, event_id: str) -> None:
        self.save_button.setEnabled(True)
        if self.draft is not None:
            self.draft.saved()
        count = len(self.sheet.written())
        words = ngettext("Saved with {n} participant.", "Saved with {n} participants.", count)
        self.open(event_id)
        self.desk.messages.done(words.format(n=count))

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if self.merging is not None and self.merging.takes(error):
            self.merging.settle(self.save, lambda: self.desk.messages.show_error(error))
            return
        problems = getattr(error, "problems", ())
        if any(problem.code == "month_reported" for problem in problems):
            self._ask_why()
            return
        for problem in problems:
            part, _dot, rest = problem.field.partition(".")
            if part == "rows":
                line, _dot, column = rest.partition(".")
                self.attendance.lead_to_written(int(line), column, problem.words())
                return
        if problems:
            self._fold(folded=False)
        if not self.form.show_problems(problems):
            self.desk.messages.show_error(error)

    def _ask_why(self) -> None:
        """The event was moved out of a month that is reported, or into one; all that is typed stays."""
        words = _("The report of this month was handed over. Why does the event change now?")
        self.why = ask_reason(self, words, _("&Save"), self._write)

    def _key(self, keys: str, where: QWidget, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
