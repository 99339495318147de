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
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    order = getattr(compiled, "positiontup", None)
    if dialect.paramstyle != "qmark" or not order or set(order) != set(rows[0]):
        connection.execute(statement, list(rows))
        return
    ready = [(name, _process(table.c[name].type, dialect)) for name in order]
    values = [tuple(make(row[name]) if make else row[name] for name, make in ready) for row in rows]
    connection.exec_driver_sql(str(compiled), values)


def _process(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Process | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)
