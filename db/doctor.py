# SPDX-License-Identifier: Apache-2.0
"""Is this centre whole? Pages, references, the log against the tables, the search against the people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db import backup, faults, migrate
from db.centre import Centre
from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import N_, _
from resource_centre.log import doctor as log_doctor
from resource_centre.records import Attachment, AttachmentContent, PracticeFile

_MOST_FINDINGS = 50
_ENOUGH = 16
_NAMING_FILES: tuple[type[Attachment | PracticeFile], ...] = (Attachment, PracticeFile)
"""The records that name a file by its fingerprint."""
_ONLY_TOLD = frozenset({"unused"})
"""What is told of and is no damage: nothing is deleted."""


@dataclass(frozen=True)
class Result:
    """One thing looked at: what, whether it is well, and which records are not (ids, never names)."""

    code: str
    label: str
    well: bool
    findings: tuple[str, ...] = ()

    def words(self) -> str:
        """The line a person reads, in the active language."""
        state = _("in order") if self.well else _("NOT in order")
        return f"{_(self.label)}: {state}"


Look = Callable[[sa.Connection], Iterator[str]]


def examine(centre: Centre) -> Iterator[Result]:
    """Look at everything, one result after the other; nothing is changed. Takes some seconds per 100,000 records."""
    looks: dict[str, tuple[str, Look]] = {
        "pages": (N_("The file, page by page"), _pages),
        "references": (N_("References between tables"), _references),
        "log": (N_("Records against the change log"), _log),
        "search": (N_("Search index against the records"), _search),
        "attachments": (N_("Attached files against their fingerprints"), _attachments),
        "unused": (N_("Files of attachments that were taken back"), _unused),
    }
    for code, (label, look) in looks.items():
        findings = _look(centre.engine, look)
        yield Result(code, label, not findings or code in _ONLY_TOLD, findings)


def _look(engine: sa.Engine, look: Look) -> tuple[str, ...]:
    """The first findings of one look. A file too damaged to be read is a finding, not the end."""
    found: list[str] = []
    try:
        with engine.connect() as connection:
            for finding in look(connection):
                found.append(finding)
                if len(found) >= _MOST_FINDINGS:
                    break
    except (EnvironmentFailed, sa.exc.DBAPIError) as error:
        found.append(faults.in_words(error).code)
    return tuple(found)


def _pages(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        backup.check_pages(connection)
    yield from ()


def _references(connection: sa.Connection) -> Iterator[str]:
    migrate.check_references(connection)
    yield from ()


def _log(connection: sa.Connection) -> Iterator[str]:
    for finding in log_doctor.examine(connection):
        yield f"{finding.tbl} {finding.row_id}: {', '.join(finding.fields)}"


def _search(connection: sa.Connection) -> Iterator[str]:
    on_sqlite = connection.dialect.name == "sqlite"
    for line in connection.exec_driver_sql(_SQLITE_STRAYS if on_sqlite else _POSTGRES_STRAYS):
        yield f"person {line[0]}"
    if on_sqlite:
        with connection.begin_nested():
            connection.exec_driver_sql("INSERT INTO person_search(person_search, rank) VALUES ('integrity-check', 1)")


def _attachments(connection: sa.Connection) -> Iterator[str]:
    """Attachments whose file is not there or is not what was attached, one file in memory at a time."""
    by_digest: dict[str, list[str]] = {}
    for record in _NAMING_FILES:
        for row_id, digest in connection.execute(_valid(record, record.id, record.digest)):
            by_digest.setdefault(digest or "", []).append(f"{record.__tablename__} {row_id}")
    whole = set()
    for digest in connection.scalars(sa.select(AttachmentContent.digest)).all():
        content = connection.scalar(sa.select(AttachmentContent.content).where(AttachmentContent.digest == digest))
        if content is not None and hashlib.sha256(content).hexdigest() == digest:
            whole.add(digest)
    for digest, attachments in by_digest.items():
        if digest not in whole:
            yield from sorted(attachments)


def _unused(connection: sa.Connection) -> Iterator[str]:
    """Files that nothing valid names, neither an attachment nor a good practice, by how their fingerprint begins."""
    wanted = sa.select(AttachmentContent.digest).order_by(AttachmentContent.digest)
    for record in _NAMING_FILES:
        used = _valid(record, record.digest).where(record.digest == AttachmentContent.digest)
        wanted = wanted.where(~used.exists())
    for digest in connection.scalars(wanted):
        yield f"attachment_content {digest[:_ENOUGH]}"


def _valid(record: type[Attachment | PracticeFile], *columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).where(record.voided.is_(sa.false()))


_SQLITE_STRAYS = """
    SELECT id FROM person WHERE NOT voided AND id NOT IN (SELECT person_id FROM person_search_row)
    UNION ALL
    SELECT person_id FROM person_search_row WHERE person_id NOT IN (SELECT id FROM person WHERE NOT voided)
"""
_POSTGRES_STRAYS = """
    SELECT coalesce(p.id, s.person_id)
    FROM (SELECT * FROM person WHERE NOT voided) AS p FULL JOIN person_search AS s ON s.person_id = p.id
    WHERE p.id IS NULL OR s.person_id IS NULL
        OR s.words <> person_search_words(p.full_name, p.alias, p.name_key, p.number, p.safe_phone)
"""
