# SPDX-License-Identifier: Apache-2.0
"""Many new records at once, logged like single ones: for registers of thousands of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.access import check_owners, check_writable
from resource_centre.log import linked
from resource_centre.log.erasing import refuse_erased
from resource_centre.log.many import insert_rows
from resource_centre.log.recorder import first_body
from resource_centre.log.shape import exploded, kept_by_key, logged_columns
from resource_centre.log.writing import entries_of, note_changed, recording, write_entries
from resource_centre.records.base import Logged, defaults_of, new_id, table_of


def insert_new(
    session: Session, record: type[Logged], rows: Sequence[Mapping[str, Any]], *, fresh: bool = False
) -> list[str]:
    """Write new records of one class and their log entries; returns their ids in order.

    `rows` map column names to values; what is missing gets the column's default. Derived columns are computed here.
    `fresh` says that ids given in `rows` were made just now, so that no other desk can know them.
    """
    if not rows:
        return []
    session.flush()
    blank = dict.fromkeys(logged_columns(record)) | {"voided": False, "version": 1} | defaults_of(record)
    blank |= {name: {} for name in kept_by_key(record)}
    complete = [_complete(record, blank, row) for row in rows]
    check_writable(session, record, complete)
    check_owners(session, complete)
    refuse_erased(session.connection(), complete)
    table = str(record.__tablename__)
    # Only an id that was given can be known of already.
    given = [] if fresh else [row["id"] for row in rows if row.get("id")]
    logs = entries_of(session.connection(), given)
    bodies = [(table, row["id"], first_body(exploded(record, row), logs.get(row["id"], []))) for row in complete]
    write_entries(session, bodies)
    connection = session.connection()
    placed = linked.all_as_one(connection, table, ((row["id"], row) for row in complete))
    with recording(connection):
        insert_rows(connection, table_of(record), placed)
    ids = [str(row["id"]) for row in complete]
    note_changed(session, record.__name__, ids)
    return ids


def _complete(record: type[Logged], blank: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {**blank, "unanswered": {}, **given}
    row["id"] = given.get("id") or new_id()
    row.update(record.derive(row))
    return row
