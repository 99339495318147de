# SPDX-License-Identifier: Apache-2.0
"""The printed tables of training: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reports.kit.tables import Column, Kind, Row, Table, table
from reports.kit.words import NOTHING, number, percent
from reports.monthly.counts import UNKNOWN, BySex
from reports.monthly.training import ALL, EventLine, GainLine, Training
from resource_centre.i18n import _
from resource_centre.services.cascade import Cascade, GenerationLine, LevelLine
from resource_centre.vocabulary import vocabulary

Cells = tuple[str, ...]
_NARROW = 24.0


def hours_words(hours: float, events: int, language: str) -> str:
    """A dash where events were held and nobody wrote down for how long: no event lasts no time at all."""
    return number(hours if hours or not events else None, language)


class TrainingTables:
    """The tables of training in one language; the language must be active while they are made."""

    def __init__(self, language: str) -> None:
        self._language = language

    def events(self, month: Training, year: Training, project: Training) -> Table:
        """R20: events, hours and participants by type; the longer periods in total."""
        columns = [Column(_("Kind of event"), numeric=False)]
        columns += [Column(_("Events"), group=_("Month")), Column(_("Hours"), group=_("Month"))]
        columns += self._sexes(_("Month"))
        for group in (_("Year"), _("Project")):
            columns += [Column(_("Events"), group=group), Column(_("Hours"), group=group)]
            columns += [Column(_("People"), group=group, strong=True)]
        return table(columns, self._by_kind(month, year, project, self._event))

    def besides(self, month: Training, year: Training, project: Training) -> Table:
        """R20, second half: who was only counted, the young, those with a disability; reach stands by itself."""
        columns = [Column(_("Kind of event"), numeric=False)]
        counted = _("Counted only, month")
        columns += [Column(words, group=counted, width=_NARROW) for words in (_("Men"), _("Women"))]
        columns.append(Column(_("Not known"), group=counted))
        month_, year_ = _("Month"), _("Year")
        columns += [Column(_("Young"), group=month_), Column(_("With a disability"), group=month_, width=46)]
        columns += [Column(_("Reach"), group=month_, strong=True), Column(_("Counted only"), group=year_, width=40)]
        columns.append(Column(_("Reach"), group=year_, strong=True))
        return table(columns, self._by_kind(month, year, project, self._besides))

    def gains(self, lines: Sequence[GainLine]) -> Table:
        """R21: matched pairs by module, women and men below it."""
        missing = _("Without a pair")
        columns = [
            Column(_("Module"), numeric=False),
            *(Column(words) for words in (_("Pairs"), _("Before"), _("After"))),
            Column(_("Gain"), strong=True),
            Column(_("95 % range")),
            *(Column(words, width=50) for words in (_("Improved"), _("Reached pass mark"))),
            *(Column(words, group=missing) for words in (_("no first"), _("no last"), _("neither"), _("not alike"))),
        ]
        return table(columns, [self._gain(line) for line in lines])

    def levels(self, found: Cascade) -> Table:
        """R23: trainers by level."""
        active = _("Active in {n} months").format(n=found.active_months)
        columns = [
            Column(_("Level"), numeric=False), Column(_("Trainers"), strong=True), Column(_("Certified")),
            Column(active, width=70), Column(_("Sessions")), Column(_("Sessions each"), width=60),
        ]  # fmt: skip
        rows = [Row(self._level(line)) for line in found.levels]
        return table(columns, [*rows, Row(self._level(found.all_levels), "total")])

    def generations(self, found: Cascade) -> Table:
        """R23: whom each generation of trainers has reached, everybody once."""
        columns = [
            Column(_("Generation"), numeric=False), Column(_("Trainers")), Column(_("Sessions")),
            Column(_("People"), strong=True), Column(_("Women")), Column(_("Men")),
            Column(_("Reached before by an earlier one"), width=84), Column(_("Counted only"), width=56),
        ]  # fmt: skip
        rows = [Row(self._generation(line)) for line in found.generations]
        names = ("trainers", "sessions", "people", "women", "men", "also_reached", "heads")
        sums = (self._n(sum(getattr(line, name) for line in found.generations)) for name in names)
        return table(columns, [*rows, Row((_("Together"), *sums), "total")])

    def _by_kind(self, month: Training, year: Training, project: Training, cells: Callable[..., Cells]) -> list[Row]:
        held = [{line.training_type: line for line in one.events} for one in (month, year, project)]
        none = EventLine("")
        rows = [Row((self._label("training_type", code), *cells(*(one.get(code, none) for one in held))))
                for code in held[-1]]  # fmt: skip
        sums = cells(*(one.all_events for one in (month, year, project)))
        return [*rows, Row((_("Together"), *sums), "total")]

    def _event(self, month: EventLine, *longer: EventLine) -> Cells:
        cells = [self._n(month.events), self._hours(month), *self._by_sex(month.participants)]
        for line in longer:
            cells += [self._n(line.events), self._hours(line), self._n(line.participants.total)]
        return tuple(cells)

    def _besides(self, month: EventLine, year: EventLine, _project: EventLine) -> Cells:
        counted = month.counted
        heads = (counted.men, counted.women, counted.unknown, month.youth, month.disability, month.reach)
        return tuple(self._n(count) for count in (*heads, year.counted.total, year.reach))

    def _gain(self, line: GainLine) -> Row:
        whole, gain = line.sex == ALL, line.gain
        name = _("All modules") if line.module == ALL else self._label("module", line.module)
        missing = gain.missing
        cells = (
            name if whole else self._label("sex", line.sex),
            self._n(gain.pairs),
            *(self._points(value) for value in (gain.mean_pre, gain.mean_post)),
            self._points(gain.mean_gain, sign=True),
            self._range(gain.low, gain.high),
            *(percent(share.percent, self._language) for share in (gain.improved, gain.passed_after)),
            *(self._n(count) for count in (missing.pre, missing.post, missing.both, missing.unlike)),
        )
        kind: Kind = "total" if line.module == ALL and whole else "body" if whole else "quiet"
        return Row(cells, kind, indent=0 if whole else 1)

    def _level(self, line: LevelLine) -> Cells:
        name = _("Together") if line.level == ALL else self._label("trainer_level", line.level or UNKNOWN)
        counts = (line.trainers, line.certified, line.active, line.sessions)
        return (name, *(self._n(count) for count in counts), self._points(line.sessions_each))

    def _generation(self, line: GenerationLine) -> Cells:
        counts = (line.trainers, line.sessions, line.people, line.women, line.men, line.also_reached, line.heads)
        return (str(line.generation), *(self._n(count) for count in counts))

    def _range(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return NOTHING
        ends = {"low": self._points(low, sign=True), "high": self._points(high, sign=True)}
        return _("{low} to {high}").format(**ends)

    def _points(self, value: float | None, *, sign: bool = False) -> str:
        return number(value, self._language, decimals=1, sign=sign)

    def _hours(self, line: EventLine) -> str:
        return hours_words(line.hours, line.events, self._language)

    def _sexes(self, group: str) -> list[Column]:
        return [
            Column(_("Men"), group=group, width=_NARROW),
            Column(_("Women"), group=group, width=_NARROW),
            Column(_("Not known"), group=group),
            Column(_("Total"), group=group, strong=True),
        ]

    def _by_sex(self, count: BySex) -> Cells:
        return tuple(self._n(value) for value in (count.men, count.women, count.unknown, count.total))

    def _n(self, value: int) -> str:
        return number(value, self._language)

    def _label(self, list_name: str, code: str) -> str:
        if code == UNKNOWN and code not in vocabulary(list_name):
            return _("Not known")
        return vocabulary(list_name).label(code, self._language)
