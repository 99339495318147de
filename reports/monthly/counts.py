# SPDX-License-Identifier: Apache-2.0
"""The shapes of the figures: numbers by sex, lines of a table, sums made while rows are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

UNKNOWN: Final = "unknown"
PERIODS: Final = ("month", "year", "project")
"""All three end on the same day and lie in one another, so a level says it all: 3 is in the month and therefore also
in the year and the project, 2 in the year and the project, 1 in the project only, 0 before."""


@dataclass(frozen=True)
class BySex:
    """A count of men (L), women (P) and those whose sex is not known."""

    men: int = 0
    women: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All three together."""
        return self.men + self.women + self.unknown

    def __add__(self, other: BySex) -> BySex:
        return BySex(self.men + other.men, self.women + other.women, self.unknown + other.unknown)

    def __sub__(self, other: BySex) -> BySex:
        return BySex(self.men - other.men, self.women - other.women, self.unknown - other.unknown)

    def as_dict(self) -> dict[str, int]:
        """For JSON, with the codes of the sex list as keys."""
        return {"L": self.men, "P": self.women, UNKNOWN: self.unknown, "total": self.total}


def by_sex(sex: str | None, count: int) -> BySex:
    """`count` people of one sex."""
    if sex == "L":
        return BySex(men=count)
    return BySex(women=count) if sex == "P" else BySex(unknown=count)


@dataclass(frozen=True)
class Counted:
    """One count in the three periods."""

    month: BySex = BySex()
    year: BySex = BySex()
    project: BySex = BySex()

    def __iter__(self) -> Iterator[BySex]:
        return iter((self.month, self.year, self.project))

    def __add__(self, other: Counted) -> Counted:
        return Counted(*(one + another for one, another in zip(self, other, strict=True)))

    def as_dict(self) -> dict[str, dict[str, int]]:
        """For JSON."""
        return {period: count.as_dict() for period, count in zip(PERIODS, self, strict=True)}


@dataclass(frozen=True)
class Line:
    """One row of a table of people: a code of some list, and its numbers."""

    code: str
    month: BySex
    year: BySex
    project: BySex

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        periods = {period: getattr(self, period).as_dict() for period in PERIODS}
        return {"code": self.code, **periods}


@dataclass
class Tally:
    """Adds up under keys while the rows of a query are read."""

    _cells: dict[Hashable, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 9))

    def add(self, key: Hashable, level: int, sex: str | None, count: int) -> None:
        """Count towards every period the level reaches."""
        cells, column = self._cells[key], _COLUMNS.get(sex or "", 2)
        for row in range(3 - level, 3):
            cells[3 * row + column] += count

    def add_at(self, key: Hashable, at: int, sex: str | None, count: int) -> None:
        """Count towards one period only: 0 the month, 1 the year, 2 the project."""
        self._cells[key][3 * at + _COLUMNS.get(sex or "", 2)] += count

    def add_each(self, key: Hashable, counts: Iterable[int | None], sex: str | None) -> None:
        """Count towards month, year and project what the query has counted for each."""
        cells, column = self._cells[key], _COLUMNS.get(sex or "", 2)
        for row, count in enumerate(counts):
            cells[3 * row + column] += count or 0

    def counted(self, key: Hashable) -> Counted:
        """The sums under a key; zeroes when nothing was counted."""
        cells = self._cells.get(key, [0] * 9)
        return Counted(*(BySex(*cells[at : at + 3]) for at in (0, 3, 6)))

    def under(self, name: str) -> dict[str, Counted]:
        """The sums under every key (name, code); a code that is missing is unknown."""
        keys = [key for key in self._cells if isinstance(key, tuple) and key[0] == name]
        return {key[1] or UNKNOWN: self.counted(key) for key in keys}


_COLUMNS: Final = {"L": 0, "P": 1}


def lines(found: Mapping[str, Counted], order: Iterable[str] = ()) -> tuple[Line, ...]:
    """Lines for every code met, in the order given, others behind by size; unknown stands last, never dropped."""
    known = [code for code in order if code in found]
    others = sorted(found.keys() - set(known), key=lambda code: (-found[code].project.total, code))
    codes = [code for code in (*known, *others) if code != UNKNOWN]
    if UNKNOWN in found:
        codes.append(UNKNOWN)
    return tuple(Line(code, *found[code]) for code in codes)


def percent_of(part: float, whole: float) -> float | None:
    """How many in a hundred; None of nobody."""
    return 100 * part / whole if whole else None
