# SPDX-License-Identifier: Apache-2.0
"""The shapes of the figures: numbers by sex, lines of a table, tables. Sex is always women, men and unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

UNKNOWN: Final = "unknown"


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

    def as_dict(self) -> dict[str, int]:
        """For JSON, with the codes of the sex list as keys."""
        return {"L": self.men, "P": self.women, UNKNOWN: self.unknown, "total": self.total}


def by_sex(sex: str | None, count: int) -> BySex:
    """`count` people of one sex."""
    if sex == "L":
        return BySex(men=count)
    return BySex(women=count) if sex == "P" else BySex(unknown=count)


def summed(counts: Iterable[BySex]) -> BySex:
    """All of them together."""
    return sum(counts, BySex())


@dataclass(frozen=True)
class Line:
    """One row of a table of people: a code of some list, and the numbers of the month and of the year so far."""

    code: str
    month: BySex
    year: BySex

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"code": self.code, "month": self.month.as_dict(), "year": self.year.as_dict()}


def lines(month: dict[str, BySex], year: dict[str, BySex], order: Iterable[str] = ()) -> tuple[Line, ...]:
    """Lines for every code met, in the order given, others behind by size; unknown stands last and is never dropped."""
    known = [code for code in order if code in month or code in year]
    others = sorted((month.keys() | year.keys()) - set(known), key=lambda code: (-_size(code, month, year), code))
    codes = [code for code in (*known, *others) if code != UNKNOWN]
    if UNKNOWN in month or UNKNOWN in year:
        codes.append(UNKNOWN)
    return tuple(Line(code, month.get(code, BySex()), year.get(code, BySex())) for code in codes)


def by_size(month: dict[str, BySex], year: dict[str, BySex]) -> tuple[Line, ...]:
    """Lines for every code met, the largest of the year first."""
    return lines(month, year)


def _size(code: str, month: dict[str, BySex], year: dict[str, BySex]) -> int:
    return year.get(code, month.get(code, BySex())).total
