# SPDX-License-Identifier: Apache-2.0
"""Language, light or dark, and when the screen locks: choices of this computer."""

from __future__ import annotations

from resource_centre.i18n import LANGUAGES, _, language
from ui.front import LANGUAGE_NAMES
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import label, row
from ui.pages.settings_tab import Tab

MINUTES = (5, 10, 15, 30, 0)


class Computer(Tab):
    """Everything here takes effect at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.language = ChoiceEditor([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.theme = ChoiceEditor([("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))])
        self.lock = ComboBox()
        for minutes in MINUTES:
            self.lock.addItem(_("after {n} minutes").format(n=minutes) if minutes else _("never"), minutes)
        self._fill()
        self.card(_("Language")).body.addWidget(self.language)
        self.card(_("Colours")).body.addWidget(self.theme)
        locking = self.card(
            _("Lock"), _("When nobody touches keyboard or mouse, everything is hidden until the passphrase is typed.")
        )
        locking.body.addLayout(row(label(_("Lock by itself")), self.lock, None))

    def _fill(self) -> None:
        self.language.introduce(_("Language"), "")
        self.theme.introduce(_("Colours"), "")
        self.lock.setAccessibleName(_("Lock by itself"))
        self.language.set_value(language())
        self.theme.set_value(self._desk.theme.choice)
        place = self.lock.findData(self._desk.preferences.lock_after)
        self.lock.setCurrentIndex(max(0, place))
        self.language.settled.connect(self._speak)
        self.theme.settled.connect(self._colour)
        self.lock.activated.connect(lambda _place: self._desk.lock_after_changed(self.lock.currentData()))

    def _speak(self) -> None:
        code = self.language.value()
        if code and code != language():
            self._desk.language_changed(code)

    def _colour(self) -> None:
        choice = self.theme.value() or "system"
        self._desk.preferences.theme = choice
        self._desk.theme.choose(choice)
