# SPDX-License-Identifier: Apache-2.0
"""Lines that one publication has and another does not: a reader knows that there it was nought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from reports.disclosure.figures import PROJECTS, TREND, Figure, Series, figure_of
from reports.disclosure.leaving_out import is_village
from reports.disclosure.statements import Statement, parts_of

Rows = Mapping[str, Set[str]]
"""Rows or columns by their tables."""


def absent(statements: Sequence[Statement]) -> list[list[Figure]]:
    """Of each publication the figures of lines that are not in its table though another one has them.

    Tables that were left out whole say nothing, nor do those that count villages in their districts.
    """
    rows: dict[str, set[str]] = defaultdict(set)
    columns: dict[str, set[str]] = defaultdict(set)
    present: list[dict[str, set[str]]] = []
    known: set[Series] = set()
    for statement in statements:
        here: dict[str, set[str]] = defaultdict(set)
        for key in statement.cells:
            table, row, column = parts_of(key)
            here[table].add(row)
            columns[table].add(column)
            known.add(figure_of(statement, key).series)
        for table, found in here.items():
            rows[table] |= found
        present.append(here)
    return [
        list(_of_one(statement, here, rows, columns, known))
        for statement, here in zip(statements, present, strict=True)
    ]


def _of_one(statement: Statement, here: Rows, rows: Rows, columns: Rows, known: Set[Series]) -> Iterator[Figure]:
    # A report of one project has no table of projects.
    untold = {TREND, PROJECTS} if statement.fund else {TREND}
    told = {figure_of(statement, key) for key in statement.cells}
    for table in sorted(rows.keys() - statement.withheld - untold):
        gone = rows[table] - here.get(table, set())
        villages = any(map(is_village, here.get(table, ())))
        for row in sorted(gone if villages else (one for one in gone if not is_village(one))):
            for column in sorted(columns[table]):
                figure = figure_of(statement, f"{table}/{row}/{column}")
                if figure.series in known and figure not in told:
                    yield figure
