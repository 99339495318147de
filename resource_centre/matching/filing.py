# SPDX-License-Identifier: Apache-2.0
"""What records are filed by: short labels made of their answers, each answer worked out once however many have it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from resource_centre.matching.people import Column, People, sounds_of

BEGINNING: Final = 4
"""Letters of a word by which it is filed."""

Labels = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Trait:
    """Labels made of one or more columns; equal labels of different columns are one."""

    columns: tuple[str, ...]
    labels: Labels


class Filed:
    """The labels of every record under one trait, as numbers below `size`."""

    def __init__(self, people: People, trait: Trait) -> None:
        self._known: dict[str, int] = {}
        self._parts = [self._part(people.columns[name], trait.labels) for name in trait.columns]
        self.size = max(1, len(self._known))
        self._known = {}

    def __bool__(self) -> bool:
        return any(any(column.codes) for column, _labels, _starts in self._parts)

    def of_records(self) -> Iterator[Sequence[int]]:
        """For each record its labels, none of them twice."""
        if len(self._parts) == 1:
            ((column, labels, starts),) = self._parts
            return (labels[starts[code] : starts[code + 1]] for code in column.codes)
        return self._of_several()

    def _of_several(self) -> Iterator[Sequence[int]]:
        for codes in zip(*(column.codes for column, _labels, _starts in self._parts), strict=True):
            found: dict[int, None] = {}
            for code, (_column, labels, starts) in zip(codes, self._parts, strict=True):
                if code:
                    found.update(dict.fromkeys(labels[starts[code] : starts[code + 1]]))
            yield tuple(found)

    def _part(self, column: Column, labels_of: Labels) -> tuple[Column, array[int], array[int]]:
        labels, starts = array("I"), array("I", (0,))
        for code in range(len(column.texts)):
            if code:
                made = dict.fromkeys(labels_of(column.texts[code]))
                labels.extend(self._known.setdefault(label, len(self._known)) for label in made)
            starts.append(len(labels))
        return column, labels, starts


def _whole(text: str) -> Iterable[str]:
    return (text,)


def _beginnings(text: str) -> Iterable[str]:
    return (word[:BEGINNING] for word in sounds_of(text))


def _initials(text: str) -> Iterable[str]:
    return (word[0] for word in sounds_of(text))


def _in_any_order(text: str) -> Iterable[str]:
    return (" ".join(sorted(sounds_of(text))),)


def _two_words(text: str) -> Iterable[str]:
    return (" ".join(two) for two in combinations(sorted(sounds_of(text)), 2))


def _run_together(text: str) -> Iterable[str]:
    """The letters of the name in order, whatever became of spaces and of the order of words."""
    return ("".join(sorted("".join(sounds_of(text)))),)


def _years(text: str) -> Iterable[str]:
    """The year of birth and the one after it, so that neighbours meet."""
    for birth in text.split():
        yield birth[:4]
        yield str(int(birth[:4]) + 1)


def _day(text: str) -> Iterable[str]:
    """Day and month of birth in either order."""
    return ("".join(sorted((birth[4:6], birth[6:]))) for birth in text.split() if len(birth) == 8)


def _whole_day(text: str) -> Iterable[str]:
    return (birth for birth in text.split() if len(birth) == 8)


NIK: Final = Trait(("nik",), _whole)
PASSPORT: Final = Trait(("passport",), _whole)
PHONE: Final = Trait(("phone",), _whole)
HOUSE: Final = Trait(("house",), _whole)
STREET: Final = Trait(("street",), _whole)
ESTATE: Final = Trait(("estate",), _whole)
POSTCODE: Final = Trait(("postcode",), _whole)
VILLAGE: Final = Trait(("village",), _whole)
PLACES: Final = Trait(("village", "postcode", "street"), _whole)
WORDS: Final = Trait(("name",), sounds_of)
BEGINNINGS: Final = Trait(("name",), _beginnings)
INITIALS: Final = Trait(("name",), _initials)
WHOLE_NAME: Final = Trait(("name",), _in_any_order)
TWO_WORDS: Final = Trait(("name",), _two_words)
RUN_TOGETHER: Final = Trait(("name",), _run_together)
MOTHER: Final = Trait(("mother",), _in_any_order)
MOTHERS_BEGINNINGS: Final = Trait(("mother",), _beginnings)
YEARS: Final = Trait(("births",), _years)
DAY: Final = Trait(("births",), _day)
WHOLE_DAY: Final = Trait(("births",), _whole_day)
