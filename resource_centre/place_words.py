# SPDX-License-Identifier: Apache-2.0
"""How registers write the names of places: markers before them, abbreviations, old spelling, slips of the pen."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from resource_centre.places import fold_place
from resource_centre.values.names import fold_word, plain

How = Literal["exact", "spelling", "abbreviated", "misspelt"]
#: From sure to least sure; each is tried only when the one before it finds nothing.
HOWS: tuple[How, ...] = ("exact", "spelling", "abbreviated", "misspelt")

_MARKERS = {
    **dict.fromkeys(("dusun", "dsn", "dukuh", "lingkungan", "lingk", "link", "kampung adat"), "hamlet"),
    **dict.fromkeys(("desa", "ds", "kelurahan", "kel", "nagari", "gampong", "pekon", "tiyuh"), "village"),
    **dict.fromkeys(("kecamatan", "kec", "distrik"), "district"),
    **dict.fromkeys(("kabupaten", "kab"), "regency"),
    **dict.fromkeys(("provinsi", "propinsi", "prov", "prop"), "province"),
}
_ANY_MARKER = "(" + "|".join(sorted(_MARKERS, key=len, reverse=True)) + r")\b[.:]?"
_MARKER = re.compile(r"\b" + _ANY_MARKER)
_LEADING_MARKER = re.compile(r"[\s.,]*" + _ANY_MARKER)
_KIND_OF_REGENCY = re.compile(
    r"^(?P<city>kota(?:madya)?(?: administrasi| adm)?|kodya|kotif|kt)\b|^(?P<land>kabupaten|kab|pemkab)\b"
)
_KIND_IN_NAME = re.compile(r"^(?:desa|kelurahan|nagari|gampong|pekon|tiyuh) ")
_NEIGHBOURHOOD = re.compile(r"\brt\s*[./]?\s*rw\b[\s.:]*\d+\s*[/-]\s*\d+|\br[tw]\b[\s.:]*\d+", re.ASCII)
_SEPARATOR = re.compile(r"[,;()/\n]+")
_EDGES = " .,;:()/-"
_DIRECTIONS = frozenset(
    {"utara", "selatan", "timur", "barat", "tengah", "daya", "laut", "atas", "bawah", "hulu", "hilir"}
    | {"lor", "kidul", "wetan", "kulon", "baru", "lama", "dalam", "luar"}
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_MOST_LETTERS_SHORT = 4
_CACHED_CELLS = 4_096
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True)
class Cell:
    """What one cell says: several wordings of the village, surest first, and what else it names."""

    village: tuple[str, ...] = ()
    district: str | None = None
    regency: str | None = None
    province: str | None = None
    hamlet: str | None = None


def read_cell(text: str) -> Cell:
    """Take "Dsn. A, Ds. Sikur Kec. Sikur Kab. Lotim" apart. Folded words everywhere."""
    text = _NEIGHBOURHOOD.sub(" ", plain(text))
    if not (_MARKER.search(text) or _SEPARATOR.search(text)):
        folded = fold_place(text)
        return Cell((folded,) if folded else ())
    parts: dict[str, str] = {}
    head, *marked = _MARKER.split(text)
    for marker, piece in zip(marked[::2], marked[1::2], strict=True):
        parts.setdefault(_MARKERS[marker], piece.strip(_EDGES))
    head = head.strip(_EDGES)
    named = [wording for wording in (parts.get("village"), head, parts.get("hamlet")) if wording]
    # "Desa Baru" and "Dusun Tengah" are names of villages too: the whole text comes first, the hamlet last.
    whole = ("", "") if "district" in parts else (fold_place(text), _without_marker(text))
    wordings = [*whole, *(fold_place(wording) for wording in named)]
    pieces = [fold_place(piece) for piece in _SEPARATOR.split(named[0])] if named else []
    pieces = [piece for piece in pieces if len(piece) > 2]
    if len(pieces) > 1:
        wordings.append(pieces[0])
        parts.setdefault("district", pieces[1])
        parts.setdefault("regency", pieces[2] if len(pieces) > 2 else "")
    return Cell(
        village=tuple(dict.fromkeys(wording for wording in wordings if wording)),
        district=parts.get("district") or None,
        regency=parts.get("regency") or None,
        province=parts.get("province") or None,
        hamlet=fold_place(parts["hamlet"]) if parts.get("hamlet") else None,
    )


@lru_cache(maxsize=_CACHED_CELLS)
def region_wordings(text: str | None) -> tuple[str, ...]:
    """Wordings of a district or province cell, folded: the whole, without its marker, up to the first comma."""
    written = plain(text or "").strip(_EDGES)
    first = _MARKER.split(_SEPARATOR.split(_LEADING_MARKER.sub("", written, count=1))[0])[0]
    wordings = (fold_place(written), _without_marker(written), fold_place(first))
    return tuple(dict.fromkeys(wording for wording in wordings if wording))


def _without_marker(text: str) -> str:
    """Folded, less the one marker it begins with: "Kel. Dusun Mudo" is the village Dusun Mudo."""
    return fold_place(_LEADING_MARKER.sub("", text, count=1))


@lru_cache(maxsize=_CACHED_CELLS)
def regency_wording(text: str | None) -> tuple[str, str | None]:
    """The folded name of a regency cell without its kind, and the kind: "city", "land" or None."""
    folded = fold_place(_SEPARATOR.split((text or "").strip(_EDGES))[0])
    found = _KIND_OF_REGENCY.match(folded)
    if found is None or found.end() == len(folded):
        return _without_province(folded), None
    return _without_province(folded[found.end() :].strip()), found.lastgroup


def _without_province(name: str) -> str:
    """Less a province in letters behind it: "lombok timur ntb"."""
    before, _, last = name.rpartition(" ")
    return before if before and last in abbreviations()["province"] and len(last) < 5 else name


def match_name(
    wordings: Sequence[str], names: Sequence[tuple[str, str]], *, loosest: How = "misspelt"
) -> tuple[list[str], How | None]:
    """Codes of the (code, folded name) pairs the wordings fit, and how; ([], None) when none does.

    The surest way that fits anything decides; within it the first wording that fits.
    """
    for how in HOWS[: HOWS.index(loosest) + 1]:
        for wording in wordings:
            codes = _WAYS[how](wording, names)
            if codes:
                return codes, how
    return [], None


def nearest_names(wording: str, names: Iterable[tuple[str, str]], limit: int) -> list[str]:
    """Codes of the names most like the wording, for a person to choose from."""
    from rapidfuzz import fuzz

    squeezed = _squeeze(wording)
    scored = [(fuzz.ratio(squeezed, _squeeze(name)), code) for code, name in names]
    return [code for score, code in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:limit] if score >= 60]


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, dict[str, str]]:
    """Kind ("word", "regency", "province") -> what is written -> what it means, from data/region_abbreviations.csv."""
    file = resources.files("resource_centre") / "data" / "region_abbreviations.csv"
    known: dict[str, dict[str, str]] = {"word": {}, "regency": {}, "province": {}}
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        known[row["kind"]][row["written"]] = row["means"]
    return known


def shortened(written: str, names: Sequence[tuple[str, str]]) -> list[str]:
    """Codes of regencies written as initials with their kind ("KLU") or as beginnings ("Lotim"), by rule."""
    if " " in written or len(written) < 3:
        return []
    return [code for code, name in names if _is_initials(written, name) or _is_beginnings(written, name)]


def _exactly(wording: str, names: Sequence[tuple[str, str]]) -> list[str]:
    same = [code for code, name in names if name == wording]
    glued = wording.replace(" ", "")
    return same or [code for code, name in names if name.replace(" ", "") == glued]


def _spelled(wording: str, names: Sequence[tuple[str, str]]) -> list[str]:
    squeezed = _squeeze(wording)
    same = [code for code, name in names if _squeeze(name) == squeezed]
    return same or [code for code, name in names if _KIND_IN_NAME.match(name) and _bare(name) == squeezed]


def _abbreviated(wording: str, names: Sequence[tuple[str, str]]) -> list[str]:
    words = wording.split()
    return [code for code, name in names if _fits_words(words, name.split())]


def _misspelt(wording: str, names: Sequence[tuple[str, str]]) -> list[str]:
    fixed = _fixed_words(wording)
    return [code for code, name in names if _is_slip(wording, name) and _fixed_words(name) == fixed]


def _is_slip(wording: str, name: str) -> bool:
    """Whether a letter or two went wrong, counted in both spellings: "Totsan" is Totosan, though "ts" is an old "c"."""
    return any(
        _is_near(form(wording), form(name), wording.count(" ") != name.count(" ")) for form in (_squeeze, _glued)
    )


def _is_near(one: str, other: str, other_words: bool) -> bool:
    from rapidfuzz.distance import OSA

    allowed = _allowed_slips(len(one))
    if not allowed or OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    return not _is_more(one, other, other_words)


def _glued(name: str) -> str:
    return name.replace(" ", "")


_WAYS: dict[How, Callable[[str, Sequence[tuple[str, str]]], list[str]]] = {
    "exact": _exactly,
    "spelling": _spelled,
    "abbreviated": _abbreviated,
    "misspelt": _misspelt,
}


@lru_cache(maxsize=8_192)
def _bare(name: str) -> str:
    """Less the kind of village that the official name begins with in some districts: "Pekon Susuk"."""
    return _squeeze(_KIND_IN_NAME.sub("", name))


@lru_cache(maxsize=32_768)
def _squeeze(name: str) -> str:
    """Old spelling folded, numerals as figures, no spaces."""
    return "".join(_numeral(word) or fold_word(word) for word in name.split())


@lru_cache(maxsize=8_192)
def _fixed_words(name: str) -> frozenset[str]:
    """Words in which a slip would make another village of it: numbers and directions, these though misspelt."""
    fixed = (_numeral(word) or _direction(word) for word in name.split())
    return frozenset(word for word in fixed if word)


def _direction(word: str) -> str | None:
    from rapidfuzz.distance import OSA

    if word in _DIRECTIONS:
        return word
    near = (known for known in _DIRECTIONS if len(known) > 4 and OSA.distance(word, known, score_cutoff=1) <= 1)
    return next(near, None)


def _is_more(one: str, other: str, other_words: bool) -> bool:
    """Whether one is the other with a word or two letters more: then it may well be another village ("Onang T.")."""
    short, long = sorted((one, other), key=len)
    longer = len(long) - len(short)
    return long.startswith(short) and (longer > 1 or (longer > 0 and other_words))


def _numeral(word: str) -> str | None:
    if word.isdecimal():
        return str(int(word))
    return str(_ROMAN[word]) if word in _ROMAN else None


def _allowed_slips(length: int) -> int:
    return 0 if length < 5 else 1 if length < 8 else 2


def _fits_words(written: list[str], name: list[str]) -> bool:
    if len(written) != len(name) or len(name) < 2:
        return False
    pairs = [(short, word) for short, word in zip(written, name, strict=True) if fold_word(short) != fold_word(word)]
    return bool(pairs) and all(_abbreviates(short, word) for short, word in pairs)


def _abbreviates(short: str, word: str) -> bool:
    if abbreviations()["word"].get(short) == word:
        return True
    if len(short) >= len(word) or len(short) < 2 or short[0] != word[0]:
        return False
    if word.startswith(short) and len(short) > 2:
        return True
    # "tmr", "slt": a few letters in their order, without the vowels.
    letters = iter(word)
    return (
        len(short) <= _MOST_LETTERS_SHORT
        and not _VOWELS & set(short[1:])
        and all(letter in letters for letter in short)
    )


def _is_initials(written: str, name: str) -> bool:
    words = name.split()
    return len(words) > 1 and written in {kind + "".join(word[0] for word in words) for kind in ("", "k")}


def _is_beginnings(written: str, name: str) -> bool:
    words = name.split()
    if len(words) != 2:
        return False
    cuts = range(2, len(written) - 1)
    return any(words[0].startswith(written[:cut]) and words[1].startswith(written[cut:]) for cut in cuts)
