# SPDX-License-Identifier: Apache-2.0
"""Write a form again as an XLSForm, for Kobo and for whoever changes it: a workbook, or tables in markdown.

Both come from the rows the form was read from, so that nothing of its design is lost. Where the form itself gives no
form_id it is called like the file, so a file is best called by `form.name`. Files that came with it stay files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.refusals import FormRefused

COLUMNS: Final = (
    "list_name", "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant",
    "appearance", "constraint", "constraint_message", "calculation", "choice_filter", "default", "read_only",
    "repeat_count", "parameters", "trigger", "form_title", "form_id", "version", "default_language",
)  # fmt: skip
"""The usual order of the columns of an XLSForm."""


def workbook_of(form: Form) -> bytes:
    """The form as an .xlsx file, every cell as text. Raises FormRefused when it has no sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, lines in _sheets(form):
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append([text_cell(sheet, text) for text in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_markdown(form: Form) -> str:
    """The form as text. A line cannot be broken inside a cell, so there a blank stands for it; empty rows go."""
    lines: list[str] = []
    for name, rows in _sheets(form):
        lines.append(f"| {name} |")
        lines += [f"| | {' | '.join(_piece(text) for text in row)} |" for row in rows if any(row)]
        lines.append("")
    return "\n".join(lines)


def _sheets(form: Form) -> Iterator[tuple[str, Iterator[Sequence[str]]]]:
    """Each sheet with its headings and rows."""
    if not form.sheets:
        raise FormRefused("no_sheets")
    for name, rows in form.sheets.items():
        yield name, _lines(rows)


def _lines(rows: Sequence[Mapping[str, str]]) -> Iterator[Sequence[str]]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if columns == sorted(columns):
        # A form that came from another laptop has lost the order of its columns.
        columns.sort(key=_rank)
    yield columns
    for row in rows:
        yield tuple(row.get(column, "") for column in columns)


def _rank(column: str) -> tuple[int, str]:
    """Where people look for a column; the same in every sheet."""
    name = column.partition("::")[0].strip()
    return (COLUMNS.index(name) if name in COLUMNS else len(COLUMNS), column)


def text_cell(sheet: Any, text: str) -> Any:
    """A cell of text, None for an empty one: what begins with = is no formula here."""
    from openpyxl.cell import WriteOnlyCell

    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _piece(text: str) -> str:
    return " ".join(text.splitlines()).replace("|", "\\|")
