# SPDX-License-Identifier: Apache-2.0
"""What a course has taught, from tests before and after: matched pairs only (domain reference 4.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from resource_centre.services.rules import rule


@dataclass(frozen=True)
class MatchedGain:
    """Of those with both tests: how many, mean scores in per cent, mean gain in percentage points.

    `improved` scored higher after than before, `passed` reached the pass mark after; `unmatched` have one test or none.
    """

    pairs: int
    mean_pre: float | None
    mean_post: float | None
    mean_gain: float | None
    improved: int
    passed: int
    unmatched: int


def matched_gain(scores: Iterable[tuple[float | None, float | None]]) -> MatchedGain:
    """The gain over (score before, score after) of each participant; None where a test is missing."""
    everybody = list(scores)
    pairs = [(pre, post) for pre, post in everybody if pre is not None and post is not None]
    count = len(pairs)
    mean_pre = sum(pre for pre, _post in pairs) / count if count else None
    mean_post = sum(post for _pre, post in pairs) / count if count else None
    return MatchedGain(
        pairs=count,
        mean_pre=mean_pre,
        mean_post=mean_post,
        mean_gain=sum(post - pre for pre, post in pairs) / count if count else None,
        improved=sum(post > pre for pre, post in pairs),
        passed=sum(post >= rule("pass_mark") for _pre, post in pairs),
        unmatched=len(everybody) - count,
    )
