# SPDX-License-Identifier: Apache-2.0
"""The three periods of a monthly report: the month, the year so far, the project so far."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def month(self) -> str:
        """Year and month of the last day, as 2026-10."""
        return f"{self.last:%Y-%m}"


@dataclass(frozen=True)
class Span:
    """The three periods together, for queries: they end on the same day, so a day's depth says in which it lies."""

    month: Period
    year: Period
    project: Period

    def __iter__(self) -> Iterator[Period]:
        return iter((self.month, self.year, self.project))

    @property
    def last(self) -> dt.date:
        """The last day of all three."""
        return self.month.last

    def until(self, day: Any) -> sa.ColumnElement[bool]:
        """Whether a day is known and not after the last, written so that no index on the day is taken for it: the range
        is nearly the whole table, and reading in person order is faster (nine times, measured on a similar query).
        """
        never = dt.date(9999, 12, 31)
        return sa.func.coalesce(day, never) <= self.last

    @property
    def alone(self) -> bool:
        """Whether the month is all there is: nothing is counted before it, and few of all records lie in it."""
        return self.project == self.month

    def within(self, day: Any) -> sa.ColumnElement[bool]:
        """Whether a day lies in the longest period, for records few enough to find by their day."""
        between: sa.ColumnElement[bool] = day.between(self.project.first, self.last)
        return between

    def counted(self, day: Any) -> sa.ColumnElement[bool]:
        """Whether a day is to be looked at where only the periods count: of a month alone, found by the day."""
        return self.within(day) if self.alone else self.until(day)

    def level(self, day: Any) -> sa.ColumnElement[int]:
        """3 for a day in the month, 2 in the year so far, 1 in the project so far, 0 before."""
        return sa.case(*((day >= period.first, level) for period, level in zip(self, (3, 2, 1), strict=True)), else_=0)

    def sums(self, day: Any) -> tuple[sa.ColumnElement[int], ...]:
        """How many rows have their day in the month, the year so far, the project so far."""
        return tuple(sa.func.sum(sa.case((day >= period.first, 1), else_=0)) for period in self)


def span_of(month: str, started: dt.date) -> Span:
    """The periods that end with a month; the project began on `started`. ValueError when `month` is not one."""
    this = month_of(month)
    return Span(this, year_to(this), project_to(this, started))


def month_of(text: str) -> Period:
    """The calendar month written as 2026-10. ValueError when it is not one."""
    if not _MONTH.fullmatch(text):
        raise ValueError("a month is written as 2026-10")
    first = dt.date.fromisoformat(f"{text}-01")
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))


def year_to(month: Period) -> Period:
    """From the first of January to the end of the month."""
    return Period(month.first.replace(month=1, day=1), month.last)


def project_to(month: Period, started: dt.date) -> Period:
    """From the project's first day, or from the beginning of all records, to the end of the month."""
    return Period(min(started, month.first), month.last)


def months_back(month: Period, count: int) -> list[Period]:
    """The `count` months that end with this one, oldest first."""
    found = [month]
    while len(found) < count:
        found.append(month_of(f"{found[-1].first - dt.timedelta(days=1):%Y-%m}"))
    return found[::-1]
