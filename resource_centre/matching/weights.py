# SPDX-License-Identifier: Apache-2.0
"""What each level of agreement is worth, and the chance that two records are one person.

Three kinds of pair are told apart: the same person, two people of one household (who share a telephone, a mother, a
village, and often words of the name), and strangers. Without the second kind brothers and sisters look like one
person (Fellegi and Sunter's model, 1969, has two kinds).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from resource_centre.matching.compare import FIELDS, LEVELS, MISSING

Table = tuple[tuple[float, ...], ...]

KINDS: Final = ("same_person", "household", "strangers")
SAME_PERSON, HOUSEHOLD, STRANGERS = range(len(KINDS))


@dataclass(frozen=True)
class Weights:
    """`chances[kind][field][level]` of seeing a level in a pair of that kind; for strangers and levels whose chance
    depends on the value, what that chance is multiplied by. `shares[kind]` of all pairs are of that kind."""

    chances: tuple[Table, Table, Table]
    shares: tuple[float, float, float]

    def logarithms(self) -> tuple[Table, Table, Table]:
        """The chances as natural logarithms."""
        same, household, strangers = (
            tuple(tuple(math.log(chance) for chance in levels) for levels in table) for table in self.chances
        )
        return same, household, strangers


class Judge:
    """Gives the chance that a pair is one person."""

    def __init__(self, weights: Weights) -> None:
        self._logs = weights.logarithms()
        self._shares = tuple(math.log(share) for share in weights.shares)

    def logarithms(self, kind: int) -> Table:
        """The logarithms of the chances of a kind, by field and level."""
        return self._logs[kind]

    def ahead(self) -> tuple[float, float]:
        """How far one person is ahead of a household and of strangers before anything was compared."""
        return self._shares[SAME_PERSON] - self._shares[HOUSEHOLD], self._shares[SAME_PERSON] - self._shares[STRANGERS]

    def kinds(self, levels: Sequence[int], rarity: float) -> tuple[float, float, float]:
        """The chances of the three kinds of pair."""
        return self.weigh(levels, rarity)[0]

    def weigh(self, levels: Sequence[int], rarity: float) -> tuple[tuple[float, float, float], float]:
        """The chances of the three kinds, and the logarithm of how likely such a finding is at all."""
        same, household, strangers = self._shares
        table_same, table_household, table_strangers = self._logs
        for field, level in enumerate(levels):
            if level != MISSING:
                same += table_same[field][level]
                household += table_household[field][level]
                strangers += table_strangers[field][level]
        strangers += rarity
        most = max(same, household, strangers)
        parts = math.exp(same - most), math.exp(household - most), math.exp(strangers - most)
        whole = sum(parts)
        return (parts[0] / whole, parts[1] / whole, parts[2] / whole), most + math.log(whole)


@lru_cache(maxsize=1)
def first_weights() -> tuple[Table, Table, Table]:
    """The chances before any list has been looked at, from data/matching.csv; each field's sum to one."""
    file = resources.files("resource_centre") / "data" / "matching.csv"
    rows = {(row["field"], row["level"]): row for row in csv.DictReader(file.read_text("utf-8").splitlines())}
    same, household, strangers = (
        tuple(tuple(float(rows[field, level][kind]) for level in LEVELS[field]) for field in FIELDS) for kind in KINDS
    )
    return same, household, strangers
