# SPDX-License-Identifier: Apache-2.0
"""Tell the lines of a table apart: people, totals, month separators, repeated headings, notes and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from resource_centre.registers.cells import fold_word
from resource_centre.registers.contents import with_columns_by_contents
from resource_centre.registers.headings import guesses, known_heading
from resource_centre.registers.lists import rows_of
from resource_centre.registers.readings import as_text, is_ditto, is_empty, words_for
from resource_centre.registers.sheet import Cell, Sheet, cell_at
from resource_centre.registers.tables import DATE_FIELDS, Head, Mapping_, find_head, head_at
from resource_centre.registers.villages import split_address

_SERVANT = re.compile(r"nip\b[ .:]*(?:\d|-|$)")
_DIGITS = re.compile(r"\d")
_PLACE_SAID = re.compile(r"\s*(?:desa|ds|kelurahan|kel|kecamatan|kec)\b[. ]", re.IGNORECASE)
_PAIR = re.compile(r"\s*([^:=]{2,40}?)\s*[:=]\s*(.*)", re.DOTALL)
CONSTANT_FIELDS = frozenset(
    {"reported", "date", "start", "end", "village", "district", "regency", "province", "module", "facilitator",
     "venue", "counsellor", "country", "address"}
)  # fmt: skip
WRITTEN_ONCE = {
    "training": frozenset({"start", "end", "village", "district", "regency", "module", "facilitator", "venue"}),
    "counselling": frozenset({"name", "nik"}),
}
"""What some offices write only on the first line of a training event, or of a client's sessions."""
FEWEST_SHORT = 3
SHORT_LINES = 0.3
FIRST_YEAR = 1900
"""A smaller number under a heading for dates is no year."""
CODES_OF_SEX = 2


@dataclass(frozen=True)
class LeftOut:
    """A line that is not about a person: where, why, and what it says."""

    sheet: str
    row: int
    reason: str
    text: str


@dataclass
class DataLine:
    """One line about one person: its cells by field, and what the sheet says once for several lines."""

    row: int
    cells: dict[str, Cell]
    head: Head
    constants: dict[str, Cell]
    raw: list[Cell] = field(default_factory=list)

    @property
    def all(self) -> dict[str, Cell]:
        """Its own cells and what the sheet says once."""
        return self.constants | self.cells if self.constants else self.cells


@dataclass
class Table:
    """A sheet understood as a table."""

    sheet: Sheet
    head: Head
    lines: list[DataLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@lru_cache(maxsize=4)
def _pattern(use: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows_of("lines") if row["use"] == use))


def read_table(sheet: Sheet, given: list[Mapping_]) -> Table | None:
    """Find the table on a sheet and sort its lines; None when there is no table."""
    head = find_head(sheet, given)
    if head is None:
        return None
    head = with_columns_by_contents(sheet, head)
    table = Table(sheet, head)
    numbers = sorted(sheet.lines)
    constants: dict[str, Cell] = {}
    for number in numbers:
        if number < head.first:
            constants |= constants_in(sheet.lines[number], head)
    previous: dict[str, Cell] = {}
    skip_to = head.last
    said: dict[str, Cell] = {}
    headed = False
    for number in numbers:
        if number <= skip_to:
            continue
        line = sheet.lines[number]
        reason = _reason_to_leave_out(line, head)
        if reason == "heading":
            again = head_at(sheet, number, given)
            if again is not None:
                head, skip_to = _like_before(again, head), again.last
        if reason:
            _leave_out(table, number, reason, line)
            headed = headed or reason == "heading"
            if reason not in {"total", "heading", "numbering"}:
                said |= constants_in(line, head)
            continue
        # Another event with headings of its own says everything anew; what it leaves out is not the last one's.
        constants = said if headed and said.keys() & constants.keys() else constants | said if said else constants
        said, headed = {}, False
        cells = _cells(line, head, previous)
        previous = cells
        table.lines.append(DataLine(number, cells, head, constants, line))
    _fill_blocks(table)
    return table


def _fill_blocks(table: Table) -> None:
    """Where the event, or the client, is written once above its lines, give it to the lines below, as the eye does.

    Only when that is the sheet's habit; a line that says something else itself begins a block of its own.
    """
    fields = WRITTEN_ONCE.get(table.head.kind, frozenset()) & {column.field for column in table.head.columns}
    own = [{name: line.cells[name] for name in fields & line.cells.keys() if _says(line.cells[name])}
           for line in table.lines]  # fmt: skip
    short = sum(len(cells) < len(fields) for cells in own)
    if not fields or short < FEWEST_SHORT or short < SHORT_LINES * len(own) or len(own[0]) < len(fields):
        return
    block: dict[str, Cell] = {}
    for line, cells in zip(table.lines, own, strict=True):
        if cells.items() <= block.items():
            line.cells |= block
        else:
            block = cells


def _says(cell: Cell) -> bool:
    return cell is not None and not is_empty(as_text(cell).strip())


def _like_before(again: Head, before: Head) -> Head:
    """Headings that come again, read as the first time; other headings are read anew."""
    if again.headings != before.headings and sorted(again.headings) != sorted(before.headings):
        return again
    fields = {column.heading: column for column in before.columns}
    columns = [
        replace(fields[column.heading], index=column.index)
        for column in (*again.columns, *again.unknown)
        if column.heading in fields
    ]
    known = {column.index for column in columns}
    unknown = tuple(column for column in (*again.unknown, *again.columns) if column.index not in known)
    return replace(again, columns=tuple(sorted(columns, key=lambda c: c.index)), unknown=unknown)


def _leave_out(table: Table, number: int, reason: str, line: list[Cell]) -> None:
    text = " | ".join(as_text(cell) for cell in line if cell is not None)
    table.left_out.append(LeftOut(table.sheet.name, number, reason, text))


def _cells(line: list[Cell], head: Head, previous: dict[str, Cell]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    width = len(line)
    for column in head.columns:
        cell = line[column.index] if column.index < width else None
        if isinstance(cell, str) and is_ditto(cell.strip()):
            cell = previous.get(column.field)
        if cell is not None and column.field:
            cells[column.field] = cell
    return cells


def _reason_to_leave_out(line: list[Cell], head: Head) -> str:
    """Why a line below the headings is about no person, "" when it is about one."""
    cells = {column.field: cell for column in head.columns if (cell := cell_at(line, column.index)) is not None}
    if _plainly_a_person(cells):
        return ""
    filled = [(index, cell) for index, cell in enumerate(line) if cell is not None and as_text(cell).strip()]
    if not filled:
        return "blank"
    if _is_numbering(filled):
        return "numbering"
    if _is_heading_again(line, filled, head):
        return "heading"
    strong = _strong(cells) and len(filled) > 1
    texts = [cell.strip().lower() for _, cell in filled if isinstance(cell, str)]
    if nobody := _about_nobody(cells, texts, strong=strong):
        return nobody
    if _name_or_nik(cells) and (strong or _numbered(cells)):
        return ""
    return _without_name(cells, filled, strong=strong)


def _about_nobody(cells: Mapping[str, Cell], texts: Sequence[str], *, strong: bool) -> str:
    if _is_signature(cells, texts):
        return "note"
    if not strong or not _name_or_nik(cells):
        for reason in ("total", "separator", "note"):
            if any(_pattern(reason).search(text) for text in texts[:2]):
                return reason
    return "total" if _counts_others(cells) else ""


def _is_signature(cells: Mapping[str, Cell], texts: Sequence[str]) -> bool:
    """Whether somebody signs here: a civil servant's number, or "Mengetahui," where names stand."""
    if any(_SERVANT.match(text) for text in texts):
        return True
    name = as_text(cells.get("name")).strip().lower()
    return bool(name and "number" not in cells and "nik" not in cells and _pattern("note").search(name))


def _without_name(cells: Mapping[str, Cell], filled: Sequence[tuple[int, Cell]], *, strong: bool) -> str:
    mapped = [name for name in cells if name not in {"number", "remarks"}]
    if len(mapped) >= 4 and strong:
        return ""
    return "unclear" if len(filled) > 1 else "single"


def _plainly_a_person(cells: Mapping[str, Cell]) -> bool:
    """The common case, decided without looking at every cell: a numbered line with a name and something telling."""
    name = cells.get("name")
    if not isinstance(name, str) or not isinstance(cells.get("number"), int):
        return False
    return not known_heading(name) and not _counts_others(cells) and _name_or_nik(cells) and _strong(cells)


def _counts_others(cells: Mapping[str, Cell]) -> bool:
    """Whether this line is a total. Some people are called Jumlah: who has a birth date, a sex, a telephone or an
    identity number, and no sum where such a thing stands, is one of them."""
    name = as_text(cells.get("name")).strip().lower()
    if not name or not _pattern("total").search(name) or _has_digits(cells.get("nik"), 13):
        return False
    return bool(_pattern("only_total").search(name)) or _has_a_sum(cells) or not _is_somebodys(cells)


def _is_somebodys(cells: Mapping[str, Cell]) -> bool:
    born = [cell for name, cell in cells.items() if name.partition(":")[0] == "born"]
    digits = _has_digits(cells.get("nik"), 10) or _has_digits(cells.get("phone"), 7)
    return digits or _says_sex(cells) or any(isinstance(cell, date) or _has_digits(cell, 4) for cell in born)


def _has_a_sum(cells: Mapping[str, Cell]) -> bool:
    """Whether a number that can only count stands where a date, a sex, a telephone or an identity number should."""
    least = {"sex": CODES_OF_SEX + 1}
    telling = {name: cell for name, cell in cells.items() if name in DATE_FIELDS | {"sex", "nik", "phone"}}
    return any(
        isinstance(cell, int | float) and least.get(name, 0) <= cell < FIRST_YEAR for name, cell in telling.items()
    )


def _is_numbering(filled: Sequence[tuple[int, Cell]]) -> bool:
    """The line (1) (2) (3) that government tables carry under their headings."""
    if len(filled) < 4:
        return False
    numbers = [as_text(cell).strip(" ()[].") for _, cell in filled]
    first = int(numbers[0]) if numbers[0].isdecimal() and len(numbers[0]) < 3 else 1
    return numbers == [str(number) for number in range(first, first + len(numbers))]


def _is_heading_again(line: list[Cell], filled: Sequence[tuple[int, Cell]], head: Head) -> bool:
    index = head.index_of("name")
    if index is None:
        index = head.index_of("nik")
    cell = cell_at(line, index) if index is not None else None
    same = isinstance(cell, str) and known_heading(cell)
    texts = [cell for _, cell in filled if isinstance(cell, str)]
    if not same and not (len(texts) >= 3 and all(known_heading(text) for text in texts[:3])):
        return False
    known = sum(bool(guesses(text)) for text in texts)
    return known >= 3 and known >= 0.6 * len(texts)


def _name_or_nik(cells: Mapping[str, Cell]) -> bool:
    name = as_text(cells.get("name")).strip()
    return (any(letter.isalpha() for letter in name) and not is_empty(name)) or _has_digits(cells.get("nik"), 10)


def _has_digits(cell: Cell, least: int) -> bool:
    return cell is not None and len(_DIGITS.findall(as_text(cell))) >= least


def _numbered(cells: Mapping[str, Cell]) -> bool:
    number = cells.get("number")
    return isinstance(number, int) or as_text(number).strip(" .").isdecimal()


def _strong(cells: Mapping[str, Cell]) -> bool:
    """Whether some cell can hardly stand in a line that is not about a person."""
    if _has_digits(cells.get("nik"), 10) or _has_digits(cells.get("phone"), 7):
        return True
    if _says_sex(cells):
        return True
    for name, cell in cells.items():
        if name.partition(":")[0] in DATE_FIELDS and (isinstance(cell, int | float | date) or _has_digits(cell, 2)):
            return True
        if name in {"pre", "post"} and isinstance(cell, int | float):
            return True
    return any(name.startswith("day:") and len(as_text(cell)) <= 2 for name, cell in cells.items())


def _says_sex(cells: Mapping[str, Cell]) -> bool:
    sex = cells.get("sex")
    return isinstance(sex, str) and fold_word(sex) in words_for("sex_L") | words_for("sex_P")


def constants_in(line: list[Cell], head: Head) -> dict[str, Cell]:
    """What a title line says for the whole table, such as "Desa : Korleko", for fields that have no column."""
    own = {column.field for column in head.columns}
    found: dict[str, Cell] = {}
    for label, value in _pairs(line):
        for guess in guesses(label):
            if guess.kind in {head.kind, "any"} and guess.field in CONSTANT_FIELDS and guess.field not in own:
                found.setdefault(guess.field, value)
                break
    return found or _place_said(line, own)


def _place_said(line: list[Cell], own: set[str]) -> dict[str, Cell]:
    """The place in a line that says nothing else, such as "DESA SIKUR KECAMATAN SIKUR"."""
    texts = [cell for cell in line if cell is not None]
    if len(texts) != 1 or not isinstance(texts[0], str) or own & {"village", "address"}:
        return {}
    levels = split_address(texts[0]) if _PLACE_SAID.match(texts[0]) else {}
    return {level: name for level, name in levels.items() if level in CONSTANT_FIELDS - own}


def _pairs(line: list[Cell]) -> Iterator[tuple[str, Cell]]:
    filled = [cell for cell in line if cell is not None]
    for place, cell in enumerate(filled):
        if not isinstance(cell, str):
            continue
        after = filled[place + 1] if place + 1 < len(filled) else None
        parts = _PAIR.fullmatch(cell)
        if parts and parts[2].strip():
            yield parts[1], parts[2].strip()
        elif parts and after is not None:
            yield parts[1], after
        elif after is not None and isinstance(after, str) and after.strip().startswith(":"):
            rest = after.strip()[1:].strip()
            yield cell, rest or (filled[place + 2] if place + 2 < len(filled) else None)
