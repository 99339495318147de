# SPDX-License-Identifier: Apache-2.0
"""Whom trainers reached, counted by the database: events that were held, and on their sheets each person once.

A person is the client a line is linked to, else what a light record says of them: folded name, sex, village and
telephone. A light record without a telephone is taken for the one with it where all else is the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from resource_centre.records import EventTrainer, Participation, Person, Trainer, TrainingEvent
from resource_centre.services.group_books import months_after
from resource_centre.services.rules import rule
from resource_centre.services.training import took_part
from resource_centre.vocabulary import vocabulary

Where = Sequence[ColumnElement[bool]]

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
class Reached:
    """Distinct people at events of one generation; `first`: no lower generation reached them too."""

    generation: int
    first: bool
    people: int
    women: int
    men: int


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
    session: Session, *, until: dt.date, since: dt.date | None = None, where: Where = (), reached: bool = True
) -> dict[str, Taught]:
    """By trainer what they taught, alone or with others; who only looked on taught nothing.

    Without `reached` nobody is counted. Who is active does not depend on where the period begins.
    """
    recent = months_after(until, -int(rule("trainer_active_months")))
    counted = held(since=since, until=until, where=where)
    sessions = _by_trainer(session, sa.func.count(TrainingEvent.id.distinct()), counted)
    lately = _by_trainer(session, sa.func.count(), held(since=recent, until=until, where=where))
    many = _people_by_trainer(session, counted) if reached else None
    every = sessions.keys() | lately.keys()
    return {
        one: Taught(sessions.get(one, 0), None if many is None else many.get(one, 0), one in lately) for one in every
    }


def held_by_generation(session: Session, roots: Iterable[str], counted: Where) -> list[Held]:
    """The events and the heads only counted at them; `roots` are trainers who count as trained by nobody."""
    event, led = TrainingEvent, _generation_of_events(roots)
    columns = (event.counted_women, event.counted_men, event.counted_others)
    heads = sum((sa.func.coalesce(column, 0) for column in columns[1:]), sa.func.coalesce(columns[0], 0))
    wanted = select(led.c.generation, sa.func.count(), sa.func.sum(heads)).select_from(event)
    wanted = wanted.join(led, led.c.event_id == event.id).where(*counted).group_by(led.c.generation)
    return [Held(generation, sessions, int(many or 0)) for generation, sessions, many in session.execute(wanted)]


def reached_by_generation(session: Session, roots: Iterable[str], counted: Where) -> list[Reached]:
    """People by generation, apart those whom a lower one reached before."""
    led, person = _generation_of_events(roots), people_of(counted)
    by_each = (
        select(person.c.who, person.c.person_id, led.c.generation, sa.func.max(person.c.sex).label("sex"))
        .join(led, led.c.event_id == person.c.event_id)
        .group_by(person.c.who, person.c.person_id, led.c.generation)
        .cte("by_each")
    )
    first = by_each.c.generation == sa.func.min(by_each.c.generation).over(partition_by=by_each.c.who)
    sex = sa.func.coalesce(Person.sex, by_each.c.sex).label("sex")
    everybody = select(by_each.c.generation, first.label("first"), sex)
    each = everybody.outerjoin(Person, Person.id == by_each.c.person_id).cte("each")
    of_sex = (sa.func.sum(sa.case((each.c.sex == code, 1), else_=0)) for code in ("P", "L"))
    wanted = select(each.c.generation, each.c.first, sa.func.count(), *of_sex)
    rows = session.execute(wanted.group_by(each.c.generation, each.c.first))
    return [Reached(row[0], bool(row[1]), row[2], int(row[3]), int(row[4])) for row in rows]


def people_of(counted: Where) -> Any:
    """Who came to which of these events: ``event_id``, ``person_id`` of a client, ``who`` (equal for the same person)
    and the ``sex`` their line says."""
    line, event = Participation, TrainingEvent
    # A client whose own record is not valid was somebody's slip.
    invalid = select(Person.id).where(Person.voided)
    there = (*counted, *took_part())
    linked = select(line.event_id, line.person_id, sa.cast(line.person_id, sa.String).label("who"), line.sex)
    linked = linked.join(event, event.id == line.event_id)
    linked = linked.where(*there, line.person_id.is_not(None), line.person_id.not_in(invalid))
    light = _light(there)
    telephone = sa.func.coalesce(light.c.phone, sa.func.min(light.c.phone).over(partition_by=light.c.said), "")
    nobody = sa.cast(sa.null(), line.person_id.type)
    others = select(light.c.event_id, nobody, light.c.said + "|" + telephone, light.c.sex)
    return linked.union_all(others).cte("people")


def _light(there: Where) -> Any:
    """Light records with what they say of somebody, but for the telephone; without a name they are nobody."""
    line, event = Participation, TrainingEvent
    village = sa.func.coalesce(line.village_code, event.village_code, "")
    said = line.name_key + "|" + sa.func.coalesce(line.sex, "") + "|" + village
    lines = select(line.event_id, line.sex, line.phone, said.label("said")).join(event, event.id == line.event_id)
    return lines.where(*there, line.person_id.is_(None), line.name_key != "").cte("light")


def _by_trainer(session: Session, figure: Any, counted: Where) -> dict[str, int]:
    """A figure over the events each trainer taught."""
    taught = EventTrainer
    asked = select(taught.trainer_id, figure).join(TrainingEvent, TrainingEvent.id == taught.event_id)
    rows = session.execute(asked.where(*_teaching(), *counted).group_by(taught.trainer_id))
    return {row[0]: row[1] for row in rows}


def _people_by_trainer(session: Session, counted: Where) -> dict[str, int]:
    taught, person = EventTrainer, people_of(counted)
    pairs = select(taught.trainer_id, person.c.who).join(person, person.c.event_id == taught.event_id)
    each = pairs.where(*_teaching()).distinct().cte("each")
    rows = session.execute(select(each.c.trainer_id, sa.func.count()).group_by(each.c.trainer_id))
    return {row[0]: row[1] for row in rows}


def _teaching() -> Where:
    """Valid lines of who did not only look on."""
    return EventTrainer.voided.is_(False), EventTrainer.part.is_distinct_from(OBSERVER)


def _generation_of_events(roots: Iterable[str]) -> Any:
    """The generation of each event: that of its lead, of several the lowest; without a lead that of who taught."""
    taught, generations = EventTrainer, _generations(roots)
    place = sa.case((taught.part == LEAD, 0), else_=BELOW_A_LEAD) + generations.c.generation
    lowest = sa.func.min(place)
    generation = sa.case((lowest > BELOW_A_LEAD, lowest - BELOW_A_LEAD), else_=lowest).label("generation")
    asked = select(taught.event_id, generation).join(generations, generations.c.trainer_id == taught.trainer_id)
    return asked.where(*_teaching()).group_by(taught.event_id).cte("led")


def _generations(roots: Iterable[str]) -> Any:
    """Trainer and generation. It ends: who stands in a circle is among the `roots` somewhere."""
    trainer, above = Trainer, aliased(Trainer)
    cut = sorted(roots)
    trained = select(above.id).where(above.id == trainer.trained_by_id, above.voided.is_(False)).exists()
    first = select(trainer.id.label("trainer_id"), sa.literal(1).label("generation"))
    first = first.where(trainer.voided.is_(False), sa.or_(~trained, trainer.id.in_(cut)))
    found = first.cte("generations", recursive=True)
    below = aliased(Trainer)
    further = select(below.id, found.c.generation + 1).join(found, found.c.trainer_id == below.trained_by_id)
    return found.union_all(further.where(below.voided.is_(False), below.id.not_in(cut)))
