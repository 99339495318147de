# SPDX-License-Identifier: Apache-2.0
"""The report book leaves as a file or on paper, by the same way as the report of a month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.printing import print_pages
from ui.pages.report_saving import Leaving, SaveDialog, ask_path, save_report
from ui.pages.report_trail import BOOK, Trail, write_copy

if TYPE_CHECKING:
    from reports.paper import Placed
    from reports.tables.model import Report
    from ui.kit.worker import Progress


@dataclass(frozen=True)
class BookCopy:
    """The book as it is saved: its tables, and a name that says nothing about anybody."""

    report: Report
    file_name: str
    drawn: Placed | None = None


def save_book(desk: Desk, parent: QWidget, copy: BookCopy) -> None:
    """Ask for the kind and the place, and save."""
    dialog = SaveDialog(parent, confidential=True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def go_on(leaving: Leaving) -> None:
        path = ask_path(parent, copy, leaving)
        if path is None:
            return
        trail, locked = Trail(desk, parent), leaving.password is not None
        trail.begin(
            lambda session: write_copy(session, BOOK, "saved", number=copy.file_name, locked=locked),
            lambda: save_report(desk, copy, leaving, path, trail.made, parent, trail.not_made),
        )

    dialog.wanted.connect(go_on)
    dialog.open()


def print_book(desk: Desk, parent: QWidget, copy: BookCopy) -> None:
    """Draw the pages and print them through the system's dialog."""

    def draw(_progress: Progress) -> bytes:
        from reports.paper import pages

        return pages(copy.report)

    trail = Trail(desk, parent)

    def printed() -> None:
        trail.made()
        desk.messages.done(_("The report was sent to the printer."))

    def show(pdf: bytes) -> None:
        def before(go_on: Callable[[bytes], object]) -> None:
            trail.begin(lambda session: write_copy(session, BOOK, "printed", number=copy.file_name), lambda: go_on(pdf))

        print_pages(desk, parent, pdf, copy.file_name, printed, before=before, failed=trail.not_made)

    desk.worker.run(draw, show, cancellable=True, what=_("Drawing the pages…"), owner=parent)
