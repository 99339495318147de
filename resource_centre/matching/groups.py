# SPDX-License-Identifier: Apache-2.0
"""From pairs to people: if A is B and B is C then A is C, unless too much speaks against it.

The likeliest pairs are joined first. Two groups are joined by a likely pair only when all the pairs between them
taken together speak for it, so that one poor record cannot chain a brother to a sister.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import product
from typing import Final

from resource_centre.matching.rules import rule

Pair = tuple[int, int]

CERTAIN: Final = 1e-3
"""A pair counts at most as one in a thousand for or against, whatever else is found on it."""


def same_people(
    chances: Mapping[Pair, float], look: Callable[[int, int], float], threshold: float
) -> dict[Pair, float]:
    """The pairs that are one person, each with its chance; `chances` holds the candidate pairs, lower place first.

    `look` gives the chance of a pair that was not a candidate. A pair whose own chance is lower than that of the
    pair which joined their groups has the latter.
    """
    group_of: dict[int, list[int]] = {}
    found: dict[Pair, float] = {}
    likely = sorted((pair for pair, chance in chances.items() if chance >= threshold), key=lambda p: (-chances[p], p))
    most = int(rule("largest_group"))

    def chance_of(one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        known = chances.get(pair)
        return look(*pair) if known is None else known

    for one, other in likely:
        mine, others = group_of.get(one, [one]), group_of.get(other, [other])
        if mine is others or len(mine) + len(others) > most:
            continue
        between = {(a, b): chance_of(a, b) for a, b in product(mine, others)}
        if sum(map(_evidence, between.values())) <= 0:
            continue
        joined = mine + others
        group_of.update(dict.fromkeys(joined, joined))
        found.update({(min(pair), max(pair)): max(chance, chances[one, other]) for pair, chance in between.items()})
    return found


def _evidence(chance: float) -> float:
    held = min(1 - CERTAIN, max(CERTAIN, chance))
    return math.log(held / (1 - held))
