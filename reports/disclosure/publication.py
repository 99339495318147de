# SPDX-License-Identifier: Apache-2.0
"""A report for the second audience: small numbers are left out so that nobody can work them out (domain reference 5.5).

Nothing of a hidden figure is left in what is returned: neither its value nor what was worked out from it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from reports.disclosure.figures import Figure
from reports.disclosure.hiding import Hidden, hide
from reports.disclosure.knowledge import Knowledge, knowledge
from reports.disclosure.leaving_out import to_publish
from reports.disclosure.statements import FEW, LEFT_OUT, PLANNED, SHOWN, Statement, of_report, parts_of, stands_alone
from reports.disclosure.sums import Sum
from reports.disclosure.unsaid import facts_for_publication, section_for_publication
from reports.tables.model import Cell, CellId, Report
from resource_centre.errors import Refused
from resource_centre.i18n import N_, using
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

LIST: Final = "publication_threshold"
_VILLAGE_PARTS: Final = 4


class NotPublished(Refused):
    """This report cannot be published like this."""

    texts = {
        "threshold": N_("For publication numbers under 3, 5 or 10 are left out. Choose one of them."),
        "village": N_("A report of one village is published only where numbers under {least} are left out."),
        "published_already": N_("This report is for publication already. Hide its figures from the internal one."),
        "published_meanwhile": N_(
            "Another report was published meanwhile. Make this one again, so that the two together give nothing away."
        ),
    }


def published(
    report: Report,
    threshold: int,
    *,
    relations: Sequence[Sum] = (),
    earlier: Sequence[Statement] = (),
    words: bool = False,
) -> Report:
    """The report as it may leave the centre.

    `relations` are sums between its tables besides those its tables know, `earlier` what was published before, the
    oldest first. With `words` what was written to the month goes along. Raises `NotPublished` for another threshold
    than those of the list, and for one village below the threshold of villages.
    """
    _refuse(report, threshold)
    with using(report.facts.language):
        whole, withheld = to_publish(report, threshold, words=words)
        statement = of_report(whole, relations, threshold, withheld=withheld)
        work = _Hiding(whole, statement, earlier)
        work.counts()
        work.amounts()
        shown, language = work.shown(), report.facts.language
        sections = tuple(
            section_for_publication(one, shown, language, threshold, words=words) for one in whole.sections
        )
        return Report(facts_for_publication(whole.facts, shown, threshold), sections)


def statement_of(report: Report, shown: Report, relations: Sequence[Sum] = ()) -> Statement:
    """What a publication says, with what it hides: of the internal report and what `published` made of it.

    It is for later publications and never leaves the centre. ValueError when `shown` is no publication.
    """
    threshold = shown.facts.threshold
    if threshold is None:
        raise ValueError("only what is for publication says something")
    whole, withheld = to_publish(report, threshold)
    statement = of_report(whole, relations, threshold, withheld=withheld)
    cells = {key: cell for table in shown.tables() for key, cell in table.cells()}
    return statement.decided(
        {key: FEW if cell.few else LEFT_OUT if cell.hidden else SHOWN for key, cell in cells.items()}
    )


def _refuse(report: Report, threshold: int) -> None:
    if str(threshold) not in vocabulary(LIST).codes:
        raise NotPublished("threshold")
    if report.facts.audience != "internal" or report.facts.threshold is not None:
        raise NotPublished("published_already")
    least = round(rule("publication_village_threshold"))
    if len((report.facts.place or "").split(".")) >= _VILLAGE_PARTS and threshold < least:
        raise NotPublished("village", least=least)


@dataclass
class _Hiding:
    """Which figures of one report are hidden: counts first, then what hangs on them."""

    report: Report
    statement: Statement
    earlier: Sequence[Statement]
    hidden: set[CellId] = field(default_factory=set)
    few: set[CellId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._cells: dict[CellId, Cell] = {key: cell for table in self.report.tables() for key, cell in table.cells()}
        self._least = max(round(rule("publication_mean_least")), self.statement.threshold)

    def counts(self) -> None:
        """Hide small counts and what gives them away."""
        known = knowledge(self.earlier, self.statement, counted=True)
        found = self._hide(known, known.small)
        gone = found.cells
        self.hidden |= {key for key, figure in known.now.items() if figure in gone}
        self.few |= {key for key, figure in known.now.items() if figure in found.few}
        # What is out already is not printed once more, though there is nothing left to protect.
        small = {key for key in known.now if 0 < self.statement.cells[key].value < self.statement.threshold}
        self.few |= {key for key in small if key not in self.hidden}
        self.hidden |= small

    def amounts(self) -> None:
        """Hide sums of money and means of hidden or of few, and what gives them away."""
        known = knowledge(self.earlier, self.statement, counted=False, least=self._least)
        known.guarded |= {figure for key, figure in known.now.items() if self._of_few(key)} - known.published
        found = self._hide(known, ())
        gone = found.cells
        self.hidden |= {key for key, figure in known.now.items() if figure in gone or self._of_few(key)}

    def shown(self) -> dict[CellId, Cell]:
        """Every figure as it is published."""
        waiting = [key for key, cell in self._cells.items() if not stands_alone(key, cell) and cell.value is not None]
        changed = True
        while changed:
            gone = {key for key in waiting if key not in self.hidden and self._of_few(key)}
            self.hidden |= gone
            changed = bool(gone)
        # What is told once more is hidden with the same sign.
        again = (key for key in self.hidden if self._cells[key].repeats)
        self.few |= {key for key in again if self.few.issuperset(self._cells[key].of)}
        return {key: self._shown(key, cell) for key, cell in self._cells.items()}

    def _hide(self, known: Knowledge, small: Set[Figure] | tuple[()]) -> Hidden:
        return hide(
            known.values,
            list(known.sums),
            self.statement.threshold,
            small=small,
            before=known.hidden_before(),
            reader=known.reader(),
        )

    def _of_few(self, key: CellId) -> bool:
        """Whether a figure that is no count tells of a hidden one, of too few, or of nobody knows what."""
        cell = self._cells[key]
        if parts_of(key)[2] in PLANNED and not cell.of:
            return False
        if cell.pairs is None and not cell.of:
            return True
        if cell.pairs is not None and (cell.pairs < self._least or self._splits_off_few(cell, cell.pairs)):
            return not self._is_nobodys(key, cell) or self._of_hidden(cell)
        return self._of_hidden(cell)

    def _of_hidden(self, cell: Cell) -> bool:
        return any(one in self.hidden or one not in self._cells for one in cell.of)

    def _is_nobodys(self, key: CellId, cell: Cell) -> bool:
        """Nothing of nobody: that is told where nought is told."""
        said = self.statement.cells.get(key)
        return not cell.pairs and not cell.value and said is not None and not said.zero_tells

    def _splits_off_few(self, cell: Cell, whole: int) -> bool:
        """Whether from a share one could reckon a few who do, or who do not, and whom no table counts."""
        return cell.part is not None and any(
            0 < few < self.statement.threshold for few in (cell.part, whole - cell.part)
        )

    def _shown(self, key: CellId, cell: Cell) -> Cell:
        if key in self.hidden:
            few = key in self.few
            return Cell(None, cell.unit, cell.decimals, cell.signed, cell.of, hidden=True, few=few)
        value = round(cell.value, cell.decimals) if isinstance(cell.value, float) else cell.value
        return replace(cell, value=value, pairs=None, part=None)
