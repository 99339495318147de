# SPDX-License-Identifier: Apache-2.0
"""Letters wrong, missing, too many or turned round between two words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache


def edits(one: str, other: str, most: int) -> int:
    """How many there are, ``most + 1`` when more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    return _distance()(one, other, score_cutoff=most)


@lru_cache(maxsize=1)
def _distance() -> Callable[..., int]:
    # Looked for when it is first needed: the program starts without it.
    from rapidfuzz.distance import OSA

    return OSA.distance
