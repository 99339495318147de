# SPDX-License-Identifier: Apache-2.0
"""A whole list looked through for people who are in it more than once."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from resource_centre.matching.blocking import candidates
from resource_centre.matching.compare import Comparison, compare
from resource_centre.matching.descriptions import Description
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.groups import same_people
from resource_centre.matching.learning import Pattern, learn
from resource_centre.matching.reasons import reasons_of
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import Judge


@dataclass(frozen=True)
class Found:
    """Two places in the list that are one person: the chance, 0 to 1, and the codes of why (`reasons.REASONS`)."""

    one: int
    other: int
    chance: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Scanned:
    """What a scan did: pairs compared, and those found, in the order of the list."""

    compared: int
    found: tuple[Found, ...]


Progress = Callable[[str], None]
"""Is told what begins: "candidates", "comparing", "learning", "grouping"."""


def scan(records: Sequence[Description], progress: Progress | None = None) -> Scanned:
    """Find who is in the list more than once; the weights are learnt from the list itself, without being told.

    The threshold is one for every list (`data/matching_rules.csv`). Memory grows with the candidate pairs, some
    16 bytes each.
    """
    tell = progress or (lambda _step: None)
    tell("candidates")
    shares = Frequencies(records)
    pairs = candidates(records)
    tell("comparing")
    compared = _Compared(records, pairs, shares)
    tell("learning")
    judge = Judge(learn(records, compared.patterns(), shares))
    tell("grouping")
    chances = compared.chances(judge, rule("worth_remembering"))

    def look(one: int, other: int) -> float:
        return judge.kinds(*compare(records[one], records[other], shares))[0]

    joined = same_people(chances, look, rule("threshold"))
    found = (
        Found(one, other, chance, reasons_of(compare(records[one], records[other], shares).levels))
        for (one, other), chance in sorted(joined.items())
    )
    return Scanned(len(pairs), tuple(found))


class _Compared:
    """Every candidate pair with what its comparison found, kept small: equal findings are kept once."""

    def __init__(self, records: Sequence[Description], pairs: array[int], shares: Frequencies) -> None:
        self._count = len(records)
        self._pairs = pairs
        self._kinds: list[tuple[int, ...]] = []
        self._kind_of = array("L")
        self._rarity = array("f")
        places: dict[tuple[int, ...], int] = {}
        for one, other in self._places():
            levels, rarity = compare(records[one], records[other], shares)
            place = places.setdefault(levels, len(places))
            if place == len(self._kinds):
                self._kinds.append(levels)
            self._kind_of.append(place)
            self._rarity.append(rarity)

    def _places(self) -> Iterator[tuple[int, int]]:
        return (divmod(code, self._count) for code in self._pairs)

    def patterns(self) -> Counter[Pattern]:
        """How often each finding occurs, the rarity of what is shared rounded to half a step."""
        found = Counter(zip(self._kind_of, (round(rarity * 2) for rarity in self._rarity), strict=True))
        return Counter({(self._kinds[kind], step / 2): count for (kind, step), count in found.items()})

    def chances(self, judge: Judge, least: float) -> dict[tuple[int, int], float]:
        """The pairs that are one person with at least this chance."""
        worth = {}
        for pair, kind, rarity in zip(self._places(), self._kind_of, self._rarity, strict=True):
            chance = judge.kinds(*Comparison(self._kinds[kind], rarity))[0]
            if chance >= least:
                worth[pair] = chance
        return worth
