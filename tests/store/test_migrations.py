# SPDX-License-Identifier: Apache-2.0
"""The tables grow with the program, on the encrypted file and on PostgreSQL alike."""

import re
import subprocess
import sys

import pytest
import sqlalchemy as sa

from db import migrate
from db.centre import open_centre
from db.engine import sqlite_engine
from resource_centre.errors import EnvironmentFailed
from resource_centre.records import Base, Change, Person, new_id

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"


def test_steps_make_exactly_the_tables_the_records_describe(empty_engine):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": migrate.belongs_to_records, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []
        assert migrate.shape_of(connection) is migrate.Shape.CURRENT


def test_steps_are_numbered_in_order_and_the_last_one_is_known():
    steps = sorted(path.name[:4] for path in (migrate.FOLDER / "versions").glob("[0-9]*.py"))
    assert steps == [f"{number:04d}" for number in range(1, len(steps) + 1)]
    assert steps[-1] == migrate.HEAD


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty_engine, monkeypatch):
    from db.migrations import search_v1

    for name in ("SQLITE", "POSTGRES"):
        monkeypatch.setattr(search_v1, name, (*getattr(search_v1, name)[:2], "SELECT nonsense FROM nowhere"))
    with pytest.raises(sa.exc.DBAPIError):
        migrate.upgrade(empty_engine)
    assert sa.inspect(empty_engine).get_table_names() == []
    monkeypatch.undo()
    migrate.upgrade(empty_engine)


def test_foreign_keys_must_be_off_while_tables_are_rebuilt(tmp_path):
    engine = sqlite_engine(tmp_path / "a.db", bytes(32), mode="rwc")
    with pytest.raises(AssertionError, match="foreign keys"):
        migrate.upgrade(engine)
    engine.dispose()


def test_a_centre_of_a_newer_program_is_refused_in_words(centre, centre_folder):
    with centre.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    centre.close()
    with pytest.raises(EnvironmentFailed, match="newer_program") as refused:
        open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE)
    assert "newer version" in refused.value.words()


def test_an_older_centre_is_backed_up_and_brought_up_to_date(centre, centre_folder, monkeypatch):
    with centre.change() as session:
        session.add(Person(full_name="Siti Aminah"))
    with centre.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
        connection.exec_driver_sql("DROP TABLE import_mapping")
    centre.close()
    done = []
    monkeypatch.setattr(migrate, "upgrade", done.append)
    open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE).close()
    assert len(done) == 1
    assert len(list((centre_folder / "backups").iterdir())) == 1


def test_people_of_the_first_version_are_found_by_sound_and_still_are_what_the_log_says(empty_engine):
    from resource_centre.log.doctor import examine
    from resource_centre.log.shape import canonical, digest

    migrate.upgrade(empty_engine, to="0001")
    site, person_id = "a" * 13, new_id()
    body = canonical({"full_name": ["Moh. Soleh", 1, []], "sex": ["L", 1, []], "voided": [False, 1, []]})
    change = {"site": site, "seq": 1, "wall_ms": 0, "tbl": "person", "row_id": person_id, "kind": "put", "schema_no": 1}
    row = {"id": person_id, "full_name": "Moh. Soleh", "sex": "L", "name_key": "muhamad soleh"}
    with empty_engine.begin() as connection:
        proof = digest(site, 1, "person", person_id, body)
        connection.execute(sa.insert(Change), {**change, "body": body, "digest": proof})
        plain = {"unanswered": {}, "voided": False, "version": 1}
        # Only what the first version knew: the record of today would name columns that are not there yet.
        first = sa.table("person", *(sa.column(name, Person.__table__.c[name].type) for name in (*row, *plain)))
        connection.execute(sa.insert(first), {**row, **plain})
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        sound = connection.execute(sa.select(Person.__table__.c.name_sound)).scalar_one()
        assert sound == Person.derive({"full_name": "Mohammad Soleh"})["name_sound"]
        assert list(examine(connection)) == []


def test_opening_an_up_to_date_centre_does_not_import_the_migration_tool(centre_folder):
    program = (
        "import sys; from pathlib import Path; from db.centre import open_centre\n"
        f"open_centre(Path({str(centre_folder)!r}), login={LOGIN!r}, passphrase={PASSPHRASE!r}).close()\n"
        "print(sorted(m for m in sys.modules if re.match('alembic|mako|psycopg|openpyxl|reportlab', m)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", "import re;" + program],
        capture_output=True,
        text=True,
        check=True,
        cwd=migrate.FOLDER.parents[1],
    )
    assert ran.stdout.strip() == "[]"


def test_every_constraint_and_index_has_a_name_of_the_convention(empty_engine):
    migrate.upgrade(empty_engine)
    inspector = sa.inspect(empty_engine)
    for table in inspector.get_table_names():
        if table in Base.metadata.tables:
            assert inspector.get_pk_constraint(table)["name"] == f"pk_{table}"
            assert all(re.match(f"ix_{table}_", index["name"]) for index in inspector.get_indexes(table))
