# SPDX-License-Identifier: Apache-2.0
"""What is behind a figure of the report book: the same window as for a figure of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.kit.desk import Desk
from ui.pages.report_behind import one_figure
from ui.pages.report_opened import FigureDialog
from ui.pages.report_records import Behind, Found, found_records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.tables.model import CellId, Report
    from resource_centre.services.report_book import BookPage


def open_book_figure(
    desk: Desk, parent: QWidget, report: Report, cell_id: CellId, page: BookPage, period: str
) -> FigureDialog | None:
    """Show what is behind a figure of a page; None when the page has no such figure."""
    figure = one_figure(report, cell_id)
    if figure is None:
        return None

    def read(session: Session, last: Found | None, limit: int) -> Behind:
        from reports.book.behind import records_behind_page
        from reports.monthly.periods import period_of

        first = 0 if last is None else last.place + 1
        opened = records_behind_page(session, page, period_of(period), cell_id, limit=limit, offset=first)
        return Behind(opened.total, opened.value, found_records(opened.records, first))

    dialog = FigureDialog(parent, desk, figure, read)
    dialog.open()
    return dialog
