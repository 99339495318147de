# SPDX-License-Identifier: Apache-2.0
"""The engine over one encrypted SQLite file.

The obvious settings crash: SQLAlchemy's own pool for SQLite keeps one connection per thread, and 16 threads end in a
segmentation fault with SQLCipher; its pysqlcipher dialect sends an empty key when given a `creator`. So: the plain
SQLite dialect, sqlcipher3 as its module, our own connection, and QueuePool. Parameters are hidden from every error
text because they hold people's names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from db import faults
from db.files import on_disk
from resource_centre.errors import EnvironmentFailed

WRITES = {"centre_begin": "IMMEDIATE"}
_CACHE_KIB = 32 * 1024
_PATIENCE_SECONDS = 5
_PAGE_BYTES = 4096  # SQLCipher 4's own; zetetic.net/sqlcipher/sqlcipher-api, cipher_page_size


def sqlite_engine(
    path: Path, key: bytes, *, mode: str = "rw", patience: float = _PATIENCE_SECONDS, foreign_keys: bool = True
) -> Engine:
    """An engine over the encrypted file at `path`. Nothing is opened before the first use.

    `mode` is SQLite's own: `rw` never makes a file, `rwc` makes a new one, `ro` never writes. `patience` is how many
    seconds to wait for another program's lock. `foreign_keys` are off for migrations only.
    """
    from sqlcipher3 import dbapi2

    def connect() -> Any:
        connection = connect_raw(path, key, mode=mode, patience=patience)
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=16,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    faults.listen(engine)
    return engine


def check_length(path: Path) -> None:
    """Fail with `damaged` when the file ends in the middle of a page, which SQLite itself overlooks.

    With a write-ahead log beside it the missing part may be in there, and SQLite will put it right.
    """
    with on_disk():
        log = path.with_name(path.name + "-wal")
        torn = path.stat().st_size % _PAGE_BYTES and not (log.exists() and log.stat().st_size)
    if torn:
        raise EnvironmentFailed("damaged")


def connect_raw(path: Path, key: bytes, *, mode: str = "rw", patience: float = _PATIENCE_SECONDS) -> Any:
    """One driver connection with the key given and every house setting made."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,  # the driver's own BEGIN leaves DDL outside the transaction; ours is in `_begin`
        check_same_thread=False,
        timeout=patience,
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = none")
        for setting in _settings(mode):
            connection.execute(f"PRAGMA {setting}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def _settings(mode: str) -> tuple[str, ...]:
    both = ("foreign_keys = ON", "temp_store = MEMORY", f"cache_size = -{_CACHE_KIB}")
    if mode == "ro":
        return (*both, "query_only = ON")
    return (*both, "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")


def _begin(connection: Connection) -> None:
    """Begin for real. A change takes the writer's place at once: to fail half-way for a lock helps nobody."""
    kind = connection.get_execution_options().get("centre_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
