# SPDX-License-Identifier: Apache-2.0
"""Bringing a centre's tables to the shape this program knows.

Whether there is anything to do is asked with plain SQL; Alembic is imported only when there is.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from resource_centre.errors import EnvironmentFailed

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0009"
"""The newest step in `db/migrations/versions`; steps are numbered in order."""

FOLDER = Path(__file__).parent / "migrations"
SEARCH_TABLES = "person_search"


class Shape(Enum):
    """How a database's tables stand to this program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def shape_of(connection: sa.Connection) -> Shape:
    """What has to be done; EnvironmentFailed `newer_program` when the tables come from a newer program."""
    revision = revision_of(connection)
    if revision is None:
        return Shape.EMPTY
    if revision > HEAD:
        raise EnvironmentFailed("newer_program")
    return Shape.CURRENT if revision == HEAD else Shape.OLDER


def revision_of(connection: sa.Connection) -> str | None:
    """The number of the last step done, None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision


def upgrade(engine: sa.Engine, to: str = "head") -> None:
    """Do the missing steps in one transaction, all or none.

    For SQLite the engine must have been made with ``foreign_keys=False``: with them on, rebuilding a table deletes or
    detaches what points to it, and they cannot be switched off inside the transaction.
    """
    from alembic import command

    with engine.execution_options(centre_begin="IMMEDIATE").begin() as connection:
        _check_foreign_keys_off(connection)
        shape_of(connection)
        command.upgrade(alembic_config(connection), to)
        check_references(connection)


def check_references(connection: sa.Connection) -> None:
    """Fail with `damaged` when a row points to one that is not there; PostgreSQL sees to that itself."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise EnvironmentFailed("damaged")


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic's settings, in code: it works the same from a checkout and from a frozen bundle."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def belongs_to_records(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Which tables Alembic compares with the records: not the search's own."""
    return not (kind == "table" and (name or "").startswith(SEARCH_TABLES))


def _check_foreign_keys_off(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        assert not connection.exec_driver_sql("PRAGMA foreign_keys").scalar(), "foreign keys must be off"
