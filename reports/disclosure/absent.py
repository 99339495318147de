# SPDX-License-Identifier: Apache-2.0
"""Lines that one publication has and another does not: a reader knows that there it was nought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reports.disclosure.figures import PROJECTS, TREND, Figure, Series, figure_of
from reports.disclosure.leaving_out import is_village
from reports.disclosure.statements import Statement, parts_of

Known = Mapping[Series, Mapping[tuple[int, int], Figure]]


def absent(statements: Sequence[Statement], known: Known) -> Iterator[Figure]:
    """The figures of lines that are not in a publication's table though another one has them.

    Tables that were left out whole say nothing, nor do those that count villages in their districts.
    """
    rows: dict[str, set[str]] = defaultdict(set)
    columns: dict[str, set[str]] = defaultdict(set)
    present: list[dict[str, set[str]]] = []
    for statement in statements:
        here: dict[str, set[str]] = defaultdict(set)
        for key in statement.cells:
            table, row, column = parts_of(key)
            here[table].add(row)
            columns[table].add(column)
        for table, found in here.items():
            rows[table] |= found
        present.append(here)
    for statement, here in zip(statements, present, strict=True):
        # A report of one project has no table of projects.
        untold = {TREND, PROJECTS} if statement.fund else {TREND}
        for table in sorted(rows.keys() - statement.withheld - untold):
            gone = rows[table] - here.get(table, set())
            villages = any(map(is_village, here.get(table, ())))
            for row in sorted(gone if villages else (one for one in gone if not is_village(one))):
                yield from _figures(statement, table, row, columns[table], known)


def _figures(statement: Statement, table: str, row: str, columns: set[str], known: Known) -> Iterator[Figure]:
    for column in sorted(columns):
        figure = figure_of(statement, f"{table}/{row}/{column}")
        spans = known.get(figure.series)
        if spans is not None and (figure.first, figure.last) not in spans:
            yield figure
