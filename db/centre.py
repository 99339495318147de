# SPDX-License-Identifier: Apache-2.0
"""A centre that is open: for which account, and the two verbs everything else is built on, `read` and `change`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from db import backup, first_day, folder, keys, migrate, patience
from db.door import Door, unlock
from db.engine import WRITES, check_length, sqlite_engine
from db.first_day import AccountAnswers, CentreAnswers
from db.installation import recognise, state_folder
from db.recovery import RecoveryKey, new_recovery_key, read_recovery_key
from resource_centre.access import COORDINATOR, Viewer
from resource_centre.errors import Bug, EnvironmentFailed, Refused
from resource_centre.exchange.identity import own_profile, own_role, own_site
from resource_centre.exchange.scope import LAPTOP
from resource_centre.i18n import _
from resource_centre.log import guard
from resource_centre.log.erasing import GONE
from resource_centre.records import Account, CentreProfile, LocalSetting, new_id

__all__ = ["AccountAnswers", "Centre", "CentreAnswers", "create_centre", "open_centre", "open_with_recovery"]


SignIn = tuple[str, str, str | None, list[str] | None, bool | None, bool]
"""What is asked of an account at the door: id, sign-in name, role, villages, active, voided."""


class Centre:
    """An open centre. Close it, or use it in a ``with`` statement."""

    def __init__(self, engine: sa.Engine, viewer: Viewer, site: str, *, home: Home | None = None) -> None:
        """`home` is the folder with its key; a centre on a server has none."""
        self.engine = engine
        self.viewer = viewer
        self._home = home
        self._writes = engine.execution_options(**WRITES)
        guard.watch(engine)
        self._sessions = first_day.session_factory(viewer, site)
        self.profile = self._read_profile()
        self.on_laptop = self._is_laptop()

    @property
    def folder(self) -> Path:
        """Where the centre lies."""
        return self._at_home().folder

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences a person should read about where this centre lies."""
        found = []
        service = folder.copying_service(self._home.folder) if self._home else None
        if service is not None:
            text = _(
                "This centre lies in a folder that {service} copies to other machines. That can destroy it. "
                "Move it to a folder that is not copied."
            )
            found.append(text.format(service=service))
        if self.copied:
            found.append(
                _(
                    "This folder was copied, restored or brought from another computer. From now on this computer "
                    "counts as a new one, so that nothing is mixed up. What was not yet sent is kept and goes out."
                )
            )
        return tuple(found)

    @property
    def copied(self) -> bool:
        """Whether the folder was found to be a copy, restored or moved when it was opened."""
        return self._home is not None and self._home.copied

    def session(self) -> Session:
        """A session for this account that may write; who opens it commits and closes it."""
        return self._sessions(bind=self._writes)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look with: an attempt to save through it is a mistake in the program."""
        with self._sessions(bind=self.engine) as session:
            event.listen(session, "before_flush", _refuse_to_save)
            yield session

    @contextmanager
    def change(self) -> Iterator[Session]:
        """A session whose work is saved at the end, all of it or, when anything fails, nothing.

        What was touched is then in ``session.info["changed"]``: ids by record name.
        """
        with self.session() as session:
            try:
                yield session
                session.commit()
                if session.info.pop(GONE, False):
                    self._leave_no_trace()
                if "CentreProfile" in session.info.get("changed", {}):
                    self.profile = self._read_profile()
            except StaleDataError as error:
                raise Refused("changed_meanwhile") from error

    def add_account(self, account: AccountAnswers, passphrase: str) -> str:
        """Let somebody sign in; returns the account's id. Only a coordinator may."""
        keys.check_passphrase(passphrase)
        account_id = new_id()
        with self.change() as session:
            if _by_login(session, account.login):
                raise Refused("login_taken")
            session.add(account.record(account_id))
            session.flush()
            self._at_home().lock_for(account_id, account.login, passphrase)
        return account_id

    def change_passphrase(self, old: str, new: str) -> None:
        """Give the signed-in account another passphrase; `wrong_passphrase` when the old one is not right."""
        home = self._at_home()
        with self.read() as session:
            login = session.get_one(Account, self.viewer.account_id).login
        if keys.read_slots(home.folder).open(login, old).account != self.viewer.account_id:
            raise EnvironmentFailed("wrong_passphrase")
        home.lock_for(self.viewer.account_id, login, new)

    def set_passphrase(self, account_id: str, new: str) -> None:
        """Give somebody who forgot theirs a new passphrase. Only a coordinator may."""
        if self.viewer.role != COORDINATOR:
            raise Refused("not_allowed")
        with self.read() as session:
            login = session.get_one(Account, account_id).login
        self._at_home().lock_for(account_id, login, new)

    def end_account(self, account_id: str) -> None:
        """Somebody works here no longer: the account stays in the trail, the key slot goes. Only a coordinator may."""
        if account_id == self.viewer.account_id:
            raise Refused("not_allowed")
        with self.change() as session:
            session.get_one(Account, account_id).active = False
            session.flush()
            home = self._at_home()
            keys.read_slots(home.folder).without_account(account_id).save(home.folder)

    def new_recovery_sheet(self) -> RecoveryKey:
        """A new recovery key; the sheet printed before opens nothing any more. Only a coordinator may."""
        if self.viewer.role != COORDINATOR:
            raise Refused("not_allowed")
        home, recovery = self._at_home(), new_recovery_key()
        slots = keys.read_slots(home.folder)
        slots.with_recovery(home.key, recovery, home.stretch).save(home.folder)
        return recovery

    def backup(self, *, to: Path | None = None, keep: int = backup.KEEP) -> Path:
        """Write a checked, encrypted copy, into the centre's own folder or to a stick; returns where it is."""
        home = self._at_home()
        return backup.write_backup(home.folder, home.key, to=to, keep=keep)

    def write_as_own_site(self) -> None:
        """Sessions opened from now on write as the site that the tables say is ours; it was changed underneath us."""
        with self.engine.connect() as connection:
            self._sessions = first_day.session_factory(self.viewer, own_site(connection))

    def close(self) -> None:
        """Let go of the file, after letting it learn how its tables are filled, which its queries are planned by."""
        if self.engine.dialect.name == "sqlite":
            with suppress(EnvironmentFailed), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA optimize")
                connection.commit()
        self.engine.dispose()
        if self._home:
            self._home.leave()

    def __enter__(self) -> Centre:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _read_profile(self) -> CentreProfile | None:
        with self.read() as session:
            return own_profile(session)

    def _is_laptop(self) -> bool:
        """What a folder is was decided when it was made."""
        with self.engine.connect() as connection:
            return own_role(connection) == LAPTOP

    def _leave_no_trace(self) -> None:
        """What was erased is gone from the file, and goes from what was written beside it; later, if others read."""
        if self.engine.dialect.name == "sqlite":
            with suppress(EnvironmentFailed), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _at_home(self) -> Home:
        if self._home is None:
            raise Bug("bug")
        return self._home


class Home:
    """The folder of an open centre, its key, and the hold this program has on it."""

    def __init__(
        self, at: Path, key: bytes, lock: IO[bytes] | None, stretch: keys.Stretch, *, copied: bool = False
    ) -> None:
        self.folder = at
        self.copied = copied
        self.key = key
        self.stretch = stretch
        self._lock = lock

    def lock_for(self, account_id: str, login: str, passphrase: str) -> None:
        """Lock the database key for an account with this passphrase and no other."""
        slots = keys.read_slots(self.folder)
        slots.with_account(self.key, account=account_id, login=login, passphrase=passphrase, stretch=self.stretch).save(
            self.folder
        )

    def leave(self) -> None:
        """Let other programs have the folder."""
        if self._lock:
            self._lock.close()


def create_centre(
    at: Path,
    *,
    profile: CentreAnswers,
    account: AccountAnswers,
    passphrase: str,
    stretch: keys.Stretch = keys.STRETCH,
) -> tuple[Centre, RecoveryKey]:
    """Make a new centre in a folder that holds none, and open it for its first account.

    The recovery key is given out this once, to be printed.
    """
    from db.new_centre import make_centre

    keys.check_passphrase(passphrase)
    key, account_id, recovery = make_centre(at, profile, account, passphrase, stretch)
    return _enter(at, keys.Unlocked(key, account_id), folder.take_lock(at), stretch), recovery


def open_centre(
    at: Path,
    *,
    login: str,
    passphrase: str,
    alongside: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Centre:
    """Open a centre for an account, bringing its tables up to date after a backup where needed.

    A program that has the folder open already keeps others out (`locked`), unless they come `alongside` to look.
    After several wrong passphrases this waits before it tries.
    """
    return enter(unlock(at, login=login, passphrase=passphrase, alongside=alongside, sleep=sleep))


def enter(door: Door) -> Centre:
    """Open a centre that was unlocked; when it does not open, its folder is let go."""
    try:
        return _enter(door.folder, door.unlocked, door.lock, keys.STRETCH)
    except BaseException:
        door.leave()
        raise


def open_with_recovery(
    at: Path,
    *,
    recovery: str,
    login: str,
    new_passphrase: str,
    sleep: Callable[[float], None] = time.sleep,
    stretch: keys.Stretch = keys.STRETCH,
) -> Centre:
    """Open with the printed sheet and give the account `login` a new passphrase. The sheet stays good."""
    folder.read_marker(at)
    keys.check_passphrase(new_passphrase)
    reading = read_recovery_key(recovery)
    if reading.key is None:
        raise EnvironmentFailed("wrong_recovery", groups=", ".join(map(str, reading.wrong_groups)))
    lock = folder.take_lock(at)
    try:
        patience.begin_try(at, sleep)
        key = keys.read_slots(at).open_with_recovery(reading.key).key
        patience.passed(at)
        account = _account_of_login(at, key, login)
        Home(at, key, None, stretch).lock_for(account.id, account.login, new_passphrase)
        return _enter(at, keys.Unlocked(key, account.id), lock, stretch)
    except BaseException:
        if lock:
            lock.close()
        raise


def open_engine(engine: sa.Engine, account_id: str, home: Home | None = None) -> Centre:
    """A centre over tables that are up to date, for one account; `wrong_passphrase` when it may not sign in."""
    try:
        with engine.connect() as connection:
            site = connection.scalar(sa.select(LocalSetting.value).where(LocalSetting.name == first_day.SITE_SETTING))
            account = connection.execute(_signs_in().where(Account.id == account_id)).one_or_none()
        if account is None or not account.active or account.voided:
            raise EnvironmentFailed("wrong_passphrase")
        return Centre(engine, first_day.viewer_for(account), str(site), home=home)
    except BaseException:
        engine.dispose()
        raise


def _enter(at: Path, unlocked: keys.Unlocked, lock: IO[bytes] | None, stretch: keys.Stretch) -> Centre:
    """Open the encrypted file, brought up to date, for the account whose slot opened."""
    check_length(at / folder.DATABASE)
    engine = sqlite_engine(at / folder.DATABASE, unlocked.key)
    try:
        with engine.connect() as connection:
            shape = migrate.shape_of(connection)
        if shape is migrate.Shape.EMPTY:
            raise EnvironmentFailed("damaged")
        if shape is migrate.Shape.OLDER:
            engine.dispose()
            _upgrade(at, unlocked.key)
    except BaseException:
        engine.dispose()
        raise
    same = lock is None or recognise(engine, state_folder())
    return open_engine(engine, unlocked.account, Home(at, unlocked.key, lock, stretch, copied=not same))


def _upgrade(at: Path, key: bytes) -> None:
    """Bring the tables up to date; the backup made before is kept."""
    backup.write_backup(at, key, keep=None)
    engine = sqlite_engine(at / folder.DATABASE, key, foreign_keys=False)
    try:
        migrate.upgrade(engine)
    finally:
        engine.dispose()


def _refuse_to_save(session: Session, *_rest: object) -> None:
    if session.new or session.deleted or any(session.is_modified(record) for record in session.dirty):
        raise Bug("bug")


def _signs_in() -> sa.Select[*SignIn]:
    return sa.select(Account.id, Account.login, Account.role, Account.villages, Account.active, Account.voided)


def _by_login(session: Session, login: str) -> Account | None:
    """The account with this sign-in name, however it is written; a centre has a handful."""
    wanted = keys.plain_login(login)
    return next((a for a in session.scalars(sa.select(Account)) if keys.plain_login(a.login) == wanted), None)


def _account_of_login(at: Path, key: bytes, login: str) -> sa.Row[*SignIn]:
    engine = sqlite_engine(at / folder.DATABASE, key)
    try:
        with engine.connect() as connection:
            accounts = connection.execute(_signs_in()).all()
    finally:
        engine.dispose()
    wanted = keys.plain_login(login)
    for account in accounts:
        if keys.plain_login(account.login) == wanted:
            return account
    raise EnvironmentFailed("wrong_passphrase")
