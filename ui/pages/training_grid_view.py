# SPDX-License-Identifier: Apache-2.0
"""Typing an attendance sheet: keys go into the cell one is on, Enter and Tab go on, marks go on by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from resource_centre.i18n import _
from resource_centre.vocabulary import fold_label, vocabulary
from ui.kit.places import Places
from ui.pages.suggesting import SuggestingLine, Suggestion
from ui.pages.training_grid import Sheet
from ui.pages.training_rows import AGE, CLIENT_TYPE, GAIN, MARKS, NAME, POST, PRE, SEX, VILLAGE, sex_of_key

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint
LEAST_LETTERS = 2
AS_MANY = 8

_LETTERS = {NAME: 0, SEX: 5, AGE: 6, CLIENT_TYPE: 17, VILLAGE: 15, PRE: 6, POST: 6, GAIN: 6}

GO_ON = {
    Qt.Key.Key_Return: Hint.EditNextItem,
    Qt.Key.Key_Enter: Hint.EditNextItem,
    Qt.Key.Key_Tab: Hint.EditNextItem,
    Qt.Key.Key_Backtab: Hint.EditPreviousItem,
}

FindPeople = Callable[[str, Callable[[Sequence[Suggestion]], None]], None]
"""``find(text, found)``: look for known people with this name and call `found` with suggestions."""


class CellDelegate(QStyledItemDelegate):
    """Gives every cell a line to type in; names, client types and villages are offered while one types."""

    def __init__(self, sheet: Sheet, places: Places, find_people: FindPeople, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._places = places
        self._find_people = find_people
        self._theme = sheet.theme

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
        column = self._sheet.columns[index.column()]
        # A known person is never taken by Enter alone: two people may have one name.
        line = SuggestingLine(parent, first_is_chosen=column != NAME)
        line.setAccessibleName(f"{index.model().headerData(index.column(), Qt.Orientation.Horizontal)}")
        line.setStyleSheet("QLineEdit { border-radius: 0; padding: 0 6px; min-height: 0; }")
        if column == NAME:
            line.wondering.connect(lambda text: self._wonder_who(line, text))
        elif column == CLIENT_TYPE:
            line.wondering.connect(lambda text: line.offer(client_types_for(text)))
        elif column == VILLAGE:
            line.wondering.connect(lambda text: line.offer(self._villages_for(text)))
        line.taken.connect(lambda chosen: self._taken(line, chosen))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, SuggestingLine) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, _model: Any, index: Index) -> None:
        """Write what was chosen; else what was typed, when that is something new."""
        assert isinstance(editor, SuggestingLine)
        chosen = editor.property("chosen")
        line, place = index.row(), index.column()
        column = self._sheet.columns[place]
        if isinstance(chosen, Suggestion) and chosen.text == editor.text():
            if column == NAME:
                self._sheet.put_person(line, chosen.value)
            else:
                self._sheet.put_code(line, place, chosen.value)
        elif editor.text() != (index.data(Qt.ItemDataRole.EditRole) or ""):
            if column == NAME:
                self._sheet.rows[line].person_id = None
            self._sheet.put(line, place, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab take what is marked in the list, write the cell and go on, all before the next key."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, SuggestingLine)
        ):
            if event.key() in GO_ON:
                watched.wonder_if_late()
                watched.take_current()
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, GO_ON[Qt.Key(event.key())])
                return True
            if event.key() == Qt.Key.Key_Escape and watched.list.isVisible():
                watched.close_list()
                return True
        return super().eventFilter(watched, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)

    def _taken(self, line: SuggestingLine, chosen: Suggestion) -> None:
        line.setProperty("chosen", chosen)
        if line.hasFocus() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.commitData.emit(line)
            self.closeEditor.emit(line, Hint.EditNextItem)

    def _wonder_who(self, line: SuggestingLine, text: str) -> None:
        if len(text.strip()) < LEAST_LETTERS:
            line.offer(())
            return
        self._find_people(text, lambda found: self._offer_if_still(line, text, found))

    def _offer_if_still(self, line: SuggestingLine, text: str, found: Sequence[Suggestion]) -> None:
        import shiboken6

        if shiboken6.isValid(line) and line.text() == text:
            line.offer(found)

    def _villages_for(self, text: str) -> list[Suggestion]:
        gazetteer = self._places.gazetteer
        if gazetteer is None or len(text.strip()) < LEAST_LETTERS:
            return []
        near = self._sheet.village[:5] if self._sheet.village else None
        found = gazetteer.find(text, limit=AS_MANY, within=near) if near else []
        if len(found) < AS_MANY:
            known = {place.code for place in found}
            found = [*found, *(p for p in gazetteer.find(text, limit=AS_MANY) if p.code not in known)][:AS_MANY]
        return [Suggestion(p.name, gazetteer.full_name(p.parent) if p.parent else "", p.code) for p in found]


class SheetView(QTableView):
    """The sheet on the screen."""

    left = Signal()
    """Tab or Enter on an empty last line: the sheet is done."""
    removed = Signal(int, object)
    """A line that was taken off, and where it was."""
    pasted = Signal(int)

    def __init__(self, sheet: Sheet, places: Places, find_people: FindPeople, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.setModel(sheet)
        self.setItemDelegate(CellDelegate(sheet, places, find_people, self))
        self.setAccessibleName(_("Attendance sheet"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        high = QFontMetrics(self.font()).height() + 14
        self.verticalHeader().setDefaultSectionSize(high)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        sheet.modelReset.connect(self._measure)
        self._measure()

    def start(self) -> None:
        """Put the keyboard on the first empty line's name."""
        self.setFocus()
        self.go_to(len(self.sheet.rows) - 1, 0)

    def go_to(self, line: int, place: int) -> None:
        """Put the keyboard on a cell."""
        index = self.sheet.index(line, place)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_on(self) -> None:
        """The next cell to write in; from the end of a line the next line's name."""
        index = self.currentIndex()
        line, place = index.row(), index.column() + 1
        while place < len(self.sheet.columns) and self.sheet.columns[place] == GAIN:
            place += 1
        if place >= len(self.sheet.columns):
            line, place = min(line + 1, len(self.sheet.rows) - 1), 0
        self.go_to(line, place)

    def go_back(self) -> None:
        """The cell before."""
        index = self.currentIndex()
        if index.column() > 0:
            self.go_to(index.row(), index.column() - 1)
        elif index.row() > 0:
            last = max(place for place, column in enumerate(self.sheet.columns) if column != GAIN)
            self.go_to(index.row() - 1, last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key, one thing: move, mark, or begin to write."""
        if not self.currentIndex().isValid():
            self.go_to(len(self.sheet.rows) - 1, 0)
        if self._moves(event) or self._edits(event) or self._writes(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """After Enter and Tab go on to the next cell."""
        super().closeEditor(editor, Hint.NoHint)
        if hint in (Hint.EditNextItem, Hint.SubmitModelCache):
            self.go_on()
        elif hint == Hint.EditPreviousItem:
            self.go_back()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the sheet; from its empty end, and backwards from its beginning, it leaves."""
        index = self.currentIndex()
        at_end = not index.isValid() or (index.column() == 0 and self.sheet.rows[index.row()].is_empty())
        at_start = not index.isValid() or (index.column() == 0 and index.row() == 0)
        if (forward and at_end) or (not forward and at_start):
            return super().focusNextPrevChild(forward)
        if forward:
            self.go_on()
        else:
            self.go_back()
        return True

    def finish_typing(self) -> None:
        """Write the cell that is open now, as leaving it would."""
        for line in self.viewport().findChildren(SuggestingLine):
            if line.isVisible():
                self.commitData(line)
                self.closeEditor(line, Hint.NoHint)

    def remove_line(self) -> None:
        """Take the line one is on off the sheet."""
        line = self.currentIndex().row()
        gone = self.sheet.remove(line) if line >= 0 else None
        if gone is not None:
            self.go_to(min(line, len(self.sheet.rows) - 1), 0)
            self.removed.emit(line, gone)

    def paste(self) -> None:
        """Write what a spreadsheet put on the clipboard from this cell on."""
        text = QGuiApplication.clipboard().text()
        index = self.currentIndex()
        if text.strip() and index.isValid():
            count = self.sheet.paste(index.row(), index.column(), text)
            self.go_to(min(index.row() + count, len(self.sheet.rows) - 1), 0)
            self.pasted.emit(count)

    def _moves(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if index.column() == 0 and self.sheet.rows[index.row()].is_empty():
                self.left.emit()
            else:
                self.go_on()
            return True
        return False

    def _edits(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.remove_line()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear(self.currentIndex())
        else:
            return False
        return True

    def _writes(self, event: QKeyEvent) -> bool:
        letter = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held or not letter or not letter.isprintable():
            return False
        index = self.currentIndex()
        column = self.sheet.columns[index.column()]
        if column == GAIN:
            return True
        if column == SEX:
            self._write_sex(index, letter)
        elif column.startswith("day:"):
            self._write_mark(index, letter.upper())
        elif letter.strip():
            self._begin(index, letter)
        return True

    def _write_sex(self, index: QModelIndex, letter: str) -> None:
        code = sex_of_key(letter)
        if code is not None:
            self.sheet.put_code(index.row(), index.column(), code)
            self.go_on()

    def _write_mark(self, index: QModelIndex, mark: str) -> None:
        if mark in MARKS or mark in "- ":
            self.sheet.put_mark(index.row(), index.column(), mark if mark in MARKS else "")
            self.go_on()

    def _begin(self, index: QModelIndex, letter: str) -> None:
        """Open the cell with the letter that was pressed, as a spreadsheet does."""
        self.edit(index)
        editor = next((line for line in self.viewport().findChildren(SuggestingLine) if line.isVisible()), None)
        if editor is not None:
            editor.clear()
            editor.setModified(True)
            editor.insert(letter)

    def _clear(self, index: QModelIndex) -> None:
        column = self.sheet.columns[index.column()]
        if column in (SEX, CLIENT_TYPE, VILLAGE):
            self.sheet.put_code(index.row(), index.column(), None)
        elif column.startswith("day:"):
            self.sheet.put_mark(index.row(), index.column(), "")
        elif column != GAIN:
            self.sheet.rows[index.row()].person_id = None if column == NAME else self.sheet.rows[index.row()].person_id
            self.sheet.put(index.row(), index.column(), "")

    def _measure(self) -> None:
        letter = QFontMetrics(self.font()).averageCharWidth()
        header = self.horizontalHeader()
        for place, column in enumerate(self.sheet.columns):
            letters = _LETTERS.get(column, 8)
            if letters:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, letters * letter + 22)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)


def client_types_for(text: str) -> list[Suggestion]:
    """The answers that hold these letters, those that begin with them first."""
    wanted = fold_label(text)
    if not wanted:
        return []
    labelled = [(fold_label(term.label()), term) for term in vocabulary("client_type")]
    starting = [term for words, term in labelled if words.startswith(wanted)]
    holding = [term for words, term in labelled if f" {wanted}" in f" {words}" and term not in starting]
    return [Suggestion(term.label(), "", term.code) for term in [*starting, *holding]]
