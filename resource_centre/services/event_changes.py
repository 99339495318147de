# SPDX-License-Identifier: Apache-2.0
"""Moving, shortening, calling off and repeating an event: what follows for its sheet and for reported months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.records import Participation, TrainingEvent, fields_of
from resource_centre.services.event_checks import COUNTED, counted, day_outside, days_of_values
from resource_centre.services.event_trainers import set_trainers, trainers_of
from resource_centre.services.month_reports import reported
from resource_centre.services.saving import existing, write_changes
from resource_centre.services.trainers import LEAD
from resource_centre.services.training import record_training, was_there

Values = Mapping[str, Any]

MOVES: Final = ("starts_on", "village_code", "called_off")
"""What a month's report tells of an event: changing it afterwards needs a reason."""

NOT_REPEATED: Final = frozenset(
    {"number", "starts_on", "ends_on", "meets_on", "village_code", "called_off", "remarks", "reach", "reach_basis",
     "counted_women", "counted_men", "counted_others", "counted_minors", "counted_disability"}
)  # fmt: skip
"""What belongs to one event alone; its days are shifted."""


def with_reason(session: Session, event: TrainingEvent, values: Values, reason: str | None) -> dict[str, Any]:
    """These changes of an event, with the reason in its remarks where its month has been reported.

    Raises `Refused` ("month_reported" on ``starts_on``) when a reason is needed and there is none.
    """
    moved = any(name in values and (values[name] or None) != (getattr(event, name) or None) for name in MOVES)
    days = (event.starts_on, values.get("starts_on", event.starts_on))
    if not moved or not any(isinstance(day, dt.date) and reported(session, day) for day in days):
        return dict(values)
    if not (reason or "").strip():
        raise Refused("check", (Problem("starts_on", "month_reported"),))
    return {**values, "remarks": _noted(values.get("remarks", event.remarks), reason or "")}


def refuse_marks_beyond(session: Session, event: TrainingEvent, values: Values) -> None:
    """Raise `Refused` when somebody is marked on a day the event would not have with these changes."""
    planned = {name: values.get(name, getattr(event, name)) for name in ("starts_on", "ends_on", "meets_on")}
    if any(planned[name] is not None and type(planned[name]) is not dt.date for name in ("starts_on", "ends_on")):
        return  # what is no day is said where the record is checked
    days = max(1, len(days_of_values(planned)))
    own = (Participation.event_id == event.id, Participation.voided.is_(False))
    if any(day_outside(marks, days) for marks in session.scalars(select(Participation.days).where(*own))):
        field = "meets_on" if planned["meets_on"] else "ends_on"
        raise Refused("check", (Problem(field, "marked_beyond"),))


def call_off(session: Session, event_id: str, *, reason: str, version: int | None = None) -> TrainingEvent:
    """An event is not held; it counts nowhere from now on, and its remarks say why.

    Raises `Refused` without a reason, and when somebody is marked present, took a test or was counted.
    """
    if not reason.strip():
        raise Refused("check", (Problem("reason", "required"),))
    event = existing(session, TrainingEvent, event_id)
    own = (Participation.event_id == event_id, Participation.voided.is_(False))
    there = session.scalar(select(Participation.id).where(*own, was_there()).limit(1)) is not None
    if there or counted({name: getattr(event, name) for name in COUNTED}):
        raise Refused("check", (Problem("called_off", "was_held"),))
    return _turn(session, event, True, _("Called off: {reason}").format(reason=reason.strip()), version)


def hold_after_all(session: Session, event_id: str, *, reason: str, version: int | None = None) -> TrainingEvent:
    """An event that was called off is held after all. Raises `Refused` without a reason."""
    if not reason.strip():
        raise Refused("check", (Problem("reason", "required"),))
    event = existing(session, TrainingEvent, event_id)
    return _turn(session, event, None, _("Held after all: {reason}").format(reason=reason.strip()), version)


def repeat_event(session: Session, event_id: str, *, village_code: str | None, starts_on: dt.date) -> TrainingEvent:
    """The same event for another village from another day on: what is taught, by whom and for whom, but nobody on it.

    Its days keep their distances. Raises `Refused` with the problems of the village and of the day.
    """
    source = existing(session, TrainingEvent, event_id)
    names = [field.name for field in fields_of(TrainingEvent) if field.name not in NOT_REPEATED]
    values = {name: getattr(source, name) for name in (*names, "curriculum_id", "module_ids")}
    values |= _shifted(source, starts_on)
    values |= {"village_code": village_code, "repeats_id": source.id}
    again = record_training(session, event=values, unanswered=source.unanswered)
    set_trainers(session, again.id, [(one.trainer_id, one.part or LEAD) for one in trainers_of(session, source.id)])
    return again


def _turn(
    session: Session, event: TrainingEvent, called_off: bool | None, note: str, version: int | None
) -> TrainingEvent:
    """Called off or not; a month that was reported needs no further reason than this note."""
    values = {"called_off": called_off, "remarks": _noted(event.remarks, note)}
    return write_changes(session, event, values, on=today(), version=version)


def _shifted(source: TrainingEvent, starts_on: dt.date) -> dict[str, Any]:
    by = starts_on - source.starts_on if source.starts_on else dt.timedelta()
    named = [(dt.date.fromisoformat(day) + by).isoformat() for day in source.meets_on or ()]
    return {
        "starts_on": starts_on,
        "ends_on": source.ends_on + by if source.ends_on else None,
        "meets_on": named or None,
    }


def _noted(remarks: str | None, note: str) -> str:
    """The remarks with a dated line below them."""
    line = f"{today():%d-%m-%Y}: {note.strip()}"
    return f"{remarks.rstrip()}\n{line}" if remarks else line
