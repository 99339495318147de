# SPDX-License-Identifier: Apache-2.0
"""A laptop joins a centre: card, passphrase, recovery sheet, six words; then the laptop is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from resource_centre.i18n import _, language
from ui.first_start_card import CardStep, JoinAnswers, PassphraseStep, WordsStep
from ui.first_start_sheet import Draw, SheetStep, draw_sheet
from ui.first_start_step import Step, StepsFront
from ui.kit.messages import words_for
from ui.kit.pieces import button, row
from ui.kit.places import Places
from ui.kit.saving_files import ask_where

if TYPE_CHECKING:
    from ui.program import Program

REPLY = ".rcreply"


class JoinStart(StepsFront):
    """Emits `answered` once; whoever listens joins and calls `show_sheet`, and `show_words` after the sheet."""

    answered = Signal(object)
    sheet_proved = Signal()
    same = Signal()
    later = Signal()
    left = Signal()

    def __init__(self, places: Places, folder: Path) -> None:
        super().__init__((_("The card"), _("Your passphrase"), _("The recovery sheet"), _("Six words")))
        self.card, self.passphrase = CardStep(places, folder), PassphraseStep()
        self.sheet: SheetStep | None = None
        self.words: WordsStep | None = None
        self.steps.addWidget(self.card)
        self.steps.addWidget(self.passphrase)
        self.later_button = button(_("&Later"), self.later.emit)
        self.content.addLayout(row(self.next, self.back, self.later_button, None))
        for line in (self.passphrase.passphrase.line, self.passphrase.again.line):
            line.returnPressed.connect(self.go_on)
        self._show(0)

    def leave(self, step: Step) -> None:
        """To the next one; after the passphrase the laptop's folder is made."""
        if step is self.words:
            self.same.emit()
        elif step is self.sheet:
            self.sheet_proved.emit()
        elif step is self.passphrase:
            self.wait(True, _("Making the encrypted folder…"))
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

    def show_card(self, card: Any, text: str) -> None:
        """A card was read; from a file, Enter goes on."""
        self.card.show_card(card, text)
        if self.card.beside is not None:
            self.next.setFocus()

    def show_sheet(self, groups: tuple[str, ...], draw: Draw) -> None:
        """The laptop's folder is made: its recovery sheet."""
        self.wait(False)
        self.passphrase.forget()
        self.sheet = SheetStep(groups, draw)
        self.sheet.typed.returnPressed.connect(self.go_on)
        self.steps.addWidget(self.sheet)
        self._show(2)

    def show_words(self, words: Sequence[str], save: Callable[[], object]) -> WordsStep:
        """The last step."""
        self.words = WordsStep(words, save)
        self.steps.addWidget(self.words)
        self._show(3)
        return self.words

    def go_back(self) -> None:
        """To the card, and from there to where one came from."""
        if self.steps.currentIndex() == 0:
            self.left.emit()
        else:
            self._show(0)

    def _show(self, place: int) -> None:
        self.back.setVisible(place < 2)
        self.later_button.setVisible(place == 3)
        self.lead_to(place, (_("Ne&xt"), _("&Join the centre"), _("Ne&xt"), _("They are the &same"))[place])


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
            lambda found: self.page.show_card(*found),
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
        self.page.show_sheet(joined.recovery.groups, self._draw)

    def _failed(self, error: Exception) -> None:
        self.page.refused(words_for(error).text)

    def _draw(self, path: Path, done: Callable[[object], None], failed: Callable[[Exception], None]) -> None:
        profile, recovery, code = self._joined.centre.profile, self._joined.recovery.text, language()
        name = (profile.name or "") if profile is not None else ""
        self._program.worker.run(lambda: draw_sheet(path, name, recovery, code), done, failed, owner=self.page)

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
    from db.exchange.card_files import read_card_file

    return _card_of(read_card_file(path))


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
