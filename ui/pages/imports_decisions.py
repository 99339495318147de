# SPDX-License-Identifier: Apache-2.0
"""What a person has decided about rows that may be about somebody known, put into what was understood of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from resource_centre.registers.rows import Likely, Row, Understood

Decision = Literal["same", "different"]
Place = tuple[str, int]
"""Sheet and row."""


@dataclass(frozen=True)
class Pair:
    """A row of the file and somebody who may be the same person."""

    row: Row
    likely: Likely

    @property
    def id(self) -> str:
        """Names the pair in a list."""
        return f"{self.row.sheet}\t{self.row.row}"

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return self.row.sheet, self.row.row


def pairs_of(understood: Understood) -> list[Pair]:
    """One pair for each row that is to be decided: the likeliest."""
    return [Pair(row, row.likely[0]) for row in understood.rows if row.status == "likely_duplicate" and row.likely]


def row_at(understood: Understood, sheet: str, number: int | None) -> Row | None:
    """The row of a sheet, None when there is none."""
    return next((row for row in understood.rows if row.sheet == sheet and row.row == number), None)


def settle(understood: Understood, decisions: Mapping[Place, Decision]) -> None:
    """Make every row that was decided to be the same person one with whom it is like; the others stay apart."""
    joined = dict(_joined(understood, decisions))
    for row in understood.rows:
        if row.status == "likely_duplicate" and (row.sheet, row.row) in decisions:
            row.status = "known" if decisions[row.sheet, row.row] == "same" else "new"
            row.likely = []
        if row.person in joined:
            person, known_id = _end(joined, row.person)
            row.person, row.known_id = person, known_id or row.known_id


Target = tuple[int | None, str | None]


def _joined(understood: Understood, decisions: Mapping[Place, Decision]) -> Iterator[tuple[int, Target]]:
    for pair in pairs_of(understood):
        person = pair.row.person
        if person is None or decisions.get(pair.place) != "same":
            continue
        if pair.likely.known_id is not None:
            yield person, (person, pair.likely.known_id)
        elif pair.likely.person is not None and pair.likely.person != person:
            yield person, (pair.likely.person, None)


def _end(joined: Mapping[int, Target], person: int) -> Target:
    """Follow the decisions: B is A and C is B, so C is A."""
    seen = {person}
    target = joined[person]
    while target[1] is None and target[0] in joined and target[0] not in seen:
        assert target[0] is not None
        seen.add(target[0])
        target = joined[target[0]]
    return target
