# SPDX-License-Identifier: Apache-2.0
"""Typing a class's answers: one key writes a letter and goes on to the next question, then to the next line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from resource_centre.i18n import _
from ui.pages.class_answers_grid import BLANK, EMPTY, FIRST, NAME, AnswerSheet

Index = QModelIndex | QPersistentModelIndex

ROW_PADDING = 12
LETTER_WIDTH = 44
NAME_LETTERS = 22
LINES_ON = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class _Frame(QStyledItemDelegate):
    """Draws a clear frame around the cell the keyboard is on."""

    def __init__(self, view: AnswerView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if self._view.currentIndex() == index and self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(QColor(self._view.sheet.theme.colours.focus), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()


class AnswerView(QTableView):
    """The sheet on the screen. `refused` names the problem of a key that means nothing; `left` is behind the end."""

    refused = Signal(int, int, str)
    left = Signal()
    moved = Signal(int)
    """The question the keyboard is on now, counted from nought."""

    def __init__(self, sheet: AnswerSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.setModel(sheet)
        self.setItemDelegate(_Frame(self))
        self.setAccessibleName(_("Answers of the class"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        vertical, header = self.verticalHeader(), self.horizontalHeader()
        vertical.setDefaultSectionSize(QFontMetrics(self.font()).height() + ROW_PADDING)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.modelReset.connect(self._measure)

    def start(self) -> None:
        """Put the keyboard on the first letter that is missing."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        for row, line in enumerate(self.sheet.lines):
            if BLANK in line.letters and not line.locked:
                self.go_to(row, line.letters.index(BLANK))
                return
        if self.sheet.lines:
            self.go_to(0, 0)

    def go_to(self, line: int, place: int) -> None:
        """Put the keyboard on a question of a line."""
        index = self.sheet.index(line, FIRST + place)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which question it is."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column() == NAME and self.sheet.items:
            self.go_to(current.row(), 0)
        elif current.isValid():
            self.moved.emit(current.column() - FIRST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key, one thing: a letter, back, the next line."""
        if not self.currentIndex().isValid() and self.sheet.lines:
            self.go_to(0, 0)
        if self.currentIndex().isValid() and (self._writes(event) or self._clears(event) or self._next_line(event)):
            event.accept()
            return
        super().keyPressEvent(event)

    # Inside

    def _writes(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        letter = event.text().lower()
        if held or len(letter) != 1 or not letter.isprintable():
            return False
        line, place = self._here()
        if letter == " ":
            self._step(1)
            return True
        code = self.sheet.put(line, place, EMPTY if letter in "-–" else letter)
        if code is not None:
            self.refused.emit(line, place, code)
        else:
            self._step(1)
        return True

    def _clears(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return False
        if event.key() == Qt.Key.Key_Backspace:
            self._step(-1)
        line, place = self._here()
        self.sheet.put(line, place, BLANK)
        return True

    def _next_line(self, event: QKeyEvent) -> bool:
        if event.key() not in LINES_ON:
            return False
        line, _place = self._here()
        if line + 1 < len(self.sheet.lines):
            self.go_to(line + 1, 0)
        else:
            self.left.emit()
        return True

    def _step(self, way: int) -> None:
        """The next question, past the end of a line that of the next one; lines that are locked are left out."""
        line, place = self._here()
        size = len(self.sheet.items)
        at = line * size + place + way
        while 0 <= at < size * len(self.sheet.lines):
            if not self.sheet.lines[at // size].locked:
                self.go_to(*divmod(at, size))
                return
            at += way
        if way > 0:
            self.left.emit()

    def _here(self) -> tuple[int, int]:
        index = self.currentIndex()
        return index.row(), max(0, index.column() - FIRST)

    def _measure(self) -> None:
        letter = QFontMetrics(self.font()).averageCharWidth()
        self.setColumnWidth(NAME, NAME_LETTERS * letter + 24)
        for column in range(FIRST, self.sheet.columnCount()):
            self.setColumnWidth(column, LETTER_WIDTH)
