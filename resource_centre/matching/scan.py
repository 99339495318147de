# SPDX-License-Identifier: Apache-2.0
"""A whole list looked through for people who are in it more than once."""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Protocol

from resource_centre.matching.blocking import PASSES
from resource_centre.matching.compared import patterns, unpacked
from resource_centre.matching.descriptions import Description
from resource_centre.matching.learning import Pattern
from resource_centre.matching.people import People
from resource_centre.matching.processes import engage as engage_all
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import Weights
from resource_centre.matching.work import Found, Hands, Stopped, numbers

__all__ = ["Found", "Hands", "Scanned", "Stopped", "scan", "scan_in_pieces"]

PIECE: Final = 20_000
"""Pairs compared before it is told how far a scan has come, and kept."""


@dataclass(frozen=True)
class Scanned:
    """What a scan did: pairs compared, and those found, in the order of the list."""

    compared: int
    found: tuple[Found, ...]


Progress = Callable[[str], None]
"""Is told what begins: "candidates", "learning", "comparing", "grouping"."""
Told = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and of how much."""
Stop = Callable[[], bool]
Engage = Callable[[People, Stop], Hands]
"""Finds who does the work on a list; looks now and then whether to stop."""


class Memory(Protocol):
    """Where what was done is kept, so that a scan which was stopped goes on from there."""

    def kept(self, stage: str, piece: int) -> bytes | None:
        """What was kept of a piece."""

    def keep(self, stage: str, piece: int, body: bytes) -> None:
        """Keep a piece."""


class Nowhere:
    """Nothing is kept: a short list is scanned anew."""

    def kept(self, _stage: str, _piece: int) -> bytes | None:
        """Nothing."""
        return None

    def keep(self, _stage: str, _piece: int, _body: bytes) -> None:
        """Forget it."""


def scan(records: Iterable[Description], progress: Progress | None = None, engage: Engage = engage_all) -> Scanned:
    """Find who is in the list more than once; the weights are learnt from the list itself, without being told.

    The threshold is one for every list (`data/matching_rules.csv`). Memory grows with the list and with the candidate
    pairs, some 8 bytes each.
    """
    begun: list[str] = []

    def told(stage: str, _done: int, _whole: int) -> None:
        if progress is not None and stage not in begun:
            begun.append(stage)
            progress(stage)

    people = records if isinstance(records, People) else People(records)
    return scan_in_pieces(people, told, Nowhere(), engage=engage)


def scan_in_pieces(
    people: People, told: Told, memory: Memory, stop: Stop = lambda: False, engage: Engage = engage_all
) -> Scanned:
    """The same piece by piece, for a list of a million: what is done is kept in `memory`.

    Raises `Stopped` when `stop` says so, which is asked between pieces.
    """
    if len(people) < 2:
        return Scanned(0, ())
    hands = engage(people, stop)
    try:
        return _Scan(len(people), told, memory, hands).whole()
    finally:
        hands.close()


class _Scan:
    """One scan of `count` people: what was kept is taken, the rest is given out."""

    def __init__(self, count: int, told: Told, memory: Memory, hands: Hands) -> None:
        self._count, self._told, self._memory, self._hands = count, told, memory, hands

    def whole(self) -> Scanned:
        """All stages."""
        offered = self._offered()
        weights = self._weights(offered)
        compared, likely = self._likely(offered, weights)
        self._told("grouping", 0, 1)
        (found,) = self._hands.each("grouped", [(likely, weights)])
        return Scanned(compared, tuple(found))

    def _offered(self) -> list[array[int]]:
        def told(done: int) -> None:
            self._told("candidates", done, len(PASSES))

        bodies = self._pieces("candidates", ((way,) for way in range(len(PASSES))), told)
        return [numbers(zlib.decompress(body)) for body in bodies]

    def _weights(self, offered: Sequence[array[int]]) -> Weights:
        kept = self._memory.kept("weights", 0)
        if kept is not None:
            return _weights_of(kept)
        # So many pairs tell as much as all, and a long list has twenty times as many.
        each = -(-sum(map(len, offered)) // int(rule("learnt_from"))) or 1
        samples = _samples(self._in_pieces(offered), each)
        self._told("learning", 0, 1)
        bodies = self._pieces("findings", ((sample.tobytes(),) for sample in samples), lambda _done: None)
        seen: Counter[Pattern] = Counter()
        for body in bodies:
            seen.update(patterns(unpacked(body), each))
        (begun,) = self._hands.each("begin", [()])
        learnt = list(self._hands.each("learn", [(weights, seen) for weights in begun]))
        weights: Weights = max(learnt, key=lambda one: one[1])[0]
        self._memory.keep("weights", 0, _as_bytes(weights))
        return weights

    def _likely(self, offered: Sequence[array[int]], weights: Weights) -> tuple[int, list[bytes]]:
        """How many pairs were compared, and the likely ones."""
        pieces: list[int] = []
        whole = sum(map(len, offered))

        def told(done: int) -> None:
            self._told("comparing", sum(pieces[:done]), whole)

        def arguments() -> Iterator[tuple[bytes, Weights]]:
            for pairs in self._in_pieces(offered):
                pieces.append(len(pairs))
                yield pairs.tobytes(), weights

        bodies = list(self._pieces("likely", arguments(), told))
        return sum(pieces), bodies

    def _in_pieces(self, offered: Sequence[array[int]]) -> Iterator[array[int]]:
        """Every pair once, in order, the first places of a piece so many that a piece is about `PIECE` pairs."""
        whole = max(1, sum(map(len, offered)))
        wide = max(1, self._count * PIECE // whole) * self._count
        ends = [0] * len(offered)
        for until in range(wide, self._count * self._count + wide, wide):
            begins, ends = ends, [bisect_left(pairs, until) for pairs in offered]
            found = set(chain.from_iterable(map(_cut, offered, begins, ends)))
            if found:
                yield array("Q", sorted(found))

    def _pieces(self, task: str, arguments: Iterable[tuple[Any, ...]], told: Callable[[int], None]) -> Iterator[bytes]:
        """What was kept of a stage, and what is made now and kept."""
        kept: dict[int, bytes] = {}
        missing: deque[int] = deque()

        def wanted() -> Iterator[tuple[Any, ...]]:
            for piece, one in enumerate(arguments):
                body = self._memory.kept(task, piece)
                if body is None:
                    missing.append(piece)
                    yield one
                else:
                    kept[piece] = body

        done = 0
        told(done)
        for body in self._hands.each(task, wanted()):
            piece = missing.popleft()
            self._memory.keep(task, piece, body)
            kept[piece] = body
            while done in kept:
                yield kept.pop(done)
                done += 1
                told(done)
        while done in kept:
            yield kept.pop(done)
            done += 1


def _samples(pieces: Iterable[array[int]], each: int) -> Iterator[array[int]]:
    """Of all pairs every so manieth, in pieces of their own."""
    found, over = array("Q"), 0
    for pairs in pieces:
        found.extend(pairs[over::each])
        over = (over - len(pairs)) % each
        while len(found) >= PIECE:
            yield found[:PIECE]
            del found[:PIECE]
    if found:
        yield found


def _as_bytes(weights: Weights) -> bytes:
    return json.dumps([weights.chances, weights.shares]).encode()


def _weights_of(body: bytes) -> Weights:
    chances, shares = json.loads(body)
    same, household, strangers = (tuple(tuple(levels) for levels in table) for table in chances)
    return Weights((same, household, strangers), tuple(shares))


def _cut(pairs: array[int], begin: int, end: int) -> array[int]:
    return pairs[begin:end]
