# SPDX-License-Identifier: Apache-2.0
"""How many of how many, with how sure that share is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

from resource_centre.services.intervals import SHARE


@dataclass(frozen=True)
class Share:
    """`part` of `whole`. `percent` and the ends of its interval (Wilson, 95 %) are in per cent, None of nobody.

    `hidden`: it is the share of a few, and was taken out; then `part` is nought and means nothing.
    """

    part: int
    whole: int
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        part = None if self.hidden else self.part
        return {"part": part, "whole": self.whole, "percent": self.percent, "low": self.low, "high": self.high}


NOBODY: Final = Share(0, 0)


def share_of(part: int, whole: int) -> Share:
    """The share with its interval."""
    if not whole:
        return Share(part, whole)
    low, high = wilson(part, whole)
    return Share(part, whole, 100 * part / whole, 100 * low, 100 * high)


def wilson(part: int, whole: int, share: float = SHARE) -> tuple[float, float]:
    """The score interval of Wilson (1927) for part of whole, as shares of 1. `whole` is not nought.

    Chosen over the mean plus and minus its error because it stays within 0 and 1 and holds with few people.
    """
    z = NormalDist().inv_cdf((1 + share) / 2)
    p, weight = part / whole, z * z / whole
    middle = (p + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * math.sqrt(p * (1 - p) / whole + weight / (4 * whole))
    low = 0.0 if part == 0 else middle - reach
    return max(0.0, low), 1.0 if part == whole else min(1.0, middle + reach)
