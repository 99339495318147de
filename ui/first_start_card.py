# SPDX-License-Identifier: Apache-2.0
"""The questions to a laptop that joins a centre: its card, a passphrase; and at the end the six words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from resource_centre.i18n import _
from ui.first_start_step import KeptIn, NewPassphraseStep, Step
from ui.kit.asked import Asked
from ui.kit.pieces import button, label, row
from ui.kit.places import Places
from ui.kit.six_words import SixWords
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
            _(
                "The coordinator gave you a card: a file on a stick, a paper or a message. A photo of its square code, "
                "taken with a telephone and brought here as a file, will do."
            ),
        )
        self.card: Card | None = None
        self.text = ""
        self.beside: Path | None = None
        self.kept = KeptIn(folder, _("Another f&older…"), _("Where shall the records be kept?"))
        self._places = places
        self.file_button = button(_("The card is a &file…"), self._ask_file, role="main")
        self.paste = QPlainTextEdit()
        self.paste.setTabChangesFocus(True)
        self.paste.setFixedHeight(84)
        self.ask_text = Asked(_("or &paste its text"), self.paste)
        self.told = label("", "error", wrap=True)
        self.says = label("", wrap=True)
        self.inside.addLayout(row(self.file_button, None))
        for part in (self.ask_text, self.told, self.says, self.kept):
            self.inside.addWidget(part)
        self.told.hide()
        self.says.hide()
        self.paste.textChanged.connect(self._typed)
        places.ready.connect(self._say_card)
        self.setFocusProxy(self.file_button)

    @property
    def folder(self) -> Path:
        """Where this laptop's records will lie."""
        return self.kept.folder

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
        from ui.pages.exchange_cards import kinds_of_cards

        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the card"), str(Path.home()), kinds_of_cards())
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


class PassphraseStep(NewPassphraseStep):
    """A passphrase for this laptop alone: the centre does not know it."""

    def __init__(self) -> None:
        super().__init__(
            _("Your passphrase"),
            _("It locks this laptop. It need not be the one that you have at the centre; nobody else knows it."),
        )
        self.login = ""
        self.inside.addWidget(self.ask_passphrase)
        self.inside.addWidget(self.ask_again)
        self.setFocusProxy(self.passphrase.line)
        self.judge()

    def names(self) -> tuple[str, ...]:
        """The name one signs in with, which the card gives."""
        return (self.login,)


class WordsStep(Step):
    """Where the answer lies, and the six words that the centre sees too."""

    def __init__(self, words: Sequence[str], save: Callable[[], object]) -> None:
        super().__init__(
            _("The answer and six words"),
            _("Bring the answer to the centre. Then read these words to each other: they must be the same on both."),
        )
        self.answer = label("", wrap=True)
        self.save_button = button(_("Save the &answer…"), save)
        self.words = SixWords(words, across=2)
        self.inside.addWidget(self.answer)
        self.inside.addLayout(row(self.save_button, None))
        self.inside.addWidget(self.words)
        help_words = _(
            "If they differ, press Later and tell the coordinator, who makes a new card. It is used here, under Hand "
            "over, Six words; what you write until then stays."
        )
        self.inside.addWidget(label(help_words, "help", wrap=True))
        self.setFocusProxy(self.save_button)
