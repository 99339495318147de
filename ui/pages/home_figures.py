# SPDX-License-Identifier: Apache-2.0
"""The month's figures of the dashboard. Each opens what is behind it: how it is counted, and the records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from resource_centre.clock import today
from resource_centre.i18n import N_, _, language
from ui.kit.pieces import Card, button, label
from ui.kit.typed_dates import show_partial
from ui.pages.home_words import grouped

if TYPE_CHECKING:
    from reports.measures.model import Asked
    from reports.tables.model import Report
    from ui.kit.desk import Desk

FIGURES: Final = {
    "persons_served": N_("people served"),
    "returnees_registered": N_("returnees registered"),
    "counselling_sessions": N_("counselling sessions"),
    "training_events": N_("trainings"),
    "cases_open_at_end": N_("cases open"),
}
"""Each by the code of its line in the month's report."""
CASE_WORK: Final = frozenset({"cases_open_at_end"})
"""Figures only of those who do case work."""
LINK_FRAME: Final = 2
"""Width of the frame and the white around the words of a link."""


class FigureCard(Card):
    """A figure with its name, which is pressed to open it; a dash until it is read."""

    def __init__(self, words: str, opened: Callable[[], object]) -> None:
        super().__init__()
        self._words, self._opened = words, opened
        self.value: int | None = None
        self.figure = label("–", "figure")
        self.figure.setAccessibleName(words)
        self.name = button(words, opened, role="link", help=_("How it is counted, and the records behind it"))
        self.name.setMinimumWidth(0)
        self.more = label("", "caption", wrap=True)
        self.body.setSpacing(0)
        for words_label in (self.figure, self.more):
            words_label.setContentsMargins(LINK_FRAME, 0, 0, 0)  # all three begin on one line
        for part in (self.figure, self.name, self.more):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.more.hide()

    def show_value(self, value: int, more: str = "") -> None:
        """Show the figure, and in small letters what it is made of; without that what was said stays."""
        self.value = value
        self.figure.setText(grouped(value))
        self.name.setAccessibleName(f"{self._words}: {grouped(value)}")
        if more:
            self.more.setText(more)
            self.more.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card opens it too."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._opened()


def open_behind(desk: Desk, parent: QWidget, code: str, value: int) -> object:
    """Show how a figure of this month is counted and the records behind it."""
    from ui.pages.report_opened import open_figure

    return open_figure(desk, parent, _report(code, value), f"R1/{code}/month.total", _asked())


def _report(code: str, value: int) -> Report:
    """The one line of the month's report that this figure is."""
    from reports.monthly.words import INDICATOR_TERMS, INDICATORS, definitions
    from reports.tables.model import Column, Facts, Report, Row, Section, Table, figure

    period = _asked().span.month
    words = show_partial(period.month)
    column = Column("month.total", words)
    unit = "count" if code in ("counselling_sessions", "training_events") else "people"
    row = Row(code, (_(INDICATORS[code]),), (figure(value, unit),), terms=INDICATOR_TERMS[code])  # type: ignore[arg-type]
    table = Table("R1", _("This month: {month}").format(month=words), ("",), (column,), (row,), terms=("period",))
    first, last = period.first.isoformat(), period.last.isoformat()
    facts = Facts(
        title=table.title,
        period_words=words,
        first=first,
        last=last,
        centre_name="",
        language=language(),
        periods=(("month", first, last),),
        definitions=definitions(),
    )
    return Report(facts, (Section("R1", table.title, (table,)),))


def _asked() -> Asked:
    from reports.measures.model import Asked
    from reports.monthly.periods import Span, month_of

    month = month_of(f"{today():%Y-%m}")
    return Asked(Span(month, month, month))
