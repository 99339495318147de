# SPDX-License-Identifier: Apache-2.0
"""The certificates of an event: who has completed it, who has one; giving, printing and withdrawing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor, TextEditor
from ui.kit.editors_dates import DateEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.pieces import WIDE_GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.papers import print_paper

if TYPE_CHECKING:
    from resource_centre.services.certificates import Entitlement

SIZE = (820, 600)
LABELS = 150
SIGNED, ISSUED, REASON = "signed_by", "issued_on", "void_reason"


@dataclass(frozen=True)
class Line:
    """One participant in the list."""

    id: str
    name: str
    words: str
    completed: bool
    certificate_id: str | None
    number: str


class CertificatesDialog(QDialog):
    """Everybody on the sheet above; who signs, the day and the buttons below."""

    def __init__(self, parent: QWidget | None, desk: Desk, event_id: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Certificates of an event"))
        self.resize(*SIZE)
        self.desk, self.event_id = desk, event_id
        self.lines: list[Line] = []
        self.summary = label(_("One moment…"), "heading", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.rows = Rows(desk.worker, _columns(desk))
        self.list = RowsView(self.rows, _("Participants"), nothing=_("One moment…"))
        self.form = Form(desk.places, asks_why=False, label_width=LABELS)
        help_words = _("Who signs it for the centre, with title.")
        self.form.add_row(FormRow(SIGNED, _("Signed by"), TextEditor(), help=help_words, required=True))
        self.form.add_row(FormRow(ISSUED, _("Issued on"), DateEditor(), required=True))
        self.form.set_values({ISSUED: today()})
        self.give_button = button(_("&Give certificates"), self.give, role="main", help="Ctrl+S")
        self.print_button = button(_("Print all…"), self.print_all, help="Ctrl+P")
        self.print_one_button = button(_("Print this one…"), self.print_one)
        self.withdraw_button = button(_("Withdraw this one…"), self.withdraw)
        self._lay_out()
        self._listen()
        self._allow()
        self.look()

    def look(self) -> None:
        """Read who has completed the event and who has a certificate."""
        event_id = self.event_id
        self.desk.worker.read(lambda session: _read(session, event_id), self._show, self._failed, owner=self)

    def give(self) -> None:
        """Give one to everybody who has completed the event and has none."""
        if not self.give_button.isEnabled() or self.form.show_problems(self.form.not_understood()):
            return
        values, event_id = self.form.values(), self.event_id
        count = self._missing()
        self.give_button.setEnabled(False)
        self.desk.worker.change(
            lambda session: _give(session, event_id, values),
            lambda _given: self._given(count),
            self._failed,
            owner=self,
        )

    def print_all(self) -> None:
        """Show all of them, to be printed or saved."""
        if self.print_button.isEnabled():
            print_paper(self.desk, "certificates", self.event_id, parent=self)

    def print_one(self) -> None:
        """Show the one of the line the keyboard is on."""
        line = self._current()
        if line is not None and line.certificate_id is not None:
            print_paper(self.desk, "certificates", self.event_id, parent=self, certificate=line.certificate_id)

    def withdraw(self) -> None:
        """Ask why, and withdraw the one of the line the keyboard is on."""
        line = self._current()
        if line is not None and line.certificate_id is not None:
            WithdrawDialog(self, self.desk, line.certificate_id, self.look).open()

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(self.summary)
        inside.addWidget(self.list, 1)
        inside.addLayout(row(self.print_one_button, self.withdraw_button, None))
        inside.addWidget(self.form)
        inside.addWidget(self.problem)
        self.problem.hide()
        close = button(_("Close"), self.reject, help="Esc")
        inside.addLayout(row(None, close, self.print_button, self.give_button))

    def _listen(self) -> None:
        self.list.picked.connect(lambda _id: self._allow())
        for keys, act in (("Ctrl+S", self.give), ("Ctrl+P", self.print_all)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _show(self, found: tuple[list[Line], str]) -> None:
        self.lines, signed = found
        self.rows.show_rows(self.lines)
        self.list.say_when_empty(_("Nobody is on the sheet yet."))
        if signed and not self.form.values()[SIGNED]:
            self.form.set_values({**self.form.values(), SIGNED: signed})
        words = _("{completed} of {all} have completed the event, {given} have a certificate.")
        completed, given = sum(one.completed for one in self.lines), self._have()
        self.summary.setText(words.format(completed=completed, all=len(self.lines), given=given))
        count = self._missing()
        words = ngettext("&Give {n} certificate", "&Give {n} certificates", count).format(n=count)
        self.give_button.setText(words if count else _("&Give certificates"))
        if self.lines and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._allow()

    def _given(self, count: int) -> None:
        self.problem.hide()
        words = ngettext("{n} certificate has been given.", "{n} certificates have been given.", count)
        self.desk.messages.done(words.format(n=count))
        self.look()
        self.print_button.setFocus()

    def _failed(self, error: Exception) -> None:
        from ui.kit.messages import words_for

        self._allow()
        problems = tuple(getattr(error, "problems", ()))
        own = [one for one in problems if one.field in (SIGNED, ISSUED)]
        if own and self.form.show_problems(own):
            return
        self.problem.setText(problems[0].words() if problems else words_for(error).text)
        self.problem.show()

    def _allow(self) -> None:
        line = self._current()
        for made in (self.print_one_button, self.withdraw_button):
            made.setEnabled(line is not None and line.certificate_id is not None)
        self.print_button.setEnabled(self._have() > 0)
        self.give_button.setEnabled(self._missing() > 0)

    def _current(self) -> Line | None:
        chosen = self.list.current_id()
        return next((one for one in self.lines if one.id == chosen), None)

    def _have(self) -> int:
        return sum(one.certificate_id is not None for one in self.lines)

    def _missing(self) -> int:
        return sum(one.completed and one.certificate_id is None for one in self.lines)


class WithdrawDialog(QDialog):
    """Asks why a certificate is withdrawn, and withdraws it."""

    def __init__(self, parent: QWidget, desk: Desk, certificate_id: str, done: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Certificate"))
        self.desk, self.certificate_id, self._done = desk, certificate_id, done
        self.form = Form(desk.places, asks_why=False, label_width=90)
        self.form.add_row(FormRow(REASON, _("Reason"), ParagraphEditor(lines=2), required=True))
        withdraw = button(_("Withdraw it"), self.withdraw, role="danger", help="Ctrl+S")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(label(_("Why is this certificate withdrawn?"), "heading", wrap=True))
        inside.addWidget(self.form)
        inside.addLayout(row(None, button(_("Cancel"), self.reject, help="Esc"), withdraw))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.withdraw)
        self.resize(460, 220)
        self.form.editor(REASON).setFocus()

    def withdraw(self) -> None:
        """Withdraw it, or say what is missing."""
        reason = self.form.values()[REASON]
        if not reason:
            self.form.show_problems([Problem(REASON, "required")])
            return
        certificate_id = self.certificate_id
        self.desk.worker.change(
            lambda session: _withdraw(session, certificate_id, reason), lambda _nothing: self._withdrawn(), owner=self
        )

    def _withdrawn(self) -> None:
        self.desk.messages.done(_("The certificate has been withdrawn."))
        self._done()
        self.accept()


def _columns(desk: Desk) -> tuple[Column, ...]:
    def tone(line: Line) -> str:
        return "" if line.completed else desk.theme.colours.muted

    return (
        Column(_("Name"), lambda line: line.name),
        Column(_("Was there"), lambda line: line.words, width=36, tone=tone),
        Column(_("Certificate"), lambda line: line.number, width=20),
    )


def _read(session: Any, event_id: str) -> tuple[list[Line], str]:
    """The lines of the sheet, certificates whose line was taken off it, and who signed last time."""
    from resource_centre.services.certificates import certificates_of, entitled, who_signed_last

    listed = [_line(one) for one in entitled(session, event_id)]
    shown = {line.certificate_id for line in listed}
    taken_off = [
        Line(one.id, one.name or "", _("Taken off the sheet"), False, one.id, one.number or "")
        for one in certificates_of(session, event_id)
        if one.id not in shown
    ]
    return [*listed, *taken_off], who_signed_last(session)


def _line(one: Entitlement) -> Line:
    given = one.certificate
    return Line(
        id=one.participation_id,
        name=one.name or "",
        words=one.words(),
        completed=one.completed,
        certificate_id=given.id if given is not None else None,
        number=(given.number or "") if given is not None else "",
    )


def _give(session: Any, event_id: str, values: dict[str, Any]) -> int:
    from resource_centre.services.certificates import issue_certificates

    return len(issue_certificates(session, event_id, signed_by=values[SIGNED], issued_on=values[ISSUED]))


def _withdraw(session: Any, certificate_id: str, reason: str) -> None:
    from resource_centre.services.certificates import withdraw_certificate

    withdraw_certificate(session, certificate_id, reason)
