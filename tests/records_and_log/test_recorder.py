"""Every save writes its log entry, and nothing writes a record behind the log's back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.log.voiding import void
from resource_centre.records import Address, Change, Person, Site
from resource_centre.records.base import table_of


def body_of(session: Session, seq: int) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(session.scalars(sa.select(Change.body).where(Change.seq == seq)).one())
    return body


@pytest.fixture
def session(desk):
    with desk.open() as session:
        yield session
        session.rollback()


@pytest.fixture
def sumiati(session):
    person = Person(full_name="Sumiati", sex="P", registered_on=dt.date(2026, 10, 5))
    session.add(person)
    session.commit()
    return person


def test_a_first_save_is_written_with_every_answer(session, sumiati):
    assert body_of(session, 1) == {
        "full_name": ["Sumiati", 1, []],
        "sex": ["P", 1, []],
        "nationality": ["IDN", 1, []],
        "standing": ["aktif", 1, []],
        "registered_on": ["2026-10-05", 1, []],
        "voided": [False, 1, []],
    }
    change = session.get(Change, ("A" * 13, 1))
    assert (change.tbl, change.row_id, change.actor) == ("person", sumiati.id, session.info["viewer"].account_id)


def test_a_second_save_is_written_with_what_changed_only(session, sumiati):
    sumiati.full_name = "Sumiati Hasan"
    session.commit()
    assert body_of(session, 2) == {"full_name": ["Sumiati Hasan", 2, [["A" * 13, 1]]]}


def test_saving_without_a_change_writes_nothing(session, sumiati):
    sumiati.full_name = "Sumiati"
    sumiati.unanswered = {}
    session.commit()
    assert session.scalar(sa.select(sa.func.count()).select_from(Change)) == 1
    assert sumiati.version == 1


def test_each_reason_for_no_answer_is_its_own_field(session, sumiati):
    sumiati.unanswered = {"birth_date": "refused", "safe_phone": "not_asked"}
    session.commit()
    sumiati.unanswered = {"safe_phone": "not_asked"}
    session.commit()
    assert body_of(session, 2) == {"birth_date?": ["refused", 1, []], "safe_phone?": ["not_asked", 1, []]}
    assert body_of(session, 3) == {"birth_date?": [None, 2, [["A" * 13, 2]]]}


def test_the_folded_name_is_kept_up_but_never_logged(session, sumiati):
    sumiati.full_name = "Hj. Soemiati"
    session.commit()
    assert sumiati.name_key == "sumiati"
    assert "name_key" not in body_of(session, 2)


def test_numbers_have_no_gap_after_a_save_that_failed(session, sumiati):
    session.expunge_all()
    session.add(Person(id=sumiati.id, full_name="Twin"))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()
    session.rollback()
    session.add(Person(full_name="Next"))
    session.commit()
    assert session.scalars(sa.select(Change.seq).order_by(Change.seq)).all() == [1, 2]
    assert session.get(Site, "A" * 13).last_seq == 2


def test_a_save_tells_the_windows_what_it_touched(session, sumiati):
    session.info.pop("changed")
    home = Address(person_id=sumiati.id, village_code="52.03.01.2001")
    session.add(home)
    sumiati.sex = "L"
    session.flush()
    assert dict(session.info["changed"]) == {"Address": {home.id}, "Person": {sumiati.id}}


def test_what_is_rolled_back_is_not_told(session, sumiati):
    session.info.pop("changed")
    sumiati.sex = "L"
    session.flush()
    session.rollback()
    assert not session.info.get("changed")


def test_what_was_saved_before_a_savepoint_is_still_told(session, sumiati):
    session.info.pop("changed")
    sumiati.sex = "L"
    session.flush()
    attempt = session.begin_nested()
    session.add(Person(full_name="Rohani"))
    session.flush()
    attempt.rollback()
    session.commit()
    assert sumiati.id in session.info["changed"]["Person"]
    assert list(doctor.examine(session.connection())) == []


def test_a_record_is_never_deleted(session, sumiati):
    session.delete(sumiati)
    with pytest.raises(Refused, match="delete"):
        session.flush()


def test_a_record_never_changes_hands(session, sumiati):
    home = Address(person_id=sumiati.id, village_code="52.03.01.2001")
    session.add(home)
    session.commit()
    home.person_id = Person(full_name="Other").id
    with pytest.raises(Refused, match="owner"):
        session.flush()


def test_a_record_marked_as_not_valid_says_why(session, sumiati):
    void(session, sumiati, "entered twice")
    session.commit()
    assert body_of(session, 2)["void_reason"] == ["entered twice", 1, []]
    assert session.get(Person, sumiati.id).voided


BEHIND_THE_LOG = {
    "orm update": lambda s: s.execute(sa.update(Person).values(full_name="x")),
    "orm delete": lambda s: s.execute(sa.delete(Person)),
    "orm insert": lambda s: s.execute(sa.insert(Person), [{"full_name": "x"}]),
    "core update": lambda s: s.connection().execute(sa.update(table_of(Person)).values(full_name="x")),
    "core delete": lambda s: s.connection().execute(sa.delete(table_of(Person))),
    "bulk save": lambda s: s.bulk_save_objects([Person(full_name="x")]),
    "bulk mappings": lambda s: s.bulk_insert_mappings(sa.inspect(Person), [{"id": "x", "full_name": "x"}]),
    "text": lambda s: s.execute(sa.text("UPDATE person SET full_name = 'x'")),
    "text below the session": lambda s: s.connection().execute(sa.text("delete from person")),
    "text after a comment": lambda s: s.execute(sa.text("/* tidy */ UPDATE person SET full_name = 'x'")),
    "text after a with": lambda s: s.execute(sa.text("WITH a AS (SELECT 1) UPDATE person SET full_name = 'x'")),
}


@pytest.mark.parametrize("way", BEHIND_THE_LOG)
def test_nothing_writes_behind_the_log(session, sumiati, way):
    with pytest.raises(Refused, match="bulk"):
        BEHIND_THE_LOG[way](session)
    session.rollback()
    assert session.scalar(sa.select(Person.full_name)) == "Sumiati"
    assert list(doctor.examine(session.connection())) == []


def test_a_failed_save_leaves_the_guard_up(session, sumiati):
    session.expunge_all()
    session.add(Person(id=sumiati.id, full_name="Twin"))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()
    session.rollback()
    with pytest.raises(Refused, match="bulk"):
        session.execute(sa.update(Person).values(full_name="x"))


def test_reading_with_the_word_replace_is_allowed(session, sumiati):
    assert session.execute(sa.text("SELECT replace(full_name, 'S', 'R') FROM person")).scalar() == "Rumiati"


def test_the_doctor_finds_what_was_changed_behind_the_log(session, sumiati):
    session.connection().exec_driver_sql("UPDATE person SET sex = 'L'")
    (finding,) = doctor.examine(session.connection())
    assert (finding.tbl, finding.row_id, finding.fields) == ("person", sumiati.id, ("sex",))


def test_the_doctor_finds_a_row_without_a_log_and_a_log_without_a_row(session, sumiati):
    session.connection().exec_driver_sql("UPDATE person SET id = 'f' || substr(id, 2)")
    assert {finding.fields for finding in doctor.examine(session.connection())} == {
        ("not in the log",),
        ("not in the table",),
    }
