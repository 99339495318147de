# SPDX-License-Identifier: Apache-2.0
"""The three periods of a report: what it is about, the year so far, the project so far.

What a report is about is a calendar month, and called `month` wherever figures are named, unless a quarter, a
half-year, a year or any other days were asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa

Length = Literal["month", "quarter", "half", "year", "days"]
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_PART: Final = re.compile(r"(\d{4})-(?:Q([1-4])|H([12]))", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_QUARTER, _HALF, _WHOLE = 3, 6, 12


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def month(self) -> str:
        """Year and month of the last day, as 2026-10."""
        return f"{self.last:%Y-%m}"

    @property
    def length(self) -> Length:
        """A calendar month, quarter, half-year or year, or some days."""
        whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]
        if not whole or self.first.year != self.last.year:
            return "days"
        months = self.last.month - self.first.month + 1
        if self.last.month % months:
            return "days"
        lengths: dict[int, Length] = {1: "month", _QUARTER: "quarter", _HALF: "half", _WHOLE: "year"}
        return lengths.get(months, "days")

    @property
    def code(self) -> str:
        """As `period_of` reads it: 2026-10, 2026-Q4, 2026-H2, 2026, or both days with a stroke between them."""
        year = f"{self.last.year:04}"
        parts: dict[Length, str] = {
            "month": self.month,
            "quarter": f"{year}-Q{self.last.month // _QUARTER}",
            "half": f"{year}-H{self.last.month // _HALF}",
            "year": year,
        }
        return parts.get(self.length, f"{self.first.isoformat()}/{self.last.isoformat()}")

    @property
    def months(self) -> list[str]:
        """The calendar months that lie in it whole, oldest first, as 2026-10."""
        found = []
        first = self.first if self.first.day == 1 else _next_month(self.first)
        while (month := month_of(f"{first:%Y-%m}")).last <= self.last:
            found.append(month.month)
            first = _next_month(first)
        return found


@dataclass(frozen=True)
class Span:
    """The three periods together, for queries: they end on the same day, so a day's depth says in which it lies."""

    month: Period
    year: Period
    project: Period

    def __iter__(self) -> Iterator[Period]:
        return iter((self.month, self.year, self.project))

    @property
    def has_year(self) -> bool:
        """Whether the year so far is told beside it: of a month always, of longer periods when the year is longer."""
        return self.month.length == "month" or self.year != self.month

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

    def people(self, day: Any, whose: Any) -> tuple[sa.ColumnElement[int], ...]:
        """How many different people rows have with their day in the month, the year so far, the project so far."""
        return tuple(sa.func.count(sa.distinct(sa.case((day >= period.first, whose)))) for period in self)


def span_of(month: str | Period, started: dt.date) -> Span:
    """The periods that end with a month or any other; the project began on `started`. ValueError for no period."""
    this = period_of(month) if isinstance(month, str) else month
    year = year_to(this)
    return Span(this, year, project_to(year, started))


def period_of(text: str) -> Period:
    """2026-10, 2026-Q4, 2026-H2, 2026, or 2026-10-05/2026-11-20. ValueError for anything else, and for turned days."""
    if _YEAR.fullmatch(text):
        return Period(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
    if part := _PART.fullmatch(text):
        months = _QUARTER if part[2] else _HALF
        last = month_of(f"{part[1]}-{int(part[2] or part[3]) * months:02}").last
        return Period(last.replace(month=last.month - months + 1, day=1), last)
    first, stroke, last_day = text.partition("/")
    if not stroke:
        return month_of(text)
    period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last_day))
    if period.first > period.last:
        raise ValueError("a period begins before it ends")
    return period


def month_of(text: str) -> Period:
    """The calendar month written as 2026-10. ValueError when it is not one."""
    if not _MONTH.fullmatch(text):
        raise ValueError("a month is written as 2026-10")
    first = dt.date.fromisoformat(f"{text}-01")
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))


def year_to(month: Period) -> Period:
    """From the first of January to the end of the month; of days on both sides of it, those days."""
    return Period(min(month.first, month.last.replace(month=1, day=1)), month.last)


def project_to(year: Period, started: dt.date) -> Period:
    """From the project's first day, or from the beginning of all records, to the end of the month; of a project that
    began in this year from January on, so that the three periods lie in one another."""
    return Period(min(started, year.first), year.last)


def _next_month(day: dt.date) -> dt.date:
    return month_of(f"{day:%Y-%m}").last + dt.timedelta(days=1)


def months_back(month: Period, count: int) -> list[Period]:
    """The `count` months that end with this one, oldest first."""
    found = [month]
    while len(found) < count:
        found.append(month_of(f"{found[-1].first - dt.timedelta(days=1):%Y-%m}"))
    return found[::-1]
