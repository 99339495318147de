"""Desks in memory: each is one site with its own tables and log, so that several can meet in one test."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import LRUCache

from resource_centre import access
from resource_centre.access import COORDINATOR, Viewer
from resource_centre.log import guard, recorder
from resource_centre.log.receive import receive
from resource_centre.log.shape import logged_records
from resource_centre.records import Base, Change, Conflict, Site, new_id
from resource_centre.records.base import table_of

SELENA = Viewer(new_id(), COORDINATOR)


@dataclass
class Desk:
    """One laptop; `clock` is what it believes the time to be, in milliseconds."""

    site: str
    engine: sa.Engine
    clock: int = 1_700_000_000_000

    @contextmanager
    def open(self, viewer: Viewer = SELENA) -> Iterator[Session]:
        factory = sessionmaker(self.engine, expire_on_commit=False, info={"viewer": viewer, "site": self.site})
        recorder.attach(factory)
        access.attach(factory)
        with patch("resource_centre.log.writing.wall_ms", lambda: self.clock), factory() as session:
            yield session
            session.commit()

    def entries(self) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.select(table_of(Change))).mappings()]

    def take_in(self, entries: list[dict[str, Any]], order: random.Random | None = None) -> int:
        if order:
            order.shuffle(entries)
        with self.open() as session:
            return receive(session, entries).new

    def everything(self) -> dict[str, list[str]]:
        """All that two laptops must agree on once they know the same."""
        tables = [*(table_of(record) for record in logged_records().values()), table_of(Conflict)]
        with self.engine.connect() as connection:
            return {table.name: sorted(map(_written, connection.execute(_without_version(table)))) for table in tables}


def _written(row: sa.Row[Any]) -> str:
    """The row as text; in which order a dictionary names its keys is of no account."""
    return repr([sorted(value.items()) if isinstance(value, dict) else value for value in row])


def _without_version(table: sa.Table) -> sa.Select[Any]:
    return sa.select(*(column for column in table.c if column.name != "version"))


def _empty_tables() -> sqlite3.Connection:
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    connection = engine.raw_connection().driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


@pytest.fixture(scope="session")
def new_desk() -> Iterator[Callable[[str], Desk]]:
    """Makes desks; a copy of empty tables is quicker than creating them."""
    empty = _empty_tables()
    made: list[sa.Engine] = []
    compiled: LRUCache[Any, Any] = LRUCache(5000)

    def make(letter: str) -> Desk:
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        empty.backup(copy)
        engine = sa.create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        engine.update_execution_options(compiled_cache=compiled)  # the same statements over and over on every desk
        guard.watch(engine)
        with engine.begin() as connection:
            connection.execute(sa.insert(Site), {"id": letter * 13, "device": f"{letter}1"})
        made.append(engine)
        return Desk(letter * 13, engine)

    yield make
    for engine in made:
        engine.dispose()
    empty.close()


@pytest.fixture
def desk(new_desk: Callable[[str], Desk]) -> Desk:
    return new_desk("A")
