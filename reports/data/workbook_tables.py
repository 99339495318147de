# SPDX-License-Identifier: Apache-2.0
"""One table on a sheet of its own: typed figures, frozen heads, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.data.beats import beat
from reports.data.endings import hold_back
from reports.data.figures import Figure, hidden_sign
from reports.data.long_table import LONGEST_TEXT
from reports.data.looks import Look, make_room, number_format, put
from reports.kit.words import NOTHING
from reports.tables.model import Report, Row, Section, Table
from reports.tables.words import cell_words, hidden_words
from resource_centre.i18n import _
from resource_centre.values.text import tidy

FIRST_ROW: Final = 5
"""The first free row below what stands at the head of every sheet."""
_WIDEST: Final = 54
_NARROWEST: Final = 8
_LANDSCAPE_FROM: Final = 90
"""Width of all columns, in characters, from which a sheet lies on its side on paper."""


@dataclass(frozen=True)
class TablePlace:
    """Where a table stands."""

    FIGURES: ClassVar = "figures"
    """Name of the cells with figures on each sheet: other programs find them by it, and so does counting again."""

    sheet: str
    number: str
    title: str
    rows: int


@dataclass(frozen=True)
class Ways:
    """Where a sheet leads: the name of the first sheet, and where each definition stands, by its key."""

    front: str
    terms: Mapping[str, str]


def add_table(workbook: Workbook, name: str, section: Section, table: Table, report: Report, ways: Ways) -> TablePlace:
    """A sheet with one table, the notes of its section below; it leads to what its figures mean."""
    sheet: Worksheet = workbook.create_sheet(name)
    number = table.number or section.number
    below = heading(sheet, f"{number}  {_title(section, table)}".strip(), subtitle(report), ways.front)
    _definition(sheet, table, report, ways)
    grouped = any(column.group for column in table.columns)
    first = below + (2 if grouped else 1)
    _heads(sheet, table, below, grouped=grouped)
    for place, row in enumerate(table.rows, first):
        way = next((ways.terms[key] for key in row.terms if key in ways.terms), "")
        _row(sheet, place, row, table, report, leads=bool(way))
        if way:
            _lead_to(sheet.cell(place, 1), way)
    if not table.rows:
        put(sheet, first, 1, text(table.empty or _("Nothing in this period.")), Look("muted"))
    if table.rows and table.columns:
        _name_figures(sheet, table, first)
    _widths(sheet, table, report)
    _heights(sheet, table, first)
    _notes(sheet, first + max(len(table.rows), 1) + 1, section, table, report)
    sheet.freeze_panes = sheet.cell(first, len(table.heads) + 1).coordinate
    for_paper(sheet, rows=(below, first - 1), wide=_width(sheet) > _LANDSCAPE_FROM, foot=report.facts.centre_name)
    return TablePlace(name, number, _title(section, table), len(table.rows))


def heading(sheet: Worksheet, title: str, below: str, front: str) -> int:
    """Title, what it belongs to, and a way back to the contents; the first free row."""
    sheet.sheet_view.showGridLines = False
    put(sheet, 1, 1, text(title), Look("title"))
    put(sheet, 2, 1, text(below), Look("subtitle"))
    lead(put(sheet, 3, 1, _("Contents"), Look("link")), front)
    sheet.row_dimensions[1].height = 24
    return FIRST_ROW


def subtitle(report: Report) -> str:
    """Period, place and centre in one line."""
    facts = report.facts
    return " · ".join(part for part in (facts.period_words, facts.scope_words, facts.centre_name) if part)


def lead(cell: Any, sheet: str) -> None:
    """Make a cell lead to a sheet of the same workbook."""
    _lead_to(cell, f"'{sheet}'!A1")


def text(words: str) -> str:
    """Words as a cell holds them. Raises `NotWritten` (text_too_long)."""
    return hold_back(tidy(words), LONGEST_TEXT)


def typed(figure: Figure) -> float | int | str:
    """A figure as a cell holds it: a number of 15 digits, a share of one for per cent, or the sign for one left out."""
    if figure.hidden:
        return figure.hidden
    if figure.value is None:
        return NOTHING
    share = figure.cell.unit == "percent" and not figure.cell.signed
    value = figure.value / 100 if share else figure.value
    return float(f"{value:.15g}") if isinstance(value, float) else value


def for_paper(sheet: Worksheet, *, rows: tuple[int, int] | None = None, wide: bool = False, foot: str = "") -> None:
    """A4, as wide as the page, the heads again on every page, page x of y at the foot."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if rows is not None:
        sheet.print_title_rows = f"{rows[0]}:{rows[1]}"
    footer: Any = sheet.oddFooter
    footer.left.text = tidy(foot).replace("&", "&&")[:120]
    footer.right.text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    sheet.page_margins.left = sheet.page_margins.right = 0.6


def _lead_to(cell: Any, location: str) -> None:
    cell.hyperlink = Hyperlink(cell.coordinate, location=location)
    cell.hyperlink.display = cell.value


def _definition(sheet: Worksheet, table: Table, report: Report, ways: Ways) -> None:
    """Above the heads the term that says what the whole table counts; rows with terms of their own lead there alone."""
    key = next((key for key in table.terms if key in ways.terms), None)
    if key is None:
        return
    term = next(term for known, term, _words in report.facts.definitions if known == key)
    _lead_to(put(sheet, 4, 1, text(_("Definition: {term}").format(term=term)), Look("link")), ways.terms[key])


def _title(section: Section, table: Table) -> str:
    """What a table is called away from its section: by both names where it has one of its own."""
    if not table.title or table.title == section.heading:
        return section.heading
    return f"{section.heading}: {table.title}" if len(section.tables) > 1 else table.title


def _heads(sheet: Worksheet, table: Table, at: int, *, grouped: bool) -> None:
    low = at + 1 if grouped else at
    for place, head in enumerate(table.heads, 1):
        put(sheet, low, place, text(head), Look("head"))
    column = len(table.heads) + 1
    for place, one in enumerate(table.columns, column):
        put(sheet, low, place, text(one.heading), Look("head_number"))
    if not grouped:
        return
    for place in range(1, column):
        put(sheet, at, place, None, Look("group"))
    for group, of in groupby(table.columns, lambda one: one.group):
        _group(sheet, at, column, column := column + len(list(of)), group)


def _group(sheet: Worksheet, at: int, first: int, end: int, words: str) -> None:
    for place in range(first, end):
        put(sheet, at, place, text(words) if words and place == first else None, Look("group"))
    if words and end - first > 1:
        sheet.merge_cells(start_row=at, end_row=at, start_column=first, end_column=end - 1)


def _row(sheet: Worksheet, at: int, row: Row, table: Table, report: Report, *, leads: bool) -> None:
    beat()
    for place, words in enumerate(row.words, 1):
        indent = row.indent if place == 1 else 0
        look = Look("words", kind=row.kind, indent=indent, leads=leads and place == 1)
        put(sheet, at, place, text(words), look)
    first = len(table.heads) + 1
    threshold = report.facts.threshold
    for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True), first):
        value = None if cell.blank else typed(Figure(table, row, column, cell, threshold))
        style = "General" if isinstance(value, str) else number_format(cell)
        put(sheet, at, place, value, Look("number", kind=row.kind, format=style, strong=column.strong))


def _name_figures(sheet: Worksheet, table: Table, first: int) -> None:
    left = get_column_letter(len(table.heads) + 1)
    right = get_column_letter(len(table.heads) + len(table.columns))
    area = f"'{sheet.title}'!${left}${first}:${right}${first + len(table.rows) - 1}"
    sheet.defined_names[TablePlace.FIGURES] = DefinedName(TablePlace.FIGURES, attr_text=area)


def _notes(sheet: Worksheet, at: int, section: Section, table: Table, report: Report) -> None:
    """What stands below: notes of the table and of its section, and what the signs for left out figures mean."""
    notes = [*table.notes, *section.texts, *section.notes]
    threshold = report.facts.threshold
    if threshold is not None and any(hidden_sign(cell, threshold) for _key, cell in table.cells()):
        notes.append(hidden_words(threshold))
    width = max(_columns(table), 1)
    for place, words in enumerate(notes, at):
        put(sheet, place, 1, text(words), Look("muted"))
        sheet.merge_cells(start_row=place, end_row=place, start_column=1, end_column=width)
        make_room(sheet, place, [(words, _width(sheet))])


def _widths(sheet: Worksheet, table: Table, report: Report) -> None:
    for place, words in enumerate(table.heads):
        longest = max((len(row.words[place]) + 2 * row.indent for row in table.rows), default=0)
        _set_width(sheet, place + 1, max(longest, len(words), 24 if place == 0 else 0))
    threshold, language = report.facts.threshold, report.facts.language
    for place, column in enumerate(table.columns):
        longest = max((len(cell_words(row.cells[place], language, threshold)) for row in table.rows), default=0)
        _set_width(sheet, len(table.heads) + place + 1, max(_longest((column.heading,)), longest))


def _heights(sheet: Worksheet, table: Table, first: int) -> None:
    """Heads and rows whose words are broken stand in as many lines."""
    widths = [sheet.column_dimensions[get_column_letter(at)].width for at in range(1, _columns(table) + 1)]
    heads = [*table.heads, *(column.heading for column in table.columns)]
    make_room(sheet, first - 1, list(zip(heads, widths, strict=True)))
    for place, row in enumerate(table.rows, first):
        made = [(words, width - 2 * row.indent) for words, width in zip(row.words, widths, strict=False)]
        make_room(sheet, place, made)
    groups = {group: [width for _at, width in of] for group, of in _grouped(table, widths)}
    make_room(sheet, first - 2, [(group, sum(of)) for group, of in groups.items()]) if any(groups) else None


def _grouped(table: Table, widths: Sequence[float]) -> Iterator[tuple[str, Iterator[tuple[Any, float]]]]:
    pairs = zip(table.columns, widths[len(table.heads) :], strict=True)
    yield from groupby(pairs, lambda pair: pair[0].group)


def _columns(table: Table) -> int:
    return len(table.heads) + len(table.columns)


def _longest(words: Sequence[str]) -> int:
    """The longest word: headings are broken between words, never within one."""
    return max((len(piece) for part in words for piece in part.split()), default=0)


def _set_width(sheet: Worksheet, column: int, characters: int) -> None:
    sheet.column_dimensions[get_column_letter(column)].width = min(max(characters + 3, _NARROWEST), _WIDEST)


def _width(sheet: Worksheet) -> float:
    return sum(dimension.width for dimension in sheet.column_dimensions.values())
