# SPDX-License-Identifier: Apache-2.0
"""Read an XLSForm: its sheets through pyxform into an XForm, the XForm into a Form, and every expression once over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from resource_centre.questionnaires.checking import check_form, unreadable_calculations
from resource_centre.questionnaires.columns import unknown_columns
from resource_centre.questionnaires.companions import with_tables
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.limits import limit
from resource_centre.questionnaires.pyxform_words import said_in_warnings, said_when_refused
from resource_centre.questionnaires.refusals import FormProblem, FormRefused, problem, refuse
from resource_centre.questionnaires.sheets import Workbook, read_sheets
from resource_centre.questionnaires.survey_rows import NAME, TYPE, cell_of, survey_rows
from resource_centre.questionnaires.xform import form_from_xform, without_calculations

_KOBO = re.compile(r"begin[\s_](score|rank|kobomatrix|literacy_?test)\b", re.IGNORECASE)

_NO_XML_NAME = re.compile("[:\U00010000-\U0010ffff]")

NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})


def read_form(source: Path | bytes | str, *, name: str = "", companions: Mapping[str, bytes] = NOTHING) -> Form:
    """The form in an XLSForm: a file (.xlsx, .xls, .csv, .md), the bytes of one, or its text.

    `name` stands in for a form_id that the form does not give; when there is none, the file's own name does.
    `companions` are the files a form takes lists from, by their names; one that is missing is an empty list and a
    warning. A calculation that is no expression, and that nothing else reads, stays empty with a warning.
    Raises FormRefused with every place that cannot be used, EnvironmentFailed when the file cannot be read.
    """
    book = read_sheets(source, name=name)
    _within_limits(book)
    _within_reason(book)
    _known_to_pyxform(book)
    _named_for_xml(book)
    xform, said = _converted(book)
    stored = book.stored()
    rows = survey_rows(stored.get("survey", ()))
    form = form_from_xform(with_tables(xform, book, companions), sheets=stored, rows=rows)
    left_out = unreadable_calculations(form, rows)
    if left_out:
        form = form_from_xform(without_calculations(form, left_out), sheets=stored, rows=rows)
    found = (*(replace(one, code="left_empty") for one in left_out.values()), *check_form(form, rows))
    ours = (one.sentence() for one in (*book.warnings, *unknown_columns(book), *said, *found))
    return replace(form, warnings=tuple(dict.fromkeys((*ours, *form.warnings))))


def _within_limits(book: Workbook) -> None:
    survey, choices = book.sheets.get("survey"), book.sheets.get("choices")
    questions = sum(1 for row in survey.rows if row) if survey else 0
    listed = sum(1 for row in choices.rows if row) if choices else 0
    if questions > limit("questions"):
        raise FormRefused("form", (problem("too_many_questions", n=questions, most=limit("questions")),))
    if listed > limit("choices"):
        raise FormRefused("form", (problem("too_many_choices", sheet="choices", n=listed, most=limit("choices")),))


def _known_to_pyxform(book: Workbook) -> None:
    """Refuse what only Kobo's own editor knows; pyxform would speak of something else."""
    survey = book.sheets.get("survey")
    kinds = ((number, cell_of(row, TYPE)) for number, row in enumerate(survey.rows if survey else (), start=2))
    refuse(problem("kind", row=number, column="type", kind=kind) for number, kind in kinds if _KOBO.match(kind))


def _named_for_xml(book: Workbook) -> None:
    """Refuse names that pyxform lets pass and that no XML holds: with a colon, or with signs beyond the first plane."""
    survey = book.sheets.get("survey")
    names = ((number, cell_of(row, NAME)) for number, row in enumerate(survey.rows if survey else (), start=2))
    refuse(problem("bad_name", row=number, column="name") for number, name in names if _NO_XML_NAME.search(name))


def _within_reason(book: Workbook) -> None:
    """Refuse sheets made to keep pyxform busy for hours, which it would be with long cells full of references."""
    most = limit("long_cell")
    cells = [text for sheet in book.sheets.values() for row in sheet.rows for text in row.values()]
    if sum(len(text) for text in cells if len(text) > most) > limit("long_characters"):
        raise FormRefused("form", (problem("too_many_long_cells", sheet="", most=limit("long_characters")),))
    if sum(text.count("${") for text in cells) > limit("references"):
        raise FormRefused("form", (problem("too_many_references", sheet="", most=limit("references")),))


def _converted(book: Workbook) -> tuple[str, tuple[FormProblem, ...]]:
    """The XForm that pyxform makes, and what it has to say of it."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    said: list[str] = []
    try:
        result = convert(_for_pyxform(book), warnings=said, validate=False, form_name=None)
    except PyXFormError as reason:
        raise said_when_refused(str(reason), book) from None
    except RecursionError as reason:
        raise FormRefused("form", (problem("nesting", most=limit("nesting")),)) from reason
    except Exception as reason:  # what pyxform did not expect of a sheet is no mistake of this program
        raise FormRefused("form", (problem("not_understood"),)) from reason
    return result.xform, said_in_warnings(said)


def _for_pyxform(book: Workbook) -> dict[str, Any]:
    """The sheets as pyxform takes them; it changes the rows while it works."""
    given: dict[str, Any] = {"sheet_names": list(book.names), "fallback_form_name": book.name or None}
    for name, sheet in book.sheets.items():
        given[name] = [dict(row) for row in sheet.rows]
        given[f"{name}_header"] = [dict.fromkeys(sheet.columns)] if sheet.columns else []
    return given
