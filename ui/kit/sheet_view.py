# SPDX-License-Identifier: Apache-2.0
"""A sheet that is typed cell by cell: a key begins to write, Enter and Tab write and go on, all before the next key."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
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

from ui.kit.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint

GO_ON = {
    Qt.Key.Key_Return: Hint.SubmitModelCache,
    Qt.Key.Key_Enter: Hint.SubmitModelCache,
    Qt.Key.Key_Tab: Hint.EditNextItem,
    Qt.Key.Key_Backtab: Hint.EditPreviousItem,
}
"""What each key that leaves a cell means: on as Enter does, on as Tab does, back."""
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CELL_STYLE = "QLineEdit { border-radius: 0; padding: 0 6px; min-height: 0; }"
LEAST_LETTERS = 18
"""As many letters of the first column stay in sight however narrow the window is."""


class SheetDelegate(QStyledItemDelegate):
    """Gives every cell a line to type in, and the one the keyboard is on a clear frame."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def line_for(self, parent: QWidget, _index: Index) -> QLineEdit:
        """The line of one cell."""
        return QLineEdit(parent)

    def write(self, line: QLineEdit, index: Index) -> None:
        """What was typed goes into the cell; only asked when that is something new."""
        raise NotImplementedError

    def about_to_leave(self, line: QLineEdit) -> None:
        """Enter or Tab was pressed in a cell that is typed in."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, and a clear frame around the one the keyboard is on."""
        super().paint(painter, option, index)
        view = self.parent()
        if isinstance(view, QTableView) and view.currentIndex() == index and view.hasFocus():
            painter.save()
            painter.setPen(QPen(QColor(self._theme.colours.focus), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = self.line_for(parent, index)
        line.setAccessibleName(f"{index.model().headerData(index.column(), Qt.Orientation.Horizontal)}")
        line.setStyleSheet(CELL_STYLE)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Write what was typed, when that is something new."""
        if isinstance(editor, QLineEdit) and editor.text() != (index.data(Qt.ItemDataRole.EditRole) or ""):
            self.write(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab write the cell and go on, all before the next key."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            if event.key() in GO_ON:
                self.about_to_leave(watched)
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, GO_ON[Qt.Key(event.key())])
                return True
            if self.keeps(watched, event):
                return True
        return super().eventFilter(watched, event)

    def keeps(self, _line: QLineEdit, _event: QKeyEvent) -> bool:
        """Whether a key was for the line alone, such as Esc for its list."""
        return False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)


class TypedSheet(QTableView):
    """The view; a subclass says where one goes on, what a key writes, and how wide the columns are."""

    left = Signal()
    """Enter or Tab behind the last cell: the sheet is done."""

    def __init__(self, model: QAbstractItemModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + 14)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    # What a sheet says for itself

    def start(self) -> None:
        """Put the keyboard where one begins to type."""
        raise NotImplementedError

    def go_on(self, *, entered: bool = False) -> bool:
        """The next cell, as Tab goes or, when `entered`, as Enter goes; False behind the last one."""
        raise NotImplementedError

    def go_back(self) -> bool:
        """The cell before; False before the first one."""
        raise NotImplementedError

    def edits(self, event: QKeyEvent) -> bool:
        """Whether a key has cleared, pasted or taken something off."""
        raise NotImplementedError

    def writes(self, index: QModelIndex, letter: str) -> bool:
        """Whether a letter was written into a cell that needs no typing, or is refused by it."""
        raise NotImplementedError

    # What all sheets do

    def go_to(self, line: int, place: int) -> None:
        """Put the keyboard on a cell."""
        index = self.model().index(line, place)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def enter(self) -> None:
        """On as Enter goes; behind the last cell the sheet is done."""
        if not self.go_on(entered=True):
            self.left.emit()

    def finish_typing(self) -> None:
        """Write the cell that is open now, as leaving it would."""
        line = self.open_line()
        if line is not None:
            self.commitData(line)
            self.closeEditor(line, Hint.NoHint)

    def open_line(self) -> QLineEdit | None:
        """The line one is typing in."""
        return next((line for line in self.viewport().findChildren(QLineEdit) if line.isVisible()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key, one thing: move, mark, or begin to write."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.start()
        if self._moves(event) or self.edits(event) or self._begins(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """After Enter and Tab go on to the next cell."""
        super().closeEditor(editor, Hint.NoHint)
        if hint == Hint.SubmitModelCache:
            self.enter()
        elif hint == Hint.EditNextItem:
            if not self.go_on():
                self.left.emit()
        elif hint == Hint.EditPreviousItem:
            self.go_back()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the sheet; behind its end, and before its beginning, it leaves."""
        moved = self.currentIndex().isValid() and (self.go_on() if forward else self.go_back())
        return True if moved else super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the other columns leave is for the first."""
        super().resizeEvent(event)
        self.fit_first()

    def fit_first(self) -> None:
        """Give the first column what the others leave, and never less than a name needs."""
        others = sum(self.columnWidth(place) for place in range(1, self.model().columnCount()))
        least = LEAST_LETTERS * QFontMetrics(self.font()).averageCharWidth()
        self.setColumnWidth(0, max(least, self.viewport().width() - others))

    def _moves(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.key() not in ENTER:
            return False
        self.enter()
        return True

    def _begins(self, event: QKeyEvent) -> bool:
        letter = event.text()
        if event.modifiers() & HELD or not letter or not letter.isprintable():
            return False
        index = self.currentIndex()
        if not self.writes(index, letter) and letter.strip():
            self._begin(index, letter)
        return True

    def _begin(self, index: QModelIndex, letter: str) -> None:
        """Open the cell with the letter that was pressed, as a spreadsheet does."""
        self.edit(index)
        line = self.open_line()
        if line is not None:
            line.clear()
            line.setModified(True)
            line.insert(letter)
