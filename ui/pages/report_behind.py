# SPDX-License-Identifier: Apache-2.0
"""One figure of a report in words: what it is, how it is defined, and whether records stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resource_centre.i18n import _, using

if TYPE_CHECKING:
    from reports.tables.model import Cell, CellId, Column, Facts, Report, Row, Table


@dataclass(frozen=True)
class OneFigure:
    """A figure as it is read. `definitions` are terms with their texts, in the language of the report."""

    cell_id: CellId
    value: str
    number: float | None
    row: str
    column: str
    table: str
    definitions: tuple[tuple[str, str], ...]
    further: tuple[tuple[str, str], ...]
    """What is said of every figure of the table, such as how sexes are told apart."""
    period: tuple[str, str]
    """First and last ISO day of what it counts; empty where its column is of no period."""
    hidden: bool
    nothing: bool
    """Nought, or none: nothing stands behind it."""
    opens: bool


def one_figure(report: Report, cell_id: CellId) -> OneFigure | None:
    """The figure of this key; None when the report has none."""
    found = _found(report, cell_id)
    if found is None:
        return None
    from reports.tables.words import cell_words

    table, row, column, cell = found
    facts, own = report.facts, row.terms or table.terms[:1]
    with using(facts.language):
        value = cell_words(cell, facts.language, facts.threshold)
    return OneFigure(
        cell_id,
        value,
        cell.value,
        " · ".join(part for part in row.words if part) or table.title,
        " · ".join(part for part in (column.group, column.heading) if part),
        " · ".join(part for part in (table.number, table.title) if part),
        tuple(_definitions(facts, own)),
        tuple(_definitions(facts, tuple(key for key in table.terms if key not in own))),
        _days(facts, column),
        cell.hidden,
        not cell.value,
        table.opens,
    )


def said(figure: OneFigure) -> str:
    """Why nothing is behind a figure; empty when something may be."""
    if figure.hidden:
        return _(
            "This figure is left out of the publication, so that nobody can be known by it. "
            "It can be opened in the internal report."
        )
    if not figure.opens:
        return worked_out()
    if figure.nothing:
        return _("Nothing was counted here.")
    return ""


def worked_out() -> str:
    """Said of a figure that leads to no records."""
    return _("This figure is worked out from others; no records of its own stand behind it.")


def _found(report: Report, cell_id: CellId) -> tuple[Table, Row, Column, Cell] | None:
    for table in report.tables():
        if cell_id.startswith(f"{table.key}/"):
            for line in table.rows:
                for column, cell in zip(table.columns, line.cells, strict=True):
                    if table.cell_id(line, column) == cell_id and not cell.blank:
                        return table, line, column, cell
    return None


def _definitions(facts: Facts, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    known = {key: (term, text) for key, term, text in facts.definitions}
    for key in dict.fromkeys(wanted):
        if key in known:
            yield known[key]


def _days(facts: Facts, column: Column) -> tuple[str, str]:
    period = column.key.partition(".")[0]
    return next(((first, last) for key, first, last in facts.periods if key == period), ("", ""))
