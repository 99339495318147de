# SPDX-License-Identifier: Apache-2.0
"""Photos, scans and PDFs, kept inside the encrypted file. The log only names a content by its digest."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import Base, Id, field
from resource_centre.records.owned import Owned
from resource_centre.roles import CASE_WORKERS


class Attachment(Owned):
    """What is known of one attached file."""

    __tablename__ = "attachment"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS

    about: Mapped[str | None] = mapped_column()
    about_id: Mapped[str | None] = mapped_column(Id, index=True)
    """The record it was attached to, such as ``Consent``; empty for the person as such."""
    digest: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    media_type: Mapped[str | None] = mapped_column()
    size: Mapped[int | None] = mapped_column(sa.Integer())
    title: Mapped[str | None] = field(N_("Title"), required=True)
    document_type: Mapped[str | None] = field(N_("Document"), format="code", vocabulary="document_type")
    attached_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())


class AttachmentContent(Base):
    """The bytes of a file by the SHA-256 of the bytes, and a small picture of its first page."""

    __tablename__ = "attachment_content"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary())
    preview: Mapped[bytes | None] = mapped_column(sa.LargeBinary())
