# SPDX-License-Identifier: Apache-2.0
"""Dates known only in part. The text itself is the value: "2019", "2019-05", "2019-05-17"."""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

Precision = Literal["year", "month", "day"]

_SHAPE = re.compile(r"([1-9]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def parse_partial(text: str) -> str | None:
    """Return the text when it is a canonical partial date of the calendar, else None. Nothing is repaired."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    year, month, day = (int(part) if part else 1 for part in shape.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return text


def precision(value: str) -> Precision:
    """Say how much of the date is known. ValueError when the value is not canonical."""
    return _PRECISION[len(_checked(value))]


def earliest(value: str) -> date:
    """First day the value may stand for, inclusive; sorts partial dates. ValueError when not canonical."""
    year, month, day = _numbers(value)
    return date(year, month or 1, day or 1)


def latest(value: str) -> date:
    """Last day the value may stand for, inclusive. ValueError when not canonical."""
    year, month, day = _numbers(value)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def middle(value: str) -> date:
    """Day used for reckoning: 1 July of a bare year, the 15th of a bare month, else the day itself."""
    year, month, day = _numbers(value)
    if month is None:
        return date(year, 7, 1)
    return date(year, month, day or 15)


def agree(one: str, other: str) -> bool:
    """Whether both values can stand for one and the same day, each within its own precision."""
    return earliest(one) <= latest(other) and earliest(other) <= latest(one)


def age_on(born: str | None, on: date) -> int | None:
    """Completed years on a day, reckoned from `middle`; None when unknown or when born later than that day."""
    if born is None or parse_partial(born) is None:
        return None
    start = middle(born)
    if earliest(born) > on:
        return None
    return max(0, on.year - start.year - ((on.month, on.day) < (start.month, start.day)))


def _checked(value: str) -> str:
    if parse_partial(value) is None:
        raise ValueError("not a canonical partial date")
    return value


def _numbers(value: str) -> tuple[int, int | None, int | None]:
    year, *rest = (int(part) for part in _checked(value).split("-"))
    month = rest[0] if rest else None
    return year, month, rest[1] if len(rest) > 1 else None
