# SPDX-License-Identifier: Apache-2.0
"""What trainers taught: which events count, of which generation they are, and who came to them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from resource_centre.records import EventTrainer, Trainer, TrainingEvent
from resource_centre.services.cascade_reach import Reach, Where, reach
from resource_centre.services.group_books import months_after
from resource_centre.services.learning_lines import key_of
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

LEAD: Final = "utama"
OBSERVER: Final = "pengamat"
LEARNING: Final = "belajar"
"""The group of kinds of event that teach (code list training_type): awareness and dialogues reach, they do not."""
BELOW_A_LEAD: Final = 1_000_000
"""Added to the generation of who did not lead, so that a lead comes first; no chain of trainers is as long."""


@dataclass(frozen=True)
class Taught:
    """What one trainer did: events, distinct people on their sheets, and whether one of the events is recent.

    `people` is None where they were not counted.
    """

    sessions: int
    people: int | None
    active: bool


@dataclass(frozen=True)
class Held:
    """The events of one generation, and the heads that were only counted there."""

    generation: int
    sessions: int
    heads: int


def held(*, since: dt.date | None, until: dt.date, where: Where = ()) -> tuple[ColumnElement[bool], ...]:
    """Conditions of events that count: they teach, began within these days, and were not called off."""
    event = TrainingEvent
    kinds = [term.code for term in vocabulary("training_type") if term.group == LEARNING]
    return (
        event.voided.is_(False),
        event.called_off.is_not(True),
        event.training_type.in_(kinds),
        event.starts_on <= until,
        *([event.starts_on >= since] if since is not None else []),
        *where,
    )


def taught_by(
    session: Session,
    *,
    until: dt.date,
    since: dt.date | None = None,
    where: Where = (),
    people: Mapping[str, int] | None = None,
) -> dict[str, Taught]:
    """By trainer what they taught, alone or with others; who only looked on taught nothing.

    `people` are those each trainer reached, where they were counted. Who is active does not depend on where the
    period begins.
    """
    recent = months_after(until, -int(rule("trainer_active_months")))
    counted = held(since=since, until=until, where=where)
    sessions = _by_trainer(session, sa.func.count(TrainingEvent.id.distinct()), counted)
    lately = _by_trainer(session, sa.func.count(), held(since=recent, until=until, where=where))
    every = sessions.keys() | lately.keys()
    return {
        one: Taught(sessions.get(one, 0), None if people is None else people.get(one, 0), one in lately)
        for one in every
    }


def people_by_trainer(session: Session, *, until: dt.date, only: Sequence[str] | None = None) -> dict[str, int]:
    """Distinct people at the events of each trainer, of these trainers alone when they are named."""
    counted = held(since=None, until=until)
    if only is not None:
        taught = select(EventTrainer.event_id).where(*_teaching(), EventTrainer.trainer_id.in_(only))
        counted = (*counted, TrainingEvent.id.in_(taught))
    return reach(session, counted, {}, _trainers_of_events(session, only)).distinct


def held_by_generation(session: Session, roots: Iterable[str], counted: Where) -> list[Held]:
    """The events and the heads only counted at them; `roots` are trainers who count as trained by nobody."""
    event, led = TrainingEvent, _generation_of_events(tuple(sorted(roots)))
    wanted = select(led.c.generation, sa.func.count(), sa.func.sum(_heads())).select_from(event)
    wanted = wanted.join(led, led.c.event_id == event.id).where(*counted).group_by(led.c.generation)
    return [Held(generation, sessions, int(many or 0)) for generation, sessions, many in session.execute(wanted)]


def reached(session: Session, roots: Iterable[str], counted: Where, *, by_trainer: bool = False) -> Reach:
    """The people reached by generation and, when asked, by trainer."""
    led = _generation_of_events(tuple(sorted(roots)))
    generations = {row[0]: row[1] for row in session.execute(select(key_of(led.c.event_id), led.c.generation))}
    return reach(session, counted, generations, _trainers_of_events(session) if by_trainer else {})


def _by_trainer(session: Session, figure: Any, counted: Where) -> dict[str, int]:
    """A figure over the events each trainer taught."""
    taught = EventTrainer
    asked = select(taught.trainer_id, figure).join(TrainingEvent, TrainingEvent.id == taught.event_id)
    rows = session.execute(asked.where(*_teaching(), *counted).group_by(taught.trainer_id))
    return {row[0]: row[1] for row in rows}


def _trainers_of_events(session: Session, only: Sequence[str] | None = None) -> dict[str, list[str]]:
    """The trainers of each event, by its key; of these trainers alone when they are named."""
    taught = EventTrainer
    narrowed = () if only is None else (taught.trainer_id.in_(only),)
    found: defaultdict[str, list[str]] = defaultdict(list)
    wanted = select(key_of(taught.event_id), taught.trainer_id).where(*_teaching(), *narrowed)
    for event, trainer_id in session.execute(wanted):
        found[event].append(trainer_id)
    return found


def events_led(session: Session, roots: Iterable[str], counted: Where) -> list[Any]:
    """The events that count, one by one: `id`, `starts_on`, `training_type`, `heads` only counted, `generation`."""
    event, led = TrainingEvent, _generation_of_events(tuple(sorted(roots)))
    heads = _heads().label("heads")
    wanted = select(event.id, event.starts_on, event.training_type, heads, led.c.generation).select_from(event)
    return list(session.execute(wanted.join(led, led.c.event_id == event.id).where(*counted)))


def events_taught(session: Session, trainers: Iterable[str], counted: Where) -> list[Any]:
    """Each of these events for each of these trainers who taught it: `id`, `starts_on`, `trainer_id`."""
    taught = EventTrainer
    wanted = select(TrainingEvent.id, TrainingEvent.starts_on, taught.trainer_id).distinct()
    joined = wanted.join(taught, TrainingEvent.id == taught.event_id).where(*_teaching(), *counted)
    wanted_of = set(trainers)
    return [row for row in session.execute(joined) if row.trainer_id in wanted_of]


def _heads() -> Any:
    """Who came to an event without a name."""
    columns = (TrainingEvent.counted_women, TrainingEvent.counted_men, TrainingEvent.counted_others)
    return sum((sa.func.coalesce(column, 0) for column in columns[1:]), sa.func.coalesce(columns[0], 0))


def _teaching() -> Where:
    """Valid lines of who did not only look on."""
    return EventTrainer.voided.is_(False), EventTrainer.part.is_distinct_from(OBSERVER)


@lru_cache(maxsize=8)
def _generation_of_events(roots: tuple[str, ...]) -> Any:
    """The generation of each event: that of its lead, of several the lowest; without a lead that of who taught."""
    taught, generations = EventTrainer, _generations(roots)
    place = sa.case((taught.part == LEAD, 0), else_=BELOW_A_LEAD) + generations.c.generation
    lowest = sa.func.min(place)
    generation = sa.case((lowest > BELOW_A_LEAD, lowest - BELOW_A_LEAD), else_=lowest).label("generation")
    asked = select(taught.event_id, generation).join(generations, generations.c.trainer_id == taught.trainer_id)
    return asked.where(*_teaching()).group_by(taught.event_id).cte("led")


def _generations(roots: tuple[str, ...]) -> Any:
    """Trainer and generation. It ends: who stands in a circle is among the `roots` somewhere."""
    trainer, above = Trainer, aliased(Trainer)
    trained = select(above.id).where(above.id == trainer.trained_by_id, above.voided.is_(False)).exists()
    first = select(trainer.id.label("trainer_id"), sa.literal(1).label("generation"))
    first = first.where(trainer.voided.is_(False), sa.or_(~trained, trainer.id.in_(roots)))
    found = first.cte("generations", recursive=True)
    below = aliased(Trainer)
    further = select(below.id, found.c.generation + 1).join(found, found.c.trainer_id == below.trained_by_id)
    return found.union_all(further.where(below.voided.is_(False), below.id.not_in(roots)))
