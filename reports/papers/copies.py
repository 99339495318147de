# SPDX-License-Identifier: Apache-2.0
"""A paper that leaves the program is written down first, and bears the number under which it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.kinds import MadePaper
from resource_centre.services.paper_copies import record_copy


@dataclass(frozen=True)
class Leaving:
    """A paper that may now leave; `copies` are the ids under which that is written down, none for a blank form."""

    paper: MadePaper
    copies: tuple[str, ...] = ()


def write_down(session: Session, paper: MadePaper, way: str, again: Callable[[int], MadePaper]) -> Leaving:
    """Write down the copies of a paper. `again` makes it with another first number, where one was made meanwhile."""
    if paper.copy is None:
        return Leaving(paper)
    written = record_copy(
        session,
        paper.kind,
        way=way,
        record_id=paper.record_id,
        person_id=paper.person_id,
        number=paper.number,
        copies=paper.copies,
    )
    first = written[0].copy
    assert first is not None
    return Leaving(paper if first == paper.copy else again(first), tuple(one.id for one in written))
