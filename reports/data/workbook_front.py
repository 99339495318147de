# SPDX-License-Identifier: Apache-2.0
"""The sheets of a workbook that hold words: contents with the facts of the report, narrative, definitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.data.looks import Look, Name, make_room, put
from reports.data.workbook_tables import FIRST_ROW, TablePlace, for_paper, heading, lead, subtitle, text
from reports.kit.words import long_date, moment
from reports.tables.model import Facts, Report
from reports.tables.words import hidden_words
from resource_centre.i18n import _, ngettext


def add_front(sheet: Worksheet, report: Report, places: Sequence[TablePlace], others: Sequence[str]) -> None:
    """What the report is, its key figures, and a way to every sheet."""
    facts = report.facts
    sheet.sheet_view.showGridLines = False
    for column, width in zip("ABCD", (26, 52, 14, 30), strict=True):
        sheet.column_dimensions[column].width = width
    put(sheet, 1, 1, text(facts.centre_name), Look("label"))
    put(sheet, 2, 1, text(facts.title), Look("title"))
    put(sheet, 3, 1, text(facts.period_words), Look("subtitle"))
    sheet.row_dimensions[2].height = 26
    at = _pairs(sheet, 5, facts)
    at = _key_figures(sheet, at + 1, facts)
    at = _contents(sheet, at + 1, places, others)
    for place, sentence in enumerate(facts.foot, at + 1):
        _across(sheet, place, sentence, "muted")
    for_paper(sheet, foot=facts.centre_name)


def facts_in_words(facts: Facts) -> Iterator[tuple[str, str]]:
    """What stands around a report, each with its name; alike in the workbook and on the web page."""
    days = (dt.date.fromisoformat(facts.first), dt.date.fromisoformat(facts.last))
    yield _("Period"), " – ".join(long_date(day, facts.language) for day in days)
    if facts.scope_words:
        yield _("About"), facts.scope_words
    yield _("Audience"), audience_words(facts)
    if facts.cut_off:
        yield _("Records as of"), moment(dt.datetime.fromisoformat(facts.cut_off), facts.language)
    if facts.version:
        yield _("Program"), _("Resource Centre, version {version}").format(version=facts.version)


def audience_words(facts: Facts) -> str:
    """For whom the report is; for publication with what is left out."""
    if facts.audience == "internal":
        return _("Internal, confidential")
    left_out = ngettext("{n} figure left out", "{n} figures left out", facts.hidden).format(n=facts.hidden)
    return f"{_('For publication')} ({left_out})"


def add_texts(workbook: Workbook, name: str, report: Report, front: str) -> str:
    """A sheet with what was written to the report; the name of the sheet, or nothing where nothing was."""
    sections = [section for section in report.sections if section.texts and not section.tables]
    if not sections:
        return ""
    sheet = workbook.create_sheet(name)
    at = heading(sheet, name, subtitle(report), front)
    sheet.column_dimensions["A"].width = 110
    for section in sections:
        put(sheet, at, 1, text(section.heading), Look("section"))
        told = (*section.texts, *section.notes)
        for place, words in enumerate(told, at + 1):
            put(sheet, place, 1, text(words), Look("text"))
            make_room(sheet, place, [(words, 110)])
        at += len(told) + 2
    for_paper(sheet, foot=report.facts.centre_name)
    return name


def places_of_terms(name: str, report: Report) -> dict[str, str]:
    """Where each definition stands on the sheet of this name, by its key."""
    return {key: f"'{name}'!A{at}" for at, (key, _term, _words) in enumerate(report.facts.definitions, FIRST_ROW + 1)}


def add_definitions(workbook: Workbook, name: str, report: Report, front: str) -> str:
    """A sheet that says what every figure means."""
    if not report.facts.definitions:
        return ""
    sheet = workbook.create_sheet(name)
    at = heading(sheet, name, subtitle(report), front)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    put(sheet, at, 1, _("Term"), Look("head"))
    put(sheet, at, 2, _("Meaning"), Look("head"))
    for place, (_key, term, words) in enumerate(report.facts.definitions, at + 1):
        put(sheet, place, 1, text(term), Look("term"))
        put(sheet, place, 2, text(words), Look("text"))
        make_room(sheet, place, [(term, 34), (words, 90)])
    sheet.freeze_panes = sheet.cell(at + 1, 2)
    for_paper(sheet, rows=(at, at), foot=report.facts.centre_name)
    return name


def _pairs(sheet: Worksheet, at: int, facts: Facts) -> int:
    for name, words in facts_in_words(facts):
        put(sheet, at, 1, name, Look("label"))
        put(sheet, at, 2, text(words), Look("text"))
        sheet.merge_cells(start_row=at, end_row=at, start_column=2, end_column=4)
        at += 1
    if facts.threshold is not None:
        _across(sheet, at, hidden_words(facts.threshold), "muted")
        at += 1
    for sentence in facts.marks:
        _across(sheet, at, sentence, "text")
        at += 1
    return at


def _key_figures(sheet: Worksheet, at: int, facts: Facts) -> int:
    for number, name, second in facts.key_figures:
        put(sheet, at, 1, text(number), Look("figure_large"))
        put(sheet, at, 2, text(f"{name}\n{second}" if second else name), Look("text"))
        sheet.row_dimensions[at].height = 34
        at += 1
    return at


def _contents(sheet: Worksheet, at: int, places: Sequence[TablePlace], others: Sequence[str]) -> int:
    put(sheet, at, 1, _("Contents"), Look("section"))
    sheet.row_dimensions[at].height = 22
    at += 1
    for column, words in enumerate((_("Table"), _("Title"), _("Rows")), 1):
        put(sheet, at, column, words, Look("head_number" if column == 3 else "head"))
    for place in places:
        at += 1
        put(sheet, at, 1, place.number or "–", Look("words"))
        lead(put(sheet, at, 2, text(place.title), Look("link")), place.sheet)
        put(sheet, at, 3, place.rows, Look("number", format="#,##0"))
    for name in others:
        at += 1
        lead(put(sheet, at, 2, name, Look("link")), name)
    return at + 1


def _across(sheet: Worksheet, at: int, words: str, look: Name) -> None:
    """A sentence over all columns, as high as it needs to be."""
    put(sheet, at, 1, text(words), Look(look))
    sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=4)
    make_room(sheet, at, [(words, 115)])
