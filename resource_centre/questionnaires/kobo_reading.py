# SPDX-License-Identifier: Apache-2.0
"""Submissions out of a table that Kobo, ODK Central or this program wrote, .xlsx or .csv.

What the form does not know is kept beside the answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from resource_centre.errors import Refused
from resource_centre.questionnaires.form import Form, Question
from resource_centre.questionnaires.kobo_headings import (
    ALIASES,
    Headings,
    Meant,
    SubmissionsRefused,
    check_headings,
    system,
)
from resource_centre.questionnaires.kobo_layout import (
    ASKED_ON,
    INDEX,
    NO_ANSWER,
    PARENT_INDEX,
    SUBMISSION,
    SUBMITTED,
    UUID,
    VERSION,
    Table,
    answer_tables,
)
from resource_centre.questionnaires.kobo_writing import unguarded
from resource_centre.registers.files import read_book
from resource_centre.registers.sheet import Cell, Sheet, cell_at

MIDNIGHT: Final = dt.time()
LONGEST_KEY: Final = 200
REASONS: Final = frozenset({"unknown", "refused", "not_applicable", "not_asked"})
TICKED: Final = frozenset({"1", "true", "TRUE", "True"})
TEXTS: Final = frozenset({"text", "barcode"})


@dataclass
class Submission:
    """One submission as it came, from this `row` of its sheet or place in its file.

    `system` holds the columns that are no answers, `strangers` those that no version of the form knows. `refused` says
    why there is none to take in.
    """

    uuid: str
    answers: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)
    row: int = 1
    refused: Refused | None = None

    @property
    def version(self) -> str:
        """The version of the form it was made with, as the file says."""
        return self.system.get(VERSION, "")

    @property
    def asked_on(self) -> dt.date | None:
        """The day our own files say, else that on which it was sent in."""
        return day_of(self.system.get(ASKED_ON, "")) or day_of(self.system.get(SUBMITTED, ""), utc=True)


def day_of(text: str, *, utc: bool = False) -> dt.date | None:
    """The day of a date or moment as ODK writes it, on this laptop's calendar; `utc` for one that names no offset."""
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return None
    if moment.tzinfo is None and utc:
        moment = moment.replace(tzinfo=dt.UTC)
    return (moment.astimezone() if moment.tzinfo else moment).date()


def read_tables(path: Path, forms: Sequence[Form]) -> list[Submission]:
    """Every submission of a workbook or text table, in its order; `forms` are the versions of the form, newest first.

    Raises SubmissionsRefused, or what opening a table file raises.
    """
    sheets = [sheet for sheet in read_book(path).sheets if sheet.lines]
    if not sheets:
        raise SubmissionsRefused("no_rows")
    main, *repeats = answer_tables(forms)
    guarded = path.suffix.lower() == ".csv"
    rows = _Rows(sheets[0], main, guarded=guarded)
    check_headings(forms, rows.headings, rows.meant)
    found = _Found(sheets[0].name)
    for line in rows.lines():
        found.add(line)
    if not found.submissions:
        raise SubmissionsRefused("no_rows")
    for table in repeats:
        sheet = _sheet_of(table, sheets[1:])
        if sheet is not None:
            found.add_turns(table, sheet, _Rows(sheet, table, guarded=guarded))
    return found.submissions


@dataclass
class _Line:
    """One row: its number in the sheet, answers by path, and what else stands there by heading."""

    row: int
    answers: dict[str, str]
    rest: dict[str, str]
    strangers: dict[str, str]


class _Found:
    """The submissions found so far, and where the rows stand that turns may belong to."""

    def __init__(self, main: str) -> None:
        self.submissions: list[Submission] = []
        self._rows: dict[tuple[str, str], list[tuple[Submission, str]]] = {}
        self._by_uuid: dict[str, list[tuple[Submission, str]]] = {}
        self._turns: dict[tuple[int, str], int] = {}
        self.main = main

    def add(self, line: _Line) -> None:
        """One row of the submissions."""
        one = _submission(line)
        index = line.rest.get(INDEX) or str(len(self.submissions) + 1)
        self.submissions.append(one)
        self._rows.setdefault(("", index), []).append((one, ""))
        if one.uuid:
            self._by_uuid.setdefault(one.uuid, []).append((one, ""))

    def add_turns(self, table: Table, sheet: Sheet, rows: _Rows) -> None:
        """The turns of one repeat into the submissions, each below the row it names as its parent."""
        for number, line in enumerate(rows.lines(), start=1):
            submission, above = self._parent(table, sheet, line)
            repeat = _within(table.repeat, above)
            turn = self._turns[id(submission), repeat] = self._turns.get((id(submission), repeat), 0) + 1
            here = f"{repeat}[{turn}]"
            index = line.rest.get(INDEX) or str(number)
            self._rows.setdefault((table.repeat, index), []).append((submission, here))
            if submission.answers.get(above) == "":
                del submission.answers[above]
            told = {_within(path, here): text for path, text in line.answers.items()}
            submission.answers.update(told or {here: ""})
            submission.strangers.update({f"{here}/{name}": text for name, text in line.strangers.items()})

    def _parent(self, table: Table, sheet: Sheet, line: _Line) -> tuple[Submission, str]:
        found = self._rows.get((table.parent, line.rest.get(PARENT_INDEX, "")), [])
        uuid = line.rest.get(f"{SUBMISSION}{UUID}", "").removeprefix("uuid:")
        if len(found) != 1 and uuid and not table.parent:
            found = self._by_uuid.get(uuid, found)
        if len(found) != 1:
            code = "index_twice" if found else "unknown_parent"
            raise SubmissionsRefused(code, row=line.row, sheet=sheet.name[:40])
        return found[0]


class _Rows:
    """The rows of one sheet."""

    def __init__(self, sheet: Sheet, table: Table, *, guarded: bool) -> None:
        self._lines = sorted(sheet.lines.items())
        self._guarded = guarded
        self.headings = [_text(cell).strip() for cell in self._lines[0][1]]
        known = Headings(table)
        self.meant = [known.meaning(heading) if heading else None for heading in self.headings]
        self._questions = {column.question.path: column.question for column in table.columns}
        self._whole = {meant.path for meant in self.meant if meant is not None and meant.whole}

    def lines(self) -> Iterator[_Line]:
        """Each row with something in it."""
        for number, cells in self._lines[1:]:
            line = _Line(number, {}, {}, {})
            split: dict[str, list[tuple[Meant, str]]] = {}
            for at, (heading, meant) in enumerate(zip(self.headings, self.meant, strict=True)):
                text = self._said(cell_at(cells, at), meant)
                if not text or not heading:
                    continue
                if meant is None:
                    _keep(line, heading, text)
                elif meant.whole:
                    line.answers[meant.path] = text
                elif meant.path not in self._whole:
                    split.setdefault(meant.path, []).append((meant, text))
            line.answers |= {path: text for path, pieces in split.items() if (text := _together(pieces))}
            if line.answers or line.rest or line.strangers:
                yield line

    def _said(self, cell: Cell, meant: Meant | None) -> str:
        """A cell as an ODK submission would hold the answer."""
        question = self._questions.get(meant.path) if meant is not None and meant.whole else None
        text = _answer(cell, question)
        return unguarded(text) if self._guarded else text


def _keep(line: _Line, heading: str, text: str) -> None:
    """What is no answer, under its heading. The log takes no name that ends with a question mark."""
    name = heading[:LONGEST_KEY].rstrip("? ")
    if not name:
        return
    if not system(heading):
        line.strangers[name] = text
    elif heading in ALIASES:
        line.rest.setdefault(ALIASES[heading], text)
    else:
        line.rest[name] = text


def _together(pieces: Sequence[tuple[Meant, str]]) -> str:
    """An answer that stands only in pieces: the choices ticked, or the parts of a point."""
    if pieces[0][0].choice:
        return " ".join(meant.choice for meant, text in pieces if text in TICKED)
    parts = {meant.part: text for meant, text in pieces}
    return " ".join(parts.get(part, "0") for part in range(1, 5)) if {1, 2} <= parts.keys() else ""


def _submission(line: _Line) -> Submission:
    told = line.rest
    pairs = [pair.rpartition("=")[::2] for pair in told.pop(NO_ANSWER, "").split()]
    reasons = {place: why for place, why in pairs if place and why in REASONS and not line.answers.get(place)}
    uuid = told.pop(UUID, "").removeprefix("uuid:")
    kept = {name: text for name, text in told.items() if name != INDEX}
    return Submission(uuid, dict(line.answers), reasons, kept, line.strangers, line.row)


def _sheet_of(table: Table, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet of a repeat: the one of its name, else one that says whose rows it has and has its questions."""
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    paths = {column.heading for column in table.columns}
    for sheet in (by_name.get(table.name.casefold()), *sheets):
        if sheet is not None:
            headings = {_text(cell).strip() for cell in sheet.lines[min(sheet.lines)]}
            if PARENT_INDEX in headings and (headings & paths or sheet.name.casefold() == table.name.casefold()):
                return sheet
    return None


def _within(path: str, turn: str) -> str:
    """A path below a turn: the turn's own place, and what of the path comes after it."""
    return turn + "/" + "/".join(path.split("/")[turn.count("/") + 1 :]) if turn else path


def _answer(cell: Cell, question: Question | None) -> str:
    kind = question.kind if question is not None else ""
    if isinstance(cell, dt.datetime) and (kind == "date" or (kind != "datetime" and cell.time() == MIDNIGHT)):
        return cell.date().isoformat()
    text = _text(cell)
    return text if kind in TEXTS and text.strip() else text.strip()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
