# SPDX-License-Identifier: Apache-2.0
"""How the columns of each sheet were understood, with what stands in them; every one can be corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.editors_codes import ComboBox
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, Card, empty, label
from ui.pages.imports_words import field_choices, kind_words
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.registers.rows import SheetReport, Understood
    from resource_centre.registers.tables import Column

EXAMPLES = 3
LONGEST_EXAMPLE = 60


class ColumnsView(QWidget):
    """One card per sheet; `corrected(headings -> fields)` after each choice."""

    def __init__(self, corrected: Callable[[dict[str, str]], None]) -> None:
        super().__init__()
        self._corrected = corrected
        self.combos: dict[tuple[str, str], ComboBox] = {}
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GAP * 2)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.addWidget(scrolling(self._cards))

    def show_understood(self, understood: Understood) -> None:
        """Show the sheets of a file."""
        empty(self._cards)
        self.combos.clear()
        for sheet in understood.sheets:
            self._cards.addWidget(self._card(sheet, understood))
        self._cards.addStretch(1)

    def _card(self, sheet: SheetReport, understood: Understood) -> Card:
        card = Card(sheet.name)
        rows = ngettext("{n} row", "{n} rows", sheet.rows).format(n=whole_number(sheet.rows))
        about = f"{kind_words(sheet.kind)} · {rows}" if sheet.kind else kind_words(None)
        if sheet.hidden:
            about += " · " + _("hidden sheet")
        card.body.addWidget(label(about, "muted"))
        if sheet.kind:
            card.body.addLayout(self._columns(sheet, understood))
        return card

    def _columns(self, sheet: SheetReport, understood: Understood) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for place, words in enumerate((_("Column"), _("is taken as"), _("What stands in it"))):
            grid.addWidget(label(words, "caption"), 0, place)
        columns = sorted((*sheet.columns, *sheet.unknown), key=lambda column: column.index)
        for line, column in enumerate(columns, 1):
            self._add(grid, line, sheet, column, understood)
        return grid

    def _add(self, grid: QGridLayout, line: int, sheet: SheetReport, column: Column, understood: Understood) -> None:
        combo = ComboBox()
        for name, words in field_choices(sheet.kind):
            combo.addItem(words, name)
        combo.setCurrentIndex(max(0, combo.findData(column.field)))
        combo.setMinimumWidth(230)
        combo.setAccessibleName(_("Column {heading}").format(heading=column.heading))
        combo.activated.connect(lambda _place: self._corrected({column.heading: combo.currentData()}))
        self.combos[sheet.name, column.heading] = combo
        heading = label(" ".join(column.heading.split()), wrap=True)
        heading.setMinimumWidth(150)
        grid.addWidget(heading, line, 0)
        grid.addWidget(combo, line, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(_examples(understood, sheet.name, column.heading), "muted"), line, 2)


def _examples(understood: Understood, sheet: str, heading: str) -> str:
    found: list[str] = []
    for one in understood.rows:
        text = one.raw.get(heading, "") if one.sheet == sheet else ""
        if text and text not in found:
            found.append(" ".join(text.split()))
        if len(found) == EXAMPLES:
            break
    return "  ·  ".join(text if len(text) <= LONGEST_EXAMPLE else text[:LONGEST_EXAMPLE] + "…" for text in found)
