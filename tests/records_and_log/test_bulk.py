"""Many rows at once are written as if each had been saved by hand."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
import sqlalchemy as sa

from resource_centre.log import doctor
from resource_centre.log.bulk import insert_new
from resource_centre.records import Change, Identifier, Participation, Person, new_id
from resource_centre.records.base import table_of

ROWS = [
    {"full_name": "Hj. Soemiati", "sex": "P", "birth_date": "1984-05", "registered_on": dt.date(2026, 10, 5)},
    {"full_name": "Rohani", "may_leave_message": False, "unanswered": {"birth_date": "refused"}},
    {"full_name": "Zulkarnain", "nationality": "MYS", "number": "LTM-26-A1-C0001-O"},
]


def bodies(session):
    changes = session.scalars(sa.select(Change).order_by(Change.seq))
    return [(change.tbl, change.kind, change.schema_no, json.loads(change.body)) for change in changes]


def rows_of(session, record):
    table = table_of(record)
    columns = [column for column in table.c if column.name != "id"]
    return session.execute(sa.select(*columns).order_by(table.c.id)).all()


def test_many_at_once_leave_what_single_saves_leave(new_desk):
    with new_desk("A").open() as one_by_one, new_desk("A").open() as at_once:
        for row in ROWS:
            one_by_one.add(Person(**row))
            one_by_one.flush()
        insert_new(at_once, Person, ROWS)
        assert bodies(at_once) == bodies(one_by_one)
        assert rows_of(at_once, Person) == rows_of(one_by_one, Person)
        assert list(doctor.examine(at_once.connection())) == []


def test_ids_come_back_in_order_and_are_told_to_the_windows(desk):
    with desk.open() as session:
        ids = insert_new(session, Person, ROWS)
        assert [session.get(Person, one).full_name for one in ids] == ["Hj. Soemiati", "Rohani", "Zulkarnain"]
        assert session.info["changed"]["Person"] == set(ids)


def test_they_can_be_found_and_changed_like_any_other(desk):
    with desk.open() as session:
        (person_id,) = insert_new(session, Person, ROWS[:1])
        insert_new(session, Identifier, [{"person_id": person_id, "kind": "phone", "value": "+62 812-3456"}])
        assert session.scalars(sa.select(Identifier.lookup)).one() == "phone:628123456"
        person = session.scalars(sa.select(Person).where(Person.name_key == "sumiati")).one()
        person.sex = "L"
        session.commit()
        assert bodies(session)[-1][3] == {"sex": ["L", 2, [["A" * 13, 1]]]}


def test_nothing_to_write_takes_no_number(desk):
    with desk.open() as session:
        assert insert_new(session, Person, []) == []
        assert bodies(session) == []


def test_a_failure_writes_none_of_them(desk):
    twin = new_id()
    with desk.open() as session:
        with pytest.raises(sa.exc.IntegrityError):
            insert_new(session, Person, [{"id": twin, "full_name": "A"}, {"id": twin, "full_name": "B"}])
        session.rollback()
        assert bodies(session) == []
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_a_line_known_from_another_desk_is_written_in_sight_of_it(new_desk):
    """The other desk's edit has arrived before its first save; ours comes on top of both."""
    here, there = new_desk("A"), new_desk("B")
    line = {"id": str(uuid.uuid5(uuid.UUID(new_id()), new_id())), "event_id": new_id(), "person_id": new_id()}
    with there.open() as session:
        insert_new(session, Participation, [line])
        session.get(Participation, line["id"]).days = "HH"
    first_save, edit = there.entries()
    here.take_in([edit])
    with here.open() as session:
        insert_new(session, Participation, [line | {"pre_score": 40.0}])
        assert list(doctor.examine(session.connection())) == []
    here.take_in([first_save])
    with here.open() as session:
        mine = session.get(Participation, line["id"])
        assert (mine.days, mine.pre_score) == (None, 40)
        assert list(doctor.examine(session.connection())) == []
