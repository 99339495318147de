# SPDX-License-Identifier: Apache-2.0
"""Centres of any size, invented, written straight into the tables: what is measured is reading them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.log.writing import recording
from resource_centre.places import gazetteer
from resource_centre.records import (
    Address,
    Base,
    Contact,
    CounsellingSession,
    Identifier,
    MigrationEpisode,
    Participation,
    Person,
    TrainingEvent,
    new_id,
)
from resource_centre.records.base import table_of
from resource_centre.vocabulary import vocabulary

Row = dict[str, Any]

GIVEN: Final = (
    "Siti Aminah", "Nurhayati", "Sri Wahyuni", "Baiq Ratna", "Muhammad Yusuf", "Lalu Hasan", "Ahmad", "Kartini",
    "Sukarni", "Made Suwarni", "Abdul Rahman", "Zulkifli", "Murniati", "Halimah", "Dewi Lestari", "Rohani",
)  # fmt: skip
FAMILY: Final = (
    "", "Hakim", "Ramdani", "Puspita", "Hidayat", "Maulana", "Utami", "Santoso", "Wijaya", "Lestari", "Firmansyah",
    "Anggraini", "Kurniawan", "Rahayu", "Setiawan", "Hasanah", "Fauzi", "Permata", "Nasution", "Siregar",
)  # fmt: skip
START: Final = dt.date(2023, 1, 1)
DAYS: Final = 1400
CHUNK: Final = 20_000


def stock(session: Session, *, people: int, sessions: int, events: int = 0, each: int = 20) -> None:
    """Fill an empty centre: each person with an address, a NIK of no province, a telephone, a stay and a contact.

    `each` people are at each event.
    """
    chance = random.Random(7)
    villages = [place.code for place in gazetteer().find("lombok", limit=500) if place.level == "village"] or [
        "52.03.07.2001"
    ]
    ids = [new_id() for _ in range(people)]
    write(session, Person, _people(chance, ids))
    write(session, Address, _addresses(chance, ids, villages))
    write(session, Identifier, _identifiers(ids))
    write(session, MigrationEpisode, _episodes(chance, ids))
    write(session, Contact, _contacts(chance, ids))
    write(session, CounsellingSession, _sessions(chance, ids, sessions))
    event_ids = [new_id() for _ in range(events)]
    write(session, TrainingEvent, _events(chance, event_ids, villages))
    write(session, Participation, _participations(chance, event_ids, ids, each))
    session.connection().exec_driver_sql("ANALYZE")
    session.commit()


def write(session: Session, record: type[Base], rows: Iterator[Row]) -> None:
    """Insert rows as they are, without the log."""
    connection = session.connection()
    with recording(connection):
        while chunk := list(islice(rows, CHUNK)):
            connection.execute(sa.insert(table_of(record)), chunk)


def common(**values: Any) -> Row:
    """A row of any table with these values."""
    return {"id": new_id(), "unanswered": {}, "voided": False, "version": 1, **values}


def _day(chance: random.Random) -> dt.date:
    return START + dt.timedelta(days=chance.randrange(DAYS))


def _people(chance: random.Random, ids: list[str]) -> Iterator[Row]:
    for count, person_id in enumerate(ids):
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {syllables(count)}".strip()
        values = {
            "number": f"LTM-26-B3-C{count:07}",
            "full_name": name,
            "sex": chance.choice("LPPP"),
            "birth_date": f"{chance.randrange(1955, 2008)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
            "registered_on": _day(chance),
        }
        yield common(**values, **Person.derive(values)) | {"id": person_id}


def syllables(count: int) -> str:
    """A word for a number under ten thousand."""
    parts = ("ba", "ni", "ru", "sa", "te", "wo", "ka", "mi", "la", "du")
    return "".join(parts[int(digit)] for digit in f"{count % 10_000:04}").title()


def _addresses(chance: random.Random, ids: list[str], villages: list[str]) -> Iterator[Row]:
    return (common(person_id=p, kind="current", village_code=chance.choice(villages)) for p in ids)


def _identifiers(ids: list[str]) -> Iterator[Row]:
    for count, person_id in enumerate(ids):
        for kind, value in (("nik", f"99{count:014}"), ("phone", f"+62812{count:08}")):
            values = {"kind": kind, "value": value}
            yield common(person_id=person_id, **values, **Identifier.derive(values))


def _episodes(chance: random.Random, ids: list[str]) -> Iterator[Row]:
    countries, kinds = ("MYS", "TWN", "HKG", "SAU", "SGP"), sorted(vocabulary("return_type").codes)
    for person_id in ids:
        yield common(
            person_id=person_id,
            destination_country=chance.choice(countries),
            return_type=chance.choice(kinds),
            return_date=_day(chance).isoformat(),
        )


def _contacts(chance: random.Random, ids: list[str]) -> Iterator[Row]:
    return (common(person_id=p, held_on=_day(chance), channel="walk_in") for p in ids)


def _sessions(chance: random.Random, ids: list[str], count: int) -> Iterator[Row]:
    kinds = ("CNS_REINT", "CNS_PSY_IND", "CNS_FIN", "CNS_PSY_FAM", "LEG_CONSULT")
    types, modes, present = (
        ("awal", "lanjutan", "penutup"),
        ("tatap_muka", "telepon"),
        ("hadir",) * 9 + ("tidak_hadir",),
    )
    for _ in range(count):
        yield common(
            person_id=chance.choice(ids),
            held_on=_day(chance),
            service_type=chance.choice(kinds),
            session_type=chance.choice(types),
            mode=chance.choice(modes),
            attendance=chance.choice(present),
            minutes=60,
        )


def _events(chance: random.Random, ids: list[str], villages: list[str]) -> Iterator[Row]:
    for event_id in ids:
        day = _day(chance)
        yield common(
            training_type="kelas",
            module=f"M{chance.randrange(1, 11)}",
            starts_on=day,
            ends_on=day,
            hours=6.0,
            village_code=chance.choice(villages),
        ) | {"id": event_id}


def _participations(chance: random.Random, events: list[str], people: list[str], each: int) -> Iterator[Row]:
    for event_id in events:
        for position, person_id in enumerate(chance.sample(people, each), start=1):
            pre = chance.randrange(10, 80)
            yield common(
                event_id=event_id, person_id=person_id, sex=chance.choice("LP"), days="H", position=position,
                pre_score=float(pre), post_score=float(min(100, pre + chance.randrange(30))),
            )  # fmt: skip
