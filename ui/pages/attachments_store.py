# SPDX-License-Identifier: Apache-2.0
"""Whose files a panel shows, and what it asks of the database for them, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.attachments import AttachedFile, AttachmentRow


class FilesOf:
    """Whose files; equal to another of the same owner."""

    noun: ClassVar[str] = ""
    """What changes when one is added."""
    asked: ClassVar[tuple[str, ...]] = ("title",)
    """What is asked of a new one, by the names of `Attachment`."""

    def rows(self, session: Session) -> list[AttachmentRow]:
        """The files there are, newest first."""
        raise NotImplementedError

    def attach(self, session: Session, file: AttachedFile, values: dict[str, Any]) -> str:
        """Keep a file; its id."""
        raise NotImplementedError

    def rename(self, session: Session, one: AttachmentRow, values: dict[str, Any]) -> str:
        """Change what a file is called."""
        raise NotImplementedError

    def take_back(self, session: Session, file_id: str, reason: str) -> str:
        """Mark a file as not valid."""
        raise NotImplementedError

    def content(self, session: Session, file_id: str) -> AttachedFile:
        """The whole file."""
        raise NotImplementedError


@dataclass(frozen=True)
class OfAPerson(FilesOf):
    """The files of a person, or those of one record of theirs."""

    person_id: str
    about: str | None = None
    about_id: str | None = None

    noun: ClassVar[str] = "Attachment"
    asked: ClassVar[tuple[str, ...]] = ("title", "document_type")

    def rows(self, session: Session) -> list[AttachmentRow]:
        """Those of the person or the record."""
        from resource_centre.services.attachments import attachments_of

        return attachments_of(session, self.person_id, about=self.about, about_id=self.about_id)

    def attach(self, session: Session, file: AttachedFile, values: dict[str, Any]) -> str:
        """Keep a file with the person."""
        from resource_centre.services.attachments import attach

        return attach(session, self.person_id, file, **values, about=self.about, about_id=self.about_id).id

    def rename(self, session: Session, one: AttachmentRow, values: dict[str, Any]) -> str:
        """Change title and kind of document."""
        from resource_centre.services.attachments import rename

        return rename(session, one.id, **values, version=one.version).id

    def take_back(self, session: Session, file_id: str, reason: str) -> str:
        """The trail keeps it."""
        from resource_centre.records import Attachment
        from resource_centre.services.entries import take_back

        take_back(session, Attachment, file_id, reason)
        return file_id

    def content(self, session: Session, file_id: str) -> AttachedFile:
        """Read from the encrypted file."""
        from resource_centre.services.attachments import content_of

        return content_of(session, file_id)


@dataclass(frozen=True)
class OfAPractice(FilesOf):
    """The files of a good practice."""

    practice_id: str

    noun: ClassVar[str] = "PracticeFile"

    def rows(self, session: Session) -> list[AttachmentRow]:
        """Those of the practice."""
        from resource_centre.services.practices import files_of

        return files_of(session, self.practice_id)

    def attach(self, session: Session, file: AttachedFile, values: dict[str, Any]) -> str:
        """Keep a file with the practice."""
        from resource_centre.services.practices import attach_file

        return attach_file(session, self.practice_id, file, title=values["title"]).id

    def rename(self, session: Session, one: AttachmentRow, values: dict[str, Any]) -> str:
        """Change the title."""
        from resource_centre.services.practices import rename_file

        return rename_file(session, one.id, values["title"], version=one.version).id

    def take_back(self, session: Session, file_id: str, reason: str) -> str:
        """The trail keeps it."""
        from resource_centre.services.practices import remove_file

        remove_file(session, file_id, reason)
        return file_id

    def content(self, session: Session, file_id: str) -> AttachedFile:
        """Read from the encrypted file."""
        from resource_centre.services.practices import content_of_file

        return content_of_file(session, file_id)
