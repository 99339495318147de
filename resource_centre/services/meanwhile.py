# SPDX-License-Identifier: Apache-2.0
"""Two windows on one record: what somebody else has saved while a form was open, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.i18n import _
from resource_centre.log.shape import REASON_MARK
from resource_centre.log.writing import body_from
from resource_centre.records import Account, Change, Field, Logged, fields_of
from resource_centre.services.saving import canonical, existing


@dataclass(frozen=True)
class Answer:
    """What stands in a field: a canonical value, or the reason why there is none, or neither."""

    value: Any
    reason: str | None = None


@dataclass(frozen=True)
class Difference:
    """A field somebody else has changed since the form was opened; `who` and `at` (local time) tell of their save."""

    field: Field
    opened: Answer
    mine: Answer
    theirs: Answer
    who: str
    at: dt.datetime | None

    @property
    def in_conflict(self) -> bool:
        """Whether both have changed it, each to something else; what only one side changed is merged by itself."""
        return self.mine not in (self.opened, self.theirs)


@dataclass(frozen=True)
class Meanwhile:
    """The record's present version, and every field of the form in which it is not what it was."""

    version: int
    differences: tuple[Difference, ...]


def answers_of(record: Logged, names: Iterable[str] = ()) -> dict[str, Answer]:
    """The answers of a record by field name; those of these fields only when names are given."""
    wanted = tuple(names) or tuple(field.name for field in fields_of(type(record)))
    reasons = record.unanswered or {}
    return {name: _answer(getattr(record, name), reasons.get(name)) for name in wanted}


def meanwhile(
    session: Session,
    record: type[Logged],
    record_id: str,
    opened: Mapping[str, Answer],
    mine: Mapping[str, Answer],
) -> Meanwhile:
    """What has changed in a record since a form was opened with the answers `opened` and filled in with `mine`.

    Both are by field name. Raises `Refused` when the record is not there any more.
    """
    present = existing(session, record, record_id)
    theirs = answers_of(present, opened)
    typed = canonical(record, {name: answer.value for name, answer in mine.items()})
    said = {name: _answer(typed[name], mine[name].reason) for name in typed}
    changed = [name for name in opened if theirs[name] != opened[name]]
    saves = _last_saves(session, record_id, changed)
    described = {field.name: field for field in fields_of(record)}
    differences = tuple(
        Difference(described[name], opened[name], said.get(name, opened[name]), theirs[name], *saves[name])
        for name in described
        if name in changed
    )
    return Meanwhile(present.version, differences)


def _answer(value: Any, reason: str | None) -> Answer:
    empty = value in (None, "", [])
    return Answer(None if empty else value, reason if empty else None)


def _last_saves(session: Session, row_id: str, names: Iterable[str]) -> dict[str, tuple[str, dt.datetime | None]]:
    """By field name who saved it last, and when; another village's collector may not be told."""
    columns = (Change.wall_ms, Change.actor, Change.tbl, Change.schema_no, Change.body)
    rows = session.execute(select(*columns).where(Change.row_id == row_id).order_by(Change.wall_ms, Change.seq)).all()
    people = select(Account.id, Account.name, Account.login).where(Account.id.in_({row.actor for row in rows}))
    called = {account_id: name or login for account_id, name, login in session.execute(people)}
    unknown: tuple[str, dt.datetime | None] = (_("Somebody else"), None)
    found = dict.fromkeys(names, unknown)
    for wall_ms, actor, tbl, schema_no, body in rows:
        at = dt.datetime.fromtimestamp(wall_ms / 1000, tz=dt.UTC).astimezone()
        touched = {name.removesuffix(REASON_MARK) for name in body_from(tbl, schema_no, body)}
        found |= dict.fromkeys(touched & found.keys(), (called.get(actor or "", unknown[0]), at))
    return found
