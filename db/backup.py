# SPDX-License-Identifier: Apache-2.0
"""Copies of a centre that are known to be whole, and the way back from one.

A backup is a folder named by its moment: the encrypted file, the key slots of that day and `centre.json`. It is a
centre by itself, opened with the same passphrases. It counts only after it was opened and checked.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path

import sqlalchemy as sa

from db import folder, keys, migrate, patience
from db.engine import WRITES, connect_raw, sqlite_engine
from db.faults import in_words
from db.files import on_disk, sync_folder
from db.first_day import renew_site
from resource_centre.errors import EnvironmentFailed, Refused

KEEP = 14
_NAME = "%Y-%m-%d-%H%M%S-%f"
_UNFINISHED = ".unfinished-"
_COUNT_LOG = "SELECT count(*) FROM change"


def write_backup(at: Path, key: bytes, *, to: Path | None = None, keep: int | None = KEEP) -> Path:
    """Copy the centre in `at` into a new folder under `to` (its own `backups` when not given), check it, and only then
    give it its name; returns that folder. The newest `keep` are kept, all when None.
    """
    place = to or at / folder.BACKUPS
    name = datetime.now().strftime(_NAME)  # noqa: DTZ005 - people look for it by the clock on their wall
    aside, final = place / (_UNFINISHED + name), _free(place / name)
    with on_disk():
        aside.mkdir(parents=True)
    try:
        _copy_database(at / folder.DATABASE, aside / folder.DATABASE, key)
        with on_disk():
            for file in (keys.FILE, folder.MARKER):
                shutil.copyfile(at / file, aside / file)
            aside.replace(final)
            sync_folder(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    if keep is not None:
        _thin_out(place, keep)
    return final


def backups(at: Path) -> list[Path]:
    """The backups in the centre's own folder, newest first."""
    return _named(at / folder.BACKUPS)


def restore(source: Path, at: Path, *, login: str, passphrase: str) -> None:
    """Put the backup `source` in the place of the centre in `at`; what was there is kept among the backups.

    The passphrase may be today's or that of the backup's day. Nothing is changed unless the backup is whole and of
    the same centre. From then on this installation writes as a new site: the entries and numbers it gave after the
    backup are out in the world and must not be given twice.
    """
    marker = folder.read_marker(source)
    if (at / folder.MARKER).exists() and folder.read_marker(at).centre != marker.centre:
        raise Refused("not_found")
    with on_disk():
        at.mkdir(parents=True, exist_ok=True)
    with closing(folder.take_lock(at) or BytesIO()):
        key = _unlock(source, at, login, passphrase)
        aside = at / (folder.DATABASE + ".restored")
        try:
            with on_disk():
                shutil.copyfile(source / folder.DATABASE, aside)
            check_copy(aside, key)
            _write_as_new_site(aside, key)
            with on_disk():
                _keep_replaced(at)
                _put_in_place(source, at, aside)
        finally:
            with on_disk():
                aside.unlink(missing_ok=True)


def _unlock(source: Path, at: Path, login: str, passphrase: str) -> bytes:
    """The database key, from the slots of today or, when those are lost or do not open, of the backup's day."""
    patience.begin_try(at)
    for place in (at, source):
        try:
            key = keys.read_slots(place).open(login, passphrase).key
        except EnvironmentFailed:
            continue
        patience.passed(at)
        return key
    raise EnvironmentFailed("wrong_passphrase")


def _write_as_new_site(database: Path, key: bytes) -> None:
    engine = sqlite_engine(database, key)
    try:
        with engine.execution_options(**WRITES).begin() as connection:
            renew_site(connection)
    finally:
        engine.dispose()


def _keep_replaced(at: Path) -> None:
    """Lay what the backup replaces beside the backups, unchecked: it may be damaged and still be wanted."""
    kept = _free(at / folder.BACKUPS / datetime.now().strftime("replaced-" + _NAME))  # noqa: DTZ005
    kept.mkdir(parents=True)
    for name in (folder.DATABASE, folder.DATABASE + "-wal", keys.FILE, folder.MARKER):
        if (at / name).exists():
            shutil.copyfile(at / name, kept / name)


def _put_in_place(source: Path, at: Path, aside: Path) -> None:
    for beside in ("-wal", "-shm"):
        (at / (folder.DATABASE + beside)).unlink(missing_ok=True)
    aside.replace(at / folder.DATABASE)
    for file in (keys.FILE, folder.MARKER):
        if not (at / file).exists():
            shutil.copyfile(source / file, at / file)
    sync_folder(at)


def check_copy(database: Path, key: bytes) -> dict[str, int]:
    """Open a copy and read all of it; returns rows per table. EnvironmentFailed `damaged` when it is not whole."""
    engine = sqlite_engine(database, key)
    try:
        with engine.connect() as connection:
            check_pages(connection)
            return row_counts(connection)
    finally:
        engine.dispose()


def check_pages(connection: sa.Connection) -> None:
    """Every page agrees with its checksum and the trees with themselves, else EnvironmentFailed `damaged`."""
    torn = connection.exec_driver_sql("PRAGMA cipher_integrity_check").first()
    if torn or connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
        raise EnvironmentFailed("damaged")


def row_counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table has; of those that are there, for an older centre has fewer."""
    tables = [sa.table(name) for name in sorted(sa.inspect(connection).get_table_names()) if _is_ours(name)]
    return {t.name: connection.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}


def _is_ours(name: str) -> bool:
    """Not the search's own tables nor Alembic's."""
    return not name.startswith((migrate.SEARCH_TABLES, "alembic_"))


def _copy_database(source: Path, target: Path, key: bytes) -> None:
    """Copy in one read of the source, so that a save at the same time is in it wholly or not at all."""
    from sqlcipher3 import dbapi2

    try:
        with closing(connect_raw(source, key)) as connection:
            entries = connection.execute(_COUNT_LOG).fetchone()[0]
            connection.execute("VACUUM INTO ?", (str(target),))
    except dbapi2.Error as error:
        raise in_words(error) from error
    # The log only grows: a copy with fewer entries than there were before it cannot be whole.
    if check_copy(target, key)["change"] < entries:
        raise EnvironmentFailed("damaged")


def _thin_out(place: Path, keep: int) -> None:
    """Remove all but the newest, and what interrupted ones left behind. Copies made before an upgrade count too."""
    for old in _named(place)[max(keep, 1) :]:
        shutil.rmtree(old, ignore_errors=True)


def _named(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    found = [f for f in place.iterdir() if f.is_dir() and (f / folder.MARKER).is_file() and f.name[:1].isdigit()]
    return sorted(found, key=lambda f: f.name, reverse=True)


def _free(wanted: Path) -> Path:
    """`wanted`, or with a number behind when it is there already."""
    tries = [wanted, *(wanted.with_name(f"{wanted.name}-{n}") for n in range(2, 100))]
    return next(path for path in tries if not path.exists())
