# SPDX-License-Identifier: Apache-2.0
"""Dates as people type them: day before month, Indonesian or English month names, or only a part of the date."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QLocale

from resource_centre.clock import today
from resource_centre.i18n import language
from resource_centre.values.partial_date import parse_partial, precision

Meant = Literal["past", "future", "either"]
"""Where a day without its year lies: what has happened, what is planned, or the nearest of both."""

_NUMBERS = re.compile(r"(?:(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+)?(\d{4}|\d{2})", re.ASCII)
_CANONICAL = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?", re.ASCII)
_SOLID = re.compile(r"\d{8}", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})[-/. ]*)?([a-z]+)[-/., ]*(\d{4}|\d{2})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})(?:[-/. ]+(\d{1,2})|[-/. ]*([a-z]{3,}))[-/. ]*", re.ASCII)
_BARE_DAY = re.compile(r"\d{1,2}", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:[,;&\n]|\b(?:dan|and)\b)\s*")
_TWO_DIGIT_YEAR = re.compile(r"(.*\D)(\d{2})", re.ASCII)
YEARS_AHEAD = 20
CLOSE = timedelta(days=180)

_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8,
    "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip


def read_typed(text: str) -> str | None:
    """The canonical partial date for "2019", "5/2019", "17-5-2019", "17 Mei 2019", "17051984"; None when unclear."""
    bare = " ".join(text.casefold().split())
    found = _parts(bare)
    if found is None:
        return None
    day, month, year = found
    return parse_partial("-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]))


def read_typed_day(text: str, meant: Meant = "past", since: date | None = None) -> date | None:
    """A whole day; "25-11" and "25 Nov" are the nearest such day up to (`meant` past) or from (future) `since`, today.

    A year of two digits is in this century where the day may be planned. None when it is no whole day.
    """
    bare = " ".join(text.casefold().split())
    if (
        meant != "past"
        and not _CANONICAL.fullmatch(bare)
        and (found := _TWO_DIGIT_YEAR.fullmatch(bare))
        and read_typed(bare) is not None
    ):
        century = today().year // 100 * 100
        year = century + int(found[2])
        bare = f"{found[1]}{year if year <= today().year + YEARS_AHEAD else year - 100}"
    value = read_typed(bare)
    if value is not None:
        return date.fromisoformat(value) if precision(value) == "day" else None
    return _without_year(bare, meant, since or today())


def read_typed_days(text: str, since: date | None = None) -> tuple[date, ...] | None:
    """Days in the order typed: "12-10, 14-10, 21-10-2026", "12, 14 dan 21 Okt 2026"; None when one is unclear.

    What a day leaves out, the next one says, else the one before: it is the nearest such day to that one, or to `since`
    (today) when none has a year.
    """
    parts = [part for part in _BETWEEN.split(text.casefold().strip()) if part]
    days = [read_typed_day(part, "either") if _has_year(part) else None for part in parts]
    if not any(days):
        first = next((place for place, part in enumerate(parts) if not _BARE_DAY.fullmatch(part)), None)
        if first is None:
            return None if parts else ()
        days[first] = read_typed_day(parts[first], "either", since)
    for places in (range(len(parts) - 1, -1, -1), range(len(parts))):
        _complete(parts, days, places)
    return None if None in days else tuple(day for day in days if day is not None)


def show_days(days: Iterable[date]) -> str:
    """ "12, 14, 21 Oktober 2026", and "28 September, 5 Oktober 2026" over several months; in the active language."""
    months: dict[tuple[int, int], list[date]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(day)
    words, names = [], _month_names(language())
    for place, ((year, month), within) in enumerate(months.items()):
        last = place == len(months) - 1 or list(months)[place + 1][0] != year
        numbers = ", ".join(str(day.day) for day in within)
        words.append(f"{numbers} {names[month - 1]}{f' {year}' if last else ''}")
    return "; ".join(words) if any(len(within) > 1 for within in months.values()) else ", ".join(words)


def days_as_typed(days: Sequence[date]) -> str:
    """How days are put into the field: 12-10, 14-10, 21-10-2026; the year with the last day of it."""
    followed = zip(days, [*days[1:], None], strict=False)
    return ", ".join(f"{day:%d-%m}" if _goes_on(day, after) else f"{day:%d-%m-%Y}" for day, after in followed)


def show_partial(value: str | None) -> str:
    """ "17 Mei 2019", "Mei 2019" or "2019" in the active language; empty for None."""
    if not value or parse_partial(value) is None:
        return value or ""
    year, *rest = value.split("-")
    words = [year]
    if rest:
        words.insert(0, _month_names(language())[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def show_date(day: date | None, *, weekday: bool = False) -> str:
    """A whole date in the active language; with the day of the week if wished."""
    if day is None:
        return ""
    words = show_partial(day.isoformat())
    return f"{QLocale(language()).dayName(day.isoweekday())}, {words}" if weekday else words


def show_time(at: time) -> str:
    """The time of day in the active language: 14.05 in Indonesian, 14:05 in English."""
    return at.strftime("%H.%M" if language() == "id" else "%H:%M")


def as_typed(value: str | None) -> str:
    """How a canonical partial date is put into the field: 17-05-2019, 05-2019, 2019."""
    return "-".join(reversed(value.split("-"))) if value else ""


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=8)
def _month_names(code: str) -> tuple[str, ...]:
    locale = QLocale(code)
    return tuple(locale.standaloneMonthName(month) for month in range(1, 13))


def _parts(bare: str) -> tuple[int, int, int] | None:
    if _CANONICAL.fullmatch(bare):
        year, month, *rest = (int(part) for part in bare.split("-"))
        return (rest[0] if rest else 0), month, year
    if _SOLID.fullmatch(bare):
        return int(bare[:2]), int(bare[2:4]), int(bare[4:])
    if found := _NUMBERS.fullmatch(bare):
        return _numbers(*found.groups())
    if found := _WORDS.fullmatch(bare):
        return _words(*found.groups())
    return None


def _numbers(day: str | None, month: str | None, year: str) -> tuple[int, int, int] | None:
    if len(year) == 2 and day is None:
        return None
    if any(part is not None and int(part) == 0 for part in (day, month)):
        return None
    return int(day or 0), int(month or 0), _full_year(year)


def _words(day: str | None, word: str, year: str) -> tuple[int, int, int] | None:
    month = _MONTHS.get(word[:3]) if len(word) >= 3 else None
    if month is None or (day is not None and int(day) == 0):
        return None
    return int(day or 0), month, _full_year(year)


def _goes_on(day: date, after: date | None) -> bool:
    """Whether the day after it says the year of this one, and no other year would be nearer."""
    return after is not None and after.year == day.year and abs(after - day) <= CLOSE


def _has_year(part: str) -> bool:
    return not _BARE_DAY.fullmatch(part) and _SHORT.fullmatch(part) is None


def _complete(parts: list[str], days: list[date | None], places: Iterable[int]) -> None:
    """Give the days that leave something out what the one before them in this order of places says."""
    known: date | None = None
    for place in places:
        if days[place] is None and known is not None and not _has_year(parts[place]):
            days[place] = _completed(parts[place], known)
        known = days[place] or known


def _completed(part: str, known: date) -> date | None:
    if not _BARE_DAY.fullmatch(part):
        return read_typed_day(part, "either", known)
    try:
        return known.replace(day=int(part))
    except ValueError:
        return None


def _without_year(bare: str, meant: Meant, since: date) -> date | None:
    found = _SHORT.fullmatch(bare)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2]) if found[2] else _MONTHS.get(found[3][:3], 0)
    if not (1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1]):
        return None
    # Around 1900 and 2100 a 29 February may be eight years away.
    years = [year for year in range(since.year - 8, since.year + 9) if (day, month) != (29, 2) or isleap(year)]
    days = [date(year, month, day) for year in years]
    if meant == "past":
        return max(one for one in days if one <= since)
    if meant == "future":
        return min(one for one in days if one >= since)
    return min(days, key=lambda one: abs(one - since))


def _full_year(text: str) -> int:
    """Two digits are the last such year that is not in the future."""
    year = int(text)
    if len(text) == 4:
        return year
    this = today().year
    return this - (this - year) % 100
