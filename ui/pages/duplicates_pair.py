# SPDX-License-Identifier: Apache-2.0
"""Two records side by side: ← or → chooses the value of a line, and a person says whether they are one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import ROW_PADDING, Column, Rows, RowsView
from ui.pages.duplicates_store import Compared
from ui.pages.duplicates_words import Line, both_words, lines_of, why_words

CHOSEN = "✓ "
SIDES = 20
"""Pixels of a cell at the left and right of its text."""
TALL = 10_000


class PairPart(QWidget):
    """Emits what was decided about the pair that is shown."""

    same = Signal()
    different = Signal()
    later = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found: Compared | None = None
        self.taken: set[str] = set()
        self.names = label("", "heading", wrap=True)
        self.why = label("", "warning", wrap=True)
        self.nik = label(_("Both records have the same NIK."), "error", wrap=True)
        self.rows = Rows(desk.worker, self._columns())
        self.lines = RowsView(self.rows, _("Both records side by side"), nothing=_("One moment…"))
        self.say_same = button(_("The &same person"), self.same.emit, role="main")
        self.say_different = button(_("&Two people"), self.different.emit)
        self.say_later = button(_("&Later"), self.later.emit)
        self.lines.setWordWrap(True)  # both values are read whole, however narrow the window is
        self.lines.horizontalHeader().sectionResized.connect(lambda *_how: self._fit_rows())
        self.lines.installEventFilter(self)
        self.lines.clicked.connect(lambda index: self._take(index.column() == 2) if index.column() else None)
        self._lay_out()

    def show_pair(self, found: Compared) -> None:
        """Show two records; gaps are proposed to be filled from the right one."""
        self.found = found
        self.taken = set(found.sides.suggested)
        self.names.setText(both_words(found.row))
        self.why.setText(why_words(found.row))
        self.nik.setVisible(found.sides.same_nik)
        lines = lines_of(self.desk, found)
        self.rows.show_rows(lines)
        self._fit_rows()
        self.lines.selectRow(next((at for at, one in enumerate(lines) if one.name), 0))

    @property
    def choices(self) -> tuple[str, ...]:
        """The fields taken from the right record."""
        return tuple(sorted(self.taken))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """← and →, or 1 and 2, choose."""
        if watched is self.lines and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            side = {Qt.Key.Key_Left: False, Qt.Key.Key_1: False, Qt.Key.Key_Right: True, Qt.Key.Key_2: True}
            right = side.get(Qt.Key(event.key()))
            if right is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._take(right, go_on=True)
                return True
        return super().eventFilter(watched, event)

    def _fit_rows(self) -> None:
        """Every line as high as its longest text is in its column."""
        metrics, wrapped = self.lines.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        for at in range(self.rows.rowCount()):
            line = self.rows.row(at)
            heights = [
                metrics.boundingRect(0, 0, max(1, self.lines.columnWidth(place) - SIDES), TALL, wrapped, text).height()
                for place, text in enumerate((line.label, self._left(line), self._right(line)))
            ]
            self.lines.setRowHeight(at, max(heights) + ROW_PADDING)

    def _take(self, right: bool, *, go_on: bool = False) -> None:
        at = self.lines.currentIndex().row()
        if at < 0:
            return
        line: Line = self.rows.row(at)
        if line.name:
            (self.taken.add if right else self.taken.discard)(line.name)
            self.rows.dataChanged.emit(self.rows.index(at, 0), self.rows.index(at, 2))
        if go_on:
            last = self.rows.rowCount()
            self.lines.selectRow(next((one for one in range(at + 1, last) if self.rows.row(one).name), at))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Field"), lambda line: line.label, width=15),
            Column(_("Left: stays"), self._left, tone=lambda line: self._tone(line, right=False)),
            Column(_("Right: joins it"), self._right, tone=lambda line: self._tone(line, right=True)),
        )

    def _left(self, line: Line) -> str:
        return f"{CHOSEN}{line.a}" if line.name and line.name not in self.taken else line.a

    def _right(self, line: Line) -> str:
        return f"{CHOSEN}{line.b}" if line.name in self.taken else line.b

    def _tone(self, line: Line, *, right: bool) -> str:
        if not line.name:
            return ""
        colours = self.desk.theme.colours
        return colours.accent_strong if (line.name in self.taken) is right else colours.muted

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        keys = _("← or → chooses the value that is kept (✓). Both histories stay.")
        for part in (self.names, self.why, self.nik):
            inside.addWidget(part)
        inside.addWidget(self.lines, 1)
        inside.addWidget(label(keys, "help", wrap=True))
        inside.addLayout(row(self.say_same, self.say_different, self.say_later, None))
