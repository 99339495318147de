# SPDX-License-Identifier: Apache-2.0
"""Look over a form before anybody is asked: every expression compiles, none waits for itself, every column is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from resource_centre.questionnaires.answer_check import fault
from resource_centre.questionnaires.expressions import Expression, compile_expression
from resource_centre.questionnaires.form import Form, Group, Question, parts
from resource_centre.questionnaires.plan import Plan
from resource_centre.questionnaires.refusals import FormProblem, FormRefused, problem

COLUMNS: Final = ("relevant", "read_only", "calculation", "required", "constraint", "choice_filter")
"""Columns of the survey sheet that hold expressions, called as the fields of a question."""

OTHER_COLUMNS: Final = {"dynamic_default": "default", "repeat_count": "repeat_count"}

DAYS: Final = frozenset({"date", "datetime"})

FILTER: Final = "choice_filter"


@dataclass
class _Found:
    problems: list[FormProblem] = field(default_factory=list)
    warnings: list[FormProblem] = field(default_factory=list)
    unreadable: dict[str, FormProblem] = field(default_factory=dict)
    """Calculations that are no expressions, by path."""
    read: set[str] = field(default_factory=set)
    columns: dict[str, set[str]] = field(default_factory=dict)
    """Those of each list that was looked at."""


def unreadable_calculations(form: Form, rows: Mapping[str, int]) -> dict[str, FormProblem]:
    """Calculations that are no expressions at all and that nothing else reads: they may stay empty, with a warning."""
    found = _look(form, rows)
    return {path: one for path, one in found.unreadable.items() if path not in found.read}


def check_form(form: Form, rows: Mapping[str, int]) -> tuple[FormProblem, ...]:
    """What is to be warned of; raises FormRefused for what cannot be asked, in the order of the sheet."""
    found = _look(form, rows)
    problems = [*found.problems, *found.unreadable.values(), *_defaults(form, rows), *_instance_name(form)]
    if problems:
        problems.sort(key=lambda one: one.row)
        raise FormRefused("form", tuple(problems))
    _in_order(form, rows)
    return tuple(found.warnings)


def _look(form: Form, rows: Mapping[str, int]) -> _Found:
    known = {item.path for item in form.items()}
    found = _Found()
    for item in form.items():
        row = rows.get(item.path, 0)
        for column, text in _expressions(item):
            try:
                expression = compile_expression(text, root=form.root, at=item.path)
            except FormRefused as refused:
                wrong = refused.at(row=row, column=column)
                if (refused.code, column) == ("syntax", "calculation"):
                    found.unreadable[item.path] = wrong
                else:
                    found.problems.append(wrong)
                continue
            found.read |= expression.reads
            found.problems += _tables(form, expression, row, column)
            if column == FILTER and isinstance(item, Question):
                _columns(form, item, expression, row, found)
            else:
                found.warnings += _unknown(expression, column, known, row)
    return found


def _expressions(item: Question | Group) -> Iterator[tuple[str, str]]:
    for column in COLUMNS:
        if text := getattr(item, column, ""):
            yield column, text
    for slot, column in OTHER_COLUMNS.items():
        if text := getattr(item, slot, ""):
            yield column, text
    if isinstance(item, Question) and (seed := item.parameters.get("seed", "")):
        yield "parameters", seed
    for column, words in _words(item):
        for text in words.values():
            yield from ((column, piece) for piece, is_expression in parts(text) if is_expression)


def _words(item: Question | Group) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "label", item.label
    yield "hint", item.hint
    if isinstance(item, Question):
        yield "guidance_hint", item.guidance
        yield "constraint_message", item.constraint_message
        yield "required_message", item.required_message


def _columns(form: Form, item: Question, expression: Expression, row: int, found: _Found) -> None:
    """A filter names columns of its list. One that names none of them is a mistake; one of several is warned of."""
    if not form.lists.get(item.choices):
        return
    has = found.columns.get(item.choices)
    if has is None:
        has = {"name", "label"}.union(*(choice.extra for choice in form.lists[item.choices]))
        found.columns[item.choices] = has
    below = item.path + "/"
    named = {path.removeprefix(below) for path in expression.reads if path.startswith(below)}
    said = [
        problem("no_such_column", row=row, column=FILTER, name=name, list=item.choices) for name in sorted(named - has)
    ]
    (found.warnings if named & has else found.problems).extend(said)


def _tables(form: Form, expression: Expression, row: int, column: str) -> Iterator[FormProblem]:
    """A table that an expression looks into must be a list of the form or a file that belongs to it."""
    for name in sorted(expression.instances):
        if name not in form.lists and name not in form.instances:
            yield problem("no_list", row=row, column=column, name=name)


def _unknown(expression: Expression, column: str, known: set[str], row: int) -> Iterator[FormProblem]:
    for path in sorted(expression.reads - known):
        if path and path.partition("/")[0] != "meta":
            yield problem("no_such_path", row=row, column=column, path=path)


def _instance_name(form: Form) -> Iterator[FormProblem]:
    try:
        if form.instance_name:
            compile_expression(form.instance_name, root=form.root, at="meta/instanceName")
    except FormRefused as refused:
        yield refused.at(sheet="settings", row=2, column="instance_name")


def _defaults(form: Form, rows: Mapping[str, int]) -> Iterator[FormProblem]:
    """A day that is written in another way than 2026-11-22 may be read as two; nothing here guesses which."""
    for question in form.questions():
        if question.kind in DAYS and question.default and fault(question, question.default):
            yield problem("default_not_a_day", row=rows.get(question.path, 0), column="default")


def _in_order(form: Form, rows: Mapping[str, int]) -> None:
    """Refuse expressions that wait for each other, at the first of their rows."""
    try:
        Plan(form)
    except FormRefused as refused:
        raise FormRefused(refused.code, tuple(_at_its_row(one, rows) for one in refused.problems)) from None


def _at_its_row(one: object, rows: Mapping[str, int]) -> FormProblem:
    assert isinstance(one, FormProblem)
    names = dict(one.facts).get("names", "").split(", ")
    found = [row for path, row in rows.items() if path.rpartition("/")[2] in names]
    return one.placed(sheet="survey", row=min(found, default=0))
