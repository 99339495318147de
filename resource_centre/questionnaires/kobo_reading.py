# SPDX-License-Identifier: Apache-2.0
"""Submissions out of a file that Kobo, ODK Central or this program wrote: .xlsx, .csv, or the XML of a submission.

Questions are known by their names, with or without the groups around them, never by their wording: labels change and
repeat. What the form does not know is kept beside the answers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from resource_centre.errors import Refused
from resource_centre.i18n import N_
from resource_centre.questionnaires.form import Form, Group, Question
from resource_centre.questionnaires.kobo_layout import (
    INDEX,
    NO_ANSWER,
    PARENT_INDEX,
    PARENT_TABLE,
    SUBMITTED,
    UUID,
    VERSION,
    Table,
    tables_of,
)
from resource_centre.registers.files import read_book
from resource_centre.registers.sheet import Cell, Sheet, cell_at

SEPARATORS: Final = ("/", ":", ".", "-")
"""What stands between a group and a question in the exports of Kobo and of ODK (Central, Briefcase)."""

MIDNIGHT: Final = dt.time()
KEY_MARK: Final = "?"
"""No name of a column may end with it: the log means something else by it."""


class SubmissionsRefused(Refused):
    """No submissions of this form can be read from this file."""

    texts = {
        "no_rows": N_("There are no answers in this file."),
        "labels": N_(
            "The headings of this file are the questions' words. Export again and choose XML values and headers, so "
            "that the headings are the questions' names."
        ),
        "other_questions": N_("The headings of this file are not the questions of this form."),
        "heading_twice": N_("The heading {heading} is there twice."),
        "unknown_parent": N_("Row {row} of the sheet {sheet} belongs to a row that is not there."),
    }


@dataclass
class Submission:
    """One submission as it came. `system` holds the columns that are no answers, `strangers` the unknown ones.

    Without a ``_uuid`` of its own the id follows from the row's content, so that the same row is taken in once.
    """

    uuid: str
    answers: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version of the form it was made with, as the file says."""
        return self.system.get(VERSION, "")

    @property
    def submitted_on(self) -> dt.date | None:
        """The day it was sent in, on this laptop's calendar; Kobo writes the hour in UTC."""
        text = self.system.get(SUBMITTED, "")
        try:
            moment = dt.datetime.fromisoformat(text.replace(" ", "T"))
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone().date()


def read_submissions(path: Path, form: Form) -> list[Submission]:
    """Every submission of a file, in its order. Raises SubmissionsRefused, or what opening a table file raises."""
    if path.suffix.lower() == ".xml":
        return [_from_xml(path, form)]
    sheets = [sheet for sheet in read_book(path).sheets if sheet.lines]
    if not sheets:
        raise SubmissionsRefused("no_rows")
    tables = tables_of(form)
    main = _Rows(form, sheets[0], tables[0])
    found = {index: _submission(answers, rest) for index, answers, rest in main.rows()}
    if not found:
        raise SubmissionsRefused("no_rows")
    _add_repeats(form, sheets[1:], tables[1:], sheets[0].name, found)
    for one in found.values():
        one.uuid = one.uuid or _content_id(one)
    return list(found.values())


def _from_xml(path: Path, form: Form) -> Submission:
    from resource_centre.errors import EnvironmentFailed
    from resource_centre.questionnaires.submission import from_submission

    try:
        answers, meta = from_submission(path.read_bytes(), form)
    except OSError as reason:
        raise EnvironmentFailed("file_unreadable") from reason
    system = {VERSION: meta.pop("version", "")} | {f"meta/{name}": text for name, text in meta.items()}
    one = Submission(meta.get("instanceID", "").removeprefix("uuid:"), answers, system=system)
    one.uuid = one.uuid or _content_id(one)
    return one


def _submission(answers: dict[str, str], rest: dict[str, str]) -> Submission:
    reasons = dict(pair.rpartition("=")[::2] for pair in rest.pop(NO_ANSWER, "").split() if "=" in pair)
    uuid = rest.pop(UUID, "").removeprefix("uuid:")
    system = {name: text for name, text in rest.items() if name.startswith("_") and name != INDEX}
    strangers = {name: text for name, text in rest.items() if not name.startswith("_")}
    return Submission(uuid, answers, {**reasons}, system, strangers)


class _Rows:
    """The rows of one sheet: answers by place, and what else stands there by heading."""

    def __init__(self, form: Form, sheet: Sheet, table: Table) -> None:
        self.sheet = sheet
        self.table = table
        first = min(sheet.lines)
        self._first = first
        headings = [_text(cell).strip() for cell in sheet.lines[first]]
        self._paths = [_Headings(form, table).path(heading) for heading in headings]
        self._headings = headings
        _check(form, headings, self._paths, table)

    def rows(self) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
        """Each row: its ``_index`` (else its place among the rows, from 1), answers by path, and the rest."""
        kinds = {column.question.path: column.question for column in self.table.columns}
        for place, (number, line) in enumerate(sorted(self.sheet.lines.items())[0:], start=0):
            if number == self._first:
                continue
            answers: dict[str, str] = {}
            rest: dict[str, str] = {}
            for at, (heading, path) in enumerate(zip(self._headings, self._paths, strict=True)):
                text = _answer(cell_at(line, at), kinds.get(path or ""))
                if not text or not heading:
                    continue
                if path is None:
                    rest[heading.removesuffix(KEY_MARK)] = text
                elif path:
                    answers[path] = text
            if answers or rest:
                yield _whole(rest.get(INDEX, ""), place), answers, rest


class _Headings:
    """From a heading to the path of its question."""

    def __init__(self, form: Form, table: Table) -> None:
        self._form = form
        self._paths: dict[str, str] = {}
        named: dict[str, set[str]] = {}
        for column in table.columns:
            split = column.choice or column.part
            self._paths[column.heading] = "" if split else column.question.path
            named.setdefault(column.heading.rpartition("/")[2], set()).add("" if split else column.question.path)
        self._named = {name: paths.pop() for name, paths in named.items() if len(paths) == 1}
        self._multiple = {column.question.path for column in table.columns if column.question.kind == "select_multiple"}

    def path(self, heading: str) -> str | None:
        """The question's path; ``""`` for a column whose content stands elsewhere too; None when it is no question."""
        for separator in SEPARATORS:
            written = heading.replace(separator, "/")
            if written in self._paths:
                return self._paths[written]
            # A choice that this version no longer has: its answer stands in the question's own column.
            if written.rpartition("/")[0] in self._multiple:
                return ""
        return self._named.get(heading) if not heading.startswith("_") else None


def _check(form: Form, headings: Sequence[str], paths: Sequence[str | None], table: Table) -> None:
    told = [path for path in paths if path]
    twice = next((heading for heading, path in zip(headings, paths, strict=True) if path and told.count(path) > 1), "")
    if twice:
        raise SubmissionsRefused("heading_twice", heading=twice[:60])
    if told or table.repeat or not table.columns:
        return
    labels = {text.strip() for item in form.items() for text in item.label.values() if text}
    raise SubmissionsRefused("labels" if labels.intersection(headings) else "other_questions")


def _add_repeats(
    form: Form, sheets: Sequence[Sheet], tables: Sequence[Table], main: str, found: Mapping[int, Submission]
) -> None:
    """The turns of every repeat into the submissions they belong to, each below the row it names as its parent."""
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    turns: dict[tuple[str, int], tuple[Submission, str]] = {
        (main.casefold(), index): (one, "") for index, one in found.items()
    }
    counts: dict[tuple[str, str, int], int] = {}
    for table in tables:
        sheet = by_name.get(table.name.casefold())
        if sheet is None:
            continue
        for place, (index, answers, rest) in enumerate(_Rows(form, sheet, table).rows(), start=2):
            parent = (rest.get(PARENT_TABLE, main).casefold(), _whole(rest.get(PARENT_INDEX, ""), 0))
            above = turns.get(parent) or turns.get((main.casefold(), parent[1]))
            if above is None:
                raise SubmissionsRefused("unknown_parent", row=place, sheet=sheet.name)
            submission, turn = above
            counts[table.repeat, turn, id(submission)] = number = (
                counts.get((table.repeat, turn, id(submission)), 0) + 1
            )
            here = f"{_within(table.repeat, turn)}[{number}]"
            turns[sheet.name.casefold(), index] = (submission, here)
            told = {_within(path, here): text for path, text in answers.items()}
            submission.answers.update(told or {here: ""})


def _within(path: str, turn: str) -> str:
    """A path below a turn: the turn's own place, and what of the path comes after it."""
    return turn + "/" + "/".join(path.split("/")[turn.count("/") + 1 :]) if turn else path


def _answer(cell: Cell, question: Question | Group | None) -> str:
    """A cell as an ODK submission would hold the answer."""
    kind = question.kind if isinstance(question, Question) else ""
    if isinstance(cell, dt.datetime) and (kind == "date" or (kind != "datetime" and cell.time() == MIDNIGHT)):
        return cell.date().isoformat()
    return _text(cell).strip()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def _content_id(one: Submission) -> str:
    written = json.dumps([sorted(one.answers.items()), sorted(one.strangers.items())], ensure_ascii=False)
    return "content-" + hashlib.sha256(written.encode()).hexdigest()[:32]
