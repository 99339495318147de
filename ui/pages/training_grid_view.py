# SPDX-License-Identifier: Apache-2.0
"""Typing an attendance sheet: keys go into the cell one is on, Enter goes on past what is filled in already."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QWidget

from resource_centre.i18n import _
from ui.kit.places import Places
from ui.kit.sheet_view import TypedSheet
from ui.pages.training_columns import (
    CODES,
    DAY,
    DAY_LETTERS,
    DISABILITY,
    GAIN,
    LETTERS,
    NAME,
    ORAL,
    SEX,
    TICKS,
    day_of,
)
from ui.pages.training_grid import Sheet
from ui.pages.training_rows import MARKS, SheetRow, sex_of_key, tick_of_key
from ui.pages.training_typing import CellDelegate, FindPeople

TICK_KEYS = {"d": DISABILITY, "o": ORAL}
"""Letters that say yes in a column Enter walks past, pressed where one letter is an answer."""


class SheetView(TypedSheet):
    """The sheet on the screen. `left` is emitted by Tab or Enter on the empty last line."""

    removed = Signal(int, object)
    """A line that was taken off, and where it was."""
    pasted = Signal(int)

    def __init__(self, sheet: Sheet, places: Places, find_people: FindPeople, parent: QWidget | None = None) -> None:
        super().__init__(sheet, _("Attendance sheet"), parent)
        self.sheet = sheet
        self.by_column = False
        """Enter and marks go down the column, for keying a paper sheet column by column."""
        self.cells = CellDelegate(sheet, places, find_people, self)
        self.setItemDelegate(self.cells)
        sheet.modelReset.connect(self._measure)
        self._measure()

    def sizeHint(self) -> QSize:
        """Only what it must have: the form above takes what it needs, and the sheet grows into the rest."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def start(self) -> None:
        """Put the keyboard on the first empty line's name."""
        self.setFocus()
        self.go_to(len(self.sheet.rows) - 1, 0)

    def go_on(self, *, entered: bool = False) -> bool:
        """The next cell to write in; from the end of a line the next line's name.

        Enter walks past what the program has filled in and what is said of few; `by_column` it goes down.
        """
        index = self.currentIndex()
        if entered and self.by_column:
            return self._go_down(index.row(), index.column())
        row = self.sheet.rows[index.row()]
        if index.column() == 0 and row.is_empty() and index.row() == len(self.sheet.rows) - 1:
            return False
        line, place = index.row(), index.column() + 1
        while place < len(self.sheet.columns) and _is_passed(row, self.sheet.columns[place], entered):
            place += 1
        if place >= len(self.sheet.columns):
            line, place = min(line + 1, len(self.sheet.rows) - 1), 0
        self.go_to(line, place)
        return True

    def go_back(self) -> bool:
        """The cell before."""
        index = self.currentIndex()
        before = [place for place in range(index.column()) if self.sheet.columns[place] != GAIN]
        if before:
            self.go_to(index.row(), before[-1])
        elif index.row() > 0:
            last = max(place for place, column in enumerate(self.sheet.columns) if column != GAIN)
            self.go_to(index.row() - 1, last)
        else:
            return False
        return True

    def remove_line(self) -> None:
        """Take the line one is on off the sheet."""
        self.finish_typing()
        line = self.currentIndex().row()
        gone = self.sheet.remove(line) if line >= 0 else None
        if gone is not None:
            self.go_to(min(line, len(self.sheet.rows) - 1), 0)
            self.removed.emit(line, gone)

    def insert_line(self) -> None:
        """An empty line above the one one is on."""
        self.finish_typing()
        line = max(0, self.currentIndex().row())
        self.sheet.insert(line)
        self.go_to(line, 0)

    def paste(self) -> None:
        """Write what a spreadsheet put on the clipboard from this cell on."""
        text = QGuiApplication.clipboard().text()
        index = self.currentIndex()
        if text.strip() and index.isValid():
            count = self.sheet.paste(index.row(), index.column(), text)
            self.go_to(min(index.row() + count, len(self.sheet.rows) - 1), 0)
            self.pasted.emit(count)

    def edits(self, event: QKeyEvent) -> bool:
        """Pasting, taking lines off and putting them in, clearing a cell."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif held and event.key() == Qt.Key.Key_Delete:
            self.remove_line()
        elif held and event.key() == Qt.Key.Key_Insert:
            self.insert_line()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear(self.currentIndex())
        else:
            return False
        return True

    def writes(self, index: QModelIndex, letter: str) -> bool:
        """Answers of one letter; the gain cannot be written."""
        column = self.sheet.columns[index.column()]
        one_letter = column == SEX or day_of(column) is not None
        tick = TICK_KEYS.get(letter.casefold()) if one_letter else None
        if tick is not None:
            self._turn_tick(index.row(), tick)
        elif column == SEX:
            self._write_code(index, sex_of_key(letter))
        elif column in TICKS:
            self._write_code(index, tick_of_key(letter))
        elif day_of(column) is not None:
            self._write_mark(index, letter.upper())
        else:
            return column == GAIN
        return True

    # Inside

    def _go_down(self, line: int, place: int) -> bool:
        """The next line, to the empty one in the column of names; below the last the first line of the next column."""
        columns, last = self.sheet.columns, len(self.sheet.rows) - 1
        if columns[place] == NAME and self.sheet.rows[line].is_empty() and line == last:
            return False
        if line + 1 < last or (columns[place] == NAME and line < last):
            self.go_to(line + 1, place)
            return True
        further = [after for after in range(place + 1, len(columns)) if columns[after] != GAIN]
        if not further:
            return False
        self.go_to(0, further[0])
        return True

    def _write_code(self, index: QModelIndex, code: object) -> None:
        if code is not None:
            self.sheet.put_code(index.row(), index.column(), code)
            self.enter()

    def _write_mark(self, index: QModelIndex, mark: str) -> None:
        if mark in MARKS or mark in "- ":
            self.sheet.put_mark(index.row(), index.column(), mark if mark in MARKS else "")
            self.enter()

    def _turn_tick(self, line: int, column: str) -> None:
        if column in self.sheet.columns:
            now = getattr(self.sheet.rows[line], column)
            self.sheet.put_code(line, self.sheet.columns.index(column), None if now else True)

    def _clear(self, index: QModelIndex) -> None:
        column = self.sheet.columns[index.column()]
        if column in CODES or column in TICKS:
            self.sheet.put_code(index.row(), index.column(), None)
        elif day_of(column) is not None:
            self.sheet.put_mark(index.row(), index.column(), "")
        elif column != GAIN:
            self.sheet.put(index.row(), index.column(), "")

    def _measure(self) -> None:
        letter = QFontMetrics(self.font()).averageCharWidth()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, column in enumerate(self.sheet.columns[1:], 1):
            self.setColumnWidth(place, LETTERS.get(column, DAY_LETTERS) * letter + 22)
        self.fit_first()


def _is_passed(row: SheetRow, column: str, entered: bool) -> bool:
    """Whether one does not stop at a cell."""
    if column == GAIN:
        return True
    filled = column in row.given or (day_of(column) is not None and DAY in row.given)
    return entered and (filled or column in TICKS)
