# SPDX-License-Identifier: Apache-2.0
"""How each question of a test did: how hard it was, and whether it tells those who know from those who do not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

TAIL: Final = 0.27
"""The share of people in the upper and in the lower group (Kelley, 1939)."""

Right = Mapping[str, bool]
"""Of one filling-in: question to whether it was answered right; "do not know" and nothing are not right."""


@dataclass(frozen=True)
class ItemFigures:
    """One question on one occasion, over `n` filling-ins. `difficulty` is the share who had it right (its p value).

    `discrimination` is that share among the best 27 per cent less that among the weakest; `correlation` is the point-
    biserial with the score on the other questions. Both are None where scores or answers do not differ.
    """

    n: int = 0
    right: int = 0
    difficulty: float | None = None
    discrimination: float | None = None
    correlation: float | None = None
    hidden: bool = False
    """The figures of a few, taken out; then `right` means nothing."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | ({"right": None} if self.hidden else {})


def item_figures(question: str, filled: Sequence[Right]) -> ItemFigures:
    """The figures of one question over these filling-ins."""
    n = len(filled)
    if not n:
        return ItemFigures()
    own = [float(one.get(question, False)) for one in filled]
    totals = [float(sum(one.values())) for one in filled]
    rest = [total - right for total, right in zip(totals, own, strict=True)]
    right = int(sum(own))
    return ItemFigures(n, right, right / n, _upper_less_lower(own, totals), _correlation(own, rest))


def _upper_less_lower(own: Sequence[float], totals: Sequence[float]) -> float | None:
    """Where the cut runs through people with the same score, each of them counts in part: no order is invented."""
    if min(totals) == max(totals):
        return None
    size = max(1, round(TAIL * len(own)))
    upper = _share_right(sorted(zip(totals, own, strict=True), key=lambda one: -one[0]), size)
    return upper - _share_right(sorted(zip(totals, own, strict=True), key=lambda one: one[0]), size)


def _share_right(ordered: Sequence[tuple[float, float]], size: int) -> float:
    cut = ordered[size - 1][0]
    first = next(at for at, (total, _right) in enumerate(ordered) if total == cut)
    tied = [right for total, right in ordered if total == cut]
    whole = sum(right for _total, right in ordered[:first])
    return (whole + (size - first) * sum(tied) / len(tied)) / size


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    mean_one, mean_other = math.fsum(one) / len(one), math.fsum(other) / len(other)
    first, second = [value - mean_one for value in one], [value - mean_other for value in other]
    spread = math.fsum(a * a for a in first) * math.fsum(b * b for b in second)
    if min(one) == max(one) or min(other) == max(other) or not spread:
        return None
    return math.fsum(a * b for a, b in zip(first, second, strict=True)) / math.sqrt(spread)
