# SPDX-License-Identifier: Apache-2.0
"""Tables R20 and R21: training events and who came, and what matched tests before and after show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN, BySex, Counted, Tally
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.learning.gains import Gain, Missing, gain_of
from resource_centre.learning.showing import without_few
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.ages import age_reached
from resource_centre.services.asked_tests import asked_tests, events_tested
from resource_centre.services.learning_lines import EventsBegun, held_events, key, sheet_lines, valid_lines
from resource_centre.services.learning_tally import Score, tally
from resource_centre.services.rules import rule
from resource_centre.services.training import was_there
from resource_centre.vocabulary import vocabulary

ALL: Final = "all"


@dataclass(frozen=True)
class EventLine:
    """Events of one type begun in a period: how many, their hours, who came, and hours times people present.

    `participants` stand on the sheet by name, `counted` came besides them and nobody wrote down who they are. `youth`
    and `disability` are of both. `reach` is an estimate of who heard of it or saw it: nobody of them was served.
    """

    training_type: str
    events: int = 0
    hours: float = 0.0
    participants: BySex = field(default_factory=BySex)
    contact_hours: float = 0.0
    counted: BySex = field(default_factory=BySex)
    youth: int = 0
    disability: int = 0
    reach: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"participants": self.participants.as_dict(), "counted": self.counted.as_dict()}


@dataclass(frozen=True)
class GainLine:
    """R21: matched pairs of one module and sex (or all)."""

    module: str
    sex: str
    gain: Gain

    @property
    def pairs(self) -> int:
        """How many have both tests."""
        return self.gain.pairs

    @property
    def mean_pre(self) -> float | None:
        """Per cent right before."""
        return self.gain.mean_pre

    @property
    def mean_post(self) -> float | None:
        """Per cent right after."""
        return self.gain.mean_post

    @property
    def mean_gain(self) -> float | None:
        """In percentage points."""
        return self.gain.mean_gain

    @property
    def improved(self) -> int:
        """How many scored higher after."""
        return self.gain.improved.part

    @property
    def passed(self) -> int:
        """How many reached the pass mark after."""
        return self.gain.passed_after.part

    @property
    def untested(self) -> int:
        """Who came and lacks one test or both; they are in no mean."""
        return self.gain.missing.total

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"module": self.module, "sex": self.sex, **self.gain.as_dict()}


@dataclass(frozen=True)
class Training:
    """R20 and R21 of one period."""

    events: tuple[EventLine, ...]
    gains: tuple[GainLine, ...]

    @property
    def all_events(self) -> EventLine:
        """All types together."""
        counts = ("events", "hours", "contact_hours", "youth", "disability", "reach")
        return EventLine(
            ALL,
            **{name: sum(getattr(line, name) for line in self.events) for name in counts},
            participants=sum((line.participants for line in self.events), BySex()),
            counted=sum((line.counted for line in self.events), BySex()),
        )

    @property
    def all_gain(self) -> GainLine:
        """All modules and both sexes together."""
        return next(line for line in self.gains if line.module == ALL and line.sex == ALL)

    @property
    def shown_gains(self) -> tuple[GainLine, ...]:
        """The lines as they may be printed: no mean of a few, and none that could be reckoned from the others."""
        return shown_gains(self.gains)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "events": [line.as_dict() for line in (*self.events, self.all_events)],
            "gains": [line.as_dict() for line in self.shown_gains],
        }


def shown_gains(lines: Iterable[GainLine]) -> tuple[GainLine, ...]:
    """The whole table without means of a few: modules and sexes add up to each other both ways."""
    held = {(line.module, line.sex): line.gain for line in lines}
    sums = [
        *(((module, ALL), [key for key in held if key[0] == module and key[1] != ALL]) for module in _first(held)),
        *(((ALL, sex), [key for key in held if key[1] == sex and key[0] != ALL]) for sex in _second(held)),
    ]
    told = without_few(held, sums, rule("least_matched"))
    return tuple(GainLine(*key, told[key]) for key in held)


def _first(keys: Iterable[tuple[str, str]]) -> dict[str, None]:
    return dict.fromkeys(module for module, _sex in keys)


def _second(keys: Iterable[tuple[str, str]]) -> dict[str, None]:
    return dict.fromkeys(sex for _module, sex in keys)


def trainings(session: Session, span: Span, scope: Scope) -> tuple[Training, Training, Training]:
    """The events begun in the month, the year so far and the project so far, and the tests taken at them."""
    month, year, project = (
        Training(events, gains)
        for events, gains in zip(_events(session, span, scope), _gains(session, span, scope), strict=True)
    )
    return month, year, project


def training_of(session: Session, period: Period, scope: Scope) -> Training:
    """R20 and R21 of any period."""
    return trainings(session, Span(period, period, period), scope)[0]


def begun_in(span: Span, scope: Scope, among: Any = None) -> EventsBegun:
    """The events of a report, of some of them `among` all."""
    further = [*scope.of_work(TrainingEvent), *([] if among is None else [among])]
    return EventsBegun(
        since=span.project.first, until=span.last, place=scope.place, among=sa.and_(*further) if further else None
    )


SEX_ON_SHEET: Final = sa.func.coalesce(Person.sex, Participation.sex).label("sex")
"""What the person's own record says comes first."""


def _events(session: Session, span: Span, scope: Scope) -> list[tuple[EventLine, ...]]:
    """R20 of the three periods."""
    tally_, sums = Tally(), _Sums()
    _add_events(session, span, scope, tally_, sums)
    _add_people(session, span, scope, tally_, sums)
    events, people, counted = (tally_.under(name) for name in ("events", "people", "counted"))
    order = [code for code in vocabulary("training_type").codes if code in events]
    codes = (*order, *sorted(events.keys() - set(order)))
    none = Counted()

    def line(code: str, at: int) -> EventLine:
        return EventLine(
            code,
            tuple(events[code])[at].total,
            sums.of(("hours", code), at),
            tuple(people.get(code, none))[at],
            sums.of(("contact_hours", code), at),
            tuple(counted.get(code, none))[at],
            *(int(sums.of((name, code), at)) for name in ("youth", "disability", "reach")),
        )

    return [tuple(line(code, at) for code in codes if tuple(events[code])[at].total) for at in range(3)]


def _add_events(session: Session, span: Span, scope: Scope, found: Tally, sums: _Sums) -> None:
    """How many events, for how long, who was only counted there, whom they are thought to have reached."""
    for row in session.execute(_held(span, scope)):
        code, depth = row[0], row[1]
        found.add(("events", code), depth, None, row.held)
        for sex, count in (("L", row.counted_men), ("P", row.counted_women), (None, row.counted_others)):
            found.add(("counted", code), depth, sex, count or 0)
        known = {"hours": row.hours, "youth": row.counted_minors, "disability": row.counted_disability}
        for name, value in (known | {"reach": row.reach}).items():
            sums.add((name, code or UNKNOWN), depth, value)


@kept
def _held(span: Span, scope: Scope) -> Any:
    event = TrainingEvent
    kind, level = event.training_type, span.level(event.starts_on).label("level")
    named = ("hours", "counted_men", "counted_women", "counted_others", "counted_minors", "counted_disability", "reach")
    columns = (sa.func.sum(getattr(event, name)).label(name) for name in named)
    held = sa.select(kind, level, sa.func.count().label("held"), *columns).where(*begun_in(span, scope).conditions())
    return held.group_by(kind, level)


def _add_people(session: Session, span: Span, scope: Scope, found: Tally, sums: _Sums) -> None:
    """Who came, by name: by sex, how many of them young or with a disability, and their hours."""
    for code, depth, sex, people, spent, young, disabled in session.execute(_came(span, scope)):
        found.add(("people", code), depth, sex, people)
        for name, value in (("contact_hours", spent), ("youth", young), ("disability", disabled)):
            sums.add((name, code or UNKNOWN), depth, value)


@kept
def _came(span: Span, scope: Scope) -> Any:
    event = TrainingEvent
    kind, level = event.training_type, span.level(event.starts_on).label("level")
    age = sa.func.coalesce(age_reached(Person.birth_date, event.starts_on), Participation.age)

    def count(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    columns = (
        kind, level, SEX_ON_SHEET, sa.func.count(), sa.func.sum(event.hours), count(age < int(rule("youth_below"))),
        count(Participation.disability.is_(True)),
    )  # fmt: skip
    return valid_lines(begun_in(span, scope), *columns).where(was_there()).group_by(kind, level, SEX_ON_SHEET)


class _Sums:
    """Sums under keys, in the three periods."""

    def __init__(self) -> None:
        self._sums: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])

    def add(self, key: tuple[str, str], depth: int, value: float | None) -> None:
        for at in range(3 - depth, 3):
            self._sums[key][at] += float(value or 0)

    def of(self, key: tuple[str, str], at: int) -> float:
        return self._sums[key][at] if key in self._sums else 0.0


Scored = tuple[str, str, int, Score, int]
"""Module, sex, the level of the event's day, what was scored, how many scored it."""


def _gains(session: Session, span: Span, scope: Scope) -> list[tuple[GainLine, ...]]:
    """R21 of the three periods: each module with the sexes below it, then all modules."""
    periods: list[defaultdict[tuple[str, str], Counter[Score]]] = [defaultdict(Counter) for _ in range(3)]
    for scores in periods:
        scores[ALL, ALL] = Counter()
    tested = events_tested(session)
    base: defaultdict[tuple[str, str, int], Counter[Score]] = defaultdict(Counter)
    for module, sex, depth, score, count in (
        *_typed(session, span, scope, tested), *_asked(session, span, scope, tested)
    ):  # fmt: skip
        base[module, sex, depth][score] += count
    for (module, sex, depth), found in base.items():
        for scores in periods[3 - depth :]:
            for cell in ((module, sex), (module, ALL), (ALL, sex), (ALL, ALL)):
                scores[cell].update(found)
    return [tuple(GainLine(*key, _gain(scores[key])) for key in sorted(scores, key=_place)) for scores in periods]


def _gain(scores: Counter[Score]) -> Gain:
    pairs = {score: count for score, count in scores.items() if not isinstance(score, str)}
    missing = Missing(*(scores[one.name] for one in fields(Missing)))
    return gain_of(pairs, missing, pass_mark=rule("pass_mark"), least=rule("least_matched"))


def _place(key: tuple[str, str]) -> tuple[int, str, int]:
    modules, sexes = (*vocabulary("module").codes, UNKNOWN, ALL), (ALL, "L", "P", UNKNOWN)
    return (
        modules.index(key[0]) if key[0] in modules else len(modules) - 2,
        key[0],
        sexes.index(key[1]) if key[1] in sexes else len(sexes),
    )


def _asked(session: Session, span: Span, scope: Scope, tested: Any) -> Iterator[Scored]:
    """Scores of the events at which tests were answered as questionnaires, read line by line."""
    if tested is None:
        return
    begun = begun_in(span, scope, TrainingEvent.id.in_(tested))
    events = held_events(session, begun)
    if not events:
        return
    lines = sheet_lines(session, begun)
    listed = {line[0] for line in lines}
    asked = [one for one in asked_tests(session) if key(one.participation_id) in listed]
    for one in tally(events, lines, asked).tested:
        day = events[one.event_id].starts_on
        depth = sum(day is not None and period.first <= day <= period.last for period in span)
        yield one.module, one.sex, depth, one.score, 1


def _typed(session: Session, span: Span, scope: Scope, tested: Any) -> Iterator[Scored]:
    """Scores of all other events, as typed on the sheet: counted by the database."""
    asked = _all_typed(span, scope) if tested is None else _scored(span, scope, TrainingEvent.id.not_in(tested))
    for module, sex, depth, before, after, count in session.execute(asked):
        score: Score = (float(before), float(after)) if None not in (before, after) else _lacking(before, after)
        yield module or UNKNOWN, sex or UNKNOWN, depth, score, count


@kept
def _all_typed(span: Span, scope: Scope) -> Any:
    return _scored(span, scope, None)


def _scored(span: Span, scope: Scope, among: Any) -> Any:
    pre, post = Participation.pre_score, Participation.post_score
    both, level = sa.and_(pre.is_not(None), post.is_not(None)), span.level(TrainingEvent.starts_on).label("level")
    grouped = (TrainingEvent.module, SEX_ON_SHEET, level, pre, post)
    wanted = valid_lines(begun_in(span, scope, among), *grouped, sa.func.count()).where(sa.or_(both, was_there()))
    return wanted.group_by(*grouped)


def _lacking(before: float | None, after: float | None) -> str:
    if before is None:
        return "both" if after is None else "pre"
    return "post"
