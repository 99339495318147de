# SPDX-License-Identifier: Apache-2.0
"""A copy of the centre, checked and encrypted, in its own folder or on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import button, label, row
from ui.kit.typed_dates import show_date, show_time
from ui.pages.settings_tab import Tab


class Backup(Tab):
    """Says when the last one was and makes a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.last = label("", wrap=True)
        self.here = button(_("&Back up now"), self._back_up, role="main")
        self.stick = button(_("Back up to a s&tick…"), self._ask_where)
        card = self.card(
            _("Backup"),
            _(
                "A backup holds everything, encrypted with the same passphrases. Keep one on a stick, away from this "
                "computer."
            ),
        )
        card.body.addWidget(self.last)
        card.body.addLayout(row(self.here, self.stick, None))

    def look(self) -> None:
        """When was the last one?"""
        from ui.pages.home import last_backup_of

        centre = self._desk.worker.centre
        folder = centre.folder if centre is not None else None
        self._desk.worker.run(lambda: last_backup_of(folder), self._show, quiet=True)

    def _show(self, when: Any) -> None:
        if when is None:
            self.last.setText(_("There is no backup yet."))
        else:
            day = show_date(when.date(), weekday=True)
            self.last.setText(_("Last backup: {day}, {time}").format(day=day, time=show_time(when.time())))

    def _ask_where(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self._back_up(Path(chosen))

    def _back_up(self, to: Path | None = None) -> None:
        backup = getattr(self._desk.worker.centre, "backup", None)
        if backup is None:
            return
        self._wait(True)
        self._desk.worker.run(
            lambda: backup(to=to), self._done, what=_("Backing up…"), finished=lambda: self._wait(False), owner=self
        )

    def _done(self, _where: Any) -> None:
        self._desk.messages.done(_("The backup is written and checked."))
        self.look()

    def _wait(self, waiting: bool) -> None:
        self.here.setEnabled(not waiting)
        self.stick.setEnabled(not waiting)
