# SPDX-License-Identifier: Apache-2.0
"""Choosing what to hide: small numbers, and as few others as keep them from being worked out (domain reference 5.5).

First the rule of the domain reference, line by line: no line has one hidden number alone, and no numbers hidden
together are few together. Then the proof: for every number that is to be protected another world is looked for
(`worlds`), and where there is none one more number is hidden in what stood in its way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

from reports.disclosure.net import ENDLESS, AtMost, Limits, Net
from reports.disclosure.sums import Cell, Sum
from reports.disclosure.worlds import another_world

_LINES_LOOKED_AT: Final = 6
_TRIED_BEFORE: Final = 2
_UNLIMITED: Final = (0, ENDLESS)


@dataclass(frozen=True)
class Hidden:
    """What is hidden: `small` cells for their own sake, `others` so that the small ones stay hidden.

    Of the small ones `few` may be printed as such (``<5``); of the others even that would say too much. `known` are
    those that were given away by what is published already.
    """

    small: frozenset[Cell]
    others: frozenset[Cell]
    few: frozenset[Cell] = frozenset()
    known: frozenset[Cell] = frozenset()

    @property
    def cells(self) -> frozenset[Cell]:
        """Everything that is not published."""
        return self.small | self.others


class CannotHide(Exception):
    """What was published earlier gives a small number away, whatever is hidden now."""


@dataclass(frozen=True)
class Reader:
    """What a reader knows and sees besides the sums of the tables.

    `published` cells are out already and stay so. `unprinted` were never printed and can only be worked out; those of
    them in `guarded` must not be, nor those others in it. `limits` are values a reader knows a hidden cell to lie
    between. `compared` are comparisons. `new` are the cells of what is to be published now. `groups` say which of them,
    such as all that count from the beginning of the year, are left out together where single ones do not suffice.
    """

    published: Set[Cell] = frozenset()
    unprinted: Set[Cell] = frozenset()
    guarded: Set[Cell] = frozenset()
    limits: Mapping[Any, Limits] = field(default_factory=dict)
    compared: Sequence[AtMost] = ()
    new: Set[Any] = frozenset()
    groups: Mapping[Any, str] = field(default_factory=dict)


def hide(
    values: Mapping[Any, int | None],
    sums: Sequence[Sum],
    threshold: int,
    *,
    small: Iterable[Cell] = (),
    published: Set[Cell] = frozenset(),
    before: Hidden | None = None,
    reader: Reader | None = None,
) -> Hidden:
    """What of these cells must not be published.

    `values` are all cells, also those of earlier reports; `sums` everything a reader knows about them. Small are the
    counts from 1 to `threshold` - 1, and those named as `small` besides. `published` cells are out already and stay so;
    what was hidden `before` stays hidden. Cells that come first in `values` are rather kept. Raises `CannotHide`, but
    with a `reader` given says what is known already.
    """
    seen = reader or Reader(published=published)
    earlier = before or Hidden(frozenset(), frozenset())
    named = {cell for cell in small if cell not in seen.published}
    own = seen.published | seen.unprinted | seen.limits.keys()
    mine = named | {cell for cell, value in values.items() if value and 0 < value < threshold and cell not in own}
    guarded = frozenset(mine | earlier.small | seen.guarded)
    work = _Work(Net(values, sums, seen.compared), threshold, guarded, seen, strict=reader is None)
    said = mine - earlier.cells
    work.limit({cell: (0 if cell in named else 1, threshold - 1) for cell in said})
    work.begin(mine | earlier.cells | seen.unprinted | (seen.guarded - seen.published))
    work.finish()
    hidden = frozenset(cell for cell, at in work.net.at.items() if work.net.hidden[at]) - seen.unprinted
    of_itself = frozenset(mine | earlier.small) & hidden
    said |= {cell for cell, (_least, most) in seen.limits.items() if most < threshold}
    return Hidden(of_itself, hidden - of_itself, frozenset(one for one in said if work.net.at[one] not in work.unsaid),
                  frozenset(work.known))  # fmt: skip


class _Work:
    """What is hidden so far, and what gives it away."""

    def __init__(self, net: Net, threshold: int, guarded: Set[Cell], reader: Reader, *, strict: bool) -> None:
        self.net = net
        self.known: set[Cell] = set()
        self.unsaid: set[int] = set()
        self._threshold = threshold
        self._reader = reader
        self._strict = strict
        at = net.at
        self._guarded = {at[cell] for cell in guarded}
        self._fixed = {at[cell] for cell in reader.published}
        printed = {at[cell] for cell in net.at if cell not in reader.unprinted} if reader.unprinted else set()
        self._unprinted = {at[cell] for cell in reader.unprinted} - printed
        self._limits: list[Limits] = [(0, ENDLESS)] * len(net.cells)
        self._limited = {at[cell] for cell in reader.limits}
        self._new = {at[cell] for cell in reader.new}
        self._groups: dict[int, set[str]] = {}
        for cell, group in reader.groups.items():
            self._groups.setdefault(at[cell], set()).add(group)
        self._withheld: set[int] = set()
        self._tried: Counter[int] = Counter()
        self._news: dict[int, list[int]] | None = None
        self._waiting: dict[int, None] = {}
        self.limit(reader.limits)

    def limit(self, limits: Mapping[Cell, Limits]) -> None:
        """A reader knows these cells to lie between these values."""
        seen: set[int] = set()
        for cell, one in limits.items():
            at = self.net.at[cell]
            # What stands in several tables lies between what is said of it in each.
            known = self._limits[at] if at in seen else one
            self._limits[at] = (max(one[0], known[0]), min(one[1], known[1]))
            seen.add(at)

    def begin(self, cells: Iterable[Cell]) -> None:
        """Hide what is not to be shown whatever comes."""
        for at in sorted({self.net.at[cell] for cell in cells} - self._fixed):
            self._hide(at)

    def finish(self) -> None:
        """Hide what is needed besides, until every guarded cell has another world."""
        self._line_by_line()
        proven: set[int] = set()
        for cell in sorted(self._guarded):
            while self.net.hidden[cell] and cell not in proven and self._something_new(cell):
                moved, stuck = another_world(self.net, self._limits, cell)
                if moved is not None:
                    proven.update(moved)
                elif not (self._say_less(cell, stuck) or self._hide_near(cell, stuck)):
                    self._given_up(cell)
                    break

    def _hide(self, cell: int) -> None:
        if not self.net.hidden[cell]:
            self.net.hide(cell)
            self._waiting.update(dict.fromkeys(line for line, _sign in self.net.lines_of[cell]))

    def _line_by_line(self) -> None:
        while self._waiting:
            line = next(iter(self._waiting))
            del self._waiting[line]
            if self._gives_away(line):
                chosen = self._cheapest(line)
                if chosen is not None:
                    self._hide(chosen)

    def _gives_away(self, line: int) -> bool:
        """Whether a line has one hidden number alone, or parts that are few together."""
        hidden = self.net.open[line]
        if self.net.slack[line] is not None or not hidden:
            return False
        if len(hidden) == 1:
            (only,) = hidden
            # What earlier reports hid for the sake of others may be known now, as long as those have another world.
            return only in self._guarded or (only in self._new if self._new else only not in self._unprinted)
        if len(set(hidden.values())) > 1 or self._guarded.isdisjoint(hidden):
            return False
        together = [self.net.values[cell] for cell in hidden]
        return None not in together and 0 < sum(value or 0 for value in together) < self._threshold

    def _free(self, line: int) -> list[int]:
        return [cell for cell, _sign in self.net.lines[line] if not self.net.hidden[cell] and cell not in self._fixed]

    def _cheapest(self, line: int) -> int | None:
        """Rather a part than a total, something than nothing, what closes more ways than one, little than much."""
        free = self._free(line)
        return min(free, key=self._price) if free else None

    def _price(self, cell: int) -> tuple[bool, bool, int, int, int]:
        value = self.net.values[cell] or 0
        return (value == 0, cell in self.net.totals, self._opens(cell), value, -cell)

    def _opens(self, cell: int) -> int:
        """In how many of its sums it would be the only hidden cell, and so need another."""
        lines = self.net.lines_of[cell]
        return sum(not self.net.open[line] and self.net.slack[line] is None for line, _sign in lines)

    def _say_less(self, cell: int, stuck: Sequence[int]) -> bool:
        """Do not say that a hidden number is a few, where that alone gives it away: 1 and 1 are less than 3."""
        near = {one for line in stuck for one in self.net.open[line]} | {cell}
        return self._unsaid(cell, near) or self._unsaid(cell, self._together_with({cell}))

    def _unsaid(self, cell: int, near: Set[int]) -> bool:
        said = self._signs(near)
        kept = {one: self._limits[one] for one in said}
        for one in said:
            self._limits[one] = (0, ENDLESS)
        if said and another_world(self.net, self._limits, cell)[0] is not None:
            self.unsaid.update(said)
            return True
        for one, limits in kept.items():
            self._limits[one] = limits
        return False

    def _signs(self, cells: Iterable[int]) -> list[int]:
        """Those of these cells that are said to be a few, and not by what is published already."""
        return [one for one in cells if self._limits[one][1] < self._threshold and one not in self._limited]

    def _together_with(self, cells: Set[int]) -> set[int]:
        """The hidden cells that hang together with these through sums of hidden ones."""
        found, waiting = set(cells), list(cells)
        while waiting:
            for line, _sign in self.net.lines_of[waiting.pop()]:
                new = self.net.open[line].keys() - found
                found |= new
                waiting += new
        return found

    def _hide_near(self, cell: int, stuck: Sequence[int]) -> bool:
        """Hide one more in what stood in the way where that helps at once; else everything that belongs to it."""
        chosen = dict.fromkeys(one for one in map(self._cheapest, stuck[:_LINES_LOOKED_AT]) if one is not None)
        for one in chosen:
            self.net.hide(one)
            if another_world(self.net, self._limits, cell)[0] is not None:
                return True
            self.net.show(one)
        self._tried[cell] += 1
        if chosen and self._tried[cell] <= _TRIED_BEFORE:
            self.net.hide(next(iter(chosen)))
            return True
        if self._hide_all({one for line in stuck for one in self.net.open[line]} | {cell}):
            return True
        for one in chosen:
            self.net.hide(one)
        return bool(chosen)

    def _hide_all(self, near: Set[int]) -> bool:
        """Hide the groups of what hangs together with these cells, else all around it; whether there was any."""
        reach = self._together_with(near)
        groups = {group for one in reach for group in self._groups.get(one, ())}
        if self._hide_groups(groups):
            return True
        around = [one for cell in reach for line, _sign in self.net.lines_of[cell] for one in self._free(line)]
        for one in around:
            self.net.hide(one)
        return bool(around)

    def _hide_groups(self, groups: Set[str]) -> bool:
        """Nothing at all is said of their cells any more, not even that they are few."""
        changed = False
        for cell, group in self._reader.groups.items():
            at = self.net.at[cell]
            if group not in groups or at in self._fixed or at in self._limited:
                continue
            changed = changed or not self.net.hidden[at] or self._limits[at] != _UNLIMITED
            self.net.hide(at)
            self._limits[at] = _UNLIMITED
            self.unsaid.add(at)
            self._withheld.add(at)
        return changed

    def _something_new(self, cell: int) -> bool:
        """Whether what is published now says anything of what hangs together with an earlier cell.

        Where the columns are left out of which every new sum about it has a cell, such as the year so far, these take
        up whatever the earlier ones may be: then what was safe is so still.
        """
        if not self._new or cell in self._new:
            return True
        if self._news is None:
            self._news = self._lines_with_news()
        lines = self._news.get(cell, [])
        # Once taken up always taken up, so the first line that is not is looked at first the next time.
        found = next((at for at, line in enumerate(lines) if not self._taken_up(line)), None)
        if found:
            del lines[:found]
        elif found is None:
            lines.clear()
        return found is not None

    def _taken_up(self, line: int) -> bool:
        return not self._withheld.isdisjoint(self.net.open[line])

    def _lines_with_news(self) -> dict[int, list[int]]:
        """Of each earlier hidden cell the lines with new cells that touch what hangs together with it."""
        found: dict[int, list[int]] = {}
        for cell, hidden in enumerate(self.net.hidden):
            if not hidden or cell in self._new or cell in found:
                continue
            lines: dict[int, None] = {}
            seen, waiting = {cell}, [cell]
            while waiting:
                for line, _sign in self.net.lines_of[waiting.pop()]:
                    if any(one in self._new for one, _s in self.net.lines[line]):
                        lines[line] = None
                    more = {one for one in self.net.open[line] if one not in self._new} - seen
                    seen |= more
                    waiting += more
            found |= {key: list(lines) for key in seen}
        return found

    def _given_up(self, cell: int) -> None:
        if self._strict:
            raise CannotHide
        self.known.add(self.net.cells[cell])
        # Perhaps it is not known after all, and only this search failed: then no sign is to settle it.
        for one in self._signs(self._together_with({cell})):
            self._limits[one] = _UNLIMITED
            self.unsaid.add(one)
