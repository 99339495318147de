# SPDX-License-Identifier: Apache-2.0
"""On which days an event meets: every day from its first to its last, or those it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

MOST_DAYS: Final = 31
"""More marks than this do not fit on one sheet: an event of more days names those on which it meets."""


class Held(Protocol):
    """Whatever has the days of an event: the record, or a row that was read of it."""

    @property
    def starts_on(self) -> dt.date | None:
        """The first day."""

    @property
    def ends_on(self) -> dt.date | None:
        """The last day, None when that is the first."""

    @property
    def meets_on(self) -> list[str] | None:
        """Its days as ISO texts, where it does not meet on every day."""


def meeting_days(event: Held) -> tuple[dt.date, ...]:
    """The days of an event in their order, one for each mark of `Participation.days`; none without a first day."""
    return days_between(event.starts_on, event.ends_on, event.meets_on)


def days_between(
    first: dt.date | None, last: dt.date | None, meets_on: Sequence[str] | None = None
) -> tuple[dt.date, ...]:
    """The days from the first to the last, or those of `meets_on` (ISO) where there are any; `MOST_DAYS` at most."""
    named = _read(meets_on or ())
    if named:
        return named[:MOST_DAYS]
    if first is None:
        return ()
    span = (last - first).days + 1 if last is not None and last > first else 1
    return tuple(first + dt.timedelta(days=number) for number in range(min(span, MOST_DAYS)))


def _read(meets_on: Iterable[str]) -> tuple[dt.date, ...]:
    found = set()
    for day in meets_on:
        try:
            found.add(dt.date.fromisoformat(day))
        except (TypeError, ValueError):
            continue
    return tuple(sorted(found))
