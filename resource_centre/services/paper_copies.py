# SPDX-License-Identifier: Apache-2.0
"""Which papers were printed or saved, by whom and when: numbers and kinds, never whose name stood on them.

A copy is written down before it is made, so that no paper leaves without a trace; when making it fails afterwards, that
is written down too. The copies of a kind of paper about one record are numbered on for as long as the record is kept.
Two laptops that print the same paper before they meet may give one number twice: who made each copy tells them apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.access import COORDINATOR, viewer_of
from resource_centre.clock import today, wall_ms
from resource_centre.records import Account, PaperCopy
from resource_centre.services.saving import write_new

PRINTED: Final = "printed"
SAVED: Final = "saved"
COMMAND: Final = "command"
FAILED: Final = "failed"

PAGE: Final = 50


@dataclass(frozen=True)
class CopyRow:
    """One copy as it is listed. `made_by` is the name of the account, `made_at` the moment in UTC."""

    id: str
    kind: str
    number: str
    copy: int
    made_at: dt.datetime
    made_by: str
    way: str
    audience: str
    locked: bool
    person_id: str | None


@dataclass(frozen=True)
class Asked:
    """Which copies are asked for: of a person's papers, of a kind of paper, of some days here, by an account's id."""

    person_id: str | None = None
    kind: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    made_by: str | None = None


EVERYTHING: Final = Asked()


def record_copy(
    session: Session,
    kind: str,
    *,
    way: str,
    record_id: str | None = None,
    person_id: str | None = None,
    number: str = "",
    copies: int = 1,
    audience: str | None = None,
    locked: bool = False,
) -> tuple[PaperCopy, ...]:
    """Write down that copies of a paper are being made, each with its own number.

    `kind` is the paper's, or that of a report; a paper about no single record is told by its `number`, such as the
    month of a report. `way` is PRINTED, SAVED or COMMAND. Raises `Refused` for a record that this account does not see.
    """
    if copies < 1:
        raise ValueError("no copy")
    first = next_copy(session, kind, record_id, number)
    made_at = dt.datetime.fromtimestamp(wall_ms() / 1000, dt.UTC)
    values = {
        "kind": kind, "record_id": record_id, "person_id": person_id, "number": number or None, "way": way,
        "made_at": _moment(made_at), "made_by": viewer_of(session).account_id, "audience": audience, "locked": locked,
    }  # fmt: skip
    return tuple(write_new(session, PaperCopy, values | {"copy": first + place}, on=today()) for place in range(copies))


def next_copy(session: Session, kind: str, record_id: str | None = None, number: str = "") -> int:
    """The number of the next copy of a kind of paper about a record; 1 for the first one ever.

    Copies that failed, and those written down in error, keep their numbers.
    """
    highest = session.scalar(select(func.max(PaperCopy.copy)).where(PaperCopy.kind == kind, *_about(record_id, number)))
    return (highest or 0) + 1


def copy_failed(session: Session, copies: Iterable[str]) -> None:
    """Write down of copies, by their ids, that they were not made after all; others' copies stay as they are."""
    for copy_id in copies:
        found = session.get(PaperCopy, copy_id)
        if found is not None and found.made_by == viewer_of(session).account_id:
            found.way = FAILED
    session.flush()


def may_read_all(session: Session) -> bool:
    """Whether this account reads who printed what; every account reads what it printed itself."""
    return viewer_of(session).role == COORDINATOR


def copies_of(
    session: Session, asked: Asked = EVERYTHING, *, after: CopyRow | None = None, most: int = PAGE
) -> list[CopyRow]:
    """The copies that were made, the newest first, from the one `after` another on.

    The coordinator reads all of them, everybody else their own.
    """
    found = select(PaperCopy).where(*_criteria(session, asked))
    if after is not None:
        moment = _moment(after.made_at)
        same = and_(PaperCopy.made_at == moment, PaperCopy.id < after.id)
        found = found.where(or_(PaperCopy.made_at < moment, same))
    copies = session.scalars(found.order_by(PaperCopy.made_at.desc(), PaperCopy.id.desc()).limit(most)).all()
    names = _names(session, {one.made_by for one in copies if one.made_by})
    return [_row(one, names) for one in copies]


def count_copies(session: Session, asked: Asked = EVERYTHING) -> int:
    """How many copies there are of what is asked for, as far as this account reads them."""
    return session.scalar(select(func.count()).select_from(PaperCopy).where(*_criteria(session, asked))) or 0


def kinds_made(session: Session) -> tuple[str, ...]:
    """The kinds of papers of which this account reads that a copy was made."""
    found = session.scalars(select(PaperCopy.kind).where(*_criteria(session, EVERYTHING)).distinct())
    return tuple(sorted(kind for kind in found if kind))


def _criteria(session: Session, asked: Asked) -> list[ColumnElement[bool]]:
    own = None if may_read_all(session) else viewer_of(session).account_id
    told = (
        (PaperCopy.made_by, own), (PaperCopy.person_id, asked.person_id), (PaperCopy.kind, asked.kind),
        (PaperCopy.made_by, asked.made_by),
    )  # fmt: skip
    found = [PaperCopy.voided.is_(False), *(column == value for column, value in told if value is not None)]
    found += [PaperCopy.made_at >= _begins(asked.first)] if asked.first is not None else []
    found += [PaperCopy.made_at < _begins(asked.last + dt.timedelta(days=1))] if asked.last is not None else []
    return found


def _about(record_id: str | None, number: str) -> tuple[Any, ...]:
    if record_id is not None:
        return (PaperCopy.record_id == record_id,)
    return (PaperCopy.record_id.is_(None), func.coalesce(PaperCopy.number, "") == number)


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0).isoformat()


def _begins(day: dt.date) -> str:
    return _moment(dt.datetime.combine(day, dt.time()).astimezone())


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    found = session.execute(select(Account.id, Account.name, Account.login).where(Account.id.in_(sorted(ids))))
    return {account_id: name or login or "" for account_id, name, login in found}


def _row(one: PaperCopy, names: dict[str, str]) -> CopyRow:
    return CopyRow(
        id=one.id,
        kind=one.kind or "",
        number=one.number or "",
        copy=one.copy or 0,
        made_at=dt.datetime.fromisoformat(one.made_at or "0001-01-01").replace(tzinfo=dt.UTC),
        made_by=names.get(one.made_by or "", ""),
        way=one.way or "",
        audience=one.audience or "",
        locked=bool(one.locked),
        person_id=one.person_id,
    )
