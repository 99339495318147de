# SPDX-License-Identifier: Apache-2.0
"""Learning from the list itself, without anybody saying which pairs are one person.

Expectation maximisation: the weights say how likely each candidate pair is of each kind, those likelihoods give new
weights, and so on until they stay. What the shipped weights say counts as much as a number of pairs (`trust`), so
that a short list cannot lead astray. Pairs that were never candidates count as strangers.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Final

from resource_centre.matching import names as of_names
from resource_centre.matching.compare import FIELDS, LEVELS, MISSING, compare
from resource_centre.matching.descriptions import Description
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import HOUSEHOLD, SAME_PERSON, Judge, Table, Weights, first_weights

Tables = tuple[Table, Table, Table]
Pattern = tuple[tuple[int, ...], float]
LEAST: Final = 1e-9
BY_VALUE: Final = {(field, level) for field in LEVELS for level in ("same",) if field != "father"} | {
    (field, level) for field in ("name", "mother") for level in LEVELS[field] if level != "other"
}
"""Levels whose chance among strangers depends on the value; not learnt from pairs drawn at random."""


def learn(records: Sequence[Description], patterns: Counter[Pattern], shares: Frequencies) -> Weights:
    """Weights for this list, from what comparing all its candidate pairs found and how often."""
    first = first_weights()
    strangers = _strangers(records, shares, first[2])
    everything = max(1.0, len(records) * (len(records) - 1) / 2)
    weights = Weights((first[0], first[1], strangers), _first_shares(len(records), everything))
    for _round in range(int(rule("rounds"))):
        weights = _improved(weights, patterns, first, everything, shares.together("name"))
    return weights


def _first_shares(people: int, everything: float) -> tuple[float, float, float]:
    same = max(1.0, people * rule("first_same_per_person")) / everything
    household = max(1.0, people * rule("first_household_per_person")) / everything
    return same, household, max(1e-9, 1 - same - household)


def _improved(weights: Weights, patterns: Counter[Pattern], first: Tables, everything: float, alike: float) -> Weights:
    """One round: what each kind of pair shows when every finding counts for a kind as much as it is likely of it."""
    same = _Tally(first[SAME_PERSON], rule("trust_same_person"))
    household = _Tally(first[HOUSEHOLD], rule("trust_household"))
    judge = Judge(weights)
    for (levels, rarity), count in patterns.items():
        chances = judge.kinds(levels, rarity)
        same.add(levels, chances[SAME_PERSON] * count)
        household.add(levels, chances[HOUSEHOLD] * count)
    shares = same.pairs / everything, household.pairs / everything
    tables = same.table(), _named_alike(household.table(), alike), weights.chances[2]
    return Weights(tables, (*shares, max(LEAST, 1 - sum(shares))))


class _Tally:
    """Levels seen in pairs of one kind, on top of what the shipped weights say."""

    def __init__(self, first: Table, trust: float) -> None:
        self.pairs = 1.0
        self._seen = [[trust * chance for chance in levels] for levels in first]

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


def _strangers(records: Sequence[Description], shares: Frequencies, first: Table) -> Table:
    """How often strangers agree, from pairs drawn at random: nearly all of them are strangers."""
    drawn = int(rule("strangers_drawn"))
    trust = rule("trust_strangers")
    seen: list[Counter[int]] = [Counter() for _field in FIELDS]
    if len(records) > 1:
        chance = random.Random(1)  # noqa: S311 - the same draw every time, for nobody to guess
        for _pair in range(drawn):
            one, other = chance.sample(range(len(records)), 2)
            for counts, level in zip(seen, compare(records[one], records[other], shares).levels, strict=True):
                counts[level] += level != MISSING
    return tuple(
        tuple(
            chance if (field, name) in BY_VALUE else (counts[level] + trust * chance) / (sum(counts.values()) + trust)
            for level, (name, chance) in enumerate(zip(LEVELS[field], chances, strict=True))
        )
        for field, counts, chances in zip(FIELDS, seen, first, strict=True)
    )
