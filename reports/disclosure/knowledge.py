# SPDX-License-Identifier: Apache-2.0
"""What somebody knows who has all publications: how the figures of one hang together with those of the others.

A year so far is the one before and its last month; a centre is its regencies and the rest; what no table prints is a
figure too when it can be reckoned. Of different people no such sum holds from month to month, but readers may take one
to hold, and comparisons hold: both are reckoned with.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

from reports.disclosure.absent import absent
from reports.disclosure.editions import DOWN, Editions
from reports.disclosure.figures import ALWAYS, Figure, Series, figure_of
from reports.disclosure.hiding import Hidden, Reader
from reports.disclosure.net import ENDLESS, AtMost, Limits
from reports.disclosure.scopes import scope_sums
from reports.disclosure.statements import FEW, SHOWN, Said, Statement
from reports.disclosure.sums import Sum
from reports.tables.model import CellId

_CORRECTED: Final = "corrected"
_TOGETHER: Final = "together"

Spans = dict[tuple[int, int], Figure]
"""What is told of a series, by its first and last day."""


@dataclass
class Knowledge:
    """All figures with what is known of them; `now` are those of the publication to be made, by their keys."""

    values: dict[Figure, int | None] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    compared: list[AtMost] = field(default_factory=list)
    now: dict[CellId, Figure] = field(default_factory=dict)
    published: set[Figure] = field(default_factory=set)
    before: set[Figure] = field(default_factory=set)
    unprinted: set[Figure] = field(default_factory=set)
    guarded: set[Figure] = field(default_factory=set)
    small: set[Figure] = field(default_factory=set)
    limits: dict[Figure, Limits] = field(default_factory=dict)
    longer: dict[Figure, str] = field(default_factory=dict)
    """Of the figures to be published those whose time other publications or columns tell in parts, by their table."""

    def add_sum(self, total: Figure, parts: Sequence[Figure]) -> None:
        """A sum that a reader may take to hold."""
        self.sums[Sum(total, tuple(parts))] = None

    def reader(self) -> Reader:
        """For the choice of what to hide."""
        return Reader(
            published=self.published,
            unprinted=self.unprinted,
            guarded=self.guarded,
            limits=self.limits,
            compared=self.compared,
            new=frozenset(self.now.values()) - self.published - self.before,
            groups=self.longer,
        )

    def hidden_before(self) -> Hidden:
        """What was hidden in all publications that have it."""
        few = frozenset(one for one in self.before if one in self.limits)
        return Hidden(few, frozenset(self.before) - few)


def knowledge(earlier: Sequence[Statement], now: Statement, *, counted: bool, least: int = 0) -> Knowledge:
    """Of the counts of all publications, or of the amounts and means.

    Of amounts nobody is to know anything, so their sums alone count and not what they come to. Those of fewer than
    `least` people must not follow from others either.
    """
    made = _Made(now, counted=counted)
    made.least = least
    statements = (*earlier, now)
    for statement, gone in zip(statements, absent(statements) if counted else itertools.repeat(()), strict=False):
        made.take(statement, gone)
    made.along_time()
    made.across_scopes()
    made.guard()
    return made.known


class _Made:
    """The knowledge while it is put together."""

    def __init__(self, now: Statement, *, counted: bool) -> None:
        self.known = Knowledge()
        self._now, self._counted = now, counted
        self.latest: dict[Series, Spans] = defaultdict(dict)
        self._editions = Editions()
        self._since: dict[Series, int] = {}
        """Since which time the latest of a series is told."""
        self._until: dict[Series, list[tuple[Spans, int]]] = defaultdict(list)
        """What was told of a series until each correction, and since which time."""
        self._views: list[dict[Series, Spans]] = []
        """What was told last of each series before each correction."""
        self._distinct: set[Series] = set()
        self._corrections: set[Figure] = set()
        """By how much publications differ, which a correction shows whatever is hidden."""
        self.least = 0
        self._whose: dict[Figure, tuple[int, int]] = {}
        """Of amounts and means how many people they are of at least, and what they come to."""

    def take(self, statement: Statement, gone: Iterable[Figure] = ()) -> None:
        """What one publication says, the older ones first; `gone` are figures of lines that it does not have."""
        told = {key: figure_of(statement, key) for key, one in statement.cells.items() if one.counted == self._counted}
        said = {plain: statement.cells[key].value for key, plain in told.items()} | dict.fromkeys(gone, 0)
        before = dict(self.latest)
        if self._editions.begins(said):
            self._views.append(before)
        self._part_with(said)
        figures = {key: self._said(statement, plain, key, statement.cells[key]) for key, plain in told.items()}
        for plain in gone:
            self._nought(plain)
        for one in statement.sums:
            cells = [figures.get(str(cell)) for cell in one.cells()]
            known = [cell for cell in cells if cell is not None]
            if len(known) == len(cells) and known[0] not in known[1:]:
                self.known.add_sum(known[0], known[1:])
        if statement is self._now:
            self.known.now = figures

    def _part_with(self, told: Iterable[Figure]) -> None:
        """Keep what was known until the last correction of all series of which something is told again."""
        now = self._editions.now
        for series in {one.series for one in told if (one.first, one.last) in self.latest.get(one.series, ())}:
            since = self._since.get(series, 0)
            if since < now:
                self._until[series].append((self.latest[series], since))
                self.latest[series], self._since[series] = dict(self.latest[series]), now

    def _nought(self, plain: Figure) -> None:
        figure = self._editions.figure(plain, 0, out=self.known.published)
        self.known.values[figure] = 0
        self.known.published.add(figure)
        self.known.before.discard(figure)
        self.latest[plain.series][plain.first, plain.last] = figure

    def _said(self, statement: Statement, plain: Figure, key: CellId, said: Said) -> Figure:
        sooner = frozenset(self._editions.before(plain))
        figure = self._editions.figure(plain, said.value, out=self.known.published)
        if sooner and figure not in sooner and self._counted and statement is self._now and self._kept_back(sooner):
            # What was hidden stays hidden when it is corrected.
            self.known.before.add(figure)
        self.latest[plain.series][plain.first, plain.last] = figure
        self._since.setdefault(plain.series, self._editions.now)
        if key.partition("/")[0] in statement.distinct:
            self._distinct.add(plain.series)
        self.known.values[figure] = said.value if self._counted else None
        if said.pairs is not None:
            self._whose[figure] = (said.pairs, said.value)
        if statement is self._now:
            self._undecided(figure, said)
        else:
            self._decided(figure, said, statement.threshold)
        return figure

    def _kept_back(self, editions: Iterable[Figure]) -> bool:
        return self.known.published.isdisjoint(editions)

    def _undecided(self, figure: Figure, said: Said) -> None:
        if not self._counted:
            self.known.limits[figure] = (-ENDLESS, ENDLESS)
        elif said.zero_tells and not said.value and figure not in self.known.published:
            self.known.small.add(figure)

    def _decided(self, figure: Figure, said: Said, threshold: int) -> None:
        known = self.known
        if said.state == SHOWN:
            known.published.add(figure)
            known.before.discard(figure)
        elif figure not in known.published:
            known.before.add(figure)
        if not self._counted:
            known.limits[figure] = (-ENDLESS, ENDLESS)
        elif said.state == FEW:
            known.limits[figure] = (min(said.value, 1), min(threshold - 1, known.limits.get(figure, (0, ENDLESS))[1]))

    def unprinted(self, figure: Figure, value: int | None) -> Figure:
        """A figure that no publication prints."""
        if figure not in self.known.values:
            self.known.values[figure] = value
            self.known.unprinted.add(figure)
            if not self._counted:
                self.known.limits[figure] = (-ENDLESS, ENDLESS)
        return figure

    def along_time(self) -> None:
        """Every period is the one that begins with it and ends at the cut before, and what lies between the cuts."""
        for series, spans in self.latest.items():
            until = self._until.get(series, ())
            eras = [*(dict(sooner) for sooner, _since in until), dict(spans)]
            times = [*(since for _sooner, since in until), self._since.get(series, 0)]
            for at, era in enumerate(eras, 1 - len(eras)):
                self._hangs_together(series, era, edition=at)
            if self._counted:
                for (sooner, later), (since, now) in zip(
                    itertools.pairwise(eras), itertools.pairwise(times), strict=True
                ):
                    self._told_again(sooner, later, self._editions.between(since, now))

    def across_scopes(self) -> None:
        """A wider publication's figure is those of the narrower ones and a rest, which goes along time like any.

        That holds at all times; who was written down late is in the rest, too, or in none of it.
        """
        met: dict[tuple[Figure, tuple[Figure, ...]], Figure] = {}
        before: dict[Series, list[tuple[int, Spans]]] = defaultdict(list)
        for at, latest in enumerate([*self._views, self.latest]):
            rests: dict[Series, Spans] = defaultdict(dict)
            for total, parts, left, value in scope_sums(latest, self.known.values):
                if left is None:
                    self.known.add_sum(total, parts)
                    continue
                rest = met.setdefault((total, parts), left._replace(edition=at))
                self.unprinted(rest, value)
                self.known.add_sum(total, (*parts, rest))
                if total.series not in self._distinct:
                    rests[rest.series][rest.first, rest.last] = rest
            for series, spans in rests.items():
                self._hangs_together(series, spans, edition=-1 - at)
                for since, sooner in before[series] if self._counted else ():
                    self._told_again(sooner, spans, self._editions.between(since, at))
                before[series].append((at, spans))

    def _hangs_together(self, series: Series, spans: Spans, *, edition: int) -> None:
        chain = list(self._chained(series, spans, edition))
        self._solved(chain)
        changes: dict[tuple[bool, int, int], list[Figure]] = defaultdict(list)
        for whole, parts in chain:
            if series in self._distinct:
                self._compare(whole, parts)
            elif grown := self._corrected_between(whole, parts):
                changes[grown > 0, parts[0].last, whole.last].append(self._grown(whole, parts, grown))
                continue
            self.known.add_sum(whole, parts)
        if self._counted:
            for together in changes.values():
                # Whom a year has more, its project has more as well.
                longest_first = sorted(together, key=lambda one: one.first)
                self.known.compared += [AtMost(less, (more,)) for more, less in itertools.pairwise(longest_first)]

    def _corrected_between(self, whole: Figure, parts: Iterable[Figure]) -> int:
        """By how much they do not add up, because some were told before a correction and some after it."""
        values = [self.known.values[one] for one in (whole, *parts)]
        return 0 if None in values else (values[0] or 0) - sum(value or 0 for value in values[1:])

    def _grown(self, whole: Figure, parts: tuple[Figure, ...], by: int) -> Figure:
        """Who was written down late makes a longer time more than its parts told before, in every line."""
        measure = f"{whole.series.measure} {_CORRECTED} {parts[0].last}"
        change = whole._replace(series=whole.series._replace(measure=measure))
        self._corrections.add(self.unprinted(change, abs(by)))
        if by > 0:
            self.known.add_sum(whole, (*parts, change))
            return change
        together = change._replace(series=whole.series._replace(measure=f"{measure} {_TOGETHER}"))
        self._corrections.add(self.unprinted(together, sum(self.known.values[one] or 0 for one in parts)))
        self.known.add_sum(together, parts)
        self.known.add_sum(together, (whole, change))
        return change

    def _told_again(self, sooner: Spans, later: Spans, ways: Set[int]) -> None:
        """Whoever is written down late makes one more everywhere, whoever is taken out one less.

        Where the correction went both ways nothing is known of what is the same as before.
        """
        values = self.known.values
        for span in sorted(sooner.keys() & later.keys()):
            one, other = sooner[span], later[span]
            grown = (values[other] or 0) - (values[one] or 0)
            if one == other or (not grown and len(ways) > 1):
                continue
            fewer, more = (other, one) if grown < 0 or (not grown and DOWN in ways) else (one, other)
            self.known.compared.append(AtMost(fewer, (more,)))

    def _chained(self, series: Series, spans: Spans, edition: int) -> Iterator[tuple[Figure, tuple[Figure, Figure]]]:
        dated = [span for span in spans if span[0] != ALWAYS]
        cuts = sorted({last for _first, last in dated} | {first - 1 for first, _last in dated})
        longest: dict[int, int] = {}
        for first, last in dated:
            longest[first] = max(last, longest.get(first, 0))

        def figure(first: int, last: int) -> Figure:
            if (first, last) not in spans:
                spans[first, last] = self.unprinted(Figure(series, first, last, edition), None)
            return spans[first, last]

        for first, last in longest.items():
            inner = [cut for cut in cuts if first <= cut <= last]
            for before, cut in itertools.pairwise(inner):
                yield figure(first, cut), (figure(first, before), figure(before + 1, cut))

    def _solved(self, chain: Sequence[tuple[Figure, tuple[Figure, Figure]]]) -> None:
        """What follows of figures that were never printed; what comes out below nought was corrected meanwhile."""
        values, changed = self.known.values, self._counted
        while changed:
            changed = False
            for whole, (one, other) in chain:
                unknown = [figure for figure in (whole, one, other) if values[figure] is None]
                if len(unknown) != 1:
                    continue
                all_, first, second = (values[figure] or 0 for figure in (whole, one, other))
                value = first + second if unknown[0] == whole else all_ - first - second
                if value >= 0:
                    values[unknown[0]] = value
                    changed = True

    def _compare(self, whole: Figure, parts: tuple[Figure, Figure]) -> None:
        if self._counted and not self.known.unprinted.intersection((whole, *parts)):
            self.known.compared += [AtMost(part, (whole,)) for part in parts] + [AtMost(whole, parts)]

    def guard(self) -> None:
        """What must not follow though it is not printed: a small rest, and by how little a figure has grown."""
        self._longer()
        known, threshold = self.known, self._now.threshold
        if not self._counted:
            known.guarded |= self._of_few()
            return
        pieces = known.unprinted - self._corrections
        known.guarded |= {one for one in pieces if 0 < (known.values[one] or 0) < threshold}
        for figure in set(known.now.values()) - known.published:
            if any(0 < abs(growth) < threshold for growth in self._growth(figure)):
                known.guarded.add(figure)

    def _of_few(self) -> set[Figure]:
        """Amounts that no publication prints but follow from those printed, unless they are of enough people."""
        told, changed = dict(self._whose), True
        while changed:
            changed = False
            for one in self.known.sums:
                open_ = [cell for cell in one.cells() if cell not in told]
                if len(open_) == 1 and open_[0] in self.known.unprinted:
                    told[open_[0]] = self._follows(one, open_[0], told)
                    changed = True
        found = {one: told[one] for one in self.known.unprinted if one in told}
        return {one for one, (people, amount) in found.items() if people < self.least and (people > 0 or amount)}

    def _follows(self, one: Sum, figure: Figure, told: Mapping[Any, tuple[int, int]]) -> tuple[int, int]:
        """Of how many people at least what follows is, and what it comes to: the same people may be in every part."""
        parts = [told[part] for part in one.parts if part != figure]
        amount = sum(each for _people, each in parts)
        if figure == one.total:
            return max(people for people, _each in parts), amount
        people, whole = told[one.total]
        exact = all(part in self._whose for part in one.parts if part != figure)
        return max(0, people - sum(each for each, _amount in parts)) if exact else 0, whole - amount

    def _longer(self) -> None:
        for key, figure in self.known.now.items():
            spans = self.latest[figure.series]
            if figure.first != ALWAYS and any(figure.first <= last < figure.last for _first, last in spans):
                self.known.longer[figure] = key.partition("/")[0]

    def _growth(self, figure: Figure) -> Iterable[int]:
        """By how much a figure differs from the nearest ones published that begin on the same day."""
        value = self.known.values[figure] or 0
        spans = self.latest[figure.series]
        if figure.first == ALWAYS:
            return
        shown = [one for (first, _last), one in spans.items() if first == figure.first and one in self.known.published]
        sooner = max((one for one in shown if one.last < figure.last), key=lambda one: one.last, default=None)
        later = min((one for one in shown if one.last > figure.last), key=lambda one: one.last, default=None)
        for one in (sooner, later):
            if one is not None:
                yield value - (self.known.values[one] or 0)
