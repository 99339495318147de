# SPDX-License-Identifier: Apache-2.0
"""The questions to a laptop that joins a centre: its card, a passphrase; and at the end the six words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit

from resource_centre.i18n import _
from ui.first_start_steps import Step
from ui.folders import is_free
from ui.kit.asked import Asked, Passphrase
from ui.kit.pieces import button, label, row
from ui.kit.places import Places
from ui.kit.strength import judge
from ui.kit.typed_dates import show_date

if TYPE_CHECKING:
    from db.exchange.cards import Card


@dataclass(frozen=True)
class JoinAnswers:
    """What joining has asked. `beside` is where the card lay, for the answer to be written there too."""

    folder: Path
    card: str = field(repr=False)
    passphrase: str = field(repr=False)
    login: str
    beside: Path | None


class CardStep(Step):
    """The card from a file or as text; what it says is shown before anything is made."""

    file_chosen = Signal(object)
    text_given = Signal(str)

    def __init__(self, places: Places, folder: Path) -> None:
        super().__init__(
            _("The card of your centre"),
            _("The coordinator gave you a card: a file on a stick, a paper or a message. Nothing else is needed."),
        )
        self.card: Card | None = None
        self.text = ""
        self.beside: Path | None = None
        self.folder = folder
        self._places = places
        self.file_button = button(_("The card is a &file…"), self._ask_file, role="main")
        self.paste = QPlainTextEdit()
        self.paste.setTabChangesFocus(True)
        self.paste.setFixedHeight(84)
        self.ask_text = Asked(_("or &paste its text"), self.paste)
        self.told = label("", "error", wrap=True)
        self.says = label("", wrap=True)
        self._folder_words = label("", "help", wrap=True)
        another = button(_("Another f&older…"), self._choose_folder, role="link")
        self.inside.addLayout(row(self.file_button, None))
        for widget in (self.ask_text, self.told, self.says):
            self.inside.addWidget(widget)
        kept = row(self._folder_words, another)
        kept.setStretch(0, 1)
        self.inside.addLayout(kept)
        self.told.hide()
        self.says.hide()
        self._say_folder()
        self.paste.textChanged.connect(self._typed)
        places.ready.connect(self._say_card)
        self.setFocusProxy(self.file_button)

    def check(self) -> bool:
        """A card that was read."""
        if self.card is None and not self.told.isVisibleTo(self):
            self.refuse(_("Choose the card, or paste its text."))
        return self.card is not None

    def show_card(self, card: Card, text: str) -> None:
        """Say which centre it is of, and for whom."""
        self.card, self.text = card, text
        self.told.hide()
        self._say_card()

    def refuse(self, words: str) -> None:
        """It is no card, or not for this computer."""
        self.card = None
        self.says.hide()
        self.told.setText(words)
        self.told.show()

    def _typed(self) -> None:
        self.beside = None
        text = self.paste.toPlainText()
        self.card = None
        self.says.hide()
        if text.strip():
            self.text_given.emit(text)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the card"), str(Path.home()), _("Cards (*.rccard);;All files (*)")
        )
        if chosen:
            self.beside = Path(chosen)
            self.file_chosen.emit(self.beside)

    def _say_card(self) -> None:
        card = self.card
        if card is None:
            return
        lines = [
            _("Centre: {name}").format(name=card.centre),
            _("This laptop: {name}").format(name=card.name),
            _("Signs in as: {login}").format(login=card.login or ""),
        ]
        lines += [_("Villages: {names}").format(names=self._villages(card.villages))] if card.villages else []
        lines += [_("Until: {day}").format(day=show_date(card.expired))] if card.expired else []
        self.says.setText("\n".join(lines))
        self.says.show()

    def _villages(self, codes: Sequence[str]) -> str:
        gazetteer = self._places.gazetteer
        return ", ".join(gazetteer.name(code) if gazetteer is not None else code for code in codes)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where shall the records be kept?"), str(self.folder.parent))
        if chosen:
            self.folder = Path(chosen) if is_free(Path(chosen)) else Path(chosen) / "centre"
            self._say_folder()

    def _say_folder(self) -> None:
        self._folder_words.setText(_("Kept in {folder}").format(folder=self.folder))


class PassphraseStep(Step):
    """A passphrase for this laptop alone: the centre does not know it."""

    def __init__(self) -> None:
        super().__init__(
            _("Your passphrase"),
            _("It locks this laptop. It need not be the one that you have at the centre; nobody else knows it."),
        )
        self.login = ""
        self.passphrase, self.again = Passphrase(), Passphrase()
        self.ask_passphrase = Asked(_("&Passphrase"), self.passphrase, key=self.passphrase.line)
        self.ask_again = Asked(_("Passphrase a&gain"), self.again, key=self.again.line)
        self.inside.addWidget(self.ask_passphrase)
        self.inside.addWidget(self.ask_again)
        self.passphrase.edited.connect(self._judge)
        self.again.edited.connect(lambda: self.ask_again.say(""))
        self.setFocusProxy(self.passphrase.line)
        self._judge()

    def check(self) -> bool:
        """Twice the same, and good enough."""
        tone, sentence = judge(self.passphrase.text(), self.login)
        strong = tone in ("warning", "good")
        self.ask_passphrase.say(sentence, tone if strong else "error")
        same = self.passphrase.text() == self.again.text()
        self.ask_again.say("" if same else _("The two passphrases differ."))
        return strong and same

    def forget(self) -> None:
        """Nothing of it stays in the window."""
        self.passphrase.clear()
        self.again.clear()

    def _judge(self) -> None:
        tone, sentence = judge(self.passphrase.text(), self.login)
        self.ask_passphrase.say(sentence, tone)


class WordsStep(Step):
    """Where the answer lies, and the six words that the centre sees too."""

    def __init__(self, words: Sequence[str], save: Callable[[], object]) -> None:
        super().__init__(
            _("The answer and six words"),
            _("Bring the answer to the centre. Then read these words to each other: they must be the same on both."),
        )
        self.answer = label("", wrap=True)
        self.save_button = button(_("Save the &answer…"), save)
        self.words: list[QLabel] = []
        self.inside.addWidget(self.answer)
        self.inside.addLayout(row(self.save_button, None))
        for place in range(0, len(words), 2):
            line = [label(f"{at + 1}  {words[at]}", "figure", selectable=True) for at in (place, place + 1)]
            for at, cell in enumerate(line):
                cell.setAccessibleName(_("Word {number}: {word}").format(number=place + at + 1, word=words[place + at]))
            self.words += line
            both = row(*line)
            both.setStretch(0, 1)
            both.setStretch(1, 1)
            self.inside.addLayout(both)
        help_words = _("If they differ, do not go on: tell the coordinator, who makes a new card.")
        self.inside.addWidget(label(help_words, "help", wrap=True))
        self.setFocusProxy(self.save_button)
