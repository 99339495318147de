# SPDX-License-Identifier: Apache-2.0
"""Indonesian names: one search form for many spellings, and how alike two names are.

A name may be a single word, carry titles and degrees, a father's name after bin or binti, and be spelt the old or
the new way (Soekarno, Sukarno; Djoemiati, Jumiati). The folded form only finds and compares; it is never shown.
"""

import csv
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

#: Fits the words of a hundred thousand people many times over; words repeat far more than names.
_CACHED_WORDS = 32_768
_SIMILAR_WORD = 0.8
_JOINED_ALIKE = 0.92
_COMMON_WEIGHT = 0.35
_SURPLUS_WEIGHT = 0.35

_DROPPED = re.compile("['`\u2018\u2019\u02bb\u02bc\u00b4]")
_DOTTED = re.compile(r"(?:\b[^\W\d_]{1,4}\.)+(?:[^\W\d_]{1,6}\b\.?)?")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
# Old and loose spellings towards one. "ch" is the h of Achmad, except in names that begin like these; "j" alone
# stays, for modern j is far commoner than the old one for y.
_C_WRITTEN_CH = ("chan", "chi", "che")
_SPELLING = re.compile("oe|oo|dj|tj|sj|sy|sh|kh|ch|dz|ts|dh|th|gh|bh|ph|ae|ie|iy(?=[aeou])|uw(?=[aeio])|[vqxz]")
_SPELLED = {
    "oe": "u", "oo": "u", "dj": "j", "tj": "c", "sj": "s", "sy": "s", "sh": "s", "kh": "h", "ch": "h", "dz": "z",
    "ts": "s", "dh": "d", "th": "t", "gh": "g", "bh": "b", "ph": "f", "ae": "ai", "ie": "i", "iy": "i", "uw": "u",
    "v": "f", "q": "k", "x": "ks", "z": "z",
}  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
# How a word sounds, for comparing two records and never for finding in lists: what `fold_word` keeps apart because
# both are names (Safitri, Sapitri) is one sound here.
_SOUNDS = str.maketrans({"y": "i", "o": "u", "f": "p", "z": "s"})
_END_SOUNDS = {"d": "t", "b": "p", "g": "k"}


class NameParts(NamedTuple):
    """Folded words of the name proper and, apart, of the father's name after bin or binti."""

    own: tuple[str, ...]
    father: tuple[str, ...]


class _Words(NamedTuple):
    titles: frozenset[str]
    links: frozenset[str]
    degrees: frozenset[str]
    plain_degrees: frozenset[str]
    common: frozenset[str]
    variants: dict[str, str]


def fold_name(text: str) -> str:
    """Return the search form: folded words with single spaces; titles, degrees and the words bin, binti left out.

    The father's name stays, as its own words. The empty string only for text without a letter or digit.
    """
    return " ".join(name_tokens(text))


def name_tokens(text: str) -> tuple[str, ...]:
    """The words of `fold_name`, in the order written."""
    parts = split_name(text)
    return parts.own + parts.father


def split_name(text: str) -> NameParts:
    """Return the folded words of a name, the father's apart."""
    words = _known_words()
    own, father = _split(text, words)
    return NameParts(_fold_words(own), tuple(w for w in _fold_words(father) if w not in words.links))


def _split(text: str, words: _Words) -> tuple[list[str], list[str]]:
    """The words as written, without titles unless there is nothing else, before and after bin or binti."""
    written = _written_words(text, words)
    kept = [word for word in written if word not in words.titles] or written
    for place, word in enumerate(kept):
        if word in words.links and 0 < place < len(kept) - 1:
            return kept[:place], kept[place + 1 :]
    return kept, []


class Sounds(NamedTuple):
    """How the words of a name sound, `spelt` as they were written, and, apart, the father's after bin or binti."""

    own: tuple[str, ...]
    spelt: tuple[str, ...]
    father: tuple[str, ...]


@lru_cache(maxsize=_CACHED_WORDS)
def sound_words(text: str) -> Sounds:
    """Return the words of a name as they sound, titles left out wherever they stand, the father's apart.

    Looser than `split_name`: for telling how alike two records are. All parts are empty when nothing is left but
    titles.
    """
    words = _known_words()
    own, father = _split(text, words)
    if own and own[0] in words.links:  # the words were shuffled: "binti Made Rohani" for Rohani binti Made
        own, father = own[2:], own[1:2]
    not_heard = words.titles | words.links
    heard = [(sound_word(folded), word) for word in own if (folded := fold_word(word)) and folded not in not_heard]
    fathers = (sound_word(folded) for word in father if (folded := fold_word(word)) and folded not in not_heard)
    return Sounds(tuple(sound for sound, _word in heard), tuple(word for _sound, word in heard), tuple(fathers))


def sound_key(text: str) -> str:
    """The sounds of a name without the father's, in alphabetical order: equal for any order and usual spelling.

    Kept beside every person; whoever changes how a word sounds needs a step that makes the column anew.
    """
    return " ".join(sorted(sound_words(text).own))


@lru_cache(maxsize=_CACHED_WORDS)
def sound_word(folded: str) -> str:
    """How one folded word sounds ("rahayu" and "rahaju", "soliha" and "solihah" are one)."""
    sound = folded[:1] + folded[1:].replace("j", "i")
    sound = _DOUBLED.sub(r"\1", sound.translate(_SOUNDS).replace("ei", "ai"))
    if len(sound) > 3 and sound.endswith("h"):
        sound = sound[:-1]
    return sound[:-1] + _END_SOUNDS.get(sound[-1], sound[-1]) if len(sound) > 2 else sound


def similarity(a: str, b: str) -> float:
    """How alike two names are, 0 to 1, spelling folded and word order free.

    A word that only one of them has counts against it a little, two words that contradict each other fully, and
    words half the province is called (Siti, Muhammad) count for little.
    """
    one, other = split_name(a), split_name(b)
    if not one.own or not other.own:
        return 0.0
    score = _alike(one.own, other.own)
    if one.father and other.father:
        return 0.8 * score + 0.2 * _alike(one.father, other.father)
    if one.father or other.father:
        # "Zulkarnain bin Mahmud" may be the register's "Zulkarnain Mahmud".
        return max(0.98 * score, 0.97 * _alike(one.own + one.father, other.own + other.father))
    return score


@lru_cache(maxsize=_CACHED_WORDS)
def fold_word(word: str) -> str:
    """Fold the spelling of one casefolded word without accents ("djoemiati" to "jumiati")."""
    variant = _known_words().variants.get(word)
    if variant is not None:
        return variant
    if word.startswith(_C_WRITTEN_CH):
        word = f"c{word[2:]}"
    folded = _DOUBLED.sub(r"\1", _SPELLING.sub(lambda found: _SPELLED[found[0]], word))
    return _known_words().variants.get(folded, folded)


def plain(text: str) -> str:
    """Casefold and take the accents off; letters, digits, spaces and punctuation stay."""
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(_without_accents, text.casefold())


def _without_accents(found: re.Match[str]) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", found[0]) if not unicodedata.combining(mark))


def _written_words(text: str, words: _Words) -> list[str]:
    text = _DROPPED.sub("", plain(text))
    if "," in text:
        name, _, rest = text.partition(",")
        text = name if _only_degrees(rest, words) and name.strip() else text.replace(",", " ")
    if "." in text:
        text = _DOTTED.sub(lambda found: _undot(found.group(), words), text)
    found = _WORD.findall(text)
    while len(found) > 1 and found[-1] in words.plain_degrees:
        found.pop()
    return found


def _only_degrees(rest: str, words: _Words) -> bool:
    joined = rest.replace(".", "").replace(",", " ").split()
    return all(part in words.degrees for part in joined) or "".join(joined) in words.degrees


def _undot(dotted: str, words: _Words) -> str:
    """Drop a degree written with points, keep an abbreviated name."""
    glued = dotted.replace(".", "")
    if dotted.count(".") > 1 or not dotted.endswith("."):
        if glued in words.degrees:
            return " "
        return dotted.replace(".", " ")
    # "M. Yusuf" is nearly always Muhammad; without the point it stays a letter.
    return "muhamad " if glued == "m" else f"{glued} "


def _fold_words(written: list[str]) -> tuple[str, ...]:
    return tuple(folded for folded in map(fold_word, written) if folded)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 1.0
    if sorted(one) == sorted(other):
        return 0.99
    if "".join(one) == "".join(other):
        return 0.98
    matched, weight, left_one, left_other = _pair(one, other)
    conflict, surplus = min(left_one, left_other), abs(left_one - left_other)
    score = matched / (weight + conflict + _SURPLUS_WEIGHT * surplus) if weight else 0.0
    return min(0.97, max(score, _run_together(one, other)))


def _run_together(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Likeness of the letters without spaces, where a slip has joined two words; 0 when it is not striking."""
    from rapidfuzz import fuzz

    alike = fuzz.ratio("".join(one), "".join(other)) / 100 if len(one) != len(other) else 0.0
    return 0.95 * alike if alike >= _JOINED_ALIKE else 0.0


def _pair(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float, float, float]:
    """Match words best first; return the matched score, the matched weight and the weights left over."""
    from rapidfuzz.distance import JaroWinkler

    common = _common_words()
    pairs = sorted(
        ((JaroWinkler.normalized_similarity(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)),
        reverse=True,
    )
    free_one, free_other = dict(enumerate(one)), dict(enumerate(other))
    score = weight = 0.0
    for similar, i, j in pairs:
        if similar < _SIMILAR_WORD:
            break
        if i in free_one and j in free_other:
            share = _COMMON_WEIGHT if free_one[i] in common and free_other[j] in common else 1.0
            score, weight = score + share * similar, weight + share
            del free_one[i], free_other[j]
    left = [sum(_COMMON_WEIGHT if word in common else 1.0 for word in free.values()) for free in (free_one, free_other)]
    return score, weight, left[0], left[1]


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(map(fold_word, _known_words().common))


@lru_cache(maxsize=1)
def common_sounds() -> frozenset[str]:
    """The sounds of words that half a province is called."""
    return frozenset(map(sound_word, _common_words()))


@lru_cache(maxsize=1)
def _known_words() -> _Words:
    """Titles, degrees, frequent words and spelling variants, from data/names.csv."""
    file = resources.files("resource_centre") / "data" / "names.csv"
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))

    def of(kind: str) -> frozenset[str]:
        return frozenset(row["written"] for row in rows if row["kind"] == kind)

    variants = {row["written"]: row["folded"] for row in rows if row["kind"] == "variant"}
    return _Words(of("title"), of("link"), of("degree"), of("plaindegree"), of("common"), variants)
