# SPDX-License-Identifier: Apache-2.0
"""Open with the recovery sheet: the printed key, and a new passphrase for who has forgotten the old one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from resource_centre.i18n import _
from ui.front import Front
from ui.kit.asked import Asked, Passphrase
from ui.kit.pieces import button, label, row
from ui.kit.strength import judge


class RecoveryPage(Front):
    """Emits sign-in name, recovery key as typed and the new passphrase."""

    asked_to_open = Signal(str, str, str)
    left = Signal()

    def __init__(self, folder: Path, login: str = "") -> None:
        super().__init__(None)
        self.login = QLineEdit(login)
        self.key = QPlainTextEdit()
        self.key.setTabChangesFocus(True)
        self.key.setFixedHeight(self.key.fontMetrics().lineSpacing() * 3 + 14)
        self.passphrase, self.again = Passphrase(), Passphrase()
        self.ask_login = Asked(_("Sign-in &name"), self.login)
        self.ask_key = Asked(_("&Recovery key"), self.key, help=_("The eight groups of five characters on the sheet."))
        self.ask_passphrase = Asked(_("New &passphrase"), self.passphrase, key=self.passphrase.line)
        self.ask_again = Asked(_("New passphrase &again"), self.again, key=self.again.line)
        self.open_button = button(_("&Open"), self._ask, role="main")
        self.told = label("", "error", wrap=True)
        self.told.hide()
        self._lay_out(folder)
        self.key.textChanged.connect(lambda: self.ask_key.say(""))
        self.passphrase.edited.connect(self._judge)
        self.again.line.returnPressed.connect(self._ask)

    def refused(self, words: str) -> None:
        """Show why it did not open."""
        self.open_button.setEnabled(True)
        self.told.setText(words)
        self.told.show()

    def _lay_out(self, folder: Path) -> None:
        self.content.addWidget(label(_("Open with the recovery sheet"), "title", wrap=True))
        self.content.addWidget(label(folder.name, "muted"))
        for asked in (self.ask_login, self.ask_key, self.ask_passphrase, self.ask_again):
            self.content.addWidget(asked)
        self.content.addWidget(self.told)
        self.content.addLayout(row(self.open_button, button(_("&Back"), self.left.emit), None))
        self._judge()

    def _judge(self) -> None:
        tone, sentence = judge(self.passphrase.text(), self.login.text())
        self.ask_passphrase.say(sentence, "help" if not self.passphrase.text() else tone)

    def _ask(self) -> None:
        from db.recovery import read_recovery_key

        reading = read_recovery_key(self.key.toPlainText())
        wrong = ", ".join(str(group) for group in reading.wrong_groups)
        self.ask_key.say(_("Please look at group {groups} again.").format(groups=wrong) if wrong else "")
        self.ask_login.say("" if self.login.text().strip() else _("Please type your sign-in name."))
        fits = self.passphrase.text() == self.again.text()
        self.ask_again.say("" if fits else _("The two passphrases differ."))
        strong = judge(self.passphrase.text())[0] in ("warning", "good")
        if wrong or not fits or not strong or not self.login.text().strip():
            return
        self.open_button.setEnabled(False)
        self.told.hide()
        self.asked_to_open.emit(self.login.text().strip(), self.key.toPlainText(), self.passphrase.text())
