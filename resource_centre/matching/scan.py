# SPDX-License-Identifier: Apache-2.0
"""A whole list looked through for people who are in it more than once."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from typing import Final, Protocol

from resource_centre.matching.blocking import PASSES, candidates
from resource_centre.matching.compare import Comparison, compare
from resource_centre.matching.compared import Compared, look_at, packed, unpacked
from resource_centre.matching.descriptions import Description
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.groups import same_people
from resource_centre.matching.learning import learn
from resource_centre.matching.reasons import reasons_of
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import Judge

PIECE: Final = 20_000
"""Pairs compared before it is told how far a scan has come, and kept."""


@dataclass(frozen=True)
class Found:
    """Two places in the list that are one person: the chance, 0 to 1, and the codes of why (`reasons.REASONS`)."""

    one: int
    other: int
    chance: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Scanned:
    """What a scan did: pairs compared, and those found, in the order of the list."""

    compared: int
    found: tuple[Found, ...]


Progress = Callable[[str], None]
"""Is told what begins: "candidates", "comparing", "learning", "grouping"."""
Told = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and of how much."""


class Stopped(Exception):
    """Somebody said stop; what was kept so far is there for the next time."""


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


def scan(records: Sequence[Description], progress: Progress | None = None) -> Scanned:
    """Find who is in the list more than once; the weights are learnt from the list itself, without being told.

    The threshold is one for every list (`data/matching_rules.csv`). Memory grows with the candidate pairs, some
    16 bytes each.
    """
    begun: list[str] = []

    def told(stage: str, _done: int, _whole: int) -> None:
        if progress is not None and stage not in begun:
            begun.append(stage)
            progress(stage)

    return scan_in_pieces(records, told, Nowhere())


def scan_in_pieces(
    records: Sequence[Description], told: Told, memory: Memory, stop: Callable[[], bool] = lambda: False
) -> Scanned:
    """The same piece by piece, for a list of a million: what is done is kept in `memory`.

    Raises `Stopped` when `stop` says so, which is asked between pieces.
    """
    offered = list(_offered(records, told, memory, stop))
    shares = Frequencies(records)
    compared = _compared(records, offered, shares, told, memory, stop)
    told("learning", 0, 1)
    judge = Judge(learn(records, compared.patterns(), shares))
    told("grouping", 0, 1)
    chances = compared.chances(judge, rule("worth_remembering"))

    def look(one: int, other: int) -> float:
        return judge.kinds(*compare(records[one], records[other], shares))[0]

    joined = same_people(chances, look, rule("threshold"))
    # No two people have one NIK: whatever else is different, somebody has to look.
    for one, other in compared.with_level("nik", 0):
        joined.setdefault((one, other), chances.get((one, other), 0.0))
    found = (
        Found(one, other, chance, reasons_of(compare(records[one], records[other], shares).levels))
        for (one, other), chance in sorted(joined.items())
    )
    return Scanned(len(compared), tuple(found))


def _offered(
    records: Sequence[Description], told: Told, memory: Memory, stop: Callable[[], bool]
) -> Iterator[array[int]]:
    for way in range(len(PASSES)):
        _ask(stop)
        told("candidates", way, len(PASSES))
        kept = memory.kept("candidates", way)
        pairs = array("Q")
        if kept is None:
            pairs = candidates(records, way)
            memory.keep("candidates", way, zlib.compress(pairs.tobytes(), 1))
        else:
            pairs.frombytes(zlib.decompress(kept))
        yield pairs


def _compared(
    records: Sequence[Description],
    offered: Sequence[array[int]],
    shares: Frequencies,
    told: Told,
    memory: Memory,
    stop: Callable[[], bool],
) -> Compared:
    compared = Compared(len(records))
    whole = sum(map(len, offered))
    every = (pair for pair, _again in groupby(merge(*offered)))
    piece = 0
    while pairs := list(islice(every, PIECE)):
        _ask(stop)
        told("comparing", len(compared), whole)
        compared.add(pairs, _findings(records, pairs, shares, memory, piece))
        piece += 1
    return compared


def _findings(
    records: Sequence[Description], pairs: Sequence[int], shares: Frequencies, memory: Memory, piece: int
) -> Sequence[Comparison]:
    kept = memory.kept("comparing", piece)
    if kept is not None:
        return unpacked(kept)
    findings = look_at(records, pairs, shares)
    memory.keep("comparing", piece, packed(findings))
    return findings


def _ask(stop: Callable[[], bool]) -> None:
    if stop():
        raise Stopped
