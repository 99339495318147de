# SPDX-License-Identifier: Apache-2.0
"""Comparing the records of a compact list: what `compare` finds of two descriptions, found with less work.

Equal answers have equal numbers, answers that nobody of the list gave are not asked for, and a pair that is only
judged is let go as soon as nothing it may still agree in could make it one person.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from resource_centre.matching.compare import FIELDS, LEVELS, LOOK_OF, MISSING, NOT_COMPARED, Comparison, Found
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.learning import BY_VALUE
from resource_centre.matching.people import Column, People, named_of
from resource_centre.matching.weights import HOUSEHOLD, SAME_PERSON, STRANGERS, Judge

ORDER: Final = (
    "nik", "passport", "phone", "sex", "village", "birth", "house", "postcode", "state", "street", "estate",
    "name", "mother", "father",
)  # fmt: skip
"""Quick to compare first."""
AT_HAND: Final = 32_768
"""Answers of one field held as they are compared."""
MARGIN: Final = 1e-6
"""What adding up in another order may be off."""

LookAt = Callable[[int, int], Found]
"""What two places of the list have in common in one field."""


class _Step(NamedTuple):
    """One field: what a level adds for one person against a household and against strangers (the last, for MISSING,
    is nothing), and how much the fields after it can add at most."""

    look: LookAt
    household: tuple[float, ...]
    strangers: tuple[float, ...]
    more_household: float
    more_strangers: float


class Looking:
    """Looks at pairs of places in one list."""

    def __init__(self, people: People, shares: Frequencies) -> None:
        asked = [field for field in ORDER if any(people.columns[_column(field)].codes)]
        self._shares = shares
        self._looks = [(field, _look_at(people.columns[_column(field)], field, shares)) for field in asked]
        self._niks = people.columns["nik"].codes

    def compare(self, one: int, other: int) -> Comparison:
        """The same as `compare.compare` says of the two descriptions."""
        levels, whole = [MISSING] * len(FIELDS), 0.0
        for field, look in self._looks:
            level, rarity = look(one, other)
            levels[_PLACE[field]] = level
            whole += rarity
        return Comparison(tuple(levels), whole)

    def likely(
        self, pairs: Iterable[tuple[int, int]], judge: Judge, least: float
    ) -> Iterator[tuple[tuple[int, int], float]]:
        """The pairs that are one person with at least this chance, and those with one NIK, each with its chance."""
        steps, niks = self._steps(judge), self._niks
        household, strangers = judge.ahead()
        needed = math.log(least / (1 - least)) - MARGIN
        for one, other in pairs:
            if niks[one] == niks[other] != 0 or _may_be_one(one, other, steps, household, strangers, needed):
                chance = judge.kinds(*self.compare(one, other))[SAME_PERSON]
                if chance >= least or niks[one] == niks[other] != 0:
                    yield (one, other), chance

    def _steps(self, judge: Judge) -> list[_Step]:
        """In the order of looking; made from the last to the first."""
        steps: list[_Step] = []
        more_household = more_strangers = 0.0
        for field, look in reversed(self._looks):
            same, household, strangers = (judge.logarithms(kind)[_PLACE[field]] for kind in _KINDS)
            against_household = tuple(a - b for a, b in zip(same, household, strict=True))
            against_strangers = tuple(a - b for a, b in zip(same, strangers, strict=True))
            step = (look, (*against_household, 0.0), (*against_strangers, 0.0), more_household, more_strangers)
            steps.append(_Step(*step))
            rarest = self._shares.rarest(field)
            more_household += max(0.0, *against_household)
            more_strangers += max(
                0.0,
                *(
                    worth - (rarest if (field, level) in BY_VALUE else 0.0)
                    for level, worth in zip(LEVELS[field], against_strangers, strict=True)
                ),
            )
        return steps[::-1]


def _may_be_one(
    one: int, other: int, steps: Iterable[_Step], household: float, strangers: float, needed: float
) -> bool:
    """False as soon as the fields that are left cannot make these one person."""
    for look, against_household, against_strangers, more_household, more_strangers in steps:
        level, rarity = look(one, other)
        household += against_household[level]
        strangers += against_strangers[level] - rarity
        if household + more_household < needed or strangers + more_strangers < needed:
            return False
    return True


def _column(field: str) -> str:
    return {"birth": "births", "street": "lines"}.get(field, field)


def _look_at(column: Column, field: str, shares: Frequencies) -> LookAt:
    look, codes, answer = LOOK_OF[field], column.codes, _answers(column, _READ.get(field, str))
    same: dict[int, Found] = {}

    def look_at(one: int, other: int) -> Found:
        here, there = codes[one], codes[other]
        if not here or not there:
            return NOT_COMPARED
        if here != there:
            return look(answer(here), answer(there), shares)
        found = same.get(here)
        if found is None:
            found = same[here] = look(answer(here), answer(here), shares)
        return found

    return look_at


def _answers(column: Column, read: Callable[[str], Any]) -> Callable[[int], Any]:
    """The answer of a code: of a few different ones all are at hand, of many those asked for last."""
    texts = column.texts
    if len(texts) <= AT_HAND:
        return [read(text) for text in texts].__getitem__
    if read is str:
        return texts.__getitem__
    return lru_cache(maxsize=AT_HAND)(lambda code: read(texts[code]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "name": named_of,
    "mother": lambda text: named_of(text)[0],
    "father": _words,
    "birth": _words,
    "street": lambda text: tuple(text.split("\n")),
}
"""How the text of a column is read where it is more than one word."""
_PLACE: Final = {field: place for place, field in enumerate(FIELDS)}
_KINDS: Final = (SAME_PERSON, HOUSEHOLD, STRANGERS)
