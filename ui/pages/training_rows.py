# SPDX-License-Identifier: Apache-2.0
"""An attendance sheet while it is being typed: rows of what was written, and what each cell was understood as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from resource_centre.services.gain import MatchedGain, matched_gain
from resource_centre.vocabulary import vocabulary

MARKS = "HTIA"
NO_MARK = "-"
OLDEST = 110
MOST_PASTED = 2000

NAME, SEX, AGE, CLIENT_TYPE, VILLAGE = "name", "sex", "age", "client_type", "village_code"
PRE, POST, GAIN = "pre_score", "post_score", "gain"

_HEADINGS = {
    NAME: ("nama", "name", "nama lengkap", "full name", "nama peserta", "participant"),
    SEX: ("l/p", "jk", "jenis kelamin", "sex", "m/f", "gender"),
    AGE: ("umur", "usia", "age"),
    CLIENT_TYPE: ("status", "jenis klien", "client type", "kategori"),
    VILLAGE: ("desa", "desa/kelurahan", "kelurahan", "village"),
    PRE: ("pre", "pre-test", "pretest", "tes awal", "pre test", "nilai awal"),
    POST: ("post", "post-test", "posttest", "tes akhir", "post test", "nilai akhir"),
}
_DAY_HEADING = re.compile(r"(?:hari|day|h)\s*(?:ke-?)?\s*(\d{1,2})|hadir|kehadiran|attendance", re.IGNORECASE)
_SEX_KEYS = {"l": "L", "m": "L", "p": "P", "f": "P", "w": "P"}

ReadPlace = Callable[[str], str | None]
"""A village code for what somebody wrote, None when it is not clear."""


@dataclass
class SheetRow:
    """One line of the sheet. `unread` keeps what was written in a cell that could not be understood."""

    name: str = ""
    person_id: str | None = None
    participation_id: str | None = None
    version: int | None = None
    sex: str | None = None
    age: str = ""
    client_type: str | None = None
    village_code: str | None = None
    days: str = ""
    pre_score: str = ""
    post_score: str = ""
    unread: dict[str, str] = field(default_factory=dict)

    def is_empty(self) -> bool:
        """Whether nobody is on this line; carried-over village and client type do not count."""
        written = (self.name, self.age, self.pre_score, self.post_score, self.days.strip(NO_MARK), self.sex or "")
        return not any(part.strip() for part in written) and self.participation_id is None

    def mark(self, day: int) -> str:
        """The mark of a day, empty when there is none."""
        mark = self.days[day : day + 1]
        return "" if mark == NO_MARK else mark

    def set_mark(self, day: int, mark: str) -> None:
        """Write one mark; an empty one takes it away."""
        marks = list(self.days.ljust(day + 1, NO_MARK))
        marks[day] = mark or NO_MARK
        self.days = "".join(marks).rstrip(NO_MARK)

    def gain(self) -> float | None:
        """Points between the two tests, None unless both are there."""
        pre, post = read_score(self.pre_score), read_score(self.post_score)
        return None if pre is None or post is None else post - pre

    def problem(self, column: str) -> str | None:
        """Code of what is wrong with a cell."""
        if column in self.unread:
            return {VILLAGE: "not_a_place"}.get(column, "not_in_list")
        if column == NAME:
            return "required" if not self.name.strip() and not self.is_empty() else None
        if column == AGE:
            return None if not self.age.strip() else _age_problem(self.age)
        if column in (PRE, POST):
            written = getattr(self, column).strip()
            return "out_of_range" if written and read_score(written) is None else None
        return None

    def values(self, days: int) -> dict[str, Any]:
        """What is stored: canonical values under the field names."""
        known = {"id": self.participation_id, "version": self.version} if self.participation_id else {}
        return known | {
            "name": self.name.strip(),
            "person_id": self.person_id,
            "sex": self.sex,
            "age": int(self.age) if self.age.strip() and _age_problem(self.age) is None else None,
            "client_type": self.client_type,
            "village_code": self.village_code,
            "days": self.days[:days].ljust(days, NO_MARK),
            "pre_score": read_score(self.pre_score),
            "post_score": read_score(self.post_score),
        }

    def typed(self) -> dict[str, Any]:
        """The line as it is, for the draft."""
        return asdict(self)


def gain_of(rows: Iterable[SheetRow]) -> MatchedGain:
    """What the sheet says the course has taught, matched pairs only."""
    return matched_gain((read_score(row.pre_score), read_score(row.post_score)) for row in rows)


def read_score(written: str) -> float | None:
    """A percentage between 0 and 100 out of "65", "65,5" or "65%"; None when it is none."""
    bare = written.strip().rstrip("%").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?", bare, re.ASCII):
        return None
    score = float(bare)
    return score if score <= 100 else None


def show_score(score: float | None) -> str:
    """A score as it is typed: no needless zeros."""
    return "" if score is None else f"{score:g}"


def sex_of_key(letter: str) -> str | None:
    """L or P for one pressed key; M and F are understood too."""
    return _SEX_KEYS.get(letter.casefold())


def put(row: SheetRow, column: str, written: str, place: ReadPlace) -> None:
    """Write a text into a cell and understand it; what is not understood stays in `unread`."""
    written = written.strip()
    row.unread.pop(column, None)
    if column.startswith("day:"):
        _put_mark(row, int(column[4:]), written)
    elif column in (SEX, CLIENT_TYPE, VILLAGE):
        code = _code_for(column, written, place)
        setattr(row, column, code)
        if written and code is None:
            row.unread[column] = written
    elif column == NAME:
        row.name = written
    elif column in (AGE, PRE, POST):
        setattr(row, column, written)


def read_pasted(text: str) -> list[list[str]]:
    """The cells of what a spreadsheet puts on the clipboard, blank lines left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_PASTED]
    cells = [[cell.strip().strip('"') for cell in line.split("\t")] for line in lines]
    return [line for line in cells if any(line)]


def headings_of(line: Sequence[str], days: int) -> list[str | None] | None:
    """Which column each heading names, None when the line is not a line of headings."""
    found: list[str | None] = []
    next_day = 0
    for cell in line:
        column = next((name for name, words in _HEADINGS.items() if cell.casefold().strip(". ") in words), None)
        if column is None and (day := _DAY_HEADING.fullmatch(cell.strip())) is not None:
            number = int(day[1]) - 1 if day[1] else next_day
            column = f"day:{number}" if 0 <= number < days else None
            next_day = number + 1
        found.append(column)
    return found if NAME in found else None


def _put_mark(row: SheetRow, day: int, written: str) -> None:
    code = vocabulary("attendance").find(written) if written else ""
    mark = (code or written[:1]).upper()
    if written and mark not in MARKS:
        row.unread[f"day:{day}"] = written
        mark = ""
    row.set_mark(day, mark)


def _code_for(column: str, written: str, place: ReadPlace) -> str | None:
    if not written:
        return None
    if column == VILLAGE:
        return place(written)
    return vocabulary(column).find(written)


def _age_problem(written: str) -> str | None:
    bare = written.strip()
    if not (bare.isascii() and bare.isdigit()):
        return "not_a_number"
    return None if int(bare) <= OLDEST else "out_of_range"
