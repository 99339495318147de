# SPDX-License-Identifier: Apache-2.0
"""What comparing many pairs found, kept small: equal findings are kept once, a pair is a few numbers."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from resource_centre.matching.compare import FIELDS, Comparison, compare
from resource_centre.matching.descriptions import Description
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.learning import Pattern
from resource_centre.matching.weights import Judge

WIDE: Final = len(FIELDS)


class Compared:
    """Pairs as ``lower * count + higher`` with their findings, 16 bytes each."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pairs = array("Q")
        self._kinds: list[tuple[int, ...]] = []
        self._places: dict[tuple[int, ...], int] = {}
        self._kind_of = array("L")
        self._rarity = array("f")

    def __len__(self) -> int:
        return len(self._pairs)

    def add(self, pairs: Iterable[int], findings: Iterable[Comparison]) -> None:
        """Note what was found of these pairs, in the same order."""
        self._pairs.extend(pairs)
        for levels, rarity in findings:
            place = self._places.setdefault(levels, len(self._places))
            if place == len(self._kinds):
                self._kinds.append(levels)
            self._kind_of.append(place)
            self._rarity.append(rarity)

    def patterns(self) -> Counter[Pattern]:
        """How often each finding occurs, the rarity of what is shared rounded to half a step."""
        found = Counter(zip(self._kind_of, (round(rarity * 2) for rarity in self._rarity), strict=True))
        return Counter({(self._kinds[kind], step / 2): count for (kind, step), count in found.items()})

    def chances(self, judge: Judge, least: float) -> dict[tuple[int, int], float]:
        """The pairs that are one person with at least this chance."""
        worth = {}
        for pair, kind, rarity in zip(self._pairs, self._kind_of, self._rarity, strict=True):
            chance = judge.kinds(*Comparison(self._kinds[kind], rarity))[0]
            if chance >= least:
                worth[divmod(pair, self._count)] = chance
        return worth

    def with_level(self, field: str, level: int) -> Iterator[tuple[int, int]]:
        """The pairs of which this was found, whatever else was."""
        place = FIELDS.index(field)
        kinds = {kind for kind, levels in enumerate(self._kinds) if levels[place] == level}
        for pair, kind in zip(self._pairs, self._kind_of, strict=True):
            if kind in kinds:
                yield divmod(pair, self._count)


def look_at(records: Sequence[Description], pairs: Iterable[int], shares: Frequencies) -> list[Comparison]:
    """Compare these pairs."""
    places = (divmod(pair, len(records)) for pair in pairs)
    return [compare(records[one], records[other], shares) for one, other in places]


def packed(findings: Sequence[Comparison]) -> bytes:
    """Findings as few bytes, to go on from another day."""
    levels = array("b", (level for one in findings for level in one.levels))
    rarity = array("f", (one.rarity for one in findings))
    return zlib.compress(levels.tobytes() + rarity.tobytes(), 1)


def unpacked(body: bytes) -> list[Comparison]:
    """The findings again."""
    plain = zlib.decompress(body)
    count = len(plain) // (WIDE + 4)
    levels, rarity = array("b"), array("f")
    levels.frombytes(plain[: count * WIDE])
    rarity.frombytes(plain[count * WIDE :])
    return [Comparison(tuple(levels[place * WIDE : (place + 1) * WIDE]), rarity[place]) for place in range(count)]
