# SPDX-License-Identifier: Apache-2.0
"""What cannot be right about a trainer: who trained whom, and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.problems import Problem
from resource_centre.records import Trainer, TrainingEvent

Values = Mapping[str, Any]


def check_trainer(session: Session, values: Values, trainer_id: str | None) -> tuple[Problem, ...]:
    """What is wrong with these canonical values of a trainer, beside what the fields say themselves.

    Errors where somebody would stand above themself; warnings where days do not follow each other.
    """
    return (*_above_themself(session, values, trainer_id), *_days(session, values))


def above(session: Session, trainer_id: str) -> list[str]:
    """Who trained this trainer, who trained those, and so on; ends where it comes round again."""
    parents = {one.id: one.trained_by_id for one in session.execute(select(Trainer.id, Trainer.trained_by_id))}
    chain: list[str] = []
    at = parents.get(trainer_id)
    while at is not None and at not in chain:
        chain.append(at)
        at = parents.get(at)
    return chain


def _above_themself(session: Session, values: Values, trainer_id: str | None) -> Iterator[Problem]:
    trained_by = values.get("trained_by_id")
    if trained_by is None:
        return
    person = session.scalar(select(Trainer.person_id).where(Trainer.id == trained_by))
    if trained_by == trainer_id or (person is not None and person == values.get("person_id")):
        yield Problem("trained_by_id", "trains_self")
    elif trainer_id in above(session, trained_by):
        yield Problem("trained_by_id", "trained_in_circle")


def _days(session: Session, values: Values) -> Iterator[Problem]:
    certified, ended = values.get("certified_on"), values.get("ended_on")
    if not isinstance(certified, dt.date):
        return
    if isinstance(ended, dt.date) and ended < certified:
        yield Problem("ended_on", "ends_before_start")
    begun = _day(session, TrainingEvent.starts_on, values.get("trained_at_id"))
    if begun is not None and certified < begun:
        yield Problem("certified_on", "certified_before_training", "warning")
    before = _day(session, Trainer.certified_on, values.get("trained_by_id"))
    if before is not None and certified < before:
        yield Problem("certified_on", "certified_before_trainer", "warning")


def _day(session: Session, column: Any, record_id: str | None) -> dt.date | None:
    if record_id is None:
        return None
    found: dt.date | None = session.scalar(select(column).where(column.class_.id == record_id))
    return found
