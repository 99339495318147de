# SPDX-License-Identifier: Apache-2.0
"""Submissions of a telephone form, as KoboToolbox and ODK export them, laid out like any other register.

The headings lose their groups, the columns that the system adds go, answers with several choices become one column
however they were split up, and people who were asked for in a repeat become rows of their own. What a submission is
called by its `_uuid` stays, so that a file that is brought again brings nothing twice. Source of the layouts:
KoboToolbox, "Formats used in Project Data Exports"; ODK Central, "Submission data".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from resource_centre.questionnaires.kobo_headings import ALIASES
from resource_centre.questionnaires.kobo_layout import INDEX, PARENT_INDEX, SUBMISSION, SUBMITTED, UUID
from resource_centre.questionnaires.kobo_reading import day_of
from resource_centre.registers.files import Book
from resource_centre.registers.headings import guesses
from resource_centre.registers.readings import as_text
from resource_centre.registers.refusals import FileRefused
from resource_centre.registers.sheet import Cell, Sheet, cell_at

SUBMITTED_AS: Final = "submission"
"""The field by which a row is known again."""
REPORTED: Final = "reported"
OF_THE_PHONE: Final = frozenset(
    {"start", "end", "deviceid", "device_id", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
     "formhub", "meta", "instanceid", "instancename", "rootuuid", "deprecatedid", "background-audio"}
)  # fmt: skip
"""Questions that a telephone answers by itself."""
TICKED: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}

_NAME: Final = re.compile(r"[A-Za-z_][\w.\-]*(?:[/:][\w.\-]+)*")
_SPLIT: Final = re.compile(r"[/:]")


@dataclass(frozen=True)
class _Table:
    """A sheet of submissions: what its columns are called, and its rows with their line numbers."""

    sheet: Sheet
    headings: tuple[str, ...]
    rows: tuple[tuple[int, list[Cell]], ...]

    def column(self, name: str) -> int | None:
        """Where a column of the system stands, under whatever name."""
        return next((at for at, heading in enumerate(self.headings) if _plain(heading) == name), None)


def of_phones(book: Book) -> Book:
    """A file of submissions as a register; any other file as it is.

    Raises FileRefused `phone_labels` when the headings are the questions' wording and not their names.
    """
    tables = [_table(sheet) for sheet in book.sheets if sheet.lines and not sheet.hidden]
    main = next((one for one in tables if one.column(UUID) is not None and one.column(PARENT_INDEX) is None), None)
    if main is None:
        return book
    _check_names(main)
    repeats = [one for one in tables if one.column(PARENT_INDEX) is not None]
    people = main if _says_who(main.headings) else next((one for one in repeats if _says_who(one.headings)), main)
    rows = list(_joined(main, people)) if people is not main else list(_own(main))
    return replace(book, sheets=[_as_register(people.sheet.name, rows)])


def _table(sheet: Sheet) -> _Table:
    first, *numbers = sorted(sheet.lines)
    headings = tuple(as_text(cell).strip() for cell in sheet.lines[first])
    return _Table(sheet, headings, tuple((number, sheet.lines[number]) for number in numbers))


def _plain(heading: str) -> str:
    """A heading of the system as Kobo writes it."""
    heading = ALIASES.get(heading, heading)
    return heading.removeprefix(SUBMISSION) if heading.startswith(SUBMISSION + "_") else heading


def _check_names(table: _Table) -> None:
    asked = [heading for heading in table.headings if heading and not _is_system(heading)]
    words = [heading for heading in asked if not _NAME.fullmatch(heading)]
    if 2 * len(words) > len(asked):
        raise FileRefused("phone_labels")


def _is_system(heading: str) -> bool:
    plain = _plain(heading)
    return plain.startswith("_") or _SPLIT.split(plain)[0].casefold() in OF_THE_PHONE


def _says_who(headings: Sequence[str]) -> bool:
    fields = {guess.field for heading in headings if not _is_system(heading) for guess in guesses(_last(heading))}
    return bool(fields & {"name", "nik"})


def _last(heading: str) -> str:
    return _SPLIT.split(heading)[-1]


Row = tuple[int, dict[str, Cell]]


def _own(table: _Table) -> Iterator[Row]:
    """Each submission by itself."""
    several = _several(table)
    key, sent = table.column(UUID), table.column(SUBMITTED)
    for number, line in table.rows:
        told = _answers(table, line, several)
        if key is not None and (named := as_text(cell_at(line, key)).strip()):
            told[SUBMITTED_AS] = named.removeprefix("uuid:")
        if sent is not None and REPORTED not in told:
            told[REPORTED] = _day(cell_at(line, sent))
        yield number, told


def _joined(main: _Table, people: _Table) -> Iterator[Row]:
    """Each row of a repeat with what its submission says once; it is known by its submission and its place there."""
    at = main.column(INDEX)
    whole = {as_text(cell_at(main.sheet.lines[number], at or 0)).strip(): told for number, told in _own(main)}
    parent, own = people.column(PARENT_INDEX), people.column(INDEX)
    several = _several(people)
    for number, line in people.rows:
        above = whole.get(as_text(cell_at(line, parent or 0)).strip(), {})
        told = {**above, **_answers(people, line, several)}
        place = as_text(cell_at(line, own)).strip() if own is not None else str(number)
        told[SUBMITTED_AS] = f"{above.get(SUBMITTED_AS, people.sheet.name)}#{place}"
        yield number, told


def _answers(table: _Table, line: list[Cell], several: Mapping[str, Mapping[str, int]]) -> dict[str, Cell]:
    told: dict[str, Cell] = {}
    for at, heading in enumerate(table.headings):
        cell = cell_at(line, at)
        if heading and not _is_system(heading) and not _is_choice(heading, several) and cell is not None:
            told.setdefault(_last(heading), cell)
    for question, choices in several.items():
        ticked = [name for name, at in choices.items() if TICKED.get(as_text(cell_at(line, at)).strip().casefold())]
        told.setdefault(_last(question), " ".join(ticked) or None)
    return told


def _is_choice(heading: str, several: Mapping[str, Mapping[str, int]]) -> bool:
    question, _slash, choice = heading.rpartition("/")
    return choice in several.get(question, {})


def _several(table: _Table) -> dict[str, dict[str, int]]:
    """The questions with several answers that have a column for each choice: nought and one, and nothing else."""
    found: dict[str, dict[str, int]] = {}
    for at, heading in enumerate(table.headings):
        question, slash, choice = heading.rpartition("/")
        if slash and not _is_system(heading):
            found.setdefault(question, {})[choice] = at
    return {
        question: choices
        for question, choices in found.items()
        if (len(choices) > 1 or question in table.headings) and all(_is_ticks(table, at) for at in choices.values())
    }


def _is_ticks(table: _Table, at: int) -> bool:
    cells = {as_text(cell_at(line, at)).strip().casefold() for _number, line in table.rows}
    return cells <= TICKED.keys()


def _day(cell: Cell) -> Cell:
    """The day on this laptop's calendar of a moment that Kobo writes in UTC."""
    return day_of(as_text(cell).strip(), utc=True)


def _as_register(name: str, rows: Sequence[Row]) -> Sheet:
    """A sheet whose lines keep their numbers, so that what is said of a row is found in the file."""
    headings = list(dict.fromkeys(heading for _number, told in rows for heading in told))
    lines: dict[int, list[Cell]] = {1: list(headings)}
    lines |= {number: [told.get(heading) for heading in headings] for number, told in rows}
    return Sheet(name, lines)
