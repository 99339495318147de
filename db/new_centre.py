# SPDX-License-Identifier: Apache-2.0
"""Making a centre, so that a crash on the way leaves no half of one."""

from __future__ import annotations

import shutil
from pathlib import Path

from db import folder, keys, migrate
from db.engine import sqlite_engine
from db.files import on_disk, sync_folder
from db.first_day import AccountAnswers, CentreAnswers, begin_centre
from db.recovery import RecoveryKey, new_recovery_key
from resource_centre.errors import EnvironmentFailed
from resource_centre.records import new_id

UNFINISHED = ".new-centre"


def make_centre(
    at: Path, profile: CentreAnswers, account: AccountAnswers, passphrase: str, stretch: keys.Stretch
) -> tuple[bytes, str, RecoveryKey]:
    """Make the files aside, then move them in, `centre.json` last; returns database key, account id, recovery key."""
    if folder.is_centre(at):
        raise EnvironmentFailed("already_a_centre")
    aside = at / UNFINISHED
    with on_disk():
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
    try:
        made = _make_aside(aside, profile, account, passphrase, stretch)
        with on_disk():
            for name in (folder.DATABASE, keys.FILE, folder.MARKER):
                (aside / name).replace(at / name)
            sync_folder(at)
        return made
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make_aside(
    aside: Path, profile: CentreAnswers, account: AccountAnswers, passphrase: str, stretch: keys.Stretch
) -> tuple[bytes, str, RecoveryKey]:
    key, account_id, recovery = keys.new_database_key(), new_id(), new_recovery_key()
    slots = keys.new_slots().with_account(
        key, account=account_id, login=account.login, passphrase=passphrase, stretch=stretch
    )
    slots.with_recovery(key, recovery, stretch).save(aside)
    _fill(aside / folder.DATABASE, key, profile, account, account_id)
    folder.Marker(new_id()).save(aside)
    return key, account_id, recovery


def _fill(database: Path, key: bytes, profile: CentreAnswers, account: AccountAnswers, account_id: str) -> None:
    engine = sqlite_engine(database, key, mode="rwc", foreign_keys=False)
    try:
        migrate.upgrade(engine)
        begin_centre(engine, profile, account, account_id)
    finally:
        engine.dispose()
