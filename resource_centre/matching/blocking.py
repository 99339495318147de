# SPDX-License-Identifier: Apache-2.0
"""Which pairs of a list are worth comparing: those that share two things, or one that is a person's own.

Every pass files the records under one combination of traits and offers the pairs of each drawer, the emptiest
drawers first and as many as the list may cost; a full drawer says little. Whoever has a slip just where one pass
looks is found by another.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from resource_centre.matching.descriptions import Description
from resource_centre.matching.rules import rule

Traits = Callable[[Description], Iterable[str]]
Drawers = dict[tuple[str, ...], list[int]]

BEGINNING: Final = 4
"""Letters of a word by which it is filed."""


def candidates(records: Sequence[Description], way: int) -> array[int]:
    """Pairs of places in `records` that one way of looking (a place in PASSES) offers, each once and in order, as
    ``lower * len(records) + higher``.

    In a long list many share two things who have nothing else in common: fewer pairs may be offered for each record.
    """
    long = len(records) > rule("long_list")
    left = int(rule("pairs_per_record_of_a_long_list" if long else "pairs_per_record")) * len(records)
    return array("Q", sorted(set(_offered(_filed(records, PASSES[way]), len(records), left))))


def _filed(records: Sequence[Description], traits: tuple[Traits, ...]) -> Drawers:
    drawers: Drawers = defaultdict(list)
    for place, record in enumerate(records):
        labels: list[tuple[str, ...]] = [()]
        for trait in traits:
            labels = [(*label, one) for label in labels for one in set(trait(record))]
        for label in labels:
            drawers[label].append(place)
    return drawers


def _offered(drawers: Drawers, count: int, left: int) -> Iterator[int]:
    most = int(rule("fullest_drawer"))
    for places in sorted((places for places in drawers.values() if 1 < len(places) <= most), key=len):
        left -= len(places) * (len(places) - 1) // 2
        if left < 0:
            return
        for here, there in combinations(places, 2):
            yield here * count + there


def _value(field: str) -> Traits:
    def traits(record: Description) -> tuple[str, ...]:
        value = getattr(record, field)
        return (value,) if value else ()

    return traits


def _words(record: Description) -> Iterable[str]:
    return record.words


def _beginnings(record: Description) -> Iterable[str]:
    return (word[:BEGINNING] for word in record.words)


def _initials(record: Description) -> Iterable[str]:
    return (word[0] for word in record.words)


def _whole_name(record: Description) -> Iterable[str]:
    return (" ".join(sorted(record.words)),) if record.words else ()


def _two_words(record: Description) -> Iterable[str]:
    return (" ".join(two) for two in combinations(sorted(record.words), 2))


def _run_together(record: Description) -> Iterable[str]:
    """The letters of the name in order, whatever became of spaces and of the order of words."""
    return ("".join(sorted("".join(record.words))),) if record.words else ()


def _mother(record: Description) -> Iterable[str]:
    return (" ".join(sorted(record.mother.sounds)),) if record.mother.sounds else ()


def _mothers_beginnings(record: Description) -> Iterable[str]:
    return (word[:BEGINNING] for word in record.mother.sounds)


def _years(record: Description) -> Iterable[str]:
    """The year of birth and the one after it, so that neighbours meet."""
    for birth in record.births:
        yield birth[:4]
        yield str(int(birth[:4]) + 1)


def _day(record: Description) -> Iterable[str]:
    """Day and month of birth in either order."""
    return ("".join(sorted((birth[4:6], birth[6:]))) for birth in record.births if len(birth) == 8)


def _whole_day(record: Description) -> Iterable[str]:
    return (birth for birth in record.births if len(birth) == 8)


def _places(record: Description) -> Iterable[str]:
    return tuple(place for place in (record.village, record.postcode, record.street) if place)


PASSES: Final[tuple[tuple[Traits, ...], ...]] = (
    (_value("nik"),),
    (_value("passport"),),
    (_value("phone"),),
    (_whole_name,),
    (_two_words,),
    (_run_together,),
    (_whole_day, _beginnings),
    (_whole_day, _initials),
    (_whole_day, _places),
    (_whole_name, _years),
    (_whole_name, _day),
    (_whole_name, _places),
    (_beginnings, _places),
    (_beginnings, _years, _places),
    (_mother, _places),
    (_mother, _beginnings),
    (_mothers_beginnings, _beginnings, _years),
    (_years, _places),
    (_day, _places),
    (_day, _beginnings),
    (_value("house"), _value("street")),
    (_value("house"), _whole_name),
    (_whole_day, _value("house")),
    (_whole_day, _value("estate")),
    (_value("street"), _value("postcode")),
    (_value("street"), _value("village")),
    (_value("estate"), _value("postcode")),
    (_value("estate"), _words),
)
"""What records must share to be compared; missing answers share nothing."""
