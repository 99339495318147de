# SPDX-License-Identifier: Apache-2.0
"""One trainer: who trained them and whom they trained, where they taught and how that was observed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.problems import Problem
from resource_centre.records import EventTrainer, Trainer, TrainingEvent
from resource_centre.services import cascade_people as people
from resource_centre.services.cascade import generations_of
from resource_centre.services.cascade_reach import people_by_event
from resource_centre.services.saving import existing
from resource_centre.services.trainer_checks import check_trainer
from resource_centre.services.trainers import CHECKED, LEAD, TrainerRow, rows_of

OBSERVATION: Final = "observation"
PERCENT: Final = "percent"
"""The questionnaire an observer fills in, and the figure it yields (data/questionnaires/observation.md)."""
MOST_EVENTS: Final = 500


@dataclass(frozen=True)
class TaughtEvent:
    """An event this trainer had a part in; `people` are the distinct ones on its sheet, None when it does not count.

    It does not count when it was called off, is still to come, or is no training.
    """

    event_id: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    training_type: str | None
    module: str | None
    topic: str | None
    village_code: str | None
    called_off: bool | None
    part: str | None
    people: int | None = None


@dataclass(frozen=True)
class Observed:
    """What an observer gave for an event this trainer led, in per cent of the most."""

    event_id: str
    asked_on: dt.date
    percent: float | None


@dataclass(frozen=True)
class TrainerView:
    """A trainer and everything about them; `trained` by name, events and observations newest first.

    `warnings` are problems that do not stand in the way of saving, such as days that do not follow each other.
    """

    trainer: Trainer
    row: TrainerRow
    generation: int
    trained_by: Trainer | None
    trained_at: TrainingEvent | None
    trained: tuple[TrainerRow, ...]
    taught: tuple[TaughtEvent, ...]
    observed: tuple[Observed, ...]
    warnings: tuple[Problem, ...]


def trainer_view(session: Session, trainer_id: str) -> TrainerView:
    """One trainer. Raises `Refused` when there is none, or no longer."""
    trainer = existing(session, Trainer, trainer_id)
    below = select(Trainer).where(Trainer.trained_by_id == trainer_id, Trainer.voided.is_(False))
    trained = list(session.scalars(below.order_by(func.lower(Trainer.name), Trainer.id)))
    row, *rows = rows_of(session, [trainer, *trained])
    parents = select(Trainer.id, Trainer.trained_by_id).where(Trainer.voided.is_(False))
    taught = _taught(session, trainer_id)
    return TrainerView(
        trainer=trainer,
        row=row,
        generation=generations_of({one.id: one.trained_by_id for one in session.execute(parents)})[trainer_id],
        trained_by=_valid(session, Trainer, trainer.trained_by_id),
        trained_at=_valid(session, TrainingEvent, trainer.trained_at_id),
        trained=tuple(rows),
        taught=taught,
        observed=_observed(session, [one.event_id for one in taught if one.part == LEAD]),
        warnings=check_trainer(session, {name: getattr(trainer, name) for name in CHECKED}, trainer_id),
    )


def _valid(session: Session, record: Any, record_id: str | None) -> Any:
    found = session.get(record, record_id) if record_id is not None else None
    return None if found is None or found.voided else found


def _taught(session: Session, trainer_id: str) -> tuple[TaughtEvent, ...]:
    event, line = TrainingEvent, EventTrainer
    columns = (
        event.id, event.starts_on, event.ends_on, event.training_type, event.module, event.topic, event.village_code,
        event.called_off, line.part,
    )  # fmt: skip
    own = (line.trainer_id == trainer_id, line.voided.is_(False), event.voided.is_(False))
    wanted = select(*columns).join(line, line.event_id == event.id).where(*own)
    rows = session.execute(wanted.order_by(event.starts_on.desc(), event.id).limit(MOST_EVENTS)).all()
    counted = people.held(since=None, until=today(), where=(event.id.in_([row.id for row in rows]),))
    many = people_by_event(session, counted, [row.id for row in rows])
    valid = set(session.scalars(select(event.id).where(*counted)))
    return tuple(TaughtEvent(*row, many.get(row.id, 0) if row.id in valid else None) for row in rows)


def _observed(session: Session, events: list[str]) -> tuple[Observed, ...]:
    """The observations of these events, as far as this account reads them."""
    from resource_centre.services.answered import Scoring, answered

    if not events:
        return ()
    scoring = Scoring(session, OBSERVATION)
    found = []
    for one in answered(session, OBSERVATION, where=lambda table: (table.event_id.in_(events),)):
        names = [scale.name for scale in scoring.scales(one.version_id)]
        percent = scoring.values(one)[names.index(PERCENT)] if PERCENT in names else None
        found.append(Observed(one.event_id or "", one.asked_on, None if percent is None else float(percent)))
    return tuple(sorted(found, key=lambda one: (one.asked_on, one.event_id), reverse=True))
