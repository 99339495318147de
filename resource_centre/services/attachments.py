# SPDX-License-Identifier: Apache-2.0
"""Photos, scans and PDFs of a person: what a file is is read from the file, and it stays inside the encrypted one."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.pdf_files import read_pdf, refusal
from resource_centre.photo_files import read_photo
from resource_centre.problems import Problem
from resource_centre.records import Attachment, AttachmentContent, Person
from resource_centre.services.entries import change_entry
from resource_centre.services.rules import rule
from resource_centre.services.saving import existing, write_new

NEVER: Final = frozenset({"ProtectionConcern", "ExploitationScreening", "ProtectedResponse"})
"""Top-tier matters: a file about them would be read by more people than may read of them."""

MEGABYTE: Final = 1_000_000
PREVIEW_PIXELS: Final = 320
PHOTOS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
PDF: Final = b"%PDF-"
PDF_WITHIN: Final = 1024
"""Some scanners write a line of their own before a PDF begins."""

ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@dataclass(frozen=True)
class AttachedFile:
    """A file that may be kept, as it will be kept: bytes, media type and a small JPEG to know it by."""

    content: bytes
    media_type: str
    preview: bytes


@dataclass(frozen=True)
class AttachmentRow:
    """One attachment as lists show it; `size` in bytes, `preview` a small JPEG."""

    id: str
    title: str
    document_type: str | None
    attached_on: dt.date | None
    media_type: str
    size: int
    about: str | None
    about_id: str | None
    preview: bytes | None
    version: int


def read_file(content: bytes) -> AttachedFile:
    """What a file is, whatever its name says, made fit to be kept.

    Photos (JPEG, PNG, WebP, TIFF) are drawn anew, scaled down and without what the camera wrote beside the picture;
    PDFs are kept as they are when they open without a passphrase and hold pages only. Raises `Refused` (field
    ``file``) with the reason otherwise.
    """
    if not content:
        raise refusal("file_empty")
    if content[4:8] == b"ftyp":
        raise refusal("photo_heic" if content[8:12] in (b"heic", b"heix", b"mif1", b"heif") else "file_kind")
    if content.startswith(PHOTOS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        _refuse_larger(content, "attachment_photo_megabytes")
        photo = read_photo(content, PREVIEW_PIXELS)
        _refuse_larger(photo.content, "attachment_megabytes")
        return AttachedFile(photo.content, photo.media_type, photo.preview)
    if PDF in content[:PDF_WITHIN]:
        _refuse_larger(content, "attachment_megabytes")
        return AttachedFile(content, "application/pdf", read_pdf(content, PREVIEW_PIXELS).preview)
    raise refusal("file_kind")


def attach(
    session: Session,
    person_id: str,
    file: AttachedFile | bytes,
    *,
    title: str,
    document_type: str | None = None,
    about: str | None = None,
    about_id: str | None = None,
    on: dt.date | None = None,
) -> Attachment:
    """Keep a file with a person; `about` and `about_id` name the record it belongs to, such as ``Consent``.

    The same bytes are kept once, however often they are attached. Nothing is attached to top-tier matters.
    """
    if about in NEVER:
        raise Refused("check", (Problem("file", "special_protection"),))
    if not may_read(viewer_of(session).role, Attachment):
        raise Refused("not_allowed")
    existing(session, Person, person_id)
    kept = read_file(file) if isinstance(file, bytes) else file
    values = {
        "title": title, "document_type": document_type, "attached_on": on or today(),
        "person_id": person_id, "about": about, "about_id": about_id, "digest": keep_content(session, kept),
        "media_type": kept.media_type, "size": len(kept.content),
    }  # fmt: skip
    return write_new(session, Attachment, values, on=today())


def rename(
    session: Session, attachment_id: str, *, title: str, document_type: str | None, version: int | None = None
) -> Attachment:
    """Change what an attachment is called; the file itself stays."""
    values = {"title": title, "document_type": document_type}
    return change_entry(session, Attachment, attachment_id, values, version=version)


def attachments_of(
    session: Session, person_id: str, *, about: str | None = None, about_id: str | None = None
) -> list[AttachmentRow]:
    """The valid attachments of a person, newest first; those of one record when it is named."""
    columns: tuple[Any, ...] = (
        Attachment.id, Attachment.title, Attachment.document_type, Attachment.attached_on, Attachment.media_type,
        Attachment.size, Attachment.about, Attachment.about_id, AttachmentContent.preview, Attachment.version,
    )  # fmt: skip
    joined = select(*columns).outerjoin(AttachmentContent, AttachmentContent.digest == Attachment.digest)
    wanted = joined.where(Attachment.person_id == person_id, Attachment.voided.is_(False))
    if about is not None:
        wanted = wanted.where(Attachment.about == about, Attachment.about_id == about_id)
    ordered = wanted.order_by(Attachment.attached_on.desc(), Attachment.id.desc())
    return [AttachmentRow(*row) for row in session.execute(ordered)]


def content_of(session: Session, attachment_id: str) -> AttachedFile:
    """The whole file of an attachment. Raises `Refused` when it is not on this computer."""
    attachment = existing(session, Attachment, attachment_id)
    return kept_content(session, attachment.digest, attachment.media_type)


def keep_content(session: Session, file: AttachedFile) -> str:
    """Keep the bytes of a file once, whoever attaches them; returns the digest by which they are found again."""
    digest = hashlib.sha256(file.content).hexdigest()
    known = session.scalar(select(AttachmentContent.digest).where(AttachmentContent.digest == digest))
    if known is None:
        session.add(AttachmentContent(digest=digest, content=file.content, preview=file.preview))
        session.flush()
    return digest


def kept_content(session: Session, digest: str | None, media_type: str | None) -> AttachedFile:
    """The file of a digest. Raises `Refused` when it is not on this computer."""
    found = session.get(AttachmentContent, digest) if digest else None
    if found is None:
        raise Refused("not_found")
    return AttachedFile(found.content, media_type or "", found.preview or b"")


def _refuse_larger(content: bytes, name: str) -> None:
    if len(content) > rule(name) * MEGABYTE:
        raise refusal("file_too_big")
