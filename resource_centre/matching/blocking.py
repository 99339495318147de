# SPDX-License-Identifier: Apache-2.0
"""Which pairs of a list are worth comparing: those that share two things, or one that is a person's own.

Every pass files the records under one combination of traits and offers the pairs of each drawer, the emptiest
drawers first and as many as the list may cost; a full drawer says little. Whoever has a slip just where one pass
looks is found by another.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final

from resource_centre.matching import filing as by
from resource_centre.matching.people import People
from resource_centre.matching.rules import rule

HEAPS: Final = 16
"""Parts in which labels are put in order one after another, so that only one is in memory as Python's own numbers."""
_LARGEST: Final = 2**64 - 1


def candidates(people: People, way: int) -> array[int]:
    """Pairs of places in `people` that one way of looking (a place in PASSES) offers, each once and in order, as
    ``lower * len(people) + higher``.

    In a long list many share two things who have nothing else in common: fewer pairs may be offered for each record.
    """
    long = len(people) > rule("long_list")
    left = int(rule("pairs_per_record_of_a_long_list" if long else "pairs_per_record")) * len(people)
    filed = [by.Filed(people, trait) for trait in PASSES[way]]
    if not all(filed):
        return array("Q")
    return array("Q", sorted(set(_offered(_drawers(_labelled(filed, len(people)), len(people)), len(people), left))))


def _labelled(filed: Sequence[by.Filed], count: int) -> list[array[int]]:
    """``label * count + place`` of all records, in heaps without a label in two of them."""
    heaps = [array("Q") for _heap in range(HEAPS)]
    room = _LARGEST // count
    if len(filed) == 1:
        for place, labels in enumerate(filed[0].of_records()):
            for label in labels:
                heaps[label % HEAPS].append(label * count + place)
        return heaps
    sizes = [one.size for one in filed[1:]]
    for place, parts in enumerate(zip(*(one.of_records() for one in filed), strict=True)):
        for combination in product(*parts):
            label = combination[0]
            for size, part in zip(sizes, combination[1:], strict=False):
                label = label * size + part
            # Beyond the largest number two labels may meet: a few more pairs are offered.
            heaps[label % HEAPS].append(label % room * count + place)
    return heaps


def _drawers(heaps: list[array[int]], count: int) -> dict[int, array[int]]:
    """Size -> the places in all drawers of that size, one drawer after another."""
    most = int(rule("fullest_drawer"))
    drawers: dict[int, array[int]] = defaultdict(lambda: array("I"))
    while heaps:
        keys = sorted(heaps.pop(0))
        begun, until = 0, (keys[0] // count + 1) * count if keys else 0
        for at, key in enumerate(keys):
            if key >= until:
                if 1 < at - begun <= most:
                    drawers[at - begun].extend(one % count for one in keys[begun:at])
                begun, until = at, (key // count + 1) * count
        if 1 < len(keys) - begun <= most:
            drawers[len(keys) - begun].extend(one % count for one in keys[begun:])
    return drawers


def _offered(drawers: dict[int, array[int]], count: int, left: int) -> Iterator[int]:
    for size in sorted(drawers):
        places = drawers[size]
        for start in range(0, len(places), size):
            left -= size * (size - 1) // 2
            if left < 0:
                return
            for here, there in combinations(places[start : start + size], 2):
                yield here * count + there


PASSES: Final[tuple[tuple[by.Trait, ...], ...]] = (
    (by.NIK,),
    (by.PASSPORT,),
    (by.PHONE,),
    (by.WHOLE_NAME,),
    (by.TWO_WORDS,),
    (by.RUN_TOGETHER,),
    (by.WHOLE_DAY, by.BEGINNINGS),
    (by.WHOLE_DAY, by.INITIALS),
    (by.WHOLE_DAY, by.PLACES),
    (by.WHOLE_NAME, by.YEARS),
    (by.WHOLE_NAME, by.DAY),
    (by.WHOLE_NAME, by.PLACES),
    (by.BEGINNINGS, by.PLACES),
    (by.BEGINNINGS, by.YEARS, by.PLACES),
    (by.MOTHER, by.PLACES),
    (by.MOTHER, by.BEGINNINGS),
    (by.MOTHERS_BEGINNINGS, by.BEGINNINGS, by.YEARS),
    (by.YEARS, by.PLACES),
    (by.DAY, by.PLACES),
    (by.DAY, by.BEGINNINGS),
    (by.HOUSE, by.STREET),
    (by.HOUSE, by.WHOLE_NAME),
    (by.WHOLE_DAY, by.HOUSE),
    (by.WHOLE_DAY, by.ESTATE),
    (by.STREET, by.POSTCODE),
    (by.STREET, by.VILLAGE),
    (by.ESTATE, by.POSTCODE),
    (by.ESTATE, by.WORDS),
)
"""What records must share to be compared; missing answers share nothing."""
