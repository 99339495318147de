# SPDX-License-Identifier: Apache-2.0
"""What of a report is not published at all: villages below their threshold, and matters too near to a village."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from reports.tables.model import Report, Section, Table
from resource_centre.i18n import _
from resource_centre.services.rules import rule

_VILLAGE: Final = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII)
_REGENCY_PARTS: Final = 2


def rolled_up(report: Report, threshold: int) -> Report:
    """Without lines of single villages, which their districts count, unless the threshold is that of villages."""
    if threshold >= rule("publication_village_threshold"):
        return report
    return replace(report, sections=tuple(_without_villages(section) for section in report.sections))


def without_topics(report: Report) -> Report:
    """Without tables of health, trafficking and violence where the report is about less than a regency."""
    place = report.facts.place
    if place is None or len(place.split(".")) <= _REGENCY_PARTS:
        return report
    return replace(report, sections=tuple(_without_topics(section) for section in report.sections))


def _without_villages(section: Section) -> Section:
    tables = tuple(_of_districts(table) for table in section.tables)
    if tables == section.tables:
        return section
    words = _("Villages are not shown; they are counted in their districts.")
    return replace(section, tables=tables, notes=(*section.notes, words))


def _of_districts(table: Table) -> Table:
    rows = tuple(row for row in table.rows if _VILLAGE.fullmatch(row.key) is None)
    if len(rows) == len(table.rows):
        return table
    slim = replace(table, rows=rows)
    left = {key for key, _cell in slim.cells()}
    sums = tuple(one for one in table.sums if left.issuperset(one.cells()))
    return replace(slim, sums=sums)


def _without_topics(section: Section) -> Section:
    tables = tuple(table for table in section.tables if not table.topic)
    if len(tables) == len(section.tables):
        return section
    words = _("Figures on health, trafficking and violence are published for a regency or a larger place only.")
    return Section(section.key, section.heading, tables, notes=(*section.notes, words))
