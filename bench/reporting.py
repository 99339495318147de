# SPDX-License-Identifier: Apache-2.0
"""The month's figures, against the same statements sent to the driver by hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from bench.centres import LOGIN, PASSPHRASE, centre_of
from bench.ratio import Measured, paired
from db.engine import connect_raw
from db.keys import read_slots
from reports.monthly.figures import monthly_figures

MONTH = "2026-09"


def reporting(people: int, sessions: int) -> Measured:
    """All tables of one month, the year and the project so far."""
    with centre_of(people, sessions, people // 1000) as centre:
        statements = statements_of(centre)
        key = read_slots(centre.folder).open(LOGIN, PASSPHRASE).key
        raw = connect_raw(centre.folder / "centre.db", key)

        def ours() -> None:
            with centre.read() as session:
                monthly_figures(session, MONTH)

        def bare() -> None:
            for statement, parameters in statements:
                raw.execute(statement, parameters).fetchall()

        what = f"the month's figures, {people:,} people and {sessions:,} sessions"
        return paired(what, "the same SQL by hand", ours, bare, rounds=3, aim="1.2")


def statements_of(centre: Any) -> list[tuple[str, Any]]:
    """What the month's figures ask of the database, as it is sent to the driver."""
    statements: list[tuple[str, Any]] = []

    def remember(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, parameters))

    event.listen(centre.engine, "before_cursor_execute", remember)
    with centre.read() as session:
        monthly_figures(session, MONTH)
    event.remove(centre.engine, "before_cursor_execute", remember)
    return statements
