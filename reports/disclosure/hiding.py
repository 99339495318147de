# SPDX-License-Identifier: Apache-2.0
"""Choosing what to hide: small numbers, and as few others as keep them from being worked out (domain reference 5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from reports.disclosure.bounds import bounds_of
from reports.disclosure.sums import Cell, Sum, worked_out


@dataclass(frozen=True)
class Hidden:
    """What is hidden: `small` cells for their own sake, `others` so that the small ones stay hidden."""

    small: frozenset[Cell]
    others: frozenset[Cell]

    @property
    def cells(self) -> frozenset[Cell]:
        """Everything that is not published."""
        return self.small | self.others


class CannotHide(Exception):
    """What was published earlier gives a small number away, whatever is hidden now."""


def hide(
    values: Mapping[Cell, int],
    sums: Sequence[Sum],
    threshold: int,
    *,
    small: Iterable[Cell] = (),
    published: Set[Cell] = frozenset(),
    before: Hidden | None = None,
) -> Hidden:
    """What of these cells must not be published.

    `values` are all cells, also those of earlier reports; `sums` everything a reader knows about them. Small are the
    counts from 1 to `threshold` - 1, and those named as `small` besides. `published` cells are out already and stay so;
    what was hidden `before` stays hidden. Cells that come first in `values` are rather kept. Raises `CannotHide`.
    """
    known = before or Hidden(frozenset(), frozenset())
    named = {cell for cell in small if cell not in published}
    mine = {cell for cell, value in values.items() if 0 < value < threshold and cell not in published} | named
    work = _Work(values, tuple(sums), threshold, frozenset(mine) | known.small, published, set(known.cells | mine))
    while work.hide_more():
        pass
    return Hidden(work.small, frozenset(work.hidden - work.small))


@dataclass
class _Work:
    """What is hidden so far, and what gives it away."""

    values: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    threshold: int
    small: frozenset[Cell]
    published: Set[Cell]
    hidden: set[Cell]

    def __post_init__(self) -> None:
        self._rank = {cell: place for place, cell in enumerate(self.values)}
        self._totals = {one.total for one in self.sums}
        self._of_cell: dict[Cell, list[int]] = {}
        for place, one in enumerate(self.sums):
            for cell in one.cells():
                self._of_cell.setdefault(cell, []).append(place)

    def hide_more(self) -> bool:
        """Hide one more cell for each way in which a small one is given away; whether there was any."""
        touched: set[Cell] = set()
        for sums in self._given_away():
            cells = {cell for place in sums for cell in self.sums[place].cells()}
            if cells & touched:
                continue  # what has just been hidden may have closed this way too
            chosen = self._cheapest(cells)
            self.hidden.add(chosen)
            touched.add(chosen)
        return bool(touched)

    def _given_away(self) -> Iterator[frozenset[int]]:
        """The sums by which a small cell, or several together that are small, can be worked out."""
        found = [known for known in worked_out(self.sums, self.hidden) if known.cell in self.small]
        yield from (known.sums for known in found)
        yield from self._small_together()
        if not found:
            yield from self._pinned()

    def _small_together(self) -> Iterator[frozenset[int]]:
        for place, one in enumerate(self.sums):
            hidden = [part for part in one.parts if part in self.hidden]
            if one.total in self.hidden or len(hidden) < 2 or not self.small.intersection(hidden):
                continue
            if 0 < sum(self.values[part] for part in hidden) < self.threshold:
                yield frozenset((place,))

    def _pinned(self) -> Iterator[frozenset[int]]:
        """Small cells that cannot be anything else, because no count is less than nought."""
        bounds = bounds_of(self.sums, self.values, self.hidden)
        for cell in sorted(self.small, key=self._rank.__getitem__):
            low, high = bounds[cell]
            if low == high:
                yield self._around(cell)

    def _around(self, cell: Cell) -> frozenset[int]:
        """The sums that hang together with a hidden cell through other hidden ones."""
        found: set[int] = set()
        waiting = [cell]
        while waiting:
            for place in self._of_cell.get(waiting.pop(), ()):
                if place not in found:
                    found.add(place)
                    waiting += [one for one in self.sums[place].cells() if one in self.hidden]
        return frozenset(found)

    def _cheapest(self, cells: Set[Cell]) -> Cell:
        """Rather a part than a total, something than nothing, what closes more ways than one, little than much."""
        free = [cell for cell in cells if cell not in self.hidden and cell not in self.published]
        if not free:
            raise CannotHide
        return min(
            free,
            key=lambda cell: (
                self.values[cell] == 0,
                cell in self._totals,
                self._opens(cell),
                self.values[cell],
                -self._rank[cell],
            ),
        )

    def _opens(self, cell: Cell) -> int:
        """In how many of its sums it would be the only hidden cell, and so need another."""
        own = (self.sums[place] for place in self._of_cell.get(cell, ()))
        return sum(not any(one in self.hidden for one in each.cells()) for each in own)
