# SPDX-License-Identifier: Apache-2.0
"""Find the table on a sheet: the line or two of headings, which column is what, and where the headings come again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from resource_centre.registers.headings import DAY, KINDS, Guess, guesses, indonesian_headings, whole_guesses, words_of
from resource_centre.registers.sheet import Cell, Sheet, cell_at

LOOKED_AT: Final = 80
FEWEST_FIELDS: Final = 3
DATE_FIELDS: Final = frozenset({"reported", "born", "returned", "departed", "date", "start", "end"})

_SAID = re.compile(r"^\s*:|\w\s*:\s+\w")
"""A line that says something ("Materi : Menabung") is no line of headings."""
_PARTS_OF_DATE: Final = {
    "day": {"tanggal", "hari", "day", "dd", "d"},
    "month": {"bulan", "month", "mm", "m"},
    "year": {"tahun", "year", "yyyy", "yy", "y"},
}
_SHEET_HINTS: Final = {
    "counselling": re.compile(r"konsel|counsel|pendamping", re.IGNORECASE),
    "training": re.compile(r"literasi|pelatih|train|hadir|peserta|literacy|absen|attend", re.IGNORECASE),
    "register": re.compile(r"purna|regist|pulang|return|intake|deport", re.IGNORECASE),
}


@dataclass(frozen=True)
class Column:
    """One column of a table: its index from 0, its heading as written, and the field it was taken for."""

    index: int
    heading: str
    field: str
    sure: float = 1.0
    by: str = "heading"


@dataclass(frozen=True)
class Mapping_:  # noqa: N801 - the word is taken by the standard library
    """What somebody settled about the columns: headings as written to fields ("" for none), and the kind of sheet."""

    fields: Mapping[str, str]
    kind: str | None = None


@dataclass
class Head:
    """A line (or two) of headings and what it says the columns are."""

    first: int
    last: int
    kind: str
    columns: tuple[Column, ...]
    unknown: tuple[Column, ...] = ()
    score: float = 0.0

    @property
    def headings(self) -> list[str]:
        """All headings, known or not."""
        return [column.heading for column in (*self.columns, *self.unknown)]

    @property
    def signature(self) -> str:
        """The same for every sheet with the same headings, whatever their order; mappings are remembered by it."""
        words = sorted(" ".join(words_of(heading)) for heading in self.headings)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]

    @property
    def indonesian(self) -> bool:
        """Whether whoever wrote the headings writes the day before the month."""
        return indonesian_headings(self.headings)

    def index_of(self, name: str) -> int | None:
        """The column of a field, from 0."""
        return next((column.index for column in self.columns if column.field == name), None)


@dataclass
class Heading:
    """The text above a column: the group it stands under, if any, and its own."""

    index: int
    group: str
    own: str
    guesses: tuple[Guess, ...] = field(default=())

    @property
    def text(self) -> str:
        """Both, as shown to a person."""
        return f"{self.group} - {self.own}" if self.group else self.own


def find_head(sheet: Sheet, given: Iterable[Mapping_] = ()) -> Head | None:
    """The headings of the sheet's table: the line that names the most fields; None when no line does."""
    numbers = sorted(sheet.lines)[:LOOKED_AT]
    settled = list(given)
    heads = [head for number in numbers if (head := head_at(sheet, number, settled)) is not None]
    if not heads:
        return None
    best = max(head.score for head in heads)
    return next(head for head in heads if head.score >= 0.75 * best)


def head_at(sheet: Sheet, number: int, given: Iterable[Mapping_] = ()) -> Head | None:
    """The headings beginning at this line, of one line or of two; None when it is no line of headings."""
    line = sheet.lines.get(number, [])
    texts = [cell for cell in line if isinstance(cell, str)]
    if len(texts) < FEWEST_FIELDS - 1 or any(_SAID.search(text) for text in texts):
        return None
    single = _head(sheet, number, number, _single(line), given)
    below = sheet.lines.get(number + 1)
    double = None
    if below is not None and _may_be_headings(below):
        double = _head(sheet, number, number + 1, _double(sheet, number, line, below), given)
    if single is None or (double is not None and double.score > single.score + 0.5):
        return double
    return single


def _may_be_headings(line: list[Cell]) -> bool:
    """Headings are short texts; days may be headed 1, 2, 3 or by their dates."""
    for cell in line:
        if isinstance(cell, bool | float) or (isinstance(cell, int) and not 0 < cell < 32):
            return False
        if isinstance(cell, str) and (len(cell) > 60 or re.fullmatch(r"[\d .\-/+']{6,}", cell)):
            return False
    return True


def _heading_text(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    return "" if cell is None else str(cell).strip()


def _single(line: list[Cell]) -> list[Heading]:
    headings = [Heading(index, "", _heading_text(cell)) for index, cell in enumerate(line) if cell is not None]
    for heading in headings:
        heading.guesses = guesses(heading.own)
    return headings


def _double(sheet: Sheet, number: int, above: list[Cell], below: list[Cell]) -> list[Heading]:
    spans = {
        index: cell_at(above, merge.left - 1)
        for merge in sheet.merges
        if merge.top == number and merge.right > merge.left
        for index in range(merge.left - 1, merge.right)
    }
    headings = []
    group = ""
    for index in range(max(len(above), len(below))):
        top, own = _heading_text(cell_at(above, index)), _heading_text(cell_at(below, index))
        if top:
            group = top
        over = _heading_text(spans.get(index)) or group
        if not own or own == top:
            if top:
                headings.append(Heading(index, "", top, guesses(top)))
            continue
        headings.append(Heading(index, over, own, _guess_pair(over, own)))
    return headings


def _guess_pair(group: str, own: str) -> tuple[Guess, ...]:
    if not group:
        return guesses(own)
    part = _date_part(group, own)
    if part is not None:
        return part
    day = _day_under(group, own)
    if day is not None:
        return day
    alone = guesses(own)
    together = whole_guesses(f"{own} {group}")
    if together:
        # "Tanggal" under "Kepulangan" is the day of return, whatever a bare "Tanggal" may mean.
        return (*together, *(replace(guess, sure=guess.sure * 0.7) for guess in alone))
    return alone or guesses(f"{group} {own}")


def _date_part(group: str, own: str) -> tuple[Guess, ...] | None:
    words = set(words_of(own))
    over = [guess for guess in guesses(group) if guess.field in DATE_FIELDS]
    if not over:
        return None
    for part, known in _PARTS_OF_DATE.items():
        if len(words) == 1 and words <= known:
            return tuple(Guess(g.kind, f"{g.field}:{part}", g.sure, g.weight) for g in over)
    return None


def _day_under(group: str, own: str) -> tuple[Guess, ...] | None:
    """A column under "Kehadiran" headed 1, I, or by a date is one day of attendance."""
    if not any(guess.field == "days" for guess in guesses(group)) and "hari" not in words_of(group):
        return None
    direct = guesses(f"hari {own}")
    if direct and direct[0].field.startswith(DAY):
        return direct
    if re.search(r"\d{1,2}[-/. ](\d{1,2}|[a-z]{3})", own.casefold()):
        return (Guess("training", f"{DAY}:by_date", 0.95, 3),)
    return None


def _head(sheet: Sheet, first: int, last: int, headings: list[Heading], given: Iterable[Mapping_]) -> Head | None:
    best: Head | None = None
    settled = _settled(headings, given)
    for kind in KINDS:
        if settled is not None and settled.kind not in {None, kind}:
            continue
        columns = _assign(headings, kind, settled)
        known = {column.index for column in columns}
        unknown = tuple(Column(h.index, h.text, "", 0.0) for h in headings if h.index not in known)
        score = _score(columns, headings, kind) + (1.0 if _SHEET_HINTS[kind].search(sheet.name) else 0.0)
        head = Head(first, last, kind, columns, unknown, score)
        if best is None or head.score > best.score:
            best = head
    if best is None:
        return None
    fields = {column.field for column in best.columns if column.field}
    named = fields & {"name", "nik"}
    return best if named and len(fields) >= FEWEST_FIELDS else None


def _settled(headings: list[Heading], given: Iterable[Mapping_]) -> Mapping_ | None:
    """What was settled about these headings, the first told winning; None when nothing was."""
    texts = {heading.text for heading in headings}
    fitting = [one for one in given if one.fields and set(one.fields) <= texts]
    if not fitting:
        return None
    fields: dict[str, str] = {}
    for one in reversed(fitting):
        fields |= one.fields
    return Mapping_(fields, next((one.kind for one in fitting if one.kind), None))


def _assign(headings: list[Heading], kind: str, settled: Mapping_ | None) -> tuple[Column, ...]:
    """Give each column at most one field and each field at most one column, the surest first."""
    taken: dict[int, Column] = {}
    used: set[str] = set()
    for heading in headings:
        if settled is not None and heading.text in settled.fields:
            name = settled.fields[heading.text]
            taken[heading.index] = Column(heading.index, heading.text, name, 1.0, "given")
            used.add(name)
    choices = [
        (guess.sure, guess.kind == kind, guess.weight, -heading.index, heading, guess)
        for heading in headings
        for guess in heading.guesses
        if guess.kind in {kind, "any"}
    ]
    for sure, _own, _weight, _index, heading, guess in sorted(choices, key=lambda c: c[:4], reverse=True):
        name = guess.field
        if name == f"{DAY}:by_date":
            name = f"{DAY}:{1 + sum(one.startswith(DAY) for one in used)}"
        if heading.index not in taken and name not in used:
            taken[heading.index] = Column(heading.index, heading.text, name, sure)
            used.add(name)
    return _days_in_order(tuple(taken[index] for index in sorted(taken)))


def _days_in_order(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Number attendance columns from left to right when they were headed by dates."""
    days = sorted(int(c.field.partition(":")[2]) for c in columns if c.field.startswith(f"{DAY}:"))
    numbers = iter(days)
    return tuple(
        Column(c.index, c.heading, f"{DAY}:{next(numbers)}", c.sure, c.by) if c.field.startswith(f"{DAY}:") else c
        for c in columns
    )


def _score(columns: tuple[Column, ...], headings: list[Heading], kind: str) -> float:
    """How many fields were found, and how telling of this kind of sheet they are."""
    weights = {(h.index, g.field): g.weight * (1.0 if g.kind == kind else 0.3) for h in headings for g in h.guesses}
    return sum(
        column.sure * (1 + 0.5 * weights.get((column.index, column.field), 1)) for column in columns if column.field
    )
