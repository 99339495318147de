# SPDX-License-Identifier: Apache-2.0
"""Open a table file by what it is, not by what it is called, or say in words why it cannot be read."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from resource_centre.pause import collector_paused
from resource_centre.registers.refusals import FileRefused, file_missing, file_unreadable
from resource_centre.registers.sheet import Sheet
from resource_centre.registers.text_table import read_text_table
from resource_centre.registers.workbook import read_workbook

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
TEXT_ENDINGS: Final = {".csv", ".tsv", ".txt", ".tab"}
BOOK_ENDINGS: Final = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx"}
MOST_FILE_BYTES: Final = 128 * 1024 * 1024


@dataclass(frozen=True)
class Book:
    """A table file that was read: its sheets and the fingerprint of its bytes (SHA-256, hex)."""

    name: str
    sheets: list[Sheet]
    fingerprint: str


def read_book(path: Path) -> Book:
    """Read a register file whole; raises FileRefused or EnvironmentFailed, each with a sentence for a person."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise file_unreadable()
        if size > MOST_FILE_BYTES:
            raise FileRefused("too_large")
        data = path.read_bytes()
    except FileNotFoundError as reason:
        raise file_missing() from reason
    except OSError as reason:
        raise file_unreadable() from reason
    with collector_paused():
        sheets = _sheets(data, path)
    for sheet in sheets:
        sheet.fill_merges_down()
    return Book(name=path.name, sheets=sheets, fingerprint=hashlib.sha256(data).hexdigest())


def _sheets(data: bytes, path: Path) -> list[Sheet]:
    if not data.strip(b"\0 \r\n\t"):
        raise FileRefused("empty_file")
    if data.startswith(ZIP):
        return read_workbook(io.BytesIO(data))
    if data.startswith(OLE):
        raise FileRefused("encrypted" if ENCRYPTED in data else "old_excel")
    start = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table")) or b"mso-application" in start:
        raise FileRefused("html")
    ending = path.suffix.lower()
    if ending in TEXT_ENDINGS:
        return read_text_table(data, path.stem)
    raise FileRefused("not_a_workbook" if ending in BOOK_ENDINGS else "unknown_ending")
