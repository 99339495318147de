# SPDX-License-Identifier: Apache-2.0
"""The questions of the first start: language, the centre, the first account. Each step checks its own answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from resource_centre.i18n import LANGUAGES, _, language
from ui.first_start_step import KeptIn, NewPassphraseStep, Step
from ui.front import LANGUAGE_NAMES
from ui.kit.asked import Asked
from ui.kit.editors_place import PlaceEditor
from ui.kit.pieces import button
from ui.kit.places import Places

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
        self.kept = KeptIn(folder, _("Another &folder…"), _("Where shall the centre be kept?"))
        self._places = places
        self._site_is_ours = True
        self.ask_name = Asked(_("&Name of the centre"), self.name)
        self.ask_place = Asked(
            _("&Place"), self.place, key=self.place.line, help=_("The village, district or regency the centre is in.")
        )
        self.ask_site = Asked(
            _("Site &code"), self.site, help=_("Three letters that begin every number this centre gives, such as LTM.")
        )
        self._lay_out()
        self.place.settled.connect(self._propose_site)
        self.site.textEdited.connect(self._site_typed)

    @property
    def folder(self) -> Path:
        """Where the centre will lie."""
        return self.kept.folder

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
        for part in (self.ask_name, self.ask_place, self.ask_site, self.kept):
            self.inside.addWidget(part)
        self.setFocusProxy(self.name)

    def _propose_site(self) -> None:
        code, gazetteer = self.place.value(), self._places.gazetteer
        if code and gazetteer is not None and self._site_is_ours:
            path = gazetteer.path(code)
            self.site.setText(site_code_for(path[min(1, len(path) - 1)].name))

    def _site_typed(self, text: str) -> None:
        self._site_is_ours = not text
        self.site.setText(text.upper())


class AccountStep(NewPassphraseStep):
    """Who works here first: a coordinator's account."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Your account"), _("You will be the coordinator. More accounts can be added later in the settings.")
        )
        self.name, self.login = QLineEdit(), QLineEdit()
        self._login_is_ours = True
        self.ask_name = Asked(_("Your &name"), self.name)
        self.ask_login = Asked(_("Sign-in n&ame"), self.login)
        for asked in (self.ask_name, self.ask_login, self.ask_passphrase, self.ask_again):
            self.inside.addWidget(asked)
        self.setFocusProxy(self.name)
        self.name.textEdited.connect(self._propose_login)
        self.login.textEdited.connect(self._login_typed)
        self.judge()

    def names(self) -> tuple[str, ...]:
        """The sign-in name, and each part of the name."""
        return (self.login.text(), *self.name.text().split())

    def check(self) -> bool:
        """A name, a sign-in name, and twice the same good enough passphrase."""
        name, login = self.name.text().strip(), self.login.text().strip()
        self.ask_name.say("" if name else _("Please type your name."))
        self.ask_login.say("" if login else _("Please type your sign-in name."))
        return super().check() and bool(name and login)

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
