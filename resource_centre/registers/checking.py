# SPDX-License-Identifier: Apache-2.0
"""Compare the values of a row with each other and with what its NIK says."""

from __future__ import annotations

from datetime import date

from resource_centre.registers.cells import DAMAGED, INVALID, nik_says
from resource_centre.registers.dates import may_be_same, surely_after
from resource_centre.registers.lines import DataLine
from resource_centre.registers.readings import RowProblem, Severity, as_text
from resource_centre.registers.rows import Row
from resource_centre.registers.tables import DATE_FIELDS


def heading_of(line: DataLine, name: str) -> tuple[int | None, str]:
    """The column a field stands in, from 0, and its heading; that of the wider field when it has none of its own."""
    for column in line.head.columns:
        if column.field == name:
            return column.index, column.heading
    wide = {
        "village": ("address", "venue", "district", "regency"),
        "born": ("birth_place_date", "born:year"),
        "birth_place": ("birth_place_date",),
        "reported": ("reported:year",),
        "returned": ("returned:year",),
    }
    for other in wide.get(name, ()):
        for column in line.head.columns:
            if column.field == other:
                return column.index, column.heading
    return None, ""


def check_row(row: Row, line: DataLine, today: date) -> None:
    """Compare the values of a row with each other; nothing is overwritten, contradictions go on the list."""
    if not row.values.get("name"):
        _problem(row, line, "name", "name_missing")
    nik = row.values.get("nik")
    if nik and nik not in {DAMAGED, INVALID}:
        _check_nik(row, line, nik, today)
    main = {"register": "reported", "counselling": "date", "training": "start"}[row.kind]
    if row.values.get(main) is None and not any(problem.field == main for problem in row.problems):
        _problem(row, line, main, "date_missing")
    now = today.isoformat()
    for name in DATE_FIELDS:
        value = row.values.get(name)
        if value and surely_after(value, now):
            _problem(row, line, name, "date_in_future", "warning")
    _check_order(row, line, "born", "returned", "returned", "before_birth")
    _check_order(row, line, "born", main, main, "before_birth")
    _check_order(row, line, "returned", "reported", "returned", "return_after_report")
    _check_order(row, line, "departed", "returned", "returned", "return_before_departure")
    _check_order(row, line, "start", "end", "end", "ends_before_start")


def _check_nik(row: Row, line: DataLine, nik: str, today: date) -> None:
    sex, births = nik_says(nik, today)
    if sex and row.values.get("sex") and row.values["sex"] != sex:
        _problem(row, line, "sex", "nik_sex", "warning")
    born = row.values.get("born")
    if row.has("date_order", "born") or row.has("date_century", "born"):
        _settle_birth(row, births)
    elif born and births and not any(may_be_same(born, day) for day in births):
        _problem(row, line, "born", "nik_birth", "warning")


def _settle_birth(row: Row, births: tuple[str, ...]) -> None:
    """A birth date open between two readings is settled by the NIK when exactly one of them stands in it."""
    found = next(problem for problem in row.problems if problem.field == "born")
    fitting = {option for option in found.options if option in births}
    if len(fitting) == 1:
        row.values["born"] = fitting.pop()
        row.problems.remove(found)


def _check_order(row: Row, line: DataLine, first: str, second: str, blamed: str, code: str) -> None:
    one, other = row.values.get(first), row.values.get(second)
    if one and other and first != second and surely_after(one, other):
        _problem(row, line, blamed, code, "warning")


def _problem(row: Row, line: DataLine, name: str, code: str, severity: Severity = "error") -> None:
    column, heading = heading_of(line, name)
    text = as_text(line.all.get(name))
    row.problems.append(RowProblem(name, code, severity, column, heading, text))
