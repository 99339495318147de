# SPDX-License-Identifier: Apache-2.0
"""The questions of the first start: language, the centre, the first account. Each step checks its own answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from resource_centre.i18n import LANGUAGES, _, language
from ui.folders import is_free
from ui.front import LANGUAGE_NAMES
from ui.kit.asked import Asked, Passphrase
from ui.kit.editors_place import PlaceEditor
from ui.kit.pieces import GAP, button, label, row
from ui.kit.places import Places
from ui.kit.strength import judge

VOWELS = "AEIOU"
SITE_LETTERS = 3


@dataclass(frozen=True)
class FirstAnswers:
    """What the first start has asked."""

    folder: Path
    centre_name: str
    place_code: str
    site_code: str
    person_name: str
    login: str
    passphrase: str


class Step(QWidget):
    """One page of the first start."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(GAP)
        self.inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.inside.addWidget(label(title, "title", wrap=True))
        self.inside.addWidget(label(why, "muted", wrap=True))
        self.inside.addSpacing(GAP)

    def check(self) -> bool:
        """Whether one may go on; says what is missing beside the fields."""
        return True


class LanguageStep(Step):
    """Which language the program speaks."""

    def __init__(self, choose: Callable[[str], None]) -> None:
        super().__init__(
            _("Welcome"),
            _("In a few minutes this computer is ready for your centre. Which language do you work in?"),
        )
        self.switches: dict[str, QPushButton] = {}
        for code in LANGUAGES:
            switch = button(LANGUAGE_NAMES[code], partial(choose, code))
            switch.setProperty("role", "choice")
            switch.setCheckable(True)
            switch.setChecked(code == language())
            self.switches[code] = switch
            self.inside.addWidget(switch)
        self.setFocusProxy(self.switches[language()])


class CentreStep(Step):
    """The centre's name, its place, the three letters of its numbers, and the folder."""

    def __init__(self, places: Places, folder: Path) -> None:
        super().__init__(
            _("Your centre"),
            _("The name stands on every report; the place is proposed first when you enter an address."),
        )
        self.name = QLineEdit()
        self.name.setMaxLength(120)
        self.place = PlaceEditor(places, levels=("regency", "district", "village"))
        self.site = QLineEdit()
        self.site.setMaxLength(SITE_LETTERS)
        self.site.setMaximumWidth(90)
        self.folder = folder
        self._places = places
        self._site_is_ours = True
        self.ask_name = Asked(_("&Name of the centre"), self.name)
        self.ask_place = Asked(
            _("&Place"), self.place, key=self.place.line, help=_("The village, district or regency the centre is in.")
        )
        self.ask_site = Asked(
            _("Site &code"), self.site, help=_("Three letters that begin every number this centre gives, such as LTM.")
        )
        self._folder_words = label("", "help", wrap=True)
        self._lay_out()
        self.place.settled.connect(self._propose_site)
        self.site.textEdited.connect(self._site_typed)

    def check(self) -> bool:
        """Name, place and three letters."""
        site = self.site.text()
        self.ask_name.say("" if self.name.text().strip() else _("Please give the centre a name."))
        self.ask_place.say(
            "" if self.place.value() else _("Please choose a place from the list that opens as you type.")
        )
        fits = len(site) == SITE_LETTERS and site.isascii() and site.isalpha()
        self.ask_site.say("" if fits else _("Please give exactly three letters from A to Z."))
        return bool(self.name.text().strip() and self.place.value() and fits)

    def _lay_out(self) -> None:
        self.place.line.setPlaceholderText(_("Type the name of the place"))
        for asked in (self.ask_name, self.ask_place, self.ask_site):
            self.inside.addWidget(asked)
        change = button(_("Another &folder…"), self._choose_folder, role="link")
        self.inside.addLayout(row(self._folder_words, change))
        self._say_folder()
        self.setFocusProxy(self.name)

    def _propose_site(self) -> None:
        code, gazetteer = self.place.value(), self._places.gazetteer
        if code and gazetteer is not None and self._site_is_ours:
            path = gazetteer.path(code)
            self.site.setText(site_code_for(path[min(1, len(path) - 1)].name))

    def _site_typed(self, text: str) -> None:
        self._site_is_ours = not text
        self.site.setText(text.upper())

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where shall the centre be kept?"), str(self.folder.parent))
        if chosen:
            self.folder = Path(chosen) if is_free(Path(chosen)) else Path(chosen) / "centre"
            self._say_folder()

    def _say_folder(self) -> None:
        self._folder_words.setText(_("Kept in {folder}").format(folder=self.folder))


class AccountStep(Step):
    """Who works here first: a coordinator's account."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Your account"), _("You will be the coordinator. More accounts can be added later in the settings.")
        )
        self.name, self.login = QLineEdit(), QLineEdit()
        self.passphrase, self.again = Passphrase(), Passphrase()
        self._login_is_ours = True
        self.ask_name = Asked(_("Your &name"), self.name)
        self.ask_login = Asked(_("Sign-in n&ame"), self.login)
        self.ask_passphrase = Asked(_("&Passphrase"), self.passphrase, key=self.passphrase.line)
        self.ask_again = Asked(_("Passphrase a&gain"), self.again, key=self.again.line)
        for asked in (self.ask_name, self.ask_login, self.ask_passphrase, self.ask_again):
            self.inside.addWidget(asked)
        self.setFocusProxy(self.name)
        self.name.textEdited.connect(self._propose_login)
        self.login.textEdited.connect(self._login_typed)
        self.passphrase.edited.connect(self._judge)
        self.again.edited.connect(lambda: self.ask_again.say(""))
        self._judge()

    def check(self) -> bool:
        """A name, a sign-in name, and twice the same good enough passphrase."""
        self.ask_name.say("" if self.name.text().strip() else _("Please type your name."))
        self.ask_login.say("" if self.login.text().strip() else _("Please type your sign-in name."))
        self._judge()
        tone, sentence = self._judgement()
        strong = tone in ("warning", "good")
        if not strong:
            self.ask_passphrase.say(sentence, "error")
        same = self.passphrase.text() == self.again.text()
        self.ask_again.say("" if same else _("The two passphrases differ."))
        return bool(self.name.text().strip() and self.login.text().strip() and strong and same)

    def _judgement(self) -> tuple[str, str]:
        return judge(self.passphrase.text(), self.login.text(), *self.name.text().split())

    def _judge(self) -> None:
        tone, sentence = self._judgement()
        self.ask_passphrase.say(sentence, tone)

    def _propose_login(self, text: str) -> None:
        if self._login_is_ours:
            words = text.split()
            first = words[0].casefold() if words else ""
            self.login.setText("".join(letter for letter in first if letter.isalnum()))

    def _login_typed(self, text: str) -> None:
        self._login_is_ours = not text


def site_code_for(place_name: str) -> str:
    """Three letters out of a place's name: "Lombok Timur" gives LTM, "Sumbawa" gives SMB."""
    words = ["".join(c for c in word.upper() if c.isascii() and c.isalpha()) for word in place_name.split()]
    words = [word for word in words if word and word not in ("KABUPATEN", "KOTA", "KAB", "ADM")]
    if not words:
        return ""
    head, last = ("", words[0]) if len(words) == 1 else (words[0][0], words[1])
    rest = [c for c in last[1:] if c not in VOWELS] + [c for c in last[1:] if c in VOWELS]
    return (head + last[0] + "".join(rest))[:SITE_LETTERS].ljust(SITE_LETTERS, "X")
