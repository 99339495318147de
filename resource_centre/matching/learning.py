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

from resource_centre.matching.compare import FIELDS, LEVELS, MISSING, compare
from resource_centre.matching.descriptions import Description
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import HOUSEHOLD, SAME_PERSON, Judge, Table, Weights, first_weights

Pattern = tuple[tuple[int, ...], float]
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
        weights = _improved(weights, patterns, first, everything)
    return weights


def _first_shares(people: int, everything: float) -> tuple[float, float, float]:
    same = max(1.0, people * rule("first_same_per_person")) / everything
    household = max(1.0, people * rule("first_household_per_person")) / everything
    return same, household, max(1e-9, 1 - same - household)


def _improved(
    weights: Weights, patterns: Counter[Pattern], first: tuple[Table, Table, Table], everything: float
) -> Weights:
    judge = Judge(weights)
    trusts = {SAME_PERSON: rule("trust_same_person"), HOUSEHOLD: rule("trust_household")}
    seen = {kind: [[trusts[kind] * chance for chance in levels] for levels in first[kind]] for kind in trusts}
    wholes = {kind: [trusts[kind] * sum(levels) for levels in first[kind]] for kind in trusts}
    totals = {SAME_PERSON: 1.0, HOUSEHOLD: 1.0}
    for (levels, rarity), count in patterns.items():
        chances = judge.kinds(levels, rarity)
        for kind in trusts:
            part = chances[kind] * count
            if part < 1e-9:
                continue
            totals[kind] += part
            for field, level in enumerate(levels):
                if level != MISSING:
                    seen[kind][field][level] += part
                    wholes[kind][field] += part
    same, household = (
        tuple(
            tuple(max(1e-6, n / whole) for n in levels) for levels, whole in zip(seen[kind], wholes[kind], strict=True)
        )
        for kind in trusts
    )
    shares = totals[SAME_PERSON] / everything, totals[HOUSEHOLD] / everything
    return Weights((same, household, weights.chances[2]), (*shares, max(1e-9, 1 - sum(shares))))


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
