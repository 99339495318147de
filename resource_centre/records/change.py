# SPDX-License-Identifier: Apache-2.0
"""Where the log is kept. A change is one save of one record by one account at one site."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.records.base import JSON, Base, Id

SCHEMA: Final = 1
"""Number of the logged shape (`data/log_shapes.csv`) that is written; an older body is lifted when read."""

PUT: Final = "put"
ERASE: Final = "erase"


class Change(Base):
    """One entry of the log. `body` is canonical JSON: ``{field: [value, revision, [[site, seq], ...]]}``.

    The revision is one more than the highest the author had seen of that field; the pairs are the entries it replaces.
    Where a record is marked as not valid, a fourth place names every entry of it that the author had seen.
    """

    __tablename__ = "change"
    __table_args__ = (
        sa.Index("ix_change_row_id", "row_id"),
        sa.Index("ix_change_tbl_row_id", "tbl", "row_id"),
    )

    site: Mapped[str] = mapped_column(sa.String(13), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger(), primary_key=True, autoincrement=False)
    wall_ms: Mapped[int] = mapped_column(sa.BigInteger())
    actor: Mapped[str | None] = mapped_column(Id)
    tbl: Mapped[str] = mapped_column()
    row_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column()
    schema_no: Mapped[int] = mapped_column()
    body: Mapped[str] = mapped_column(sa.Text())
    digest: Mapped[str] = mapped_column(sa.String(64))


class Site(Base):
    """One writing installation, or one desk on a shared server. `last_seq` is its gapless counter."""

    __tablename__ = "site"

    id: Mapped[str] = mapped_column(sa.String(13), primary_key=True)
    device: Mapped[str] = mapped_column(sa.String(2))
    last_seq: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    role: Mapped[str | None] = mapped_column()
    scope: Mapped[list[str] | None] = mapped_column(JSON)
    blocked_after: Mapped[int | None] = mapped_column(sa.BigInteger())


class Conflict(Base):
    """A value that lost against another one written without knowledge of it: kept until a person settles it."""

    __tablename__ = "conflict"

    row_id: Mapped[str] = mapped_column(Id, primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(sa.String(13), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger(), primary_key=True, autoincrement=False)
    tbl: Mapped[str] = mapped_column()
    value: Mapped[Any] = mapped_column(JSON)


class Erasure(Base):
    """A record that is gone for ever. Rows here only ever grow."""

    __tablename__ = "erasure"

    row_id: Mapped[str] = mapped_column(Id, primary_key=True)
    tbl: Mapped[str] = mapped_column()
