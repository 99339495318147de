# SPDX-License-Identifier: Apache-2.0
"""The shelf of good practices: what was done elsewhere or here, what came of it, and what one needs to do it again.

Found by any of their words, folded, so that accents and capitals do not matter; by tag; and by country. Their files are
kept like attachments: known by what they are, once, inside the encrypted file. Nothing on the shelf is about a client.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.records import Attachment, AttachmentContent, Practice, PracticeFile
from resource_centre.services.attachments import AttachedFile, AttachmentRow, keep_content, kept_content, read_file
from resource_centre.services.saving import Reasons, existing, write_changes, write_new
from resource_centre.values.names import plain
from resource_centre.values.text import tidy
from resource_centre.vocabulary import vocabulary

Values = Mapping[str, Any]

TAGS: Final = "practice_tag"


@dataclass(frozen=True)
class PracticeRow:
    """One practice of the list; `files` is how many it has."""

    id: str
    title: str
    tags: tuple[str, ...]
    own_tags: tuple[str, ...]
    country: str | None
    institution: str
    noted_on: dt.date | None
    files: int


@dataclass(frozen=True)
class TagCount:
    """A tag and on how many practices it stands. `code` is empty for a tag of the centre's own words."""

    code: str
    words: str
    count: int


def write_practice(session: Session, values: Values, unanswered: Reasons | None = None) -> Practice:
    """Put a practice on the shelf. Raises `Refused` with the problems by field."""
    return write_new(session, Practice, _tidied({"noted_on": today()} | dict(values)), unanswered, on=today())


def change_practice(
    session: Session,
    practice_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Practice:
    """Change what is written of a practice."""
    practice = existing(session, Practice, practice_id)
    return write_changes(session, practice, _tidied(values), unanswered, on=today(), version=version)


def take_off_the_shelf(session: Session, practice_id: str, reason: str) -> None:
    """Mark a practice and its files as not valid; the trail keeps them."""
    practice = existing(session, Practice, practice_id)
    for file in session.scalars(select(PracticeFile).where(*_files_of(practice_id))).all():
        void(session, file, reason)
    void(session, practice, reason)


def practices_list(
    session: Session,
    words: str = "",
    *,
    tag: str | None = None,
    country: str | None = None,
    limit: int = 500,
) -> list[PracticeRow]:
    """The practices in which every one of these words is found, the newest first.

    A word is found in the texts or in the words of a tag, in either language. `tag` is a code of `practice_tag` or
    a tag in the centre's own words.
    """
    wanted = select(*_columns()).where(
        Practice.voided.is_(False), *(_found(word) for word in plain(tidy(words)).split())
    )
    if tag:
        wanted = wanted.where(_tagged(tag))
    if country:
        wanted = wanted.where(Practice.country == country)
    rows = session.execute(wanted.order_by(Practice.noted_on.desc(), Practice.id.desc()).limit(limit))
    return [_row(*row) for row in rows]


def tags_in_use(session: Session) -> list[TagCount]:
    """The tags on the shelf: those of the code list in its order, then the centre's own by name."""
    known, own, spelt = Counter[str](), Counter[str](), dict[str, str]()
    for codes, written in session.execute(select(Practice.tags, Practice.own_tags).where(Practice.voided.is_(False))):
        known.update(codes or ())
        for tag in own_tags_of(written):
            spelt.setdefault(plain(tag), tag)
            own[plain(tag)] += 1
    listed = vocabulary(TAGS)
    shipped = [TagCount(code, listed.label(code), known[code]) for code in listed.codes if known[code]]
    return shipped + [TagCount("", spelt[folded], own[folded]) for folded in sorted(own)]


def countries_in_use(session: Session) -> list[str]:
    """The countries on the shelf, by code."""
    wanted = select(Practice.country).where(Practice.voided.is_(False), Practice.country.is_not(None)).distinct()
    return sorted(code for code in session.scalars(wanted) if code)


def own_tags_of(text: str | None) -> tuple[str, ...]:
    """The tags written with commas between them, each once however it is spelt."""
    found: dict[str, str] = {}
    for part in (text or "").replace("#", " ").split(","):
        tag = " ".join(part.split())
        if tag:
            found.setdefault(plain(tag), tag)
    return tuple(found.values())


def attach_file(
    session: Session, practice_id: str, file: AttachedFile | bytes, *, title: str, on: dt.date | None = None
) -> PracticeFile:
    """Keep a file with a practice. What is no photo and no PDF is refused as for any attachment (field ``file``)."""
    if not may_attach(session):
        raise Refused("not_allowed")
    existing(session, Practice, practice_id)
    kept = read_file(file) if isinstance(file, bytes) else file
    values = {
        "practice_id": practice_id, "title": title, "attached_on": on or today(),
        "digest": keep_content(session, kept), "media_type": kept.media_type, "size": len(kept.content),
    }  # fmt: skip
    return write_new(session, PracticeFile, values, on=today())


def rename_file(session: Session, file_id: str, title: str, *, version: int | None = None) -> PracticeFile:
    """Change what a file is called; the file itself stays."""
    return write_changes(
        session, existing(session, PracticeFile, file_id), {"title": title}, on=today(), version=version
    )


def remove_file(session: Session, file_id: str, reason: str) -> None:
    """Take a file away from its practice; the trail keeps it."""
    void(session, existing(session, PracticeFile, file_id), reason)


def files_of(session: Session, practice_id: str) -> list[AttachmentRow]:
    """The valid files of a practice, newest first."""
    one = PracticeFile
    columns = (one.id, one.title, one.attached_on, one.media_type, one.size, AttachmentContent.preview, one.version)
    joined = select(*columns).outerjoin(AttachmentContent, AttachmentContent.digest == one.digest)
    ordered = joined.where(*_files_of(practice_id)).order_by(one.attached_on.desc(), one.id.desc())
    return [
        AttachmentRow(row_id, title or "", None, attached_on, media_type or "", size or 0, None, None, preview, version)
        for row_id, title, attached_on, media_type, size, preview, version in session.execute(ordered)
    ]


def content_of_file(session: Session, file_id: str) -> AttachedFile:
    """The whole file. Raises `Refused` when it is not on this computer."""
    file = existing(session, PracticeFile, file_id)
    return kept_content(session, file.digest, file.media_type)


def may_attach(session: Session) -> bool:
    """Whether this account adds files: whoever may not see every file cannot tell whether one is kept already."""
    return may_read(viewer_of(session).role, Attachment)


# Inside


def _tidied(values: Values) -> dict[str, Any]:
    made = dict(values)
    if isinstance(made.get("own_tags"), str):
        made["own_tags"] = ", ".join(own_tags_of(made["own_tags"])) or None
    return made


def _columns() -> tuple[Any, ...]:
    counted = (
        select(func.count())
        .select_from(PracticeFile)
        .where(PracticeFile.practice_id == Practice.id, PracticeFile.voided.is_(False))
        .scalar_subquery()
    )
    return (
        Practice.id, Practice.title, Practice.tags, Practice.own_tags, Practice.country, Practice.institution,
        Practice.noted_on, counted,
    )  # fmt: skip


def _row(
    row_id: str, title: str | None, tags: list[str] | None, own_tags: str | None, country: str | None,
    institution: str | None, noted_on: dt.date | None, files: int,
) -> PracticeRow:  # fmt: skip
    return PracticeRow(
        row_id, title or "", tuple(tags or ()), own_tags_of(own_tags), country, institution or "", noted_on, files
    )


def _found(word: str) -> ColumnElement[bool]:
    """A word within the texts, or within what a tag is called in either language."""
    called = [term.code for term in vocabulary(TAGS) if word in plain(term.label_id) or word in plain(term.label_en)]
    within = Practice.words.contains(word.strip("#"), autoescape=True)
    return or_(within, *(_tagged(code) for code in called))


def _tagged(tag: str) -> ColumnElement[bool]:
    return Practice.words.contains(f"#{plain(tag).strip()}#", autoescape=True)


def _files_of(practice_id: str) -> tuple[ColumnElement[bool], ...]:
    return PracticeFile.practice_id == practice_id, PracticeFile.voided.is_(False)
