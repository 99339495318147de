# SPDX-License-Identifier: Apache-2.0
"""Two records side by side: a level of agreement for every field both have an answer to."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from resource_centre.matching import births
from resource_centre.matching import names as of_names
from resource_centre.matching.descriptions import Description, Words
from resource_centre.matching.edits import edits
from resource_centre.matching.frequencies import Frequencies

MISSING: Final = -1
TEXT_LEVELS: Final = ("same", "near", "other")
PLACE_LEVELS: Final = ("same", "near", "district", "regency", "other")
PLAIN_LEVELS: Final = ("same", "other")
LEVELS: Final = {
    "name": of_names.LEVELS,
    "father": PLAIN_LEVELS,
    "sex": PLAIN_LEVELS,
    "birth": births.LEVELS,
    "village": PLACE_LEVELS,
    "phone": TEXT_LEVELS,
    "mother": of_names.LEVELS,
    "nik": TEXT_LEVELS,
    "passport": TEXT_LEVELS,
    "house": TEXT_LEVELS,
    "street": TEXT_LEVELS,
    "estate": TEXT_LEVELS,
    "postcode": TEXT_LEVELS,
    "state": PLAIN_LEVELS,
}
"""Field -> its levels, the closest first; comparisons hold a place in this tuple, or MISSING."""
FIELDS: Final = tuple(LEVELS)


class Comparison(NamedTuple):
    """`levels` in the order of FIELDS; `rarity` is the natural logarithm of the chance that a stranger has what the
    two records share, over the fields where that depends on the value."""

    levels: tuple[int, ...]
    rarity: float


def compare(one: Description, other: Description, shares: Frequencies) -> Comparison:
    """Compare two records; `shares` tells how common a name, place or date is."""
    rarity = 0.0
    levels = []
    for answer, look in _LOOKS:
        level, chance = look(answer(one), answer(other), shares)
        levels.append(level)
        rarity += chance
    return Comparison(tuple(levels), rarity)


Found = tuple[int, float]
"""A level, and its part of the rarity."""
Answer = Callable[[Description], Any]
Look = Callable[[Any, Any, Frequencies], Found]
"""Looks at two records' answers to one field; what is false is not known."""
NOT_COMPARED: Final = (MISSING, 0.0)

Named = tuple[of_names.Name, Words]
"""A name and, apart, the father's words."""


def _name(one: Named, other: Named, shares: Frequencies) -> Found:
    if not one[0].sounds or not other[0].sounds:
        return NOT_COMPARED
    level, shared = of_names.compare_names(one[0], other[0], shares.known_name)
    if level > of_names.SLIP and bool(one[1]) != bool(other[1]):
        whole = of_names.compare_names(_with_father(*one), _with_father(*other), shares.known_name)
        if whole[0] <= of_names.SLIP:
            level, shared = whole
    return level, shares.of_name("name", level, shared)


def _with_father(name: of_names.Name, father: Words) -> of_names.Name:
    """The name as somebody writes it who leaves out the word bin."""
    return of_names.Name(name.sounds + father, name.spelt + father)


def _father(one: Words, other: Words, shares: Frequencies) -> Found:
    if not one or not other:
        return NOT_COMPARED
    fathers = of_names.Name(one, one), of_names.Name(other, other)
    level, _shared = of_names.compare_names(*fathers, shares.known_name)
    return (1 if level == of_names.OTHER else 0), 0.0


def _mother(one: of_names.Name, other: of_names.Name, shares: Frequencies) -> Found:
    if not one.sounds or not other.sounds:
        return NOT_COMPARED
    level, shared = of_names.compare_names(one, other, shares.known_mother)
    return level, shares.of_name("mother", level, shared)


def _birth(one: Words, other: Words, shares: Frequencies) -> Found:
    """Of what is written and what the NIK says, the dates that agree best."""
    if not one or not other:
        return NOT_COMPARED
    if len(one) == len(other) == 1:
        level, day = births.compare_births(one[0], other[0]), one[0]
    else:
        level, day = min((births.compare_births(here, there), here) for here in one for there in other)
    return level, (shares.of_value("birth", day) if level == births.SAME else 0.0)


def _village(here: str, there: str, shares: Frequencies) -> Found:
    if not here or not there:
        return NOT_COMPARED
    if here == there:
        return 0, shares.of_value("village", here)
    if "." not in here or "." not in there:
        near = near_number if here.isdigit() else near_text
        return (1 if near(here, there) else 4), 0.0
    return (2 if here[:8] == there[:8] else 3 if here[:5] == there[:5] else 4), 0.0


def _plain(field: str) -> Look:
    def look(here: str, there: str, shares: Frequencies) -> Found:
        if not here or not there:
            return NOT_COMPARED
        return (0, shares.of_value(field, here)) if here == there else (1, 0.0)

    return look


def _text(field: str, near: Callable[[str, str], bool]) -> Look:
    def look(here: str, there: str, shares: Frequencies) -> Found:
        if not here or not there:
            return NOT_COMPARED
        if here == there:
            return 0, shares.of_value(field, here)
        return (1 if near(here, there) else 2), 0.0

    return look


def _street(one: Words, other: Words, shares: Frequencies) -> Found:
    """The street, wherever it was written: two lines of an address easily change places."""
    if not one or not other:
        return NOT_COMPARED
    found = _text("street", near_text)(one[0], other[0], shares)
    if found[0] in (0, 1):
        return found
    for here, there in ((one[0], other[1]), (one[1], other[0])):
        if here and there and near_text(here, there):
            return (0, shares.of_value("street", here)) if here == there else (1, 0.0)
    return found


@lru_cache(maxsize=131_072)
def near_text(one: str, other: str) -> bool:
    """Two spellings of one word or line: a letter in four may be wrong, at most three."""
    allowed = min(3, max(len(one), len(other)) // 4)
    return allowed > 0 and edits(one, other, allowed) <= allowed


def near_number(one: str, other: str) -> bool:
    """One digit wrong, missing, too many or two turned round."""
    return len(one) > 2 and len(other) > 2 and edits(one, other, 1) <= 1


LOOK_OF: Final[dict[str, Look]] = {
    "name": _name,
    "father": _father,
    "sex": _plain("sex"),
    "birth": _birth,
    "village": _village,
    "phone": _text("phone", near_number),
    "mother": _mother,
    "nik": _text("nik", near_number),
    "passport": _text("passport", near_number),
    "house": _text("house", near_number),
    "street": _street,
    "estate": _text("estate", near_text),
    "postcode": _text("postcode", near_number),
    "state": _plain("state"),
}
"""Field -> how two answers to it are looked at."""
_ANSWER: Final[dict[str, Answer]] = {
    "name": lambda one: (one.name, one.father),
    "birth": lambda one: one.births,
    "street": lambda one: (one.street, one.estate),
}
_LOOKS: Final = tuple((_ANSWER.get(field, attrgetter(field)), LOOK_OF[field]) for field in FIELDS)
