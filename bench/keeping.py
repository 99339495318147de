# SPDX-License-Identifier: Apache-2.0
"""Saving, searching and opening, each against the plain SQL it stands on, over the same encrypted file."""

from __future__ import annotations

import datetime as dt
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

from bench.centres import LOGIN, PASSPHRASE, centre_of, new_centre
from bench.ratio import Measured, paired
from db.centre import Centre, open_centre
from db.engine import connect_raw
from db.keys import read_slots
from db.search import find_people
from resource_centre.records import Address, Person, new_id

TYPED = ("s", "si", "sit", "siti", "siti a", "siti am", "siti ami", "hasan", "hasan bar", "rahman wijaya")


def saving() -> Measured:
    """One intake's two rows, logged, found by search, committed; against the same rows inserted and committed."""
    with tempfile.TemporaryDirectory() as folder, new_centre(Path(folder) / "centre") as centre:
        raw, number = _raw(centre), count()

        def ours() -> None:
            with centre.change() as session:
                person = Person(full_name=f"Siti {next(number)}", sex="P", registered_on=dt.date(2026, 10, 1))
                session.add_all([person, Address(person_id=person.id, village_code="52.03.07.2001")])

        def bare() -> None:
            person = new_id().replace("-", "")
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(
                "INSERT INTO person (id, full_name, sex, registered_on, name_key, unanswered, voided, version)"
                " VALUES (?, ?, 'P', '2026-10-01', 'siti', '{}', 0, 1)",
                (person, f"Siti {next(number)}"),
            )
            raw.execute(
                "INSERT INTO address (id, person_id, kind, village_code, unanswered, voided, version)"
                " VALUES (?, ?, 'current', '52.03.07.2001', '{}', 0, 1)",
                (new_id().replace("-", ""), person),
            )
            raw.execute("COMMIT")

        what = "one save: person and address, with log and search"
        return paired(what, "the two raw inserts, committed", ours, bare, rounds=60)


def searching(people: int) -> Measured:
    """A name typed letter by letter, 50 hits shown, against the bare index query of the same words."""
    with centre_of(people, 0) as centre, centre.read() as session:
        raw = _raw(centre)

        def ours() -> None:
            for text in TYPED:
                find_people(session, text, limit=50)

        def bare() -> None:
            for text in TYPED:
                words = " ".join(f'"{word}"*' for word in text.split())
                raw.execute(
                    "SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT 2000", (words,)
                ).fetchall()

        what = f"search, {len(TYPED)} keystrokes among {people:,} people"
        return paired(what, "the raw index query, first 2,000 ids", ours, bare)


def unlocking(people: int) -> Measured:
    """From the passphrase to the figures of the home page."""
    from resource_centre.services.home import home_summary

    with centre_of(people, people * 10, people // 1000) as centre:
        folder, today = centre.folder, dt.date(2026, 10, 31)

    def ours() -> None:
        with open_centre(folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.read() as session:
            home_summary(session, on=today)

    def bare() -> None:
        key = read_slots(folder).open(LOGIN, PASSPHRASE).key
        raw = connect_raw(folder / "centre.db", key)
        for query in _home_by_hand(today):
            raw.execute(query).fetchall()
        raw.close()

    what = f"unlock to the home page's figures, {people:,} people"
    return paired(what, "the same key stretching, raw open and figures in SQL", ours, bare)


def _home_by_hand(today: dt.date) -> tuple[str, ...]:
    first = today.replace(day=1)
    month = f"BETWEEN '{first}' AND '{today}'"
    return (
        f"SELECT count(*) FROM counselling_session WHERE held_on {month} AND attendance = 'hadir' AND NOT voided",
        (
            "SELECT count(*) FROM (SELECT person_id FROM counselling_session"
            f" WHERE held_on {month} AND attendance = 'hadir' AND NOT voided"
            f" UNION SELECT person_id FROM service WHERE given_on {month} AND NOT voided"
            " UNION SELECT p.person_id FROM participation p JOIN training_event e ON e.id = p.event_id"
            f" WHERE e.starts_on {month} AND NOT p.voided)"
        ),
        f"SELECT count(*) FROM person WHERE registered_on {month} AND NOT voided",
        f"SELECT count(*) FROM training_event WHERE starts_on {month} AND NOT voided",
        f"SELECT * FROM follow_up WHERE due_on <= '{today}' AND done_on IS NULL AND NOT voided LIMIT 50",
    )


def _raw(centre: Centre) -> Any:
    key = read_slots(centre.folder).open(LOGIN, PASSPHRASE).key
    return connect_raw(centre.folder / "centre.db", key)
