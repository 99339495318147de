# SPDX-License-Identifier: Apache-2.0
"""Questionnaires and their answers come through backups and new versions of the program."""

import sqlalchemy as sa

from db import migrate
from db.centre import open_centre
from resource_centre.log.doctor import examine
from resource_centre.log.shape import canonical, digest
from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Change, Person, new_id
from resource_centre.services.questionnaires import form_of, publish
from resource_centre.services.responses import response, save_response

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"

FORM = """| survey |
| | type | name | label |
| | text | wish | What do you wish for? |
| settings |
| | form_id | form_title | version |
| | home | Home | 1 |
"""


def test_answers_and_their_form_come_back_from_a_backup(centre, tmp_path):
    with centre.change() as session:
        person = Person(full_name="Siti Aminah", sex="P")
        session.add(person)
        session.flush()
        version = publish(session, read_form(FORM), kind="survey", about="person", sensitivity="ordinary").id
        asked = save_response(
            session, None, version_id=version, answers={"wish": "a roof"}, state="complete", person_id=person.id
        )
    copy = centre.backup(to=tmp_path / "stick")
    with centre.change() as session:
        save_response(
            session, asked, version_id=version, answers={"wish": "a cow"}, before={"wish": "a roof"}, state="complete"
        )
    with open_centre(copy, login=LOGIN, passphrase=PASSPHRASE) as opened, opened.read() as session:
        assert response(session, asked).answers == {"wish": "a roof"}
        assert [question.name for question in form_of(session, version).questions()] == ["wish"]
        assert list(examine(session.connection())) == []


def test_a_centre_from_before_questionnaires_keeps_its_people_and_has_none(empty_engine):
    migrate.upgrade(empty_engine, to="0003")
    site, person_id = "a" * 13, new_id()
    body = canonical({"full_name": ["Siti Aminah", 1, []], "sex": ["P", 1, []], "voided": [False, 1, []]})
    change = {"site": site, "seq": 1, "wall_ms": 0, "tbl": "person", "row_id": person_id, "kind": "put", "schema_no": 3}
    derived = Person.derive({"full_name": "Siti Aminah"})
    row = {"id": person_id, "full_name": "Siti Aminah", "sex": "P", "unanswered": {}, "voided": False, "version": 1}
    row |= derived
    people = sa.table("person", *(sa.column(name, Person.__table__.c[name].type) for name in row))
    with empty_engine.begin() as connection:
        proof = digest(site, 1, "person", person_id, body)
        connection.execute(sa.insert(Change), {**change, "body": body, "digest": proof})
        connection.execute(sa.insert(people), row)
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert connection.execute(sa.select(Person.__table__.c.full_name)).scalars().all() == ["Siti Aminah"]
        assert list(examine(connection)) == []
        for table in ("questionnaire", "response", "sensitive_response", "protected_response"):
            assert connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one() == 0
