# SPDX-License-Identifier: Apache-2.0
"""Read a register file and say everything that was understood; nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from resource_centre.clock import today as todays_date
from resource_centre.registers.files import Book, read_book
from resource_centre.registers.lines import DataLine, Table, read_table
from resource_centre.registers.people import People, group
from resource_centre.registers.refusals import FileRefused
from resource_centre.registers.rows import Row, SheetReport, Understood
from resource_centre.registers.tables import Mapping_
from resource_centre.registers.understand import Reader
from resource_centre.registers.villages import VillageReader

Progress = Callable[[int, int], None]


def read_register(
    path: Path,
    *,
    today: date | None = None,
    mappings: Iterable[Mapping_] = (),
    home: tuple[str, ...] = (),
    people: People | None = None,
    imported: Collection[str] = (),
) -> Understood:
    """Read a register; `mappings` are settled or remembered columns, `home` the centre's own regencies,
    `people` those it knows, `imported` the fingerprints of rows it has. Raises FileRefused or EnvironmentFailed."""
    return understand_book(
        read_book(path), today=today, mappings=mappings, home=home, people=people, imported=imported
    )


def understand_book(
    book: Book,
    *,
    today: date | None = None,
    mappings: Iterable[Mapping_] = (),
    home: tuple[str, ...] = (),
    people: People | None = None,
    imported: Collection[str] = (),
) -> Understood:
    """What a file that was read means; see `read_register`."""
    given = list(mappings)
    tables: list[Table] = []
    reports: list[SheetReport] = []
    for sheet in book.sheets:
        table = None if sheet.hidden else read_table(sheet, given)
        if table is not None:
            tables.append(table)
        reports.append(_report(sheet.name, sheet.hidden, table))
    if not tables:
        raise FileRefused("no_table")
    today = today or todays_date()
    rows = _rows(tables, today, home)
    for row in rows:
        if row.fingerprint in imported:
            row.status = "imported"
    group(rows, today, people)
    _number_events(rows)
    return Understood(book.fingerprint, reports, rows, [line for table in tables for line in table.left_out])


def _report(name: str, hidden: bool, table: Table | None) -> SheetReport:
    if table is None:
        return SheetReport(name, None, hidden, None)
    head = table.head
    return SheetReport(
        name=name,
        kind=head.kind,
        hidden=hidden,
        heading_rows=(head.first, head.last),
        columns=head.columns,
        unknown=head.unknown,
        signature=head.signature,
        rows=len(table.lines),
    )


def _rows(tables: list[Table], today: date, home: tuple[str, ...]) -> list[Row]:
    reader = Reader(today=today, villages=VillageReader(hints=home))
    rows: list[Row] = []
    lines: dict[tuple[str, int], DataLine] = {}
    for table in tables:
        rows += reader.read_table(table)
        lines |= {(table.sheet.name, line.row): line for line in table.lines}
    reader.settle_villages(rows, lines)
    return rows


def _number_events(rows: list[Row]) -> None:
    """The rows of one training event: the same days, place, subject and facilitator."""
    events: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if row.kind != "training" or not row.values.get("start"):
            continue
        key = event_key(row)
        row.event = events.setdefault(key, len(events))


def event_key(row: Row) -> tuple[Any, ...]:
    """What makes a training event one event."""
    values = row.values
    place = values.get("village") or (values.get("village_text") or "").casefold()
    return (
        values.get("start"),
        place,
        values.get("module") or (values.get("module_text") or "").casefold(),
        (values.get("facilitator") or "").casefold(),
    )
