# SPDX-License-Identifier: Apache-2.0
"""Entries from elsewhere: the union of both sets, and the touched records folded anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.log.conflicts import refresh
from resource_centre.log.fold import Folded, fold
from resource_centre.log.shape import columns_from, digest, logged_records
from resource_centre.log.writing import entries_of, note_changed, recording
from resource_centre.records.base import Logged, table_of
from resource_centre.records.change import ERASE, Change, Erasure

BLANK: Final = "{}"
"""The body of an entry about an erased record."""


class Fork(Exception):
    """Two different entries bear the same name: a copied or restored laptop. Nothing may be taken in."""


def receive(session: Session, changes: Sequence[dict[str, Any]]) -> int:
    """Take in entries, given as column values of `Change`, in any order, twice or not; returns how many were new.

    Raises `Fork`, with nothing written, when a known name comes with another content.
    """
    session.flush()
    connection = session.connection()
    with recording(connection):
        new = [change for change in _once_each(changes) if not _known(connection, change)]
    if new:
        connection.execute(sa.insert(Change), new)
        refold(session, {(change["tbl"], change["row_id"]) for change in new})
    session.expire_all()
    return len(new)


def refold(session: Session, rows: Iterable[tuple[str, str]]) -> None:
    """Make the tables say for these (table, row id) what the log says; never patch."""
    connection = session.connection()
    wanted = sorted(rows)
    logs = entries_of(connection, [row_id for _tbl, row_id in wanted])
    with recording(connection):
        for tbl, row_id in wanted:
            _place(connection, tbl, row_id, fold(logs[row_id]))
            note_changed(session, logged_records()[tbl].__name__, [row_id])


def _place(connection: sa.Connection, tbl: str, row_id: str, folded: Folded) -> None:
    record = logged_records()[tbl]
    refresh(connection, tbl, row_id, folded)
    if folded.erased:
        _erase(connection, record, tbl, row_id)
        return
    if not folded.born:
        return
    table = table_of(record)
    values = columns_from(record, folded.values)
    version = connection.execute(sa.select(table.c.version).where(table.c.id == row_id)).scalar()
    if version is None:
        connection.execute(sa.insert(table), {"id": row_id, "version": 1, **values})
    else:
        connection.execute(sa.update(table).where(table.c.id == row_id), {**values, "version": version + 1})


def _erase(connection: sa.Connection, record: type[Logged], tbl: str, row_id: str) -> None:
    """The row goes, and every word about it in the log, also in entries that came after."""
    table = table_of(record)
    connection.execute(sa.delete(table).where(table.c.id == row_id))
    about = (Change.row_id == row_id, Change.kind != ERASE)
    connection.execute(sa.update(Change).where(*about).values(body=BLANK))
    if connection.execute(sa.select(Erasure.row_id).where(Erasure.row_id == row_id)).first() is None:
        connection.execute(sa.insert(Erasure), {"row_id": row_id, "tbl": tbl})


def _once_each(changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries without repetitions; a blanked one gives way to the same entry whole."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for change in changes:
        dot = (change["site"], change["seq"])
        before = found.setdefault(dot, change)
        if before["digest"] != change["digest"]:
            raise Fork(f"{dot[0]}:{dot[1]}")
        if before["body"] == BLANK:
            found[dot] = change
    return list(found.values())


def _known(connection: sa.Connection, change: dict[str, Any]) -> bool:
    same = (Change.site == change["site"], Change.seq == change["seq"])
    ours = connection.execute(sa.select(Change.digest).where(*same)).scalar()
    proof = digest(change["site"], change["seq"], change["tbl"], change["row_id"], change["body"])
    # What was blanked by an erasure keeps the digest of what it was.
    forged = change["body"] != BLANK and proof != change["digest"]
    if forged or (ours is not None and ours != change["digest"]):
        raise Fork(f"{change['site']}:{change['seq']}")
    return ours is not None
