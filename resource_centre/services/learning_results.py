# SPDX-License-Identifier: Apache-2.0
"""What was learnt at an event, at all events of a time, and what people need before one (decision 23).

Scores typed on the sheet and answered tests are read together: of one participant and module the typed ones count when
both stand there, else the answered ones, and of these only two of the same version.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.learning.results import EventLearning, Learning, TrainingNeeds
from resource_centre.records import TrainingEvent
from resource_centre.services.asked_tests import TestForms, asked_tests
from resource_centre.services.event_ratings import OBSERVATION, REACTION, VALIDATION, rated
from resource_centre.services.learning_follow_ups import followed_up
from resource_centre.services.learning_items import test_items
from resource_centre.services.learning_levels import levels_of
from resource_centre.services.learning_lines import EventsBegun, held_events, key, sheet_lines
from resource_centre.services.learning_tally import BY, tally
from resource_centre.services.saving import existing
from resource_centre.services.training_needs import needs_of


def event_learning(session: Session, event_id: str) -> EventLearning:
    """What was learnt at one event; nothing at one called off. Raises `Refused` when this account does not see it."""
    existing(session, TrainingEvent, event_id)
    return EventLearning(**_learning(session, EventsBegun(event_id=event_id)), event_id=event_id)


def learning_of(session: Session, *, since: dt.date, until: dt.date, place: str | None = None) -> Learning:
    """What was learnt at the events begun from `since` to `until`, both included; those called off are left out.

    `place` is the code of a province, regency, district or village in which they were held.
    """
    return Learning(**_learning(session, EventsBegun(since=since, until=until, place=place)))


def training_needs(session: Session, event_id: str | None = None, village: str | None = None) -> TrainingNeeds:
    """What people said they need: before one event, in one village, or all answers there are.

    Answers belong to an event when they were given for it or by people on its sheet; the newest of each person counts.
    """
    return needs_of(session, event_id, village)


def _learning(session: Session, begun: EventsBegun) -> dict[str, Any]:
    events, forms = held_events(session, begun), TestForms()
    found = asked_tests(session, event_id=begun.event_id, forms=forms) if events else []
    lines = sheet_lines(session, begun)
    listed = {line[0] for line in lines} if found else set()
    asked = [one for one in found if key(one.participation_id) in listed]
    summed = tally(events, lines, asked)
    gain, attrition = summed.gain(), summed.attrition()
    counted = sum(one.counted for one in events.values())
    came = attrition.came + counted
    reaction, observation, validation = (
        rated(session, name, begun, of) for name, of in ((REACTION, came), (OBSERVATION, None), (VALIDATION, None))
    )
    later = list(followed_up(session, begun, events))
    return {
        "events": len(events),
        "attrition": attrition,
        "counted_only": counted,
        "gain": gain,
        "oral": summed.oral(),
        **{f"by_{by}": summed.lines(by) for by in BY},
        "tests": test_items(asked, forms),
        "reaction": reaction,
        "observation": observation,
        "validation": validation,
        "follow_ups": tuple(later),
        "levels": levels_of(came, attrition, gain, reaction, (observation, validation), later),
    }
