# SPDX-License-Identifier: Apache-2.0
"""Two small windows of an event: why something changes, and for whom it is repeated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import TrainingEvent, fields_of
from ui.kit.editors import TextEditor
from ui.kit.editors_dates import mean
from ui.kit.editors_place import PlaceEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.pieces import WIDE_GAP, button, label, row
from ui.kit.places import Places

WIDTH = 560
WEEK = 7


class ReasonDialog(QDialog):
    """Why something changes; nothing happens without a reason, and Escape leaves everything as it is."""

    given = Signal(str)

    def __init__(self, parent: QWidget, question: str, yes: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Reason"))
        self.form = Form(asks_why=False)
        self.form.add_row(FormRow("reason", _("Reason"), TextEditor(longest=300), required=True))
        self.yes_button = button(yes, self.give, role="main", help="Enter")
        self.no_button = button(_("Cancel"), self.reject, help="Esc")
        _lay_out(self, question, self.form, self.yes_button, self.no_button)

    def give(self) -> None:
        """Tell the reason."""
        reason = self.form.editor("reason").value()
        if not reason:
            self.form.rows["reason"].show_problem("error", _("Please fill this in."))
            self.form.lead_to("reason")
            return
        self.accept()
        self.given.emit(reason)


class RepeatDialog(QDialog):
    """Day and village of an event's repeat. Enter on a village of the list makes it at once."""

    chosen = Signal(str, dt.date)
    """The code of the village and the first day."""

    def __init__(self, parent: QWidget, places: Places, what: str, starts_on: dt.date | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Repeat an event"))
        self._entered = False
        self.form = Form(places, asks_why=False)
        self.form.add_fields(fields_of(TrainingEvent), "starts_on", "village_code")
        self.form.rows["village_code"].menu_button.hide()
        self.form.set_values({"starts_on": day_for_repeat(starts_on)})
        mean(self.form.editor("starts_on"), "future")
        self.make_button = button(_("Make the event"), self.make, role="main", help="Enter")
        self.no_button = button(_("Cancel"), self.reject, help="Esc")
        words = _("{what}, for another village. All is taken over but who took part.").format(what=what)
        _lay_out(self, words, self.form, self.make_button, self.no_button)
        village = self.form.editor("village_code")
        assert isinstance(village, PlaceEditor)
        self._village = village
        if (listed := village.line.completer().popup()) is not None:
            listed.installEventFilter(self)
        village.line.completer().activated.connect(lambda _words: self._taken())
        village.line.setFocus(Qt.FocusReason.TabFocusReason)

    def make(self) -> None:
        """Tell village and day, when both are understood."""
        problems = self.form.not_understood()
        if self.form.show_problems(problems):
            return
        missing = [name for name in ("village_code", "starts_on") if self.form.editor(name).value() is None]
        if missing:
            self.form.rows[missing[0]].show_problem("error", _("Please fill this in."))
            self.form.lead_to(missing[0])
            return
        self.accept()
        self.chosen.emit(self.form.editor("village_code").value(), self.form.editor("starts_on").value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether a village was taken from its list with Enter: with Tab or the mouse one goes on to the day."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._entered = False
        return super().eventFilter(watched, event)

    def _taken(self) -> None:
        if self._entered:
            self._entered = False
            # Later: the field takes the village over in the same moment.
            QTimer.singleShot(0, self, self._make_if_chosen)

    def _make_if_chosen(self) -> None:
        if self._village.value() is not None:
            self.make()


def day_for_repeat(starts_on: dt.date | None) -> dt.date:
    """The same day of the week in the days to come; today where there is none."""
    if starts_on is None:
        return today()
    ahead = (starts_on.weekday() - today().weekday()) % WEEK
    return today() + dt.timedelta(days=ahead or WEEK)


def ask_reason(parent: QWidget, question: str, yes: str, given: Callable[[str], None]) -> ReasonDialog:
    """Ask for a reason; `given` is called with it."""
    dialog = ReasonDialog(parent, question, yes)
    dialog.given.connect(given)
    dialog.open()
    return dialog


def _lay_out(dialog: QDialog, words: str, form: Form, yes: QPushButton, no: QPushButton) -> None:
    inside = QVBoxLayout(dialog)
    inside.setContentsMargins(24, 20, 24, 20)
    inside.setSpacing(WIDE_GAP)
    inside.addWidget(label(words, wrap=True))
    inside.addWidget(form)
    inside.addStretch(1)
    inside.addLayout(row(None, no, yes))
    yes.setDefault(True)
    dialog.resize(WIDTH, dialog.sizeHint().height())
