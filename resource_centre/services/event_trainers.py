# SPDX-License-Identifier: Apache-2.0
"""Who taught at an event, and how its participants become trainers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import EventTrainer, Trainer, TrainingEvent
from resource_centre.services.saving import existing, refuse_errors, write_changes, write_new
from resource_centre.services.trainers import LEAD, register_trainer
from resource_centre.values.names import fold_name
from resource_centre.vocabulary import vocabulary

CO_TRAINER: Final = "pendamping"

_BETWEEN_NAMES = re.compile(r"[;,/&\n]|\bdan\b|\band\b", re.IGNORECASE)


@dataclass(frozen=True)
class TaughtRow:
    """One trainer of an event; `part` is a code of trainer_part."""

    trainer_id: str
    name: str | None
    number: str | None
    level: str | None
    part: str | None


@dataclass(frozen=True)
class Candidate:
    """Somebody on the sheet of a training of trainers; `trainer_id` when they are registered as a trainer already."""

    participation_id: str
    name: str | None
    days: str
    trainer_id: str | None
    is_lead: bool = False


def set_trainers(session: Session, event_id: str, trainers: Sequence[tuple[str, str]]) -> list[str]:
    """Write down who taught at an event, each with their part; who is not named any more is taken off.

    Returns the ids of the lines. Raises `Refused` with problems named ``rows.1.part``, and then nothing was written.
    """
    existing(session, TrainingEvent, event_id)
    refuse_errors(_problems(session, trainers))
    before = {one.id: one for one in session.scalars(select(EventTrainer).where(EventTrainer.event_id == event_id))}
    kept = []
    for trainer_id, part in trainers:
        line_id = event_trainer_id(event_id, trainer_id)
        kept.append(line_id)
        if line_id in before:
            again = {"part": part, "voided": False, "void_reason": None}
            write_changes(session, before[line_id], again, on=today())
        else:
            own = {"id": line_id, "event_id": event_id, "trainer_id": trainer_id, "part": part}
            write_new(session, EventTrainer, own, on=today())
    for line_id, line in before.items():
        if line_id not in kept and not line.voided:
            void(session, line, _("Taken off the list"))
    return kept


def trainers_of(session: Session, event_id: str) -> list[TaughtRow]:
    """Who taught at an event: the lead first, then by part and name."""
    line, trainer = EventTrainer, Trainer
    columns = (trainer.id, trainer.name, trainer.number, trainer.level, line.part)
    wanted = select(*columns).join(trainer, trainer.id == line.trainer_id)
    rows = session.execute(wanted.where(line.event_id == event_id, line.voided.is_(False), trainer.voided.is_(False)))
    order = {code: place for place, code in enumerate(vocabulary("trainer_part").codes)}
    found = [TaughtRow(*row) for row in rows]
    return sorted(found, key=lambda one: (order.get(one.part or "", 99), (one.name or "").casefold(), one.trainer_id))


def event_trainer_id(event_id: str, trainer_id: str) -> str:
    """The id of a trainer's line at an event: the same on every laptop."""
    return str(uuid.uuid5(uuid.UUID(event_id), trainer_id))


def named_trainers(session: Session, event_id: str) -> list[TaughtRow]:
    """Registered trainers whom the event names in words only, with the part it gives them; to be linked by a click."""
    event = existing(session, TrainingEvent, event_id)
    linked = {one.trainer_id for one in trainers_of(session, event_id)}
    wanted = select(Trainer.id, Trainer.name, Trainer.number, Trainer.level).where(Trainer.voided.is_(False))
    by_name: dict[str, list[Any]] = {}
    for row in session.execute(wanted):
        by_name.setdefault(fold_name(row.name or ""), []).append(row)
    led = any(one.part == LEAD for one in trainers_of(session, event_id))
    found: dict[str, TaughtRow] = {}
    for name, part in _written(event):
        for row in by_name.get(name, []):
            own = CO_TRAINER if led and part == LEAD else part
            found.setdefault(row.id, TaughtRow(row.id, row.name, row.number, row.level, own))
    return [one for one in found.values() if one.trainer_id not in linked]


def candidates(session: Session, event_id: str) -> list[Candidate]:
    """Everybody on the sheet of a training of trainers, in its order, and who of them is a trainer already."""
    from resource_centre.services.training import event_sheet

    sheet = event_sheet(session, event_id)
    known = list(session.execute(select(Trainer.id, Trainer.person_id, Trainer.participation_id, Trainer.voided)))
    valid = [one for one in known if not one.voided]
    of_person = {one.person_id: one.id for one in valid if one.person_id}
    of_line = {one.participation_id: one.id for one in valid if one.participation_id}
    teaching = {one.trainer_id for one in trainers_of(session, event_id)}

    def candidate(row: Any) -> Candidate:
        trainer = of_line.get(row.id) or of_person.get(row.person_id)
        return Candidate(row.id, row.name, row.days, trainer, trainer in teaching)

    return [candidate(row) for row in sheet.rows]


def make_trainers(session: Session, participations: Sequence[str], values: Mapping[str, Any]) -> list[Trainer]:
    """Register participants of a training of trainers as trainers, all with the same level and certification.

    They are trained by the lead of the event. Raises `Refused` with problems named ``rows.2.trained_by_id``, and then
    nobody should be kept: the whole is one act.
    """
    made = []
    for index, participation_id in enumerate(participations):
        try:
            made.append(register_trainer(session, values, participation_id=participation_id))
        except Refused as refused:
            named = tuple(Problem(f"rows.{index}.{one.field}", one.code, one.severity) for one in refused.problems)
            raise Refused(refused.code, named) from refused
    return made


def _problems(session: Session, trainers: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    known = set(session.scalars(select(Trainer.id).where(Trainer.voided.is_(False))))
    seen: set[str] = set()
    led = False
    for index, (trainer_id, part) in enumerate(trainers):
        if trainer_id not in known:
            yield Problem(f"rows.{index}.trainer_id", "not_in_list")
        if trainer_id in seen:
            yield Problem(f"rows.{index}.trainer_id", "trainer_twice")
        if part not in vocabulary("trainer_part"):
            yield Problem(f"rows.{index}.part", "not_in_list")
        if part == LEAD and led:
            yield Problem(f"rows.{index}.part", "second_lead")
        seen.add(trainer_id)
        led = led or part == LEAD


def _written(event: TrainingEvent) -> Iterator[tuple[str, str]]:
    """Folded names that the event's own words hold, each with its part."""
    for words, part in ((event.trainer, LEAD), (event.co_trainers, CO_TRAINER)):
        for name in (words or "", *_BETWEEN_NAMES.split(words or "")):
            if folded := fold_name(name):
                yield folded, part
