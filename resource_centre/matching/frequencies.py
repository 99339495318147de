# SPDX-License-Identifier: Apache-2.0
"""How common a name, a place or a date is among the records themselves.

To share a rare name says more than to share one that half the village has. A record met twice must not make its own
name look common, so the copies that a few duplicates would make are taken off every count.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from resource_centre.matching import names as of_names
from resource_centre.matching.descriptions import Description

Words = tuple[str, ...]

COPIES: Final = 2
"""Records of one person beyond the first that are taken off a count before it is believed."""
COUNTED: Final = (
    "sex",
    "birth",
    "village",
    "phone",
    "nik",
    "passport",
    "house",
    "street",
    "estate",
    "postcode",
    "state",
)
NUMBERS: Final = frozenset({"phone", "nik", "passport"})
"""Fields that are a person's own by design: how many there are says nothing, only how often one comes again."""
FEWEST: Final = 1e-6


class Frequencies:
    """Shares of values, as natural logarithms of the chance that a stranger has the same."""

    def __init__(self, records: Iterable[Description]) -> None:
        self._values: dict[str, Counter[str]] = {field: Counter() for field in COUNTED}
        self._words: dict[str, Counter[str]] = {"name": Counter(), "mother": Counter()}
        self._wholes: dict[str, Counter[Words]] = {"name": Counter(), "mother": Counter()}
        self._named = {"name": 0, "mother": 0}
        for record in records:
            self._count(record)
        self._totals = {field: max(1, sum(counts.values())) for field, counts in self._values.items()}
        self.of_value = lru_cache(maxsize=None)(self._of_value)
        self.of_name = lru_cache(maxsize=None)(self._of_name)

    def _count(self, record: Description) -> None:
        for field, counts in self._values.items():
            if value := getattr(record, field):
                counts[value] += 1
        for kind, words in (("name", record.words), ("mother", record.mother)):
            if words:
                self._named[kind] += 1
                self._words[kind].update(set(words))
                self._wholes[kind][tuple(sorted(words))] += 1

    def _of_value(self, field: str, value: str) -> float:
        counts, total = self._values[field], self._totals[field]
        least = FEWEST if field in NUMBERS else 1 / max(len(counts), 20)
        return math.log(max(least, (counts[value] - COPIES - 1) / total))

    def _of_name(self, kind: str, level: int, shared: Words) -> float:
        """The chance that a stranger's name has these words; of the whole name when it is the same."""
        if not shared or level == of_names.OTHER:
            return 0.0
        total = max(1, self._named[kind])
        chance = math.prod(max(1.0, self._words[kind][word] - COPIES) / total for word in set(shared))
        if level <= of_names.SLIPS:
            whole = (self._wholes[kind][tuple(sorted(shared))] - COPIES - 1) / total
            chance = max(whole, chance * self._alone(kind, len(set(shared))))
        return math.log(max(FEWEST, chance))

    def _alone(self, kind: str, words: int) -> float:
        """Share of names with just so many words, which a stranger's must have too to be the same whole."""
        total = max(1, self._named[kind])
        return max(0.02, self._lengths(kind).get(words, 0) / total)

    @lru_cache(maxsize=4)  # noqa: B019 - one per kind, and the object lives as long as the scan
    def _lengths(self, kind: str) -> dict[int, int]:
        lengths: Counter[int] = Counter()
        for words, count in self._wholes[kind].items():
            lengths[len(words)] += count
        return dict(lengths)
