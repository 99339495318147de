# SPDX-License-Identifier: Apache-2.0
"""The three periods of a monthly report: the month, the year so far, the project so far.

They end on the same day and lie in one another, so one pass over the records from the project's first day on answers
for all three.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

NAMES: Final = ("month", "year", "project")


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def month(self) -> str:
        """Year and month of the last day, as 2026-10."""
        return f"{self.last:%Y-%m}"

    def holds(self, day: Any) -> sa.ColumnElement[bool]:
        """Whether a column's day lies in the period."""
        within: sa.ColumnElement[bool] = day.between(self.first, self.last)
        return within


@dataclass(frozen=True)
class Periods:
    """Month, year so far and project so far, in this order wherever there are three figures."""

    month: Period
    year: Period
    project: Period

    def __iter__(self) -> Any:
        return iter((self.month, self.year, self.project))

    def counts(self, day: Any) -> tuple[sa.ColumnElement[int], ...]:
        """How many rows fall into each, of rows whose day is not after the end."""
        return tuple(sa.func.sum(sa.case((day >= period.first, 1), else_=0)) for period in self)

    def first_days(self, day: Any) -> tuple[sa.ColumnElement[Any], ...]:
        """The first day in each, None where there is none, of rows whose day is not after the end."""
        return tuple(
            sa.func.min(sa.case((day >= period.first, day), else_=None)).label(name)
            for name, period in zip(NAMES, self, strict=True)
        )


def month_of(text: str) -> Period:
    """The calendar month written as 2026-10. ValueError when it is not one."""
    first = dt.date.fromisoformat(f"{text}-01")
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))


def periods_to(month: Period, started: dt.date) -> Periods:
    """The periods that end with a month, of a project that started on a day."""
    year = Period(month.first.replace(month=1, day=1), month.last)
    return Periods(month, year, Period(min(started, year.first), month.last))


def months_back(month: Period, count: int) -> list[Period]:
    """The `count` months that end with this one, oldest first."""
    found = [month]
    while len(found) < count:
        found.append(month_of(f"{found[-1].first - dt.timedelta(days=1):%Y-%m}"))
    return found[::-1]
