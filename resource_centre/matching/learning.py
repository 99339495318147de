# SPDX-License-Identifier: Apache-2.0
"""Learning from the list itself, without anybody saying which pairs are one person.

Expectation maximisation: the weights say how likely each candidate pair is of each kind, those likelihoods give new
weights, and so on until they stay. What the shipped weights say counts as much as a number of pairs (`trust`), so
that a short list cannot lead astray. Pairs that were never candidates count as strangers.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from resource_centre.matching import names as of_names
from resource_centre.matching.compare import FIELDS, LEVELS, MISSING, Comparison
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import HOUSEHOLD, SAME_PERSON, Judge, Table, Weights, first_weights

Tables = tuple[Table, Table, Table]
Pattern = tuple[tuple[int, ...], float]
BEGINNINGS: Final = ("few_relatives", "many_relatives")
LEAST: Final = 1e-9
BY_VALUE: Final = {(field, level) for field in LEVELS for level in ("same",) if field != "father"} | {
    (field, level) for field in ("name", "mother") for level in LEVELS[field] if level != "other"
}
"""Levels whose chance among strangers depends on the value; not learnt from pairs drawn at random."""


def begin(people: int, look: Callable[[int, int], Comparison]) -> list[Weights]:
    """Where learning begins: as if there were hardly any relatives in the list, and as if there were many.

    `look` compares two of the `people` places of the list.
    """
    first = first_weights()
    strangers = _strangers(people, look, first[2])
    tables = first[0], first[1], strangers
    return [Weights(tables, _first_shares(people, rule(relatives))) for relatives in BEGINNINGS]


def learn(begun: Weights, patterns: Counter[Pattern], people: int, alike: float) -> tuple[Weights, float]:
    """Weights for this list of so many people, and the logarithm of how likely they make it.

    `patterns` are what comparing its candidate pairs found and how often, `alike` is the chance that two words of names
    are the same (`Frequencies.together`). The rounds end near where they begin: the likelier of two ends is taken.
    """
    return _settled(begun, patterns, first_weights(), _pairs(people), alike)


def _pairs(people: int) -> float:
    return max(1.0, people * (people - 1) / 2)


def _first_shares(people: int, relatives: float) -> tuple[float, float, float]:
    everything = _pairs(people)
    same = max(1.0, people * rule("first_same_per_person")) / everything
    household = max(1.0, people * relatives) / everything
    return same, household, max(LEAST, 1 - same - household)


def _settled(
    weights: Weights, patterns: Counter[Pattern], first: Tables, everything: float, alike: float
) -> tuple[Weights, float]:
    """Rounds until how likely the list is hardly grows; the last weights and that likelihood, as a logarithm."""
    before = -math.inf
    for _round in range(int(rule("rounds"))):
        weights, likely = _improved(weights, patterns, first, everything, alike)
        if likely - before < rule("settled"):
            break
        before = likely
    return weights, likely


def _improved(
    weights: Weights, patterns: Counter[Pattern], first: Tables, everything: float, alike: float
) -> tuple[Weights, float]:
    """One round: what each kind of pair shows when every finding counts for a kind as much as it is likely of it.

    Also how likely the list was with the weights so far, the trust in the shipped ones included.
    """
    same = _Tally(first[SAME_PERSON], rule("trust_same_person"))
    household = _Tally(first[HOUSEHOLD], rule("trust_household"))
    judge = Judge(weights)
    likely = same.likely(weights.chances[SAME_PERSON]) + household.likely(weights.chances[HOUSEHOLD])
    for (levels, rarity), count in patterns.items():
        chances, logarithm = judge.weigh(levels, rarity)
        likely += count * logarithm
        same.add(levels, chances[SAME_PERSON] * count)
        household.add(levels, chances[HOUSEHOLD] * count)
    shares = same.pairs / everything, household.pairs / everything
    tables = same.table(), _named_alike(household.table(), alike), weights.chances[2]
    return Weights(tables, (*shares, max(LEAST, 1 - sum(shares)))), likely


class _Tally:
    """Levels seen in pairs of one kind, on top of what the shipped weights say."""

    def __init__(self, first: Table, trust: float) -> None:
        self.pairs = 1.0
        self._first = [[trust * chance for chance in levels] for levels in first]
        self._seen = [[trust * chance for chance in levels] for levels in first]

    def likely(self, table: Table) -> float:
        """How well a table fits what the shipped weights say, as a logarithm."""
        return sum(
            pairs * math.log(chance)
            for levels, chances in zip(self._first, table, strict=True)
            for pairs, chance in zip(levels, chances, strict=True)
        )

    def add(self, levels: Sequence[int], pairs: float) -> None:
        if pairs < LEAST:
            return
        self.pairs += pairs
        for field, level in enumerate(levels):
            if level != MISSING:
                self._seen[field][level] += pairs

    def table(self) -> Table:
        return tuple(tuple(max(1e-6, n / sum(levels)) for n in levels) for levels in self._seen)


def _named_alike(household: Table, alike: float) -> Table:
    """Brothers and sisters are named alike at least as often as chance would have it.

    Without this floor the rounds may take all of them for one person whose date of birth is often wrong.
    """
    name = FIELDS.index("name")
    levels = list(household[name])
    for level in (of_names.SAME, of_names.SHORTER):
        levels[level] = max(levels[level], alike)
    return (*household[:name], tuple(levels), *household[name + 1 :])


def _strangers(people: int, look: Callable[[int, int], Comparison], first: Table) -> Table:
    """How often strangers agree, from pairs drawn at random: nearly all of them are strangers."""
    drawn = min(int(rule("strangers_drawn")), people * people)
    trust = rule("trust_strangers")
    seen: list[Counter[int]] = [Counter() for _field in FIELDS]
    if people > 1:
        chance = random.Random(1)  # noqa: S311 - the same draw every time, for nobody to guess
        for _pair in range(drawn):
            one, other = chance.sample(range(people), 2)
            for counts, level in zip(seen, look(one, other).levels, strict=True):
                counts[level] += level != MISSING
    return tuple(
        tuple(
            chance if (field, name) in BY_VALUE else (counts[level] + trust * chance) / (sum(counts.values()) + trust)
            for level, (name, chance) in enumerate(zip(LEVELS[field], chances, strict=True))
        )
        for field, counts, chances in zip(FIELDS, seen, first, strict=True)
    )
