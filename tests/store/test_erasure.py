# SPDX-License-Identifier: Apache-2.0
"""What is taken out of the search leaves no words behind in its file, even for somebody who has the key."""

from db.migrations import search_v1

NAME = "zulaikharahasia"


def copies_of_the_name(file):
    files = (file, file.with_name(file.name + "-wal"))
    return sum(path.read_bytes().lower().count(NAME.encode()) for path in files)


def test_words_of_an_erased_person_are_gone_from_the_index(tmp_path):
    from sqlcipher3 import dbapi2

    file = tmp_path / "readable.db"
    database = dbapi2.connect(str(file), isolation_level=None)  # no key: the bytes can be searched
    for pragma in ("journal_mode = WAL", "secure_delete = ON"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE person(id, full_name, alias, name_key, number, safe_phone, voided)")
    for statement in search_v1.SQLITE:
        database.execute(statement)
    for number in range(1500):
        name = NAME if number == 700 else f"orang{number}"
        database.execute("INSERT INTO person VALUES (?, ?, NULL, ?, NULL, NULL, 0)", (str(number), name, name))
    assert copies_of_the_name(file) > 0
    database.execute("DELETE FROM person WHERE full_name = ?", (NAME,))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert copies_of_the_name(file) == 0
    database.execute("INSERT INTO person_search(person_search, rank) VALUES ('integrity-check', 1)")
    database.close()
