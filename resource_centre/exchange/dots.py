# SPDX-License-Identifier: Apache-2.0
"""Sets of entries of the log, kept as runs of numbers: a million entries of one site are one run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Dot = tuple[str, int]
"""Site and number: the name of one entry."""
Run = tuple[int, int]
"""First and last number, both included."""


class Dots:
    """A set of entries that never changes."""

    __slots__ = ("_firsts", "_runs")

    def __init__(self, runs: Mapping[str, Iterable[Sequence[int]]] | None = None) -> None:
        """`runs` by site, in any order, overlapping or not."""
        joined = {site: _joined(found) for site, found in (runs or {}).items()}
        self._runs: dict[str, list[Run]] = {site: found for site, found in joined.items() if found}
        self._firsts = {site: [first for first, _last in found] for site, found in self._runs.items()}

    @classmethod
    def of(cls, dots: Iterable[Dot]) -> Dots:
        """The set of these entries."""
        numbers: dict[str, list[Run]] = {}
        for site, seq in dots:
            found = numbers.setdefault(site, [])
            if found and found[-1][1] == seq - 1:
                found[-1] = (found[-1][0], seq)
            else:
                found.append((seq, seq))
        return cls(numbers)

    @classmethod
    def from_json(cls, value: Any) -> Dots:
        """The set that `to_json` wrote; `ValueError` for anything else, however it came about."""
        if not isinstance(value, dict):
            raise ValueError("not runs by site")
        for site, runs in value.items():
            if not isinstance(site, str) or not isinstance(runs, list) or not all(map(_is_run, runs)):
                raise ValueError("not runs by site")
        return cls(value)

    def to_json(self) -> dict[str, list[list[int]]]:
        """``{site: [[first, last], ...]}``, in order."""
        return {site: [list(run) for run in self._runs[site]] for site in sorted(self._runs)}

    def runs(self) -> Iterator[tuple[str, int, int]]:
        """Site, first and last number of every run."""
        for site in sorted(self._runs):
            for first, last in self._runs[site]:
                yield site, first, last

    def __contains__(self, dot: Dot) -> bool:
        site, seq = dot
        place = bisect_right(self._firsts.get(site, ()), seq) - 1
        return place >= 0 and seq <= self._runs[site][place][1]

    def __iter__(self) -> Iterator[Dot]:
        return ((site, seq) for site, first, last in self.runs() for seq in range(first, last + 1))

    def __len__(self) -> int:
        return sum(last - first + 1 for _site, first, last in self.runs())

    def __bool__(self) -> bool:
        return bool(self._runs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dots) and self._runs == other._runs

    def __hash__(self) -> int:
        return hash(tuple(self.runs()))

    def __or__(self, other: Dots) -> Dots:
        sites = self._runs.keys() | other._runs.keys()
        return Dots({site: [*self._runs.get(site, ()), *other._runs.get(site, ())] for site in sites})

    def __sub__(self, other: Dots) -> Dots:
        return Dots({site: _without(runs, other._runs.get(site, [])) for site, runs in self._runs.items()})

    def of_sites(self, sites: Iterable[str]) -> Dots:
        """Those of these sites alone."""
        return Dots({site: self._runs[site] for site in sites if site in self._runs})

    def __repr__(self) -> str:
        return f"Dots({self.to_json()})"


def _is_run(run: Any) -> bool:
    numbers = isinstance(run, list | tuple) and len(run) == 2 and all(type(one) is int for one in run)
    return bool(numbers and 0 < run[0] <= run[1])


def _joined(runs: Iterable[Sequence[int]]) -> list[Run]:
    found: list[Run] = []
    for first, last in sorted((one[0], one[1]) for one in runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _without(runs: list[Run], taken: list[Run]) -> list[Run]:
    left: list[Run] = []
    for first, last in runs:
        begin = first
        for taken_first, taken_last in taken:
            if taken_last < begin or taken_first > last:
                continue
            if taken_first > begin:
                left.append((begin, taken_first - 1))
            begin = taken_last + 1
        if begin <= last:
            left.append((begin, last))
    return left
