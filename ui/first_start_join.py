# SPDX-License-Identifier: Apache-2.0
"""A laptop joins a centre: card, passphrase, recovery sheet, six words; then the laptop is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from resource_centre.i18n import _, language
from ui.first_start_card import CardStep, JoinAnswers, PassphraseStep, WordsStep
from ui.first_start_sheet import SheetStep
from ui.first_start_steps import Step
from ui.front import Front
from ui.kit.messages import words_for
from ui.kit.pieces import button, label, row
from ui.kit.places import Places
from ui.kit.printing import print_pdf, temporary_pdf
from ui.kit.saving_files import ask_where

if TYPE_CHECKING:
    from ui.program import Program

REPLY = ".rcreply"


class JoinStart(Front):
    """Emits `answered` once; whoever listens joins and calls `show_sheet`, and `show_words` after the sheet."""

    answered = Signal(object)
    sheet_proved = Signal()
    same = Signal()
    later = Signal()
    left = Signal()

    def __init__(self, places: Places, folder: Path) -> None:
        super().__init__(None, (_("The card"), _("Your passphrase"), _("The recovery sheet"), _("Six words")))
        self.card, self.passphrase = CardStep(places, folder), PassphraseStep()
        self.sheet: SheetStep | None = None
        self.words: WordsStep | None = None
        self.steps = QStackedWidget()
        self.steps.addWidget(self.card)
        self.steps.addWidget(self.passphrase)
        self.told = label("", "error", wrap=True)
        self.told.hide()
        self.back = button(_("&Back"), self._go_back)
        self.next = button(_("Ne&xt"), self.go_on, role="main")
        self.next.setDefault(True)
        self.later_button = button(_("&Later"), self.later.emit)
        self.content.addWidget(self.steps)
        self.content.addWidget(self.told)
        self.content.addLayout(row(self.next, self.back, self.later_button, None))
        for line in (self.passphrase.passphrase.line, self.passphrase.again.line):
            line.returnPressed.connect(self.go_on)
        self._show(0)

    def go_on(self) -> None:
        """Check this step and go to the next."""
        step = self.steps.currentWidget()
        if not isinstance(step, Step) or not self.next.isEnabled() or not step.check():
            return
        if step is self.words:
            self.same.emit()
        elif step is self.sheet:
            self.sheet_proved.emit()
        elif step is self.passphrase:
            self._wait(True)
            self.answered.emit(self.answers())
        else:
            self.passphrase.login = (self.card.card.login or "") if self.card.card else ""
            self._show(1)

    def answers(self) -> JoinAnswers:
        """Everything asked so far."""
        return JoinAnswers(
            folder=self.card.folder,
            card=self.card.text,
            passphrase=self.passphrase.passphrase.text(),
            login=self.passphrase.login,
            beside=self.card.beside,
        )

    def refused(self, words: str) -> None:
        """It could not be done."""
        self._wait(False)
        self.told.setText(words)
        self.told.show()

    def show_sheet(self, groups: tuple[str, ...], save: Callable[[Path], None], print_: Callable[[], None]) -> None:
        """The laptop's folder is made: its recovery sheet."""
        self._wait(False)
        self.passphrase.forget()
        self.sheet = SheetStep(groups, save, print_)
        self.sheet.typed.returnPressed.connect(self.go_on)
        self.steps.addWidget(self.sheet)
        self._show(2)

    def show_words(self, words: Sequence[str], save: Callable[[], object]) -> WordsStep:
        """The last step."""
        self.words = WordsStep(words, save)
        self.steps.addWidget(self.words)
        self._show(3)
        return self.words

    def _go_back(self) -> None:
        if self.steps.currentIndex() == 0:
            self.left.emit()
        else:
            self._show(0)

    def _show(self, place: int) -> None:
        self.told.hide()
        self.steps.setCurrentIndex(place)
        self.brand.show_step(place)
        self.back.setVisible(place < 2)
        self.later_button.setVisible(place == 3)
        words = (_("Ne&xt"), _("&Join the centre"), _("Ne&xt"), _("They are the &same"))[place]
        self.next.setText(words)
        self.next.setAccessibleName(words.replace("&", ""))
        current: QWidget | None = self.steps.currentWidget()
        if current is not None:
            self.setFocusProxy(current)
            current.setFocus()

    def _wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)
        self.back.setEnabled(not waiting)
        self.passphrase.setEnabled(not waiting)
        if waiting:
            self.next.setText(_("Making the encrypted folder…"))
            self.told.hide()
        elif self.steps.currentWidget() is self.passphrase:
            self.next.setText(_("&Join the centre"))


class JoinWay(QObject):
    """Lives from the choice of a card until the laptop is entered."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program, self._places = program, Places(self)
        self._joined: Any = None
        self._answers: JoinAnswers | None = None
        self.page: JoinStart

    def show(self) -> JoinStart:
        """Fill the window with the questions."""
        self._places.wanted()
        page = self.page = JoinStart(self._places, self._program.folder)
        page.card.file_chosen.connect(lambda path: self._look(lambda: _card_in(path)))
        page.card.text_given.connect(lambda text: self._look(lambda: _card_of(text)))
        page.answered.connect(self._join)
        page.sheet_proved.connect(self._ask_words)
        page.same.connect(self._confirm)
        page.later.connect(self._finish)
        page.left.connect(self._leave)
        self._program.window.show_only(page)
        return page

    def _look(self, read: Callable[[], tuple[Any, str]]) -> None:
        self._program.worker.run(
            read,
            lambda found: self.page.card.show_card(*found),
            lambda error: self.page.card.refuse(words_for(error).text),
            owner=self.page,
        )

    def _join(self, answers: JoinAnswers) -> None:
        self._answers = answers
        self._program.worker.run(lambda: _joined(answers), self._made, self._failed, quiet=True)

    def _made(self, joined: Any) -> None:
        assert self._answers is not None
        self._joined = joined
        program, answers = self._program, self._answers
        program.worker.attach(joined.centre)
        program.folder = program.preferences.centre = answers.folder
        program.preferences.login = answers.login
        self._answers = None  # nothing of the passphrase stays
        self._beside = answers.beside
        self.page.show_sheet(joined.recovery.groups, self._save_sheet, self._print_sheet)

    def _failed(self, error: Exception) -> None:
        self.page.refused(words_for(error).text)

    # The sheet

    def _draw(self, path: Path) -> None:
        from reports.recovery_sheet import draw_recovery_sheet

        profile = self._joined.centre.profile
        name = (profile.name or "") if profile is not None else ""
        draw_recovery_sheet(path, centre_name=name, recovery=self._joined.recovery.text, language=language())

    def _save_sheet(self, path: Path) -> None:
        saved = _("Saved. Now print it from there.")
        self._program.worker.run(lambda: self._draw(path), lambda _nothing: self._say(saved), self._failed)

    def _print_sheet(self) -> None:
        path = temporary_pdf()
        self._program.worker.run(lambda: self._draw(path), lambda _nothing: self._send(path), self._failed)

    def _send(self, path: Path) -> None:
        try:
            if print_pdf(path, self.page):
                self._say(_("Sent to the printer. Is it in your hands?"))
        finally:
            path.unlink(missing_ok=True)

    def _say(self, words: str) -> None:
        if self.page.sheet is not None:
            self.page.sheet.say(words)

    # The answer and the words

    def _ask_words(self) -> None:
        from db.exchange import pairing

        site = self._joined.site
        self._program.worker.read(lambda session: pairing.words_for(session, site), self._show_words, self._failed)

    def _show_words(self, words: Sequence[str]) -> None:
        self.page.show_words(words, self._save_answer)
        if self._beside is not None:
            self._write_answer(self._beside.with_suffix(REPLY))
        else:
            self._say_answer(_("Save the answer onto a stick, or where you can send it from."))

    def _save_answer(self) -> None:
        name = _("answer{ending}").format(ending=REPLY)
        path = ask_where(self.page, _("Save the answer"), name, _("Answers (*.rcreply)"), REPLY)
        if path is not None:
            self._write_answer(path)

    def _write_answer(self, path: Path) -> None:
        reply = self._joined.reply
        self._program.worker.run(
            lambda: _write(path, reply),
            lambda _nothing: self._say_answer(_("The answer lies in {file}.").format(file=path)),
            lambda error: self._say_answer(words_for(error).text),
            owner=self.page,
        )

    def _say_answer(self, words: str) -> None:
        if self.page.words is not None:
            self.page.words.answer.setText(words)

    def _confirm(self) -> None:
        from db.exchange import pairing

        site = self._joined.site
        self._program.worker.change(
            lambda session: pairing.confirm(session, site), lambda _nothing: self._finish(), self._failed
        )

    def _finish(self) -> None:
        centre, self._joined = self._joined.centre, None
        self._program.enter(centre)
        self.deleteLater()

    def _leave(self) -> None:
        self._program.show_first_start()
        self.deleteLater()


def _card_in(path: Path) -> tuple[Any, str]:
    from db.exchange.cards import MOST_BYTES
    from db.files import on_disk
    from resource_centre.errors import EnvironmentFailed

    with on_disk(), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    try:
        return _card_of(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise EnvironmentFailed("not_a_card") from error


def _card_of(text: str) -> tuple[Any, str]:
    from db.exchange.cards import read_card
    from db.exchange.pairing import usable
    from resource_centre.errors import Refused
    from resource_centre.exchange.scope import LAPTOP

    card = usable(read_card(text))
    if card.role != LAPTOP:
        raise Refused("not_our_card")
    return card, text


def _joined(answers: JoinAnswers) -> Any:
    from db.exchange.joining import join_centre

    return join_centre(answers.folder, answers.card, answers.passphrase)


def _write(path: Path, reply: str) -> None:
    from db.files import write_whole

    write_whole(path, reply.encode())
