# SPDX-License-Identifier: Apache-2.0
"""A form whose questions stand in sections side by side, each question above its answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.pieces import GAP, WIDE_GAP, Card, label
from ui.kit.places import Places

ROW_GAP = 10
NARROW_COMBO = 4
CLOSE = 4
LEAST_COLUMN = 380


class ColumnForm(Form):
    """Call `section` before adding fields; what is added lands in that section's card."""

    def __init__(self, places: Places, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(places, parent=parent)
        self.sections: dict[str, Card] = {}
        self._beside = across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        across.setSpacing(WIDE_GAP)
        self._columns: list[QVBoxLayout] = []
        for _number in range(columns):
            column = QVBoxLayout()
            column.setSpacing(WIDE_GAP)
            across.addLayout(column, 1)
            self._columns.append(column)
        self._inside.addLayout(across)
        self._across = self._inside

    def section(self, name: str, heading: str, *, column: int = 0, note: str = "") -> Card:
        """Begin a section at the end of a column."""
        card = Card(heading)
        card.body.setSpacing(ROW_GAP)
        card.heading.setWordWrap(True)
        if note:
            card.body.addWidget(label(note, "help", wrap=True))
        self._columns[column].addWidget(card)
        self.sections[name] = card
        self._inside = card.body
        return card

    def add_row(self, row: FormRow) -> FormRow:
        """Add a row to the section begun last."""
        row.stack()
        for combo in row.editor.findChildren(ComboBox):
            combo.setMinimumContentsLength(NARROW_COMBO)
        if isinstance(row.editor, ChoiceEditor) and (side_by_side := row.editor.main.layout()) is not None:
            side_by_side.setSpacing(CLOSE)
        return super().add_row(row)

    def side_by_side(self, *names: str, shares: Sequence[int] = (), noted: bool = False) -> None:
        """Put rows that were just added onto one line; for short answers. `noted`: something is written below them."""
        line = QHBoxLayout()
        line.setSpacing(GAP + 4)
        # Without notes the answers stand on one line even where one of the questions needs two.
        side = Qt.AlignmentFlag.AlignTop if noted else Qt.AlignmentFlag.AlignBottom
        for place, name in enumerate(names):
            self._inside.removeWidget(self.rows[name])
            line.addWidget(self.rows[name], shares[place] if shares else 1, side)
        self._inside.addLayout(line)

    def put_above(self, widget: QWidget, column: int = 0) -> None:
        """Put something above the sections of a column; the keyboard comes to it first."""
        self._columns[column].insertWidget(0, widget)
        QWidget.setTabOrder(widget.focusProxy() or widget, next(iter(self.rows.values())).editor.main)

    def close_columns(self) -> None:
        """All sections are there: short columns end where they end."""
        for column in self._columns:
            column.addStretch(1)
        self._inside = self._across

    def fit(self, width: int) -> None:
        """Put the columns below each other where there is no room for them side by side."""
        one = width < len(self._columns) * LEAST_COLUMN
        direction = QBoxLayout.Direction.TopToBottom if one else QBoxLayout.Direction.LeftToRight
        if self._beside.direction() != direction:
            self._beside.setDirection(direction)

    def show_section(self, name: str, shown: bool) -> None:
        """Show or hide a section; what is answered in it stays."""
        self.sections[name].setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stacked rows have no other shape."""
        QWidget.resizeEvent(self, event)
