# SPDX-License-Identifier: Apache-2.0
"""Nothing writes a logged table behind the log's back."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.sql.dml import UpdateBase

from resource_centre.errors import Refused
from resource_centre.hidden_tables import RECORDING
from resource_centre.log.shape import logged_records

COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
WRITING_TEXT = re.compile(
    r"^\s*(?:insert|update|delete|replace)\b|\b(?:insert|replace)\s+into\b|\bupdate\s+\S+\s+set\b|\bdelete\s+from\b",
    re.IGNORECASE,
)


def watch(engine: sa.Engine) -> None:
    """Refuse bulk INSERT, UPDATE and DELETE on logged tables, and any such statement in plain text."""
    event.listen(engine, "before_execute", _before_execute)


def _before_execute(connection: sa.Connection, statement: Any, *_rest: Any) -> None:
    if connection.info.get(RECORDING):
        return
    if isinstance(statement, UpdateBase) and getattr(statement.table, "name", "") in logged_records():
        raise Refused("bulk")
    if isinstance(statement, sa.TextClause) and WRITING_TEXT.search(COMMENT.sub(" ", statement.text)):
        raise Refused("bulk")
