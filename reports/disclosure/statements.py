# SPDX-License-Identifier: Apache-2.0
"""What one publication says: its figures, which of them it shows, and the sums everybody reads off its tables.

As plain data it is kept when a publication leaves the centre (`services.publications`), for the ones that follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from reports.disclosure.sums import Sum
from reports.tables.model import Cell, CellId, Facts, Report

SHOWN: Final = 0
FEW: Final = 1
LEFT_OUT: Final = 2
PLANNED: Final = frozenset({"target", "reached"})
"""Columns of what was planned: nobody is counted there."""
_RATIO: Final = 2
"""What was made of so many figures is worked out from them, and hidden with them."""


class Said(NamedTuple):
    """A figure of a publication; `state` is one of the three above, None as long as it is not decided."""

    value: int
    counted: bool = True
    state: int | None = None
    zero_tells: bool = False
    """Whether even nought is hidden, because of what the table is about."""
    pairs: int | None = None
    """Of an amount or a mean, of how many people it is."""


@dataclass(frozen=True)
class Statement:
    """One publication, made or about to be made. `periods` are first and last day by their keys.

    `place` and `fund` are codes, empty for the whole centre. `columns` are those of each table, also of one without a
    row; `withheld` are tables that were left out whole. In `distinct` ones a longer period is not its months together.
    """

    periods: Mapping[str, tuple[dt.date, dt.date]]
    cells: Mapping[CellId, Said]
    sums: Sequence[Sum] = ()
    place: str = ""
    fund: str = ""
    threshold: int = 0
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: frozenset[str] = field(default_factory=frozenset)
    distinct: frozenset[str] = field(default_factory=frozenset)

    def decided(self, states: Mapping[CellId, int]) -> Statement:
        """The same with what became of each figure."""
        cells = {key: said._replace(state=states.get(key, LEFT_OUT)) for key, said in self.cells.items()}
        return replace(self, cells=cells)

    def kept(self) -> dict[str, Any]:
        """As plain data: counts and codes; sums name figures by their place in the order of the alphabet."""
        tables: dict[str, dict[str, dict[str, list[int]]]] = {}
        for key, said in self.cells.items():
            table, row, column = parts_of(key)
            state = LEFT_OUT if said.state is None else said.state
            kept = [said.value, int(said.counted), state, *([] if said.pairs is None else [said.pairs])]
            tables.setdefault(table, {}).setdefault(row, {})[column] = kept
        places = {key: at for at, key in enumerate(sorted(self.cells))}
        return {
            "periods": {key: [first.isoformat(), last.isoformat()] for key, (first, last) in self.periods.items()},
            "tables": tables,
            "sums": [[places[str(cell)] for cell in one.cells()] for one in self.sums],
            "columns": {key: list(columns) for key, columns in self.columns.items()},
            "withheld": sorted(self.withheld),
            "distinct": sorted(self.distinct),
        }


def of_kept(kept: Mapping[str, Any], *, place: str = "", fund: str = "", threshold: int = 0) -> Statement:
    """What `Statement.kept` made. KeyError, TypeError or ValueError when it is something else."""
    cells = {
        f"{table}/{row}/{column}": Said(int(value), bool(counted), int(state), pairs=int(pairs[0]) if pairs else None)
        for table, rows in kept["tables"].items()
        for row, columns in rows.items()
        for column, (value, counted, state, *pairs) in columns.items()
    }
    order = sorted(cells)
    sums = tuple(Sum(order[of], tuple(order[part] for part in parts)) for of, *parts in kept["sums"])
    periods = {key: _days(first, last) for key, (first, last) in kept["periods"].items()}
    return Statement(
        periods, cells, sums, place, fund, threshold,
        columns={key: tuple(columns) for key, columns in kept["columns"].items()},
        withheld=frozenset(kept["withheld"]),
        distinct=frozenset(kept["distinct"]),
    )  # fmt: skip


def of_report(report: Report, relations: Iterable[Sum], threshold: int, *, withheld: Iterable[str] = ()) -> Statement:
    """What a report says that has lost what is left out whole, if it were published as it is."""
    cells: dict[CellId, Said] = {}
    for table in report.tables():
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                key = table.cell_id(row, column)
                if stands_alone(key, cell):
                    tells = bool(table.topic_of(row))
                    cells[key] = Said(int(cell.value or 0), cell.counted, zero_tells=tells, pairs=cell.pairs)
    sums = [one for table in report.tables() for one in table.sums] + [*relations, *attached(report)]
    facts = report.facts
    return Statement(
        periods=periods_of(facts),
        cells=cells,
        sums=tuple(one for one in sums if all(cell in cells for cell in one.cells())),
        place=facts.place or "",
        fund=facts.fund or "",
        threshold=threshold,
        columns={table.key: tuple(column.key for column in table.columns) for table in report.tables()},
        withheld=frozenset(withheld),
        distinct=frozenset(table.key for table in report.tables() if not table.additive),
    )


def stands_alone(key: CellId, cell: Cell) -> bool:
    """Whether a figure is one of its own, rather than worked out from others that the report tells too."""
    told = cell.value is not None and not cell.blank and not cell.repeats
    return told and cell.unit != "percent" and len(cell.of) < _RATIO and parts_of(key)[2] not in PLANNED


def attached(report: Report) -> Iterable[Sum]:
    """Sums between amounts and means that follow from those between the counts they belong to.

    Mean times count is a total like any other, so means are treated as if they were added up.
    """
    of: dict[CellId, dict[str, CellId]] = {}
    for table in report.tables():
        for key, cell in table.cells():
            if len(cell.of) == 1 and stands_alone(key, cell):
                of.setdefault(cell.of[0], {})[f"{parts_of(key)[0]}/{parts_of(key)[2].rpartition('.')[2]}"] = key
    for table in report.tables():
        for one in table.sums:
            amounts = [of.get(str(cell), {}) for cell in one.cells()]
            for name in sorted(set(amounts[0]).intersection(*amounts[1:])):
                total, *parts = (found[name] for found in amounts)
                yield Sum(total, tuple(parts))


def periods_of(facts: Facts) -> dict[str, tuple[dt.date, dt.date]]:
    """First and last day of the periods of the columns; a project whose first day is not told began long ago."""
    first, last = _days(facts.first, facts.last)
    found = {"month": (first, last), "year": (last.replace(month=1, day=1), last), "project": (dt.date.min, last)}
    return found | {key: _days(begins, ends) for key, begins, ends in facts.periods}


def parts_of(key: CellId) -> tuple[str, str, str]:
    """Table, row and column of a figure's key."""
    table, _slash, rest = key.partition("/")
    row, _slash, column = rest.rpartition("/")
    return table, row, column


def _days(first: str, last: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)
