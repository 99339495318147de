# SPDX-License-Identifier: Apache-2.0
"""Opening a person with twenty years of history, against the same rows read by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from bench.centres import FOLDER, LOGIN, PASSPHRASE, new_centre
from bench.ratio import Measured, paired
from db.centre import Centre, open_centre
from db.engine import connect_raw
from db.keys import read_slots
from resource_centre.log.writing import recording
from resource_centre.records import (
    Assistance,
    Base,
    Case,
    Consent,
    Contact,
    CounsellingSession,
    FollowUp,
    FollowUpAttempt,
    MigrationEpisode,
    Person,
    Plan,
    PlanAction,
    PlanGoal,
    Referral,
    Service,
    Transition,
    new_id,
)
from resource_centre.records.base import table_of
from resource_centre.services.timeline import timeline

ENTRIES: Final = 1500
FIRST: Final = dt.date(2006, 11, 1)
DAYS: Final = 20 * 365

Row = dict[str, Any]


def opening(others: int) -> Measured:
    """The whole timeline of one person among others, against the statements it sends, sent to the driver by hand."""
    with _centre(others) as centre:
        with centre.read() as session:
            person_id = session.scalars(sa.select(Person.id).order_by(Person.id).limit(1)).one()
        statements = _sent(centre, person_id)
        raw = connect_raw(centre.folder / "centre.db", read_slots(centre.folder).open(LOGIN, PASSPHRASE).key)
        lengths: list[int] = []

        def ours() -> None:
            with centre.read() as session:
                lengths.append(len(timeline(session, person_id)))

        def bare() -> None:
            for statement, parameters in statements:
                raw.execute(statement, parameters).fetchall()

        what = f"a person with 20 years of history among {others:,} people"
        measured = paired(what, "the same rows by hand", ours, bare, rounds=15)
        return Measured(**{**vars(measured), "note": f"{lengths[-1]:,} entries in {len(statements)} questions"})


def _sent(centre: Centre, person_id: str) -> list[tuple[str, Any]]:
    statements: list[tuple[str, Any]] = []

    def remember(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, parameters))

    event.listen(centre.engine, "before_cursor_execute", remember)
    with centre.read() as session:
        timeline(session, person_id)
    event.remove(centre.engine, "before_cursor_execute", remember)
    return statements


def _centre(others: int) -> Centre:
    at = FOLDER / f"history-{others}"
    if not (at / "ready").exists():
        with new_centre(at) as centre, centre.session() as session:
            _fill(session, others)
        (at / "ready").touch()
    return open_centre(at, login=LOGIN, passphrase=PASSPHRASE)


def _fill(session: Session, others: int) -> None:
    """One person of long standing, and many with a little of everything."""
    chance = random.Random(11)
    ids = [new_id() for _ in range(others + 1)]
    connection = session.connection()
    with recording(connection):
        _write(connection, Person, (_person(person_id, count) for count, person_id in enumerate(ids)))
        for record, row, share in KINDS:
            counts = [(ids[0], int(ENTRIES * share)), *((person_id, 1) for person_id in ids[1:])]
            rows = (_common(person_id, row(chance)) for person_id, times in counts for _ in range(times))
            _write(connection, record, rows)
    connection.exec_driver_sql("ANALYZE")
    session.commit()


def _write(connection: sa.Connection, record: type[Base], rows: Iterator[Row]) -> None:
    connection.execute(sa.insert(table_of(record)), list(rows))


def _person(person_id: str, count: int) -> Row:
    values = {"full_name": f"Orang {count}", "sex": "P", "registered_on": FIRST, "number": f"LTM-06-B3-C{count:05}"}
    return _common(None, {**values, **Person.derive(values)}) | {"id": person_id}


def _common(person_id: str | None, values: Row) -> Row:
    owner = {"person_id": person_id} if person_id else {}
    return {"id": new_id(), "unanswered": {}, "voided": False, "version": 1, **owner, **values}


def _day(chance: random.Random) -> dt.date:
    return FIRST + dt.timedelta(days=chance.randrange(DAYS))


def _on(name: str, **values: Any) -> Callable[[random.Random], Row]:
    return lambda chance: {name: _day(chance), **values}


def _between(chance: random.Random) -> Row:
    year = FIRST.year + chance.randrange(18)
    return {
        "departure_date": str(year), "return_date": f"{year + 1}-06", "destination_country": "MYS",
        "return_type": "DEPORTASI",
    }  # fmt: skip


KINDS: Final[tuple[tuple[type[Base], Callable[[random.Random], Row], float], ...]] = (
    (CounsellingSession, _on("held_on", service_type="CNS_REINT", attendance="hadir", counsellor="Ratna"), 0.2),
    (Contact, _on("held_on", channel="walk_in"), 0.15),
    (Service, _on("given_on", service_type="CNS_FIN"), 0.15),
    (FollowUp, _on("due_on", purpose="Kabar", done_on=FIRST), 0.12),
    (FollowUpAttempt, _on("tried_on", result="terhubung", mode="telepon"), 0.1),
    (Transition, _on("moved_on", about="Case", about_id=new_id(), before="baru", after="berjalan"), 0.06),
    (Referral, _on("made_on", number="R1", status="selesai", services=[]), 0.05),
    (Assistance, _on("given_on", kind="lain", amount=500_000, currency="IDR"), 0.05),
    (PlanAction, _on("done_on", action="Membuka warung", dimension="ekonomi"), 0.03),
    (PlanGoal, _on("reached_on", goal="Warung buka", dimension="ekonomi"), 0.02),
    (Plan, _on("made_on", edition=1, status="aktif"), 0.02),
    (Case, _on("opened_on", number="K1", status="berjalan"), 0.01),
    (Consent, _on("decided_on", purpose="layanan", decision="diberikan"), 0.02),
    (MigrationEpisode, _between, 0.01),
)
