# SPDX-License-Identifier: Apache-2.0
"""From the lines of a register to values: each column first looked at as a whole, then each cell read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from resource_centre.registers.cells import (
    MarkHabit,
    NikHabit,
    SexHabit,
    fold_word,
    nik_says,
    read_count,
    read_mark,
    read_minutes,
    read_name,
    read_nik_cell,
    read_phone_cell,
    read_score,
    read_sex,
    read_text,
)
from resource_centre.registers.checking import check_row, heading_of
from resource_centre.registers.codes import read_code
from resource_centre.registers.dates import (
    DateHabit,
    DateReading,
    month_of,
    read_date,
    read_dates,
)
from resource_centre.registers.lines import DataLine, Table
from resource_centre.registers.readings import NOTHING, Reading, RowProblem, as_text, is_refused, is_unknown
from resource_centre.registers.rows import Row, fingerprint_of
from resource_centre.registers.sheet import Cell
from resource_centre.registers.tables import DATE_FIELDS
from resource_centre.registers.villages import VillageReader, Written, split_address

FIELDS: Final = {
    "register": (
        "reported", "name", "nik", "sex", "born", "village", "phone", "country", "returned", "return_type", "job",
    ),
    "counselling": ("date", "name", "nik", "kind", "session", "minutes", "topic", "next_step", "counsellor"),
    "training": ("start", "end", "village", "module", "facilitator", "name", "sex", "age", "status", "pre", "post",
                 "days"),
}  # fmt: skip
"""The fields every row of a kind has in the answer, whether or not the sheet has a column for them."""

TEXTS: Final = frozenset(
    {"birth_place", "topic", "next_step", "counsellor", "facilitator", "venue", "remarks", "staff", "sponsor",
     "employer", "mother_name", "father_name", "passport", "hamlet", "street", "family_card", "certificate"}
)  # fmt: skip
CODES: Final = frozenset({"country", "return_type", "job", "kind", "module", "status", "education", "marital_status"})
OPEN_LISTS: Final = frozenset({"module", "status", "education", "marital_status"})
"""Fields kept as written without complaint when their word is not in the list."""
WHOLE_DATES: Final = frozenset({"reported", "date", "start", "end"})
_STILL_OPEN: Final = ("village_ambiguous", "village_unknown", "district_unknown")
_EDGES: Final = " ,;:/-.("
_EDGE = re.compile(r"[ ,;:/\-.(]+")
_DATE_AT_END = re.compile(r"^(.*?)[,;:/\-\s]*((?:\d|tgl|tanggal).*)$", re.IGNORECASE | re.DOTALL)


@dataclass
class _Habits:
    """What was found out about the columns of one table."""

    dates: dict[str, DateHabit]
    nik: NikHabit
    sex: SexHabit
    marks: MarkHabit


@dataclass
class Reader:
    """Reads the rows of all tables of a file; villages are settled in the light of all of them."""

    today: date
    villages: VillageReader = field(default_factory=VillageReader)

    def read_table(self, table: Table) -> list[Row]:
        """The rows of one table."""
        for line in table.lines:
            _spread(line)
        habits = _habits(table, self.today)
        return [self._row(line, table.sheet.name, habits) for line in table.lines]

    def _row(self, line: DataLine, sheet: str, habits: _Habits) -> Row:
        kind = line.head.kind
        cells = line.all
        row = Row(
            sheet=sheet,
            row=line.row,
            kind=kind,
            values=dict.fromkeys(FIELDS[kind]),
            raw=_raw(line),
            fingerprint=fingerprint_of(kind, _texts(cells)),
        )
        for name, cell in cells.items():
            base = name.partition(":")[0]
            if why := _why_unanswered(name, cell):
                row.unanswered[name] = why
            elif base in DATE_FIELDS:
                _date(row, line, name, cell, habits)
            elif reader := _READERS.get(name):
                _keep(row, line, name, reader(cell, habits, self.today, line))
        self._village(row, line, cells)
        if kind == "training":
            _attendance(row, line, habits)
        check_row(row, line, self.today)
        return row

    def _village(self, row: Row, line: DataLine, cells: dict[str, Cell]) -> None:
        written = _written_place(cells)
        if written is None and not read_text(cells.get("address")).value:
            return
        written = written or Written()
        reading = self.villages.read(written)
        if not written.village and not read_text(cells.get("village")).value and read_text(cells.get("address")).value:
            reading = Reading(None, "village_unknown")
        _keep(row, line, "village", reading, written=written.text)
        row.values["village_text"] = written.text or None

    def settle_villages(self, rows: list[Row], lines: dict[tuple[str, int], DataLine]) -> None:
        """Read the villages that stayed open again, knowing now which regencies the register is about."""
        home = self.villages.home()
        open_rows = [row for row in rows if any(row.has(code, "village") for code in _STILL_OPEN)]
        if not home or not open_rows:
            return
        reader = VillageReader(hints=home)
        for row in open_rows:
            line = lines[row.sheet, row.row]
            written = _written_place(line.all)
            if written is not None and (found := reader.read(written)).value:
                row.problems = [problem for problem in row.problems if problem.field != "village"]
                _keep(row, line, "village", found, written=written.text)


def _raw(line: DataLine) -> dict[str, str]:
    cells = line.raw
    width = len(cells)
    headings = (*line.head.columns, *line.head.unknown)
    return {
        column.heading: as_text(cell)
        for column in headings
        if column.index < width and (cell := cells[column.index]) is not None
    }


def _texts(cells: dict[str, Cell]) -> dict[str, str]:
    return {name: as_text(cell) for name, cell in cells.items()}


def _spread(line: DataLine) -> None:
    """Take cells apart that hold two fields, and put dates together that stand in three columns."""
    both = line.cells.pop("birth_place_date", None)
    if isinstance(both, str) and (parts := _DATE_AT_END.match(both.strip())):
        place, day = _month_to_date(parts[1].strip(_EDGES), parts[2].strip())
        line.cells.setdefault("birth_place", place or None)
        line.cells.setdefault("born", day)
    elif both is not None:
        line.cells.setdefault("born" if not isinstance(both, str) else "birth_place", both)
    for name in {key.partition(":")[0] for key in line.cells if ":" in key} & DATE_FIELDS:
        parts_of = [line.cells.pop(f"{name}:{part}", None) for part in ("day", "month", "year")]
        texts = [as_text(part).strip() for part in parts_of]
        if texts[2] and not texts[0] and not texts[1]:
            line.cells[name] = parts_of[2]
        elif any(texts):
            joint = " " if any(letter.isalpha() for letter in texts[1]) else "-"
            line.cells[name] = joint.join(text for text in texts if text) if texts[2] else " ".join(texts)
            if all(text.isdecimal() for text in texts) and len(texts[2]) == 4:
                line.cells[name] = f"{texts[2]}-{int(texts[1]):02d}-{int(texts[0]):02d}"


def _month_to_date(place: str, day: str) -> tuple[str, str]:
    """A month written out before a bare year belongs to the date: "Maros, Mei 1984"."""
    words = _EDGE.split(place)
    if words[-1] and re.fullmatch(r"'?(\d{4}|\d{2})|\d{1,2}[, ]+\d{4}", day) and month_of(words[-1]):
        return place[: -len(words[-1])].strip(_EDGES), f"{words[-1]} {day}"
    return place, day


def _habits(table: Table, today: date) -> _Habits:
    columns: dict[str, list[Cell]] = {}
    for line in table.lines:
        for name, cell in line.all.items():
            columns.setdefault(name, []).append(cell)
    indonesian = table.head.indonesian
    dates = {
        name: DateHabit.of(columns[name], indonesian=indonesian, birth=name == "born", today=today)
        for name in columns
        if name in DATE_FIELDS
    }
    _share_orders(dates)
    niks = NikHabit.of(columns.get("nik", ()))
    marks = [cell for name, cells in columns.items() if name.startswith("day:") for cell in cells]
    return _Habits(
        dates,
        niks,
        SexHabit.of(columns.get("sex", ()), _sex_by_nik(table, niks, today)),
        MarkHabit.of(marks, indonesian=indonesian),
    )


def _share_orders(dates: dict[str, DateHabit]) -> None:
    """A column that does not tell day from month is read like its neighbours when those agree."""
    orders = {habit.column_order for habit in dates.values() if any(habit.orders.values())}
    orders.discard(None)
    if len(orders) != 1:
        return
    for habit in dates.values():
        told = sum(habit.orders.values(), Counter())
        if habit.column_order is None and not told["dmy"] and not told["mdy"]:
            habit.column_order = next(iter(orders))


def _sex_by_nik(table: Table, habit: NikHabit, today: date) -> Iterable[tuple[str, str]]:
    words = {"p", "1", "2"}
    for line in table.lines:
        word = fold_word(as_text(line.cells.get("sex")))
        if word in words and "nik" in line.cells:
            digits = read_nik_cell(line.cells["nik"], habit, today).value
            sex = nik_says(digits, today)[0] if digits and digits.isdecimal() else None
            if sex:
                yield word, sex


_CellReader = Callable[[Cell, _Habits, date, DataLine], Reading]


def _code_reader(name: str) -> _CellReader:
    return lambda cell, _habits, _today, _line: read_code(name, cell)


_READERS: Final[dict[str, _CellReader]] = {
    "name": lambda cell, _h, _t, _l: read_name(cell),
    "nik": lambda cell, habits, today, _l: read_nik_cell(cell, habits.nik, today),
    "sex": lambda cell, habits, _t, _l: read_sex(cell, habits.sex),
    "phone": lambda cell, _h, _t, _l: read_phone_cell(cell),
    "age": lambda cell, _h, _t, _l: read_count(cell, 120),
    "session": lambda cell, _h, _t, _l: read_count(cell, 200),
    "minutes": lambda cell, _h, _t, line: read_minutes(cell, heading_of(line, "minutes")[1]),
    "pre": lambda cell, _h, _t, _l: read_score(cell),
    "post": lambda cell, _h, _t, _l: read_score(cell),
    **{name: (lambda cell, _h, _t, _l: read_text(cell)) for name in TEXTS},
    **{name: _code_reader(name) for name in CODES},
}


def _why_unanswered(name: str, cell: Cell) -> str:
    """What a cell says instead of an answer, where that is no reading's business; "" when it answers."""
    if not isinstance(cell, str):
        return ""
    text = cell.strip()
    if is_refused(text):
        return "refused"
    # The words for it may be an answer to a free question; the sign is none.
    return "unknown" if name in TEXTS and text and not text.strip("?") else ""


def _keep(row: Row, line: DataLine, name: str, reading: Reading, written: str | None = None) -> None:
    """Put a reading into the row: its value, and its problem with the place it stands in."""
    cell = line.all.get(name)
    if name in OPEN_LISTS and reading.problem in {"not_in_list", "two_answers"}:
        reading = NOTHING
    row.values[name] = reading.value
    if name in CODES and cell is not None and (reading.value or name in OPEN_LISTS or reading.problem):
        row.values[f"{name}_text"] = as_text(cell).strip()
    if reading.note:
        row.values[f"{name}_note"] = reading.note
    if reading.problem:
        column, heading = heading_of(line, name)
        text = as_text(cell) if written is None else written
        row.problems.append(RowProblem(name, reading.problem, reading.severity, column, heading, text, reading.options))
    elif reading.value is None and is_unknown(as_text(cell).strip()):
        row.unanswered[name] = "unknown"


def _date(row: Row, line: DataLine, name: str, cell: Cell, habits: _Habits) -> None:
    habit = habits.dates[name]
    reading, last = read_dates(cell, habit) if name in {"start", "date", "end"} else (read_date(cell, habit), None)
    if isinstance(cell, str) and not reading.value and not reading.options:
        text = cell.strip()
        plain = read_text(cell)
        if plain.value is None or is_unknown(text):
            row.values[name] = None
            if is_unknown(text):
                row.unanswered[name] = "unknown"
            return
    if last is not None:
        if name == "start" and "end" not in line.cells:
            row.values["end"] = last.value
        elif name == "end":
            reading = last
        elif name == "date":
            reading = DateReading(None, "date_range", tuple(v for v in (reading.value, last.value) if v))
    problem = reading.problem
    if reading.value and name in WHOLE_DATES and len(reading.value) < 10:
        problem = "date_year_only"
        reading = replace(reading, options=(reading.value,), value=None)
    elif reading.about:
        problem = "date_about"
    severity: Any = "warning" if problem == "date_about" else "error"
    _keep(row, line, name, Reading(reading.value, problem, severity, reading.options))


def _written_place(cells: dict[str, Cell]) -> Written | None:
    """The place of a row from its columns; what the village cell or the address says beyond them fills the gaps."""
    texts = [as_text(cells[name]) if name in cells else "" for name in _PLACE_FIELDS]
    return _place_in(*texts) if any(texts) else None


_PLACE_FIELDS: Final = ("village", "district", "regency", "province", "address", "venue")
_LEVEL_LABEL = re.compile(r"\b(kec|kab|kecamatan|kabupaten)\b", re.IGNORECASE)
_HAMLET_FIRST = re.compile(r"\s*(?:dusun|dsn|dukuh|lingkungan|lingk)\b.*,", re.IGNORECASE)
_ADMINISTRATIVE = re.compile(r"\badm(inistrasi|\.)?\s+", re.IGNORECASE)


def _joined(village: str, district: str | None) -> bool:
    """Whether the cell of the village seems to hold its district too."""
    return not district and ("," in village or bool(re.search(r"\s[-–/]\s|[^\W\d]/[^\W\d]", village)))


@lru_cache(maxsize=32_768)
def _place_in(*texts: str) -> Written | None:
    village, district, regency, province, address, venue = (read_text(text).value for text in texts)
    levels = {"village": village, "district": district, "regency": regency, "province": province}
    if village is None and address is None and venue and "desa" in venue.casefold():
        address = venue
    if regency:
        levels["regency"] = _ADMINISTRATIVE.sub("", regency)
    if village and (_LEVEL_LABEL.search(village) or _HAMLET_FIRST.match(village) or _joined(village, district)):
        parts = split_address(village)
        levels = {name: parts.get(name) if name == "village" else levels[name] or parts.get(name) for name in levels}
    if address:
        parts = split_address(address)
        levels = {name: value or parts.get(name) for name, value in levels.items()}
    return Written(**levels) if any(levels.values()) else None


def _attendance(row: Row, line: DataLine, habits: _Habits) -> None:
    """Marks per day, H T I A or - where nothing is marked, and on how many days somebody was there."""
    names = sorted(
        (column.field for column in line.head.columns if column.field.startswith("day:")),
        key=lambda name: int(name.partition(":")[2]),
    )
    if names:
        marks = []
        for name in names:
            reading = read_mark(line.cells.get(name), habits.marks)
            marks.append(reading.value or "-")
            if reading.problem:
                _keep(row, line, name, reading)
                row.values.pop(name, None)
        row.values["marks"] = "".join(marks)
        unclear = any(problem.field.startswith("day:") for problem in row.problems)
        row.values["days"] = None if unclear else sum(mark in "HT" for mark in marks)
    elif "days" in line.cells:
        reading = read_count(line.cells["days"], 60)
        if reading.problem and (mark := read_mark(line.cells["days"], habits.marks)).value:
            reading = Reading(int(mark.value in "HT"))
        _keep(row, line, "days", reading)
