# SPDX-License-Identifier: Apache-2.0
"""What the indicators are to come to in a year: of the whole centre, or of what one project pays."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, label, row
from ui.pages.projects_store import CENTRE, Choices, fund_choices
from ui.pages.report_targets import Targets

YEARS_BACK, YEARS_ON = 3, 5
WIDE_CHOICE = 34


class TargetsPart(QWidget):
    """Whose targets and of which year above, the list of them below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.year, self.fund = ComboBox(), ComboBox()
        self.year.setAccessibleName(_("Year"))
        self.fund.setAccessibleName(_("Whose targets"))
        self.fund.setMinimumContentsLength(WIDE_CHOICE)
        now = today().year
        for year in range(now + YEARS_ON, now - YEARS_BACK - 1, -1):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(now))
        self.fund.addItem(_("The whole centre"), CENTRE)
        self.targets = Targets(desk)
        self.side = self
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        captions = (label(_("Year"), "caption"), label(_("Whose targets"), "caption"))
        inside.addLayout(row(captions[0], self.year, captions[1], self.fund, None))
        inside.addWidget(self.targets, 1)
        for box in (self.year, self.fund):
            box.activated.connect(lambda _at: self._show())

    def refresh(self) -> None:
        """Read them again, and the projects there are."""
        self._show()
        self.desk.worker.read(fund_choices, self._offer, replaces="target-projects", quiet=True, owner=self)

    def leave(self) -> None:
        """Keep what is typed."""
        form = self.targets.pile.form
        if form is not None:
            form.keeper.write_now()

    def first_field(self) -> QWidget:
        """The list, or the form that is open."""
        form = self.targets.pile.form
        return self.targets.list if form is None else next(iter(form.form.rows.values())).editor

    # Inside

    def _show(self) -> None:
        fund = str(self.fund.currentData() or "") or None
        self.targets.open(int(self.year.currentData()), None, fund=fund)

    def _offer(self, projects: Choices) -> None:
        kept = self.fund.currentData()
        self.fund.clear()
        for value, words in ((CENTRE, _("The whole centre")), *projects):
            self.fund.addItem(words, value)
        self.fund.setCurrentIndex(max(0, self.fund.findData(kept)))
