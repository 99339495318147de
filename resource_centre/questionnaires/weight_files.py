# SPDX-License-Identifier: Apache-2.0
"""Weight sets out of files: a workbook with both tables, or the table of weights as CSV with its facts beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from resource_centre.questionnaires.form import Form, Question
from resource_centre.questionnaires.limits import MEGABYTE, limit
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scoring import places_by_name
from resource_centre.questionnaires.sheet_files import read_xls, read_xlsx
from resource_centre.questionnaires.sheets import OLE, ZIP, Reading, cell
from resource_centre.questionnaires.sources import content_of
from resource_centre.questionnaires.weight_reading import weights_of
from resource_centre.questionnaires.weight_refusals import FACTS, ROWS, WeightProblem, WeightsRefused, problem, refuse
from resource_centre.questionnaires.weights import Weights, contents, counts

Rows = Sequence[Mapping[str, str]]

WEIGHABLE: Final = frozenset({"select_one", "integer", "decimal", "range", "acknowledge"})
"""Kinds of question whose answer is one text that a row can name."""


def read_weights(source: Path | bytes, *, form: Form, facts: Mapping[str, str] | None = None) -> tuple[Weights, ...]:
    """The sets of a file for this form, in the layout that data/questionnaires/README.md describes.

    A workbook holds the sheets `weights` and `weight_sets`. A CSV holds the table of weights; what set it is say
    `facts` (the columns of weight_sets.csv) or, for a path, the file ``weight_sets.csv`` beside it.
    Raises WeightsRefused naming each place where something is wrong, EnvironmentFailed for a file that cannot be read.
    """
    told, rows = _tables(source, form.name)
    sets: Rows = [{"form_id": form.name, **facts}] if facts else told
    if not rows or "question" not in rows[0]:
        raise WeightsRefused("not_weights")
    if not sets:
        raise WeightsRefused("missing_facts")
    refuse((*_sets_wrong(sets, rows, form.name),))
    read = tuple(weights_of(content) for content in contents(sets, rows))
    for weights in read:
        check_against(weights, form)
    return read


def check_against(weights: Weights, form: Form) -> None:
    """Refuse, place by place, weights that do not fit this form."""
    if weights.questionnaire != form.name:
        raise WeightsRefused("wrong_form", name=weights.questionnaire)
    refuse((*_questions_wrong(weights, form), *_answers_wrong(weights, form)))


def _questions_wrong(weights: Weights, form: Form) -> Iterator[WeightProblem]:
    once = places_by_name(form)
    kinds = {question.name: question.kind for question in form.questions()}
    seen: set[str] = set()
    for number, row in enumerate(weights.rows, start=2):
        code = ""
        if row.question not in kinds:
            code = "unknown_question"
        elif row.question not in once:
            code = "repeated_question"
        elif len(once[row.question]) > 1:
            code = "ambiguous_question"
        elif kinds[row.question] not in WEIGHABLE:
            code = "not_weighable"
        if code and row.question not in seen:
            yield problem(code, row=number, column="question", question=row.question)
        seen.add(row.question)


def _answers_wrong(weights: Weights, form: Form) -> Iterator[WeightProblem]:
    """Answers that are not in the question's list, and answers of the list that have no row."""
    lists = {question.name: _names(form, question) for question in form.questions() if question.kind == "select_one"}
    first: dict[str, int] = {}
    given: dict[str, set[str]] = {}
    for number, row in enumerate(weights.rows, start=2):
        names = lists.get(row.question)
        first.setdefault(row.question, number)
        given.setdefault(row.question, set()).add(row.answer)
        if names is not None and row.answer not in names:
            yield problem("unknown_answer", row=number, column="answer", question=row.question, answer=row.answer)
    counted = {row.question for row in weights.rows if counts(row)}
    for question, number in first.items():
        for name in lists.get(question, ()) if question in counted else ():
            if name not in given[question]:
                yield problem("missing_answer", row=number, column="answer", question=question, answer=name)


def _names(form: Form, question: Question) -> tuple[str, ...]:
    return tuple(choice.name for choice in form.lists.get(question.choices, ()))


def _sets_wrong(sets: Rows, rows: Rows, form_id: str) -> Iterator[WeightProblem]:
    known: set[str] = set()
    for number, one in enumerate(sets, start=2):
        name = one.get("set_id", "")
        if one.get("form_id") != form_id:
            yield problem("wrong_form", sheet=FACTS, row=number, column="form_id", name=one.get("form_id", "")[:60])
        if name in known:
            yield problem("set_twice", sheet=FACTS, row=number, column="set_id", name=name[:60])
        known.add(name)
    named: set[str] = set()
    for number, row in enumerate(rows, start=2):
        name = row.get("set_id", "")
        wrong = name not in known if name else len(sets) > 1
        if wrong and name not in named:
            yield problem("unknown_set", row=number, column="set_id", name=name[:60])
        named.add(name)


class _Tables(Reading):
    """The two sheets of a workbook of weights, whatever else is in it."""

    def wants(self, name: str, *, alone: bool) -> str:
        lower = name.strip().lower()
        return lower if lower in (ROWS, FACTS) else ROWS if alone else ""


def _tables(source: Path | bytes, form_id: str) -> tuple[Rows, Rows]:
    """(facts, rows) of a file."""
    data = _content(source)
    if data.startswith((*ZIP, OLE)):
        return _from_workbook(data)
    beside = source.with_name("weight_sets.csv") if isinstance(source, Path) else None
    told = _csv(_content(beside)) if beside is not None and beside.is_file() else []
    # The table beside it may be that of many questionnaires.
    return [one for one in told if one.get("form_id") == form_id] or told, _csv(data)


def _from_workbook(data: bytes) -> tuple[Rows, Rows]:
    reading = _Tables()
    try:
        (read_xlsx if data.startswith(ZIP) else read_xls)(data, reading)
    except FormRefused as refused:
        raise WeightsRefused("not_weights", refused.problems) from refused
    if reading.problems:
        raise WeightsRefused("weights", tuple(reading.problems))
    facts, rows = (reading.sheets.get(name) for name in (FACTS, ROWS))
    return (
        [{column: row.get(column, "") for column in facts.columns if column} for row in facts.rows] if facts else [],
        [{column: row.get(column, "") for column in rows.columns if column} for row in rows.rows] if rows else [],
    )


def _csv(data: bytes) -> list[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
        first = text.split("\n", 1)[0]
        # Spreadsheets in countries with a decimal comma write semicolons.
        parting = ";" if first.count(";") > first.count(",") else ","
        lines: list[list[str]] = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=parting) if line]
    except (UnicodeDecodeError, csv.Error) as reason:
        raise WeightsRefused("not_text") from reason
    if not lines or len(lines) > limit("rows"):
        raise WeightsRefused("not_weights")
    columns = [cell(text).lower() for text in lines[0]]
    return [_named(columns, line) for line in lines[1:]]


def _named(columns: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    cells: list[Any] = [*line, *[""] * len(columns)]
    return {column: cell(text) for column, text in zip(columns, cells, strict=False) if column}


def _content(source: Path | bytes) -> bytes:
    refusal = WeightsRefused("not_weights")
    content = content_of(source, most=limit("file_megabytes") * MEGABYTE, too_large=refusal)
    if not content.strip():
        raise refusal
    return content
