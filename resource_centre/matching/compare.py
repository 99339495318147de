# SPDX-License-Identifier: Apache-2.0
"""Two records side by side: a level of agreement for every field both have an answer to."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from resource_centre.matching import births
from resource_centre.matching import names as of_names
from resource_centre.matching.descriptions import Description
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
    for look in _LOOKS:
        level, chance = look(one, other, shares)
        levels.append(level)
        rarity += chance
    return Comparison(tuple(levels), rarity)


Look = Callable[[Description, Description, Frequencies], tuple[int, float]]
_NOT_COMPARED: Final = (MISSING, 0.0)


def _name(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
    if not one.words or not other.words:
        return _NOT_COMPARED
    level, shared = of_names.compare_names(one.name, other.name, shares.known_name)
    if level > of_names.SLIP and bool(one.father) != bool(other.father):
        whole = of_names.compare_names(_with_father(one), _with_father(other), shares.known_name)
        if whole[0] <= of_names.SLIP:
            level, shared = whole
    return level, shares.of_name("name", level, shared)


def _with_father(one: Description) -> of_names.Name:
    """The name as somebody writes it who leaves out the word bin."""
    return of_names.Name(one.name.sounds + one.father, one.name.spelt + one.father)


def _father(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
    if not one.father or not other.father:
        return _NOT_COMPARED
    fathers = of_names.Name(one.father, one.father), of_names.Name(other.father, other.father)
    level, _shared = of_names.compare_names(*fathers, shares.known_name)
    return (1 if level == of_names.OTHER else 0), 0.0


def _mother(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
    if not one.mother.sounds or not other.mother.sounds:
        return _NOT_COMPARED
    level, shared = of_names.compare_names(one.mother, other.mother, shares.known_mother)
    return level, shares.of_name("mother", level, shared)


def _birth(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
    """Of what is written and what the NIK says, the dates that agree best."""
    if not one.births or not other.births:
        return _NOT_COMPARED
    level, day = min((births.compare_births(here, there), here) for here in one.births for there in other.births)
    return level, (shares.of_value("birth", day) if level == births.SAME else 0.0)


def _village(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
    here, there = one.village, other.village
    if not here or not there:
        return _NOT_COMPARED
    if here == there:
        return 0, shares.of_value("village", here)
    if "." not in here or "." not in there:
        near = near_number if here.isdigit() else near_text
        return (1 if near(here, there) else 4), 0.0
    return (2 if here[:8] == there[:8] else 3 if here[:5] == there[:5] else 4), 0.0


def _plain(field: str) -> Look:
    def look(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
        here, there = getattr(one, field), getattr(other, field)
        if not here or not there:
            return _NOT_COMPARED
        return (0, shares.of_value(field, here)) if here == there else (1, 0.0)

    return look


def _text(field: str, near: Callable[[str, str], bool]) -> Look:
    def look(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
        here, there = getattr(one, field), getattr(other, field)
        if not here or not there:
            return _NOT_COMPARED
        if here == there:
            return 0, shares.of_value(field, here)
        return (1 if near(here, there) else 2), 0.0

    return look


def _street(one: Description, other: Description, shares: Frequencies) -> tuple[int, float]:
    """The street, wherever it was written: two lines of an address easily change places."""
    found = _text("street", near_text)(one, other, shares)
    if found[0] in (0, 1):
        return found
    for here, there in ((one.street, other.estate), (one.estate, other.street)):
        if here and there and near_text(here, there):
            return (0, shares.of_value("street", here)) if here == there else (1, 0.0)
    return found


@lru_cache(maxsize=131_072)
def near_text(one: str, other: str) -> bool:
    """Two spellings of one word or line: a letter in four may be wrong, at most three."""
    from rapidfuzz.distance import OSA

    allowed = min(3, max(len(one), len(other)) // 4)
    return allowed > 0 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=131_072)
def near_number(one: str, other: str) -> bool:
    """One digit wrong, missing, too many or two turned round."""
    from rapidfuzz.distance import OSA

    return min(len(one), len(other)) > 2 and OSA.distance(one, other, score_cutoff=1) <= 1


_OF_FIELD: Final[dict[str, Look]] = {
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
_LOOKS: Final = tuple(_OF_FIELD[field] for field in FIELDS)
