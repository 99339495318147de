# SPDX-License-Identifier: Apache-2.0
"""What every kind of table file is read into: named sheets of numbered lines of plain cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

Cell = str | int | float | bool | datetime | date | time | None
"""A cell as written: text, number, date or nothing. A formula is never worked out; its last result is read."""


@dataclass(frozen=True)
class Merge:
    """Cells joined into one; line and column numbers from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """One sheet. `lines` holds only lines with something in them, by line number from 1; column 1 is index 0."""

    name: str
    lines: dict[int, list[Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False

    def fill_merges_down(self) -> None:
        """Give every line of a merged cell its value, as the eye reads it; across, the first cell keeps it."""
        for merge in self.merges:
            value = cell_at(self.lines.get(merge.top, []), merge.left - 1)
            if merge.bottom == merge.top or value is None:
                continue
            for number in range(merge.top + 1, merge.bottom + 1):
                line = self.lines.get(number)
                if line is not None:
                    put(line, merge.left - 1, value)


def cell_at(line: list[Cell], index: int) -> Cell:
    """The cell at a column index, nothing when the line is shorter."""
    return line[index] if 0 <= index < len(line) else None


def put(line: list[Cell], index: int, value: Cell) -> None:
    """Write a cell into a line, making it longer where needed."""
    if len(line) <= index:
        line.extend([None] * (index + 1 - len(line)))
    line[index] = value


def column_letters(number: int) -> str:
    """The letters a spreadsheet shows for a column number from 1: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
