# SPDX-License-Identifier: Apache-2.0
"""Tables R20 and R21: training events and who came, and what matched tests before and after show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN, BySex, Counted, Tally
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.asked_tests import asked_tests, who_answered
from resource_centre.services.rules import rule
from resource_centre.services.training import was_there
from resource_centre.vocabulary import vocabulary

ALL: Final = "all"


@dataclass(frozen=True)
class EventLine:
    """Events of one type begun in a period: how many, their hours, who came, and hours times people present."""

    training_type: str
    events: int = 0
    hours: float = 0.0
    participants: BySex = field(default_factory=BySex)
    contact_hours: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"participants": self.participants.as_dict()}


@dataclass(frozen=True)
class GainLine:
    """R21: matched pairs of one module and sex (or all). Means in per cent, the gain in percentage points.

    `untested` came but lack one test or both; they are in no mean.
    """

    module: str
    sex: str
    pairs: int
    mean_pre: float | None
    mean_post: float | None
    mean_gain: float | None
    improved: int
    passed: int
    untested: int


@dataclass(frozen=True)
class Training:
    """R20 and R21 of one period."""

    events: tuple[EventLine, ...]
    gains: tuple[GainLine, ...]

    @property
    def all_events(self) -> EventLine:
        """All types together."""
        return EventLine(
            ALL,
            sum(line.events for line in self.events),
            sum(line.hours for line in self.events),
            sum((line.participants for line in self.events), BySex()),
            sum(line.contact_hours for line in self.events),
        )

    @property
    def all_gain(self) -> GainLine:
        """All modules and both sexes together."""
        return next(line for line in self.gains if line.module == ALL and line.sex == ALL)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "events": [line.as_dict() for line in (*self.events, self.all_events)],
            "gains": [asdict(line) for line in self.gains],
        }


def trainings(session: Session, span: Span, scope: Scope) -> tuple[Training, Training, Training]:
    """The events begun in the month, the year so far and the project so far, and the tests taken at them."""
    month, year, project = (
        Training(events, gains)
        for events, gains in zip(_events(session, span, scope), _gains(session, span, scope), strict=True)
    )
    return month, year, project


def _begun(span: Span, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    event = TrainingEvent
    return (span.within(event.starts_on), event.voided.is_(False), *scope.of_village(event.village_code))


def _lines_of(span: Span, scope: Scope, *columns: Any) -> sa.Select[Any]:
    """Lines of the sheets that count: valid ones of valid events, unless the person's own record is not valid."""
    return (
        sa.select(*columns)
        .select_from(Participation)
        .join(TrainingEvent, TrainingEvent.id == Participation.event_id)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(*_begun(span, scope), Participation.voided.is_(False), sa.func.coalesce(Person.voided, False).is_(False))
    )


_SEX: Final = sa.func.coalesce(Person.sex, Participation.sex).label("sex")


def _events(session: Session, span: Span, scope: Scope) -> list[tuple[EventLine, ...]]:
    """R20 of the three periods."""
    tally, hours = Tally(), _Hours()
    kind, level = TrainingEvent.training_type, span.level(TrainingEvent.starts_on).label("level")
    held = sa.select(kind, level, sa.func.count(), sa.func.sum(TrainingEvent.hours)).where(*_begun(span, scope))
    for code, depth, count, lasted in session.execute(held.group_by(kind, level)):
        tally.add(("events", code), depth, None, count)
        hours.add(("events", code or UNKNOWN), depth, lasted)
    came = _lines_of(span, scope, kind, level, _SEX, sa.func.count(), sa.func.sum(TrainingEvent.hours))
    for code, depth, sex, count, spent in session.execute(came.where(was_there()).group_by(kind, level, _SEX)):
        tally.add(("people", code), depth, sex, count)
        hours.add(("people", code or UNKNOWN), depth, spent)
    events, people = tally.under("events"), tally.under("people")
    order = [code for code in vocabulary("training_type").codes if code in events]
    codes = (*order, *sorted(events.keys() - set(order)))
    none = Counted()

    def line(code: str, at: int) -> EventLine:
        held_here, came_here = tuple(events[code])[at], tuple(people.get(code, none))[at]
        spent = (hours.of(("events", code), at), hours.of(("people", code), at))
        return EventLine(code, held_here.total, spent[0], came_here, spent[1])

    return [tuple(line(code, at) for code in codes if tuple(events[code])[at].total) for at in range(3)]


class _Hours:
    """Hours under keys, in the three periods."""

    def __init__(self) -> None:
        self._sums: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])

    def add(self, key: tuple[str, str], depth: int, hours: float | None) -> None:
        for at in range(3 - depth, 3):
            self._sums[key][at] += float(hours or 0)

    def of(self, key: tuple[str, str], at: int) -> float:
        return self._sums[key][at] if key in self._sums else 0.0


@dataclass
class _Sums:
    """What means are made of."""

    untested: int = 0
    pairs: int = 0
    pre: float = 0.0
    post: float = 0.0
    improved: int = 0
    passed: int = 0

    def add(self, untested: int, pairs: int, pre: float, post: float, improved: int, passed: int) -> None:
        self.untested += untested
        self.pairs += pairs
        self.pre += float(pre)
        self.post += float(post)
        self.improved += improved
        self.passed += passed

    def line(self, module: str, sex: str) -> GainLine:
        n = self.pairs
        pre, post = (self.pre / n, self.post / n) if n else (None, None)
        gain = (self.post - self.pre) / n if n else None
        return GainLine(module, sex, n, pre, post, gain, self.improved, self.passed, self.untested)


def _gains(session: Session, span: Span, scope: Scope) -> list[tuple[GainLine, ...]]:
    """R21 of the three periods: each module with the sexes below it, then all modules."""
    periods: list[defaultdict[tuple[str, str], _Sums]] = [defaultdict(_Sums) for _ in range(3)]
    for sums in periods:
        sums[ALL, ALL] = _Sums()
    asked = who_answered(session)
    rows = (*session.execute(_tests(span, scope, asked)), *_asked(session, span, scope, asked))
    for module, sex, depth, *figures in rows:
        row, column = module or UNKNOWN, sex or UNKNOWN
        for sums in periods[3 - depth :]:
            for key in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
                sums[key].add(*(value or 0 for value in figures))
    return [tuple(sums[key].line(*key) for key in sorted(sums, key=_place)) for sums in periods]


def _place(key: tuple[str, str]) -> tuple[int, str, int]:
    modules, sexes = (*vocabulary("module").codes, UNKNOWN, ALL), (ALL, "L", "P", UNKNOWN)
    return (
        modules.index(key[0]) if key[0] in modules else len(modules) - 2,
        key[0],
        sexes.index(key[1]) if key[1] in sexes else len(sexes),
    )


def _asked(session: Session, span: Span, scope: Scope, asked: Any) -> Iterator[tuple[Any, ...]]:
    """The same figures of each test that was answered as a questionnaire, unless both scores stand on the sheet."""
    if asked is None:
        return
    pre, post = Participation.pre_score, Participation.post_score
    level = span.level(TrainingEvent.starts_on).label("level")
    columns = (Participation.id, TrainingEvent.module, _SEX, level)
    wanted = _lines_of(span, scope, *columns).where(Participation.id.in_(asked), sa.or_(pre.is_(None), post.is_(None)))
    people = {row.id: row for row in session.execute(wanted)}
    for one in asked_tests(session) if people else ():
        who = people.get(one.participation_id)
        if who is None:
            continue
        row = (one.module or who.module, who.sex, who.level)
        if one.pre is not None and one.post is not None:
            passed = one.post >= rule("pass_mark")
            yield (*row, 0, 1, one.pre, one.post, int(one.post > one.pre), int(passed))
        else:
            yield (*row, 1, 0, 0, 0, 0, 0)


def _tests(span: Span, scope: Scope, asked: Any) -> sa.Select[Any]:
    """Per module and sex: who came without both tests, and sums over those with both.

    Whoever answered a test as a questionnaire counts here only with both scores on the sheet (see `_asked`).
    """
    pre, post = Participation.pre_score, Participation.post_score
    both, level = sa.and_(pre.is_not(None), post.is_not(None)), span.level(TrainingEvent.starts_on).label("level")

    def over(condition: Any, value: Any) -> Any:
        return sa.func.sum(sa.case((condition, value), else_=0))

    columns = (
        TrainingEvent.module,
        _SEX,
        level,
        over(sa.and_(~both, was_there()), 1),
        over(both, 1),
        over(both, pre),
        over(both, post),
        over(sa.and_(both, post > pre), 1),
        over(sa.and_(both, post >= rule("pass_mark")), 1),
    )
    counted = sa.or_(both, was_there())
    if asked is not None:
        counted = sa.and_(counted, sa.or_(both, Participation.id.not_in(asked)))
    return _lines_of(span, scope, *columns).where(counted).group_by(TrainingEvent.module, _SEX, level)
