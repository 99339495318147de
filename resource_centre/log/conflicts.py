# SPDX-License-Identifier: Apache-2.0
"""The work-list of values that lost: derived from the log, shown until somebody settles them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import sqlalchemy as sa

from resource_centre.log.fold import Folded
from resource_centre.log.many import insert_rows
from resource_centre.records.base import table_of
from resource_centre.records.change import Conflict


def settle(connection: sa.Connection, row_id: str, fields: Iterable[str]) -> None:
    """A save made in sight of all values settles the conflicts of its fields."""
    table = table_of(Conflict)
    connection.execute(sa.delete(table).where(table.c.row_id == row_id, table.c.field.in_(list(fields))))


def conflicting_ids(connection: sa.Connection) -> frozenset[str]:
    """Every record that the list says something of."""
    return frozenset(connection.scalars(sa.select(Conflict.row_id).distinct()))


@lru_cache(maxsize=1)
def _of_records() -> sa.Delete:
    table = table_of(Conflict)
    return sa.delete(table).where(table.c.row_id.in_(sa.bindparam("ids", expanding=True)))


def refresh_many(connection: sa.Connection, tbl: str, folded: Mapping[str, Folded], ids: Sequence[str]) -> None:
    """Make the list say for records of a table what their folds say; `ids` are all that it may say something of now."""
    table = table_of(Conflict)
    if ids:
        connection.execute(_of_records(), {"ids": list(ids)})
    rows = [
        {"row_id": row_id, "field": name, "site": head.site, "seq": head.seq, "tbl": tbl, "value": head.value}
        for row_id, one in folded.items()
        for name, losers in one.conflicts.items()
        for head in losers
    ]
    insert_rows(connection, table, rows)
