# SPDX-License-Identifier: Apache-2.0
"""Numbers as words that two people can compare over the telephone, in whatever language they speak.

Each word is two open syllables, twelve bits, from sounds that the languages of our users share; nobody needs a list,
and no word means anything. Words that do mean something bad are spelled otherwise.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from itertools import product
from typing import Final

BITS: Final = 12
"""Bits of one word: 16 consonants and 4 vowels, twice."""


def spoken(digest: bytes, count: int) -> tuple[str, ...]:
    """The first `count` times twelve bits of `digest` as words; `ValueError` when it is too short."""
    if len(digest) * 8 < count * BITS:
        raise ValueError("too few bits")
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - count * BITS)
    places = [(number >> (BITS * at)) & ((1 << BITS) - 1) for at in reversed(range(count))]
    return tuple(_words()[place] for place in places)


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    letters = {row["place"]: row["letters"].split() for row in _rows("spoken_syllables.csv")}
    syllables = ["".join(pair) for pair in product(letters["first"], letters["second"])]
    avoided = {row["word"]: row["instead"] for row in _rows("spoken_words_avoided.csv")}
    return tuple(avoided.get(word, word) for word in map("".join, product(syllables, syllables)))


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("resource_centre") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
