# SPDX-License-Identifier: Apache-2.0
"""Read single cells: name, NIK, sex, telephone, scores, durations, marks. Nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from resource_centre.places import gazetteer
from resource_centre.registers.readings import NOTHING, Reading, as_text, is_empty, is_unknown, number_words, words_for
from resource_centre.registers.sheet import Cell
from resource_centre.values.names import plain
from resource_centre.values.nik import NikReading, read_nik
from resource_centre.values.phone import read_phone
from resource_centre.values.text import tidy

DAMAGED: Final = "damaged"
INVALID: Final = "invalid"
EXACT_INTEGERS: Final = 2**53

_NIK_RUN = re.compile(r"(?<!\d)\d(?:[ .\-\u2010-\u2015\u00a0/]?\d){15}(?!\d)")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?0?\d{1,2}")
_FLOAT_TEXT = re.compile(r"(\d+)[.,]0+")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_OUT_OF = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:/|dari|of|out of) ?(\d+(?:[.,]\d+)?)")
_HOURS = re.compile(
    r"(\d+(?:[.,]\d+)?|½|setengah|satu|dua|tiga|se|a|an|one|two|half) ?(?:an )?(jam|j|hours?|hrs?|h)\b\.?"
)
_MINUTES = re.compile(r"(\d+) ?(menit|mnt|men|minutes?|mins?|m|')(?!\w)")
_MOBILE = re.compile(r"(?:\+?62|0)?(8[1-35-9][0-9]{7,10})")
_SPACING: Final = str.maketrans("", "", " -.")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")
_FROM_TO = re.compile(
    r"(?:jam|pukul|pkl)?\.? ?(\d{1,2})[:.](\d{2}) ?(?:-|–|s/d|s\.d\.?|sampai|to) ?"
    r"(\d{1,2})[:.](\d{2})(?: ?wi(?:b|ta|t))?"
)
_HALF = re.compile(r"(?:\b(\d+) ?)?(?:½|\b1/2) ?")
_NOT_LETTER = re.compile(r"[^a-z²♂♀√✓✔☑✅●〃✗✘0-9]+")


def read_name(cell: Cell) -> Reading:
    """A name as written; only outer blanks and letters nobody sees are taken away."""
    text = tidy(as_text(cell))
    if is_empty(text):
        return NOTHING
    if not any(letter.isalpha() for letter in text) or sum(letter.isdecimal() for letter in text) >= 10:
        return Reading(None, "not_a_name")
    return Reading(text)


def read_text(cell: Cell) -> Reading:
    """Free text, tidied; a dash is nothing."""
    text = tidy(as_text(cell))
    return NOTHING if is_empty(text) else Reading(text)


@dataclass
class NikHabit:
    """Whether a column of NIKs in a text table went through a spreadsheet that cut every last digit to 0."""

    cut: bool = False

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> NikHabit:
        """Sixteen digits end in 0 one time in ten; when most do, the zeros are not theirs."""
        texts = [cell.strip() for cell in cells if isinstance(cell, str)]
        whole = [text for text in texts if len(text) == 16 and text.isdecimal()]
        zeros = sum(text.endswith("0") for text in whole)
        return cls(cut=len(whole) >= 6 and zeros >= 0.6 * len(whole))


def read_nik_cell(cell: Cell, habit: NikHabit, today: date) -> Reading:
    """The 16 digits; "damaged" when a spreadsheet lost some, "invalid" when it cannot be a NIK, both to settle."""
    if isinstance(cell, bool | datetime | time | date):
        return Reading(INVALID, "nik_form")
    if isinstance(cell, int | float):
        return _nik_number(cell, today)
    text = tidy(cell or "").strip("'`‘’")
    if is_empty(text) or is_unknown(text):
        return NOTHING
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        return Reading(DAMAGED, "nik_damaged")
    if found := _FLOAT_TEXT.fullmatch(text):
        return _nik_number(int(found[1]), today)
    runs = {re.sub(r"\D", "", run) for run in _NIK_RUN.findall(text)}
    if len(runs) > 1:
        return Reading(INVALID, "two_answers", options=tuple(sorted(runs)))
    if not runs:
        if not any(letter.isdecimal() for letter in text):
            return Reading(None, "nik_form")
        return Reading(INVALID, "nik_length")
    digits = runs.pop()
    if habit.cut and digits.endswith("0"):
        return Reading(DAMAGED, "nik_damaged")
    return _nik_digits(digits, today)


def _nik_number(number: float, today: date) -> Reading:
    digits = f"{number:.0f}"
    if number == 0:
        return NOTHING
    if len(digits) >= 16 and (number >= EXACT_INTEGERS or digits.endswith("0") or isinstance(number, float)):
        return Reading(DAMAGED, "nik_damaged")
    return _nik_digits(digits, today) if len(digits) == 16 else Reading(INVALID, "nik_length")


def _nik_digits(digits: str, today: date) -> Reading:
    return Reading(digits) if _nik_reading(digits, today).ok else Reading(INVALID, "nik_form")


@lru_cache(maxsize=65_536)
def _nik_reading(digits: str, today: date) -> NikReading:
    return read_nik(digits, today=today, places=gazetteer(), demo=True)


@lru_cache(maxsize=65_536)
def nik_says(digits: str, today: date) -> tuple[str | None, tuple[str, ...]]:
    """Sex and possible birth dates (ISO) inside a good NIK."""
    reading = _nik_reading(digits, today)
    return reading.sex, tuple(day.isoformat() for day in reading.birth_dates)


@lru_cache(maxsize=4096)
def fold_word(text: str) -> str:
    """Small letters and single spaces, for looking a short answer up."""
    return _NOT_LETTER.sub(" ", plain(text)).strip()


@dataclass
class SexHabit:
    """How a column writes the sexes: "P" is perempuan, except beside W, where it may be pria."""

    unclear: frozenset[str] = frozenset()
    settled: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Iterable[Cell], by_nik: Iterable[tuple[str, str]] = ()) -> SexHabit:
        """Look at the whole column, and at what good NIKs say about its letters (pairs of word and sex)."""
        seen = {fold_word(text) for text in {as_text(cell) for cell in cells if cell is not None}}
        men = seen & {"l", "lk", "laki", "laki laki", "lelaki", "laki2", "male"}
        unclear: set[str] = set()
        if "p" in seen and not men and seen & {"w", "wanita"}:
            unclear.add("p")
        if {"1", "2"} & seen:
            unclear |= {"1", "2"} & seen
        votes: dict[str, Counter[str]] = {}
        for word, sex in by_nik:
            if word in unclear:
                votes.setdefault(word, Counter())[sex] += 1
        settled = {word: next(iter(vote)) for word, vote in votes.items() if len(vote) == 1 and vote.total() >= 3}
        return cls(frozenset(unclear - set(settled)), settled)


def read_sex(cell: Cell, habit: SexHabit) -> Reading:
    """L or P."""
    text = as_text(cell).strip()
    if is_empty(text) and text.casefold() != "x":
        return NOTHING
    word = fold_word(text)
    if word in habit.settled:
        return Reading(habit.settled[word])
    if word in habit.unclear:
        return Reading(None, "sex_letter")
    for sex in ("L", "P"):
        if word in words_for(f"sex_{sex}") or _is_slip_of(word, sex):
            return Reading(sex)
    if is_unknown(text):
        return NOTHING
    return Reading(None, "not_in_list")


@lru_cache(maxsize=1024)
def _is_slip_of(word: str, sex: str) -> bool:
    """Whether this is the long word for a sex with one letter wrong, with or without its letter behind it."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word.removesuffix(f" {sex.lower()}"), "laki laki" if sex == "L" else "perempuan") <= 1


def read_phone_cell(cell: Cell) -> Reading:
    """A telephone number in international form; what stood beside it becomes the note."""
    if isinstance(cell, datetime | date | time | bool):
        return Reading(None, "phone_form")
    text = tidy(as_text(cell))
    if is_empty(text) or is_unknown(text):
        return NOTHING
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")) and len(re.sub(r"[eE].*|\D", "", text)) < 9:
        return Reading(None, "phone_damaged")
    return _phone(text)


@lru_cache(maxsize=65_536)
def _phone(text: str) -> Reading:
    plain_mobile = _MOBILE.fullmatch(text.translate(_SPACING))
    if plain_mobile is not None:
        return Reading(f"+62{plain_mobile[1]}")  # nearly every number of a register, without the long way round
    found = read_phone(text)
    if found.e164 is not None and text[:1] == "8" and not found.e164.startswith("+62"):
        # A spreadsheet has taken the 0 away; read without it, the first figures look like another country's.
        return Reading(f"+62{found.e164[1:]}", "phone_unusual", "warning", note=found.note)
    if found.e164 is None:
        return Reading(None, "phone_form", note=found.note)
    if len(re.findall(r"\d", found.note)) >= 7:
        return Reading(found.e164, "phone_two", "warning", note=found.note)
    if not found.valid and not re.fullmatch(r"\+628\d{8,11}", found.e164):
        return Reading(found.e164, "phone_unusual", "warning", note=found.note)
    return Reading(found.e164, note=found.note)


def _as_number(text: str) -> float:
    return float(text.replace(",", "."))


def _neat(number: float) -> int | float:
    return int(number) if float(number).is_integer() else round(number, 4)


def read_score(cell: Cell) -> Reading:
    """A test result in percent, from 0 to 100."""
    if isinstance(cell, bool | datetime | date | time):
        return Reading(None, "not_a_number")
    if isinstance(cell, int | float):
        return _score(cell)
    text = tidy(cell or "")
    if text.casefold() in words_for("empty") - {"0"} or not text or is_unknown(text):
        return NOTHING
    text = text.casefold().removesuffix("%").replace("persen", "").replace("poin", "").strip()
    if found := _OUT_OF.fullmatch(text):
        whole = _as_number(found[2])
        return _score(100 * _as_number(found[1]) / whole) if whole else Reading(None, "not_a_number")
    return _score(_as_number(text)) if _NUMBER.fullmatch(text) else Reading(None, "not_a_number")


def _score(number: float) -> Reading:
    return Reading(_neat(number)) if 0 <= number <= 100 else Reading(None, "out_of_range")


def read_minutes(cell: Cell, heading: str = "") -> Reading:
    """A length of time in minutes."""
    if isinstance(cell, time):
        return Reading(cell.hour * 60 + cell.minute)
    if isinstance(cell, bool | datetime | date):
        return Reading(None, "not_a_number")
    hours = bool(re.search(r"\bjam\b|\bhours?\b", heading.casefold())) and "menit" not in heading.casefold()
    if isinstance(cell, int | float):
        return _minutes(cell * 60 if hours else cell)
    text = tidy(cell or "").casefold().removeprefix("±").removeprefix("+-").strip()
    if is_empty(text) or is_unknown(text):
        return NOTHING
    if _NUMBER.fullmatch(text):
        return _minutes(_as_number(text) * (60 if hours else 1))
    if found := _CLOCK.fullmatch(text):
        return _minutes(int(found[1]) * 60 + int(found[2]))
    if found := _FROM_TO.fullmatch(text):
        return _minutes(60 * (int(found[3]) - int(found[1])) + int(found[4]) - int(found[2]))
    return _hours_and_minutes(_HALF.sub(lambda half: f"{half[1] or 0},5 ", text))


def _hours_and_minutes(text: str) -> Reading:
    written = {"½": 0.5, "setengah": 0.5, "half": 0.5, "a": 1, "an": 1, "se": 1, "satu": 1, "one": 1, "dua": 2,
               "two": 2, "tiga": 3}  # fmt: skip
    total, rest = 0.0, text
    rest = rest.replace("satu setengah jam", "1,5 jam").replace("dua setengah jam", "2,5 jam")
    if found := _HOURS.search(rest):
        total += 60 * (written[found[1]] if found[1] in written else _as_number(found[1]))
        rest = rest[: found.start()] + rest[found.end() :]
        if "setengah" in rest or "½" in rest:
            total, rest = total + 30, rest.replace("setengah", "").replace("½", "")
    if found := _MINUTES.search(rest):
        total, rest = total + int(found[1]), rest[: found.start()] + rest[found.end() :]
    if total and (found := re.fullmatch(r" *(\d{2})", rest)) and int(found[1]) < 60:
        total, rest = total + int(found[1]), ""
    rest = re.sub(r"\b(lebih|kurang|sekitar|dan|and|about)\b|[ ,.&+]", "", rest)
    return _minutes(total) if total and not rest else Reading(None, "not_a_number")


def _minutes(number: float) -> Reading:
    return Reading(round(number)) if 0 < number <= 24 * 60 else Reading(None, "out_of_range")


def read_count(cell: Cell, most: int) -> Reading:
    """A small whole number such as an age or the number of a session, with or without words around it."""
    if isinstance(cell, bool | datetime | date | time):
        return Reading(None, "not_a_number")
    if isinstance(cell, int | float):
        number = float(cell)
    else:
        text = tidy(cell or "").casefold()
        if not text or text in words_for("empty") or is_unknown(text):
            return NOTHING
        stripped = re.sub(
            r"^(sesi|session|ke|ke-|pertemuan|umur|usia|kunjungan|no|hari)?[ .\-]*(ke)?[ .\-]*|"
            r"[ .]*(tahun|thn|th|yrs?|years?( old)?|hari|days?|x|kali|st|nd|rd)?\.?$", "", text)  # fmt: skip
        if stripped in number_words():
            number = float(number_words()[stripped])
        elif re.fullmatch(r"\d{1,4}([.,]0+)?", stripped):
            number = _as_number(stripped)
        else:
            return Reading(None, "not_a_number")
    if not number.is_integer():
        return Reading(None, "not_a_number")
    return Reading(int(number)) if 0 <= number <= most else Reading(None, "out_of_range")


@dataclass
class MarkHabit:
    """How a sheet marks attendance: x is a tick in one office and a cross in the next."""

    cross: str = ""
    english: bool = False

    @classmethod
    def of(cls, cells: Iterable[Cell], *, indonesian: bool) -> MarkHabit:
        """Look at the marks of all days together."""
        seen = {_mark_word(cell) for cell in cells if cell is not None}
        ticks = bool(seen & {"h", "hadir", "v", "√", "✓", "✔", "1", "present", "ya"}) or (
            not indonesian and "p" in seen
        )
        absent = bool(seen & {"a", "alpa", "-", "absent", "tk", "0", "alpha"})
        cross = "A" if ticks and not absent else "H" if absent and not ticks else ""
        if seen <= {"x", ""} or (ticks is absent is False):
            cross = "H"
        return cls(cross=cross, english=not indonesian)


def _mark_word(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return plain(as_text(cell)).strip(" .\u00a0")


def read_mark(cell: Cell, habit: MarkHabit) -> Reading:
    """One day of attendance: H present, T late, I excused, A absent; nothing when not marked."""
    word = _mark_word(cell)
    if not word:
        return NOTHING
    if word in {"x", "×"}:
        return Reading(habit.cross) if habit.cross else Reading(None, "mark_unknown")
    if habit.english:
        english = {"p": "H", "l": "T", "e": "I", "a": "A", "y": "H", "n": "A"}
        if word in english:
            return Reading(english[word])
    for mark, use in (("H", "mark_present"), ("T", "mark_late"), ("I", "mark_excused"), ("A", "mark_absent")):
        if word in words_for(use):
            return Reading(mark)
    return Reading(None, "mark_unknown")
