# SPDX-License-Identifier: Apache-2.0
"""Trainers, meetings and large sheets, against the same statements sent to the driver by hand: all above it is ours."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.centres import LOGIN, PASSPHRASE, centre_of
from bench.ratio import Measured, paired
from bench.taught_centre import taught_centre
from db.centre import Centre
from db.engine import connect_raw
from db.keys import read_slots
from reports.monthly.cascade import trainers
from reports.monthly.periods import span_of
from reports.monthly.scope import Scope
from resource_centre.clock import today
from resource_centre.records import TrainingEvent
from resource_centre.services.cascade import tree_and_cascade
from resource_centre.services.certificates import entitled, issue_certificates
from resource_centre.services.commitment_lists import Wanted, find_commitments
from resource_centre.services.event_list import events_of
from resource_centre.services.home import home_summary, waiting_work
from resource_centre.services.participants import participants_before
from resource_centre.services.trainers import trainers_list
from resource_centre.services.training import event_sheet, save_attendance

BEGAN, MONTH = dt.date(2023, 1, 1), "2026-09"
LARGE, EACH = 500, 25
FLOOR = "the same SQL by hand"
TYPED = ("si", "sit", "siti", "siti a", "siti amin", "moham", "nurha")

Act = Callable[[Session], object]


class _Undone(Exception):
    """What was measured is not kept, so that every round finds the centre as it was."""


def taught(events: int) -> Iterator[Measured]:
    """A sheet of 500 saved and certified, then a centre with many events and three generations of trainers."""
    yield from _one_sheet()
    yield from _many(events)


def _one_sheet() -> list[Measured]:
    with centre_of(1000, 0, 1, LARGE) as centre:
        with centre.read() as session:
            event_id = session.scalars(sa.select(TrainingEvent.id)).one()

        def late(session: Session) -> None:
            rows = event_sheet(session, event_id).rows
            marked = [{"id": row.id, "person_id": row.person_id, "days": "T"} for row in rows]
            save_attendance(session, event_id, marked)

        def certify(session: Session) -> None:
            issue_certificates(session, event_id, signed_by="Ukur", issued_on=today())

        return [
            _beside(centre, f"{LARGE} lines of a sheet changed, with log", late, 7, writes=True),
            _beside(centre, f"who of {LARGE} gets a certificate", lambda one: entitled(one, event_id), 15),
            _beside(centre, f"{LARGE} certificates given, with log", certify, 7, writes=True),
        ]


def _many(events: int) -> Iterator[Measured]:
    span, on = span_of(MONTH, BEGAN), dt.date(2026, 9, 30)
    year = on.year

    def typing(session: Session) -> None:
        for text in TYPED:
            participants_before(session, text, on=on)

    def home(session: Session) -> None:
        home_summary(session, on=on)
        waiting_work(session, on=on)

    acts: tuple[tuple[str, Act, int], ...] = (
        ("the list of events of a year and kind", lambda one: events_of(one, limit=200, year=year, kind="kelas"), 15),
        ("the register of 300 trainers with whom they reached", trainers_list, 3),
        ("the same before people are counted", lambda one: trainers_list(one, counted=False), 7),
        ("who trained whom and the cascade", tree_and_cascade, 3),
        ("R23 of a month", lambda one: trainers(one, span, Scope()), 3),
        ("6,000 commitments: those overdue", lambda one: find_commitments(one, Wanted("overdue"), on=on), 15),
        ("the home page with what waits", home, 7),
        (f"participants of earlier events, {len(TYPED)} keystrokes", typing, 15),
    )
    with taught_centre(events, EACH) as centre:
        for what, act, rounds in acts:
            yield _beside(centre, f"{what}, {events:,} events", act, rounds)


def _beside(centre: Centre, what: str, act: Act, rounds: int, *, writes: bool = False) -> Measured:
    sent: list[tuple[str, Any, bool]] = []

    def remember(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append((statement, parameters, many))

    def ours() -> None:
        with contextlib.suppress(_Undone), centre.change() if writes else centre.read() as session:
            act(session)
            session.flush()
            raise _Undone

    sa.event.listen(centre.engine, "before_cursor_execute", remember)
    ours()
    sa.event.remove(centre.engine, "before_cursor_execute", remember)
    raw = connect_raw(centre.folder / "centre.db", read_slots(centre.folder).open(LOGIN, PASSPHRASE).key)

    def bare() -> None:
        raw.execute("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
        for statement, parameters, many in sent:
            (raw.executemany if many else raw.execute)(statement, parameters).fetchall()
        raw.execute("ROLLBACK")

    return paired(what, FLOOR, ours, bare, rounds=rounds, note=f"{len(sent):,} statements" if len(sent) > 1 else "")
