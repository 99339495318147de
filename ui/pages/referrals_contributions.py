# SPDX-License-Identifier: Apache-2.0
"""What others contribute: every contribution of the centre, with totals by source and how much that leverages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, empty, label, row
from ui.kit.table import Column
from ui.kit.typed_dates import show_date
from ui.pages.record_form import RecordForm
from ui.pages.referrals_lists import ListTab
from ui.pages.wording import decimal, term


class Contributions(ListTab):
    """What others have added, the newest first, with totals by source and how much that leverages."""

    def __init__(self, desk: Desk) -> None:
        columns = (
            Column(_("Date"), lambda row: show_date(row.given_on), width=18),
            Column(_("Source"), lambda row: term("contribution_source", row.source), width=26),
            Column(_("Name of the contributor"), lambda row: row.contributor or "", width=26),
            Column(_("For"), lambda row: row.full_name or row.purpose or _("the centre")),
            Column(_("State"), lambda row: term("contribution_state", row.state), width=12),
            Column(_("Amount or value"), lambda row: amount_words(row.amount, row.currency), width=18, right=True),
        )
        hint = _("Enter opens a contribution. F2 adds one for the whole centre.")
        super().__init__(desk, _("Contributions"), columns, ("Contribution", "Assistance"), hint)
        self.nothing = _("Nobody has contributed yet. Press F2.")
        self.totals = Card(_("This year"))
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(24)
        self.totals.body.addLayout(self.lines)
        self.above.addWidget(self.totals)
        self.add_button = button(_("&Add a contribution"), self.add, help="F2")
        self.above.addLayout(row(self.add_button, None))
        desk.worker.changed.connect(self._changed)
        add = QShortcut(QKeySequence("F2"), self.side, self.add)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def form(self) -> RecordForm | None:
        """The form that is open."""
        return self.pile.form

    def first_field(self) -> QWidget | None:
        """The list, or the form's first question."""
        return self.list if self.form is None else self.form.form.editor("source")

    def add(self) -> None:
        """A contribution for the whole centre."""
        self._open_form(None)

    def fetch(self, session: Any, last: Any, limit: int) -> list[Any]:
        """Contributions, newest first."""
        from resource_centre.services.contributions import contributions

        return contributions(session, after=last.cursor if last is not None else None, limit=limit)

    def count(self, session: Any) -> Any:
        """Totals and leverage of this year."""
        from resource_centre.services.contributions import leverage, totals_by_source

        year = (today().replace(month=1, day=1), today().replace(month=12, day=31))
        return totals_by_source(session, *year), leverage(session, *year)

    def say(self, counted: Any) -> str:
        """Nothing: the totals stand in their card."""
        totals, leverages = counted
        empty(self.lines)
        for place, total in enumerate(totals):
            promised = _("promised {amount}").format(amount=amount_words(total.promised, total.currency))
            for column, words in enumerate(
                (
                    term("contribution_source", total.source),
                    amount_words(total.received or None, total.currency),
                    promised if total.promised else "",
                )
            ):
                made = label(words, "muted" if column == 2 else "")
                side = Qt.AlignmentFlag.AlignRight if column == 1 else Qt.AlignmentFlag.AlignLeft
                self.lines.addWidget(made, place, column, side)
        self.lines.setColumnStretch(3, 1)
        for place, one in enumerate(leverages, len(totals)):
            self.lines.addWidget(label(leverage_words(one), "muted", wrap=True), place, 0, 1, 4)
        self.totals.setVisible(bool(totals or leverages))
        return ""

    def open_row(self, row: Any) -> None:
        """Change it here."""
        self.desk.worker.read(lambda session: _contribution(session, row.id), self._open_form)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not {"Contribution", "Assistance"}.isdisjoint(changed):
            self.desk.worker.read(self.count, self._say, quiet=True, owner=self)

    def _open_form(self, contribution: Any) -> None:
        from ui.pages.referrals_money import contribution_form

        self.pile.open_form(lambda: contribution_form(self.desk, contribution, None, self._done, self._done))

    def _done(self, _result: Any = None) -> None:
        self.pile.close_form()
        self.list.setFocus()


def leverage_words(one: Any) -> str:
    """What others added beside our own, and how much that is for each one of ours where there is any."""
    words = _("{added} from others, {own} of our own").format(
        added=amount_words(one.received, one.currency), own=amount_words(one.own, one.currency)
    )
    if one.ratio is None:
        return words
    return words + " · " + _("{ratio} from others for each 1 of our own").format(ratio=decimal(one.ratio))


def _contribution(session: Any, contribution_id: str) -> Any:
    from resource_centre.records import Contribution
    from resource_centre.services.saving import existing

    return existing(session, Contribution, contribution_id)
