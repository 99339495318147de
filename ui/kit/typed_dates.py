# SPDX-License-Identifier: Apache-2.0
"""Dates as people type them: day before month, Indonesian or English month names, or only a part of the date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QLocale

from resource_centre.clock import today
from resource_centre.i18n import language
from resource_centre.values.partial_date import parse_partial

_NUMBERS = re.compile(r"(?:(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+)?(\d{4}|\d{2})", re.ASCII)
_CANONICAL = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?", re.ASCII)
_SOLID = re.compile(r"\d{8}", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})[-/. ]*)?([a-z]+)[-/., ]*(\d{4}|\d{2})", re.ASCII)

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


def as_typed(value: str | None) -> str:
    """How a canonical partial date is put into the field: 17-05-2019, 05-2019, 2019."""
    return "-".join(reversed(value.split("-"))) if value else ""


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


def _full_year(text: str) -> int:
    """Two digits are the last such year that is not in the future."""
    year = int(text)
    if len(text) == 4:
        return year
    this = today().year
    return this - (this - year) % 100
