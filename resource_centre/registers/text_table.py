# SPDX-License-Identifier: Apache-2.0
"""Read a text table (.csv, .tsv, .txt): which letters and which separator it uses is found out, not asked."""

from __future__ import annotations

import csv
import io
from typing import Final

from resource_centre.registers.refusals import FileRefused
from resource_centre.registers.sheet import Cell, Sheet

SEPARATORS: Final = ",;\t|"
MOST_BYTES: Final = 64 * 1024 * 1024


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else the letters of Windows in western offices."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise FileRefused("not_text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator_of(text: str) -> str:
    """The separator that cuts the most of the first lines into the same number of cells, more than one."""
    first, _, _ = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[-1]
    sample = text[:20_000].splitlines()[:60]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = [len(row) for row in csv.reader(sample, delimiter=separator) if row]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = wide.count(usual) * (1 + usual / 100)
        if score > best_score:
            best, best_score = separator, score
    return best


def read_text_table(data: bytes, name: str) -> list[Sheet]:
    """One sheet with the cells as text; a cell beginning with = stays the text it is."""
    if len(data) > MOST_BYTES:
        raise FileRefused("too_large")
    text = decode(data)
    separator = separator_of(text)
    sheet = Sheet(name=name)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            line: list[Cell] = [cell if cell.strip() else None for cell in row]
            if any(cell is not None for cell in line) and not (number == 1 and text[:4].lower() == "sep="):
                sheet.lines[number] = line
    except csv.Error as reason:
        raise FileRefused("not_text") from reason
    return [sheet]
