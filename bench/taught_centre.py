# SPDX-License-Identifier: Apache-2.0
"""A centre with trainers: three generations who taught its events, two lines in five of somebody nobody registered."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.centres import FOLDER, LOGIN, PASSPHRASE, new_centre
from bench.stock import FAMILY, GIVEN, Row, common, stock, syllables, write
from db.centre import Centre, open_centre
from resource_centre.log.writing import recording
from resource_centre.records import Commitment, EventTrainer, Participation, Trainer, TrainingEvent, new_id
from resource_centre.records.base import table_of

PEOPLE: Final = 5000
LIGHT_TO: Final = 10
"""The first so many lines of each sheet are light records."""
OTHERS: Final = 9973
MASTERS, OF_MASTERS, OF_THEM = 10, 90, 200


def taught_centre(events: int, each: int) -> Centre:
    """An open centre with so many events of `each` participants, from the last run when there is one."""
    at = FOLDER / f"taught-{events}-{each}"
    if not (at / "ready").exists():
        with new_centre(at) as centre, centre.session() as session:
            stock(session, people=PEOPLE, sessions=0, events=events, each=each)
            _teach(session)
        (at / "ready").touch()
    return open_centre(at, login=LOGIN, passphrase=PASSPHRASE)


def _teach(session: Session) -> None:
    chance = random.Random(9)
    event_ids = list(session.scalars(sa.select(TrainingEvent.id).order_by(TrainingEvent.id)))
    trainers = [new_id() for _ in range(MASTERS + OF_MASTERS + OF_THEM)]
    write(session, Trainer, _trainers(chance, trainers))
    write(session, EventTrainer, _taught(chance, event_ids, trainers))
    write(session, Commitment, _agreed(chance, event_ids[:2000]))
    _lighten(session)
    session.connection().exec_driver_sql("ANALYZE")
    session.commit()


def _trainers(chance: random.Random, ids: list[str]) -> Iterator[Row]:
    for place, trainer_id in enumerate(ids):
        above = None
        if place >= MASTERS + OF_MASTERS:
            above = ids[chance.randrange(MASTERS, MASTERS + OF_MASTERS)]
        elif place >= MASTERS:
            above = ids[chance.randrange(MASTERS)]
        level = "fasilitator" if place >= MASTERS + OF_MASTERS else "pelatih" if above else "master"
        yield common(name=_name(place), level=level, trained_by_id=above) | {"id": trainer_id}


def _taught(chance: random.Random, events: list[str], trainers: list[str]) -> Iterator[Row]:
    for event_id in events:
        lead, beside = chance.sample(trainers, 2)
        yield common(event_id=event_id, trainer_id=lead, part="utama")
        if chance.random() < 0.3:
            yield common(event_id=event_id, trainer_id=beside, part="pendamping")


def _agreed(chance: random.Random, events: list[str]) -> Iterator[Row]:
    for event_id in events:
        for _ in range(3):
            due_on = dt.date(2025, 1, 1) + dt.timedelta(days=chance.randrange(720))
            state = chance.choice(("terbuka", "selesai"))
            yield common(event_id=event_id, what="Memperbarui peraturan desa", responsible=_name(chance.randrange(900)),
                         kind="kesepakatan", due_on=due_on, state=state)  # fmt: skip


def _lighten(session: Session) -> None:
    """Make light records of the first lines of every sheet, by names that come again."""
    line, connection = table_of(Participation), session.connection()
    rows = connection.execute(sa.select(line.c.id).where(line.c.position <= LIGHT_TO).order_by(line.c.id)).scalars()
    changes = [
        {"at": line_id, "name": name, "name_key": Participation.derive({"name": name})["name_key"]}
        for place, line_id in enumerate(rows.all())
        for name in [_name(place % OTHERS)]
    ]
    said: dict[str, Any] = {"person_id": None, "name": sa.bindparam("name"), "name_key": sa.bindparam("name_key")}
    with recording(connection):
        connection.execute(sa.update(line).where(line.c.id == sa.bindparam("at")).values(said), changes)


def _name(place: int) -> str:
    return f"{GIVEN[place % len(GIVEN)]} {FAMILY[place % len(FAMILY)]} {syllables(place)}".replace("  ", " ")
