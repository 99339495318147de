# SPDX-License-Identifier: Apache-2.0
"""The sheet of a savings group's meeting: one line for each member, and what each cell was understood as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from resource_centre.currencies import amount_of
from resource_centre.i18n import N_, _
from resource_centre.problems import Problem
from resource_centre.services import group_books
from resource_centre.services.group_lines import AMOUNTS
from ui.kit.theme import Theme
from ui.pages.savings_words import figure_words

Index = QModelIndex | QPersistentModelIndex

NAME, PRESENT, DEBT = "name", "present", "debt"
COLUMNS: Final = {
    NAME: N_("Name"),
    PRESENT: N_("Present"),
    "shares": N_("Shares"),
    "social_in": N_("Social fund"),
    "fine": N_("Fine"),
    DEBT: N_("Owes"),
    "repaid": N_("Paid back"),
    "fee": N_("Fee"),
    "loan": N_("New loan"),
    "months": N_("Months"),
    "social_out": N_("Social aid"),
    "written_off": N_("Written off"),
}
"""The columns in the order of the paper sheet."""
SHOWN_ONLY: Final = frozenset({NAME, DEBT})
WHOLE: Final = frozenset({"shares", "months"})
YES: Final = frozenset("hHxX1vVyY")


@dataclass
class SheetLine:
    """One member at one meeting; `cells` is what stands in the columns, as it was written."""

    member_id: str
    name: str
    debt: int = 0
    fee_due: int = 0
    present: bool = False
    cells: dict[str, str] = field(default_factory=dict)

    def figure(self, column: str) -> int | None:
        """The number in a cell; None when it is empty or is none."""
        written = self.cells.get(column, "").strip()
        if column in WHOLE:
            return int(written) if written.isascii() and written.isdigit() else None
        return amount_of(written, None) if written else None

    def problem(self, column: str, share_limit: int | None) -> str | None:
        """Code of what is wrong with a cell."""
        written = self.cells.get(column, "").strip()
        if written and self.figure(column) is None:
            return "not_a_number"
        figure = self.figure(column) or 0
        if column == "shares" and share_limit and figure > share_limit:
            return "too_many_shares"
        owed = (self.figure("repaid") or 0) + (self.figure("written_off") or 0)
        if column in ("repaid", "written_off") and figure and owed > self.debt:
            return "above_debt"
        return "months_needed" if column == "months" and self.figure("loan") and not figure else None

    def values(self) -> dict[str, Any]:
        """What is stored."""
        figures = {column: self.figure(column) for column in ("shares", "months", *AMOUNTS)}
        return {"member_id": self.member_id, "present": self.present} | {
            name: one for name, one in figures.items() if one
        }

    def is_empty(self) -> bool:
        """Whether nothing was written on this line."""
        return not self.present and not any(written.strip() for written in self.cells.values())


class MeetingSheet(QAbstractTableModel):
    """The lines as a model; `edited` after every change by the person."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.columns = tuple(COLUMNS)
        self.lines: list[SheetLine] = []
        self.share_value = 0
        self.share_limit: int | None = None

    def show(self, lines: Iterable[SheetLine], share_value: int, share_limit: int | None) -> None:
        """Show a sheet."""
        self.beginResetModel()
        self.lines = [*lines]
        self.share_value, self.share_limit = share_value, share_limit
        self.endResetModel()

    def put(self, line: int, place: int, written: str) -> None:
        """Write into a cell what somebody typed; an amount that is understood is shown in groups."""
        column, one = self.columns[place], self.lines[line]
        one.cells[column] = written.strip()
        figure = one.figure(column)
        if figure is not None:
            one.cells[column] = figure_words(figure) if figure else ""
        self._changed(line)

    def mark(self, line: int, *, present: bool) -> None:
        """Somebody is there, or not."""
        self.lines[line].present = present
        self._changed(line)

    def all_present(self) -> None:
        """Everybody is there."""
        for one in self.lines:
            one.present = True
        self._changed(0, len(self.lines) - 1)

    def money(self, way: str) -> int:
        """What comes into the box ("masuk") or leaves it ("keluar") by these lines."""
        from resource_centre.vocabulary import vocabulary

        terms = vocabulary("group_entry")
        names = [name for name, kind in AMOUNTS.items() if terms[kind].group == way]
        paid = sum(one.figure(name) or 0 for one in self.lines for name in names)
        bought = sum(one.figure("shares") or 0 for one in self.lines) * self.share_value
        return paid + (bought if terms[group_books.SHARES].group == way else 0)

    def problem_at(self, line: int, place: int) -> str | None:
        """Code of what is wrong with a cell."""
        return self.lines[line].problem(self.columns[place], self.share_limit)

    def first_problem(self) -> tuple[int, int, Problem] | None:
        """Line, column and problem of the first cell that cannot be saved as it is."""
        for line in range(len(self.lines)):
            for place, column in enumerate(self.columns):
                code = self.problem_at(line, place)
                if code is not None:
                    return line, place, Problem(column, code)
        return None

    def typed(self) -> dict[str, Any]:
        """The sheet as it is, for the draft."""
        written = [one for one in self.lines if not one.is_empty()]
        return {one.member_id: {"present": one.present, "cells": dict(one.cells)} for one in written}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` gave; a member who is gone since is left out."""
        for one in self.lines:
            known = typed.get(one.member_id, {})
            one.present, one.cells = bool(known.get("present")), dict(known.get("cells", {}))
        self._tell(0, len(self.lines) - 1)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One line for each member."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Always the same ones."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Amounts can be typed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        return flags if column in SHOWN_ONLY or column == PRESENT else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, what is wrong with it, and what a screen reader says."""
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._said(index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole:
            wrong = self.problem_at(index.row(), index.column())
            return QColor(self.theme.colours.danger_soft) if wrong else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(COLUMNS[column])}: {self.shown(index.row(), column)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a text."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.put(index.row(), index.column(), str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles, and the line numbers of the paper sheet."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[self.columns[section]])
        return self._alignment(self.columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def shown(self, line: int, column: str) -> str:
        """A cell in words."""
        one = self.lines[line]
        if column == NAME:
            return one.name
        if column == PRESENT:
            return _("H") if one.present else ""
        if column == DEBT:
            return figure_words(one.debt) if one.debt else ""
        return one.cells.get(column, "")

    def _said(self, line: int, place: int) -> str | None:
        code = self.problem_at(line, place)
        if code is not None:
            return Problem(self.columns[place], code).words()
        one = self.lines[line]
        if self.columns[place] == NAME:
            return one.name
        if self.columns[place] == "fee" and one.fee_due:
            return _("One month's fee on what is owed: {amount}").format(amount=figure_words(one.fee_due))
        return None

    def _colour(self, line: int, place: int) -> QColor | None:
        if self.problem_at(line, place):
            return QColor(self.theme.colours.danger)
        return QColor(self.theme.colours.muted) if self.columns[place] == DEBT else None

    def _alignment(self, column: str) -> int:
        side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
        if column == PRESENT:
            side = Qt.AlignmentFlag.AlignHCenter
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _changed(self, first: int, last: int | None = None) -> None:
        self._tell(first, first if last is None else last)
        self.edited.emit()

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
