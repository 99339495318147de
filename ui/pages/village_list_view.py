# SPDX-License-Identifier: Apache-2.0
"""Copying a village list by keyboard alone: Enter and Tab go on from cell to cell and from line to line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from resource_centre.i18n import _
from ui.kit.sheet_view import Hint, Index, SheetDelegate, TypedSheet
from ui.pages.village_list_grid import ListGrid

LETTERS = {"name": 22, "sex": 8, "nik": 18, "education": 16, "marital_status": 16, "job": 18, "street": 18}
"""As many letters fit into a column without being cut."""
MOST_LETTERS = 14
LONGEST = 200


class ListDelegate(SheetDelegate):
    """Gives every cell a line to type in."""

    def __init__(self, view: ListView, grid: ListGrid) -> None:
        super().__init__(grid.theme, view)
        self._view, self._grid = view, grid

    def line_for(self, parent: QWidget, _index: Index) -> QLineEdit:
        """A line for words."""
        line = QLineEdit(parent)
        line.setMaxLength(LONGEST)
        line.textEdited.connect(lambda _text: self._view.typing.emit())
        return line

    def write(self, line: QLineEdit, index: Index) -> None:
        """What was typed goes into the sheet."""
        self._grid.put(index.row(), index.column(), line.text())


class ListView(TypedSheet):
    """The sheet on the screen. `moved` when the keyboard is on another cell, `typing` at every letter in one."""

    moved = Signal(int, int)
    typing = Signal()

    def __init__(self, grid: ListGrid, parent: QWidget | None = None) -> None:
        super().__init__(grid, _("Village list"), parent)
        self.grid = grid
        self.setItemDelegate(ListDelegate(self, grid))
        self.verticalHeader().setMinimumWidth(QFontMetrics(self.font()).horizontalAdvance("99") + 16)
        self._measure()

    def start(self) -> None:
        """Put the keyboard on the first line with nothing on it."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        free = (
            line for line in range(len(self.grid.lines)) if self.grid.is_empty(line) and not self.grid.is_taken(line)
        )
        self.go_to(next(free, 0), 0)

    def rows(self) -> dict[int, dict[str, str]]:
        """What is typed, with what stands in the cell that is open now."""
        rows = self.grid.rows()
        line, index = self.open_line(), self.currentIndex()
        if line is not None and line.isModified() and index.isValid():
            name, said = self.grid.columns[index.column()], self.grid.meant(index.row(), index.column(), line.text())
            row = {**rows.get(index.row() + 1, {}), name: said}
            rows[index.row() + 1] = {name: said for name, said in row.items() if said}
        return {number: row for number, row in rows.items() if row}

    def drop_typing(self) -> bool:
        """Leave the cell that is open as it was; whether there was one."""
        line = self.open_line()
        if line is not None:
            self.closeEditor(line, Hint.NoHint)
            self.setFocus()
        return line is not None

    def go_on(self, *, entered: bool = False) -> bool:
        """The next cell; False behind the last one, and for Enter on a line where nothing stands."""
        index = self.currentIndex()
        if entered and index.column() == 0 and self.grid.is_empty(index.row()):
            return False
        return self._step(1)

    def go_back(self) -> bool:
        """The cell before; False before the first one."""
        return self._step(-1)

    def edits(self, event: QKeyEvent) -> bool:
        """Clearing a cell."""
        if event.key() not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return False
        index = self.currentIndex()
        self.grid.put(index.row(), index.column(), "")
        return True

    def writes(self, index: QModelIndex, letter: str) -> bool:  # noqa: ARG002
        """A line that was taken in before cannot be written; every other cell is typed in."""
        return self.grid.is_taken(index.row())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell it is."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(current.row(), current.column())

    def _step(self, way: int) -> bool:
        index, across = self.currentIndex(), len(self.grid.columns)
        place = index.row() * across + index.column() + way
        while 0 <= place < len(self.grid.lines) * across:
            if not self.grid.is_taken(place // across):
                self.go_to(*divmod(place, across))
                return True
            place += way
        return False

    def _measure(self) -> None:
        letter = QFontMetrics(self.font()).averageCharWidth()
        bold = QFont(self.horizontalHeader().font())
        bold.setBold(True)
        for place, column in enumerate(self.grid.columns):
            title = str(self.grid.headerData(place, Qt.Orientation.Horizontal))
            wide = QFontMetrics(bold).horizontalAdvance(title) + 22
            self.setColumnWidth(place, max(wide, LETTERS.get(column, MOST_LETTERS) * letter + 16))
