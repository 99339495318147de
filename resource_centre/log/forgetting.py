# SPDX-License-Identifier: Apache-2.0
"""Giving records back: out of tables, lists and log, as if they had never come here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.log import linked
from resource_centre.log.fold import Dot
from resource_centre.log.refolding import Row, refold
from resource_centre.log.shape import logged_records
from resource_centre.log.writing import CHUNK, note_changed, recording
from resource_centre.records.base import table_of
from resource_centre.records.change import Change, Conflict


def forget_rows(session: Session, rows: Iterable[Row], keep: Callable[[Dot], bool]) -> None:
    """Take these records out of everything but the entries to `keep`: what was written here and nobody else has."""
    session.flush()
    connection, rows = session.connection(), sorted(rows)
    people = linked.ends(connection, [row_id for tbl, row_id in rows if tbl == linked.LINKS])
    for tbl, of_table in groupby(rows, key=lambda row: row[0]):
        ids = [row_id for _tbl, row_id in of_table]
        for start in range(0, len(ids), CHUNK):
            with recording(connection):
                _forget(connection, tbl, ids[start : start + CHUNK], keep)
            if tbl in logged_records():
                note_changed(session, logged_records()[tbl].__name__, ids[start : start + CHUNK])
    if people:
        refold(session, linked.rows_about(connection, people))
    session.expire_all()


def _forget(connection: sa.Connection, tbl: str, ids: list[str], keep: Callable[[Dot], bool]) -> None:
    record = logged_records().get(tbl)
    if record is not None:
        table = table_of(record)
        connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
    conflict, change = table_of(Conflict), table_of(Change)
    connection.execute(sa.delete(conflict).where(conflict.c.row_id.in_(ids)))
    entries = connection.execute(sa.select(change.c.site, change.c.seq).where(change.c.row_id.in_(ids))).all()
    gone = [{"of": site, "number": seq} for site, seq in entries if not keep((site, seq))]
    if gone:
        here = (change.c.site == sa.bindparam("of"), change.c.seq == sa.bindparam("number"))
        connection.execute(sa.delete(change).where(*here), gone)
