# SPDX-License-Identifier: Apache-2.0
"""What is not clear in a file, cell by cell as it was written, and which lines are about no person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.registers.sheet import column_letters
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, label
from ui.kit.table import Column, Rows, RowsView
from ui.pages.imports_words import field_words, left_out_words

if TYPE_CHECKING:
    from resource_centre.registers.readings import RowProblem
    from resource_centre.registers.rows import Understood


@dataclass(frozen=True)
class Unclear:
    """One cell to settle."""

    id: str
    sheet: str
    row: int
    column: str
    heading: str
    as_written: str
    words: str
    error: bool


def unclear_of(understood: Understood) -> list[Unclear]:
    """Every problem of a file, in its order."""
    return [
        Unclear(
            id=f"{row.sheet}\t{row.row}\t{number}",
            sheet=row.sheet,
            row=row.row,
            column=_letters(problem),
            heading=_heading(row.kind, problem),
            as_written=problem.as_written,
            words=problem.words(),
            error=problem.severity == "error",
        )
        for row in understood.rows
        for number, problem in enumerate(row.problems)
    ]


def _letters(problem: RowProblem) -> str:
    """The column of a spreadsheet; what came by telephone or on paper has none that anybody has seen."""
    seen = problem.column is not None and problem.heading != problem.field
    return column_letters((problem.column or 0) + 1) if seen else ""


def _heading(kind: str, problem: RowProblem) -> str:
    words = " ".join(problem.heading.split())
    return field_words(kind, words) if words == problem.field else words


class UnclearView(QWidget):
    """The list of cells to settle, and below it the whole sentence about the marked one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.rows = Rows(
            desk.worker,
            (
                Column(_("Sheet"), lambda one: one.sheet, width=18),
                Column(_("Cell"), lambda one: f"{one.column}{one.row}", width=7),
                Column(_("Column"), lambda one: one.heading, width=18),
                Column(_("As written"), lambda one: one.as_written, width=26),
                Column(_("What is not clear"), lambda one: one.words),
            ),
        )
        self.list = RowsView(self.rows, _("Problems"), nothing=_("Everything was understood."))
        self.whole = label(_("What is not clear is kept as it was written, on a list to settle later."), wrap=True)
        self.list.picked.connect(lambda _id: self._show_whole())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.whole)

    def show_understood(self, understood: Understood) -> None:
        """Show the cells of a file."""
        self.rows.show_rows(unclear_of(understood))

    def _show_whole(self) -> None:
        one: Unclear = self.rows.row(self.list.currentIndex().row())
        self.whole.setText(f"{one.column}{one.row}, {one.heading}: {one.as_written} – {one.words}")


@dataclass(frozen=True)
class Skipped:
    """One line that is about no person."""

    id: str
    sheet: str
    row: int
    reason: str
    text: str


def skipped_of(understood: Understood) -> list[Skipped]:
    """The lines that were left out."""
    return [
        Skipped(f"{line.sheet}\t{line.row}", line.sheet, line.row, left_out_words(line.reason), line.text)
        for line in understood.left_out
    ]


def skipped_list(desk: Desk) -> tuple[Rows, RowsView]:
    """The list of lines that were left out."""
    rows = Rows(
        desk.worker,
        (
            Column(_("Sheet"), lambda one: one.sheet, width=18),
            Column(_("Row"), lambda one: str(one.row), width=7, right=True),
            Column(_("Why"), lambda one: one.reason, width=30),
            Column(_("What it says"), lambda one: one.text),
        ),
    )
    return rows, RowsView(rows, _("Lines left out"), nothing=_("Every line is about somebody."))
