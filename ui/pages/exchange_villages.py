# SPDX-License-Identifier: Apache-2.0
"""Which villages a laptop holds, those of the account that works on it, and until when it may exchange."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_dates import DateEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.pieces import button, label
from ui.pages.exchange_receipts import Sheet
from ui.pages.exchange_store import PeerRow


class VillagesSheet(Sheet):
    """The account's villages, changed for account and laptop at once; and the last day of the pairing."""

    def __init__(self, desk: Desk, row: PeerRow, done: Callable[[str], object], back: Callable[[], object]) -> None:
        from resource_centre.records import Account, fields_of

        super().__init__(_("Villages of {name}").format(name=row.name), back, _("&Cancel"))
        self._desk, self._row, self._done = desk, row, done
        card = self.add_card("")
        why = _(
            "The next bundle brings what is in these villages and takes back what is no longer in them. Work that was "
            "written there and not sent yet is not lost."
        )
        card.body.addWidget(label(why, "muted", wrap=True))
        self.form = Form(desk.places, asks_why=False)
        self.form.add_fields(fields_of(Account), "villages")
        until = DateEditor()
        until.means("future")
        help_words = _("Empty: until it is blocked.")
        self.form.add_row(FormRow("expires_on", _("May exchange until"), until, help=help_words))
        self.form.set_values({"villages": list(row.villages or ()), "expires_on": row.expires_on})
        card.body.addWidget(self.form)
        self.back.setProperty("role", "")
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.foot.insertWidget(0, self.save_button)
        self.draft = desk.drafts.keep("exchange_villages", self.form, record_id=row.id, parent=self)
        self.form.edited.connect(lambda _name: self.draft.touch())
        self.draft.offer(self.form.restore)

    def first_field(self) -> QWidget:
        """The first village."""
        return self.form.editor("villages")

    def save(self) -> None:
        """Change account and laptop."""
        from resource_centre.problems import Problem

        villages = tuple(self.form.values()["villages"] or ())
        missing = () if villages else (Problem("villages", "required"),)
        if self.form.show_problems((*self.form.not_understood(), *missing)):
            return
        row, until = self._row, self.form.values()["expires_on"]
        self._desk.worker.change(lambda session: _change(session, row, villages, until), self._saved, owner=self)

    def _saved(self, _nothing: Any) -> None:
        self.draft.discard()
        self._done(_("It is changed. Send to the laptop, and bring it the bundle."))


def _change(session: Any, row: PeerRow, villages: tuple[str, ...], until: dt.date | None) -> None:
    from db.exchange import pairing

    pairing.change_villages(session, row.id, villages)
    pairing.extend(session, row.id, until)
