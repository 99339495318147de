# SPDX-License-Identifier: Apache-2.0
"""Answers out and in: a file in Kobo's layout without names, and submissions of telephones taken in once each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox, choices_of
from ui.kit.messages import ask
from ui.kit.pieces import GAP, button, label, row
from ui.kit.saving_files import ask_where, save_whole
from ui.kit.table import Column, Rows, RowsView
from ui.pages.questionnaires_counts import words_of
from ui.pages.questionnaires_periods import Period
from ui.pages.questionnaires_read import events_to_ask_about, form_asked
from ui.pages.wording import days_words, term, whole_number

if TYPE_CHECKING:
    from resource_centre.services.event_list import EventRow
    from resource_centre.services.questionnaires import Shelved
    from resource_centre.services.submissions import TakenIn

WIDTH = 560
TAKEN = (860, 480)
ENDINGS = "*.xlsx *.xlsm *.csv *.xml *.zip"


class _Dialog(QDialog):
    """A heading, and room below it."""

    def __init__(self, parent: QWidget, desk: Desk, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(20, 18, 20, 18)
        self.inside.setSpacing(GAP)
        self.inside.addWidget(label(title, "heading", wrap=True))


class ExportAnswers(_Dialog):
    """Which days, which kind of file, and whether each row bears a client's number."""

    def __init__(self, parent: QWidget, desk: Desk, known: Shelved) -> None:
        super().__init__(parent, desk, _("Export answers"))
        self.known = known
        self.period = Period()
        self.kind = ComboBox()
        self.kind.setAccessibleName(_("Kind of file"))
        for ending, words in (
            (".xlsx", _("Workbook, as Kobo exports it (XLSX)")),
            (".csv", _("Text table (CSV)")),
            (".zip", _("Submissions, as ODK sends them (ZIP)")),
        ):
            self.kind.addItem(words, ending)
        self.numbers = QCheckBox(_("With the client's &number in each row"))
        self.warning = label(
            _("Whoever has the number can find out whose answers these are. Give such a file to nobody outside."),
            "warning",
            wrap=True,
        )
        self.unencrypted = label(
            _("The file is not encrypted: whoever finds it can read it. Save it only where it is safe."),
            "warning",
            wrap=True,
        )
        self.save_button = button(_("&Save…"), self.save, role="main")
        self._lay_out()

    def save(self) -> None:
        """Ask where, write, and close."""
        ending, days, numbers, name = self.kind.currentData(), self.period.days(), self._numbers(), self.known.name
        path = ask_where(self, _("Export answers"), f"{name}{ending}", f"{ending[1:].upper()} (*{ending})")
        if path is None:
            return
        since, until = days or (None, None)
        desk, owner = self.desk, self.parentWidget()
        desk.worker.read(
            lambda session, progress: _export(session, progress, name, ending, (since, until), numbers=numbers),
            lambda content: save_whole(desk, path, content),
            cancellable=True,
            what=_("Writing the answers…"),
            owner=owner,
        )
        self.accept()

    def _lay_out(self) -> None:
        words = _(
            "Complete answers of every version that your account reads, without names. What people said in their own "
            "words may still tell who they are."
        )
        self.inside.addWidget(label(words, wrap=True))
        self.inside.addWidget(label(_("Period"), "caption"))
        self.inside.addWidget(self.period, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addWidget(label(_("Kind of file"), "caption"))
        self.inside.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addWidget(self.numbers)
        self.inside.addWidget(self.warning)
        self.inside.addWidget(self.unencrypted)
        self.inside.addSpacing(GAP)
        self.inside.addLayout(row(None, button(_("Cancel"), self.reject, help="Esc"), self.save_button))
        self.numbers.setVisible(self.known.about == "person")
        self.warning.hide()
        self.numbers.toggled.connect(self.warning.setVisible)
        self.kind.activated.connect(lambda _place: self._show_numbers())

    def _show_numbers(self) -> None:
        table = self.kind.currentData() != ".zip"
        self.numbers.setVisible(table and self.known.about == "person")
        self.warning.setVisible(self._numbers())

    def _numbers(self) -> bool:
        return self.numbers.isChecked() and self.kind.currentData() != ".zip" and self.known.about == "person"


class TakeIn(_Dialog):
    """By which question the program knows whose answers they are."""

    def __init__(self, parent: QWidget, desk: Desk, known: Shelved, path: Path) -> None:
        super().__init__(parent, desk, _("Take submissions in"))
        self.known, self.path = known, path
        self.question = ComboBox()
        self.question.setAccessibleName(_("Whose answers they are"))
        self.question.addItem(_("As our own exports say it, else nobody's"), "")
        self.events = ComboBox()
        self.events.setAccessibleName(_("The training event they are about"))
        self.events.addItem(_("As our own exports say it"), None)
        self.occasion = ComboBox()
        self.occasion.setAccessibleName(_("Occasion"))
        self.occasion.addItem(_("As the file says it, else none"), None)
        for code, said in choices_of("response_occasion"):
            if code in known.occasions or not known.occasions:
                self.occasion.addItem(said, code)
        self.take_button = button(_("&Take in"), self.take, role="main")
        words = _("Each submission is taken in once, however often its file is brought. What does not fit the form is "
                  "kept as begun.")  # fmt: skip
        self.inside.addWidget(label(words, wrap=True))
        self.asked = label(_("The question with the client's number or NIK"), "caption", wrap=True)
        self.inside.addWidget(self.asked)
        self.inside.addWidget(self.question)
        self.about_event = label(_("The training event they are about"), "caption", wrap=True)
        self.inside.addWidget(self.about_event)
        self.inside.addWidget(self.events)
        self.inside.addWidget(label(_("Occasion"), "caption"))
        self.inside.addWidget(self.occasion)
        self.inside.addSpacing(GAP)
        self.inside.addLayout(row(None, button(_("Cancel"), self.reject, help="Esc"), self.take_button))
        self._ask_whose()

    def take(self) -> None:
        """Take the file in as one act, and say what became of it."""
        name, path, question = self.known.name, self.path, str(self.question.currentData() or "")
        asked = {"occasion": self.occasion.currentData(), "event_id": self.events.currentData()}
        asked = {fact: value for fact, value in asked.items() if value}
        desk, owner = self.desk, self.parentWidget()
        assert owner is not None
        desk.worker.change(
            lambda session, progress: _take(session, progress, name, path, question, asked),
            lambda taken: Taken(owner, desk, taken).open(),
            cancellable=True,
            what=_("Taking the submissions in…"),
            owner=owner,
        )
        self.accept()

    def _ask_whose(self) -> None:
        """The person or the event, whichever the questionnaire is about."""
        about, name = self.known.about, self.known.name
        for made in (self.asked, self.question):
            made.setVisible(about == "person")
        for made in (self.about_event, self.events):
            made.setVisible(about == "event")
        if about == "person":
            self.desk.worker.read(lambda session: _texts(session, name), self._offer, owner=self)
        elif about == "event":
            self.desk.worker.read(events_to_ask_about, self._offer_events, owner=self)

    def _offer_events(self, events: list[EventRow]) -> None:
        for one in events:
            words = " · ".join((days_words(one.starts_on, one.ends_on), one.topic or term("module", one.module)))
            self.events.addItem(words, one.id)

    def _offer(self, questions: list[tuple[str, str]]) -> None:
        for path, words in questions:
            self.question.addItem(words, path)


@dataclass(frozen=True)
class _Seen:
    """A submission somebody should look at; one that was left out has no answers to open."""

    id: str
    place: int
    words: str
    response_id: str | None


class Taken(_Dialog):
    """How many are new, and which are to be looked at. Enter opens the answers."""

    def __init__(self, parent: QWidget, desk: Desk, taken: TakenIn) -> None:
        super().__init__(parent, desk, _("The submissions are taken in"))
        for words, role in _taken_words(taken):
            self.inside.addWidget(label(words, role, wrap=True))
        seen = _seen(taken)
        columns = (
            Column(_("Row"), lambda one: whole_number(one.place), width=5, right=True),
            Column("", lambda one: _("left out") if one.response_id is None else _("kept as begun"), width=15),
            Column(_("Why"), lambda one: one.words),
        )
        self.rows = Rows(desk.worker, columns)
        self.rows.show_rows(seen)
        if seen:
            self.list = RowsView(self.rows, _("To look at"))
            self.list.chosen.connect(self._open)
            self.resize(*TAKEN)
            self.inside.addWidget(self.list, 1)
            self.inside.addWidget(label(_("Enter opens the answers."), "help"))
        close = button(_("Close"), self.reject, role="main", help="Esc")
        self.undo_button = button(_("&Undo the import…"), lambda: self.undo(str(taken.batch_id)))
        self.inside.addLayout(row(self.undo_button, None, close))
        self.undo_button.setVisible(taken.batch_id is not None)
        if seen:
            self.list.selectRow(0)
        (self.list if seen else close).setFocus()

    def undo(self, batch_id: str) -> None:
        """Mark all of it as not valid, after asking; the file may be brought again."""
        question = _("Undo this import? What it has written is marked as not valid. The file can be taken in again.")
        if ask(self, question, _("Undo the import"), _("Keep it"), danger=True):
            desk = self.desk
            desk.worker.change(
                lambda session: _undo(session, batch_id),
                lambda _count: desk.messages.done(_("The import is undone.")),
                what=_("Undoing the import…"),
                owner=self.parentWidget(),
            )
            self.accept()

    def _open(self, seen_id: str) -> None:
        one: _Seen = self.rows.row(self.rows.position_of(seen_id))
        if one.response_id is not None:
            self.accept()
            self.desk.go("questionnaire", ("response", one.response_id))


def _taken_words(taken: TakenIn) -> list[tuple[str, str]]:
    new, known, unlinked = len(taken.new), taken.known, taken.unlinked
    said = [(ngettext("{n} new answer.", "{n} new answers.", new).format(n=whole_number(new)), "")]
    if known:
        words = ngettext("{n} was here already.", "{n} were here already.", known)
        said.append((words.format(n=whole_number(known)), "muted"))
    if taken.to_look_at:
        count = len(taken.to_look_at)
        words = ngettext("{n} of them is to be looked at.", "{n} of them are to be looked at.", count)
        said.append((words.format(n=whole_number(count)), "warning"))
    if taken.left:
        count = len(taken.left)
        words = ngettext("{n} submission was left out.", "{n} submissions were left out.", count)
        said.append((words.format(n=whole_number(count)), "warning"))
    if unlinked:
        words = ngettext("{n} is about nobody we know.", "{n} are about nobody we know.", unlinked)
        said.append((words.format(n=whole_number(unlinked)), "warning"))
    if taken.batch_id is not None:
        said.append((_("It can also be undone later, under Import."), "help"))
    return said


def _seen(taken: TakenIn) -> list[_Seen]:
    found = [_Seen(f"l{one.id}", one.row, one.said, one.id) for one in taken.to_look_at]
    found += [_Seen(f"n{number}", one.row, one.said, None) for number, one in enumerate(taken.left)]
    return sorted(found, key=lambda one: one.place)


def _texts(session: Any, name: str) -> list[tuple[str, str]]:
    """The questions that may hold a number: path and wording."""
    kinds = ("text", "integer", "barcode")
    return [
        (one.path, words_of(one.label, one.name)) for one in form_asked(session, name).questions() if one.kind in kinds
    ]


def _export(session: Any, progress: Any, name: str, ending: str, days: tuple[Any, Any], *, numbers: bool) -> bytes:
    from resource_centre.services.answer_exports import export_answers

    since, until = days
    return export_answers(session, name, ending=ending, since=since, until=until, numbers=numbers, progress=progress)


def _take(session: Any, progress: Any, name: str, path: Path, question: str, asked: dict[str, str]) -> TakenIn:
    from resource_centre.services.submissions import take_in_file

    return take_in_file(session, name, path, person_question=question, progress=progress, **asked)


def _undo(session: Any, batch_id: str) -> int:
    from resource_centre.registers.importing import undo_import

    return undo_import(session, batch_id).voided
