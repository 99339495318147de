# SPDX-License-Identifier: Apache-2.0
"""The engine over a PostgreSQL database, for a centre with several desks."""

from __future__ import annotations

from sqlalchemy import URL, Engine, create_engine, make_url

from db import faults, migrate
from db.centre import Centre, open_engine
from db.first_day import AccountAnswers, CentreAnswers, begin_centre
from resource_centre.errors import EnvironmentFailed
from resource_centre.records import new_id


def postgres_engine(url: str | URL) -> Engine:
    """An engine over PostgreSQL through psycopg 3. Parameters are hidden from error texts: they hold people's names."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=16,
    )
    faults.listen(engine)
    return engine


def create_postgres_centre(url: str | URL, *, profile: CentreAnswers, account: AccountAnswers) -> Centre:
    """Make the tables of a new centre in an empty PostgreSQL database and open it for its first account.

    The server asks for the passphrase here, not we: there are no key slots.
    """
    engine = postgres_engine(url)
    account_id = new_id()
    try:
        with engine.connect() as connection:
            if migrate.shape_of(connection) is not migrate.Shape.EMPTY:
                raise EnvironmentFailed("already_a_centre")
        migrate.upgrade(engine)
        begin_centre(engine, profile, account, account_id)
    except BaseException:
        engine.dispose()
        raise
    return open_engine(engine, account_id)


def open_postgres_centre(url: str | URL, *, account_id: str) -> Centre:
    """Open a centre on a server for one account, bringing its tables up to date where needed."""
    engine = postgres_engine(url)
    try:
        with engine.connect() as connection:
            shape = migrate.shape_of(connection)
        if shape is migrate.Shape.EMPTY:
            raise EnvironmentFailed("not_a_centre")
        if shape is migrate.Shape.OLDER:
            migrate.upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return open_engine(engine, account_id)
