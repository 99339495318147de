# SPDX-License-Identifier: Apache-2.0
"""What a centre can count (measures) and by what (breakdowns): the parts of the catalogue in `catalogue`.

A measure says which records count, on which day, and how: every one, different people, a sum of some column, or a share
of one measure in another. A breakdown tells what is counted apart, by an attribute of the record or of its person. The
same description serves counting (`counting.counted`) and opening a figure (`behind.records_behind`), so that what one
finds behind a figure is what was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, Final, Literal

import sqlalchemy as sa

from reports.monthly.counts import UNKNOWN
from reports.monthly.periods import Period, Span, month_of
from reports.monthly.scope import Scope
from reports.tables.model import Topic, Unit
from resource_centre.i18n import _, language
from resource_centre.places import gazetteer
from resource_centre.vocabulary import MERGED, vocabulary

ALL: Final = "all"
"""Stands for a code where all lines of a breakdown are told together."""
Counts = Literal["rows", "people", "sum", "share"]
Of = Literal["codes", "place", "month", "text"]


@dataclass(frozen=True)
class Asking:
    """Of which days and which part of the centre records are asked for. `seen`: what only case workers may read is told
    apart in the merged line, otherwise nowhere."""

    period: Period
    scope: Scope
    seen: bool = True
    monthly: bool = False
    """Told month by month: who is new is then a matter of each month."""

    def within(self, day: Any) -> sa.ColumnElement[bool]:
        """Whether a day lies in the period; over a long one no index on the day is taken, which would be slower."""
        first, last = self.period.first, self.period.last
        known = day if (last - first).days < _SHORT else sa.func.coalesce(day, sa.null())
        between: sa.ColumnElement[bool] = known.between(first, last)
        return between


_SHORT: Final = 130
"""Days up to which a period is found by the day."""


@dataclass(frozen=True)
class Facts:
    """The records of a measure in a period: how they are selected, and what can be told of each.

    `select` makes a statement of some columns over exactly these records. `person_id` is None where they are not about
    people. `of` are the expressions of the breakdowns of this measure; `amount` is what a sum adds up, `word` the list
    and column that say in one word what a record is. `village` is where it happened, when not where its person lived.
    """

    record: type[Any]
    id: Any
    day: Any
    select: Callable[..., sa.Select[Any]]
    person_id: Any = None
    sex: Any = None
    client_type: Any = None
    age: Any = None
    age_band: Any = None
    """A band noted with the record itself, for whom no date of birth is known."""
    village: Any = None
    amount: Any = None
    word: tuple[str, Any] | None = None
    of: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, Any] = field(default_factory=dict)
    """The columns of breakdowns of which a record has several codes."""
    seen: bool = True


@dataclass(frozen=True)
class Measure:
    """Something a centre counts. `label` is a msgid, `by` the breakdowns that fit it, `topic` as of a table.

    `additive`: a year is its months together. Of a share `parts` are the two measures, the part first; any other has
    `facts`. Figures in money are of one currency each: they are told by the breakdown "currency".
    """

    code: str
    label: str
    counts: Counts
    unit: Unit
    facts: Callable[[Asking], Facts] | None = None
    by: tuple[str, ...] = ()
    additive: bool = True
    topic: Topic = ""
    parts: tuple[str, str] | None = None
    group: str = ""
    """Under which heading it stands where measures are chosen (msgid)."""
    at_end: bool = False
    """Counted as it stands on the last day of the period rather than over its days."""

    @property
    def words(self) -> str:
        """The name in the active language."""
        return _(self.label)

    def facts_of(self, asking: Asking) -> Facts:
        """The records it counts. A share has none of its own: `LookupError`."""
        if self.facts is None:
            raise LookupError(self.code)
        return self.facts(asking)


@dataclass(frozen=True)
class Breakdown:
    """By what figures are told apart. `label` is a msgid; `vocabulary` names the code list of labels and order.

    `personal`: an attribute of the person, on the first day of the period on which the person counts; everybody stands
    in one line only. `several`: a record may stand in several lines, which then do not add up. `level` is 1 for a
    province up to 4 for a village.
    """

    code: str
    label: str
    of: Of = "codes"
    vocabulary: str = ""
    personal: bool = False
    several: bool = False
    level: int = 0
    topic: Topic = ""
    named: Mapping[str, str] = field(default_factory=dict)
    """Codes of no list, with their msgids, in order."""

    @property
    def words(self) -> str:
        """The name in the active language."""
        return _(self.label)

    def label_of(self, code: str, in_language: str | None = None) -> str:
        """What a line is called; the active language must be that of the report."""
        if code == ALL:
            return _("Together")
        if code in self.named:
            return _(self.named[code])
        if self.of == "place" and code != UNKNOWN:
            return gazetteer().name(code) or code
        return word_of(self.vocabulary, code, in_language)

    def order(self, codes: Iterable[str]) -> list[str]:
        """Codes as they stand in a table: in the order of their list, others by name behind, not known last."""
        known = (*self.named, *(vocabulary(self.vocabulary).codes if self.vocabulary else ()))
        places = {code: place for place, code in enumerate(known)}
        return sorted(codes, key=lambda code: (code == UNKNOWN, places.get(code, len(places)), code))


def word_of(list_name: str, code: str | None, in_language: str | None = None) -> str:
    """What a code of a list is called; what is not known and what is merged have words of their own."""
    known = vocabulary(list_name) if list_name else ()
    if code is None or (code == UNKNOWN and code not in known):
        return _("Not known")
    if code == MERGED and code not in known:
        return _("Special protection")
    return vocabulary(list_name).label(code, in_language or language()) if list_name else code


@dataclass(frozen=True)
class Figures:
    """What was counted: numbers by period and by a code for each breakdown.

    `cells` are keyed by the period's key and the codes in the order of `breakdowns`; a code is `ALL` where a breakdown
    of which one record has several is told together. Nothing counted is nought, and has no cell.
    """

    measure: Measure
    breakdowns: tuple[Breakdown, ...]
    periods: tuple[str, ...]
    cells: Mapping[tuple[str, ...], float]

    def value(self, period: str, *codes: str) -> float:
        """A figure; `ALL` (and every code left out at the end) tells all lines of that breakdown together."""
        return self._sums.get((period, *codes, *[ALL] * (len(self.breakdowns) - len(codes))), 0)

    @cached_property
    def _sums(self) -> Mapping[tuple[str, ...], float]:
        """Every figure there is, those of several lines together included."""
        sums: dict[tuple[str, ...], float] = {}
        several = self.overlapping
        for (period, *codes), number in self.cells.items():
            for key in product(*((code,) if many else (code, ALL) for code, many in zip(codes, several, strict=True))):
                sums[period, *key] = sums.get((period, *key), 0) + number
        return sums

    @property
    def overlapping(self) -> tuple[bool, ...]:
        """Of each breakdown, whether its lines do not add up for this measure."""
        return tuple(overlaps(self.measure, one) for one in self.breakdowns)

    def codes(self, breakdown: str) -> list[str]:
        """The codes of a breakdown that were met in any period, in order."""
        at = [one.code for one in self.breakdowns].index(breakdown)
        met = {key[1 + at] for key, number in self.cells.items() if number} - {ALL}
        return self.breakdowns[at].order(met)


def overlaps(measure: Measure, breakdown: Breakdown) -> bool:
    """Whether one of what is counted may stand in several lines: then the lines do not add up to the total."""
    return breakdown.several or (measure.counts == "people" and not breakdown.personal)


@dataclass(frozen=True)
class Asked:
    """About which figures one asks what stands behind them: the three periods of a report, and its place and fund."""

    span: Span
    scope: Scope = field(default_factory=Scope)

    def period(self, key: str) -> Period:
        """The period of a key of columns: month, year or project; of a row of months, that month.

        `LookupError` for any other.
        """
        periods = {"month": self.span.month, "year": self.span.year, "project": self.span.project}
        try:
            return periods.get(key) or month_of(key)
        except ValueError as wrong:
            raise LookupError(key) from wrong
