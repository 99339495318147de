# SPDX-License-Identifier: Apache-2.0
"""What is done with a questionnaire besides asking it: on paper, as a file, answers out and in, asked no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from resource_centre.i18n import _
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.questionnaires_load import ask_file
from ui.pages.questionnaires_read import workbook
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.questionnaires import Shelved
    from ui.pages.questionnaires_read import OnShelf

PAPER = "questionnaire"


class MoreButton(QPushButton):
    """A menu about the questionnaire that `show_line` was told of."""

    wants_form = Signal()
    changed = Signal()
    """It is asked no longer, or again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("&More"))
        self.desk = desk
        self.line: OnShelf | None = None
        self.choices = QMenu(self)
        self.choices.aboutToShow.connect(self.fill)
        self.setMenu(self.choices)

    def show_line(self, line: OnShelf) -> None:
        """Which questionnaire it is about."""
        self.line = line

    def fill(self) -> None:
        """Offer what this account may do."""
        self.choices.clear()
        for words, act in self._actions():
            self.choices.addAction(words).triggered.connect(lambda _checked=False, act=act: act())

    @property
    def known(self) -> Shelved:
        """The questionnaire."""
        assert self.line is not None
        return self.line.known

    def print_blank(self) -> None:
        """Print it to be filled in by hand."""
        from ui.pages.papers import print_paper

        print_paper(self.desk, PAPER, self.known.name, blank=True, parent=self.window())

    def save_form(self) -> None:
        """Save the form asked now as a workbook, for Kobo or to be changed."""
        name = self.known.name
        path = ask_where(self, _("Save the form"), f"{name}.xlsx", _("Workbook (*.xlsx)"))
        if path is not None:
            self.desk.worker.read(
                lambda session: workbook(session, name),
                lambda content: save_whole(self.desk, path, content),
                owner=self,
            )

    def export_answers(self) -> None:
        """Give answers out for whoever evaluates them elsewhere."""
        from ui.pages.questionnaires_kobo import ExportAnswers

        ExportAnswers(self, self.desk, self.known).open()

    def choose_submissions(self) -> None:
        """Take in what telephones sent."""
        from ui.pages.questionnaires_kobo import ENDINGS

        path = ask_file(self, _("Choose a file of submissions"), ENDINGS)
        if path is not None:
            self.take_submissions_in(path)

    def take_submissions_in(self, path: Path) -> None:
        """Ask whose they are, and take them in."""
        from ui.pages.questionnaires_kobo import TakeIn

        TakeIn(self, self.desk, self.known, path).open()

    def withdraw(self) -> None:
        """Ask it no longer, or again."""
        from resource_centre.services.questionnaires import bring_back, withdraw

        name = self.known.name
        if self.known.withdrawn:
            self._write(lambda session: bring_back(session, name))
            return
        question = _("Ask this questionnaire no longer? Its answers stay, and it can be brought back.")
        if ask(self, question, _("Ask it no longer"), _("Keep it")):
            self._write(lambda session: withdraw(session, name))

    def tighten(self, sensitivity: str) -> None:
        """Let fewer people read what will be answered."""
        from resource_centre.services.questionnaires import tighten

        name = self.known.name
        question = _("From now on these read the answers: {who}. This cannot be undone.")
        if ask(
            self, question.format(who=term("questionnaire_sensitivity", sensitivity)), _("Let fewer read"), _("Keep")
        ):
            self._write(lambda session: tighten(session, name, sensitivity))

    # Inside

    def _tighter(self) -> list[str]:
        """Who could read the answers instead, fewer at each step; nobody is asked again once there are answers."""
        codes = [one.code for one in vocabulary("questionnaire_sensitivity")]
        answered = self.line is not None and self.line.answered != 0
        return [] if answered else codes[codes.index(self.known.sensitivity) + 1 :]

    def _actions(self) -> Iterator[tuple[str, Callable[[], object]]]:
        if self.line is None:
            return
        yield _("Print blank…"), self.print_blank
        yield _("Save the form as XLSX…"), self.save_form
        if self.desk.may("report") and self.line.answered is not None:
            yield _("Export answers…"), self.export_answers
        if self.desk.may("import"):
            yield _("Take submissions in…"), self.choose_submissions
        if self.desk.may("settings"):
            yield _("Load a new version…"), self.wants_form.emit
            for code in self._tighter():
                who = term("questionnaire_sensitivity", code)
                yield _("Only for: {who}…").format(who=who), partial(self.tighten, code)
            yield (_("Ask it again") if self.known.withdrawn else _("Ask it no longer…")), self.withdraw

    def _write(self, change: Callable[[Any], Any]) -> None:
        self.desk.worker.change(change, self._written, owner=self)

    def _written(self, _result: Any) -> None:
        self.desk.messages.done(_("Saved."))
        self.changed.emit()
