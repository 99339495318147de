# SPDX-License-Identifier: Apache-2.0
"""Typing a meeting sheet: a figure goes into the cell one is on, Enter and Tab go on, past what is only shown."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from resource_centre.i18n import _
from ui.kit.sheet_view import Index, SheetDelegate, TypedSheet
from ui.pages.savings_grid import NAME, PRESENT, SHOWN_ONLY, YES, MeetingSheet

DIGITS = {NAME: 18, PRESENT: 4, "shares": 4, "months": 4, "fine": 7, "fee": 8, "social_in": 6, "social_out": 6}
"""As many digits fit into a column without being cut."""
AMOUNT_DIGITS = 9
LONGEST = 20


class AmountDelegate(SheetDelegate):
    """Gives a cell a line for a figure."""

    def __init__(self, view: TypedSheet, sheet: MeetingSheet) -> None:
        super().__init__(sheet.theme, view)
        self._sheet = sheet

    def line_for(self, parent: QWidget, _index: Index) -> QLineEdit:
        """A line for a figure."""
        line = QLineEdit(parent)
        line.setMaxLength(LONGEST)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def write(self, line: QLineEdit, index: Index) -> None:
        """What was typed goes into the sheet."""
        self._sheet.put(index.row(), index.column(), line.text())


class MeetingSheetView(TypedSheet):
    """The sheet on the screen."""

    def __init__(self, sheet: MeetingSheet, parent: QWidget | None = None) -> None:
        super().__init__(sheet, _("Sheet of the meeting"), parent)
        self.sheet = sheet
        self.setItemDelegate(AmountDelegate(self, sheet))
        self._measure()

    def start(self) -> None:
        """Put the keyboard on the first cell that is typed."""
        self.setFocus()
        self.go_to(0, 1)

    def go_on(self, *, entered: bool = False) -> bool:  # noqa: ARG002
        """The next cell to write in; False behind the last one."""
        return self._step(1)

    def go_back(self) -> bool:
        """The cell before; False before the first one."""
        return self._step(-1)

    def edits(self, event: QKeyEvent) -> bool:
        """Clearing a cell."""
        if event.key() not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or event.matches(QKeySequence.StandardKey.Cut):
            return False
        index = self.currentIndex()
        column = self.sheet.columns[index.column()]
        if column == PRESENT:
            self.sheet.mark(index.row(), present=False)
        elif column not in SHOWN_ONLY:
            self.sheet.put(index.row(), index.column(), "")
        return True

    def writes(self, index: QModelIndex, letter: str) -> bool:
        """Present or not by one key; what is only shown cannot be written."""
        column = self.sheet.columns[index.column()]
        if column == PRESENT:
            self.sheet.mark(index.row(), present=letter in YES)
            self.go_on()
        return column == PRESENT or column in SHOWN_ONLY

    def _step(self, way: int) -> bool:
        index, columns = self.currentIndex(), self.sheet.columns
        place = index.row() * len(columns) + index.column() + way
        while 0 <= place < len(self.sheet.lines) * len(columns):
            if columns[place % len(columns)] not in SHOWN_ONLY:
                self.go_to(*divmod(place, len(columns)))
                return True
            place += way
        return False

    def _measure(self) -> None:
        digit = QFontMetrics(self.font()).horizontalAdvance("0")
        bold = QFont(self.horizontalHeader().font())
        bold.setBold(True)
        for place, column in enumerate(self.sheet.columns):
            title = str(self.sheet.headerData(place, Qt.Orientation.Horizontal))
            wide = QFontMetrics(bold).horizontalAdvance(title) + 22
            self.setColumnWidth(place, max(wide, DIGITS.get(column, AMOUNT_DIGITS) * digit + 16))
