# SPDX-License-Identifier: Apache-2.0
"""From the set of entries of one record to its fields: pure, and the same whatever the order of the entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from resource_centre.records.change import ERASE

BIRTH_MARK: Final = "voided"
"""A field that every first save writes."""

Dot = tuple[str, int]
"""Site and number: the name of one entry."""


@dataclass(frozen=True)
class Entry:
    """One entry as the fold reads it; `body` as in `Change.body`, parsed."""

    site: str
    seq: int
    wall_ms: int
    kind: str
    body: dict[str, list[Any]]

    @property
    def dot(self) -> Dot:
        """The entry's name."""
        return (self.site, self.seq)


@dataclass(frozen=True)
class Head:
    """A value of a field that no other entry has replaced."""

    value: Any
    revision: int
    wall_ms: int
    site: str
    seq: int

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """Knowledge first, the clock last: a wrong clock never beats an edit made with the other one in sight."""
        return (self.revision, self.wall_ms, self.site, self.seq)


@dataclass
class Folded:
    """What a record is: its values, what lost, and whether it is erased."""

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, list[Head]] = field(default_factory=dict)
    erased: bool = False

    @property
    def born(self) -> bool:
        """Whether the first save of the record has arrived: an edit may come before it, in another file."""
        return BIRTH_MARK in self.values


def heads(entries: Iterable[Entry]) -> dict[str, list[Head]]:
    """Per field the values nobody has replaced, best first."""
    found: dict[str, dict[Dot, Head]] = {}
    replaced: dict[str, set[Dot]] = {}
    for entry in entries:
        for name, (value, revision, previous) in entry.body.items():
            found.setdefault(name, {})[entry.dot] = Head(value, revision, entry.wall_ms, entry.site, entry.seq)
            replaced.setdefault(name, set()).update((site, seq) for site, seq in previous)
    return {
        name: sorted((head for dot, head in dots.items() if dot not in replaced[name]), key=_rank, reverse=True)
        for name, dots in found.items()
    }


def fold(entries: Iterable[Entry]) -> Folded:
    """The record that these entries make, in whatever order and number of times they came."""
    entries = list({entry.dot: entry for entry in entries}.values())
    if any(entry.kind == ERASE for entry in entries):
        return Folded(erased=True)
    folded = Folded()
    for name, best_first in heads(entries).items():
        winner, *others = best_first
        folded.values[name] = winner.value
        losers = [head for head in others if head.value != winner.value]
        if losers:
            folded.conflicts[name] = losers
    return folded


def _rank(head: Head) -> tuple[int, int, str, int]:
    return head.rank
