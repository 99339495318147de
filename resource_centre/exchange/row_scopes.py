# SPDX-License-Identifier: Apache-2.0
"""On a laptop: which records the centre said are in its villages. The newest bundle decides, whenever it comes."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.exchange.dots import Dots
from resource_centre.exchange.identity import own_sites
from resource_centre.log.forgetting import forget_rows
from resource_centre.log.many import insert_rows
from resource_centre.log.writing import CHUNK, recording
from resource_centre.records.base import table_of
from resource_centre.records.change import Change
from resource_centre.records.exchange import RowScope

Row = tuple[str, str]
"""Table and record."""


def note(connection: sa.Connection, link_no: int, rows: Iterable[Row], *, inside: bool) -> None:
    """Bundle `link_no` said of these records that they are inside our villages, or are to be given back."""
    table = table_of(RowScope)
    wanted = sorted(set(rows), key=lambda row: row[1])
    for start in range(0, len(wanted), CHUNK):
        chunk = {row_id: tbl for tbl, row_id in wanted[start : start + CHUNK]}
        here = table.c.row_id.in_(list(chunk))
        newer = set(connection.scalars(sa.select(table.c.row_id).where(here, table.c.link_no > link_no)))
        said = [row_id for row_id in chunk if row_id not in newer]
        connection.execute(sa.delete(table).where(table.c.row_id.in_(said)))
        rows_now = [{"row_id": r, "tbl": chunk[r], "link_no": link_no, "inside": inside} for r in said]
        insert_rows(connection, table, rows_now)


def inside(connection: sa.Connection, rows: Iterable[Row]) -> set[Row]:
    """Those of these records that are ours by the newest word."""
    outside = _outside(connection)
    return {row for row in rows if row[1] not in outside}


def flipped(connection: sa.Connection, link_no: int, rows: Iterable[Row]) -> set[Row]:
    """Those of these records that were given back before bundle `link_no` and are ours again by it."""
    table = table_of(RowScope)
    wanted = sa.select(table.c.row_id).where(table.c.inside.is_(sa.false()), table.c.link_no < link_no)
    before = set(connection.scalars(wanted))
    return {row for row in rows if row[1] in before}


def give_back(session: Session, confirmed: Dots) -> int:
    """Take out of tables and log what is not ours; our own words about it stay until the centre holds them.

    Returns how many records went.
    """
    connection = session.connection()
    own = set(own_sites(connection))
    held = _held_outside(connection)
    if held:
        forget_rows(session, held, lambda dot: dot[0] in own and dot not in confirmed)
    return len(held)


def _outside(connection: sa.Connection) -> set[str]:
    table = table_of(RowScope)
    return set(connection.scalars(sa.select(table.c.row_id).where(table.c.inside.is_(sa.false()))))


def _held_outside(connection: sa.Connection) -> list[Row]:
    scope, change = table_of(RowScope), table_of(Change)
    about = sa.select(change.c.row_id).where(change.c.row_id == scope.c.row_id)
    wanted = sa.select(scope.c.tbl, scope.c.row_id).where(scope.c.inside.is_(sa.false()), about.exists())
    with recording(connection):
        return [(tbl, row_id) for tbl, row_id in connection.execute(wanted.order_by(scope.c.row_id))]
