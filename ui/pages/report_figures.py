# SPDX-License-Identifier: Apache-2.0
"""The report as tables on the screen: every figure is reached with the arrows, read out, and opened by Enter.

The same tables as on the pages, in the language of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import GAP, label, row
from ui.kit.sheet_view import SheetDelegate
from ui.pages.report_period import combo

if TYPE_CHECKING:
    from reports.tables.model import Cell, CellId, Column, Report, Row, Table
    from ui.kit.theme import Theme

Index = QModelIndex | QPersistentModelIndex
INDENT: Final = "    "
STRONG: Final = frozenset({"total", "section"})
WIDEST_WORDS: Final = 34
"""Letters of a column of words, beyond which they are broken into lines."""
WIDEST_SHARE: Final = 0.48
"""Of the window, so that figures are always in sight beside their words."""
MEASURED: Final = 400
"""Lines up to which each is as high as its words."""
LEAST_FIGURE: Final = 7
PADDING: Final = 22


class TableModel(QAbstractTableModel):
    """One table of a report: its words at the left, its figures at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.table: Table | None = None
        self._report: Report | None = None

    def show_table(self, report: Report, table: Table | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self._report, self.table = report, table
        self.endResetModel()

    @property
    def heads(self) -> int:
        """How many columns are words."""
        return len(self.table.heads) if self.table is not None else 0

    def cell_id(self, index: Index) -> CellId | None:
        """The key of the figure there; None for words and where there is none."""
        found = self._at(index)
        if self.table is None or found is None or found[2].blank:
            return None
        return self.table.cell_id(found[0], found[1])

    def row_at(self, index: Index) -> Row | None:
        """The row there."""
        return self.table.rows[index.row()] if self.table is not None and index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows of the table."""
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Words and figures."""
        return 0 if parent.isValid() or self.table is None else self.heads + len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, figures, how they stand; a screen reader hears to which row and column a figure belongs."""
        if self.table is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() < self.heads else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings, those of a group above."""
        if orientation != Qt.Orientation.Horizontal or self.table is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section < self.heads:
                return self.table.heads[section]
            column = self.table.columns[section - self.heads]
            return f"{column.group}\n{column.heading}" if column.group else column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section < self.heads else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignBottom)
        return None

    def _at(self, index: Index) -> tuple[Row, Column, Cell] | None:
        place = index.column() - self.heads
        if self.table is None or not index.isValid() or place < 0:
            return None
        line = self.table.rows[index.row()]
        return line, self.table.columns[place], line.cells[place]

    def _text(self, index: Index) -> str:
        from reports.tables.words import cell_words

        assert self.table is not None
        assert self._report is not None
        found = self._at(index)
        if found is not None:
            return cell_words(found[2], self._report.facts.language, self._report.facts.threshold)
        line = self.table.rows[index.row()]
        return (INDENT * line.indent if index.column() == 0 else "") + line.words[index.column()]

    def _font(self, index: Index) -> QFont | None:
        assert self.table is not None
        found = self._at(index)
        if self.table.rows[index.row()].kind not in STRONG and not (found is not None and found[1].strong):
            return None
        bold = QFont()
        bold.setBold(True)
        return bold

    def _said(self, index: Index) -> str:
        found, text = self._at(index), self._text(index).strip()
        if found is None:
            return text
        words = " ".join(found[0].words).strip()
        return ", ".join(part for part in (words, found[1].group, found[1].heading, text) if part)


class _Frame(SheetDelegate):
    """A clear frame around the figure the keyboard is on; nothing is typed."""


class FiguresTable(QTableView):
    """Arrows go from figure to figure; Enter or a double click opens one."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cells = TableModel()
        self.setModel(self.cells)
        self.setItemDelegate(_Frame(theme, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(self._open)

    def show_table(self, report: Report, table: Table | None) -> None:
        """Show a table, with the keyboard on its first figure."""
        self.cells.show_table(report, table)
        self.setAccessibleName(table.title if table is not None else _("Figures"))
        self._size()
        if self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, min(self.cells.heads, self.cells.columnCount() - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way to figures in a narrow window."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._size()

    def _open(self, index: Index) -> None:
        cell_id = self.cells.cell_id(index)
        if cell_id is not None:
            self.opened.emit(cell_id)

    def _size(self) -> None:
        letter = QFontMetrics(self.font()).averageCharWidth()
        self.resizeColumnsToContents()
        for place in range(self.cells.columnCount()):
            wide = self.columnWidth(place) + (0 if place < self.cells.heads else PADDING // 2)
            if place < self.cells.heads:
                self.setColumnWidth(
                    place, min(wide, WIDEST_WORDS * letter, round(self.viewport().width() * WIDEST_SHARE))
                )
            else:
                self.setColumnWidth(place, max(wide, LEAST_FIGURE * letter))
        # Qt measures every line anew: of a long table that would be felt at each step of the window's edge.
        if self.cells.rowCount() <= MEASURED:
            self.resizeRowsToContents()


class FiguresView(QWidget):
    """Which table, the table, and what is said under it."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.which = combo(_("Table of the report"), [])
        self.table = FiguresTable(theme)
        self.notes = label("", "help", wrap=True)
        self.where = label("", "subheading", wrap=True)
        self._report: Report | None = None
        caption = label(_("Table"), "caption")
        caption.setBuddy(self.which)
        choosing = row(caption, self.which)
        choosing.setStretch(1, 1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addLayout(choosing)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.where)
        inside.addWidget(self.notes)
        inside.addWidget(
            label(_("Enter opens what is behind a figure. Ctrl+Page Down: the next table."), "help", wrap=True)
        )
        self.which.activated.connect(lambda _place: self._show())
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._say_where())
        self.table.horizontalScrollBar().valueChanged.connect(lambda _place: self._say_where())
        self.where.hide()
        self._keys = [self._key("Ctrl+PgDown", 1), self._key("Ctrl+PgUp", -1)]

    def show_report(self, report: Report) -> None:
        """Show the tables of a report; the one that was shown stays in sight when there still is one of its key."""
        kept = self.which.currentData()
        self._report = report
        self.which.clear()
        for table in report.tables():
            if table.rows:
                self.which.addItem(" · ".join(part for part in (table.number, table.title) if part), table.key)
        self.which.setCurrentIndex(max(0, self.which.findData(kept)))
        self._show()

    def show_figure(self, cell_id: CellId) -> None:
        """Put the keyboard on a figure."""
        assert self._report is not None
        for table in self._report.tables():
            for place, (key, _cell) in enumerate(table.cells()):
                if key == cell_id:
                    self.which.setCurrentIndex(self.which.findData(table.key))
                    self._show()
                    line, column = divmod(place, len(table.columns))
                    self.table.setCurrentIndex(self.table.cells.index(line, len(table.heads) + column))
                    return

    def turn(self, step: int) -> None:
        """The table after, or with -1 before, if there is one."""
        place = self.which.currentIndex() + step
        if 0 <= place < self.which.count():
            self.which.setCurrentIndex(place)
            self._show()

    def _show(self) -> None:
        report, key = self._report, self.which.currentData()
        if report is None:
            return
        table = report.table(str(key)) if key else None
        self.table.show_table(report, table)
        self.notes.setText("\n".join(table.notes) if table is not None else "")
        self.notes.setVisible(bool(self.notes.text()))

    def _say_where(self) -> None:
        """What the figure with the keyboard is, while the words at the head of its row are out of sight."""
        index = self.table.currentIndex()
        away = self.table.horizontalScrollBar().value() > 0 and index.isValid()
        self.where.setText(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "") if away else "")
        self.where.setVisible(away)

    def _key(self, keys: str, step: int) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.turn(step))
        return shortcut
