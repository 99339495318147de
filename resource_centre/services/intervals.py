# SPDX-License-Identifier: Apache-2.0
"""How sure a mean change is: the interval of Student's t over the changes of the same people.

Chosen over drawing samples (a bootstrap) because it gives the same figure every time, can be checked by hand, and with
the few pairs a centre has - five to fifty - samples drawn from them make the interval too narrow. It supposes that
changes scatter about evenly around their mean, as means of many answers do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist, fmean, stdev
from typing import Final

SHARE: Final = 0.95
"""How often such an interval holds the mean of all people like these."""

_MANY: Final = 400
"""Degrees of freedom from which Student's t is reckoned from the normal curve, to the tenth place."""


def mean_interval(values: Sequence[float], share: float = SHARE) -> tuple[float, float, float]:
    """(mean, lower end, upper end) of the mean of these values. At least two are needed."""
    count = len(values)
    mean = fmean(values)
    reach = t_quantile((1 + share) / 2, count - 1) * stdev(values, mean) / math.sqrt(count)
    return mean, mean - reach, mean + reach


@lru_cache(maxsize=512)
def t_quantile(probability: float, freedom: int) -> float:
    """The value that Student's t with so many degrees of freedom stays below with this probability (over a half)."""
    if freedom > _MANY:
        return _far(NormalDist().inv_cdf(probability), freedom)
    low, high = 0.0, 1e6
    for _step in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def _far(z: float, freedom: int) -> float:
    """Student's t from the normal curve, for many degrees of freedom: Abramowitz and Stegun, 26.7.5."""
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum((term / freedom**power for power, term in enumerate(terms, 1)), 0.0)


def _below(t: float, freedom: int) -> float:
    """The distribution of Student's t for whole degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan2(t, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = total = cosine if odd else 1.0
    for k in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    if not odd:
        return (1 + sine * total) / 2
    return (1 + 2 / math.pi * (angle + (sine * total if freedom > 1 else 0.0))) / 2
