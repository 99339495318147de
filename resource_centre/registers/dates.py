# SPDX-License-Identifier: Apache-2.0
"""Dates as counsellors write them, read in the light of their whole column; what stays open is not decided.

The answer is a partial date as text: "2019", "2019-05" or "2019-05-17".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from resource_centre.registers.lists import rows_of
from resource_centre.registers.sheet import Cell

Order = Literal["dmy", "mdy"]

FIRST_YEAR: Final = 1900
OLDEST: Final = 105
YOUNGEST_WORKER: Final = 13
FEWEST_REAL: Final = 6
FEWEST_TEXTS: Final = 4
# Serial numbers of dates from 1927 on; below that a whole number in a date column is a year.
FIRST_SERIAL, LAST_SERIAL = 10_000, 60_000

_LONG_DASH = re.compile(r"[\u2010-\u2015]")
_DOUBLED = re.compile(r"([-/.])\1+")
_NOTE_BEHIND = re.compile(r"(?<=\d) ?\((?!\?)[^()\d]*\)$")
_SPACED = re.compile(r"\s+")
_WEEKDAY = re.compile(
    r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"mon|tue|wed|thu|fri|sat|sun)\b[.,/ ]*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(tgl|tanggal|tg|date|pd|pada|on|thn|tahun|th|bln|bulan)\b[.: ]*", re.IGNORECASE)
_CLOCK = re.compile(r"[ T]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?(am|pm|wib|wita|wit))?z?$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.,\\ ])\s*(\d{1,2})\s*[-/.,\\ ]\s*'?(\d{4}|\d{2})")
_EIGHT = re.compile(r"\d{8}")
_MONTH_FIRST = re.compile(r"([a-z]+)[. ]*(\d{1,2})(?:st|nd|rd|th)?[, ]+'?(\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]*(?:of )?([a-z]+)[-/., ]*'?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/., ]+([a-z]+)[-/., ]+(\d{1,2})")
_MONTH_YEAR = re.compile(r"([a-z]+)[-/., ]*'?(\d{4}|\d{2})")
_MONTH_NUMBER_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EMPTY_DAY = re.compile(r"^(?:0{1,2}|[-?.x]{1,2})\s*[-/.]\s*(?:0{1,2}|[-?.x]{1,2})\s*[-/.]\s*(\d{4})$")
_EMPTY_DAY_MONTH = re.compile(r"^(?:0{1,2}|[-?.x]{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$")
_ABOUT = re.compile(
    r"^(±|\+/?-|kira[- ]?kira|sekitar|kurang lebih|kl|k\.l\.|circa|ca\.?|about|approx\.?|around|~)\s*|\s*\(?\?\)?$"
)


@dataclass(frozen=True)
class DateReading:
    """What a date cell says: the value, or why there is none. `about` marks a year given as a guess by its writer."""

    value: str | None
    problem: str = ""
    options: tuple[str, ...] = ()
    about: bool = False


def may_be_same(one: str, other: str) -> bool:
    """Whether two partial dates can stand for the same day."""
    return one.startswith(other) or other.startswith(one)


def surely_after(one: str, other: str) -> bool:
    """Whether a partial date is later than another one, whatever their missing parts are."""
    return one + "-01-01"[len(one) - 4 :] > other + "-12-31"[len(other) - 4 :]


@dataclass
class DateHabit:
    """How one column writes its dates, found out from all its cells before the first is read."""

    indonesian: bool
    birth: bool
    today: date
    orders: dict[str, Counter[str]] = field(default_factory=dict)
    column_order: Order | None = None
    swapped: bool = False

    @classmethod
    def of(cls, cells: Iterable[Cell], *, indonesian: bool, birth: bool, today: date) -> DateHabit:
        """Look at a whole column: which of two small numbers can only be a day, and what Excel turned into dates."""
        habit = cls(indonesian=indonesian, birth=birth, today=today)
        real: list[date] = []
        text_days: list[int] = []
        for cell in cells:
            if isinstance(cell, datetime):
                real.append(cell.date())
            elif isinstance(cell, str) and (parts := _NUMBERS.fullmatch(_clean(cell))):
                first, second = int(parts[1]), int(parts[3])
                text_days.append(first)
                kind = "dmy" if first > 12 >= second else "mdy" if second > 12 >= first else "open"
                habit.orders.setdefault(_shape(parts), Counter())[kind] += 1
        habit.column_order = habit._settle(sum(habit.orders.values(), Counter()))
        habit.swapped = _looks_swapped(real, text_days)
        return habit

    def order_of(self, parts: re.Match[str]) -> Order | None:
        """Whether the day comes first in this cell; None when the column does not tell."""
        first, second = int(parts[1]), int(parts[3])
        if first > 12 >= second:
            return "dmy"
        if second > 12 >= first:
            return "mdy"
        if first == second:
            return "dmy"
        return self._settle(self.orders.get(_shape(parts), Counter()), alone=True) or self.column_order

    def _settle(self, seen: Counter[str], *, alone: bool = False) -> Order | None:
        days, months = seen["dmy"], seen["mdy"]
        if days and days >= 20 * months:
            return "dmy"
        if months and months >= 20 * days:
            return "mdy"
        if days or months or alone:
            return None
        return "dmy" if self.indonesian else None


def _looks_swapped(real: list[date], text_days: list[int]) -> bool:
    """Excel set to American dates turns 3/4 into 4 March and leaves 13/4 as text: then no date has a day over 12."""
    if len(set(real)) < FEWEST_REAL or len(set(text_days)) < FEWEST_TEXTS:
        # The days of one event stand on many lines and tell no more than once.
        return False
    return all(day.day <= 12 for day in real) and all(first > 12 for first in text_days)


def _shape(parts: re.Match[str]) -> str:
    return f"{parts[2]}{len(parts[4])}"


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {word: int(row["month"]) for row in rows_of("months") for word in row["words"].split("|")}


@lru_cache(maxsize=512)
def month_of(word: str) -> int | None:
    """The month a word means in Indonesian or English, one wrong letter allowed in words of five letters or more."""
    word = word.casefold().strip(". ")
    if word in _months():
        return _months()[word]
    if len(word) < 4:
        return None
    from rapidfuzz.distance import OSA

    near = {month for known, month in _months().items() if len(known) >= 4 and OSA.distance(word, known) <= 1}
    begins = {month for known, month in _months().items() if known.startswith(word)}
    found = near or begins
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=32_768)
def _clean(text: str) -> str:
    text = _SPACED.sub(" ", text.replace("’", "'").replace("\u00a0", " ")).strip().strip("'`")
    text = _NOTE_BEHIND.sub("", _CLOCK.sub("", _LONG_DASH.sub("-", text)))
    text = _DOUBLED.sub(r"\1", text).removesuffix(".0")
    for _ in range(2):
        text = _LABEL.sub("", _WEEKDAY.sub("", text))
    return text.strip(" .,;:").casefold()


def read_date(cell: Cell, habit: DateHabit) -> DateReading:
    """Read one date cell. A cell that stays open between two dates has no value and says both as options."""
    if isinstance(cell, bool) or cell is None:
        return DateReading(None, "" if cell is None else "not_a_date")
    if isinstance(cell, datetime):
        return _from_spreadsheet_date(cell.date(), habit)
    if isinstance(cell, date):
        return _from_spreadsheet_date(cell, habit)
    if isinstance(cell, int | float):
        return _from_number(cell, habit)
    if not isinstance(cell, str):
        return DateReading(None, "not_a_date")
    text = _clean(cell)
    about = not (text[:1].isdecimal() and text[-1:].isdecimal()) and bool(_ABOUT.search(text))
    reading = _from_text(_ABOUT.sub("", text).strip(" .") if about else text, habit)
    return DateReading(reading.value, reading.problem, reading.options, about and reading.value is not None)


def _from_spreadsheet_date(day: date, habit: DateHabit) -> DateReading:
    if (day.year < 1906 and not habit.birth) or day.year < habit.today.year - OLDEST:
        # 1999 typed into a cell that shows dates becomes 21 June 1905.
        year = (day - date(1899, 12, 30)).days
        if _plausible_year(year, habit):
            return DateReading(str(year))
        return DateReading(None, "date_out_of_range")
    if habit.swapped and day.day <= 12 and day.day != day.month:
        other = date(day.year, day.day, day.month)
        return DateReading(None, "date_order", (day.isoformat(), other.isoformat()))
    return _checked(day, habit)


def _from_number(number: float, habit: DateHabit) -> DateReading:
    if isinstance(number, int) or number.is_integer():
        whole = int(number)
        if _plausible_year(whole, habit):
            return DateReading(str(whole))
        if 10_000_000 > whole > 1_000_000 or 100_000_000 > whole >= 10_000_000:
            return _from_eight(f"{whole:08d}", habit)
    if FIRST_SERIAL <= number < LAST_SERIAL:
        return _checked(date(1899, 12, 30) + timedelta(days=int(number)), habit)
    return DateReading(None, "not_a_date")


def _plausible_year(year: int, habit: DateHabit) -> bool:
    return habit.today.year - OLDEST <= year <= habit.today.year + 1 and year >= FIRST_YEAR


def _from_text(text: str, habit: DateHabit) -> DateReading:
    if _YEAR.fullmatch(text):
        return DateReading(text) if _plausible_year(int(text), habit) else DateReading(None, "date_out_of_range")
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), habit)
    if found := _EMPTY_DAY.fullmatch(text):
        return _year_only(found[1], habit)
    if found := _EMPTY_DAY_MONTH.fullmatch(text):
        return _month(_year(found[2], habit), int(found[1]), habit)
    if found := _NUMBERS.fullmatch(text):
        return _from_three_numbers(found, habit)
    if _EIGHT.fullmatch(text):
        return _from_eight(text, habit)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(float(text), habit)
    return _from_words(text, habit)


def _from_words(text: str, habit: DateHabit) -> DateReading:
    if (found := _DAY_FIRST.fullmatch(text)) and (month := month_of(found[2])):
        return _with_year(found[3], month, int(found[1]), habit)
    if (found := _MONTH_FIRST.fullmatch(text)) and (month := month_of(found[1])):
        return _with_year(found[3], month, int(found[2]), habit)
    if (found := _YEAR_FIRST.fullmatch(text)) and (month := month_of(found[2])):
        return _day(int(found[1]), month, int(found[3]), habit)
    if (found := _MONTH_YEAR.fullmatch(text)) and (month := month_of(found[1])):
        return _month(_year(found[2], habit), month, habit)
    if found := _MONTH_NUMBER_YEAR.fullmatch(text):
        return _month(int(found[2]), int(found[1]), habit)
    if found := _YEAR_MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]), habit)
    return DateReading(None, "not_a_date")


def _from_three_numbers(parts: re.Match[str], habit: DateHabit) -> DateReading:
    order = habit.order_of(parts)
    first, second = int(parts[1]), int(parts[3])
    if order is None:
        both = [_with_year(parts[4], month, day, habit).value for day, month in ((first, second), (second, first))]
        options = tuple(dict.fromkeys(value for value in both if value))
        if len(options) == 1:
            return DateReading(options[0])
        return DateReading(None, "date_order" if options else "not_a_date", options)
    day, month = (first, second) if order == "dmy" else (second, first)
    return _with_year(parts[4], month, day, habit)


def _from_eight(text: str, habit: DateHabit) -> DateReading:
    """Eight digits without marks: year first or last, whichever is possible."""
    readings = [
        _day(int(text[:4]), int(text[4:6]), int(text[6:]), habit),
        _day(int(text[4:]), int(text[2:4]), int(text[:2]), habit),
    ]
    options = tuple(dict.fromkeys(reading.value for reading in readings if reading.value))
    if len(options) == 1:
        return DateReading(options[0])
    return DateReading(None, "date_order" if options else "not_a_date", options)


def _with_year(year: str, month: int, day: int, habit: DateHabit) -> DateReading:
    if len(year) == 4:
        return _day(int(year), month, day, habit)
    options = [
        value
        for century in (1900, 2000)
        if (value := _day(century + int(year), month, day, habit, wide=True).value) is not None
    ]
    options = _likely_centuries(options, habit)
    if len(options) == 1:
        return DateReading(options[0])
    return DateReading(None, "date_century" if options else "not_a_date", tuple(options))


def _likely_centuries(options: list[str], habit: DateHabit) -> list[str]:
    """A visit or a return is not of another century; whoever worked abroad is no child."""
    kept = []
    for value in options:
        age = habit.today.year - int(value[:4])
        youngest, oldest = (0, OLDEST - 5) if habit.birth else (-1, 60)
        if youngest <= age <= oldest:
            kept.append(value)
    if habit.birth and len(kept) > 1:
        grown = [value for value in kept if habit.today.year - int(value[:4]) >= YOUNGEST_WORKER]
        return grown or kept
    return kept


def _year(text: str, habit: DateHabit) -> int:
    if len(text) == 4:
        return int(text)
    options = _likely_centuries([f"{1900 + int(text)}-01-01", f"{2000 + int(text)}-01-01"], habit)
    return int(options[0][:4]) if len(options) == 1 else 0


def _year_only(text: str, habit: DateHabit) -> DateReading:
    return DateReading(text) if _plausible_year(int(text), habit) else DateReading(None, "date_out_of_range")


def _month(year: int, month: int, habit: DateHabit) -> DateReading:
    if 1 <= month <= 12 and _plausible_year(year, habit):
        return DateReading(f"{year:04d}-{month:02d}")
    return DateReading(None, "not_a_date")


def _day(year: int, month: int, day: int, habit: DateHabit, *, wide: bool = False) -> DateReading:
    try:
        found = date(year, month, day)
    except ValueError:
        return DateReading(None, "not_a_date")
    return DateReading(found.isoformat()) if wide else _checked(found, habit)


def _checked(day: date, habit: DateHabit) -> DateReading:
    if not _plausible_year(day.year, habit):
        return DateReading(None, "date_out_of_range")
    return DateReading(day.isoformat())


_TO = re.compile(
    r"\s*(?:\bs\.?\s?/?\s?d\.?\b|\bsampai(?: dengan)?\b|\bhingga\b|\bto\b|\buntil\b|–|—|\s-\s|\b dan \b|&)\s*",
    re.IGNORECASE,
)
_SHORT_RANGE = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2}[ /.-].*)")


def read_dates(cell: Cell, habit: DateHabit) -> tuple[DateReading, DateReading | None]:
    """Read a cell that may hold a first and a last day, such as "3 s/d 4 April 2026"."""
    whole = read_date(cell, habit)
    if not isinstance(cell, str) or whole.value or whole.options:
        return whole, None
    text = _clean(cell)
    parts = _TO.split(text)
    if len(parts) == 1 and (short := _SHORT_RANGE.fullmatch(text)):
        parts = [short[1], short[2]]
    if len(parts) != 2:
        return whole, None
    last = read_date(parts[1], habit)
    if last.value is None or len(last.value) != 10:
        return whole, None
    first = read_date(parts[0], habit)
    if first.value is None and (found := re.fullmatch(r"(\d{1,2})", parts[0].strip())):
        first = read_date(f"{last.value[:8]}{int(found[1]):02d}", habit)
    elif first.value is None:
        first = read_date(f"{parts[0]} {last.value[:4]}", habit)
    return (first, last) if first.value and first.value <= last.value else (whole, None)
