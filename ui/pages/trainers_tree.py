# SPDX-License-Identifier: Apache-2.0
"""Who trained whom, as a tree that is walked with the arrow keys, and the people reached by each generation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTreeView, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, label
from ui.kit.table import ROW_PADDING, Column, Rows, RowsView
from ui.pages.trainers_store import Tree, read_tree
from ui.pages.trainers_words import active_words, cascade_words, circle_words, level_words, node_words
from ui.pages.wording import term, whole_number

if TYPE_CHECKING:
    from resource_centre.services.cascade import TreeNode

NOUNS = ("Trainer", "EventTrainer", "TrainingEvent", "Participation")
ID = int(Qt.ItemDataRole.UserRole)
MOST_LINES = 5
FIGURES = (2, 3, 4)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROOM_OF_A_COLUMN = 26

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """A row of one of the small tables."""

    id: str
    about: Any


class TrainerTreeView(QTreeView):
    """The trainers below each other; Enter or a double click chooses one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Who trained whom"))
        self.model_of = QStandardItemModel(self)
        self.setModel(self.model_of)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._choose)

    def show_trainers(self, roots: Sequence[TreeNode]) -> None:
        """Show a tree, all of it opened; the keyboard stays with the trainer it was on."""
        kept = self.current_id()
        model = self.model_of
        model.clear()
        model.setHorizontalHeaderLabels([title for title, _width, _text in _columns()])
        for place in FIGURES:
            model.setHeaderData(place, Qt.Orientation.Horizontal, RIGHT, Qt.ItemDataRole.TextAlignmentRole)
        for node in roots:
            model.appendRow(_items(node))
        self._dress()
        self.expandAll()
        self._go_to(kept)

    def current_id(self) -> str | None:
        """The trainer the keyboard is on."""
        index = self.currentIndex()
        found: str | None = index.siblingAtColumn(0).data(ID) if index.isValid() else None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(str(index.sibling(index.row(), 0).data(ID)))

    def _go_to(self, trainer_id: str | None) -> None:
        first = self.model_of.index(0, 0)
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        found = self.model_of.match(first, ID, trainer_id, 1, flags) if trainer_id else []
        self.setCurrentIndex(found[0] if found else first)

    def _dress(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        metrics = QFontMetrics(self.font())
        for place, (title, width, _text) in enumerate(_columns()):
            if place:
                wide = max(width * metrics.averageCharWidth(), int(metrics.horizontalAdvance(title) * 1.1))
                self.setColumnWidth(place, wide + ROOM_OF_A_COLUMN)


class TreeSide(QWidget):
    """Levels and generations in figures, the tree below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shown: Tree | None = None
        self.summary = label("", "heading", wrap=True)
        self.circles = label("", "warning", wrap=True)
        self.circles.hide()
        self.levels = label("", wrap=True)
        self.generations = _table(desk, _generation_columns(), _("By generation"))
        self.tree = TrainerTreeView()
        self._lay_out()
        desk.worker.changed.connect(self._changed)

    def refresh(self) -> None:
        """Read it again."""
        self.desk.worker.read(read_tree, self._show, replaces="trainer-tree")

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.summary)
        inside.addWidget(self.circles)
        inside.addWidget(self.generations)
        inside.addWidget(self.levels)
        inside.addWidget(self.tree, 1)
        words = _(
            "A person counts for the lowest generation that reached them, an event for the generation of its lead."
        )
        inside.addWidget(label(words, "help", wrap=True))

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not changed.keys().isdisjoint(NOUNS):
            self.refresh()

    def _show(self, tree: Tree) -> None:
        self.shown = tree
        found = tree.cascade
        self.summary.setText(cascade_words(found))
        names = {node.id: node.name or "" for root in tree.roots for node in root.everybody()}
        self.circles.setText(circle_words(found, names))
        self.circles.setVisible(bool(found.cycles))
        self.levels.setText("\n".join(level_words(one, found.active_months) for one in found.levels))
        rows = self.generations.model()
        assert isinstance(rows, Rows)
        rows.show_rows([Line(str(one.generation), one) for one in found.generations])
        self.generations.setFixedHeight(_height(self.generations))
        self.tree.show_trainers(tree.roots)


def _columns() -> tuple[tuple[str, int, Callable[[TreeNode], str]], ...]:
    return (
        (_("Name"), 0, lambda node: node.name or ""),
        (_("Level"), 28, lambda node: term("trainer_level", node.level)),
        (_("Generation"), 8, lambda node: str(node.generation)),
        (_("Sessions"), 8, lambda node: whole_number(node.sessions)),
        (_("People reached"), 10, lambda node: whole_number(node.people)),
        (_("Active"), 16, lambda node: active_words(node.active, node.ended_on is not None and not node.active)),
    )


def _items(node: TreeNode) -> list[QStandardItem]:
    """One line of the tree with everybody below it."""
    items = []
    for place, (_title, _width, text) in enumerate(_columns()):
        item = QStandardItem(text(node))
        item.setData(node_words(node), Qt.ItemDataRole.AccessibleTextRole)
        if place in FIGURES:
            item.setTextAlignment(RIGHT)
        items.append(item)
    items[0].setData(node.id, ID)
    for child in node.children:
        items[0].appendRow(_items(child))
    return items


def _table(desk: Desk, columns: tuple[Column, ...], name: str) -> RowsView:
    made = RowsView(Rows(desk.worker, columns), name, nothing=_("Nobody yet."))
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setFixedHeight(_height(made))
    return made


def _height(table: RowsView) -> int:
    """As high as its lines, up to a few."""
    lines = max(1, min(MOST_LINES, table.model().rowCount()))
    line = QFontMetrics(table.font()).height() + ROW_PADDING
    return line * lines + table.horizontalHeader().sizeHint().height() + 6


def _generation_columns() -> tuple[Column, ...]:
    def figure(name: str) -> Callable[[Line], str]:
        return lambda line: whole_number(getattr(line.about, name))

    return (
        Column(_("Generation"), lambda line: str(line.about.generation)),
        Column(_("Trainers"), figure("trainers"), width=9, right=True),
        Column(_("Sessions"), figure("sessions"), width=9, right=True),
        Column(_("People"), figure("people"), width=9, right=True),
        Column(_("Women"), figure("women"), width=9, right=True),
        Column(_("Men"), figure("men"), width=9, right=True),
        Column(_("Reached before"), figure("also_reached"), width=9, right=True),
        Column(_("Only counted"), figure("heads"), width=9, right=True),
    )
