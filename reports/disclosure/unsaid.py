# SPDX-License-Identifier: Apache-2.0
"""What stands around the tables of a publication: charts, key figures and sentences tell no more than the tables do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from reports.tables.model import Cell, CellId, Chart, ChartSeries, Facts, Section, Table
from reports.tables.words import cell_words, hidden_words
from resource_centre.i18n import _, ngettext

INDICATOR: Final = "indicator."
"""Begins the key of a definition that was typed at the centre."""
_NUMBER: Final = re.compile(r"\d")
_DIGEST: Final = re.compile(r"\b[0-9a-f]{8,}\b")
"""From a digest of all figures the few hidden ones could be found by trying."""

Shown = Mapping[CellId, Cell]


def section_for_publication(
    section: Section, shown: Shown, language: str, threshold: int, *, words: bool = False
) -> Section:
    """The section with its figures as they are shown; what was typed and sentences with numbers are left out.

    With `words` what was written to the month for its readers stays: who asked for it has read it once more.
    """
    charts = (_chart(one, shown, language, threshold) for one in section.charts)
    return replace(
        section,
        tables=tuple(_table(table, shown) for table in section.tables),
        texts=section.texts if words and section.narrative else (),
        notes=_without_numbers(section.notes),
        charts=tuple(chart for chart in charts if chart is not None),
    )


def facts_for_publication(facts: Facts, shown: Shown, threshold: int) -> Facts:
    """What stands around the tables: for whom it is, what is hidden, and key figures that are shown in a table."""
    hidden = sum(cell.hidden for cell in shown.values())
    words = ngettext("{count} figure is left out.", "{count} figures are left out.", hidden).format(count=hidden)
    kept = [at for at, cells in enumerate(facts.key_cells[: len(facts.key_figures)]) if _all_shown(cells, shown)]
    return replace(
        facts,
        audience="public",
        threshold=threshold,
        hidden=hidden,
        marks=_without_digests(facts.marks),
        foot=(*_without_digests(facts.foot), hidden_words(threshold), words),
        definitions=tuple(one for one in facts.definitions if not one[0].startswith(INDICATOR)),
        key_figures=tuple(facts.key_figures[at] for at in kept),
        key_cells=tuple(facts.key_cells[at] for at in kept),
    )


def _all_shown(cells: Iterable[CellId], shown: Shown) -> bool:
    known = list(cells)
    return bool(known) and all(one in shown and not shown[one].hidden for one in known)


def _table(table: Table, shown: Shown) -> Table:
    made = table.with_cells(shown)
    columns = ([row.cells[at] for row in made.rows if not row.cells[at].blank] for at in range(len(made.columns)))
    whole = any(cells and all(cell.hidden for cell in cells) for cells in columns)
    words = (
        (_("Columns without a figure are left out whole: they would tell what is hidden elsewhere."),) if whole else ()
    )
    return replace(made, notes=(*_without_numbers(table.notes), *words))


def _chart(chart: Chart, shown: Shown, language: str, threshold: int) -> Chart | None:
    """The chart without hidden figures; None where it does not say which figures it draws, or where all are hidden."""
    if any(len(row.of) != len(row.values) for row in chart.series):
        return None
    rows = tuple(_series(row, shown, language, threshold) for row in chart.series)
    if not any(value is not None for row in rows for value in row.values):
        return None
    whole = not any(any(row.hidden) for row in rows)
    return replace(chart, series=rows, words=chart.words if whole else "")


def _series(row: ChartSeries, shown: Shown, language: str, threshold: int) -> ChartSeries:
    known = [shown.get(one, Cell(hidden=True)) for one in row.of]
    values = tuple(None if cell.hidden else value for cell, value in zip(known, row.values, strict=True))
    signs = tuple(cell_words(cell, language, threshold) if cell.hidden else "" for cell in known)
    return replace(row, values=values, hidden=signs)


def _without_numbers(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in sentences if _NUMBER.search(one) is None)


def _without_digests(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in sentences if _DIGEST.search(one) is None)
