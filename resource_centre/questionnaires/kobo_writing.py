# SPDX-License-Identifier: Apache-2.0
"""Answers as a workbook in Kobo's layout, for whoever evaluates them elsewhere. Nobody is named in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.instance import turn_of
from resource_centre.questionnaires.kobo_layout import (
    COPIED,
    INDEX,
    NO_ANSWER,
    PARENT_INDEX,
    PARENT_TABLE,
    SUBMISSION,
    SYSTEM,
    UUID,
    Column,
    Table,
    tables_of,
)

NUMBERS: Final = frozenset({"integer", "decimal", "range"})
LONGEST_NUMBER: Final = 15
"""Digits a spreadsheet keeps; what is longer is written as text."""
MOST_CELL: Final = 32_767
"""Characters Excel holds in one cell."""


@dataclass(frozen=True)
class Submitted:
    """One submission: its id, its system columns (``_submission_time`` and so on), answers and reasons by place."""

    uuid: str
    answers: Mapping[str, str]
    unanswered: Mapping[str, str] = field(default_factory=dict)
    system: Mapping[str, str] = field(default_factory=dict)


def workbook_of_answers(
    form: Form, submissions: Iterable[Submitted], *, details: bool = True, further: Sequence[str] = ()
) -> bytes:
    """The .xlsx file. `further` names system columns besides Kobo's own that the submissions bring."""
    from openpyxl import Workbook

    tables = tables_of(form, details=details)
    book = Workbook(write_only=True)
    sheets = {table.repeat: book.create_sheet(table.name) for table in tables}
    for table in tables:
        sheets[table.repeat].append([_cell(sheets[table.repeat], text, False) for text in _headings(table, further)])
    counters = dict.fromkeys(sheets, 0)
    for one in submissions:
        _write(one, tables, sheets, counters, further)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _headings(table: Table, further: Sequence[str]) -> list[str]:
    own = [column.heading for column in table.columns]
    if not table.repeat:
        return [*own, *SYSTEM[:-1], *further, NO_ANSWER, INDEX]
    return [*own, INDEX, PARENT_TABLE, PARENT_INDEX, *(f"{SUBMISSION}{name}" for name in COPIED)]


def _write(
    one: Submitted, tables: Sequence[Table], sheets: Mapping[str, Any], counters: dict[str, int], further: Sequence[str]
) -> None:
    """One row in the first table, and one for each turn of each repeat; a turn is known by the number of its row."""
    main, *repeats = tables
    counters[""] += 1
    system = {**one.system, UUID: one.uuid, INDEX: str(counters[""])}
    system[NO_ANSWER] = " ".join(f"{place}={why}" for place, why in sorted(one.unanswered.items()))
    names = [*SYSTEM[:-1], *further, NO_ANSWER, INDEX]
    answered = [_answer(column, one.answers, "") for column in main.columns]
    _append(sheets[""], [*answered, *((system.get(name, ""), name == INDEX) for name in names)])
    rows_of_turns = {"": counters[""]}
    for table in repeats:
        for turn in _turns(one.answers, table.repeat):
            counters[table.repeat] += 1
            rows_of_turns[turn] = counters[table.repeat]
            above = rows_of_turns.get(_turn_above(turn), counters[""])
            told = [_answer(column, one.answers, turn) for column in table.columns]
            known = [(str(counters[table.repeat]), True), (table.parent, False), (str(above), True)]
            _append(sheets[table.repeat], [*told, *known, *((system.get(name, ""), False) for name in COPIED)])


def _turns(answers: Mapping[str, str], repeat: str) -> Iterator[str]:
    """The turns of a repeat among these answers, in their order."""
    from resource_centre.questionnaires.instance import plain

    found: dict[str, None] = {}
    for place in answers:
        parts = place.split("/")
        for depth in range(1, len(parts) + 1):
            begin = "/".join(parts[:depth])
            if begin.endswith("]") and plain(begin) == repeat:
                found[begin] = None
    return iter(sorted(found, key=_order))


def _order(turn: str) -> list[tuple[str, int]]:
    return [turn_of(part) for part in turn.split("/")]


def _turn_above(turn: str) -> str:
    """The turn that a turn stands in, ``""`` for none."""
    above = turn.rpartition("/")[0]
    while above and not above.endswith("]"):
        above = above.rpartition("/")[0]
    return above


def _answer(column: Column, answers: Mapping[str, str], turn: str) -> tuple[str, bool]:
    """What stands in a column, and whether it is a number."""
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


def _append(sheet: Any, cells: Iterable[tuple[str, bool]]) -> None:
    sheet.append([_cell(sheet, text, number) for text, number in cells])


def _cell(sheet: Any, text: str, number: bool) -> Any:
    """A cell; what begins with = is no formula here, and a number that a spreadsheet would cut stays text."""
    from openpyxl.cell import WriteOnlyCell

    if not text:
        return None
    if number and len(text) <= LONGEST_NUMBER:
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            pass
    cell = WriteOnlyCell(sheet, _writable(text)[:MOST_CELL])
    cell.data_type = "s"
    return cell


def _writable(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")
