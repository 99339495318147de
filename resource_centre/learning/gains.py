# SPDX-License-Identifier: Apache-2.0
"""What tests before and after show: matched pairs only, with how sure the mean is and who is missing (decision 23)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from resource_centre.learning.shares import NOBODY, Share, share_of
from resource_centre.services.intervals import SHARE, t_quantile

Pairs = Mapping[tuple[float, float], int]
"""(per cent right before, after) to how many had them: many people have few different pairs."""


@dataclass(frozen=True)
class Missing:
    """Who came and has no pair: without the test before, after, or both, or with two that are not the same test."""

    pre: int = 0
    post: int = 0
    both: int = 0
    unlike: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.pre + self.post + self.both + self.unlike

    def __add__(self, other: Missing) -> Missing:
        return Missing(self.pre + other.pre, self.post + other.post, self.both + other.both, self.unlike + other.unlike)


@dataclass(frozen=True)
class Gain:
    """The gain over `pairs`. Means, median and `sd` are in per cent and percentage points, `low` to `high` holds the
    mean gain in 95 of 100 such groups (Student's t; None below two pairs).

    `normalised` is the mean of each one's share of what there was left to gain, over `normalised_pairs` (not those with
    everything right before); `class_normalised` is the same of the means (Hake). `improved` scored higher after.
    `few` says that there are pairs, but fewer than a mean is printed of; `hidden` that figures were taken out.
    """

    pairs: int = 0
    missing: Missing = Missing()
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_gain: float | None = None
    low: float | None = None
    high: float | None = None
    median_gain: float | None = None
    sd: float | None = None
    normalised: float | None = None
    normalised_pairs: int = 0
    class_normalised: float | None = None
    improved: Share = NOBODY
    passed_before: Share = NOBODY
    passed_after: Share = NOBODY
    few: bool = False
    hidden: bool = False

    def without_figures(self) -> Gain:
        """Only how many there are: what may be told of a few."""
        return Gain(self.pairs, self.missing, few=self.few, hidden=True)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def gain_of(pairs: Pairs, missing: Missing = Missing(), *, pass_mark: float, least: float) -> Gain:
    """The gain over these pairs. `pass_mark` is in per cent, `least` the number of pairs a mean is printed from."""
    count = sum(pairs.values())
    if not count:
        return Gain(missing=missing)
    mean_pre = math.fsum(pre * many for (pre, _post), many in pairs.items()) / count
    mean_post = math.fsum(post * many for (_pre, post), many in pairs.items()) / count
    gained = Gain(
        pairs=count,
        missing=missing,
        mean_pre=mean_pre,
        mean_post=mean_post,
        class_normalised=None if mean_pre >= 100 else (mean_post - mean_pre) / (100 - mean_pre),
        improved=_where(pairs, count, lambda pre, post: post > pre),
        passed_before=_where(pairs, count, lambda pre, _post: pre >= pass_mark),
        passed_after=_where(pairs, count, lambda _pre, post: post >= pass_mark),
        few=count < least,
    )
    return replace(gained, **_spread(pairs, count), **_normalised(pairs))


def _where(pairs: Pairs, count: int, holds: Any) -> Share:
    return share_of(sum(many for (pre, post), many in pairs.items() if holds(pre, post)), count)


def _spread(pairs: Pairs, count: int) -> dict[str, Any]:
    """Mean, median and spread of the gains, and the interval of the mean."""
    gains = sorted((post - pre, many) for (pre, post), many in pairs.items())
    mean = math.fsum(gain * many for gain, many in gains) / count
    found: dict[str, Any] = {"mean_gain": mean, "median_gain": _median(gains, count)}
    if count > 1:
        sd = math.sqrt(math.fsum(many * (gain - mean) ** 2 for gain, many in gains) / (count - 1))
        reach = t_quantile((1 + SHARE) / 2, count - 1) * sd / math.sqrt(count)
        found |= {"sd": sd, "low": mean - reach, "high": mean + reach}
    return found


def _median(gains: Iterable[tuple[float, int]], count: int) -> float:
    below, upper = 0, count // 2
    lower = upper - (count % 2 == 0)
    found: list[float] = []
    for gain, many in gains:
        found += [gain] * ((below <= lower < below + many) + (below <= upper < below + many))
        below += many
    return sum(found) / len(found)


def _normalised(pairs: Pairs) -> dict[str, Any]:
    able = [((post - pre) / (100 - pre), many) for (pre, post), many in pairs.items() if pre < 100]
    count = sum(many for _share, many in able)
    mean = math.fsum(share * many for share, many in able) / count if count else None
    return {"normalised": mean, "normalised_pairs": count}
