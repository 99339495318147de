# SPDX-License-Identifier: Apache-2.0
"""A report as one long table, a line for each figure: for statistics programs and for adding months together.

UTF-8 with a byte order mark, by which Excel sees that it is UTF-8; commas between fields, points before decimals, the
same names of columns in every language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from reports.data.endings import hold_back
from reports.data.figures import Figure, days_of_periods, figures
from reports.tables.model import Report
from resource_centre.values.text import neutralise, tidy

COLUMNS: Final = (
    "table", "title", "row", "words", "kind", "column", "group", "heading", "period", "first", "last", "unit", "value",
    "hidden", "of",
)  # fmt: skip
"""`of` says of how many a mean was made, `hidden` what stands instead of a figure that is left out."""
LONGEST_TEXT: Final = 32_767
"""Characters that a cell of a spreadsheet holds; more would be cut off without a word."""
_MARK = "\ufeff"


def content(report: Report) -> bytes:
    """The file. Raises `NotWritten` (text_too_long)."""
    days = days_of_periods(report)
    lines = (_line(figure, *days.get(figure.period, days["month"])) for figure in figures(report))
    return (_MARK + table_text([COLUMNS, *lines])).encode()


def values_of(report: Report) -> list[str]:
    """The figures as they must stand in the file, in reading order."""
    return [_value(figure) + figure.hidden for figure in figures(report)]


def values_in(written: bytes) -> list[str]:
    """The figures as they stand in a file."""
    lines = csv.DictReader(StringIO(written.decode().removeprefix(_MARK), newline=""))
    return [line["value"] + line["hidden"] for line in lines]


def table_text(lines: Iterable[Sequence[str]]) -> str:
    """Lines as text with commas, ended as spreadsheets like them."""
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(lines)
    return file.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula or cuts off. Raises `NotWritten` (text_too_long)."""
    return hold_back(neutralise(tidy(text)), LONGEST_TEXT)


def _line(figure: Figure, first: str, last: str) -> list[str]:
    table, row, column, cell = figure.table, figure.row, figure.column, figure.cell
    words = (table.key, table.title, row.key, figure.words, row.kind, column.key, column.group, column.heading)
    of = "" if figure.pairs is None else str(figure.pairs)
    told = (figure.period, first, last, cell.unit, _value(figure), figure.hidden, of)
    return [*map(harmless, words), *told]


def _value(figure: Figure) -> str:
    return "" if figure.value is None else str(figure.value)
