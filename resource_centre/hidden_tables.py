# SPDX-License-Identifier: Apache-2.0
"""Below the criteria of `access`: what a session's connection lets through, whoever wrote the statement.

Criteria are added to ORM statements. A table named in another way - by a Core select, a text, a fragment of SQL inside
an ORM statement, a statement sent to `session.connection()` - escapes them. So every question that names a hidden table
is asked behind a common table expression of the same name, which holds only the rows this account may read: none of a
hidden table, of the log and the lost values those about other tables, of the drafts one's own.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.roles import CASE_WORKERS

RECORDING: Final = "recording"
"""In `Connection.info` while the log itself is at work: it reads what a record was in order to say what changes."""

WATCHED: Final = "watched"
LOG_TABLES: Final = ("change", "conflict")
DRAFTS: Final = "draft"
CONTENTS: Final = "attachment_content"
FOR_EVERYBODY: Final = "digest IN (SELECT digest FROM practice_file WHERE NOT voided)"
"""The files that are no secret: those of good practices."""

WORDS: Final = re.compile(r"\w+")
QUESTION: Final = re.compile(r"\s*(?:select\b|\()", re.IGNORECASE)
WITH: Final = re.compile(r"\s*with\b(?P<recursive>\s+recursive\b)?", re.IGNORECASE)
WRITE: Final = re.compile(r"\s*(?:insert|update|delete)\b", re.IGNORECASE)
READS_TOO: Final = re.compile(r"\b(?:select|returning)\b", re.IGNORECASE)


def watch(session: Session, connection: sa.Connection, viewer: Callable[[], tuple[str, str]]) -> None:
    """From now on what this session asks on its connection is answered as its account's role and id allow."""
    known = session.info.get(WATCHED)
    if known is not None and known() is connection:
        return  # a savepoint begins
    session.info[WATCHED] = weakref.ref(connection)
    dialect = connection.dialect
    schema = dialect.default_schema_name or "main"

    def before(
        _connection: sa.Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> tuple[str, Any]:
        if connection.info.get(RECORDING):
            return statement, parameters
        return shadowed(statement, _shadows(*viewer(), dialect.name, schema)), parameters

    event.listen(connection, "before_cursor_execute", before, retval=True)


@lru_cache(maxsize=1024)
def shadowed(statement: str, shadows: frozenset[tuple[str, str]]) -> str:
    """The statement behind what hides the tables it names. Raises `Refused` for what cannot be put behind anything."""
    words = set(WORDS.findall(statement.lower()))
    named = sorted(pair for pair in shadows if pair[0] in words)
    if not named or (WRITE.match(statement) and not READS_TOO.search(statement)):
        return statement
    begins = WITH.match(statement)
    if any(_qualified(statement, name) for name, _shadow in named) or not (begins or QUESTION.match(statement)):
        raise Refused("raw_sql")
    behind = ", ".join(shadow for _name, shadow in named)
    if not begins:
        return f"WITH {behind} {statement}"
    return f"WITH{begins['recursive'] or ''} {behind},{statement[begins.end() :]}"


def _qualified(statement: str, name: str) -> bool:
    """Whether a table is named with its schema, past everything that bears its name."""
    return re.search(rf"\.\s*[\"`\[]?{name}\b", statement, re.IGNORECASE) is not None


@lru_cache(maxsize=16)
def _shadows(role: str, account_id: str, dialect: str, schema: str) -> frozenset[tuple[str, str]]:
    """For each table that this account does not read whole, its name and what stands before it."""
    account = UUID(account_id)
    rows = {DRAFTS: f"account_id = '{account if dialect == 'postgresql' else account.hex}'"}
    hidden = sorted(hidden_from(role))
    if hidden:
        listed = ", ".join(f"'{name}'" for name in hidden)
        rows |= dict.fromkeys(hidden, "1 = 0") | dict.fromkeys(LOG_TABLES, f"tbl NOT IN ({listed})")
    if role not in CASE_WORKERS:
        rows[CONTENTS] = FOR_EVERYBODY
    # Made of the names of our own tables; nothing anybody typed comes here.
    behind = {name: f'"{name}" AS (SELECT * FROM {schema}."{name}" WHERE {which})' for name, which in rows.items()}  # noqa: S608
    return frozenset(behind.items())


@lru_cache(maxsize=16)
def hidden_from(role: str) -> frozenset[str]:
    """The tables of which accounts of a role read nothing."""
    from resource_centre.log.shape import logged_records

    return frozenset(table for table, record in logged_records().items() if not may_read(role, record))


def may_read(role: str, record: type[Any]) -> bool:
    """Whether accounts of a role read records of this class at all."""
    readers = getattr(record, "readers", None)
    return readers is None or role in readers
