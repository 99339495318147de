# SPDX-License-Identifier: Apache-2.0
"""Answers in Kobo's layout, for whoever evaluates them elsewhere: a workbook, a text table, or ODK submissions.

Nobody is named in it, and nothing in it is a formula, whatever was answered.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from resource_centre.errors import Refused
from resource_centre.i18n import N_
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.instance import MOST_TURNS, plain, turn_of
from resource_centre.questionnaires.kobo_layout import (
    COPIED,
    INDEX,
    NO_ANSWER,
    OWN,
    PARENT_INDEX,
    PARENT_TABLE,
    SUBMISSION,
    SYSTEM,
    UUID,
    VERSION,
    Column,
    Table,
    answer_tables,
)
from resource_centre.questionnaires.submission import to_submission
from resource_centre.questionnaires.writing import text_cell

NUMBERS: Final = frozenset({"integer", "decimal", "range"})
LONGEST_NUMBER: Final = 15
"""Digits a spreadsheet keeps; what is longer is written as text."""
MOST_CELL: Final = 32_767
"""Characters Excel holds in one cell."""
GUARD: Final = "'"
"""What stands in a text table before a text that a spreadsheet would take for a formula."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9]", re.ASCII)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ONLY_NUMBERS = re.compile(r"-?\d+(\.\d+)?([ ;]+-?\d+(\.\d+)?)*;?", re.ASCII)
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ExportRefused(Refused):
    """These answers cannot be written in this way."""

    texts = {
        "repeats_in_text": N_(
            "This questionnaire asks some questions several times over, which one text table cannot hold. Choose a "
            "workbook (.xlsx)."
        ),
    }


@dataclass(frozen=True)
class Submitted:
    """One submission: its id, its system columns (``_submission_time`` and so on), answers and reasons by place."""

    uuid: str
    answers: Mapping[str, str]
    unanswered: Mapping[str, str] = field(default_factory=dict)
    system: Mapping[str, str] = field(default_factory=dict)


Written = tuple[str, bool]
"""What stands in a cell, and whether it is the answer to a question for a number."""

Told = Callable[[int], object]
"""Is told how many submissions have been written."""


def workbook_of_answers(
    forms: Sequence[Form],
    submissions: Iterable[Submitted],
    *,
    details: bool = True,
    further: Sequence[str] = (),
    told: Told | None = None,
) -> bytes:
    """The .xlsx file with a sheet of submissions and one for each repeat.

    `forms` are the versions of the form, the newest first. `further` names system columns that the submissions bring
    besides Kobo's. A text too long for a cell is cut there.
    """
    from openpyxl import Workbook

    tables = answer_tables(forms, details=details)
    book = Workbook(write_only=True)
    sheets: dict[str, Any] = {table.repeat: book.create_sheet(table.name) for table in tables}
    for repeat, row in _rows(tables, submissions, further, told):
        sheets[repeat].append([_cell(sheets[repeat], *written) for written in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text_table_of_answers(
    forms: Sequence[Form],
    submissions: Iterable[Submitted],
    *,
    details: bool = True,
    further: Sequence[str] = (),
    told: Told | None = None,
) -> bytes:
    """The .csv file, parted by semicolons. Raises ExportRefused for a form with repeats."""
    tables = answer_tables(forms, details=details)
    if len(tables) > 1:
        raise ExportRefused("repeats_in_text")
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    for _repeat, row in _rows(tables, submissions, further, told):
        writer.writerow([_guarded(_writable(words)) for words, _number in row])
    text.flush()
    return file.getvalue()


def submissions_of_answers(
    forms: Sequence[Form], submissions: Iterable[Submitted], *, told: Told | None = None
) -> bytes:
    """A .zip of submissions as ODK sends them, each written with the version of the form it was made with."""
    import zipfile

    by_version = {form.version: form for form in reversed(forms)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, one in enumerate(submissions, start=1):
            form = by_version.get(one.system.get(VERSION, ""), forms[0])
            packed.writestr(f"{number:06d}.xml", to_submission(one.answers, form, one.uuid))
            if told is not None:
                told(number)
    return file.getvalue()


# Rows


def _rows(
    tables: Sequence[Table], submissions: Iterable[Submitted], further: Sequence[str], told: Told | None
) -> Iterator[tuple[str, list[Written]]]:
    """Every row with the repeat whose table it belongs to, headings first."""
    for table in tables:
        yield table.repeat, [(heading, False) for heading in _headings(table, further)]
    counters = dict.fromkeys((table.repeat for table in tables), 0)
    for one in submissions:
        yield from _rows_of(one, tables, counters, further)
        if told is not None:
            told(counters[""])


def _headings(table: Table, further: Sequence[str]) -> list[str]:
    own = [column.heading for column in table.columns]
    if not table.repeat:
        return [*own, *_after(further)]
    return [*own, INDEX, PARENT_TABLE, PARENT_INDEX, *(f"{SUBMISSION}{name}" for name in COPIED)]


def _after(further: Sequence[str]) -> list[str]:
    return [*SYSTEM[:-1], *further, *OWN, INDEX]


def _rows_of(
    one: Submitted, tables: Sequence[Table], counters: dict[str, int], further: Sequence[str]
) -> Iterator[tuple[str, list[Written]]]:
    """One row in the first table, and one for each turn of each repeat; a turn is known by the number of its row."""
    main, *repeats = tables
    counters[""] += 1
    system = {**one.system, UUID: one.uuid, INDEX: str(counters[""])}
    system[NO_ANSWER] = " ".join(f"{place}={why}" for place, why in sorted(one.unanswered.items()))
    answered = [_answer(column, one.answers, "") for column in main.columns]
    yield "", [*answered, *((system.get(name, ""), name == INDEX) for name in _after(further))]
    rows_of_turns = {"": counters[""]}
    turns = _turns({**one.answers, **one.unanswered}) if repeats else {}
    for table in repeats:
        for turn in turns.get(table.repeat, ()):
            counters[table.repeat] += 1
            rows_of_turns[turn] = counters[table.repeat]
            above = rows_of_turns.get(_turn_above(turn), counters[""])
            told = [_answer(column, one.answers, turn) for column in table.columns]
            known = [(str(counters[table.repeat]), True), (table.above, False), (str(above), True)]
            yield table.repeat, [*told, *known, *((system.get(name, ""), False) for name in COPIED)]


def _turns(places: Iterable[str]) -> dict[str, list[str]]:
    """By repeat its turns among these places, in their order and without a gap in their numbers."""
    highest: dict[str, int] = {}
    for place in places:
        steps = place.split("/")
        for depth in range(1, len(steps) + 1):
            repeat, turn = turn_of("/".join(steps[:depth]))
            if 0 < turn <= MOST_TURNS:
                highest[repeat] = max(turn, highest.get(repeat, 0))
    found: dict[str, list[str]] = {}
    for repeat in sorted(highest, key=_order):
        turns = [f"{repeat}[{turn}]" for turn in range(1, highest[repeat] + 1)]
        found.setdefault(plain(repeat), []).extend(turns)
    return found


def _order(place: str) -> list[tuple[str, int]]:
    return [turn_of(step) for step in place.split("/")]


def _turn_above(turn: str) -> str:
    """The turn that a turn stands in, ``""`` for none."""
    above = turn.rpartition("/")[0]
    while above and not above.endswith("]"):
        above = above.rpartition("/")[0]
    return above


def _answer(column: Column, answers: Mapping[str, str], turn: str) -> Written:
    """What stands in a column."""
    text = answers.get(_place(column.question.path, turn), "")
    if column.choice:
        return (("1" if column.choice in text.split() else "0") if text else "", True)
    if column.part:
        parts = text.split()
        return (parts[column.part - 1] if len(parts) >= column.part else "", True)
    return text, column.question.kind in NUMBERS or column.question.stored_type in ("int", "decimal")


def _place(path: str, turn: str) -> str:
    """Where a question of a repeat stands within a turn: the turn, and what of the path comes after the repeat."""
    if not turn:
        return path
    return turn + "/" + "/".join(path.split("/")[turn.count("/") + 1 :])


# Cells


def _cell(sheet: Any, text: str, number: bool) -> Any:
    """A cell; what begins with = is no formula here, and a number that a spreadsheet would change stays text."""
    if len(text) <= LONGEST_NUMBER and (_NUMBER if number else _PLAIN_NUMBER).fullmatch(text):
        return float(text) if "." in text else int(text)
    return text_cell(sheet, _ESCAPE.sub("_x005F_", _writable(text)).replace("\r", "_x000D_")[:MOST_CELL])


def _guarded(text: str) -> str:
    """A text for a text table: never a formula, and no spreadsheet asks for one."""
    return GUARD + text if _FORMULA.match(text) and not _ONLY_NUMBERS.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that was written so."""
    return text.removeprefix(GUARD) if text.startswith(GUARD) and _FORMULA.match(text) else text


def _writable(text: str) -> str:
    """Without the characters that a workbook cannot hold."""
    return _UNWRITABLE.sub("", text)
