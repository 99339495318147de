# SPDX-License-Identifier: Apache-2.0
"""Read an .xlsx file: only its cells, in one pass, with limits against files made to fill the memory.

openpyxl reads either formulas or their last results, and takes several times as long; a register needs the result
where there is one and must not lose the cell where there is none.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import IO, Final
from xml.parsers import expat

from resource_centre.registers.refusals import FileRefused
from resource_centre.registers.sheet import Cell, Merge, Sheet, put

MOST_PARTS: Final = 3_000
MOST_BYTES: Final = 400 * 1024 * 1024
SUSPICIOUS_BYTES: Final = 32 * 1024 * 1024
MOST_TIMES_SMALLER: Final = 250
MOST_CELLS: Final = 8_000_000
MOST_ROW: Final = 1_048_576
MOST_COLUMN: Final = 16_384

# Built-in number formats that show a date or a time, and those that show a percentage (ECMA-376 part 1, 18.8.30).
DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
PERCENT_FORMATS: Final = frozenset({9, 10})

# A spreadsheet knows no time zones; its days count from one of these.
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001

_NOT_THE_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"-?\d{1,18}")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

StartElement = Callable[[str, dict[str, str]], None]


def check_parts(book: zipfile.ZipFile) -> None:
    """Refuse a file whose parts would unpack to far more than a register can be."""
    parts = book.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES:
        raise FileRefused("too_large")
    if unpacked > SUSPICIOUS_BYTES and unpacked / packed > MOST_TIMES_SMALLER:
        raise FileRefused("too_large")


def read_workbook(file: IO[bytes]) -> list[Sheet]:
    """Every sheet of a workbook with its cells; raises FileRefused when it is damaged, protected or a bomb."""
    try:
        with zipfile.ZipFile(file) as book:
            check_parts(book)
            return _read_parts(book)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, expat.ExpatError) as reason:
        raise FileRefused("damaged_workbook") from reason
    except (RuntimeError, ValueError, OverflowError) as reason:
        raise FileRefused("damaged_workbook") from reason


def _read_parts(book: zipfile.ZipFile) -> list[Sheet]:
    names = set(book.namelist())
    main = "xl/workbook.xml"
    if main not in names:
        raise FileRefused(_other_format(book, names))
    listed, epoch_1904 = _sheet_list(book, main)
    targets = _relations(book, main)
    look = _styles(book, targets.get("styles"), names)
    texts = _shared_texts(book, targets.get("sharedStrings"), names)
    sheets = []
    counter = _Counter()
    for name, relation, hidden in listed:
        part = targets.get(relation)
        if part is None or part not in names or "worksheets" not in part:
            continue
        reader = _SheetReader(texts, look, epoch_1904=epoch_1904, counter=counter)
        _parse(book, part, reader.start, reader.end, reader.text)
        sheets.append(Sheet(name=name, lines=reader.lines, merges=reader.merges, hidden=hidden))
    return sheets


def _other_format(book: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument" in book.read("mimetype")[:200]:
        return "ods"
    if "xl/workbook.bin" in names:
        return "binary_excel"
    return "not_a_workbook"


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(
    book: zipfile.ZipFile,
    part: str,
    start: StartElement,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Run one XML part through expat; a document type, the door to entity bombs, is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise FileRefused("damaged_workbook")

    parser.StartDoctypeDeclHandler = refuse
    with book.open(part) as stream:
        while chunk := stream.read(1 << 18):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _sheet_list(book: zipfile.ZipFile, part: str) -> tuple[list[tuple[str, str, bool]], bool]:
    sheets: list[tuple[str, str, bool]] = []
    epoch_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal epoch_1904
        if _local(name) == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif _local(name) == "workbookPr":
            epoch_1904 = attributes.get("date1904", "0") in {"1", "true"}

    _parse(book, part, start)
    return sheets, epoch_1904


def _relations(book: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Part names by relation id, and those of styles and shared strings by the last word of their type."""
    folder = PurePosixPath(part).parent
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) != "Relationship":
            return
        target = attributes.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else str(folder / target)
        targets[attributes.get("Id", "")] = full
        targets.setdefault(attributes.get("Type", "").rpartition("/")[2], full)

    _parse(book, str(folder / "_rels" / (PurePosixPath(part).name + ".rels")), start)
    return targets


def _styles(book: zipfile.ZipFile, part: str | None, names: set[str]) -> list[str]:
    """For each cell style: "date", "percent" or "" for everything else."""
    if part is None or part not in names:
        return []
    codes: dict[int, str] = {}
    looks: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = _local(name)
        if local == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            inside = True
        elif local == "xf" and inside:
            looks.append(_look(int(attributes.get("numFmtId", "0")), codes))

    def end(name: str) -> None:
        nonlocal inside
        if _local(name) == "cellXfs":
            inside = False

    _parse(book, part, start, end)
    return looks


def _look(number: int, codes: dict[int, str]) -> str:
    if number in codes:
        code = _NOT_THE_CODE.sub("", codes[number].split(";")[0]).lower()
        if "%" in code:
            return "percent"
        # "general" holds an e, a and l only; a real date code holds d, m, y, h or s
        return "date" if any(letter in code for letter in "dmyhs") and "general" not in code else ""
    if number in DATE_FORMATS:
        return "date"
    return "percent" if number in PERCENT_FORMATS else ""


def _shared_texts(book: zipfile.ZipFile, part: str | None, names: set[str]) -> list[str]:
    if part is None or part not in names:
        return []
    reader = _TextReader()
    _parse(book, part, reader.start, reader.end, reader.text)
    return reader.texts


@dataclass
class _TextReader:
    """Collects the shared texts of a workbook; reading aids for Chinese letters are left out."""

    texts: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _taking: bool = False
    _aid: bool = False

    def start(self, name: str, _: dict[str, str]) -> None:
        local = _local(name)
        if local == "si":
            self._pieces.clear()
        elif local == "t":
            self._taking = not self._aid
        elif local == "rPh":
            self._aid = True

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "t":
            self._taking = False
        elif local == "rPh":
            self._aid = False
        elif local == "si":
            self.texts.append(_unescape("".join(self._pieces)))

    def text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


@dataclass
class _Counter:
    cells: int = 0


@dataclass
class _SheetReader:
    """Collects the cells of one sheet while its XML streams by."""

    texts: list[str]
    look: list[str]
    epoch_1904: bool
    counter: _Counter
    lines: dict[int, list[Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    _row: int = 0
    _column: int = 0
    _kind: str = "n"
    _style: str = "0"
    _taking: bool = False
    _formula: bool = False
    _pieces: list[str] = field(default_factory=list)
    _formula_pieces: list[str] = field(default_factory=list)
    _columns: dict[str, int] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self._taking = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            if self._row > MOST_ROW:
                raise FileRefused("damaged_workbook")
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = _column_number(letters)
            self._column = column
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._pieces.clear()
        self._formula_pieces.clear()

    def text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)
        elif self._formula:
            self._formula_pieces.append(data)

    def end(self, name: str) -> None:
        if ":" in name:
            name = _local(name)
        if name in {"v", "t"}:
            self._taking = False
        elif name == "f":
            self._formula = False
        elif name == "c" and (self._pieces or self._formula_pieces):
            self._end_cell()

    def _end_cell(self) -> None:
        value = self._value("".join(self._pieces)) if self._pieces else "=" + "".join(self._formula_pieces)
        if value is None or value == "":
            return
        self.counter.cells += 1
        if self.counter.cells > MOST_CELLS:
            raise FileRefused("too_large")
        line = self.lines.get(self._row)
        if line is None:
            line = self.lines[self._row] = []
        if len(line) == self._column - 1:
            line.append(value)
        else:
            put(line, self._column - 1, value)

    def _value(self, raw: str) -> Cell:
        if self._kind == "s":
            return self.texts[int(raw)]
        if self._kind == "n":
            return self._number(raw)
        if self._kind == "b":
            return raw.strip() in {"1", "true"}
        if self._kind == "d":
            return datetime.fromisoformat(raw.strip().removesuffix("Z"))
        return _unescape(raw)  # inline text, a formula's text, or an error such as #REF!

    def _number(self, raw: str) -> Cell:
        index = int(self._style)
        look = self.look[index] if index < len(self.look) else ""
        if not look:
            return int(raw) if _WHOLE.fullmatch(raw) else _plain(float(raw))
        number = float(raw)
        if look == "percent":
            return f"{round(number * 100, 6):g}%"
        return from_serial(number, epoch_1904=self.epoch_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        top, bottom = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if top and bottom and len(self.merges) < 100_000:
            self.merges.append(
                Merge(int(top[2]), _column_number(top[1]), min(int(bottom[2]), MOST_ROW), _column_number(bottom[1]))
            )


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) < 1e18 else number


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= MOST_COLUMN:
        raise FileRefused("damaged_workbook")
    return number


def from_serial(number: float, *, epoch_1904: bool = False) -> Cell:
    """The date a spreadsheet means by a serial number; a number outside its calendar stays a number."""
    if epoch_1904:
        return _EPOCH_1904 + timedelta(days=number) if 0 <= number < 2_957_003 else _plain(number)
    if not 0 <= number < 2_958_466:
        return _plain(number)
    moment = _EPOCH_1900 + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.time()
    # Day 60 is 29 February 1900, which never was; Lotus 1-2-3 had it and Excel kept it.
    return moment + timedelta(days=1) if number < 60 else moment
