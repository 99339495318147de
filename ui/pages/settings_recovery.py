# SPDX-License-Identifier: Apache-2.0
"""A new recovery sheet, when the old one is lost or somebody may have seen it; the old one opens nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from resource_centre.i18n import _, language
from ui.first_start_sheet import SheetStep, draw_sheet
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.pieces import button, row
from ui.pages.settings_tab import Tab


class Recovery(Tab):
    """Makes a new key, and stays with it until one of its groups was typed back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._recovery: Any = None
        self.sheet: SheetStep | None = None
        self.make = button(_("Make a &new recovery sheet…"), self._ask, role="main")
        self.finish = button(_("The sheet is in my &hands"), self._finish, role="main")
        self._card = self.card(
            _("The recovery sheet"),
            _(
                "It opens the centre when all passphrases are forgotten. Make a new one when the sheet is lost or "
                "somebody may have seen it: the old sheet then opens nothing any more."
            ),
        )
        self._card.body.addLayout(row(self.make, None))
        self._card.body.addLayout(row(self.finish, None))
        self.finish.hide()

    def _ask(self) -> None:
        question = _("The sheet you have now will not open the centre any more. Make a new one?")
        if ask(self, question, _("Make a new sheet"), _("Keep the old one"), danger=True):
            centre: Any = self._desk.worker.centre
            self.make.setEnabled(False)
            self._desk.worker.run(
                centre.new_recovery_sheet, self._made, finished=lambda: self.make.setEnabled(True), owner=self
            )

    def _made(self, recovery: Any) -> None:
        self._recovery = recovery
        self.sheet = SheetStep(recovery.groups, self._draw)
        self.sheet.typed.returnPressed.connect(self._finish)
        self._card.body.insertWidget(self._card.body.count() - 1, self.sheet)
        self.make.hide()
        self.finish.show()
        self.sheet.setFocus()

    def _draw(self, path: Path, done: Callable[[object], None], failed: Callable[[Exception], None]) -> None:
        recovery, code = self._recovery.text, language()
        self._desk.worker.read(lambda session: _draw(session, path, recovery, code), done, failed, owner=self)

    def _finish(self) -> None:
        if self.sheet is None or not self.sheet.check():
            return
        self._recovery = None
        self.sheet.hide()
        self.sheet.deleteLater()
        self.sheet = None
        self.finish.hide()
        self.make.show()
        self._desk.messages.done(_("The new recovery sheet counts from now on. Destroy the old one."))


def _draw(session: Any, path: Path, recovery: str, language_code: str) -> None:
    from resource_centre.services.accounts import centre_profile

    draw_sheet(path, centre_profile(session).name or "", recovery, language_code)
