# SPDX-License-Identifier: Apache-2.0
"""The tables in which Kobo and ODK hand over answers: one row per submission, and one table per repeat.

Source: KoboToolbox, "Formats used in Project Data Exports"; the system columns are those of its XLSX export. Headings
are the questions' names with the groups around them, ``household/child/age``: Kobo's "XML values and headers" with
"Include groups in headers".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from resource_centre.questionnaires.form import Choice, Form, Group, Question

SEPARATOR: Final = "/"

UUID: Final = "_uuid"
SUBMITTED: Final = "_submission_time"
INDEX: Final = "_index"
PARENT_TABLE: Final = "_parent_table_name"
PARENT_INDEX: Final = "_parent_index"
VERSION: Final = "__version__"
SYSTEM: Final = (
    "_id", UUID, SUBMITTED, "_validation_status", "_notes", "_status", "_submitted_by", VERSION, "_tags", INDEX,
)  # fmt: skip
SUBMISSION: Final = "_submission_"
"""What stands in a repeat's table before the copies of these columns of the submission."""
COPIED: Final = ("_id", UUID, SUBMITTED)

NO_ANSWER: Final = "_no_answer"
"""A column of our own: ``place=reason`` by blanks, for what an ODK submission has no place for."""

POINT: Final = ("latitude", "longitude", "altitude", "precision")

LONGEST_SHEET_NAME: Final = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]*?:\\/']")


@dataclass(frozen=True)
class Column:
    """One heading and what stands below it: a question's answer, one of its choices (0 or 1), or a part of a point."""

    heading: str
    question: Question
    choice: str = ""
    part: int = 0
    """For a point: from 1, which of `POINT`."""


@dataclass(frozen=True)
class Table:
    """One sheet: of the submissions (no `repeat`) or of the turns of one repeat, whose rows belong to `parent`'s."""

    name: str
    repeat: str
    parent: str
    columns: tuple[Column, ...]


_Waiting = tuple[str, str, tuple[Question | Group, ...], str]


def tables_of(form: Form, *, details: bool = True) -> tuple[Table, ...]:
    """The tables of a form, the submissions' first; with `details` each choice of several has a column of its own too."""
    names = _SheetNames()
    found: list[Table] = []
    waiting: list[tuple[str, str, tuple[Question | Group, ...], str]] = [
        (form.title or form.name, "", form.children, "")
    ]
    while waiting:
        called, repeat, children, parent = waiting.pop(0)
        name = names.take(called)
        columns = tuple(one for item in _without_repeats(children) for one in _columns(form, item, details))
        found.append(Table(name, repeat, parent, columns))
        waiting += [(one.name, one.path, one.children, name) for one in _repeats_of(children)]
    return tuple(found)


def choices_of(form: Form, question: Question) -> tuple[Choice, ...]:
    """The whole list of a question, whatever is offered at the moment."""
    return form.lists.get(question.choices, ())


def _without_repeats(children: tuple[Question | Group, ...]) -> Iterator[Question]:
    for item in children:
        if isinstance(item, Question):
            yield item
        elif not item.repeat:
            yield from _without_repeats(item.children)


def _repeats_of(children: tuple[Question | Group, ...]) -> Iterator[Group]:
    """The repeats met first on the way down."""
    for item in children:
        if isinstance(item, Group):
            if item.repeat:
                yield item
            else:
                yield from _repeats_of(item.children)


def _columns(form: Form, question: Question, details: bool) -> Iterator[Column]:
    if question.kind == "note":
        return
    yield Column(question.path, question)
    if question.kind == "select_multiple" and details:
        for choice in choices_of(form, question):
            yield Column(f"{question.path}{SEPARATOR}{choice.name}", question, choice=choice.name)
    if question.kind == "geopoint":
        above, _slash, name = question.path.rpartition("/")
        begin = f"{above}{SEPARATOR}" if above else ""
        for part, word in enumerate(POINT, start=1):
            yield Column(f"{begin}_{name}_{word}", question, part=part)


class _SheetNames:
    """Names that a workbook takes: short, without certain characters, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        clean = _NOT_IN_SHEET_NAMES.sub("_", wanted).strip()[:LONGEST_SHEET_NAME] or "form"
        name, number = clean, 1
        while name.casefold() in self._taken:
            number += 1
            mark = f" ({number})"
            name = clean[: LONGEST_SHEET_NAME - len(mark)] + mark
        self._taken.add(name.casefold())
        return name
