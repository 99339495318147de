# SPDX-License-Identifier: Apache-2.0
"""What somebody else may hold: the tables, the records in them, and the fields of those records.

A village laptop holds what a collector of its villages may see, by the same rule that the windows obey
(`Logged.visible`, `access.may_read`), and of that no field about health, children or money.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from resource_centre.access import COLLECTOR, COORDINATOR, COUNSELLOR, may_read
from resource_centre.log.shape import field_name, logged_columns, logged_records
from resource_centre.log.writing import recording
from resource_centre.records.base import SPECIFIC, Logged, table_of
from resource_centre.records.exchange import Peer

LAPTOP = "laptop"
CENTRE = "centre"
HEAD_OFFICE = "head_office"

Rows = dict[str, frozenset[str] | None]
"""By table the records in scope; None for every one."""


@dataclass(frozen=True)
class Scope:
    """`villages` None is everywhere; `role` is that of an account which reads exactly what may be held."""

    villages: frozenset[str] | None
    role: str

    @property
    def confidential(self) -> bool:
        """Whether fields of specific personal data may be held."""
        return self.role != COLLECTOR


def scope_of(peer: Peer) -> Scope:
    """What this peer may hold."""
    villages = None if peer.villages is None else frozenset(peer.villages)
    if peer.role == LAPTOP and not peer.confidential:
        return Scope(villages or frozenset(), COLLECTOR)
    if peer.role == LAPTOP:
        return Scope(villages, COUNSELLOR)
    return Scope(villages, COORDINATOR)


def tables_in(scope: Scope) -> list[str]:
    """The tables of which anything may be held; those of protection matters never are."""
    return sorted(name for name, record in logged_records().items() if may_read(scope.role, record))


def rows_in(connection: sa.Connection, scope: Scope) -> Rows:
    """Which records of each table may be held."""
    if scope.villages is None:
        return dict.fromkeys(tables_in(scope))
    found: Rows = {}
    with recording(connection):
        for name in tables_in(scope):
            record = logged_records()[name]
            wanted = sa.select(table_of(record).c.id).where(record.visible(scope.villages))
            found[name] = frozenset(connection.scalars(wanted))
    return found


@lru_cache(maxsize=256)
def withheld(record: type[Logged], role: str) -> frozenset[str]:
    """The columns of a record that are kept back from whom `role` stands for.

    Where most of what a record says is specific personal data, that there is one tells as much: all of it is kept back.
    """
    if role != COLLECTOR:
        return frozenset()
    columns = logged_columns(record)
    specific = {name for name, column in columns.items() if column.info.get("sensitivity") == SPECIFIC}
    told = {name for name, column in columns.items() if "label" in column.info}
    return frozenset(columns if specific and 2 * len(specific & told) >= len(told) else specific)


def is_withheld(record: type[Logged], role: str, field: str) -> bool:
    """Whether a field of the log belongs to a column that is kept back, or says why that has no answer."""
    kept = withheld(record, role)
    return bool(kept) and (field in kept or field_name(field) in kept)
