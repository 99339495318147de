# SPDX-License-Identifier: Apache-2.0
"""Words that two people read to each other, numbered and big enough for the telephone; the same at the first start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from resource_centre.i18n import _
from ui.kit.pieces import label


class SixWords(QWidget):
    """The words in lines of `across`; `cells` are their labels in order."""

    def __init__(self, words: Sequence[str], *, across: int = 3) -> None:
        super().__init__()
        self.cells: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(10)
        for place, word in enumerate(words):
            cell = label(f"{place + 1}  {word}", "figure", selectable=True)
            cell.setAccessibleName(_("Word {number}: {word}").format(number=place + 1, word=word))
            grid.addWidget(cell, place // across, place % across)
            self.cells.append(cell)
        grid.setColumnStretch(across, 1)
