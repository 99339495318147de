# SPDX-License-Identifier: Apache-2.0
"""Values that several computers wrote without knowledge of each other: side by side, one key settles each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import GAP, WIDE_GAP, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.conflicts_side import cards_of, whose
from ui.pages.home_words import grouped

if TYPE_CHECKING:
    from resource_centre.services.conflicts import OpenConflict, Settled

LEFT, RIGHT = 0, 1


@dataclass(frozen=True)
class Difference:
    """A line of the list."""

    conflict: OpenConflict

    @property
    def id(self) -> str:
        """One field of one record."""
        return f"{self.conflict.row_id}/{self.conflict.field}"


class ConflictsPage(Page):
    """The list at the left, the values at the right; a key decides and the next one follows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Differences"), scrolls=False)
        self.total = 0
        self.settled: list[tuple[Settled, Difference]] = []
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Differences"), nothing=_("One moment…"))
        self.heading = label("", "heading", wrap=True)
        self.about = label("", "muted", wrap=True)
        self.sides = QGridLayout()
        self.sides.setSpacing(WIDE_GAP)
        self.later = button(_("Later (Space)"), self.put_off)
        self.open_person = button(_("Open the person"), self._open_person, role="link")
        self.undo = button(_("Take back"), self.take_back, help="Ctrl+Z")
        self.right = QWidget()
        self._lay_out()
        self._listen()

    def opened(self, subject: object = None) -> None:  # noqa: ARG002
        """Read the list anew."""
        self._look()

    def first_field(self) -> QWidget | None:
        """The keyboard is in the list: all keys work there."""
        return self.list

    @property
    def current(self) -> Difference | None:
        """The line that is shown."""
        index = self.list.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def choose(self, at: int) -> None:
        """Let one of the values stand, and go on with the next line."""
        line = self.current
        if line is None or at >= len(line.conflict.sides):
            return
        conflict = line.conflict
        dot, other = conflict.sides[at].dot, conflict.sides[0 if at else 1].dot
        self._drop(line)

        def change(session: Any) -> Settled:
            from resource_centre.services.conflicts import settle_for_now

            return settle_for_now(session, conflict.row_id, conflict.field, dot, other)

        self.desk.worker.change(change, lambda done: self._settled(done, line), self._refused, owner=self)

    def put_off(self) -> None:
        """Leave the line for later: it goes to the end of the list."""
        line = self.current
        if line is not None:
            lines = [one for one in self._lines() if one is not line]
            at = self.list.currentIndex().row()
            self._show([*lines, line], at if at < len(lines) else 0)

    def take_back(self) -> None:
        """Let the other value of the last decision stand."""
        if not self.settled:
            return
        last, line = self.settled.pop()

        def change(session: Any) -> None:
            from resource_centre.services.conflicts import take_back

            take_back(session, last)

        def done(_nothing: object) -> None:
            words = _("Taken back: of “{field}” the other value stands now.").format(field=line.conflict.label)
            self.desk.messages.done(words)

        self.desk.worker.change(change, done, self._refused, owner=self)
        self._say_actions()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that decide work in the list."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """They work on the buttons too."""
        if not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.choose(LEFT if key == Qt.Key.Key_Left else RIGHT)
        elif key == Qt.Key.Key_Space or text == "0":
            self.put_off()
        elif len(text) == 1 and text in "123456789":
            self.choose(int(text) - 1)
        else:
            return False
        return True

    # Reading and showing

    def _look(self) -> None:
        self.desk.worker.read(_read, self.show_read, replaces="conflicts", owner=self)

    def show_read(self, found: tuple[int, list[Difference]]) -> None:
        """Show what was read."""
        self.total, lines = found
        self.list.say_when_empty(_("No values differ. What comes with the next bundle is listed here when it does."))
        kept = self.list.current_id()
        at = next((place for place, one in enumerate(lines) if one.id == kept), 0)
        self._show(lines, at)

    def _lines(self) -> list[Difference]:
        return [self.rows.row(at) for at in range(self.rows.rowCount())]

    def _drop(self, line: Difference) -> None:
        at = self.list.currentIndex().row()
        lines = [one for one in self._lines() if one is not line]
        self.total = max(0, self.total - 1)
        self._show(lines, min(at, len(lines) - 1))

    def _show(self, lines: list[Difference], at: int) -> None:
        self.rows.show_rows(lines)
        words = ngettext("{n} value differs", "{n} values differ", self.total).format(n=grouped(self.total))
        self.set_title(_("Differences"), words if self.total else "")
        if lines:
            self.list.selectRow(max(0, at))
        self._show_current()

    def _show_current(self) -> None:
        line = self.current
        empty(self.sides)
        self.right.setVisible(line is not None)
        if line is not None:
            conflict = line.conflict
            self.heading.setText(conflict.label)
            self.about.setText(whose(conflict))
            cards = cards_of(conflict, self.choose)
            for at, card in enumerate(cards):
                self.sides.addWidget(card, at // 2, at % 2)
            for one, other in pairwise([self.list, *(card.choose for card in cards), self.later]):
                QWidget.setTabOrder(one, other)
            self.open_person.setVisible(conflict.person_id is not None)
        self._say_actions()

    def _settled(self, done: Settled, line: Difference) -> None:
        self.settled.append((done, line))
        self._say_actions()
        if not self.rows.rowCount():
            self._look()

    def _refused(self, error: Exception) -> None:
        self.desk.messages.show_error(error)
        self._look()

    def _say_actions(self) -> None:
        self.undo.setEnabled(bool(self.settled))

    def _open_person(self) -> None:
        line = self.current
        if line is not None and line.conflict.person_id is not None:
            self.desk.go("person", line.conflict.person_id)

    # Building

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.undo)
        self.sides.setColumnStretch(0, 1)
        self.sides.setColumnStretch(1, 1)
        inside = QVBoxLayout(self.right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        values = QVBoxLayout()
        values.addLayout(self.sides)
        values.addStretch(1)
        for part in (self.heading, self.about):
            inside.addWidget(part)
        inside.addWidget(scrolling(values), 1)
        inside.addLayout(row(self.later, self.open_person, None))
        both = row(self.list, self.right, gap=WIDE_GAP)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.body.addLayout(both, 1)
        keys = _("One key settles a line: 1 or ← the left value, 2 or → the right one, Space later, Ctrl+Z takes back.")
        self.body.addWidget(label(keys, "help", wrap=True))
        self.right.hide()
        self._say_actions()

    def _listen(self) -> None:
        self.list.installEventFilter(self)
        self.list.picked.connect(lambda _id: self._show_current())
        self.list.chosen.connect(lambda _id: self._open_person())
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.take_back)


def _columns() -> list[Column]:
    return [
        Column(_("Whose"), whose_in_short),
        Column(_("Field"), lambda one: one.conflict.label),
    ]


def whose_in_short(line: Difference) -> str:
    """The name without the number, which stands beside the values."""
    return line.conflict.person.split(" · ")[0] or line.conflict.noun


def _read(session: Any) -> tuple[int, list[Difference]]:
    from resource_centre.services.conflicts import count_conflicts, open_conflicts

    return count_conflicts(session), [Difference(one) for one in open_conflicts(session)]
