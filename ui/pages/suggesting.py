# SPDX-License-Identifier: Apache-2.0
"""A line that offers what it could be while one types: people, villages, answers of a list; the keyboard stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

PAUSE_MS = 90
MOST_SHOWN = 8
ROOM = 10

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Suggestion:
    """One thing the line could be: what it says, what tells it apart, and the value behind it."""

    text: str
    detail: str = ""
    value: Any = None


class Suggestions(QAbstractListModel):
    """The list that is offered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offered: tuple[Suggestion, ...] = ()

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Replace the list."""
        self.beginResetModel()
        self.offered = tuple(suggestions)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as are offered."""
        return 0 if parent.isValid() else len(self.offered)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is read, and what a screen reader says."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        offered = self.offered[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and offered.detail:
            return f"{offered.text}, {offered.detail}"
        return offered.text


class _Lines(QStyledItemDelegate):
    """The text, and in a quieter colour what tells it apart."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offered = index.model().offered[index.row()]  # type: ignore[attr-defined]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        place: QRect = option.rect
        metrics = option.fontMetrics
        painter.save()
        if selected:
            painter.fillRect(place, palette.highlight())
        painter.setPen(palette.highlightedText().color() if selected else palette.text().color())
        inside = place.adjusted(ROOM, 0, -ROOM, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, offered.text)
        used = metrics.horizontalAdvance(offered.text) + 14
        painter.setPen(palette.highlightedText().color() if selected else palette.placeholderText().color())
        rest = metrics.elidedText(offered.detail, Qt.TextElideMode.ElideRight, max(0, inside.width() - used))
        painter.drawText(inside.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, rest)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        offered = index.model().offered[index.row()]  # type: ignore[attr-defined]
        metrics = option.fontMetrics
        width = metrics.horizontalAdvance(offered.text) + metrics.horizontalAdvance(offered.detail)
        return QSize(width + 14 + 2 * ROOM + 4, metrics.height() + 10)


class SuggestingLine(QLineEdit):
    """Emits `wondering` a moment after each key; whoever knows answers with `offer`. `taken` when one is chosen."""

    wondering = Signal(str)
    taken = Signal(object)
    """The `Suggestion` that was chosen."""

    def __init__(self, parent: QWidget | None = None, *, first_is_chosen: bool = False) -> None:
        super().__init__(parent)
        self._first_is_chosen = first_is_chosen
        self._suggestions = Suggestions(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.wonder_now)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.list = self._make_list()

    def wonder_now(self) -> None:
        """Ask now what the text could be."""
        self._pause.stop()
        self.wondering.emit(self.text())

    def wonder_if_late(self) -> None:
        """Ask now if the pause after the last key is not over yet; for those who type faster than it."""
        if self._pause.isActive():
            self.wonder_now()

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these below the line; nothing hides the list."""
        self._suggestions.offer(suggestions)
        if not suggestions or not self.hasFocus():
            self.list.hide()
            return
        if self._first_is_chosen:
            self.list.setCurrentIndex(self._suggestions.index(0))
        self._place_list()
        self.list.show()

    def offered(self) -> tuple[Suggestion, ...]:
        """What is offered now; nothing when the list is not shown."""
        return self._suggestions.offered if self.list.isVisible() else ()

    def close_list(self) -> None:
        """Offer nothing for now."""
        self._pause.stop()
        self.list.hide()

    def take_current(self) -> bool:
        """Choose the marked line; False when none is marked."""
        index = self.list.currentIndex()
        if not self.list.isVisible() or not index.isValid():
            return False
        self._take(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up walk the list, Enter chooses, Escape closes it."""
        key = event.key()
        if self.list.isVisible() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take_current():
            event.accept()
        elif key == Qt.Key.Key_Escape and self.list.isVisible():
            self.close_list()
        elif key == Qt.Key.Key_Down and not self.list.isVisible():
            self.wonder_now()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leaving the line closes the list."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            self.close_list()
        return super().event(event)

    def _walk(self, step: int) -> None:
        last = self._suggestions.rowCount() - 1
        now = self.list.currentIndex().row() if self.list.currentIndex().isValid() else -1
        self.list.setCurrentIndex(self._suggestions.index(max(0, min(last, now + step))))

    def _take(self, index: Index) -> None:
        chosen = self._suggestions.offered[index.row()]
        self.close_list()
        self.setText(chosen.text)
        self.taken.emit(chosen)

    def _make_list(self) -> QListView:
        # A tool tip window takes neither focus nor activation, so the line keeps the keyboard on every desktop.
        made = QListView(self)
        made.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        made.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setProperty("role", "popup")
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setModel(self._suggestions)
        made.setItemDelegate(_Lines(made))
        made.setUniformItemSizes(False)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.clicked.connect(self._take)
        made.hide()
        return made

    def _place_list(self) -> None:
        shown = min(MOST_SHOWN, self._suggestions.rowCount())
        high = self.list.sizeHintForRow(0) * shown + 6
        wide = max(self.width(), min(620, self.list.sizeHintForColumn(0) + 24))
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        room = self.screen().availableGeometry()
        if below.y() + high > room.bottom():
            below = self.mapToGlobal(QPoint(0, -high - 2))
        below.setX(max(room.left(), min(below.x(), room.right() - wide)))
        self.list.setGeometry(below.x(), below.y(), wide, high)
