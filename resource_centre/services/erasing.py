# SPDX-License-Identifier: Apache-2.0
"""Erasing a person for ever: their records, what the log said of them, their files, and what is kept beside it.

The erasure is an entry of the log that goes to everybody; where it arrives the same things go, and what comes later
goes on arrival. That somebody was erased stays written: when, by whom, on what ground and how many records, no name.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import COORDINATOR, may_read, viewer_of
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_role
from resource_centre.exchange.scope import CENTRE
from resource_centre.i18n import _
from resource_centre.log import linked
from resource_centre.log.erasing import Row, belonging_to, erased_ids
from resource_centre.log.refolding import refold
from resource_centre.log.shape import logged_records
from resource_centre.log.writing import write_entries
from resource_centre.problems import Problem
from resource_centre.records import Account, Change, Person
from resource_centre.records.change import ERASE
from resource_centre.vocabulary import vocabulary

REASONS: Final = "erasure_reason"
PEOPLE: Final = "person"
LISTED: Final = 200


@dataclass(frozen=True)
class Erased:
    """What goes, or went: records by table, without those this account may not read of."""

    records: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many records."""
        return sum(self.records.values())


@dataclass(frozen=True)
class ErasureLine:
    """One erasure as it stays in the log: when (local time), by whom, on what ground, how many records went."""

    at: dt.datetime
    who: str
    reason: str
    records: int

    @property
    def label(self) -> str:
        """The ground in words."""
        return vocabulary(REASONS).label(self.reason)


def what_goes(session: Session, person_id: str) -> Erased:
    """What erasing this person would take away. Raises `Refused` as `erase_person` does."""
    return _told(session, _everything(session, person_id))


def erase_person(session: Session, person_id: str, reason: str) -> Erased:
    """Erase a person with everything that is, or ever was said to be, theirs, under every record they are known by.

    `reason` is a code of ``erasure_reason``. Raises `Refused`: `not_allowed` to all but coordinators, `erase_at_centre`
    elsewhere than at a centre, `not_found` for who is not there, `check` (field ``reason``) for an unknown ground.
    Nothing brings back what went; the caller's `Centre.change` sees to it that no trace stays in the file.
    """
    if reason not in vocabulary(REASONS):
        raise Refused("check", (Problem("reason", "not_in_list"),))
    rows = _everything(session, person_id)
    told = _told(session, rows)
    ground = {"reason": [reason, 1, []], "records": [told.count, 1, []]}
    bodies = [(tbl, row_id, ground if row_id == person_id else {}) for tbl, row_id in sorted(rows)]
    write_entries(session, bodies, ERASE)
    refold(session, rows)
    session.expire_all()
    return told


def erasures(session: Session, limit: int = LISTED) -> list[ErasureLine]:
    """The erasures there were, newest first; for coordinators."""
    if viewer_of(session).role != COORDINATOR:
        raise Refused("not_allowed")
    wanted = select(Change.wall_ms, Change.actor, Change.body).where(
        Change.tbl == PEOPLE, Change.kind == ERASE, Change.body != "{}"
    )
    rows = session.execute(wanted.order_by(Change.wall_ms.desc(), Change.seq.desc()).limit(limit)).all()
    names = {row_id: name or login for row_id, name, login in session.execute(_accounts({row.actor for row in rows}))}
    return [_line(row, names) for row in rows]


def _accounts(ids: set[str | None]) -> Any:
    return select(Account.id, Account.name, Account.login).where(Account.id.in_({one for one in ids if one}))


def _line(row: Any, names: Mapping[str, str]) -> ErasureLine:
    body: dict[str, list[Any]] = json.loads(row.body)
    at = dt.datetime.fromtimestamp(row.wall_ms / 1000, tz=dt.UTC).astimezone()
    who = names.get(row.actor) or _("somebody of another centre")
    return ErasureLine(at, who, str(body["reason"][0]), int(body["records"][0]))


def _everything(session: Session, person_id: str) -> set[Row]:
    """Whatever anybody ever said to be this person's, also what this account may not read."""
    if viewer_of(session).role != COORDINATOR:
        raise Refused("not_allowed")
    session.flush()
    connection = session.connection()
    if own_role(connection) != CENTRE:
        raise Refused("erase_at_centre")
    if session.get(Person, person_id) is None:
        raise Refused("not_found")
    people = linked.one_person(connection, [person_id]).keys() | {person_id}
    found: set[Row] = set()
    left = {(PEOPLE, one) for one in people - erased_ids(connection)}
    while left:
        found |= left
        left = {row for row in belonging_to(connection, left) if row[0] in logged_records()} - found
    return found


def _told(session: Session, rows: set[Row]) -> Erased:
    role = viewer_of(session).role
    counts = Counter(tbl for tbl, _row_id in rows if may_read(role, logged_records()[tbl]))
    return Erased(dict(sorted(counts.items())))
