# SPDX-License-Identifier: Apache-2.0
"""The sheets of an XLSForm as rows of text, whatever kind of file they come in; limits first.

Cells are read as pyxform reads them (formulas by their last value, merged cells where they begin, hidden sheets like
any other). Where pyxform stops reading without a word, a warning names the place; a cell it would lose is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from resource_centre.questionnaires.limits import MEGABYTE, limit
from resource_centre.questionnaires.refusals import FormProblem, FormRefused, problem, refuse
from resource_centre.questionnaires.sources import content_of

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets a form is made of; any other is the designer's own."""

MOST_ROW: Final = 1_048_576
"""Rows a sheet of any spreadsheet program has."""

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

_BLANKS = re.compile(" +")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Line = Sequence[str]
"""The cells of one row from the left; `""` for an empty one."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its headings, and its rows by heading with filled cells only. `rows[0]` is row 2 of the sheet."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Workbook:
    """The sheets of a form by name; `names` are those of all sheets as they are written in the file."""

    sheets: Mapping[str, Sheet]
    names: tuple[str, ...]
    name: str = ""
    warnings: tuple[FormProblem, ...] = ()

    def stored(self) -> dict[str, tuple[dict[str, str], ...]]:
        """The rows as a Form keeps them: each row with every column; a sheet of headings alone has one empty row."""
        return {
            name: tuple({column: row.get(column, "") for column in sheet.columns} for row in sheet.rows or ({},))
            for name, sheet in self.sheets.items()
            if sheet.columns
        }


@dataclass
class Reading:
    """What is collected while the sheets of one file are read."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    problems: list[FormProblem] = field(default_factory=list)
    warnings: list[FormProblem] = field(default_factory=list)
    cells: int = 0
    passed: int = 0

    def wants(self, name: str, *, alone: bool) -> str:
        """Under which name a sheet is read, `""` for not at all; a form may be one sheet of any name."""
        self.names.append(name)
        lower = name.strip().lower()
        return lower if lower in SHEETS else "survey" if alone else ""

    def take(self, name: str, lines: Iterable[Line]) -> None:
        """Keep one sheet."""
        if name in self.sheets:
            raise FormRefused("sheet_twice", sheet=name)
        kept = _within_limits(self, name, lines)
        if not kept:
            self.sheets[name] = Sheet((), ())
            return
        columns = _columns(self, name, kept[0])
        rows = [_row(self, name, number, line, columns) for number, line in enumerate(kept[1:], start=2)]
        while rows and not rows[-1]:
            rows.pop()
        self.sheets[name] = Sheet(tuple(column for column in columns if column), tuple(rows))

    def pass_by(self, cells: int) -> None:
        """Count cells, empty ones too: a sheet may be nothing but millions of them."""
        self.passed += cells
        if self.passed > limit("passed_cells"):
            raise FormRefused("too_large")


def read_sheets(source: Path | bytes | str, *, name: str = "") -> Workbook:
    """The sheets of a form from a file, from the bytes of one, or from text (markdown tables or CSV).

    Raises FormRefused for what is no form or too large, EnvironmentFailed for a file that cannot be read.
    """
    data, called, ending = _bytes(source, name)
    reading = Reading()
    if data.startswith(ZIP):
        from resource_centre.questionnaires.sheet_files import read_xlsx

        read_xlsx(data, reading)
    elif data.startswith(OLE):
        from resource_centre.questionnaires.sheet_files import read_xls

        if ENCRYPTED in data:
            raise FormRefused("encrypted")
        read_xls(data, reading)
    else:
        from resource_centre.questionnaires.sheet_texts import read_text

        read_text(data, ending, reading)
    refuse(reading.problems)
    if not any(sheet.columns for sheet in reading.sheets.values()):
        raise FormRefused("no_survey")
    return Workbook(reading.sheets, tuple(reading.names), called, tuple(reading.warnings))


def cell(value: str) -> str:
    """A cell's text without the blanks around it; blanks that do not break a line, and breaks, become ordinary ones."""
    return value.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n").strip()


def _bytes(source: Path | bytes | str, name: str) -> tuple[bytes, str, str]:
    most = limit("file_megabytes") * MEGABYTE
    ending = ""
    if isinstance(source, Path):
        name, ending = name or source.stem, source.suffix.lower()
    content = source.encode("utf-8", "replace") if isinstance(source, str) else source
    data = content_of(content, most=most, too_large=FormRefused("too_large"))
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise FormRefused("empty_file")
    return data, name, ending


def _within_limits(reading: Reading, name: str, lines: Iterable[Line]) -> list[Line]:
    """The rows up to the last filled one that pyxform sees: it stops at a long gap, and what comes then is named."""
    kept: list[Line] = []
    filled = empty = 0
    gap = limit("empty_rows")
    for number, line in enumerate(lines, start=1):
        if number > MOST_ROW:
            raise FormRefused("damaged_workbook")
        cells = sum(1 for text in line if text) if line else 0
        if not cells:
            empty += 1
            if empty <= gap:
                kept.append(line)
            continue
        if empty > gap:
            reading.warnings.append(problem("after_empty_rows", sheet=name, row=number, n=empty))
            break
        empty = 0
        filled += 1
        kept.append(line)
        reading.cells += cells
        _count(name, filled, cells, reading.cells)
    return kept


def _count(name: str, rows: int, columns: int, cells: int) -> None:
    for code, which, count in (
        ("too_many_rows", "rows", rows),
        ("too_many_columns", "columns", columns),
        ("too_many_cells", "cells", cells),
    ):
        if count > limit(which):
            raise _too_many(code, which, name)


def _too_many(code: str, which: str, sheet: str) -> FormRefused:
    return FormRefused("form", (problem(code, sheet=sheet, most=limit(which)),))


def _columns(reading: Reading, name: str, line: Line) -> list[str]:
    """The headings that pyxform sees: it stops at a wide gap, and what comes then is named."""
    found: list[str] = []
    empty = 0
    for text in line:
        heading = _BLANKS.sub(" ", text.strip())
        if heading and empty > limit("empty_columns"):
            reading.warnings.append(problem("after_empty_columns", sheet=name, row=1, column=heading[:40], n=empty))
            break
        if heading and heading in found:
            reading.problems.append(problem("duplicate_column", sheet=name, row=1, column=heading[:40]))
        empty = 0 if heading else empty + 1
        found.append(heading)
    return found


def _row(reading: Reading, sheet: str, number: int, line: Line, columns: Sequence[str]) -> dict[str, str]:
    row: dict[str, str] = {}
    loose = 0
    for place, text in enumerate(line):
        heading = columns[place] if place < len(columns) else ""
        if not text:
            continue
        if not heading:
            loose += 1
            continue
        row[heading] = text
        if len(text) > limit("cell_characters"):
            reading.problems.append(problem("cell_too_long", sheet=sheet, row=number, column=heading))
        elif _UNWRITABLE.search(text):
            reading.problems.append(problem("unwritable", sheet=sheet, row=number, column=heading))
    if loose:
        reading.warnings.append(problem("no_heading", sheet=sheet, row=number))
    return row
