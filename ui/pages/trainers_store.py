# SPDX-License-Identifier: Apache-2.0
"""What the pages about trainers ask of the database, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import TrainingEvent
    from resource_centre.services.cascade import Cascade, TreeNode
    from resource_centre.services.event_trainers import Candidate, TaughtRow
    from resource_centre.services.trainer_view import TrainerView
    from resource_centre.services.trainers import TrainerRow


@dataclass(frozen=True)
class Known:
    """What a form about a trainer chooses from: the trainers there are, the trainings of trainers held."""

    trainers: tuple[TrainerRow, ...]
    events: tuple[TrainingEvent, ...]


@dataclass(frozen=True)
class Tree:
    """Who trained whom, and the figures above it."""

    roots: tuple[TreeNode, ...]
    cascade: Cascade


@dataclass(frozen=True)
class EventLook:
    """Who taught at an event, who of the registered ones it names, and whom a training of trainers has taught."""

    event: TrainingEvent
    taught: tuple[TaughtRow, ...]
    named: tuple[TaughtRow, ...]
    trainers: tuple[TrainerRow, ...]
    candidates: tuple[Candidate, ...]
    makes_trainers: bool


def read_trainers(session: Session, **narrowed: Any) -> list[TrainerRow]:
    """The register, narrowed as `trainers_list` takes it."""
    from resource_centre.services.trainers import trainers_list

    return trainers_list(session, **narrowed)


def read_tree(session: Session) -> Tree:
    """The tree with its figures."""
    from resource_centre.services.cascade import tree_and_cascade

    return Tree(*tree_and_cascade(session))


def read_trainer(session: Session, trainer_id: str) -> TrainerView:
    """One trainer."""
    from resource_centre.services.trainer_view import trainer_view

    return trainer_view(session, trainer_id)


def read_known(session: Session) -> Known:
    """What can be chosen in a form, the newest training of trainers first."""
    from sqlalchemy import select

    from resource_centre.records import TrainingEvent
    from resource_centre.services.trainers import OF_TRAINERS

    event = TrainingEvent
    held = select(event).where(event.training_type == OF_TRAINERS, event.voided.is_(False))
    return Known(_everybody(session), tuple(session.scalars(held.order_by(event.starts_on.desc(), event.id))))


def read_event(session: Session, event_id: str) -> EventLook:
    """The trainers of an event."""
    from resource_centre.records import TrainingEvent
    from resource_centre.services.event_trainers import candidates, named_trainers, trainers_of
    from resource_centre.services.saving import existing
    from resource_centre.services.trainers import OF_TRAINERS

    event = existing(session, TrainingEvent, event_id)
    makes = event.training_type == OF_TRAINERS
    return EventLook(
        event=event,
        taught=tuple(trainers_of(session, event_id)),
        named=tuple(named_trainers(session, event_id)),
        trainers=_everybody(session),
        candidates=tuple(candidates(session, event_id)) if makes else (),
        makes_trainers=makes,
    )


def _everybody(session: Session) -> tuple[TrainerRow, ...]:
    """Without what each of them did, which no choice shows."""
    from resource_centre.services.trainers import trainers_list

    return tuple(trainers_list(session, counted=False))
