# SPDX-License-Identifier: Apache-2.0
"""What of a report is not published at all: villages below their threshold, matters too near to a village, and what
speaks of earlier reports or of single records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from reports.disclosure.figures import PROJECTS, TREND
from reports.tables.model import Report, Row, Section, Table
from resource_centre.i18n import _
from resource_centre.services.rules import rule

_VILLAGE: Final = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII)
_REGENCY_PARTS: Final = 2
_THEN: Final = ".then"
"""Ends the key of a line that says what was handed over; what was published then is out already."""
LOGFRAME: Final = "logframe"
REPEATING: Final = frozenset({"gcm", "sdg", LOGFRAME})
"""Tables that say figures of R1 once more, by what they are wanted for."""
_BASELINE: Final = "baseline"


def is_village(row: str) -> bool:
    """Whether a line is about one village."""
    return _VILLAGE.fullmatch(row) is not None


def to_publish(report: Report, threshold: int, *, words: bool = False) -> tuple[Report, frozenset[str]]:
    """The report without what is never published, and the keys of the tables that were left out whole.

    With `words` the logframe has its sentences.
    """
    rolled_up = threshold < rule("publication_village_threshold")
    place = report.facts.place
    told = (one if words else _untyped(one) for one in report.sections)
    sections = tuple(_section(one, place, rolled_up=rolled_up) for one in map(_framed, told))
    slim = replace(report, sections=sections)
    return slim, frozenset({one.key for one in report.tables()} - {one.key for one in slim.tables()})


def _section(section: Section, place: str | None, *, rolled_up: bool) -> Section:
    if section.typed:
        section = replace(section, heading=_("Report book"))
    if not all(_is_counted(table) for table in section.tables):
        words = _("This part is not published.")
        return Section(section.key, section.heading, notes=(words,))
    if place is not None and len(place.split(".")) > _REGENCY_PARTS and any(table.topic for table in section.tables):
        words = _("Figures on health, trafficking and violence are published for a regency or a larger place only.")
        tables = tuple(table for table in section.tables if not table.topic)
        return Section(section.key, section.heading, tables, notes=(*section.notes, words))
    tables = tuple(_kept(table, lambda row: not row.key.endswith(_THEN)) for table in section.tables)
    districts = tuple(_kept(table, lambda row: not is_village(row.key)) for table in tables) if rolled_up else tables
    said = () if districts == tables else (_("Villages are not shown; they are counted in their districts."),)
    return replace(section, tables=districts, notes=(*section.notes, *said))


def _is_counted(table: Table) -> bool:
    """Whether a table is one of those whose figures are known to hang together as its sums say."""
    return bool(table.number) or table.key in (TREND, PROJECTS) or table.key in REPEATING


def _untyped(section: Section) -> Section:
    """Codes where words were typed at the centre."""
    if section.key == LOGFRAME:
        section = replace(section, heading=_("Logical framework"))
    tables = (
        replace(
            table,
            title=section.heading if table.key == LOGFRAME else table.title,
            rows=tuple(replace(row, words=row.untyped or row.words) for row in table.rows if row.untyped != ()),
        )
        for table in section.tables
    )
    return replace(section, tables=tuple(tables))


def _framed(section: Section) -> Section:
    """A frame with the program's indicators and without baselines: what only the centre counts, hangs on nothing.

    A heading with nothing below it goes as well. Of the notes none stays, as they name what the centre has written.
    """
    if section.key not in REPEATING:
        return section
    tables = tuple(_without_baselines(_with_something(table)) for table in section.tables)
    return replace(section, tables=tables, notes=())


def _with_something(table: Table) -> Table:
    rows: list[Row] = []
    for row in reversed([row for row in table.rows if row.untyped != () or all(cell.blank for cell in row.cells)]):
        bare = row.kind == "section" and (not rows or rows[-1].kind == "section")
        if not bare or table.key == LOGFRAME:
            rows.append(row)
    return replace(table, rows=tuple(reversed(rows)))


def _without_baselines(table: Table) -> Table:
    kept = [at for at, column in enumerate(table.columns) if column.key != _BASELINE]
    rows = (replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=tuple(rows))


def _kept(table: Table, wanted: Callable[[Row], bool]) -> Table:
    rows = tuple(row for row in table.rows if wanted(row))
    if len(rows) == len(table.rows):
        return table
    slim = replace(table, rows=rows)
    left = {key for key, _cell in slim.cells()}
    return replace(slim, sums=tuple(one for one in table.sums if left.issuperset(one.cells())))
