# SPDX-License-Identifier: Apache-2.0
"""Sheets of Excel workbooks, new (.xlsx, .xlsm) and old (.xls), cell by cell as pyxform reads them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from resource_centre.questionnaires.limits import MEGABYTE, limit
from resource_centre.questionnaires.refusals import FormRefused, problem
from resource_centre.questionnaires.sheets import Line, Reading, cell

# A cell whose formula was never calculated; one that came to an empty text has the type "str".
_LOST_FORMULA = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*\br="[A-Z]{1,3}(\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_DOCTYPE: Final = b"<!DOCTYPE"

# Excel counts a 29 February 1900 that never was; programs differ on the days before it.
_FIRST_SURE_DAY: Final = datetime(1900, 3, 1)  # noqa: DTZ001  a spreadsheet knows no time zones


def read_xlsx(data: bytes, reading: Reading) -> None:
    """The sheets of a new workbook."""
    lost = _check_parts(data)
    # Whatever a foreign file makes the parser stumble over, the file is damaged; openpyxl has no one error for it.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read_xlsx(data, reading, lost)
    except FormRefused:
        raise
    except Exception as reason:
        raise FormRefused("damaged_workbook") from reason


def read_xls(data: bytes, reading: Reading) -> None:
    """The sheets of an old workbook."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
        for sheet in book.sheets():
            name = reading.wants(sheet.name, alone=book.nsheets == 1)
            if name:
                reading.take(name, _xls_lines(book, sheet, name, reading))
    except FormRefused:
        raise
    except xlrd.XLRDError as reason:
        raise FormRefused("encrypted" if "encrypted" in str(reason) else "damaged_workbook") from reason
    except Exception as reason:  # xlrd meets damage with whatever Python says
        raise FormRefused("damaged_workbook") from reason


def _check_parts(data: bytes) -> dict[str, int]:
    """Refuse a bomb or something that is no workbook; by part, the first row with a formula without a value."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = book.infolist()
            names = {part.filename for part in parts}
            if len(parts) > limit("parts") or sum(part.file_size for part in parts) > _most():
                raise FormRefused("too_large")
            if "[Content_Types].xml" not in names:
                raise FormRefused(_other_format(book, names))
            if "xl/workbook.bin" in names:
                raise FormRefused("binary_excel")
            marks = _Marks()
            return {part.filename: _look_into(book, part, marks) for part in parts}
    except FormRefused:
        raise
    except Exception as reason:  # damaged zips raise a dozen different things
        raise FormRefused("damaged_workbook") from reason


def _most() -> int:
    return limit("unpacked_megabytes") * MEGABYTE


def _other_format(book: zipfile.ZipFile, names: set[str]) -> str:
    return "ods" if "mimetype" in names and b"opendocument" in book.read("mimetype")[:200] else "not_a_workbook"


@dataclass
class _Marks:
    """How much markup there is: what takes time is the elements, not their length."""

    styles: int = 0
    others: int = 0

    def count(self, name: str, text: bytes) -> None:
        if name.endswith("styles.xml"):
            self.styles += text.count(b"<")
        else:
            self.others += text.count(b"<")
        if self.styles > limit("style_marks") or self.others > limit("marks"):
            raise FormRefused("too_large")


def _look_into(book: zipfile.ZipFile, part: zipfile.ZipInfo, marks: _Marks) -> int:
    """Make sure a part is as large as it says and declares no document type; see `_check_parts`."""
    if not part.filename.endswith((".xml", ".rels")):
        return 0
    with book.open(part) as stream:
        text = stream.read(_most() + 1)
    if len(text) > part.file_size:
        raise FormRefused("too_large")
    marks.count(part.filename, text)
    if _DOCTYPE in text:
        raise FormRefused("damaged_workbook")
    found = _LOST_FORMULA.search(text) if b"<f" in text else None
    return int(found[1]) if found else 0


def _read_xlsx(data: bytes, reading: Reading, lost: Mapping[str, int]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            name = reading.wants(sheet.title, alone=len(book.sheetnames) == 1)
            if name:
                reading.take(name, _xlsx_lines(sheet, name, reading))
                row = lost.get(str(getattr(sheet, "_worksheet_path", "")), 0)
                if row:
                    reading.problems.append(problem("formula_without_value", sheet=name, row=row))
    finally:
        book.close()


def _xlsx_lines(sheet: Any, name: str, reading: Reading) -> Iterator[Line]:
    # A sheet may claim more columns than it has cells.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if not row:
            yield ()
            continue
        reading.pass_by(len(row))
        for value in row:
            if isinstance(value, datetime) and value < _FIRST_SURE_DAY:
                reading.warnings.append(problem("ambiguous_date", sheet=name, row=number, date=f"{value:%Y-%m-%d}"))
        yield _trimmed([_xlsx_text(value) for value in row])


def _xlsx_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return cell(str(value))


def _xls_lines(book: Any, sheet: Any, name: str, reading: Reading) -> Iterator[Line]:
    for number in range(sheet.nrows):
        yield _trimmed([_xls_text(book, one, name, number + 1, reading) for one in sheet.row(number)])


def _xls_text(book: Any, one: Any, sheet: str, row: int, reading: Reading) -> str:
    import xlrd

    if one.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if one.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if one.value else "FALSE"
    if one.ctype == xlrd.XL_CELL_NUMBER:
        return str(int(one.value)) if one.value == int(one.value) else str(one.value)
    if one.ctype == xlrd.XL_CELL_DATE:
        return _xls_date(book, one.value, sheet, row, reading)
    if one.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(one.value, "#N/A"))
    return cell(str(one.value))


def _xls_date(book: Any, value: float, sheet: str, row: int, reading: Reading) -> str:
    from xlrd.xldate import XLDateAmbiguous, XLDateError, xldate_as_datetime, xldate_as_tuple

    try:
        parts = xldate_as_tuple(value, book.datemode)
    except (XLDateError, ValueError) as reason:
        code = "unsure_date" if isinstance(reason, XLDateAmbiguous) else "no_such_date"
        reading.problems.append(problem(code, sheet=sheet, row=row))
        return ""
    moment = xldate_as_datetime(value, book.datemode).replace(microsecond=0)
    return str(moment.time()) if parts[:3] == (0, 0, 0) else str(datetime(*parts))  # noqa: DTZ001


def _trimmed(line: list[str]) -> list[str]:
    while line and not line[-1]:
        line.pop()
    return line
