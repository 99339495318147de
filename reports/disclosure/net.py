# SPDX-License-Identifier: Apache-2.0
"""All cells and everything a reader knows of them, numbered, so that whole years are gone through in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reports.disclosure.sums import Cell, Sum

ENDLESS: Final = 1 << 60
Limits = tuple[int, int]
"""Least and greatest value a reader must think possible."""


@dataclass(frozen=True)
class AtMost:
    """What everybody knows where no sum holds: different people of a month are no more than those of its year."""

    part: Cell
    wholes: tuple[Cell, ...]


class Net:
    """Cells as numbers from nought; lines are sums and comparisons, each a list of cells with their signs.

    Cells that a sum says to be the same have one number: what stands in three tables is looked at once. A cell without
    a value has one that nobody knows. `slack` of a line is None for a sum, and for a comparison by how much its right
    side is greater.
    """

    def __init__(self, values: Mapping[Any, int | None], sums: Sequence[Sum], compared: Iterable[AtMost] = ()) -> None:
        first = _same(values, sums)
        self.cells: list[Cell] = [cell for cell in values if first.get(cell, cell) == cell]
        numbers = {cell: at for at, cell in enumerate(self.cells)}
        self.at: dict[Cell, int] = {cell: numbers[first.get(cell, cell)] for cell in values}
        self.values: list[int | None] = [values[cell] for cell in self.cells]
        self._seen: set[tuple[tuple[int, int], ...]] = set()
        self.lines: list[tuple[tuple[int, int], ...]] = []
        self.slack: list[int | None] = []
        self.lines_of: list[list[tuple[int, int]]] = [[] for _cell in self.cells]
        self.totals: set[int] = set()
        for one in sums:
            self._add(((one.total, 1), *((part, -1) for part in one.parts)), None)
            self.totals.add(self.at[one.total])
        for each in compared:
            self._compare(each)
        self.hidden: list[bool] = [False] * len(self.cells)
        self.open: list[dict[int, int]] = [{} for _line in self.lines]
        """Of each line its hidden cells with their signs."""

    def hide(self, cell: int) -> None:
        """From now on this cell is not known."""
        if not self.hidden[cell]:
            self.hidden[cell] = True
            for line, sign in self.lines_of[cell]:
                self.open[line][cell] = sign

    def show(self, cell: int) -> None:
        """It is known after all."""
        self.hidden[cell] = False
        for line, _sign in self.lines_of[cell]:
            del self.open[line][cell]

    def _compare(self, one: AtMost) -> None:
        known = [self.values[self.at[cell]] for cell in (one.part, *one.wholes)]
        if any(value is None for value in known):
            return
        least, *most = (value or 0 for value in known)
        # Corrected records may say otherwise; then nobody can rely on it.
        if least <= sum(most):
            self._add(((one.part, -1), *((whole, 1) for whole in one.wholes)), sum(most) - least)

    def _add(self, signed: Iterable[tuple[Cell, int]], slack: int | None) -> None:
        found: dict[int, int] = {}
        for cell, sign in signed:
            at = self.at[cell]
            found[at] = found.get(at, 0) + sign
        line = tuple((at, sign) for at, sign in sorted(found.items()) if sign)
        if not line or (slack is None and line in self._seen):
            return
        if slack is None:
            self._seen.add(line)
        for at, sign in line:
            self.lines_of[at].append((len(self.lines), sign))
        self.lines.append(line)
        self.slack.append(slack)


def _same(values: Mapping[Any, int | None], sums: Sequence[Sum]) -> dict[Any, Any]:
    """Of cells that are the same the one that comes first, for all but that one."""
    order = {cell: at for at, cell in enumerate(values)}
    first: dict[Any, Any] = {}

    def found(cell: Any) -> Any:
        while cell in first:
            cell = first[cell]
        return cell

    for one in sums:
        if len(one.parts) == 1 and values[one.total] == values[one.parts[0]]:
            total, part = found(one.total), found(one.parts[0])
            if total != part:
                sooner, later = sorted((total, part), key=order.__getitem__)
                first[later] = sooner
    return {cell: found(cell) for cell in first}
