# SPDX-License-Identifier: Apache-2.0
"""What a spreadsheet puts on the clipboard, read as lines of an attendance sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ui.pages.training_columns import (
    AGE,
    CLIENT_TYPE,
    COUNTRY,
    DAY,
    DISABILITY,
    NAME,
    ORGANISATION,
    PHONE,
    POST,
    PRE,
    SECTOR,
    SEX,
    VILLAGE,
)

MOST_PASTED = 2000
_HEADINGS = {
    NAME: ("nama", "name", "nama lengkap", "full name", "nama peserta", "participant"),
    SEX: ("l/p", "jk", "jenis kelamin", "sex", "m/f", "gender"),
    AGE: ("umur", "usia", "age"),
    CLIENT_TYPE: ("status", "jenis klien", "client type", "kategori"),
    VILLAGE: ("desa", "desa/kelurahan", "kelurahan", "village"),
    PRE: ("pre", "pre-test", "pretest", "tes awal", "pre test", "nilai awal"),
    POST: ("post", "post-test", "posttest", "tes akhir", "post test", "nilai akhir"),
    PHONE: ("hp", "no hp", "no. hp", "telepon", "telp", "telephone", "phone", "wa"),
    DISABILITY: ("disabilitas", "difabel", "disability"),
    ORGANISATION: ("lembaga", "instansi", "institusi", "institution", "organisation", "organization"),
    SECTOR: ("sektor", "sector"),
    COUNTRY: ("negara", "country"),
}
_DAY_HEADING = re.compile(r"(?:hari|day|h)\s*(?:ke-?)?\s*(\d{1,2})|hadir|kehadiran|attendance", re.IGNORECASE)


def read_pasted(text: str) -> list[list[str]]:
    """The cells of what a spreadsheet puts on the clipboard, blank lines left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_PASTED]
    cells = [[cell.strip().strip('"') for cell in line.split("\t")] for line in lines]
    return [line for line in cells if any(line)]


def headings_of(line: Sequence[str], dates: Sequence[date]) -> list[str | None] | None:
    """Which column each heading names, None when the line is not a line of headings; days by number or by date."""
    found: list[str | None] = []
    next_day, days = 0, max(1, len(dates))
    for cell in line:
        column = next((name for name, words in _HEADINGS.items() if cell.casefold().strip(". ") in words), None)
        number = _day_of_heading(cell.strip(), dates, next_day) if column is None else None
        if number is not None:
            column = f"{DAY}{number}" if 0 <= number < days else None
            next_day = number + 1
        found.append(column)
    return found if NAME in found else None


def _day_of_heading(cell: str, dates: Sequence[date], next_day: int) -> int | None:
    """The number of the day that a heading names, counted from nought."""
    day = _DAY_HEADING.fullmatch(cell)
    if day is not None:
        return int(day[1]) - 1 if day[1] else next_day
    from ui.kit.typed_dates import read_typed_day

    named = read_typed_day(cell, "either", dates[0]) if dates and any(letter.isdigit() for letter in cell) else None
    return dates.index(named) if named in dates else None
