# SPDX-License-Identifier: Apache-2.0
"""The trail of a record: who saved what, when. Field names only, never what was written (domain reference 9.22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.i18n import N_, _
from resource_centre.log.shape import field_name, logged_records
from resource_centre.log.writing import AS_ENTRY, body_from
from resource_centre.records import Account, Change, fields_of
from resource_centre.records.change import ERASE

KINDS = {
    "created": N_("written"),
    "changed": N_("changed"),
    "voided": N_("marked as not valid"),
    "restored": N_("marked as valid again"),
    "erased": N_("erased"),
}


@dataclass(frozen=True)
class TrailEntry:
    """One save: when (local time), by whom, what kind of save, and the labels of the fields it touched."""

    at: dt.datetime
    who: str
    kind: str
    fields: tuple[str, ...]
    site: str
    seq: int

    @property
    def label(self) -> str:
        """What kind of save, in the active language."""
        return _(KINDS[self.kind])


def trail_of(session: Session, row_id: str) -> list[TrailEntry]:
    """The saves of one record, newest first; a village collector sees their own only."""
    columns = (*AS_ENTRY, Change.actor)
    wanted = select(*columns).where(Change.row_id == row_id).order_by(Change.wall_ms.desc(), Change.seq.desc())
    rows = session.execute(wanted).all()
    names = _names(session, {row.actor for row in rows if row.actor})
    return [_entry(row, names) for row in rows]


def _entry(row: Any, names: dict[str, str]) -> TrailEntry:
    body = body_from(row.tbl, row.schema_no, row.body)
    at = dt.datetime.fromtimestamp(row.wall_ms / 1000, tz=dt.UTC).astimezone()
    who = names.get(row.actor) or _("somebody of another centre")
    return TrailEntry(at, who, _kind(row.kind, body), _labels(row.tbl, body), row.site, row.seq)


def _kind(kind: str, body: dict[str, list[Any]]) -> str:
    if kind == ERASE:
        return "erased"
    marked = body.get("voided")
    # A save of a record that is not valid says once more that it is not.
    if marked is not None and marked[0] and (len(body) == 1 or "void_reason" in body):
        return "voided"
    # A first save replaces nothing, so none of its fields has a revision above one.
    if any(cell[1] > 1 for cell in body.values()):
        return "restored" if marked is not None and not marked[0] else "changed"
    return "created" if marked is not None else "changed"


def _labels(tbl: str, body: Iterable[str]) -> tuple[str, ...]:
    touched = {field_name(name) for name in body}
    return tuple(field.label for field in fields_of(logged_records()[tbl]) if field.name in touched)


def _names(session: Session, actors: set[str]) -> dict[str, str]:
    wanted = select(Account.id, Account.name, Account.login).where(Account.id.in_(actors))
    return {account_id: name or login for account_id, name, login in session.execute(wanted)}
