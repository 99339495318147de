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
        self._newest: dict[Figure, tuple[int, int]] = {}
        """What a figure was told to be the last time, and its last edition."""
        self._told_in: dict[Figure, int] = {}

    def begins(self, told: Mapping[Figure, int]) -> bool:
        """Whether a publication that tells this corrects anything; then a new time has begun."""
        differ = (value - self._newest[one][0] for one, value in told.items() if one in self._newest)
        ways = frozenset(UP if by > 0 else DOWN for by in differ if by)
        if ways:
            self.ways.append(ways)
        return bool(ways)

    def before(self, plain: Figure) -> Iterable[Figure]:
        """The editions of a figure."""
        return self._of[plain].values()

    def figure(self, plain: Figure, value: int, *, out: Set[Figure]) -> Figure:
        """The edition that a publication tells; `out` are figures that everybody knows already."""
        found, now = self._of[plain].get(value), len(self.ways)
        if found is None or (found in out and self._told_in[found] < now):
            found = self._new(plain, value)
        self._told_in[found] = now
        self._newest[plain] = value, self._newest[plain][1]
        return found

    def _new(self, plain: Figure, value: int) -> Figure:
        edition = self._newest[plain][1] + 1 if plain in self._newest else plain.edition
        self._newest[plain] = value, edition
        self._of[plain][value] = made = plain._replace(edition=edition)
        return made
