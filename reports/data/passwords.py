# SPDX-License-Identifier: Apache-2.0
"""Files that leave the centre, encrypted with a password (decision 27): nothing readable ever touches the disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reports.data.endings import NotWritten
from resource_centre.services.rules import rule


def check_password(password: str) -> None:
    """Raises `NotWritten` with what is wrong with a password: short, long, too plain, or with signs that programs read
    differently."""
    least, most = int(rule("file_password_least")), int(rule("file_password_most"))
    if len(password.strip()) < least:
        raise NotWritten("password_short", least=least)
    if len(password) > most:
        raise NotWritten("password_long", most=most)
    if not (password.isascii() and password.isprintable()):
        raise NotWritten("password_signs")
    if len(set(password.lower())) < int(rule("file_password_signs")):
        raise NotWritten("password_plain")


def protected(content: bytes, ending: str, name: str, password: str) -> bytes:
    """The content encrypted in its own way (.pdf, .xlsx), or as an archive that holds a file of this name."""
    if ending == ".pdf":
        return _pdf(content, password)
    return _workbook(content, password) if ending == ".xlsx" else _archive(content, name, password)


def _pdf(content: bytes, password: str) -> bytes:
    """AES-256 as in PDF 2.0 (revision 6). Whoever opens it may do everything with it: there is one password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    return _written(writer.write)


def _workbook(content: bytes, password: str) -> bytes:
    """Agile encryption of [MS-OFFCRYPTO]: AES-256, SHA-512, 100,000 rounds."""
    from msoffcrypto.format.ooxml import OOXMLFile

    return _written(lambda file: OOXMLFile(BytesIO(content)).encrypt(password, file))


def _archive(content: bytes, name: str, password: str) -> bytes:
    """A zip with AES-256 as 7-Zip and WinZip read it."""
    from pyzipper import WZ_AES, ZIP_DEFLATED, AESZipFile

    def write(file: BytesIO) -> None:
        with AESZipFile(file, "w", compression=ZIP_DEFLATED, encryption=WZ_AES) as archive:
            archive.setpassword(password.encode("ascii"))
            archive.writestr(name, content)

    return _written(write)


def _written(write: Any) -> bytes:
    file = BytesIO()
    write(file)
    return file.getvalue()
