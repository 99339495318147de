# SPDX-License-Identifier: Apache-2.0
"""What somebody typed into the search line, as words to look for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from resource_centre.values.names import fold_name
from resource_centre.values.text import tidy

MOST_WORDS = 8
LEAST_DIGITS = 4
LEAST_PLACE_LETTERS = 4
_COUNTRY = "62"  # telephone numbers are kept with Indonesia's country code; people type them with a 0
_BETWEEN_DIGITS = frozenset(" -.+()/\u2010\u2011\u2012\u2013\u2212")


@dataclass(frozen=True)
class Word:
    """One typed word and the other spellings that count as the same."""

    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """A typed text: words that must all be met, and the one compact number it may be."""

    words: tuple[Word, ...]
    compact: tuple[str, ...] = ()
    """The text as a bare number in each spelling to look for; empty when it cannot be one."""
    place_words: tuple[str, ...] = ()
    """The words, when they could be or end in the name of a village."""


def read_terms(text: str) -> Terms:
    """Read what was typed. Nothing typed gives no words."""
    text = tidy(text)
    letters = "".join(text.split())
    digits = "".join(c for c in letters if c.isdecimal())
    if len(digits) >= LEAST_DIGITS and all(c.isdecimal() or c in _BETWEEN_DIGITS for c in letters):
        spellings = _telephone_spellings(digits)
        return Terms((Word(spellings),), spellings)
    plain = split_words(text)[:MOST_WORDS]
    return Terms(_words(plain, text), _compact(letters), _place_words(plain))


def split_words(text: str) -> list[str]:
    """Words as the index cuts them: runs of letters, digits and the marks that belong to them."""
    text = unicodedata.normalize("NFC", text).casefold()
    return "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text).split()


def name_words(text: str) -> tuple[Word, ...]:
    """A typed name as words to look for."""
    return _words(split_words(text)[:MOST_WORDS], text)


def _words(plain: list[str], text: str) -> tuple[Word, ...]:
    """Each word as typed or folded. What folding the whole leaves out, titles and links, need not be met."""
    telling = set(fold_name(text).split())
    words = [(word, fold_name(word).split() if word.isalpha() else [word]) for word in plain]
    met = [(word, folded) for word, folded in words if not word.isalpha() or telling.intersection(folded)]
    return tuple(Word(tuple(dict.fromkeys([word, *folded[:1]]))) for word, folded in met or words)


def _compact(letters: str) -> tuple[str, ...]:
    """A passport or part of one: letters and digits in one piece."""
    bare = "".join(c for c in letters.upper() if c.isalnum())
    return (bare,) if len(bare) >= LEAST_DIGITS and any(c.isdecimal() for c in bare) else ()


def _telephone_spellings(digits: str) -> tuple[str, ...]:
    if digits.startswith(f"00{_COUNTRY}"):
        return (digits, digits[2:])
    if digits.startswith("0"):
        return (digits, _COUNTRY + digits[1:])
    return (digits, _COUNTRY + digits) if digits.startswith("8") else (digits,)


def _place_words(plain: list[str]) -> tuple[str, ...]:
    long_enough = plain and len(plain[-1]) >= LEAST_PLACE_LETTERS
    return tuple(plain) if long_enough and all(word.isalpha() for word in plain) else ()
