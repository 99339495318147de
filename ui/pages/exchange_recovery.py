# SPDX-License-Identifier: Apache-2.0
"""A sheet that opens every bundle when all computers are lost: printed, proved by one group, only then counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from resource_centre.i18n import _, language
from ui.first_start_sheet import SheetStep
from ui.kit.desk import Desk
from ui.kit.pieces import button
from ui.pages.exchange_receipts import Sheet


class RecoverySheetPart(Sheet):
    """Made here; its public half is kept when one of its groups was typed back."""

    def __init__(self, desk: Desk, done: Callable[[str], object], back: Callable[[], object]) -> None:
        from db.exchange.recovery import make_recovery

        super().__init__(_("Recovery sheet for bundles"), back, _("&Cancel"))
        self._desk, self._done = desk, done
        self._key: Any = make_recovery()
        self.step = SheetStep(
            self._key.groups,
            self._draw,
            title="",
            why=_(
                "Bundles written from now on can also be opened with this sheet, when all computers of the centre are "
                "lost. A sheet made earlier opens the newer bundles no more. Lock it away from the sticks."
            ),
        )
        self.step.typed.returnPressed.connect(self.keep)
        card = self.add_card("")
        card.body.addWidget(self.step)
        self.back.setProperty("role", "")
        self.keep_button = button(_("The sheet is in my &hands"), self.keep, role="main")
        self.foot.insertWidget(0, self.keep_button)

    def first_field(self) -> Any:
        """Print it first."""
        return self.step

    def keep(self) -> None:
        """It counts from now on."""
        if not self.step.check():
            return
        public = self._key.public

        def keep(session: Any) -> None:
            from db.exchange import recovery

            recovery.keep(session.connection(), public)

        self._desk.worker.change(keep, self._kept, owner=self)

    def _kept(self, _nothing: Any) -> None:
        self._key = None
        self._done(_("Bundles can be opened with the sheet from now on. Destroy an older one."))

    def _draw(self, path: Path, done: Callable[[object], None], failed: Callable[[Exception], None]) -> None:
        key, code = self._key, language()
        self._desk.worker.read(lambda session: _draw(session, path, key, code), done, failed, owner=self)


def _draw(session: Any, path: Path, key: Any, language_code: str) -> None:
    from reports.recovery_sheet import draw_bundle_recovery_sheet
    from resource_centre.services.accounts import centre_profile

    draw_bundle_recovery_sheet(
        path,
        centre_name=centre_profile(session).name or "",
        groups=key.groups,
        identity=key.identity,
        language=language_code,
    )
