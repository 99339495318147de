# SPDX-License-Identifier: Apache-2.0
"""Every bundle that was written or taken in, the newest first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, label
from ui.kit.table import Column, Rows, RowsView
from ui.pages.exchange_store import BundleRow, history
from ui.pages.exchange_words import when_in_short
from ui.pages.home_words import grouped


class HistoryPart(QWidget):
    """Enter or a double click shows a receipt again."""

    def __init__(self, desk: Desk, show: Callable[[BundleRow], object]) -> None:
        super().__init__()
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("History"), nothing=_("Nothing was sent or received yet."))
        self._show = show
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.list, 1)
        inside.addWidget(label(_("Enter shows a receipt again."), "help"))
        self.list.chosen.connect(self._open)

    def look(self) -> None:
        """Read the list."""
        self.rows.ask(history)

    def _open(self, bundle_id: str) -> None:
        place = self.rows.position_of(bundle_id)
        if place >= 0:
            self._show(self.rows.row(place))


def _columns() -> list[Column]:
    return [
        Column(_("When"), lambda one: when_in_short(one.at), width=16),
        Column(_("Way"), lambda one: _("from there") if one.incoming else _("to there"), width=9),
        Column(_("With whom"), lambda one: one.name),
        Column(_("Number"), _number, width=6, right=True),
        Column(_("Changes"), lambda one: grouped(one.changes), width=9, right=True, spare=True),
        Column(_("New"), lambda one: grouped(one.new_changes) if one.incoming else "", width=7, right=True, spare=True),
        Column(_("By whom"), lambda one: one.account, width=18, spare=True),
        Column(_("Confirmed"), _confirmed, width=10),
    ]


def _confirmed(one: BundleRow) -> str:
    if one.incoming:
        return ""
    return _("Yes") if one.confirmed else _("not yet")


def _number(one: BundleRow) -> str:
    return str(one.link_no) if one.parts == 1 else f"{one.link_no} ({one.part}/{one.parts})"
