# SPDX-License-Identifier: Apache-2.0
"""What is behind a figure: its words, its definition, and the records it counts, as far as one may read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, column, label, row
from ui.kit.table import PAGE, Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.report_behind import OneFigure, one_figure, said, worked_out
from ui.pages.report_records import Behind, Found, read_behind
from ui.pages.wording import days_words, whole_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.measures.model import Asked
    from reports.tables.model import CellId, Report

Reader = Callable[["Session", "Found | None", int], Behind]
"""The records after one, at most so many; on the worker's thread."""
SIZE: Final = (680, 520)
_SAME: Final = 0.05
"""Figures that differ by less were rounded."""


class FigureDialog(QDialog):
    """Enter on a record goes to it; Esc leads back to the figure."""

    def __init__(self, parent: QWidget | None, desk: Desk, figure: OneFigure, read: Reader | None) -> None:
        """`read` gives its records, on the worker's thread; None where none stand behind it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Behind a figure"))
        self.desk, self.figure, self._read = desk, figure, read
        self.behind: Behind | None = None
        self.count = label("", "subheading")
        self.changed = label("", "help", wrap=True)
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Records behind the figure"), nothing=_("One moment…"))
        self.list.chosen.connect(self._open)
        self.why = label(said(figure), "muted", wrap=True)
        self.further = QWidget()
        self.more = button(_("Further definitions"), self._show_further, role="link")
        self._lay_out()
        if self.why.text() or read is None:
            self._without_records()
        else:
            self.rows.counted.connect(lambda _count, _whole: self._told())
            desk.worker.read(lambda session: read(session, None, PAGE), self._take, owner=self)
            self.list.setFocus()

    # Inside

    def _lay_out(self) -> None:
        figure = self.figure
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 18, 24, 18)
        inside.setSpacing(GAP)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(figure.row, "heading", wrap=True))
        words.addWidget(label(" · ".join(part for part in (figure.column, _period(figure)) if part), "", wrap=True))
        words.addWidget(label(figure.table, "muted", wrap=True))
        value = label(figure.value, "figure", selectable=True)
        value.setAccessibleName(f"{figure.row}, {figure.column}: {figure.value}")
        head = row(words, value, gap=24)
        head.setStretch(0, 1)
        inside.addLayout(head)
        for term, text in figure.definitions:
            inside.addLayout(_definition(term, text))
        inside.addWidget(self.further)
        inside.addWidget(self.more)
        inside.addWidget(self.why)
        inside.addWidget(self.count)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.changed)
        inside.addStretch(0)
        self.close_button = button(_("Close"), self.reject, help="Esc")
        inside.addLayout(row(None, self.close_button))
        self._lay_out_further()
        self.why.setVisible(bool(self.why.text()))
        self.changed.hide()
        self.resize(*SIZE)

    def _lay_out_further(self) -> None:
        inside = QVBoxLayout(self.further)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        for term, text in self.figure.further:
            inside.addLayout(_definition(term, text))
        self.further.hide()
        self.more.setVisible(bool(self.figure.further))

    def _show_further(self) -> None:
        self.further.show()
        self.more.hide()
        (self.list if self.list.isVisibleTo(self) else self.close_button).setFocus()

    def _without_records(self) -> None:
        if not self.why.text():
            self.why.setText(worked_out())
            self.why.show()
        self.count.hide()
        self.list.hide()
        self.close_button.setFocus()
        self.resize(self.width(), self.minimumSizeHint().height())

    def _take(self, behind: Behind) -> None:
        """The first records are there; further ones are read when the list comes to its end."""
        self.behind, read = behind, self._read

        def fetch(session: Session, last: Found | None, limit: int) -> list[Found]:
            first = last is None and limit <= PAGE
            return list(behind.rows if first or read is None else read(session, last, limit).rows)

        self.rows.ask(fetch)

    def _told(self) -> None:
        behind = self.behind
        if behind is None:
            return
        if not behind.known:
            self._without_records()
            return
        number = whole_number(behind.total)
        self.count.setText(ngettext("{n} record", "{n} records", behind.total).format(n=number))
        self.list.say_when_empty(_("No records."))
        self.changed.setText(_unlike(self.figure, behind))
        self.changed.setVisible(bool(self.changed.text()))
        if self.rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    def _open(self, row_id: str) -> None:
        found = self.rows.row(self.rows.position_of(row_id))
        if found.page:
            self.accept()
            self.desk.go(found.page, found.subject)


def open_figure(
    desk: Desk, parent: QWidget, report: Report, cell_id: CellId, asked: Asked | None
) -> FigureDialog | None:
    """Show what is behind a figure of a report; of one that is hidden only why it is. None when there is none.

    `asked` says of which periods, place and fund the report is (`report_records.asked_of`).
    """
    figure = one_figure(report, cell_id)
    if figure is None:
        return None

    def read(session: Session, last: Found | None, limit: int) -> Behind:
        assert asked is not None
        return read_behind(session, asked, cell_id, last, limit)

    dialog = FigureDialog(parent, desk, figure, read if asked is not None else None)
    dialog.open()
    return dialog


def _definition(term: str, text: str) -> QVBoxLayout:
    return column(label(term, "subheading", wrap=True), label(text, "", wrap=True, selectable=True), gap=2)


def _columns() -> list[Column]:
    return [
        Column(_("Record"), lambda found: found.words),
        Column(_("Kind"), lambda found: found.what, width=22),
        Column(_("Day"), lambda found: show_date(found.day) if found.day else "", width=18),
    ]


def _unlike(figure: OneFigure, behind: Behind) -> str:
    """What is said when the records make another figure now than when they were counted."""
    if behind.value is None or figure.number is None or abs(behind.value - figure.number) < _SAME:
        return ""
    return _(
        "Something was changed since the report was made: these records make another figure now. F5 makes it again."
    )


def _period(figure: OneFigure) -> str:
    first, last = figure.period
    return days_words(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) if first else ""
