# SPDX-License-Identifier: Apache-2.0
"""Settings: this computer, backup, my passphrase, who signs in, what was printed, the centre, about the program."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.pages.settings_about import About
from ui.pages.settings_accounts import Accounts
from ui.pages.settings_backup import Backup
from ui.pages.settings_centre import Centre
from ui.pages.settings_computer import Computer
from ui.pages.settings_copies import Copies
from ui.pages.settings_passphrase import OwnPassphrase
from ui.pages.settings_recovery import Recovery


class SettingsPage(Page):
    """One tab each; what an account may not do is not shown to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Settings"), scrolls=False)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Settings"))
        self.tabs.addTab(Computer(desk), _("This computer"))
        if self._may("backup"):
            self.tabs.addTab(Backup(desk), _("Backup"))
        self.tabs.addTab(OwnPassphrase(desk), _("My passphrase"))
        if self._may("accounts"):
            self.tabs.addTab(Accounts(desk), _("Accounts"))
            self.tabs.addTab(Recovery(desk), _("Recovery sheet"))
        self.tabs.addTab(Copies(desk), _("Copies made"))
        if self._may("settings"):
            self.tabs.addTab(Centre(desk), _("Centre"))
        self.tabs.addTab(About(), _("About"))
        self.body.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _place: self.opened())

    def opened(self, subject: object = None) -> None:  # noqa: ARG002
        """Let the shown tab read what it shows."""
        tab = self.tabs.currentWidget()
        look = getattr(tab, "look", None)
        if look is not None:
            look()

    def first_field(self) -> QWidget | None:
        """The tabs themselves."""
        return self.tabs.tabBar()

    def _may(self, right: str) -> bool:
        from resource_centre.services.accounts import RIGHTS

        centre = self.desk.worker.centre
        return centre is not None and right in RIGHTS.get(centre.viewer.role, frozenset())
