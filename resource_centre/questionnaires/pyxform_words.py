# SPDX-License-Identifier: Apache-2.0
"""What pyxform says of a form, as problems of ours: with sheet, row and column, and in both languages where we know it.

pyxform has one type of error and many sentences, so they are told apart by their words. A sentence we do not know is
quoted as it is: it may hold cells of the form, which is its design, and nothing about any person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from resource_centre.i18n import _
from resource_centre.questionnaires.refusals import FormProblem, FormRefused, problem
from resource_centre.questionnaires.sheets import Workbook
from resource_centre.questionnaires.survey_rows import NAME, TYPE, cell_of

LONGEST: Final = 600

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_PLACE = re.compile(r"On the '([^']+)' sheet, the '([^']+)' value is")
_QUESTION = re.compile(r"'name': '([^']+)'")


@dataclass(frozen=True)
class Kind:
    """A sentence of pyxform's: its pattern (named groups are facts), our code, and where it belongs."""

    pattern: re.Pattern[str]
    code: str
    column: str = ""
    sheet: str = "survey"


def _kind(pattern: str, code: str, column: str = "", sheet: str = "survey") -> Kind:
    return Kind(re.compile(pattern, re.DOTALL), code, column, sheet)


KINDS: Final = (
    _kind(r"You must have a sheet named 'survey'", "no_survey", sheet=""),
    _kind(r"Missing calculation", "no_calculation", "calculation"),
    _kind(r"List name not in (?:external )?choices sheet: (?P<name>.+)", "no_list", "type"),
    _kind(r"List name not in columns sheet: (?P<name>.+)", "no_list", "type"),
    _kind(r"There should be an? (?:external_)?choices sheet", "no_choices_sheet", "type"),
    _kind(r"Unknown question type '(?P<kind>.*?)'", "unknown_type", "type"),
    _kind(r"Question with no type", "no_type", "type"),
    _kind(r"Question or group with no name", "no_name", "name"),
    _kind(r"This section has not been included", "include", "type"),
    _kind(r"Unmatched 'end_(?P<kind>\w+)'", "unmatched_end", "type"),
    _kind(r"Unmatched 'begin_(?P<kind>\w+)'.*for the name '(?P<name>[^']*)'", "unmatched_begin", "type"),
    _kind(r"the 'name' value '(?P<name>.*?)' is invalid. (?:Questions|Repeat)", "duplicate_name", "name"),
    _kind(r"the 'name' value 'meta' is invalid", "reserved_name", "name"),
    _kind(r"multiple survey elements named '(?P<name>.*?)'", "duplicate_reference"),
    _kind(r"Reference variables? names must be unique.*The name '(?P<name>.*?)'", "duplicate_reference"),
    _kind(r"Could not find the name '(?P<name>.*?)'", "unknown_reference"),
    _kind(r"no survey element named '(?P<name>.*?)'", "unknown_reference"),
    _kind(r"the trigger '?\$?\{?(?P<name>\w+)", "unknown_reference", "trigger"),
    _kind(r"Reference variables? (?:must|lists)", "bad_reference"),
    _kind(r"Choices must have a name", "choice_without_name", "name", "choices"),
    _kind(r"Choice names must be unique", "duplicate_choice", "name", "choices"),
    _kind(r"Choice names with spaces.*See \[(?P<name>.*?)\] in \[(?P<list>.*?)\]", "choice_with_blank", "", "choices"),
    _kind(r"Names must begin with a letter", "bad_name"),
    _kind(r"Duplicate column header: (?P<name>.+)", "duplicate_column"),
    _kind(r"different names for the same column were found: (?P<names>.+?)\. Rename", "same_column"),
    _kind(r"required column headers were not found: (?P<names>.+?)\. ", "missing_column"),
    _kind(r"Badly formatted table list", "table_list", "type"),
    _kind(r"Choice filter not supported with or_other", "other_with_filter", "choice_filter"),
    _kind(r"the 'parameters' value is invalid", "bad_parameters", "parameters"),
    _kind(r"[Pp]arameter", "bad_parameters", "parameters"),
    _kind(r"has no label|missing the survey label|must have .*label", "no_label", "label"),
)

WARNINGS: Final = (
    _kind(r"Choices should have a label", "choice_without_label", "label", "choices"),
    _kind(r"Row without name, text, or label is being skipped", "row_skipped"),
    _kind(r"case-insensitive match to another name", "names_alike", "name"),
    _kind(r"machine-readable codes: (?P<names>.+?)\. Learn", "language_without_code", sheet=""),
    _kind(r"uses or_other and translations", "other_untranslated", sheet=""),
    _kind(r"(?:Repeat|Group) has no label", "group_without_label", "label"),
    _kind(r"Column headers must not be empty and must not contain spaces", "heading_with_blank", "", "choices"),
    _kind(r"sheets with similar names were found: (?P<names>.+?)\.", "sheet_misspelt", sheet=""),
)

# Advice about telephones and servers, of no use here.
_NO_CONCERN = re.compile(r"max-pixels|no longer supported on most devices")

_MISSING = re.compile(
    r"Language '(?P<language>[^']*)' is missing the (?P<sheet>\w+) (?:columns (?P<several>.+?)|(?P<one>\S+) column)\."
)


def said_when_refused(sentence: str, book: Workbook) -> FormRefused:
    """The refusal for a sentence that pyxform raised."""
    found = _known(KINDS, sentence) or problem("pyxform", sheet="")
    row = found.row or _row_of(found, sentence, book)
    placed = found.placed(sheet=found.sheet, row=row, column=found.column if row else "")
    return FormRefused("form", (replace(placed, detail=_short(sentence) if found.code in _QUOTED else ""),))


def said_in_warnings(sentences: Iterable[str]) -> tuple[FormProblem, ...]:
    """The warnings pyxform gave."""
    found: list[FormProblem] = []
    for sentence in sentences:
        found += _warned(sentence)
    return tuple(found)


def _warned(sentence: str) -> list[FormProblem]:
    if _NO_CONCERN.search(sentence):
        return []
    missing = [
        problem(
            "translation_missing",
            sheet="",
            language=_("(none named)") if found["language"] == "default" else found["language"],
            columns=found["several"] or found["one"],
        ).placed(sheet=found["sheet"])
        for found in _MISSING.finditer(sentence)
    ]
    if missing:
        return missing
    known = _known(WARNINGS, sentence)
    return [known or replace(problem("pyxform", sheet=""), detail=_short(sentence))]


_QUOTED: Final = frozenset({"pyxform", "bad_parameters", "table_list", "no_label"})


def _known(kinds: Iterable[Kind], sentence: str) -> FormProblem | None:
    row = _ROW.search(sentence)
    number = int(row[1]) if row else 0
    place = _PLACE.search(sentence)
    for kind in kinds:
        found = kind.pattern.search(sentence)
        if found is not None:
            sheet, column = (place[1], place[2]) if place else (kind.sheet, kind.column)
            facts = {key: (text or "").strip() for key, text in found.groupdict().items()}
            return problem(kind.code, sheet=sheet, row=number, column=column, **facts)
    return None


def _row_of(found: FormProblem, sentence: str, book: Workbook) -> int:
    """The row of what a sentence names, where pyxform does not say it."""
    survey = book.sheets.get("survey")
    facts = dict(found.facts)
    named = _QUESTION.search(sentence)
    for number, row in enumerate(survey.rows if survey else (), start=2):
        kind = cell_of(row, TYPE)
        if found.code == "unknown_type" and kind == facts.get("kind"):
            return number
        if found.code == "no_choices_sheet" and kind.startswith(("select", "rank")):
            return number
        if found.code == "include" and kind.partition(" ")[0] == "include":
            return number
        if named and cell_of(row, NAME) == named[1]:
            return number
        if found.code == "unknown_reference" and any(f"${{{facts['name']}}}" in text for text in row.values()):
            return number
    return 0


def _short(sentence: str) -> str:
    one_line = " ".join(sentence.split())
    return one_line if len(one_line) <= LONGEST else one_line[: LONGEST - 1] + "…"
