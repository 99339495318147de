# SPDX-License-Identifier: Apache-2.0
"""Power cuts, full disks, torn files, two programs at once: nothing that was saved is lost, and words say why."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import files
from db.centre import open_centre
from db.engine import WRITES, sqlite_engine
from db.faults import in_words
from resource_centre.errors import Bug, EnvironmentFailed
from resource_centre.log.doctor import examine
from resource_centre.records import Change, Person

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"
PROJECT = Path(files.__file__).parents[1]

SAVES_UNTIL_KILLED = """
import sys
from pathlib import Path
from db.centre import open_centre
from resource_centre.records import Person
with open_centre(Path(sys.argv[1]), login=sys.argv[2], passphrase=sys.argv[3]) as centre:
    for number in range(100000):
        with centre.change() as session:
            session.add_all(Person(full_name=f"Orang {number}") for _ in range(5))
        print(number, flush=True)
"""


def refusal(folder):
    with pytest.raises(EnvironmentFailed) as refused:
        open_centre(folder, login=LOGIN, passphrase=PASSPHRASE)
    return refused.value.code


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize("patience", [0.01, 0.05, 0.12])
def test_killed_while_saving_every_finished_save_is_there_and_no_half_one(centre_folder, patience):
    program = subprocess.Popen(
        [sys.executable, "-c", SAVES_UNTIL_KILLED, str(centre_folder), LOGIN, PASSPHRASE],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert program.stdout
    assert program.stdout.readline() == "0\n"
    time.sleep(patience)
    program.send_signal(signal.SIGKILL)
    reported = 1 + len(program.stdout.readlines())
    program.stdout.close()
    program.wait()
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre:
        with centre.read() as session:
            people = session.query(Person).count()
        with centre.engine.connect() as connection:
            assert list(examine(connection)) == []
    assert people % 5 == 0
    assert people // 5 in (reported, reported + 1)


def test_a_folder_that_is_not_a_centre(tmp_path):
    assert refusal(tmp_path) == "not_a_centre"
    assert refusal(tmp_path / "nowhere") == "not_a_centre"
    (tmp_path / "centre.json").write_text("Dear diary")
    assert refusal(tmp_path) == "not_a_centre"


def test_a_file_instead_of_a_folder_is_not_a_centre(tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"PK")
    assert refusal(tmp_path / "letter.docx") == "not_a_centre"


def test_a_centre_whose_file_is_gone(centre_folder):
    (centre_folder / "centre.db").unlink()
    assert refusal(centre_folder) == "file_missing"


@pytest.mark.parametrize("share", [0, 0.3, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_said_to_be_damaged(centre_folder, share):
    whole = (centre_folder / "centre.db").read_bytes()
    (centre_folder / "centre.db").write_bytes(whole[: int(len(whole) * share)])
    assert refusal(centre_folder) == "damaged"


def test_another_file_in_its_place_is_said_to_be_damaged(centre_folder):
    (centre_folder / "centre.db").write_bytes(os.urandom(65536))
    assert refusal(centre_folder) == "damaged"


def test_the_keys_of_another_centre_do_not_open_it(centre_folder, tmp_path):
    engine = sqlite_engine(tmp_path / "other.db", bytes(32), mode="rwc")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t(a)")
    engine.dispose()
    shutil.copyfile(tmp_path / "other.db", centre_folder / "centre.db")
    assert refusal(centre_folder) == "damaged"


def test_one_wrong_bit_anywhere_is_noticed(centre, centre_folder):
    from db.doctor import examine as look

    with centre.change() as session:
        session.add_all(Person(full_name=f"Orang {number}") for number in range(200))
    centre.close()
    raw = bytearray((centre_folder / "centre.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (centre_folder / "centre.db").write_bytes(raw)
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre:
        assert {result.code for result in look(centre) if not result.well} >= {"pages"}


def test_a_second_program_is_told_that_the_centre_is_open(centre, centre_folder):
    assert refusal(centre_folder) == "locked"
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE, alongside=True) as second:
        assert second.profile.name == centre.profile.name
    centre.close()
    open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE).close()


def test_a_refused_sign_in_does_not_keep_others_out(centre_folder):
    with pytest.raises(EnvironmentFailed, match="wrong_passphrase"):
        open_centre(centre_folder, login=LOGIN, passphrase="salah salah salah")
    open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE).close()


def test_a_save_that_waits_too_long_for_another_program_says_locked(centre, centre_folder):
    key = centre._home.key
    hurried = sqlite_engine(centre_folder / "centre.db", key, patience=0.05).execution_options(**WRITES)
    with centre.engine.execution_options(**WRITES).begin(), pytest.raises(EnvironmentFailed, match="locked"):
        hurried.connect().begin()
    hurried.dispose()


def test_a_full_disk_loses_only_the_save_that_did_not_fit(centre):
    with centre.change() as session:
        session.add(Person(full_name="Siti Aminah"))
    with centre.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(EnvironmentFailed, match="disk_full"), centre.change() as session:
        session.add_all(Person(full_name=f"Orang {number}" * 50) for number in range(500))
    with centre.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    with centre.change() as session:
        assert session.query(Person).one().full_name == "Siti Aminah"
        session.add(Person(full_name="Budi"))
    with centre.engine.connect() as connection:
        assert list(examine(connection)) == []


def test_a_read_only_file_can_be_looked_at_and_says_why_it_cannot_be_saved(centre, centre_folder):
    key = centre._home.key
    centre.close()
    engine = sqlite_engine(centre_folder / "centre.db", key, mode="ro")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM account")) == 1
    with pytest.raises(EnvironmentFailed, match="read_only"), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    engine.dispose()


def test_a_key_file_that_cannot_be_written_keeps_the_old_one(tmp_path, monkeypatch):
    (tmp_path / "keys.json").write_bytes(b"old")

    def torn(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", torn)
    with pytest.raises(EnvironmentFailed, match="disk_full"):
        files.write_whole(tmp_path / "keys.json", b"new")
    assert (tmp_path / "keys.json").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_sixteen_threads_save_and_look_at_once(centre):
    failures = []

    def work(thread):
        try:
            for number in range(10):
                with centre.change() as session:
                    session.add(Person(full_name=f"Orang {thread} {number}"))
                with centre.read() as session:
                    session.query(Person).count()
        except Exception as error:  # noqa: BLE001 - reported by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with centre.read() as session:
        assert session.query(Person).count() == 160
        numbers = session.scalars(sa.select(Change.seq)).all()
        assert set(numbers) == set(range(1, max(numbers) + 1))


def test_nothing_about_people_can_be_read_on_the_disk(centre, centre_folder):
    with centre.change() as session:
        session.add(Person(full_name="Zulaikha Rahasia", mother_name="Maimunah"))
    raw = b"".join(path.read_bytes() for path in centre_folder.rglob("*") if path.is_file())
    assert (centre_folder / "centre.db-wal").stat().st_size > 0
    for word in (b"Zulaikha", b"zulaikha", b"rahasia", b"Maimunah", b"Ratna", b"ratna", b"Pusat Layanan", b"SQLite"):
        assert word not in raw


def test_no_error_text_holds_what_was_typed(centre):
    with pytest.raises(sa.exc.IntegrityError) as failed, centre.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO client_case(id, number) VALUES (NULL, ?)", ("Rahasia",))
    assert "Rahasia" not in str(failed.value)
    assert isinstance(in_words(failed.value), Bug)


@pytest.mark.parametrize(
    ("code", "family"),
    [(28, "disk_full"), (30, "read_only"), (13, "read_only"), (2, "file_missing"), (5, "io")],
)
def test_what_the_system_says_about_files_becomes_words(code, family):
    assert in_words(OSError(code, "something in another language")).code == family


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_said_so():
    from db.postgres import open_postgres_centre

    with pytest.raises(EnvironmentFailed, match="no_server"):
        open_postgres_centre("postgresql://nobody@127.0.0.1:9/none", account_id="0" * 32)
