# SPDX-License-Identifier: Apache-2.0
"""Read a register file and say everything that was understood; nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from resource_centre.clock import today as todays_date
from resource_centre.pause import collector_paused
from resource_centre.registers.files import Book, read_book
from resource_centre.registers.lines import DataLine, Table, read_table
from resource_centre.registers.people import People, group
from resource_centre.registers.phones import of_phones
from resource_centre.registers.refusals import FileRefused
from resource_centre.registers.rows import Row, SheetReport, Understood
from resource_centre.registers.tables import Mapping_
from resource_centre.registers.understand import Reader
from resource_centre.registers.villages import VillageReader


@dataclass(frozen=True)
class Circumstances:
    """What is known besides the file: today, columns settled before, where the centre works, whom it knows.

    `meet` is asked once, with all rows, for the people who may be meant; `seen` for the fingerprints taken in before.
    """

    today: date = field(default_factory=todays_date)
    mappings: tuple[Mapping_, ...] = ()
    home: tuple[str, ...] = ()
    meet: Callable[[list[Row]], People] = lambda _rows: People()
    seen: Callable[[list[str]], Collection[str]] = lambda _fingerprints: ()


def read_register(path: Path, about: Circumstances | None = None) -> Understood:
    """Read a register file and say what it means. Raises FileRefused or EnvironmentFailed; nothing is written."""
    with collector_paused():
        return understand_book(read_book(path), about or Circumstances())


def understand_book(book: Book, about: Circumstances) -> Understood:
    """What a file that was read means; see `read_register`."""
    book = of_phones(book)
    tables: list[Table] = []
    reports: list[SheetReport] = []
    for sheet in book.sheets:
        table = None if sheet.hidden else read_table(sheet, list(about.mappings))
        if table is not None:
            tables.append(table)
        reports.append(_report(sheet.name, sheet.hidden, table))
    if not tables:
        raise FileRefused("no_table")
    rows = _rows(tables, about.today, about.home)
    taken_in = set(about.seen([row.fingerprint for row in rows]))
    for row in rows:
        if row.fingerprint in taken_in:
            row.status = "imported"
    group(rows, about.today, about.meet(rows))
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
