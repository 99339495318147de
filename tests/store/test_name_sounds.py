"""People written before their names' sounds were kept are found by them too."""

import sqlalchemy as sa

from db import migrate
from resource_centre.records import Person, new_id


def test_everybody_known_gets_the_sounds_of_their_name(empty_engine):
    migrate.upgrade(empty_engine, "0002")
    written = {new_id(): name for name in ("Hj. Siti Soemiati", "Sumiyati Siti", "Hj.")}
    before = sa.table("person", sa.column("id", sa.Uuid(as_uuid=False)), *map(sa.column, ("full_name", "version")),
                      sa.column("unanswered", sa.JSON()), sa.column("voided", sa.Boolean()))  # fmt: skip
    rows = [
        {"id": key, "full_name": name, "version": 1, "unanswered": {}, "voided": False} for key, name in written.items()
    ]
    with empty_engine.begin() as connection:
        connection.execute(sa.insert(before), rows)
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        sounds = dict(connection.execute(sa.select(Person.id, Person.name_sound)).all())
    assert [sounds[key] for key in written] == ["siti sumiati", "siti sumiati", ""]
    assert all(Person.derive({"full_name": name})["name_sound"] == sounds[key] for key, name in written.items())
