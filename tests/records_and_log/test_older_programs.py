# SPDX-License-Identifier: Apache-2.0
"""Entries that an older program wrote: every computer reads the same in them, whoever got them by whatever way."""

import json
import random

import pytest
import sqlalchemy as sa

from resource_centre.log import doctor, upcasting
from resource_centre.log.shape import canonical, digest
from resource_centre.records import Change, Conflict, Person, new_id

OLD = 1


def step(tbl, body):
    """Once people were ``called`` something, and name and place of birth were one field."""
    if tbl != "person":
        return body
    body = upcasting.renamed(body, "called", "alias")
    return upcasting.split(body, "born", lambda said: dict(zip(("birth_place", "birth_date"), both(said), strict=True)))


def both(said):
    return (said or ",").split(",") if said else (None, None)


@pytest.fixture
def next_year(monkeypatch):
    """The program of next year, which gets entries of this year's."""
    monkeypatch.setitem(upcasting.STEPS, OLD + 1, step)
    for module in ("upcasting", "writing"):
        monkeypatch.setattr(f"resource_centre.log.{module}.SCHEMA", OLD + 1)


def written_before(site, seq, row_id, body):
    text = canonical(body)
    return {
        "site": site * 13, "seq": seq, "wall_ms": 1_700_000_000_000 + seq, "actor": None, "tbl": "person",
        "row_id": row_id, "kind": "put", "schema_no": OLD, "body": text,
        "digest": digest(site * 13, seq, "person", row_id, text),
    }  # fmt: skip


@pytest.fixture
def person_id():
    return new_id()


@pytest.fixture
def entries(person_id):
    first = ["A" * 13, 1]
    return [
        written_before("A", 1, person_id, {
            "voided": [False, 1, []], "full_name": ["Sumiati", 1, []], "called": ["Mi", 1, []],
            "born": ["Praya,1984-05", 1, []],
        }),
        written_before("A", 2, person_id, {"called": ["Ati", 2, [first]]}),
        written_before("B", 1, person_id, {"called": ["Sum", 2, [first]], "born": ["Mataram,1985", 2, [first]]}),
        written_before("C", 1, person_id, {"called?": ["refused", 1, []]}),
    ]  # fmt: skip


@pytest.mark.usefixtures("next_year")
def test_older_entries_make_the_same_record_on_every_computer(new_desk, person_id, entries):
    desks = [new_desk(letter) for letter in "DEF"]
    for place, desk in enumerate(desks):
        for one in random.Random(place).sample(entries, len(entries)):
            desk.take_in([one])
        with desk.engine.connect() as connection:
            assert list(doctor.examine(connection)) == []
    assert desks[0].everything() == desks[1].everything() == desks[2].everything()
    with desks[0].open() as session:
        person = session.get_one(Person, person_id)
        assert (person.birth_place, person.birth_date) == ("Mataram", "1985")
        assert person.unanswered == {"alias": "refused"}
        lost = session.scalars(sa.select(Conflict)).all()
        assert [(one.field, {one.value, person.alias}) for one in lost] == [("alias", {"Ati", "Sum"})]


@pytest.mark.usefixtures("next_year")
def test_todays_save_is_made_in_sight_of_older_entries(new_desk, person_id, entries):
    desk, other = new_desk("D"), new_desk("E")
    desk.take_in(entries)
    with desk.open() as session:
        session.get_one(Person, person_id).alias = "Mia"
    other.take_in(desk.entries())
    assert other.everything() == desk.everything()
    with other.open() as session:
        assert session.get_one(Person, person_id).alias == "Mia"
        assert session.scalars(sa.select(Conflict)).all() == []


@pytest.mark.usefixtures("next_year")
def test_what_was_written_stays_as_it_was_written(new_desk, person_id, entries):
    desk = new_desk("D")
    desk.take_in(entries)
    with desk.open() as session:
        bodies = session.scalars(sa.select(Change.body).where(Change.row_id == person_id)).all()
        assert sorted(bodies) == sorted(entry["body"] for entry in entries)


@pytest.mark.usefixtures("next_year")
def test_what_a_field_is_called_today_is_known_of_an_older_one():
    said = ["Praya,1984", 1, []]
    assert upcasting.names_now("person", OLD, "born", said) == {"birth_place", "birth_date"}
    assert upcasting.names_now("person", OLD, "called?", said) == {"alias?"}
    assert upcasting.names_now("person", OLD + 1, "called", said) == {"called"}


def test_entries_of_a_table_we_do_not_know_stay_in_the_log(new_desk, person_id):
    desk = new_desk("D")
    entry = written_before("A", 1, person_id, {"voided": [False, 1, []]}) | {"tbl": "star_chart"}
    entry["digest"] = digest(entry["site"], 1, "star_chart", person_id, entry["body"])
    assert desk.take_in([entry]) == 1
    assert json.loads(desk.entries()[0]["body"]) == {"voided": [False, 1, []]}
