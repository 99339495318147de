# SPDX-License-Identifier: Apache-2.0
"""The three periods of a monthly report: the month, the year so far, the project so far."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def month(self) -> str:
        """Year and month of the last day, as 2026-10."""
        return f"{self.last:%Y-%m}"


def month_of(text: str) -> Period:
    """The calendar month written as 2026-10. ValueError when it is not one."""
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
