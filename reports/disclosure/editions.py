# SPDX-License-Identifier: Apache-2.0
"""Figures that are told again: each publication that tells something otherwise begins a new time.

What was told before a correction and what is told after it are different figures, also where their numbers are the
same: who prints one once more after a correction says that nothing has changed there, which is something new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from reports.disclosure.figures import Figure

UP, DOWN = 1, -1
"""Which way a correction went: somebody was written down late, or taken out."""


class Editions:
    """The editions of all figures, by what they were told to be."""

    def __init__(self) -> None:
        self.ways: list[frozenset[int]] = [frozenset()]
        """Of each time which ways the correction went that it began with."""
        self._of: dict[Figure, dict[int, Figure]] = defaultdict(dict)
        self._made: dict[Figure, int] = defaultdict(int)
        self._newest: dict[Figure, Figure] = {}
        self._said: dict[Figure, int] = {}
        """What a figure was told to be the last time."""
        self._told_in: dict[Figure, int] = {}

    @property
    def now(self) -> int:
        """The number of the present time, from nought."""
        return len(self.ways) - 1

    def between(self, since: int, until: int) -> frozenset[int]:
        """Which ways all corrections went between two times."""
        return frozenset().union(*self.ways[since + 1 : until + 1])

    def begins(self, told: Mapping[Figure, int]) -> bool:
        """Whether a publication that tells this corrects what was told at present; then a new time has begun.

        What was told the last time before the correction that began the present one was corrected by that one.
        """
        differ = [(one, value - self._said[one]) for one, value in told.items() if one in self._said]
        ways = frozenset(UP if by > 0 else DOWN for _one, by in differ if by)
        if any(by and self._told_in[self._newest[one]] == self.now for one, by in differ):
            self.ways.append(ways)
            return True
        self.ways[-1] |= ways
        return False

    def before(self, plain: Figure) -> Iterable[Figure]:
        """The editions of a figure."""
        return self._of[plain].values()

    def figure(self, plain: Figure, value: int, *, out: Set[Figure]) -> Figure:
        """The edition that a publication tells; `out` are figures that everybody knows already."""
        found = self._of[plain].get(value)
        if found is None or (found in out and self._told_in[found] < self.now):
            found = plain._replace(edition=self._made[plain])
            self._made[plain] += 1
            self._of[plain][value] = found
        self._told_in[found] = self.now
        self._newest[plain], self._said[plain] = found, value
        return found
