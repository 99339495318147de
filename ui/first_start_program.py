# SPDX-License-Identifier: Apache-2.0
"""What the first start does with its answers: make the centre on the worker, draw and print the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from resource_centre.i18n import _, language, set_language
from ui.first_start import FirstStart
from ui.first_start_sheet import draw_sheet
from ui.first_start_steps import FirstAnswers
from ui.folders import looks_like_a_centre
from ui.kit.messages import words_for
from ui.kit.places import Places

if TYPE_CHECKING:
    from ui.program import Program


class FirstStartWay(QObject):
    """Lives from the first question until the new centre is entered."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._places = Places(self)
        self._centre: Any = None
        self._recovery: Any = None
        self._answers: FirstAnswers | None = None
        self.page: FirstStart

    def show(self) -> FirstStart:
        """Fill the window with the questions."""
        self.page = FirstStart(self._places, self._program.folder)
        self.page.language_chosen.connect(self._speak)
        self.page.answered.connect(self._make)
        self.page.finished.connect(self._finish)
        self.page.has_one_already.connect(self._open_existing)
        self.page.has_a_card.connect(self._join)
        self._program.window.show_only(self.page)
        return self.page

    def _speak(self, code: str) -> None:
        self._program.preferences.language = code
        set_language(code)
        self.show()

    def _join(self) -> None:
        from ui.first_start_join import JoinWay

        JoinWay(self._program).show()
        self.deleteLater()

    def _make(self, answers: FirstAnswers) -> None:
        self._answers = answers
        code = language()
        self._program.worker.run(lambda: _create(answers, code), self._made, self._failed, quiet=True)

    def _made(self, made: tuple[Any, Any]) -> None:
        self._centre, self._recovery = made
        self._program.worker.attach(self._centre)
        assert self._answers is not None
        self._program.folder = self._answers.folder
        self._program.preferences.centre = self._answers.folder
        self._program.preferences.login = self._answers.login
        self.page.show_sheet(self._recovery.groups, self._draw)

    def _failed(self, error: Exception) -> None:
        self.page.refused(words_for(error).text)

    def _draw(self, path: Path, done: Callable[[object], None], failed: Callable[[Exception], None]) -> None:
        assert self._answers is not None
        name, recovery, code = self._answers.centre_name, self._recovery.text, language()
        self._program.worker.run(lambda: draw_sheet(path, name, recovery, code), done, failed, owner=self.page)

    def _finish(self) -> None:
        self._recovery = None
        self._program.enter(self._centre)
        self.deleteLater()

    def _open_existing(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self.page, _("Folder of the centre"), str(self._program.folder.parent)
        )
        if chosen and looks_like_a_centre(Path(chosen)):
            self._program.folder = Path(chosen)
            self._program.show_unlock()
            self.deleteLater()
        elif chosen:
            self.page.refused(_("This folder does not hold a centre."))


def _create(answers: FirstAnswers, code: str) -> tuple[Any, Any]:
    from db.centre import AccountAnswers, CentreAnswers, create_centre

    return create_centre(
        answers.folder,
        profile=CentreAnswers(
            name=answers.centre_name, place_code=answers.place_code, site_code=answers.site_code, language=code
        ),
        account=AccountAnswers(login=answers.login, name=answers.person_name, language=code),
        passphrase=answers.passphrase,
    )
