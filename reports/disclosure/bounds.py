# SPDX-License-Identifier: Apache-2.0
"""Between which values a hidden number must lie, for a reader who knows that nobody can be counted less than nought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from reports.disclosure.sums import Cell, Sum

Bounds = dict[Cell, tuple[int, int | None]]
"""Least and greatest value of a cell; None when there is no greatest."""


def bounds_of(sums: Sequence[Sum], values: Mapping[Cell, int], hidden: Set[Cell]) -> Bounds:
    """The bounds of each hidden cell that follow from going through the sums until nothing changes."""
    found: Bounds = dict.fromkeys(hidden, (0, None))
    open_sums = [one for one in sums if any(cell in hidden for cell in one.cells())]
    changed = True
    while changed:
        changed = False
        for one in open_sums:
            changed = _tightened(one, values, found) or changed
    return found


def _tightened(one: Sum, values: Mapping[Cell, int], found: Bounds) -> bool:
    """Draw the bounds of one sum's cells closer; whether any moved."""
    total = _bounds(one.total, values, found)
    parts = [_bounds(part, values, found) for part in one.parts]
    least = sum(low for low, _high in parts)
    open_parts = [place for place, (_low, high) in enumerate(parts) if high is None]
    most = sum(high for _low, high in parts if high is not None)
    moved = _narrow(one.total, (least, None if open_parts else most), found)
    for place, part in enumerate(one.parts):
        low, high = parts[place]
        greatest = None if total[1] is None else total[1] - (least - low)
        others_open = [at for at in open_parts if at != place]
        least_left = 0 if others_open else total[0] - (most - (high or 0))
        moved = _narrow(part, (max(0, least_left), greatest), found) or moved
    return moved


def _bounds(cell: Cell, values: Mapping[Cell, int], found: Bounds) -> tuple[int, int | None]:
    return found[cell] if cell in found else (values[cell], values[cell])


def _narrow(cell: Cell, to: tuple[int, int | None], found: Bounds) -> bool:
    if cell not in found:
        return False
    low, high = found[cell]
    highs = [one for one in (high, to[1]) if one is not None]
    narrower = (max(low, to[0]), min(highs) if highs else None)
    if narrower == (low, high):
        return False
    found[cell] = narrower
    return True
