# SPDX-License-Identifier: Apache-2.0
"""The parts of a scan that take long, as pieces of work one process does after another on a list it was given.

What goes in and out is small or bytes, so that it may go through a pipe.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

from resource_centre.matching import blocking
from resource_centre.matching.compared import packed
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.groups import same_people
from resource_centre.matching.learning import Pattern, begin, learn
from resource_centre.matching.looking import Looking
from resource_centre.matching.people import People
from resource_centre.matching.reasons import reasons_of
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import SAME_PERSON, Judge, Weights

QUICK: Final = 1
"""How hard bytes are pressed together: little, for that is quick."""


class Stopped(Exception):
    """Somebody said stop; what was kept so far is there for the next time."""


class Hands(Protocol):
    """Who does the work: this process, or several."""

    def each(self, task: str, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """What the method of `Work` called `task` makes of each of these, in their order; raises `Stopped`."""

    def close(self) -> None:
        """Nothing more comes."""


@dataclass(frozen=True)
class Found:
    """Two places in the list that are one person: the chance, 0 to 1, and the codes of why (`reasons.REASONS`)."""

    one: int
    other: int
    chance: float
    reasons: tuple[str, ...]


class Work:
    """What can be done with one list."""

    def __init__(self, people: People) -> None:
        self._people = people

    @cached_property
    def _shares(self) -> Frequencies:
        return Frequencies(self._people)

    @cached_property
    def _looking(self) -> Looking:
        return Looking(self._people, self._shares)

    def candidates(self, way: int) -> bytes:
        """The pairs one way of looking offers (`blocking.candidates`), pressed together."""
        return zlib.compress(blocking.candidates(self._people, way).tobytes(), QUICK)

    def findings(self, pairs: bytes) -> bytes:
        """What comparing these pairs finds (`compared.packed`)."""
        return packed([self._looking.compare(*pair) for pair in self._places(pairs)])

    def begin(self) -> list[Weights]:
        """The weights learning begins with."""
        return begin(len(self._people), self._looking.compare)

    def learn(self, begun: Weights, patterns: Counter[Pattern]) -> tuple[Weights, float]:
        """The weights it ends with, and how likely they make what was found."""
        return learn(begun, patterns, len(self._people), self._shares.together("name"))

    def likely(self, pairs: bytes, weights: Weights) -> bytes:
        """Those of these pairs worth putting together, with their chances (`pairs_with_chances`)."""
        found = list(self._looking.likely(self._places(pairs), Judge(weights), rule("threshold")))
        count = len(self._people)
        places = array("Q", (one * count + other for (one, other), _chance in found))
        chances = array("d", (chance for _pair, chance in found))
        return zlib.compress(places.tobytes() + chances.tobytes(), QUICK)

    def grouped(self, likely: list[bytes], weights: Weights) -> list[Found]:
        """Who is one person, of all likely pairs together, in the order of the list."""
        chances = {pair: chance for body in likely for pair, chance in pairs_with_chances(body, len(self._people))}
        judge, niks = Judge(weights), self._people.columns["nik"].codes

        def look(one: int, other: int) -> float:
            return judge.kinds(*self._looking.compare(one, other))[SAME_PERSON]

        joined = same_people(chances, look, rule("threshold"))
        # No two people have one NIK: whatever else is different, somebody has to look.
        for (one, other), chance in chances.items():
            if niks[one] == niks[other] != 0:
                joined.setdefault((one, other), chance)
        return [
            Found(*pair, chance, reasons_of(self._looking.compare(*pair).levels))
            for pair, chance in sorted(joined.items())
        ]

    def _places(self, pairs: bytes) -> Iterator[tuple[int, int]]:
        return (divmod(pair, len(self._people)) for pair in numbers(pairs))


class Alone:
    """This process does everything, one piece after another."""

    def __init__(self, people: People, stop: Callable[[], bool]) -> None:
        self._work, self._stop = Work(people), stop

    def each(self, task: str, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """One after another."""
        for one in arguments:
            if self._stop():
                raise Stopped
            yield getattr(self._work, task)(*one)

    def close(self) -> None:
        """Nothing to do."""


def numbers(body: bytes) -> array[int]:
    """Pairs as they were sent."""
    pairs = array("Q")
    pairs.frombytes(body)
    return pairs


def pairs_with_chances(body: bytes, count: int) -> Iterator[tuple[tuple[int, int], float]]:
    """Pairs of places in a list of so many, each with the chance that they are one person."""
    plain = zlib.decompress(body)
    half = len(plain) // 2
    chances = array("d")
    chances.frombytes(plain[half:])
    for pair, chance in zip(numbers(plain[:half]), chances, strict=True):
        yield divmod(pair, count), chance
