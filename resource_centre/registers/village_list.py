# SPDX-License-Identifier: Apache-2.0
"""The village list on paper: its columns in their order, the number of each sheet, and a copied sheet as a register.

The columns are the questions of the form for telephones; date, village and collector stand once at the head. A row is
known again by the number of its sheet and its place on it, so that a sheet copied twice brings nothing twice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from resource_centre.i18n import N_, _
from resource_centre.records.fields import field_of
from resource_centre.registers.files import Book
from resource_centre.registers.phones import SUBMITTED_AS
from resource_centre.registers.sheet import Cell, Sheet
from resource_centre.registers.village_form import GROUPS, Asked
from resource_centre.values.numbers import DEVICE_ALPHABET, check_character
from resource_centre.vocabulary import Term, fold_label, vocabulary

FIRST_LINE: Final = ("name", "sex", "nik", "born", "birth_place", "mother_name")
SECOND_LINE: Final = (
    "hamlet", "street", "phone", "education", "marital_status", "country", "job", "departed", "returned",
)  # fmt: skip
"""The two lines that somebody has on the paper; the grid has the same columns in the same order."""
DATES: Final = ("born", "departed", "returned")
ROWS: Final = 16
"""People on one sheet: its front and its back."""
UNKNOWN: Final = "?"
REFUSED: Final = "!"
MOST_LETTERS: Final = 20

_PAPER: Final = "paper:"
_HEAD: Final = ("number", SUBMITTED_AS, "reported", "village", "staff")
_DESTINATION: Final = "destination"
_NOT_KNOWN: Final = "TIDAK_TAHU"
_STEP: Final = 10
_SHAPE: Final = r"([0-9A-Z]{2})%s(\d{1,5})%s([0-9A-Z])(?:%s([A-Z]))?"
_WRITTEN = re.compile(_SHAPE % ("-", "-", "-?"), re.ASCII)
_LOOSE = re.compile(_SHAPE % ("-?", "-?", "-?"), re.ASCII)
_OWN = re.compile(r"[0-9A-Z][0-9A-Z./-]*", re.ASCII)
_SPACING = re.compile("[\\s\\-_\u2010-\u2015]+")
_TOLD = re.compile(rf"{_PAPER}(.+)#(\d+)")
_AS_DIGIT = str.maketrans("OIL", "011")


@lru_cache(maxsize=1)
def columns() -> dict[str, Asked]:
    """What is asked about each person, by name, in the order of the paper."""
    asked = {one.name: one for _group, _title, questions in GROUPS for one in questions}
    return {name: asked[name] for name in (*FIRST_LINE, *SECOND_LINE)}


def words_of(name: str) -> str:
    """What a column asks, in the active language."""
    column = columns()[name].column
    return _(column) if isinstance(column, str) else field_of(column).label


# Short numbers for codes


@lru_cache(maxsize=16)
def numbered(name: str) -> dict[int, Term]:
    """The entries of a code list that a paper offers, by their short numbers.

    The numbers follow the order in the list's file, not the place, so that they stay when another entry is added.
    """
    return {
        term.order // _STEP: term
        for term in vocabulary(name)
        if term.order % _STEP == 0 and term.code != _NOT_KNOWN and (name != "country" or term.group == _DESTINATION)
    }


def code_meant(name: str, written: str) -> str | None:
    """The code that a short number, a word or first letters mean in a list; None when it could be none or several."""
    if written.isascii() and written.isdigit():
        term = numbered(name).get(int(written))
        return term.code if term is not None else None
    found = vocabulary(name).find(written)
    return found or _by_first_letters(name, fold_label(written))


def _by_first_letters(name: str, letters: str) -> str | None:
    if not letters:
        return None
    for terms in (tuple(numbered(name).values()), vocabulary(name).terms):
        near = {term.code for term in terms if _begins(term, letters)}
        if near:
            return near.pop() if len(near) == 1 else None
    return None


def _begins(term: Term, letters: str) -> bool:
    return any(fold_label(label).startswith(letters) for label in (term.label_id, term.label_en))


# The number of a sheet


def sheet_number(device: str, copy: int) -> str:
    """What stands on the n-th list that a device has printed: "B3-17-K", with a check character."""
    body = f"{device}-{copy}"
    return f"{body}-{check_character(body)}"


def read_sheet_number(written: str) -> str | None:
    """The number of a sheet as it is written; a letter behind it tells photocopies apart: "B3-17-K-A".

    A list that was printed without a centre bears a number of somebody's own. None for a slip, and for what is none.
    """
    text = _SPACING.sub("-", written.strip()).strip("-").upper()
    shaped = _LOOSE.fullmatch(text)
    if shaped is not None:
        device, copy, given, letter = shaped.groups()
        number = sheet_number(device.translate(_AS_DIGIT), int(copy))
        if number[-1] == given and set(number[:2]) <= set(DEVICE_ALPHABET):
            return f"{number}-{letter}" if letter else number
    fits = len(text) <= MOST_LETTERS and _OWN.fullmatch(text) and any(letter.isdecimal() for letter in text)
    return text if fits and not _WRITTEN.fullmatch(text) else None


# A sheet that was copied


@dataclass(frozen=True)
class ListSheet:
    """One sheet as it was typed: `rows` by their numbers on the paper, each with what its columns say.

    Dates are partial ones ("1984", "1984-05-17"), codes those of their lists; what could not be read stays as written.
    """

    number: str
    village: str
    on: dt.date
    staff: str
    rows: Mapping[int, Mapping[str, str]]

    def book(self) -> Book:
        """The sheet as a register; its lines are numbered as on the paper, so the headings stand on line 0."""
        lines: dict[int, list[Cell]] = {0: [*_HEAD, *columns()]}
        for number, row in sorted(self.rows.items()):
            head = (number, f"{_PAPER}{self.number}#{number}", self.on.isoformat(), self.village, self.staff or None)
            lines[number] = [*head, *(row.get(name, "").strip() or None for name in columns())]
        content = repr((self.number, sorted((number, sorted(row.items())) for number, row in self.rows.items())))
        return Book(self.number, [Sheet(self.number, lines)], hashlib.sha256(content.encode()).hexdigest())


def told_by(submission: str) -> tuple[str, int] | None:
    """The sheet and the row by which a row from paper is known; None for what comes from a telephone."""
    found = _TOLD.fullmatch(submission)
    return (found[1], int(found[2])) if found else None


SOURCE: Final = N_("Village list {sheet}, row {row}")


def source_words(sheet: str, row: int) -> str:
    """What is kept with the visit, in the active language: on which paper somebody stands."""
    return _(SOURCE).format(sheet=sheet, row=row)
