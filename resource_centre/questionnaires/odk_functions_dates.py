# SPDX-License-Identifier: Apache-2.0
"""Functions on dates and times, which are ISO texts."""

from __future__ import annotations

import re
from datetime import datetime

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import (
    NAN,
    Value,
    iso_date,
    iso_moment,
    moment_from,
    part_of_day,
    universal_days,
)
from resource_centre.questionnaires.function_table import function

_SIGNS = re.compile(r"%([YymnbdeaHhMS3%])")


@function("today", "text", volatile=True)
def today(asking: Asking) -> str:
    """The day."""
    return iso_date(asking.scene.facts.today)


@function("now", "text", volatile=True)
def now(asking: Asking) -> str:
    """The day and time with the laptop's zone."""
    return iso_moment(asking.scene.facts.now)


@function("date", "text", "any")
def day(_asking: Asking, value: Value) -> str:
    """The day of a date, of a date with time, or of a number of days; nothing for anything else."""
    moment = moment_from(value)
    return "" if moment is None else iso_date(moment)


@function("date-time", "text", "any")
def day_and_time(_asking: Asking, value: Value) -> str:
    """The day and time of a date or of a number of days; nothing for anything else."""
    moment = moment_from(value)
    return "" if moment is None else iso_moment(moment)


@function("decimal-date-time", "number", "any")
def decimal_date_time(_asking: Asking, value: Value) -> float:
    """Days since 1970-01-01, in universal time where the zone is said."""
    moment = moment_from(value)
    return NAN if moment is None else universal_days(moment)


@function("decimal-time", "number", "any")
def decimal_time(_asking: Asking, value: Value) -> float:
    """The part of the day that has passed: 0.5 at noon."""
    return part_of_day(value)


@function("format-date", "text", "any", "text")
def format_date(asking: Asking, value: Value, pattern: str) -> str:
    """A date in the words and order of a pattern."""
    moment = moment_from(value)
    return "" if moment is None else asking.made(_said(moment, pattern, asking.scene.language))


@function("format-date-time", "text", "any", "text")
def format_date_time(asking: Asking, value: Value, pattern: str) -> str:
    """A date with time in the words and order of a pattern."""
    return str(format_date(asking, value, pattern))


def _said(moment: datetime, pattern: str, language: str) -> str:
    parts = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "%": "%",
    }
    if "%b" in pattern or "%a" in pattern:
        parts |= _names(moment, language)
    return _SIGNS.sub(lambda found: parts[found[1]], pattern)


def _names(moment: datetime, language: str) -> dict[str, str]:
    from babel import Locale

    locale = Locale("en" if language == "en" else "id")
    return {
        "b": str(locale.months["format"]["abbreviated"][moment.month]),
        "a": str(locale.days["format"]["abbreviated"][moment.weekday()]),
    }
