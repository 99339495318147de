# SPDX-License-Identifier: Apache-2.0
"""A report for the second audience: small numbers are left out so that nobody can work them out (domain reference 5.5).

Nothing of a hidden figure is left in what is returned: neither its value nor what was worked out from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from reports.disclosure.hiding import Hidden, hide
from reports.disclosure.leaving_out import rolled_up, without_topics
from reports.disclosure.sums import Sum
from reports.disclosure.unsaid import facts_for_publication, section_for_publication
from reports.tables.model import Cell, CellId, Report
from resource_centre.errors import Refused
from resource_centre.i18n import N_, using
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

LIST: Final = "publication_threshold"


class NotPublished(Refused):
    """This report cannot be published like this."""

    texts = {
        "threshold": N_("For publication numbers under 3, 5 or 10 are left out. Choose one of them."),
        "village": N_("A report of one village is published only where numbers under {least} are left out."),
        "published_already": N_("This report is for publication already. Hide its figures from the internal one."),
    }


def published(report: Report, threshold: int, *, relations: Sequence[Sum] = ()) -> Report:
    """The report as it may leave the centre.

    `relations` are sums between its tables besides those its tables know. Raises
    `NotPublished` for another threshold than those of the list, and for one village below the threshold of villages.
    """
    _refuse(report, threshold)
    with using(report.facts.language):
        whole = without_topics(rolled_up(report, threshold))
        cells = {key: cell for table in whole.tables() for key, cell in table.cells()}
        hidden, few = _hidden(whole, cells, relations, threshold)
        shown = {key: _shown(cell, key in hidden, key in few) for key, cell in cells.items()}
        sections = tuple(
            section_for_publication(one, shown, report.facts.language, threshold) for one in whole.sections
        )
        return Report(facts_for_publication(whole.facts, shown, threshold), sections)


def _refuse(report: Report, threshold: int) -> None:
    if str(threshold) not in vocabulary(LIST).codes:
        raise NotPublished("threshold")
    if report.facts.audience != "internal" or report.facts.threshold is not None:
        raise NotPublished("published_already")
    least = round(rule("publication_village_threshold"))
    if len((report.facts.place or "").split(".")) > 3 and threshold < least:
        raise NotPublished("village", least=least)


def _hidden(
    report: Report, cells: Mapping[CellId, Cell], relations: Sequence[Sum], threshold: int
) -> tuple[Set[CellId], Set[CellId]]:
    counted = {key: int(cell.value) for key, cell in cells.items() if cell.counted and cell.value is not None}
    values: dict[Hashable, int] = {**counted}
    zeros = {key for table in report.tables() if table.topic for key, cell in table.cells() if cell.value == 0}
    sums = [one for table in report.tables() for one in table.sums] + list(relations)
    known = [one for one in sums if all(cell in values for cell in one.cells())]
    found: Hidden = hide(values, known, threshold, small=zeros & values.keys())
    hidden = {key for key in cells if key in found.cells}
    few = {key for key, value in counted.items() if key in found.small and value < threshold}
    return hidden | _worked_out(cells, hidden, threshold), few


def _worked_out(cells: Mapping[CellId, Cell], hidden: Set[CellId], threshold: int) -> Set[CellId]:
    """What was made of hidden figures, of too few, or of nobody knows what."""
    least = max(round(rule("publication_mean_least")), threshold)
    gone = set(hidden)
    waiting = [key for key, cell in cells.items() if not cell.counted and not cell.blank and cell.value is not None]
    found = True
    while found:
        found = False
        for key in waiting:
            cell = cells[key]
            known = cell.pairs is not None or cell.of
            few = cell.pairs is not None and cell.pairs < least
            if key not in gone and (few or not known or any(one in gone or one not in cells for one in cell.of)):
                gone.add(key)
                found = True
    return gone - hidden


def _shown(cell: Cell, hidden: bool, few: bool) -> Cell:
    if hidden:
        return Cell(None, cell.unit, cell.decimals, cell.signed, cell.of, hidden=True, few=few)
    value = round(cell.value, cell.decimals) if isinstance(cell.value, float) else cell.value
    return replace(cell, value=value, pairs=None)
