# SPDX-License-Identifier: Apache-2.0
"""What follows from published numbers: which hidden ones a reader who knows all sums can work out.

A table's totals, a village in its district, a month in its year are all sums of cells. With what is published known,
each sum is a linear equation between the hidden cells; a hidden cell can be worked out exactly when some combination
of the equations holds it alone. Counting is done in a prime field: what follows over the fractions follows there too,
but for a prime that divides one of a few determinants, which is as good as never for a prime of this size.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Final

Cell = Hashable
PRIME: Final = 2**61 - 1


@dataclass(frozen=True)
class Sum:
    """One equation everybody knows: the `total` is the parts together."""

    total: Cell
    parts: tuple[Cell, ...]

    def cells(self) -> tuple[Cell, ...]:
        """All cells it speaks of."""
        return (self.total, *self.parts)

    def coefficients(self, hidden: Set[Cell]) -> dict[Cell, int]:
        """The equation's hidden cells with their signs; a cell that stands on both sides is gone."""
        found: dict[Cell, int] = {}
        for cell, sign in ((self.total, 1), *((part, -1) for part in self.parts)):
            if cell in hidden:
                found[cell] = found.get(cell, 0) + sign
        return {cell: sign for cell, sign in found.items() if sign}


@dataclass(frozen=True)
class Known:
    """A hidden cell that can be worked out, and from which sums (by their place in the list)."""

    cell: Cell
    sums: frozenset[int]


Row = tuple[dict[Cell, int], frozenset[int]]


def worked_out(sums: Iterable[Sum], hidden: Set[Cell]) -> list[Known]:
    """The hidden cells that follow from the sums and everything that is not hidden."""
    pivots: dict[Cell, Row] = {}
    for place, one in enumerate(sums):
        row: Row = (one.coefficients(hidden), frozenset((place,)))
        row = _reduced(row, pivots)
        if row[0]:
            _add_pivot(row, pivots)
    return [Known(cell, made_of) for cell, (row, made_of) in pivots.items() if len(row) == 1]


def _reduced(row: Row, pivots: Mapping[Cell, Row]) -> Row:
    """The row without the cells that other rows stand for."""
    for cell in [one for one in row[0] if one in pivots]:
        row = _without(row, cell, pivots[cell])
    return row


def _add_pivot(row: Row, pivots: dict[Cell, Row]) -> None:
    """Let the row stand for one of its cells, and take that cell out of all others."""
    values, made_of = row
    cell = next(iter(values))
    inverse = pow(values[cell], -1, PRIME)
    made: Row = ({one: value * inverse % PRIME for one, value in values.items()}, made_of)
    for other, held in pivots.items():
        if cell in held[0]:
            pivots[other] = _without(held, cell, made)
    pivots[cell] = made


def _without(row: Row, cell: Cell, pivot: Row) -> Row:
    values = dict(row[0])
    factor = values[cell]
    for one, value in pivot[0].items():
        changed = (values.get(one, 0) - factor * value) % PRIME
        if changed:
            values[one] = changed
        else:
            values.pop(one, None)
    return values, row[1] | pivot[1]
