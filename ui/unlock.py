# SPDX-License-Identifier: Apache-2.0
"""The first window: sign-in name and passphrase. Painted before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from resource_centre.i18n import _
from ui.front import Front
from ui.kit.asked import Asked, Passphrase
from ui.kit.pieces import button, label, row

SLOW_AFTER_MS = 1800


class UnlockPage(Front):
    """Asks who it is. Emits what was typed; whoever listens calls `refused` or goes on."""

    asked_to_open = Signal(str, str)
    wants_recovery = Signal()
    wants_other_centre = Signal()
    wants_new_centre = Signal()
    language_chosen = Signal(str)

    def __init__(self, folder: Path, login: str = "", *, locked: bool = False) -> None:
        super().__init__(None if locked else self._choose_language)
        self.login = QLineEdit(login)
        self.login.setMaxLength(100)
        self.passphrase = Passphrase()
        self.ask_login = Asked(_("Sign-in &name"), self.login)
        self.ask_passphrase = Asked(_("&Passphrase"), self.passphrase, key=self.passphrase.line)
        self.open_button = button(_("&Open"), self._ask, role="main")
        self.open_button.setDefault(True)
        self.told = label("", "error", wrap=True)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SLOW_AFTER_MS)
        self._patience.timeout.connect(self._say_slow)
        self._lay_out(folder, locked)
        self.login.returnPressed.connect(self.passphrase.line.setFocus)
        self.passphrase.line.returnPressed.connect(self._ask)
        self.setFocusProxy(self.passphrase.line if login else self.login)

    def _choose_language(self, code: str) -> None:
        self.language_chosen.emit(code)

    def refused(self, words: str) -> None:
        """Show why the centre did not open; the passphrase is forgotten, the name stays."""
        self._wait(False)
        self.passphrase.clear()
        self._tell(words, "error")
        self.passphrase.line.setFocus()

    def say(self, words: str) -> None:
        """Something to know that is no refusal."""
        self._tell(words, "muted")

    def _lay_out(self, folder: Path, locked: bool) -> None:
        title = _("Locked") if locked else _("Open the centre")
        self.content.addWidget(label(title, "title"))
        place = label(_("Enter your passphrase to go on.") if locked else folder.name, "muted", wrap=True)
        place.setToolTip("" if locked else str(folder))
        self.content.addWidget(place)
        self.content.addSpacing(10)
        self.content.addWidget(self.ask_login)
        self.content.addWidget(self.ask_passphrase)
        self.content.addWidget(self.told)
        self.content.addLayout(row(self.open_button, None))
        self.content.addSpacing(18)
        if not locked:
            self.content.addWidget(button(_("Open with the &recovery sheet"), self.wants_recovery.emit, role="link"))
            self.content.addWidget(button(_("Another &centre…"), self.wants_other_centre.emit, role="link"))
            self.content.addWidget(button(_("&Make a new centre…"), self.wants_new_centre.emit, role="link"))
        self.told.hide()

    def _ask(self) -> None:
        if not self.open_button.isEnabled():
            return
        login, passphrase = self.login.text().strip(), self.passphrase.text()
        self.ask_login.say("" if login else _("Please type your sign-in name."))
        self.ask_passphrase.say("" if passphrase else _("Please type your passphrase."))
        if login and passphrase:
            self._wait(True)
            self.asked_to_open.emit(login, passphrase)
        else:
            (self.passphrase.line if login else self.login).setFocus()

    def _wait(self, waiting: bool) -> None:
        self.open_button.setEnabled(not waiting)
        self.open_button.setText(_("Opening…") if waiting else _("&Open"))
        self.passphrase.line.setReadOnly(waiting)
        if waiting:
            self.told.hide()
            self._patience.start()
        else:
            self._patience.stop()

    def _say_slow(self) -> None:
        self._tell(_("After wrong attempts this takes a little longer each time."), "muted")

    def _tell(self, words: str, role: str) -> None:
        self.told.setProperty("role", role)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setText(words)
        self.told.setVisible(bool(words))
