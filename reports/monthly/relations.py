# SPDX-License-Identifier: Apache-2.0
"""Which figures of different tables are the same figure, or one another's sum: what a reader of all of them knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from reports.disclosure.sums import Sum
from reports.tables.building import SEXES, TOTAL
from reports.tables.model import Cell, CellId, Report

_PERIODS: Final = ("month", "year", "project")
_BY_SEX: Final = (*SEXES, TOTAL)
_SAME_PEOPLE: Final = (
    ("R1/persons_served", "R4/total"),
    ("R1/persons_served", "R5/total"),
    ("R1/family_members_served", "R5/family"),
    ("R1/contacts", "R3/total"),
    ("R1/returnees_registered", "R6/total"),
    ("R1/returnees_registered", "R7/total"),
    ("R1/returnees_registered", "R8/total"),
    ("R1/returnees_registered", "R8.occupations/total"),
    ("R1/returnees_registered", "R9/total"),
    ("R1/returnees_registered", "R9.schemes/total"),
    ("R1/returnees_registered", "R10/total"),
    ("R1/returnees_registered", "R10.return/total"),
    ("R1/plans_made", "R14/made"),
    ("R1/cases_opened", "R13/opened"),
    ("R1/cases_closed", "R13/closed"),
    ("R1/cases_open_at_end", "R13/open_at_end"),
    ("R13/closed", "R13.reasons/total"),
    ("R1/training_participants", "R20/total"),
)
"""Rows of two tables with the same columns by sex."""
_SAME_COUNT: Final = (
    ("R1/counselling_sessions/{period}.total", "R15/held/{period}.total"),
    ("R1/persons_counselled/{period}.total", "R15/people/{period}.total"),
    ("R1/follow_ups_due/{period}.total", "R16/total/{period}.due"),
    ("R1/services/{period}.total", "R12/total/{period}.services.total"),
    ("R1/referrals_made/{period}.total", "R18/total/{period}.made"),
    ("R1/referrals_completed/{period}.total", "R18/total/{period}.completed"),
    ("R1/complaints_lodged/{period}.total", "R19/total/{period}.new"),
    ("R1/complaints_closed/{period}.total", "R19/total/{period}.closed"),
    ("R1/amount_recovered/{period}.total", "R19.money/IDR/{period}.recovered"),
    ("R1/data_quality/{period}.total", "R24/index/{period}.share"),
    ("R1/training_events/{period}.total", "R20/total/{period}.events"),
    ("R1/trainers_certified/{period}.total", "R23/total/{period}.certified"),
    ("R1/trainers_active/{period}.total", "R23/total/project.active"),
    ("R1/savings_goals_set/{period}.total", "R22/set/{period}.total"),
    ("R1/savings_goals_reached/{period}.total", "R22/reached/{period}.total"),
    ("R1/saved_for_goals/{period}.total", "R22/saved.IDR/{period}.total"),
)
"""Single figures that stand in two tables."""
_CAME: Final = (("new_clients", "new"), ("returning_clients", "returning"))


def relations(report: Report) -> tuple[Sum, ...]:
    """Equations between the tables of a report, as far as both sides are in it and agree."""
    cells = {key: cell for table in report.tables() for key, cell in table.cells()}
    return tuple(one for one in _known(report) if _holds(one, cells))


def _known(report: Report) -> Iterator[Sum]:
    for one, other in _SAME_PEOPLE:
        for period in _PERIODS:
            yield from (Sum(f"{one}/{period}.{sex}", (f"{other}/{period}.{sex}",)) for sex in _BY_SEX)
    for period in _PERIODS:
        yield from (Sum(one.format(period=period), (other.format(period=period),)) for one, other in _SAME_COUNT)
        for code, name in _CAME:
            for sex in _BY_SEX:
                yield Sum(f"R1/{code}/{period}.{sex}", (f"R2/total/{period}.{name}.{sex}",))
    yield from _trend(report)
    yield from _same_days(report)


def _same_days(report: Report) -> Iterator[Sum]:
    """In January the year is the month, and a project may have begun with the year: their columns say the same."""
    for (one, *days), (other, *others) in combinations(report.facts.periods, 2):
        if days != others:
            continue
        for table in report.tables():
            keys = {column.key for column in table.columns}
            names = [key.partition(".")[2] for key in keys if key.startswith(f"{one}.")]
            for row in table.rows:
                stem = f"{table.key}/{row.key}"
                shared = (name for name in names if f"{other}.{name}" in keys)
                yield from (Sum(f"{stem}/{other}.{name}", (f"{stem}/{one}.{name}",)) for name in shared)


def _trend(report: Report) -> Iterator[Sum]:
    """The last month drawn is the month of the report, where it is the report of a month."""
    month = report.facts.last[:7]
    for code, column in (*_CAME, ("persons_served", TOTAL)):
        yield Sum(f"R1/{code}/month.total", (f"trend/{month}/{column}",))


def _holds(one: Sum, cells: Mapping[CellId, Cell]) -> bool:
    found = [cells.get(str(cell)) for cell in one.cells()]
    values = [cell.value for cell in found if cell is not None and not cell.blank]
    if len(values) < len(found) or any(value is None for value in values):
        return False
    total, *parts = (value for value in values if value is not None)
    return total == sum(parts)
