# SPDX-License-Identifier: Apache-2.0
"""Which figures of different publications are the same one: by what is counted, whose, and from which day to which."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from reports.disclosure.statements import Statement, parts_of
from reports.monthly.project_keys import fund_of
from reports.tables.model import CellId

ALWAYS: Final = 0
"""Stands for the first day of what is counted as of a day, such as the open cases."""
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
TREND: Final = "trend"
PROJECTS: Final = "projects"
_OF_PROJECT: Final = {
    "people": "R1/persons_served",
    "services": "R1/services",
    "sessions": "R1/counselling_sessions",
    "events": "R1/training_events",
    "participants": "R1/training_participants",
}
"""What each line of a project is in R1 of the report of that project."""
_DRAWN: Final = {"new": "R1/new_clients", "returning": "R1/returning_clients", "total": "R1/persons_served"}
"""What each column of the months drawn is in R1."""
_AT_END: Final = {
    "R1/cases_open_at_end": "R13/open_at_end",
    "R13/open_at_end": "R13/open_at_end",
    "R1/trainers_active": "R1/trainers_active",
}
"""What is counted as of the last day, whatever the period's first."""
_AT_START: Final = {"R13/open_at_start": "R13/open_at_end"}
"""What is counted as of the day before the first."""


class Series(NamedTuple):
    """What is counted, of which place and fund: the same row and measure in whatever period."""

    place: str
    fund: str
    row: str
    measure: str


class Figure(NamedTuple):
    """A figure: a series from one day to another (as ordinals), and its edition where later reports say otherwise."""

    series: Series
    first: int
    last: int
    edition: int = 0


def figure_of(statement: Statement, key: CellId) -> Figure:
    """The figure a key of a publication means."""
    table, row, column = parts_of(key)
    if table == TREND and column in _DRAWN and _MONTH.fullmatch(row):
        first, last = _month(row)
        return Figure(Series(statement.place, statement.fund, _DRAWN[column], "total"), first, last)
    stem, _dot, tail = table.rpartition(".")
    if stem and tail in statement.periods:
        table = stem
    period, dot, measure = column.partition(".")
    if not dot or period not in statement.periods:
        last = max(day for _first, day in statement.periods.values()).toordinal()
        return Figure(Series(statement.place, statement.fund, f"{table}/{row}", column), ALWAYS, last)
    first, last = (day.toordinal() for day in statement.periods[period])
    if table == PROJECTS:
        key, _dot, name = row.partition(".")
        paid = Series(statement.place, fund_of(key), _OF_PROJECT.get(name, f"{table}/{name}"), measure)
        return Figure(paid, first, last)
    return _dated(statement, f"{table}/{row}", measure, first, last)


def _dated(statement: Statement, row: str, measure: str, first: int, last: int) -> Figure:
    def series(name: str) -> Series:
        return Series(statement.place, statement.fund, name, measure)

    if row in _AT_END:
        return Figure(series(_AT_END[row]), ALWAYS, last)
    if row in _AT_START:
        return Figure(series(_AT_START[row]), ALWAYS, first - 1)
    return Figure(series(row), first, last)


def _month(text: str) -> tuple[int, int]:
    year, month = int(text[:4]), int(text[5:])
    begins = dt.date(year, month, 1)
    ends = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return begins.toordinal(), ends.toordinal()
