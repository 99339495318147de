# SPDX-License-Identifier: Apache-2.0
"""The whole story of a person, newest first under the years, and who has changed what.

Only the lines in sight are painted, so twenty years are as quick to scroll as one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from resource_centre.i18n import _
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, Card, empty, label, row
from ui.kit.table import Column, Index, Rows, RowsView
from ui.kit.theme import Theme
from ui.kit.typed_dates import show_date, show_partial, show_time
from ui.kit.worker import Worker
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.services.timeline import TimelineItem
    from resource_centre.services.trail import TrailEntry

SHOWN_AT_FIRST = 40
LEAST_HEIGHT = 260
WHEN, WHAT, FACTS = range(3)


@dataclass(frozen=True)
class Line:
    """One line of the list: an item, or the heading of a year."""

    id: str
    year: str
    item: TimelineItem | None = None

    @property
    def words(self) -> tuple[str, str, str]:
        """What stands in the three columns."""
        if self.item is None:
            return self.year, "", ""
        return show_partial(self.item.when), self.item.label, " · ".join(self.item.facts)


class TimelineRows(Rows):
    """The lines, with the years' headings bold and never chosen."""

    def __init__(self, worker: Worker, theme: Theme, opens: Callable[[TimelineItem], bool]) -> None:
        columns = [
            Column(_("When"), lambda line: line.words[WHEN], width=17),
            Column(_("What"), lambda line: line.words[WHAT], width=20),
            Column("", lambda line: line.words[FACTS]),
        ]
        super().__init__(worker, columns)
        self._theme = theme
        self._opens = opens
        self._bold = QFont()
        self._bold.setBold(True)

    def opens(self, line: Line) -> bool:
        """Whether a line leads somewhere."""
        return line.item is not None and self._opens(line.item)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is passed over by the keyboard."""
        return super().flags(index) if self.row(index.row()).item is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words; headings bold, what opens in the colour of links, everything cut short whole in a tip."""
        line: Line = self.row(index.row())
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if line.item is None or index.column() == WHAT else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            words = line.words[FACTS]  # Qt would draw what looks like a page of the web
            return f"<qt>{escape(words)}</qt>" if "<" in words else words or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " · ".join(part for part in line.words if part)
        return super().data(index, role)

    def _colour(self, line: Line, column: int) -> QColor | None:
        colours = self._theme.colours
        if line.item is None:
            return QColor(colours.text)
        if column == WHAT and line.item.kind == "protection":
            return QColor(colours.warning)
        if column == WHAT and self.opens(line):
            return QColor(colours.accent)
        return QColor(colours.muted) if column == WHEN else None


class TimelineView(RowsView):
    """A heading spans the list; a click on what opens opens it, as Enter does."""

    def __init__(self, rows: TimelineRows) -> None:
        super().__init__(rows, _("What has happened"), nothing=_("Nothing has been written down yet."))
        self._lines = rows
        self.setAlternatingRowColors(False)
        self.horizontalHeader().hide()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(LEAST_HEIGHT)

    def span_headings(self, lines: Sequence[Line]) -> None:
        """Let the headings of years take the whole width."""
        self.clearSpans()
        for place, line in enumerate(lines):
            if line.item is None:
                self.setSpan(place, 0, 1, self._lines.columnCount())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the newest."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._lines.rowCount() > 1:
            self.setCurrentIndex(self._lines.index(1, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand over what opens."""
        super().mouseMoveEvent(event)
        hand = self._is_link(self.indexAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on what opens."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_link(index):
            self.chosen.emit(self._lines.row(index.row()).id)

    def _is_link(self, index: QModelIndex) -> bool:
        return index.isValid() and index.column() == WHAT and self._lines.opens(self._lines.row(index.row()))


class Timeline(Card):
    """The list, and above it what kinds of things are shown."""

    def __init__(
        self,
        worker: Worker,
        theme: Theme,
        open_item: Callable[[TimelineItem], object],
        opens: Callable[[TimelineItem], bool] = lambda _item: True,
    ) -> None:
        super().__init__(_("What has happened"))
        self._open_item = open_item
        self._items: Sequence[TimelineItem] = ()
        self._shown: list[Line] = []
        self._rows = TimelineRows(worker, theme, opens)
        self.view = TimelineView(self._rows)
        self.kinds = ComboBox()
        self.kinds.setAccessibleName(_("Which things are shown"))
        self.kinds.currentIndexChanged.connect(lambda _place: self._draw())
        self.body.removeWidget(self.heading)
        self.body.addLayout(row(self.heading, None, self.kinds, gap=GAP))
        self.body.addWidget(self.view, 1)
        self.view.chosen.connect(self._open)

    def show_items(self, items: Sequence[TimelineItem]) -> None:
        """Show these, of the kinds that were chosen last."""
        self._items = items
        self._offer_kinds()
        self._draw()

    def lines(self) -> list[str]:
        """What is listed, one text per item."""
        return [" · ".join(part for part in line.words if part) for line in self._shown if line.item is not None]

    def open_nth(self, place: int) -> None:
        """Open the item at this place among those listed."""
        items = [line.item for line in self._shown if line.item is not None]
        self._open_item(items[place])

    def _offer_kinds(self) -> None:
        from resource_centre.services.timeline import GROUPS

        counts: dict[str, int] = {}
        for item in self._items:
            counts[item.group] = counts.get(item.group, 0) + 1
        chosen = self.kinds.currentData()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(_("Everything ({n})").format(n=whole_number(len(self._items))), "")
        for key, words in GROUPS.items():
            if key in counts:
                self.kinds.addItem(f"{_(words)} ({whole_number(counts[key])})", key)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))
        self.kinds.blockSignals(False)

    def _draw(self) -> None:
        group = self.kinds.currentData()
        self._shown = under_years([item for item in self._items if not group or item.group == group])
        self._rows.show_rows(self._shown)
        self.view.span_headings(self._shown)

    def _open(self, line_id: str) -> None:
        place = self._rows.position_of(line_id)
        line: Line = self._rows.row(place)
        if line.item is not None:
            self._open_item(line.item)


def under_years(items: Sequence[TimelineItem]) -> list[Line]:
    """The items with a heading before the first of each year."""
    lines: list[Line] = []
    year: str | None = None
    for item in items:
        own = item.when[:4] if item.when else ""
        if own != year:
            year = own
            lines.append(Line(f"year:{own}", own or _("date unknown")))
        lines.append(Line(f"{item.kind}:{item.record_id}", own, item))
    return lines


class Trail(Card):
    """The saves of the person's record: when, by whom, which fields. Never what was written in them."""

    def __init__(self) -> None:
        super().__init__(_("Who changed what"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)

    def show_entries(self, entries: Sequence[TrailEntry]) -> None:
        """Show these saves."""
        empty(self._lines)
        for entry in entries[:SHOWN_AT_FIRST]:
            when = f"{show_date(entry.at.date())} {show_time(entry.at.time())}"
            head = _("{when}, {who}: {what}").format(when=when, who=entry.who, what=entry.label)
            self._lines.addWidget(label(head, wrap=True))
            if entry.fields and entry.kind == "changed":
                self._lines.addWidget(label(", ".join(entry.fields), "help", wrap=True))
