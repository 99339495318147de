# SPDX-License-Identifier: Apache-2.0
"""Copies of a centre, and the way back from one."""

import pytest
import sqlalchemy as sa

from db import backup
from db.centre import open_centre
from db.doctor import examine
from db.engine import sqlite_engine
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.records import Person, Site

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"


def save(centre, name):
    with centre.change() as session:
        session.add(Person(full_name=name))


def names(centre):
    with centre.read() as session:
        return sorted(session.scalars(sa.select(Person.full_name)))


def test_a_backup_is_a_centre_that_opens_with_the_same_passphrase(centre, tmp_path):
    save(centre, "Siti Aminah")
    copy = centre.backup(to=tmp_path / "stick")
    save(centre, "Budi")
    with open_centre(copy, login=LOGIN, passphrase=PASSPHRASE) as opened:
        assert names(opened) == ["Siti Aminah"]
        assert all(result.well for result in examine(opened))


def test_a_backup_is_as_unreadable_as_the_centre(centre):
    save(centre, "Zulaikha Rahasia")
    copy = centre.backup()
    raw = b"".join(path.read_bytes() for path in copy.rglob("*"))
    assert b"Zulaikha" not in raw
    assert b"SQLite" not in raw


def test_only_the_newest_backups_are_kept(centre, centre_folder):
    made = [centre.backup(keep=3) for _ in range(5)]
    assert backup.backups(centre_folder) == sorted(made[2:], key=lambda path: path.name, reverse=True)


def test_a_backup_that_does_not_check_out_is_not_kept(centre, centre_folder, monkeypatch):
    def torn(*_args):
        raise EnvironmentFailed("damaged")

    monkeypatch.setattr(backup, "check_pages", torn)
    with pytest.raises(EnvironmentFailed, match="damaged"):
        centre.backup()
    assert list((centre_folder / "backups").iterdir()) == []


def test_going_back_to_a_backup_keeps_what_was_there_and_writes_as_a_new_site(centre, centre_folder):
    save(centre, "Siti Aminah")
    copy = centre.backup()
    save(centre, "Budi")
    with centre.read() as session:
        before = session.info["site"]
    centre.close()
    backup.restore(copy, centre_folder, login=LOGIN, passphrase=PASSPHRASE)
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as restored:
        assert names(restored) == ["Siti Aminah"]
        save(restored, "Ana")
        with restored.read() as session:
            assert session.info["site"] != before
            devices = session.scalars(sa.select(Site.device)).all()
        assert len(set(devices)) == len(devices) == 2
        assert all(result.well for result in examine(restored))
    replaced = next(path for path in (centre_folder / "backups").iterdir() if path.name.startswith("replaced-"))
    with open_centre(replaced, login=LOGIN, passphrase=PASSPHRASE) as old:
        assert names(old) == ["Budi", "Siti Aminah"]


def test_a_destroyed_centre_comes_back_from_its_backup(centre, centre_folder, tmp_path):
    save(centre, "Siti Aminah")
    copy = centre.backup(to=tmp_path / "stick")
    centre.close()
    (centre_folder / "centre.db").write_bytes(b"coffee")
    (centre_folder / "keys.json").write_bytes(b"more coffee")
    backup.restore(copy, centre_folder, login=LOGIN, passphrase=PASSPHRASE)
    (centre_folder / "keys.json").unlink()
    backup.restore(copy, centre_folder, login=LOGIN, passphrase=PASSPHRASE)
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as restored:
        assert names(restored) == ["Siti Aminah"]


def test_a_damaged_backup_replaces_nothing(centre, centre_folder):
    save(centre, "Siti Aminah")
    copy = centre.backup()
    centre.close()
    raw = bytearray((copy / "centre.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (copy / "centre.db").write_bytes(raw)
    before = (centre_folder / "centre.db").read_bytes()
    with pytest.raises(EnvironmentFailed, match="damaged"):
        backup.restore(copy, centre_folder, login=LOGIN, passphrase=PASSPHRASE)
    assert (centre_folder / "centre.db").read_bytes() == before


def test_the_backup_of_another_centre_is_refused(centre, centre_folder, tmp_path):
    copy = centre.backup(to=tmp_path / "stick")
    centre.close()
    marker = copy / "centre.json"
    marker.write_text('{"centre": "another", "format": 1}')
    with pytest.raises(Refused):
        backup.restore(copy, centre_folder, login=LOGIN, passphrase=PASSPHRASE)


def test_a_wrong_passphrase_restores_nothing(centre, centre_folder):
    copy = centre.backup()
    centre.close()
    with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
        backup.restore(copy, centre_folder, login=LOGIN, passphrase="salah salah salah")


def test_a_full_stick_leaves_no_half_backup(centre, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.shutil, "copyfile", full)
    with pytest.raises(EnvironmentFailed, match="disk_full"):
        centre.backup(to=tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_the_doctor_names_what_is_not_in_order(either_centre):
    save(either_centre, "Siti Aminah")
    assert [(result.code, result.well) for result in examine(either_centre)] == [
        ("pages", True),
        ("references", True),
        ("log", True),
        ("search", True),
        ("attachments", True),
        ("unused", True),
    ]
    with either_centre.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET full_name = 'Orang lain', alias = 'Lain'")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DELETE FROM person_search_row")
        else:
            connection.exec_driver_sql("DELETE FROM person_search")
    results = {result.code: result for result in examine(either_centre)}
    assert not results["log"].well
    assert not results["search"].well
    assert "Orang lain" not in str(results)
    assert "NOT in order" in results["log"].words()


def test_the_doctor_notices_a_search_index_that_knows_other_words(centre):
    save(centre, "Siti Aminah")
    with centre.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person_search(rowid, name, name_key, numbers) VALUES (1, 'somebody else', '', '')"
        )
    assert [result.code for result in examine(centre) if not result.well] == ["search"]


def test_a_copy_can_be_counted(centre, centre_folder):
    save(centre, "Siti Aminah")
    engine = sqlite_engine(centre_folder / "centre.db", centre._home.key)
    with engine.connect() as connection:
        assert backup.row_counts(connection)["person"] == 1
    engine.dispose()
