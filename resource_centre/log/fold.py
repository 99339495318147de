# SPDX-License-Identifier: Apache-2.0
"""From the set of entries of one record to its fields: pure, and the same whatever the order of the entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from resource_centre.records.change import ERASE

BIRTH_MARK: Final = "voided"
"""A field that every first save writes. Who sets it names beside the entries it replaces all others in sight."""
ABOUT_THE_MARK: Final = (BIRTH_MARK, "void_reason")

Dot = tuple[str, int]
"""Site and number: the name of one entry."""
Said = tuple["Entry", list[Any]]
"""An entry and what it says of one field."""


class Entry(NamedTuple):
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

    @property
    def marks(self) -> bool:
        """Whether it marks the record as not valid."""
        return BIRTH_MARK in self.body and self.body[BIRTH_MARK][0] is True


class Head(NamedTuple):
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
    """What a record is: its values, what lost, and whether it is erased.

    Among what lost under ``voided`` are edits that nobody who marked the record as not valid had seen: the value of
    such a one is the list of the fields it gave values to that still stand.
    """

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, list[Head]] = field(default_factory=dict)
    erased: bool = False

    @property
    def born(self) -> bool:
        """Whether the first save of the record has arrived: an edit may come before it, in another file."""
        return BIRTH_MARK in self.values


def heads(entries: Iterable[Entry]) -> dict[str, list[Head]]:
    """Per field the values nobody has replaced, best first."""
    return {name: _standing(cells) for name, cells in _by_field(entries).items()}


def _by_field(entries: Iterable[Entry]) -> dict[str, list[Said]]:
    said: dict[str, list[Said]] = {}
    for entry in entries:
        for name, cell in entry.body.items():
            said.setdefault(name, []).append((entry, cell))
    return said


def _said_once(entries: Iterable[Entry]) -> tuple[dict[str, Said], dict[str, list[Said]]]:
    """What is said first of each field, and of those of which more is said everything: most fields are said once."""
    first: dict[str, Said] = {}
    again: dict[str, list[Said]] = {}
    for entry in entries:
        for name, cell in entry.body.items():
            if name in first:
                again.setdefault(name, [first[name]]).append((entry, cell))
            else:
                first[name] = entry, cell
    return first, again


def _standing(cells: Sequence[Said]) -> list[Head]:
    if len(cells) == 1:
        return [_head(cells[0])]
    replaced = {(site, seq) for _entry, cell in cells for site, seq in cell[2]}
    standing = [one for one in cells if one[0].dot not in replaced]
    # Entries that say they replace each other were not written by this program: then all of them stand.
    return sorted(map(_head, standing or cells), key=_rank, reverse=True)


def _head(said: Said) -> Head:
    entry, cell = said
    return Head(cell[0], cell[1], entry.wall_ms, entry.site, entry.seq)


def _rank(head: Head) -> tuple[int, int, str, int]:
    return head.rank


def fold(entries: Iterable[Entry]) -> Folded:
    """The record that these entries make, in whatever order and number of times they came."""
    once = {(entry.site, entry.seq): entry for entry in entries}
    if ERASE in [entry.kind for entry in once.values()]:
        return Folded(erased=True)
    said, again = _said_once(once.values())
    folded = Folded({name: cell[0] for name, (_entry, cell) in said.items()})
    for name, cells in again.items():
        winner, *others = _standing(cells)
        folded.values[name] = winner.value
        if losers := [head for head in others if head.value != winner.value]:
            folded.conflicts[name] = losers
    if folded.values.get(BIRTH_MARK) is True and (edits := _unseen_edits(once)):
        folded.conflicts[BIRTH_MARK] = [*folded.conflicts.get(BIRTH_MARK, ()), *edits]
    return folded


def seen_in(log: Iterable[Entry]) -> list[list[Any]]:
    """All entries in sight of whoever marks a record as not valid, as the mark names them."""
    return sorted([entry.site, entry.seq] for entry in log)


def _unseen_edits(entries: Mapping[Dot, Entry]) -> list[Head]:
    """The edits that no mark in force was made in sight of, best first.

    An edit made after the mark, at the desk that made it, knows of it. A mark from before marks named what they saw
    is taken to have seen everything.
    """
    standing = heads(entries.values())
    marks = [entries[head.site, head.seq] for head in standing[BIRTH_MARK] if head.value is True]
    seen = _seen_by(marks)
    if seen is None:
        return []
    earlier = _seen_by([entry for dot, entry in entries.items() if dot in seen and entry.marks])
    if earlier is None:
        return []
    seen |= earlier
    edits = [
        Head(names, 0, entries[dot].wall_ms, *dot)
        for dot, names in _given(standing).items()
        if dot not in seen and not entries[dot].marks and not any(m.site == dot[0] and m.seq < dot[1] for m in marks)
    ]
    return sorted(edits, key=_rank, reverse=True)


def _seen_by(marks: Iterable[Entry]) -> set[Dot] | None:
    found: set[Dot] = set()
    for mark in marks:
        cell = mark.body[BIRTH_MARK]
        if len(cell) < 4:
            return None
        found.update((site, seq) for site, seq in cell[3])
    return found


def _given(standing: Mapping[str, list[Head]]) -> dict[Dot, list[str]]:
    """By entry the fields whose standing values it gave."""
    found: dict[Dot, list[str]] = {}
    for name in sorted(standing.keys() - set(ABOUT_THE_MARK)):
        for head in standing[name]:
            found.setdefault((head.site, head.seq), []).append(name)
    return found
