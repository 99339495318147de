# SPDX-License-Identifier: Apache-2.0
"""What every record has, and how a field is described once for form, spreadsheet, report and trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import sqlalchemy as sa
import uuid_utils
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.sql.schema import ScalarElementColumnDefault

GENERAL = "general"
SPECIFIC = "specific"
"""Health, children, personal finance: specific personal data in UU 27/2022 (domain reference 6.2)."""

JSON = sa.JSON()
Id = sa.Uuid(as_uuid=False)


def new_id() -> str:
    """A UUIDv7 in its text form: grows with time, so inserts stay at the end of the index."""
    return str(uuid_utils.uuid7())


class Base(DeclarativeBase):
    """All tables of a centre; constraints are named so that they can be migrated."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.date: sa.Date(), str: sa.String(), bool: sa.Boolean()}


def field(
    label: str,
    *,
    format: str = "text",
    help: str = "",
    vocabulary: str = "",
    sensitivity: str = GENERAL,
    required: bool = False,
    type_: Any = None,
    index: bool = False,
    default: Any = None,
) -> MappedColumn[Any]:
    """A column that a person fills in, described once.

    `format` is one of text, paragraph, name, partial_date, date, integer, money, code, codes, place, phone, nik,
    passport, yes_no, number, dates, days, places. The column's attribute name is its permanent id in the change log.
    """
    info = {
        "label": label,
        "help": help,
        "format": format,
        "vocabulary": vocabulary,
        "sensitivity": sensitivity,
        "required": required,
    }
    return mapped_column(type_, nullable=True, index=index, default=default, info=info)


def by_key(label: str, *, sensitivity: str = GENERAL) -> MappedColumn[Any]:
    """A column that holds a text for each of many keys, logged and merged key by key, as ``answers.who5/q1``.

    The value is replaced as a whole, never changed in place. Why a key has none stands in `unanswered` under the same
    name as in the log. No key ends with a question mark.
    """
    info = {"label": label, "help": "", "format": "by_key", "vocabulary": "", "sensitivity": sensitivity}
    # What a key said before is asked for even when the record is expired: the log names only what changed.
    return mapped_column(JSON, nullable=False, default=dict, active_history=True, info={**info, "required": False})


def derived(type_: Any = None, *, index: bool = False) -> MappedColumn[Any]:
    """A column computed from the others for searching; never logged, never sent."""
    return mapped_column(type_, nullable=True, index=index, info={"derived": True})


class Logged(Base):
    """A record whose every change is in the log: the table is what folding the log gives."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id, sort_order=-10)
    unanswered: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, sort_order=90)
    voided: Mapped[bool] = mapped_column(default=False, sort_order=91)
    void_reason: Mapped[str | None] = mapped_column(sort_order=92)
    # Desk-local optimistic lock: of two windows on one record the second is told, not obeyed.
    version: Mapped[int] = mapped_column(sort_order=93, info={"derived": True})

    __mapper_args__ = {"version_id_col": version}

    owner: ClassVar[str | None] = None
    """The column that says whose record this is; it never changes once written."""
    readers: ClassVar[frozenset[str] | None] = None
    """The roles that may read these records at all; None for every role, within its villages."""
    worked_out_of: ClassVar[Mapping[str, str]] = {}
    """All columns that `derive` works out, when it does so of one other each: while that is the same, they are."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"id": new_id(), "unanswered": {}, "voided": False, **defaults_of(type(self)), **values})

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The derived columns for these values; called at every save and every fold."""
        return {}

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Which rows an account bound to `villages` (codes) may see."""
        raise NotImplementedError(cls.__name__)


@lru_cache(maxsize=64)
def defaults_of(record: type[Logged]) -> dict[str, Any]:
    """The plain default values of a record's fields; set at construction, so that the log sees them."""
    defaults = {column.key: column.default for column in sa.inspect(record).columns}
    return {key: plain.arg for key, plain in defaults.items() if isinstance(plain, ScalarElementColumnDefault)}


def table_of(record: type[Base]) -> sa.Table:
    """The table of a record class."""
    table = record.__table__
    assert isinstance(table, sa.Table)
    return table


class Local(Base):
    """A row of this installation only: neither logged nor exchanged."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, account_id: str) -> sa.ColumnElement[bool] | None:
        """Which rows an account bound to villages may see; None for all."""
        return None
