# SPDX-License-Identifier: Apache-2.0
"""A report as a workbook a person wants to open: contents, a sheet for each table, texts, charts, definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.core import DocumentProperties

from reports.data.endings import NotWritten
from reports.data.figures import Figure, figures
from reports.data.workbook_charts import add_charts
from reports.data.workbook_front import add_definitions, add_front, add_texts, places_of_terms
from reports.data.workbook_tables import TablePlace, Ways, add_table, text, typed
from reports.kit.pages import PROGRAM
from reports.tables.model import Report, Section, Table
from resource_centre.i18n import _
from resource_centre.values.text import tidy

MOST_ROWS: Final = 1_048_576
"""Rows of a sheet; more would be cut off without a word."""
_ROOM: Final = 200
"""Rows kept for what stands above and below a table."""
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME: Final = 31


@dataclass(frozen=True)
class _Sheet:
    """A table, the part of the report it belongs to, and the name of its sheet."""

    section: Section
    table: Table
    name: str


def content(report: Report) -> bytes:
    """The file. Raises `NotWritten` (text_too_long, table_too_long)."""
    if any(len(table.rows) + _ROOM > MOST_ROWS for table in report.tables()):
        raise NotWritten("table_too_long")
    workbook = Workbook()
    _name_nobody(workbook, report)
    front: Any = workbook.active
    names = _Names()
    front.title = names.free(_("Contents"))
    sheets = [_Sheet(section, table, names.free(_named(table))) for section, table in _tables(report)]
    meanings = names.free(_("Definitions"))
    ways = Ways(front.title, places_of_terms(meanings, report))
    places = [add_table(workbook, one.name, one.section, one.table, report, ways) for one in sheets]
    others = [
        add_texts(workbook, names.free(_("Texts")), report, front.title),
        add_charts(workbook, names.free(_("Charts")), report, front.title),
        add_definitions(workbook, meanings, report, front.title),
    ]
    add_front(front, report, places, [name for name in others if name])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def values_of(report: Report) -> list[Any]:
    """The figures as they must stand in the file, in reading order."""
    return [typed(figure) for figure in figures(report)]


def values_in(written: bytes) -> list[Any]:
    """The figures as they stand in a file: what its sheets hold where their tables say they are."""
    workbook = load_workbook(BytesIO(written), read_only=True)
    found = []
    for sheet in workbook.worksheets:
        area = sheet.defined_names.get(TablePlace.FIGURES)
        if area is not None:
            found += [
                value for row in sheet[area.attr_text.rpartition("!")[2].replace("$", "")] for value in _told(row)
            ]
    workbook.close()
    return found


def _told(row: Any) -> Iterator[Any]:
    return (cell.value for cell in row if cell.value is not None)


def _tables(report: Report) -> Iterator[tuple[Section, Table]]:
    for section in report.sections:
        for table in section.tables:
            yield section, table


def _named(table: Table) -> str:
    return f"{table.number} {table.title}".strip()


class _Names:
    """Names of sheets: at most 31 characters without some signs, and no two alike in small letters."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}  # Excel keeps this one for itself

    def free(self, wanted: str) -> str:
        """The name, or the name with a number behind it where it is taken."""
        plain = " ".join(tidy(wanted).translate(_NOT_IN_NAMES).split()) or "-"
        name, count = plain[:_LONGEST_NAME].strip(), 1
        while name.lower() in self._taken:
            count += 1
            name = f"{plain[: _LONGEST_NAME - len(str(count)) - 1].strip()} {count}"
        self._taken.add(name.lower())
        return name


def _name_nobody(workbook: Workbook, report: Report) -> None:
    workbook.properties = DocumentProperties(
        creator=PROGRAM, lastModifiedBy=PROGRAM, title=text(report.facts.title), language=report.facts.language
    )


__all__ = ["Figure", "content", "values_in", "values_of"]
