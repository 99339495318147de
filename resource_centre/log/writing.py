# SPDX-License-Identifier: Apache-2.0
"""Numbering and writing entries; shared by single saves and bulk inserts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import wall_ms
from resource_centre.hidden_tables import RECORDING
from resource_centre.log.fold import Entry
from resource_centre.log.many import insert_rows
from resource_centre.log.shape import canonical, digest
from resource_centre.log.upcasting import STEPS, Body, lifted
from resource_centre.records.base import table_of
from resource_centre.records.change import PUT, SCHEMA, Change, Site

# What `json.loads` does to a text without blanks around it, and nothing else.
_parsed = json.JSONDecoder().raw_decode

CHUNK = 400
"""Ids per query: below every driver's limit on bound parameters."""


@contextmanager
def recording(connection: sa.Connection) -> Iterator[None]:
    """While this lasts the connection may write logged tables: the one who writes also writes the log."""
    before = connection.info.get(RECORDING, False)
    connection.info[RECORDING] = True
    try:
        yield
    finally:
        connection.info[RECORDING] = before


def take_numbers(session: Session, count: int) -> tuple[str, int]:
    """Own site and the first of `count` consecutive numbers; the row lock makes them gapless and ordered by commit."""
    site = session.info["site"]
    taken = sa.update(Site).where(Site.id == site).values(last_seq=Site.last_seq + count).returning(Site.last_seq)
    last = session.connection().execute(taken).scalar_one()
    return site, last - count + 1


def write_entries(session: Session, bodies: Sequence[tuple[str, str, dict[str, Any]]], kind: str = PUT) -> None:
    """One entry for each (table, row id, body), numbered in this order. `kind` is `change.PUT` or `change.ERASE`."""
    if not bodies:
        return
    site, first = take_numbers(session, len(bodies))
    now, actor = wall_ms(), viewer_of(session).account_id
    rows = []
    for seq, (tbl, row_id, body) in enumerate(bodies, start=first):
        text = canonical(body)
        rows.append(
            {
                "site": site,
                "seq": seq,
                "wall_ms": now,
                "actor": actor,
                "tbl": tbl,
                "row_id": row_id,
                "kind": kind,
                "schema_no": SCHEMA,
                "body": text,
                "digest": digest(site, seq, tbl, row_id, text),
            }
        )
    insert_rows(session.connection(), table_of(Change), rows)


def note_changed(session: Session, record: str, ids: Sequence[str]) -> None:
    """Remember for the windows what this transaction touched, by noun."""
    session.info.setdefault("changed", defaultdict(set))[record].update(ids)


def is_known(session: Session, row_id: str) -> bool:
    """Whether anybody has written a record of this id: all that an account is told of what it may not read."""
    return bool(entries_of(session.connection(), [row_id])[row_id])


AS_ENTRY: Final = (
    Change.site, Change.seq, Change.wall_ms, Change.kind, Change.tbl, Change.schema_no, Change.body,
)  # fmt: skip
"""The columns that `entry_from` reads."""


def entry_from(site: str, seq: int, wall_ms: int, kind: str, tbl: str, schema_no: int, body: str) -> Entry:
    """One row of the log as the fold reads it."""
    return Entry(site, seq, wall_ms, kind, body_from(tbl, schema_no, body))


def body_from(tbl: str, schema_no: int, text: str) -> Body:
    """What an entry says, in the fields of today."""
    body: Body = _parsed(text)[0]
    return lifted(tbl, schema_no, body) if STEPS else body


def bare(row_id: object) -> str:
    """The digits of an id, as every database gives it."""
    return str(row_id).replace("-", "")


# An id is made ready once for each record, not once for each of its entries.
_OF_RECORDS: Final = sa.select(sa.type_coerce(Change.row_id, sa.types.NullType), *AS_ENTRY).where(
    Change.row_id.in_(sa.bindparam("ids", expanding=True))
)


def entries_of(connection: sa.Connection, row_ids: Sequence[str]) -> dict[str, list[Entry]]:
    """The log of these records, by record id."""
    found: dict[str, list[Entry]] = defaultdict(list)
    asked = {bare(row_id): row_id for row_id in row_ids}
    for start in range(0, len(row_ids), CHUNK):
        with recording(connection):
            rows: Sequence[Any] = connection.execute(_OF_RECORDS, {"ids": row_ids[start : start + CHUNK]}).all()
        for row_id, site, seq, wall, kind, tbl, schema_no, body in rows:
            entry = Entry(site, seq, wall, kind, body_from(tbl, schema_no, body))
            found[asked.get(row_id) or asked[bare(row_id)]].append(entry)
    return found
