# SPDX-License-Identifier: Apache-2.0
"""How two names agree, as one of a few levels, and in which words they do."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from resource_centre.values.names import common_sounds

Words = tuple[str, ...]

LEVELS: Final = ("same", "slip", "slips", "shorter", "shorter_slip", "partly", "other")
SAME, SLIP, SLIPS, SHORTER, SHORTER_SLIP, PARTLY, OTHER = range(len(LEVELS))
_CACHED = 262_144


def compare_names(one: Words, other: Words) -> tuple[int, Words]:
    """The level of agreement and the words both have; words that sound the same are the same word.

    same: every word, in any order or run together; slip, slips: with one or more letters wrong; shorter: one name
    has all the words of the other and more; partly: some words agree and some contradict each other.
    """
    if one == other or sorted(one) == sorted(other):
        return SAME, one
    joined, joined_other = "".join(one), "".join(other)
    if joined == joined_other:
        return SAME, min(one, other, key=len)
    shared, slips, left, left_other = _pair(one, other)
    if shared and not left and not left_other:
        return (SLIP if slips == 1 else SLIPS), shared
    run_together = _run_together(joined, joined_other, len(one) == len(other))
    if run_together is not None:
        return run_together, min(one, other, key=len)
    if not shared:
        return OTHER, ()
    if left and left_other:
        # Two people called Siti and something else each have nothing in common.
        return (OTHER, ()) if common_sounds().issuperset(shared) else (PARTLY, shared)
    return (SHORTER_SLIP if slips else SHORTER), shared


@lru_cache(maxsize=_CACHED)
def slips_between(one: str, other: str) -> int:
    """Letters wrong, missing, too many or turned round between two words; 9 when they are different words."""
    from rapidfuzz.distance import OSA

    longest = max(len(one), len(other))
    if min(len(one), len(other)) == 1:
        return 1 if one[0] == other[0] and longest > 2 else 9
    wrong: int = OSA.distance(one, other, score_cutoff=2)
    if longest <= 3 and len(one) == len(other) and sorted(one) != sorted(other):
        return 9
    return wrong if wrong <= (1 if longest < 7 else 2) else 9


def _pair(one: Words, other: Words) -> tuple[Words, int, int, int]:
    """Match equal words, then words with slips; return the shared ones, the slips and how many are left over."""
    rest = list(other)
    shared, unmatched = [], []
    for word in one:
        if word in rest:
            rest.remove(word)
            shared.append(word)
        else:
            unmatched.append(word)
    slips = left = 0
    for word in unmatched:
        nearest = min(rest, key=lambda there: slips_between(word, there), default=None)
        if nearest is None or (wrong := slips_between(word, nearest)) == 9:
            left += 1
            continue
        rest.remove(nearest)
        shared.append(word)
        slips += wrong
    return tuple(shared), slips, left, len(rest)


def _run_together(joined: str, other: str, as_many: bool) -> int | None:
    """A slip that moved, lost or made the space between two words."""
    from rapidfuzz.distance import OSA

    if min(len(joined), len(other)) < 6:
        return None
    wrong = OSA.distance(joined, other, score_cutoff=2)
    if wrong > 2:
        return None
    if wrong == 2 and (as_many or min(len(joined), len(other)) < 10):
        return None
    return SLIP if wrong <= 1 else SLIPS
