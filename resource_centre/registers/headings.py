# SPDX-License-Identifier: Apache-2.0
"""Know a column by its heading, in Indonesian or English, abbreviated, misspelt or in two languages at once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from resource_centre.registers.lists import rows_of

KINDS: Final = ("register", "counselling", "training")
DAY: Final = "day"
"""An attendance column; as a field it is written day:1, day:2 and so on."""

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9%#]+")
_PARTS = re.compile(r"[/\n|;,&]+|\batau\b|\bor\b|\s[-–—]\s")
_DAY_HEADING = re.compile(
    r"(?:(?:hari|hr|h|day|d|hadir|kehadiran|absen|abs|absensi|presensi|attendance|attended|sesi|session|pertemuan|meeting)"
    r"(?: (?:hari|hr|h|day|d|sesi|session))?(?: ke)?) ?"
    r"(\d{1,2}|i{1,3}|iv|v|vi{0,3}|pertama|kedua|ketiga|keempat|one|two|three|four)"
    r"|(first|second|third|fourth) day"
)
_ORDINALS: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8,
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4,
    "one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """What a heading may mean: a field of a kind of sheet, how sure (0 to 1), and how telling it is of the kind."""

    kind: str
    field: str
    sure: float
    weight: int


def words_of(text: str) -> tuple[str, ...]:
    """The words of a heading in small letters, brackets dropped, the usual abbreviations written out."""
    return _words(_BRACKETS.sub(" ", text)) or _words(text)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    text = _CAMEL.sub(" ", text)
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    long = _abbreviations()
    return tuple(long.get(word, word) for word in _NOT_WORD.sub(" ", plain).split())


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {row["short"]: row["long"] for row in rows_of("abbreviations")}


@lru_cache(maxsize=2)
def _word_use(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows_of("fillers") if row["use"] == use)


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], tuple[tuple[str, str, int], ...]]:
    found: dict[tuple[str, ...], list[tuple[str, str, int]]] = defaultdict(list)
    for row in rows_of("headings"):
        for heading in row["headings"].split("|"):
            entry = (row["kind"], row["field"], int(row["weight"]))
            phrase = _words(heading)
            if phrase and entry not in found[phrase]:
                found[phrase].append(entry)
    return {phrase: tuple(entries) for phrase, entries in found.items()}


@lru_cache(maxsize=1)
def _any_order() -> dict[tuple[str, ...], tuple[tuple[str, str, int], ...]]:
    return {tuple(sorted(phrase)): entries for phrase, entries in _phrases().items() if len(phrase) > 1}


@lru_cache(maxsize=1)
def _joined() -> dict[str, tuple[str, ...]]:
    return {"".join(phrase): phrase for phrase in _phrases() if len(phrase) > 1}


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in _phrases() for word in phrase)


@lru_cache(maxsize=8192)
def guesses(heading: str) -> tuple[Guess, ...]:
    """Everything a heading may mean, surest first; empty when nothing is known about it."""
    words = words_of(heading)
    if not words:
        return ()
    day = _day(words)
    if day is None:
        day = _day(_words(heading))
    if day is not None:
        return (Guess("training", f"{DAY}:{day}", 1.0, 3),)
    found = _exact(heading, words) or _in_parts(heading) or _spelt(words) or _beginning(words)
    return tuple(sorted(found, key=lambda g: (-g.sure, -g.weight)))


@lru_cache(maxsize=4096)
def whole_guesses(heading: str) -> tuple[Guess, ...]:
    """What a heading means as a whole, in any order of its words; nothing from parts of it."""
    return tuple(sorted(_exact(heading, words_of(heading)), key=lambda g: (-g.sure, -g.weight)))


def _day(words: tuple[str, ...]) -> int | None:
    match = _DAY_HEADING.fullmatch(" ".join(words))
    if not match:
        return None
    number = match[1] or match[2]
    return int(number) if number.isdecimal() else _ORDINALS[number]


def _entries(phrase: tuple[str, ...], sure: float) -> list[Guess]:
    return [Guess(kind, field, sure, weight) for kind, field, weight in _phrases().get(phrase, ())]


def _exact(heading: str, words: tuple[str, ...]) -> list[Guess]:
    whole = _words(heading)
    if found := _entries(whole, 1.0) or _entries(words, 1.0):
        return found
    joined = _joined().get("".join(words))
    if joined and (found := _entries(joined, 0.98)):
        return found
    if all(len(word) == 1 for word in words) and (found := _entries(("".join(words),), 0.98)):
        return found
    short = tuple(word for word in words if word not in _word_use("filler") and not word.isdecimal())
    if short and short != words and (found := _entries(short, 0.95)):
        return found
    return [Guess(g[0], g[1], 0.9, g[2]) for g in _any_order().get(tuple(sorted(words)), ())]


def _in_parts(heading: str) -> list[Guess]:
    """A heading with alternatives, such as two languages; different fields in one heading make an address."""
    parts = [part for part in _PARTS.split(_BRACKETS.sub(" ", heading)) if _words(part)]
    inside = [part[1:-1] for part in _BRACKETS.findall(heading) if _words(part[1:-1])]
    readings = [found for part in [*parts, *inside] if (found := _exact(part, _words(part)))]
    if len(parts) + len(inside) < 2 or not readings:
        return []
    fields = {reading[0].field for reading in readings[: len(parts)]}
    if fields == {"birth_place", "born"}:
        return [Guess("any", "birth_place_date", 0.95, 2)]
    if len(fields) > 1 and fields <= {"address", "hamlet", "village", "district", "regency", "province", "street"}:
        return [Guess("any", "address", 0.9, 1)]
    return [Guess(g.kind, g.field, 0.92, g.weight) for g in readings[0]]


def _spelt(words: tuple[str, ...]) -> list[Guess]:
    """Put right words that are one letter off a known one, when only one known word is so near."""
    mended = tuple(word if word in _known_words() else _nearest(word) for word in words)
    return _exact(" ".join(mended), mended) and [
        Guess(g.kind, g.field, 0.85, g.weight) for g in _exact(" ".join(mended), mended)
    ]


def _nearest(word: str) -> str:
    if len(word) < 5:
        return word
    from rapidfuzz.distance import OSA

    near = {known for known in _known_words() if len(known) >= 4 and OSA.distance(word, known, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else word


def _beginning(words: tuple[str, ...]) -> list[Guess]:
    """A heading that begins with a known one of two words or more and goes on with nothing that turns its meaning."""
    for length in range(len(words) - 1, 1, -1):
        rest = words[length:]
        if words[:length] in _phrases() and not _word_use("blocks").intersection(rest):
            return _entries(words[:length], 0.75)
    return []


def indonesian_headings(headings: list[str]) -> bool:
    """Whether the headings are Indonesian, which settles that days come before months."""
    telling = {
        "nama", "tanggal", "desa", "kecamatan", "kabupaten", "kelurahan", "negara", "jenis", "pekerjaan", "lahir",
        "pulang", "alamat", "tempat", "umur", "hari", "jumlah", "keterangan", "kelamin", "materi", "kepulangan",
    }  # fmt: skip
    return sum(bool(telling.intersection(words_of(heading))) for heading in headings) >= 2


@lru_cache(maxsize=65_536)
def known_heading(text: str) -> bool:
    """Whether a text is a heading as it stands in the list; quick, for asking of every line."""
    return len(text) <= 60 and bool(_exact(text, words_of(text)))
