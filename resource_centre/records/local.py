# SPDX-License-Identifier: Apache-2.0
"""What stays on this installation: unsaved typing, imports being settled, running numbers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.records.base import JSON, Id, Local, new_id


class Draft(Local):
    """What somebody has typed and not yet saved, per form and record."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(Id, index=True)
    form: Mapped[str] = mapped_column()
    record_id: Mapped[str | None] = mapped_column(Id)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_ms: Mapped[int] = mapped_column(sa.BigInteger())

    @classmethod
    def visible_to(cls, account_id: str) -> sa.ColumnElement[bool] | None:
        """Only one's own typing."""
        return cls.account_id == account_id


class ImportBatch(Local):
    """One file taken in as one act, so that it can be undone as one act."""

    __tablename__ = "import_batch"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(Id)
    file_digest: Mapped[str] = mapped_column(index=True)
    imported_ms: Mapped[int] = mapped_column(sa.BigInteger())
    undone_ms: Mapped[int | None] = mapped_column(sa.BigInteger())
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @classmethod
    def visible_to(cls, account_id: str) -> sa.ColumnElement[bool] | None:
        """Only one's own imports."""
        return cls.account_id == account_id


class ImportRow(Local):
    """One row of an imported sheet as it was written, what was understood, and what became of it."""

    __tablename__ = "import_row"
    __table_args__ = (sa.Index("ix_import_row_batch_status", "batch_id", "status"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    batch_id: Mapped[str] = mapped_column(Id)
    account_id: Mapped[str] = mapped_column(Id)
    sheet: Mapped[str] = mapped_column()
    row: Mapped[int] = mapped_column()
    fingerprint: Mapped[str] = mapped_column(index=True)
    status: Mapped[str] = mapped_column()
    raw: Mapped[dict[str, Any]] = mapped_column(JSON)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    person_id: Mapped[str | None] = mapped_column(Id)
    written: Mapped[list[Any]] = mapped_column(JSON, default=list)

    @classmethod
    def visible_to(cls, account_id: str) -> sa.ColumnElement[bool] | None:
        """Only one's own imports."""
        return cls.account_id == account_id


class ImportMapping(Local):
    """How the columns of a kind of sheet were read last time, by the signature of its headings."""

    __tablename__ = "import_mapping"

    signature: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)


class NumberSeries(Local):
    """The last number given in a series and year on this device."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class LocalSetting(Local):
    """A choice of this installation, such as the minutes until the screen locks."""

    __tablename__ = "local_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
