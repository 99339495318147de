# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: S608 - the texts are put together from constants of this module only
"""The search table as step 0001 makes it. Frozen: a later shape gets a module of its own.

It is kept right by triggers on `person`, so that single saves, thousands of rows at once and folds of the log need
not think of it. On SQLite `person_search` is a full-text index that stores no text of its own: it reads the words
through a view. `person_search_row` gives each person who counts the whole number such an index needs; the rows'
own hidden numbers may change when the file is compacted. PostgreSQL keeps the words of each person as a `tsvector`.
"""

from __future__ import annotations

# 'Mn Mc' beside letters: without them the vowel signs of several Asian scripts would end a word.
TOKENS = "unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''"
_WORDS = "coalesce({0}.full_name, '') || ' ' || coalesce({0}.alias, '')"
_NUMBERS = "coalesce({0}.number, '') || ' ' || coalesce({0}.safe_phone, '')"
_ROW = "(SELECT id FROM person_search_row WHERE person_id = {0}.id)"


def _values(record: str) -> str:
    """What is indexed of one person, in the order of the index's columns."""
    return f"{_WORDS.format(record)}, coalesce({record}.name_key, ''), {_NUMBERS.format(record)}"


def _number(record: str) -> str:
    return f"INSERT OR IGNORE INTO person_search_row(person_id) SELECT {record}.id WHERE NOT {record}.voided;"


def _add(record: str) -> str:
    return (
        f"INSERT INTO person_search(rowid, name, name_key, numbers) "
        f"SELECT {_ROW.format(record)}, {_values(record)} WHERE NOT {record}.voided;"
    )


def _remove(record: str) -> str:
    return (
        f"INSERT INTO person_search(person_search, rowid, name, name_key, numbers) "
        f"SELECT 'delete', {_ROW.format(record)}, {_values(record)} WHERE NOT {record}.voided;"
    )


_COLUMNS = "full_name, alias, name_key, number, safe_phone, voided"

SQLITE_TRIGGERS = (
    f"""CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN
        {_number("NEW")}
        {_add("NEW")}
    END""",
    f"""CREATE TRIGGER person_search_update AFTER UPDATE OF {_COLUMNS} ON person BEGIN
        {_remove("OLD")}
        DELETE FROM person_search_row WHERE person_id = OLD.id AND NEW.voided;
        {_number("NEW")}
        {_add("NEW")}
    END""",
    f"""CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
        {_remove("OLD")}
        DELETE FROM person_search_row WHERE person_id = OLD.id;
    END""",
)

SQLITE = (
    """CREATE TABLE person_search_row (
        id INTEGER PRIMARY KEY,
        person_id CHAR(32) NOT NULL CONSTRAINT uq_person_search_row_person_id UNIQUE
    )""",
    f"""CREATE VIEW person_search_text AS
        SELECT r.id AS id, {_WORDS.format("p")} AS name, coalesce(p.name_key, '') AS name_key,
            {_NUMBERS.format("p")} AS numbers
        FROM person_search_row AS r JOIN person AS p ON p.id = r.person_id WHERE NOT p.voided""",
    f"""CREATE VIRTUAL TABLE person_search USING fts5(
        name, name_key, numbers,
        content='person_search_text', content_rowid='id', prefix='1 2 3', detail='none', tokenize='{TOKENS}'
    )""",
    # Without it the words of an erased person stay readable inside the index.
    "INSERT INTO person_search(person_search, rank) VALUES ('secure-delete', 1)",
    *SQLITE_TRIGGERS,
)

POSTGRES = (
    "CREATE TABLE person_search (person_id UUID CONSTRAINT pk_person_search PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX ix_person_search_words ON person_search USING gin (words)",
    r"""CREATE FUNCTION person_search_words(VARIADIC texts TEXT[]) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE AS $$
        SELECT array_to_tsvector(array_remove(
            regexp_split_to_array(lower(array_to_string(texts, ' ')), '[[:space:][:punct:]]+'), ''))
    $$""",
    """CREATE FUNCTION person_search_keep() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM person_search WHERE person_id = OLD.id;
        END IF;
        IF TG_OP <> 'DELETE' AND NOT NEW.voided THEN
            INSERT INTO person_search VALUES (
                NEW.id, person_search_words(NEW.full_name, NEW.alias, NEW.name_key, NEW.number, NEW.safe_phone));
        END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE TRIGGER person_search_keep AFTER INSERT OR DELETE OR UPDATE OF {_COLUMNS}
        ON person FOR EACH ROW EXECUTE FUNCTION person_search_keep()""",
)
