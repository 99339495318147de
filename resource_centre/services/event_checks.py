# SPDX-License-Identifier: Apache-2.0
"""What is wrong with an event, with its counts, and with the marks on its sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from resource_centre.problems import Problem
from resource_centre.services.event_days import MOST_DAYS, days_between

Values = Mapping[str, Any]

COUNTED: Final = ("counted_women", "counted_men", "counted_others")
PARTS_OF_THE_COUNT: Final = ("counted_minors", "counted_disability")


def check_event(values: Values, _on: dt.date) -> Iterable[Problem]:
    """The days follow each other and are named once; parts of a count are no more than the count."""
    yield from _days(values)
    yield from _counts(values)


def counted(values: Values) -> int:
    """How many came besides those named on the sheet."""
    return sum(values.get(name) or 0 for name in COUNTED)


def days_of_values(values: Values) -> tuple[dt.date, ...]:
    """The meeting days that these values of an event make."""
    return days_between(values.get("starts_on"), values.get("ends_on"), values.get("meets_on"))


def day_outside(marks: str | None, days: int) -> bool:
    """Whether somebody is marked on more days than the event has."""
    return bool((marks or "")[days:].strip("-"))


def _days(values: Values) -> Iterable[Problem]:
    first, last = values.get("starts_on"), values.get("ends_on")
    if first and last and last < first:
        yield Problem("ends_on", "ends_before_start")
        return
    named: Sequence[str] = values.get("meets_on") or ()
    days = [dt.date.fromisoformat(day) for day in named]
    if any((first and day < first) or day > (last or first or day) for day in days):
        yield Problem("meets_on", "named_day_outside")
    if len(days) > MOST_DAYS:
        yield Problem("meets_on", "too_many_days")
    elif not days and first and last and (last - first).days >= MOST_DAYS:
        yield Problem("ends_on", "name_the_days", "warning")


def _counts(values: Values) -> Iterable[Problem]:
    came = counted(values)
    for name in PARTS_OF_THE_COUNT:
        if (values.get(name) or 0) > came:
            yield Problem(name, "more_than_counted")
    if values.get("reach") is not None and values["reach"] < came:
        yield Problem("reach", "reach_below_came", "warning")
