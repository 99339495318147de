# SPDX-License-Identifier: Apache-2.0
"""Many rows of one shape into one table, without working out every row's parameters three times over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

WORTH_IT: Final = 50
"""Fewer rows are quicker with the statement SQLAlchemy has kept ready."""

Process = Callable[[Any], Any]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same names. Where the driver takes plain positions, each value is made ready
    once; elsewhere, or where columns would fill themselves, SQLAlchemy does it its usual way."""
    if not rows:
        return
    statement = sa.insert(table)
    if len(rows) < WORTH_IT:
        connection.execute(statement, list(rows))
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    kinds = {name: table.c[name].type for name in rows[0] if name in table.c}
    if not _sent_plainly(connection, compiled, kinds, rows):
        connection.execute(statement, list(rows))


def update_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put values into rows that are there; all name the same columns, and among them the `id` they are found by."""
    if not rows:
        return
    # Under names of their own, so that none is taken for a condition.
    named = {name: f"put_{name}" for name in rows[0]}
    put: dict[str, Any] = {name: sa.bindparam(given) for name, given in named.items() if name != "id"}
    statement = sa.update(table).where(table.c.id == sa.bindparam(named["id"])).values(put)
    kinds = {name: table.c[name].type for name in named}
    compiled = statement.compile(dialect=connection.dialect)
    if len(rows) < WORTH_IT or not _sent_plainly(connection, compiled, kinds, rows, named):
        connection.execute(statement, [{named[name]: value for name, value in row.items()} for row in rows])


def _sent_plainly(
    connection: sa.Connection,
    compiled: Any,
    kinds: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    named: Mapping[str, str] | None = None,
) -> bool:
    """Whether the driver takes the rows by position, and has got them; `named` is what the statement calls a column."""
    dialect = connection.dialect
    names = {given: name for name, given in (named or {name: name for name in rows[0]}).items()}
    order = [names.get(one, "") for one in getattr(compiled, "positiontup", None) or ()]
    if dialect.paramstyle != "qmark" or not order or set(order) != set(rows[0]) or set(order) != set(kinds):
        return False
    columns = [_made_ready(rows, name, _process(kinds[name], dialect)) for name in order]
    connection.exec_driver_sql(str(compiled), list(zip(*columns, strict=True)))
    return True


def _made_ready(rows: Sequence[Mapping[str, Any]], name: str, make: Process | None) -> list[Any]:
    return [make(row[name]) for row in rows] if make else [row[name] for row in rows]


def _process(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Process | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)
