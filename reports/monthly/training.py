# SPDX-License-Identifier: Apache-2.0
"""Tables R20 and R21: training events and who came, and what matched tests before and after show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import taking_part
from reports.monthly.counts import UNKNOWN, BySex, by_sex
from reports.monthly.periods import Period
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.rules import rule
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


def training(session: Session, period: Period) -> Training:
    """The events begun in the period and the tests taken at them."""
    return Training(_events(session, period), _gains(session, period))


def events_begun(period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions of training events that began in the period."""
    return (period.holds(TrainingEvent.starts_on), TrainingEvent.voided.is_(sa.false()))


def _events(session: Session, period: Period) -> tuple[EventLine, ...]:
    kind = TrainingEvent.training_type
    held = sa.select(kind, sa.func.count(), sa.func.coalesce(sa.func.sum(TrainingEvent.hours), 0.0))
    counts = {row[0] or UNKNOWN: row[1:] for row in session.execute(held.where(*events_begun(period)).group_by(kind))}
    came, hours = _participants(session, period)
    order = [code for code in vocabulary("training_type").codes if code in counts]
    codes = (*order, *sorted(counts.keys() - set(order)))
    return tuple(EventLine(c, counts[c][0], float(counts[c][1] or 0), came[c], hours[c]) for c in codes)


def _participants(session: Session, period: Period) -> tuple[dict[str, BySex], dict[str, float]]:
    sex = sa.func.coalesce(Participation.sex, Person.sex)
    wanted = (
        sa.select(TrainingEvent.training_type, sex, sa.func.count(), sa.func.sum(TrainingEvent.hours))
        .select_from(Participation)
        .join(TrainingEvent, TrainingEvent.id == Participation.event_id)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(*events_begun(period), *taking_part())
        .group_by(TrainingEvent.training_type, sex)
    )
    came: defaultdict[str, BySex] = defaultdict(BySex)
    hours: defaultdict[str, float] = defaultdict(float)
    for kind, who, count, spent in session.execute(wanted):
        came[kind or UNKNOWN] += by_sex(who, count)
        hours[kind or UNKNOWN] += float(spent or 0)
    return came, hours


@dataclass
class _Sums:
    """What means are made of."""

    people: int = 0
    pairs: int = 0
    pre: float = 0.0
    post: float = 0.0
    improved: int = 0
    passed: int = 0

    def add(self, people: int, pairs: int, pre: float, post: float, improved: int, passed: int) -> None:
        self.people += people
        self.pairs += pairs
        self.pre += pre
        self.post += post
        self.improved += improved
        self.passed += passed

    def line(self, module: str, sex: str) -> GainLine:
        n = self.pairs
        pre, post = (self.pre / n, self.post / n) if n else (None, None)
        gain = (self.post - self.pre) / n if n else None
        return GainLine(module, sex, n, pre, post, gain, self.improved, self.passed, self.people - n)


def _gains(session: Session, period: Period) -> tuple[GainLine, ...]:
    sums: defaultdict[tuple[str, str], _Sums] = defaultdict(_Sums)
    sums[(ALL, ALL)] = _Sums()
    for module, sex, *figures in session.execute(_tests(period)):
        for key in ((module or UNKNOWN, sex or UNKNOWN), (module or UNKNOWN, ALL), (ALL, sex or UNKNOWN), (ALL, ALL)):
            sums[key].add(*(value or 0 for value in figures))
    return tuple(sums[key].line(*key) for key in sorted(sums, key=_place))


def _place(key: tuple[str, str]) -> tuple[int, int]:
    modules, sexes = (*vocabulary("module").codes, UNKNOWN, ALL), ("P", "L", UNKNOWN, ALL)
    return (modules.index(key[0]) if key[0] in modules else -1, sexes.index(key[1]) if key[1] in sexes else -1)


def _tests(period: Period) -> sa.Select[Any]:
    """Per module and sex: everybody who came or was tested, and the sums over those with both tests."""
    pre, post = Participation.pre_score, Participation.post_score
    both = sa.and_(pre.is_not(None), post.is_not(None))
    sex = sa.func.coalesce(Participation.sex, Person.sex)

    def over_pairs(value: Any) -> Any:
        return sa.func.sum(sa.case((both, value), else_=0))

    return (
        sa.select(
            TrainingEvent.module,
            sex,
            sa.func.count(),
            over_pairs(1),
            over_pairs(pre),
            over_pairs(post),
            over_pairs(sa.case((post > pre, 1), else_=0)),
            over_pairs(sa.case((post >= rule("pass_mark"), 1), else_=0)),
        )
        .select_from(Participation)
        .join(TrainingEvent, TrainingEvent.id == Participation.event_id)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(*events_begun(period), Participation.voided.is_(sa.false()))
        .group_by(TrainingEvent.module, sex)
    )
