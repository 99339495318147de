# SPDX-License-Identifier: Apache-2.0
"""Which unknowns a few equations give away: exact, for tables that fit on a page."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def solved(rows: Sequence[Sequence[Fraction]]) -> list[int]:
    """The columns of a system of linear equations whose unknown has one value only, whatever the right-hand sides.

    Gauss and Jordan's elimination: an unknown is given away when its row has nothing else left in it.
    """
    left = [list(row) for row in rows]
    pivots: dict[int, list[Fraction]] = {}
    for column in range(len(left[0]) if left else 0):
        row = next((one for one in left if one[column]), None)
        if row is None:
            continue
        left.remove(row)
        row[:] = [value / row[column] for value in row]
        for other in (*left, *pivots.values()):
            _subtract(other, row, other[column])
        pivots[column] = row
    return [column for column, row in pivots.items() if sum(map(bool, row)) == 1]


def _subtract(row: list[Fraction], other: Sequence[Fraction], times: Fraction) -> None:
    if times:
        row[:] = [value - times * taken for value, taken in zip(row, other, strict=True)]
