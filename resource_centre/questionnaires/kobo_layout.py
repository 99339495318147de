# SPDX-License-Identifier: Apache-2.0
"""The tables in which Kobo and ODK hand over answers: one row per submission, and one table per repeat.

Source: KoboToolbox, "Formats used in Project Data Exports"; the system columns are those of its XLSX export. Headings
are the questions' names with the groups around them, ``household/child/age``: Kobo's "XML values and headers" with
"Include groups in headers".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from resource_centre.questionnaires.form import Choice, Form, Group, Question

SEPARATOR: Final = "/"

UUID: Final = "_uuid"
SUBMITTED: Final = "_submission_time"
SUBMITTED_BY: Final = "_submitted_by"
INDEX: Final = "_index"
PARENT_TABLE: Final = "_parent_table_name"
PARENT_INDEX: Final = "_parent_index"
VERSION: Final = "__version__"
SYSTEM: Final = (
    "_id", UUID, SUBMITTED, "_validation_status", "_notes", "_status", SUBMITTED_BY, VERSION, "_tags", INDEX,
)  # fmt: skip
SUBMISSION: Final = "_submission_"
"""What stands in a repeat's table before the copies of the submission's system columns."""
COPIED: Final = SYSTEM[:-1]

ASKED_ON: Final = "_asked_on"
OCCASION: Final = "_occasion"
EVENT: Final = "_event_number"
NO_ANSWER: Final = "_no_answer"
"""Columns of our own: the day of asking, its occasion, the training event it was about, and ``place=reason`` by blanks
where there is no answer, for which an ODK submission has no place."""
OWN: Final = (ASKED_ON, OCCASION, EVENT, NO_ANSWER)

POINT: Final = ("latitude", "longitude", "altitude", "precision")

LONGEST_SHEET_NAME: Final = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]*?:\\/'\x00-\x1f]")


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
    """One sheet: of the submissions (no `repeat`) or of the turns of one repeat, whose rows belong to `parent`'s.

    `repeat` and `parent` are paths of repeats, `""` for the submissions; `above` is the name of the parent's sheet.
    """

    name: str
    repeat: str
    parent: str
    above: str
    columns: tuple[Column, ...]


@dataclass
class _Level:
    """What the versions of a form say of the submissions or of one repeat."""

    called: str
    parent: str
    columns: dict[str, Column] = field(default_factory=dict)


def answer_tables(forms: Sequence[Form], *, details: bool = True) -> tuple[Table, ...]:
    """The tables of a form in all its versions, the newest first; those of the submissions before those of repeats.

    With `details` each choice of several has a column of its own besides the question's.
    """
    levels: dict[str, _Level] = {}
    for form in forms:
        _add_levels(levels, form, details)
    names = _SheetNames()
    called = {repeat: names.take(level.called) for repeat, level in levels.items()}
    return tuple(
        Table(called[repeat], repeat, level.parent, called[level.parent] if repeat else "", (*level.columns.values(),))
        for repeat, level in levels.items()
    )


def choices_of(form: Form, question: Question) -> tuple[Choice, ...]:
    """The whole list of a question, whatever is offered at the moment."""
    return form.lists.get(question.choices, ())


_Waiting = tuple[str, str, tuple[Question | Group, ...], str]
"""How a level is called, its repeat, what is in it, and the repeat around it."""


def _add_levels(levels: dict[str, _Level], form: Form, details: bool) -> None:
    waiting: list[_Waiting] = [(form.title or form.name, "", form.children, "")]
    while waiting:
        called, repeat, children, parent = waiting.pop(0)
        level = levels.setdefault(repeat, _Level(called, parent))
        for item in _without_repeats(children):
            for column in _columns(form, item, details):
                level.columns.setdefault(column.heading, column)
        waiting += [(one.name, one.path, one.children, repeat) for one in _repeats_of(children)]


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
