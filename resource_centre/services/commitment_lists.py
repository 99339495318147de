# SPDX-License-Identifier: Apache-2.0
"""Commitments as lists and reports show them: those of a meeting, those that are late, how many were kept.

An event that was called off agreed on nothing: its commitments stand with the event only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from resource_centre.records import Commitment, TrainingEvent
from resource_centre.records.base import Id
from resource_centre.services.commitments import DONE, DROPPED, has_ended
from resource_centre.services.learning_lines import EventsBegun
from resource_centre.services.rules import rule
from resource_centre.values.text import tidy
from resource_centre.vocabulary import vocabulary

MOST: Final = 200
NEVER: Final = dt.date.max
"""The due day of what has none, after all others."""


@dataclass(frozen=True)
class CommitmentRow:
    """One commitment, and the meeting it comes from."""

    id: str
    event_id: str
    kind: str | None
    what: str | None
    responsible: str | None
    organisation: str | None
    due_on: dt.date | None
    state: str | None
    ended_on: dt.date | None
    result: str | None
    reopened_on: dt.date | None
    reopened_because: str | None
    version: int
    event_number: str | None
    event_topic: str | None
    event_type: str | None
    event_day: dt.date | None
    village_code: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be done."""
        return has_ended(self.state)

    def days_late(self, on: dt.date) -> int:
        """Days since it should have been done, while it is open; 0 until then. The due day itself is not late."""
        if self.ended or self.due_on is None:
            return 0
        return max(0, (on - self.due_on).days)

    @property
    def cursor(self) -> Cursor:
        """For asking for what comes after this row."""
        return Cursor(int(self.ended), self.due_on or NEVER, self.id)


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list ended."""

    ended: int
    due_on: dt.date
    id: str


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    `which` is ``open``, ``overdue``, ``soon`` (due within the days of the rule ``commitment_soon_days``) or ``all``.
    """

    which: str = "open"
    text: str = ""
    organisation: str | None = None
    state: str | None = None
    event_id: str | None = None


@dataclass(frozen=True)
class CommitmentSummary:
    """How a period went. `made` at its meetings; `done`, `on_time` (of those done), `dropped` by the day they ended;
    `open` and, of those, `overdue` on its last day."""

    made: int
    done: int
    on_time: int
    dropped: int
    open: int
    overdue: int


def commitments_of(session: Session, *, event_id: str) -> list[CommitmentRow]:
    """Every commitment of one event, also one that was called off: what is open first, each by its due day."""
    return _read(session, _rows().where(Commitment.event_id == event_id))


def find_commitments(
    session: Session, wanted: Wanted, *, on: dt.date, after: Cursor | None = None, limit: int = MOST
) -> list[CommitmentRow]:
    """The commitments of all meetings that are wanted: what is open first, each by its due day."""
    found = _rows().where(_counts(), *_conditions(wanted, on))
    if after is not None:
        here = tuple_(literal(after.ended), literal(after.due_on, Date), literal(after.id, Id))
        found = found.where(tuple_(*_order()) > here)
    return _read(session, found.limit(limit))


def count_due(session: Session, *, on: dt.date) -> tuple[int, int]:
    """How many are overdue, and how many more are due soon."""
    columns = (_count_of(_late(on)), _count_of(_soon(on)))
    counted = select(*columns).select_from(Commitment).join(TrainingEvent, _held_at()).where(_valid(), _counts())
    late, soon = session.execute(counted.where(_is_open())).one()
    return late, soon


def commitment_summary(
    session: Session, since: dt.date, until: dt.date, *, place: str | None = None
) -> CommitmentSummary:
    """The figures of a period, both days included; what is open and overdue is as of `until`.

    What was taken up again counts as open, never as done before. `place` is the code of where the meetings were held.
    """
    ended = Commitment.ended_on.between(since, until)
    done = and_(Commitment.state == DONE, ended)
    open_then = and_(TrainingEvent.starts_on <= until, or_(_is_open(), Commitment.ended_on > until))
    columns = (
        _count_of(TrainingEvent.starts_on.between(since, until)),
        _count_of(done),
        _count_of(and_(done, Commitment.ended_on <= Commitment.due_on)),
        _count_of(and_(Commitment.state == DROPPED, ended)),
        _count_of(open_then),
        _count_of(and_(open_then, Commitment.due_on < until)),
    )
    counted = select(*columns).select_from(Commitment).join(TrainingEvent, _held_at())
    counted = counted.where(_valid(), *EventsBegun(place=place).conditions())
    return CommitmentSummary(*session.execute(counted).one())


def institutions(session: Session) -> list[str]:
    """The institutions that have something to see to, by name."""
    name = Commitment.organisation
    wanted = select(name).distinct().join(TrainingEvent, _held_at()).where(_valid(), _counts(), name.is_not(None))
    return sorted((one for one in session.scalars(wanted) if one), key=str.casefold)


def _read(session: Session, wanted: Any) -> list[CommitmentRow]:
    return [CommitmentRow(*row) for row in session.execute(wanted.order_by(*_order()))]


def _rows() -> Any:
    columns: tuple[Any, ...] = (
        Commitment.id, Commitment.event_id, Commitment.kind, Commitment.what, Commitment.responsible,
        Commitment.organisation, Commitment.due_on, Commitment.state, Commitment.ended_on, Commitment.result,
        Commitment.reopened_on, Commitment.reopened_because, Commitment.version, TrainingEvent.number,
        TrainingEvent.topic, TrainingEvent.training_type, TrainingEvent.starts_on, TrainingEvent.village_code,
    )  # fmt: skip
    return select(*columns).join(TrainingEvent, _held_at()).where(_valid())


def _held_at() -> ColumnElement[bool]:
    return TrainingEvent.id == Commitment.event_id


def _valid() -> ColumnElement[bool]:
    return and_(Commitment.voided.is_(False), TrainingEvent.voided.is_(False))


def _counts() -> ColumnElement[bool]:
    return func.coalesce(TrainingEvent.called_off, False).is_(False)


def _ended_states() -> list[str]:
    return [term.code for term in vocabulary("commitment_state") if term.group == "closed"]


def _is_open() -> ColumnElement[bool]:
    return func.coalesce(Commitment.state, "").not_in(_ended_states())


def _late(on: dt.date) -> ColumnElement[bool]:
    return Commitment.due_on < on


def _soon(on: dt.date) -> ColumnElement[bool]:
    return Commitment.due_on.between(on, on + dt.timedelta(days=int(rule("commitment_soon_days"))))


def _order() -> tuple[Any, ...]:
    due = func.coalesce(Commitment.due_on, literal(NEVER, Date))
    return case((_is_open(), 0), else_=1), due, Commitment.id


def _conditions(wanted: Wanted, on: dt.date) -> list[ColumnElement[bool]]:
    which: dict[str, list[ColumnElement[bool]]] = {
        "open": [_is_open()],
        "overdue": [_is_open(), _late(on)],
        "soon": [_is_open(), _soon(on)],
        "all": [],
    }
    found = list(which[wanted.which])
    if wanted.organisation:
        found.append(Commitment.organisation == wanted.organisation)
    if wanted.state:
        found.append(Commitment.state == wanted.state)
    if wanted.event_id:
        found.append(Commitment.event_id == wanted.event_id)
    return found + [_has_word(word) for word in tidy(wanted.text).split()]


def _has_word(word: str) -> ColumnElement[bool]:
    columns = (
        Commitment.what, Commitment.responsible, Commitment.organisation, Commitment.result, TrainingEvent.topic,
        TrainingEvent.number,
    )  # fmt: skip
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
