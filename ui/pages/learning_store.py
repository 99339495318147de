# SPDX-License-Identifier: Apache-2.0
"""What the results of an event are read from, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resource_centre.clock import today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.learning.results import EventLearning, TrainingNeeds
    from resource_centre.services.event_follow_ups import DueFollowUp
    from resource_centre.services.event_questionnaires import EventQuestionnaires
    from resource_centre.services.response_lists import ResponseRow

TEST_DRAFTS = "class_test."


@dataclass(frozen=True)
class Looked:
    """Everything that is shown of one event. `unsaved` are tests (name, occasion) begun to be written down."""

    event_id: str
    learning: EventLearning
    asked: EventQuestionnaires
    needs: TrainingNeeds
    due: tuple[DueFollowUp, ...]
    responses: tuple[ResponseRow, ...]
    names: dict[str, str]
    """Line of the sheet to the participant's name."""
    unsaved: tuple[tuple[str, str], ...]


def look(session: Session, event_id: str) -> Looked:
    """Read it."""
    from resource_centre.services.drafts import drafts_of
    from resource_centre.services.event_follow_ups import due_follow_ups
    from resource_centre.services.event_questionnaires import event_questionnaires
    from resource_centre.services.learning_results import event_learning, training_needs
    from resource_centre.services.response_lists import responses_about

    asked = event_questionnaires(session, event_id, on=today())
    drafts = [
        one.form.removeprefix(TEST_DRAFTS).rpartition(".")
        for one in drafts_of(session)
        if one.form.startswith(TEST_DRAFTS) and one.record_id == event_id
    ]
    return Looked(
        event_id=event_id,
        learning=event_learning(session, event_id),
        asked=asked,
        needs=training_needs(session, event_id),
        due=tuple(due_follow_ups(session, today(), event_id=event_id)),
        responses=tuple(responses_about(session, event_id=event_id)),
        names={one.id: one.name or "" for one in asked.rows},
        unsaved=tuple((name, occasion) for name, _dot, occasion in drafts),
    )


def all_due(session: Session) -> list[DueFollowUp]:
    """Whom to follow up after any training."""
    from resource_centre.services.event_follow_ups import due_follow_ups

    return due_follow_ups(session, today())


def not_reached(session: Session, due: DueFollowUp, result: str | None) -> None:
    """Write down that somebody could not be asked, and why."""
    from resource_centre.services.event_follow_ups import note_not_reached

    note_not_reached(session, due.participation_id, due.occasion, result)
