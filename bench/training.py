# SPDX-License-Identifier: Apache-2.0
"""Figures of learning, against the same statements sent to the driver by hand: all above it is ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from bench.centres import LOGIN, PASSPHRASE, centre_of
from bench.ratio import Measured, paired
from db.centre import Centre
from db.engine import connect_raw
from db.keys import read_slots
from reports.monthly.periods import span_of
from reports.monthly.scope import Scope
from reports.monthly.training import trainings
from resource_centre.records import TrainingEvent
from resource_centre.services.event_list import events_of
from resource_centre.services.learning_results import event_learning, learning_of
from resource_centre.services.training import event_sheet

BEGAN, MONTH = dt.date(2023, 1, 1), "2026-09"
LARGE, EACH = 500, 25
FLOOR = "the same SQL by hand"


def training(events: int) -> list[Measured]:
    """An event of 500 people, then a centre with many events of 25."""
    return [*_one_event(), *_many(events)]


def _one_event() -> list[Measured]:
    with centre_of(1000, 0, 1, LARGE) as centre:
        with centre.read() as session:
            event_id = session.scalars(sa.select(TrainingEvent.id)).one()
        return [
            _against_its_sql(centre, f"the sheet of an event of {LARGE}", lambda one: event_sheet(one, event_id), 15),
            _against_its_sql(centre, f"what {LARGE} people learnt", lambda one: event_learning(one, event_id), 15),
        ]


def _many(events: int) -> list[Measured]:
    span = span_of(MONTH, BEGAN)

    def everything(session: Session) -> object:
        return learning_of(session, since=BEGAN, until=span.last)

    with centre_of(5000, 0, events, EACH) as centre:
        named = f"{events:,} events of {EACH} people"
        return [
            _against_its_sql(centre, f"the list of events, {named}", lambda one: events_of(one, limit=200), 15),
            _against_its_sql(centre, f"R20 and R21, {named}", lambda one: trainings(one, span, Scope()), 3),
            _against_its_sql(centre, f"what all learnt, {named}", everything, 3),
        ]


def _against_its_sql(centre: Centre, what: str, act: Callable[[Session], object], rounds: int) -> Measured:
    statements: list[tuple[str, Any]] = []

    def remember(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, parameters))

    def ours() -> None:
        with centre.read() as session:
            act(session)

    event.listen(centre.engine, "before_cursor_execute", remember)
    ours()
    event.remove(centre.engine, "before_cursor_execute", remember)
    raw = connect_raw(centre.folder / "centre.db", read_slots(centre.folder).open(LOGIN, PASSPHRASE).key)

    def bare() -> None:
        for statement, parameters in statements:
            raw.execute(statement, parameters).fetchall()

    return paired(what, FLOOR, ours, bare, rounds=rounds)
