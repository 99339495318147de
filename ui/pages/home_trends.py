# SPDX-License-Identifier: Apache-2.0
"""The trends of the dashboard: one figure at a time over thirteen months, chosen by tab, with how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.chart import ChartView
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, label
from ui.pages.home_months import TABS, TRENDS, Months, chart_of, read_months

HEIGHT = 190


class TrendsView(QWidget):
    """Reads what is stale, quietly and giving way to everybody; what was read before stays in sight meanwhile."""

    arrived = Signal(object)
    """`Months` as soon as they are read."""

    def __init__(self, desk: Desk, codes: Sequence[str]) -> None:
        super().__init__()
        self.desk, self._codes = desk, list(codes)
        self._known: dict[str, Months] = {}
        self._stale = set(codes)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Trends"))
        self.tabs.setDrawBase(False)
        for code in codes:
            self.tabs.setTabToolTip(self.tabs.addTab(_(TABS[code])), _(TRENDS[code]))
        self.chart = ChartView(desk.theme, _("Trends"), HEIGHT)
        self.waiting = label(_("One moment…"), "muted")
        self.waiting.setMinimumHeight(HEIGHT)
        self.definition = label("", "help", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        for part in (self.tabs, self.waiting, self.chart, self.definition):
            inside.addWidget(part)
        self.tabs.currentChanged.connect(lambda _at: self._show())
        self.chart.chosen.connect(self._open)
        self._show()

    def forget(self) -> None:
        """Something was saved: all is to be read anew at the next `refresh`."""
        self._stale = set(self._codes)

    def refresh(self) -> None:
        """Read what is stale, that in sight first."""
        for code in sorted(self._stale, key=lambda one: (one != self.code, self._codes.index(one))):
            self.desk.worker.read(
                partial(_read, code), self._take, replaces=f"home-{code}", quiet=True, gives_way=True, owner=self
            )

    @property
    def code(self) -> str:
        """The figure in sight."""
        return self._codes[self.tabs.currentIndex()]

    def _take(self, found: Months) -> None:
        self._stale.discard(found.code)
        changed = self._known.get(found.code) != found
        self._known[found.code] = found
        self.arrived.emit(found)
        if changed and found.code == self.code:
            self._show()

    def _show(self) -> None:
        found = self._known.get(self.code)
        if found is not None:
            self.chart.show_chart(chart_of(found))
            hint = _("Enter or a click on a month opens its report.")
            self.definition.setText(f"{found.definition} {hint}".strip())
        self.waiting.setVisible(found is None)
        for part in (self.chart, self.definition):
            part.setVisible(found is not None)

    def _open(self, at: int) -> None:
        found = self._known.get(self.code)
        if found is not None:
            self.desk.go("report", found.months[at])


def _read(code: str, session: object) -> Months:
    return read_months(session, code)  # type: ignore[arg-type]
