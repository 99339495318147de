# SPDX-License-Identifier: Apache-2.0
"""Typing a meeting sheet: a figure goes into the cell one is on, Enter and Tab go on, past what is only shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from resource_centre.i18n import _
from ui.pages.savings_grid import NAME, PRESENT, SHOWN_ONLY, YES, MeetingSheet

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint

GO_ON = {
    Qt.Key.Key_Return: Hint.EditNextItem,
    Qt.Key.Key_Enter: Hint.EditNextItem,
    Qt.Key.Key_Tab: Hint.EditNextItem,
    Qt.Key.Key_Backtab: Hint.EditPreviousItem,
}
DIGITS = {NAME: 18, PRESENT: 4, "shares": 4, "months": 4, "fine": 7, "fee": 8, "social_in": 6, "social_out": 6}
"""As many digits fit into a column without being cut."""
AMOUNT_DIGITS = 9
LONGEST = 20
NAME_LETTERS = 18


class AmountDelegate(QStyledItemDelegate):
    """Gives a cell a line to type in."""

    def __init__(self, view: QTableView, sheet: MeetingSheet) -> None:
        super().__init__(view)
        self._view, self._sheet = view, sheet

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, and a clear frame around the one the keyboard is on."""
        super().paint(painter, option, index)
        if self._view.currentIndex() == index and self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(QColor(self._sheet.theme.colours.focus), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setMaxLength(LONGEST)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setAccessibleName(f"{index.model().headerData(index.column(), Qt.Orientation.Horizontal)}")
        line.setStyleSheet("QLineEdit { border-radius: 0; padding: 0 6px; min-height: 0; }")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, _model: object, index: Index) -> None:
        """Write what was typed, when that is something new."""
        if isinstance(editor, QLineEdit) and editor.text() != (index.data(Qt.ItemDataRole.EditRole) or ""):
            self._sheet.put(index.row(), index.column(), editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab write the cell and go on, all before the next key."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and isinstance(watched, QLineEdit) and event.key() in GO_ON:  # type: ignore[attr-defined]
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, GO_ON[Qt.Key(event.key())])  # type: ignore[attr-defined]
            return True
        return super().eventFilter(watched, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)


class MeetingSheetView(QTableView):
    """The sheet on the screen."""

    left = Signal()
    """Enter or Tab behind the last cell: the sheet is done."""

    def __init__(self, sheet: MeetingSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.setModel(sheet)
        self.setItemDelegate(AmountDelegate(self, sheet))
        self.setAccessibleName(_("Sheet of the meeting"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + 14)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self._measure()

    def start(self) -> None:
        """Put the keyboard on the first cell that is typed."""
        self.setFocus()
        self.go_to(0, 1)

    def go_to(self, line: int, place: int) -> None:
        """Put the keyboard on a cell."""
        index = self.sheet.index(line, place)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_on(self) -> bool:
        """The next cell to write in; False behind the last one."""
        return self._step(1)

    def go_back(self) -> bool:
        """The cell before; False before the first one."""
        return self._step(-1)

    def finish_typing(self) -> None:
        """Write the cell that is open now, as leaving it would."""
        for line in self.viewport().findChildren(QLineEdit):
            if line.isVisible():
                self.commitData(line)
                self.closeEditor(line, Hint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key, one thing: move, mark, or begin to write."""
        if not self.currentIndex().isValid() and self.sheet.lines:
            self.go_to(0, 1)
        if self._moves(event) or self._clears(event) or self._writes(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """After Enter and Tab go on to the next cell."""
        super().closeEditor(editor, Hint.NoHint)
        if hint in (Hint.EditNextItem, Hint.SubmitModelCache):
            if not self.go_on():
                self.left.emit()
        elif hint == Hint.EditPreviousItem:
            self.go_back()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the sheet; behind its end, and before its beginning, it leaves."""
        moved = self.currentIndex().isValid() and (self.go_on() if forward else self.go_back())
        return True if moved else super().focusNextPrevChild(forward)

    def _step(self, way: int) -> bool:
        index, columns = self.currentIndex(), self.sheet.columns
        place = index.row() * len(columns) + index.column() + way
        while 0 <= place < len(self.sheet.lines) * len(columns):
            if columns[place % len(columns)] not in SHOWN_ONLY:
                self.go_to(*divmod(place, len(columns)))
                return True
            place += way
        return False

    def _moves(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if not self.go_on():
            self.left.emit()
        return True

    def _clears(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or event.matches(QKeySequence.StandardKey.Cut):
            return False
        index = self.currentIndex()
        column = self.sheet.columns[index.column()]
        if column == PRESENT:
            self.sheet.mark(index.row(), present=False)
        elif column not in SHOWN_ONLY:
            self.sheet.put(index.row(), index.column(), "")
        return True

    def _writes(self, event: QKeyEvent) -> bool:
        letter = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held or not letter or not letter.isprintable():
            return False
        index = self.currentIndex()
        column = self.sheet.columns[index.column()]
        if column == PRESENT:
            self.sheet.mark(index.row(), present=letter in YES)
            self.go_on()
        elif column not in SHOWN_ONLY and letter.strip():
            self._begin(index, letter)
        return True

    def _begin(self, index: QModelIndex, letter: str) -> None:
        """Open the cell with the letter that was pressed, as a spreadsheet does."""
        self.edit(index)
        editor = next((line for line in self.viewport().findChildren(QLineEdit) if line.isVisible()), None)
        if editor is not None:
            editor.clear()
            editor.setModified(True)
            editor.insert(letter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the amounts leave is for the names."""
        super().resizeEvent(event)
        others = sum(self.columnWidth(place) for place in range(1, len(self.sheet.columns)))
        least = NAME_LETTERS * QFontMetrics(self.font()).averageCharWidth()
        self.setColumnWidth(0, max(least, self.viewport().width() - others))

    def _measure(self) -> None:
        digit = QFontMetrics(self.font()).horizontalAdvance("0")
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        bold = QFont(header.font())
        bold.setBold(True)
        for place, column in enumerate(self.sheet.columns):
            title = str(self.sheet.headerData(place, Qt.Orientation.Horizontal))
            wide = QFontMetrics(bold).horizontalAdvance(title) + 22
            self.setColumnWidth(place, max(wide, DIGITS.get(column, AMOUNT_DIGITS) * digit + 16))
