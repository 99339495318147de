# SPDX-License-Identifier: Apache-2.0
"""What comparing many pairs found, as few bytes, and how often the same was found."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from resource_centre.matching.compare import FIELDS, Comparison
from resource_centre.matching.learning import Pattern

WIDE: Final = len(FIELDS)


def patterns(findings: Iterable[Comparison], each: int = 1) -> Counter[Pattern]:
    """How often each finding occurs, the rarity of what is shared rounded to half a step; each stands for `each`."""
    found = Counter((one.levels, round(one.rarity * 2)) for one in findings)
    return Counter({(levels, step / 2): count * each for (levels, step), count in found.items()})


def packed(findings: Sequence[Comparison]) -> bytes:
    """Findings as few bytes."""
    levels = array("b", (level for one in findings for level in one.levels))
    rarity = array("f", (one.rarity for one in findings))
    return zlib.compress(levels.tobytes() + rarity.tobytes(), 1)


def unpacked(body: bytes) -> Iterator[Comparison]:
    """The findings again."""
    plain = zlib.decompress(body)
    count = len(plain) // (WIDE + 4)
    levels, rarity = array("b"), array("f")
    levels.frombytes(plain[: count * WIDE])
    rarity.frombytes(plain[count * WIDE :])
    return (Comparison(tuple(levels[place * WIDE : (place + 1) * WIDE]), rarity[place]) for place in range(count))
