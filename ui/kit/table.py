# SPDX-License-Identifier: Apache-2.0
"""Long lists: rows come in pages of 200 by keyset as one scrolls; what is shown stays while a change runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from resource_centre.i18n import _
from ui.kit.worker import Worker

PAGE = 200
ROW_PADDING = 14
LEAST_REST = 150
"""Pixels below which a column that takes the rest is of no use."""
KEEP_AT_MOST = 1000

Index = QModelIndex | QPersistentModelIndex


class Row(Protocol):
    """Any frozen row with an id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True)
class Column:
    """One column: its title, how a row shows in it, its width in characters (0 takes the rest), and whether numeric."""

    title: str
    text: Callable[[Any], str]
    width: int = 0
    right: bool = False
    tone: Callable[[Any], str] | None = None
    """Name of a theme colour for this row's text, or ''."""
    spare: bool = False
    """Left out where the list is too narrow for all its columns; what it says stands elsewhere too."""


Fetch = Callable[[Any, Any, int], Sequence[Any]]
"""``fetch(session, last_row_or_None, limit) -> rows``: the rows after `last_row`, in the list's order."""


class Rows(QAbstractTableModel):
    """A list model over `fetch`. `ask` replaces the question (a new search), `refresh` asks the same again."""

    counted = Signal(int, bool)
    """Rows loaded so far, and whether that is all of them."""
    about_to_reset = Signal()

    def __init__(self, worker: Worker, columns: Sequence[Column], fetch: Fetch | None = None) -> None:
        super().__init__()
        self._worker = worker
        self.columns = tuple(columns)
        self._fetch = fetch
        self._rows: list[Any] = []
        self._whole = fetch is None
        self._asking: object | None = None
        self._nouns: frozenset[str] = frozenset()
        self._name = f"rows-{id(self)}"

    def ask(self, fetch: Fetch) -> None:
        """Show what this question gives; the rows of the old one stay until the new ones are there."""
        self._fetch = fetch
        self._read_first(PAGE)

    def refresh(self) -> None:
        """Read again what is loaded, because something changed."""
        self._read_first(min(max(len(self._rows), PAGE), KEEP_AT_MOST))

    def refresh_on(self, *nouns: str) -> None:
        """Refresh after every change of one of these nouns (``"Person"``)."""
        if not self._nouns:
            self._worker.changed.connect(self._look)
        self._nouns = frozenset(nouns)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are there already."""
        self._fetch = None
        self._replace(list(rows), whole=True)

    def row(self, index: int) -> Any:
        """The row at a position."""
        return self._rows[index]

    def position_of(self, row_id: str) -> int:
        """Where a row is, -1 when it is not loaded."""
        return next((place for place, row in enumerate(self._rows) if row.id == row_id), -1)

    def _look(self, changed: dict[str, set[str]]) -> None:
        if not self._nouns.isdisjoint(changed):
            self.refresh()

    def _read_first(self, limit: int) -> None:
        self._read(None, limit, lambda rows: self._replace(rows, whole=len(rows) < limit))

    def _read(self, last: Any, limit: int, done: Callable[[list[Any]], None]) -> None:
        fetch = self._fetch
        if fetch is None:
            return
        token = self._asking = object()

        def over() -> None:
            if self._asking is token:
                self._asking = None

        self._worker.read(
            lambda session: list(fetch(session, last, limit)), done, replaces=self._name, finished=over, owner=self
        )

    def _replace(self, rows: list[Any], *, whole: bool) -> None:
        self.about_to_reset.emit()
        self.beginResetModel()
        self._rows, self._whole = rows, whole
        self.endResetModel()
        self.counted.emit(len(rows), whole)

    def _append(self, rows: list[Any]) -> None:
        self._whole = len(rows) < PAGE
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        self.counted.emit(len(self._rows), self._whole)

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows loaded so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as columns were given."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment and colour; nothing else."""
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.AccessibleTextRole:
            return self.columns[index.column()].text(self._rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()].right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self.columns[index.column()].tone
            colour = tone(self._rows[index.row()]) if tone else ""
            return QColor(colour) if colour else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there is a further page and nobody is fetching it yet."""
        return not parent.isValid() and not self._whole and self._asking is None

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        """Ask for the next page."""
        if self._asking is None:
            self._read(self._rows[-1] if self._rows else None, PAGE, self._append)


class _Toned(QStyledItemDelegate):
    """A text in a colour of its own keeps it on the line the keyboard is on: what is late stands there most often."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of a chosen line, and the text as on any other."""
        chosen = QStyle.StateFlag.State_Selected
        if option.state & chosen and index.data(Qt.ItemDataRole.ForegroundRole) is not None:
            painter.fillRect(option.rect, option.palette.highlight())
            option = QStyleOptionViewItem(option)
            option.state &= ~chosen
        super().paint(painter, option, index)


class RowsView(QTableView):
    """The list itself: whole rows, Enter or double click chooses one, words instead of an empty space."""

    chosen = Signal(str)
    """The id of the row that was chosen."""
    picked = Signal(str)
    """The id of the row the keyboard is on now."""

    def __init__(self, rows: Rows, name: str, *, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._nothing = nothing or _("Nothing here yet.")
        self._kept: str | None = None
        self._least_width = 0
        self.setAccessibleName(name)
        self.setModel(rows)
        self._dress()
        rows.about_to_reset.connect(self._before_reset)
        rows.modelReset.connect(self._after_reset)
        self.doubleClicked.connect(self._choose)
        self.selectionModel().currentRowChanged.connect(self._tell_picked)

    def say_when_empty(self, words: str) -> None:
        """What is written where rows would be."""
        self._nothing = words
        self.viewport().update()

    def current_id(self) -> str | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return str(self._rows.row(index.row()).id) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be spared gives its room to the rest in a narrow list."""
        super().resizeEvent(event)
        columns = self._rows.columns
        if any(column.spare for column in columns):
            narrow = self._least_width > self.viewport().width()
            for place, column in enumerate(columns):
                self.setColumnHidden(place, column.spare and narrow)
            rest = any(not column.width and not column.spare for column in columns)
            self.horizontalHeader().setStretchLastSection(narrow and not rest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, or the words that say why there are none."""
        super().paintEvent(event)
        if self._rows.rowCount() == 0:
            painter = QPainter(self.viewport())
            # A styled widget's own palette has its placeholder colour half faded.
            painter.setPen(QGuiApplication.palette().placeholderText().color())
            place = self.viewport().rect().adjusted(24, 24, -24, -24)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), self._nothing)
            painter.end()

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + ROW_PADDING)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setStretchLastSection(False)
        letter = QFontMetrics(self.font()).averageCharWidth()
        bold = QFont(self.font())
        bold.setBold(True)
        for place, column in enumerate(self._rows.columns):
            if column.tone is not None:
                self.setItemDelegateForColumn(place, _Toned(self))
            if column.width:
                title = QFontMetrics(bold).horizontalAdvance(column.title)
                self.setColumnWidth(place, max(column.width * letter, title) + 26)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        places = range(len(self._rows.columns))
        self._least_width = sum(
            self.columnWidth(place) if self._rows.columns[place].width else LEAST_REST for place in places
        )

    def _before_reset(self) -> None:
        self._kept = self.current_id()
        # Resetting while scrolled down costs Qt microseconds per remaining row (measured: 393 ms at 100,000).
        self.scrollToTop()

    def _after_reset(self) -> None:
        place = self._rows.position_of(self._kept) if self._kept else -1
        if place >= 0:
            self.selectRow(place)
            self.scrollTo(self._rows.index(place, 0))

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(str(self._rows.row(index.row()).id))

    def _tell_picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(str(self._rows.row(index.row()).id))
