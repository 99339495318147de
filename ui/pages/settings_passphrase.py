# SPDX-License-Identifier: Apache-2.0
"""One's own passphrase: the old one, and twice the new one."""

from __future__ import annotations

from typing import Any

from resource_centre.i18n import _
from ui.kit.asked import Asked, Passphrase
from ui.kit.desk import Desk
from ui.kit.messages import words_for
from ui.kit.pieces import button, row
from ui.kit.strength import judge
from ui.pages.settings_tab import Tab


class OwnPassphrase(Tab):
    """Changes the passphrase of who is signed in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.old, self.new, self.again = Passphrase(), Passphrase(), Passphrase()
        self.ask_old = Asked(_("&Present passphrase"), self.old, key=self.old.line)
        self.ask_new = Asked(_("&New passphrase"), self.new, key=self.new.line)
        self.ask_again = Asked(_("New passphrase &again"), self.again, key=self.again.line)
        self.save = button(_("&Save"), self._save, role="main")
        card = self.card(_("My passphrase"))
        for asked in (self.ask_old, self.ask_new, self.ask_again):
            asked.setMaximumWidth(460)
            card.body.addWidget(asked)
        card.body.addLayout(row(self.save, None))
        self.new.edited.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        tone, sentence = judge(self.new.text())
        self.ask_new.say(sentence, tone)

    def _save(self) -> None:
        tone, sentence = judge(self.new.text())
        strong, same = tone in ("warning", "good"), self.new.text() == self.again.text()
        self.ask_old.say("" if self.old.text() else _("Please type your passphrase."))
        self.ask_new.say(sentence, tone if strong else "error")
        self.ask_again.say("" if same else _("The two passphrases differ."))
        if self.old.text() and strong and same:
            self._change(self.old.text(), self.new.text())

    def _change(self, old: str, new: str) -> None:
        centre: Any = self._desk.worker.centre
        self.save.setEnabled(False)
        self._desk.worker.run(
            lambda: centre.change_passphrase(old, new),
            self._done,
            self._refused,
            finished=lambda: self.save.setEnabled(True),
        )

    def _done(self, _nothing: Any) -> None:
        for line in (self.old, self.new, self.again):
            line.clear()
        self._judge()
        self._desk.messages.done(_("The new passphrase counts from now on."))

    def _refused(self, error: Exception) -> None:
        if getattr(error, "code", "") == "wrong_passphrase":
            self.ask_old.say(_("This is not your present passphrase."))
        else:
            self._desk.messages.tell(words_for(error).text, "error")
