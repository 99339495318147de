# SPDX-License-Identifier: Apache-2.0
"""The lines of attendance sheets as figures of learning read them: many at a time, by plain columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.learning.attrition import PRESENT
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.ages import age_reached
from resource_centre.services.event_days import days_between


def key(id_: str) -> str:
    """An id as lines of sheets name it: making ids of half a million of them would take longer than all the rest."""
    return id_.replace("-", "")


def key_of(column: Any) -> ColumnElement[str]:
    """The same of a column."""
    return func.replace(cast(column, String), "-", "")


@dataclass(frozen=True)
class HeldEvent:
    """What figures need of one event; `id` is its `key`, `days` how many it meets on.

    `counted` came without a name.
    """

    id: str
    module: str | None
    kind: str | None
    village_code: str | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    days: int
    counted: int

    @property
    def last_day(self) -> dt.date | None:
        """The day from which a follow-up is reckoned."""
        return self.ends_on or self.starts_on


@dataclass(frozen=True)
class EventsBegun:
    """Which events are meant: one, or those begun in a time, perhaps at a place."""

    event_id: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    place: str | None = None
    among: ColumnElement[bool] | None = None
    """A further condition on the event."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """On `TrainingEvent`. An event called off is none, even when asked for by its id."""
        event = TrainingEvent
        found: list[ColumnElement[bool]] = [event.voided.is_(False), event.called_off.is_not(True)]
        if self.event_id is not None:
            found.append(event.id == self.event_id)
        if self.since is not None and self.until is not None:
            found.append(event.starts_on.between(self.since, self.until))
        if self.place is not None:
            below = event.village_code.startswith(f"{self.place}.", autoescape=True)
            found.append(or_(event.village_code == self.place, below))
        return found if self.among is None else [*found, self.among]


def held_events(session: Session, begun: EventsBegun) -> dict[str, HeldEvent]:
    """The events, by the `key` of their ids."""
    event = TrainingEvent
    columns = (
        key_of(event.id), event.module, event.training_type, event.village_code, event.starts_on, event.ends_on,
        event.meets_on, event.counted_women, event.counted_men, event.counted_others,
    )  # fmt: skip
    found = {}
    for row in session.execute(select(*columns).where(*begun.conditions())):
        days = len(days_between(row.starts_on, row.ends_on, row.meets_on))
        counted = (row.counted_women or 0) + (row.counted_men or 0) + (row.counted_others or 0)
        found[row[0]] = HeldEvent(*row[:6], max(1, days), counted)
    return found


LINE: Final = (
    key_of(Participation.id),
    key_of(Participation.event_id),
    func.coalesce(Person.sex, Participation.sex),
    func.coalesce(age_reached(Person.birth_date, TrainingEvent.starts_on), Participation.age),
    func.coalesce(Participation.village_code, TrainingEvent.village_code),
    Participation.days,
    Participation.pre_score,
    Participation.post_score,
    Participation.oral,
)
"""The columns of a line: keys of line and event, sex, age on the first day, village, marks, scores, oral."""


def valid_lines(begun: EventsBegun, *columns: Any) -> Select[Any]:
    """Valid lines of these events, without those of people whose own record is not valid."""
    return (
        select(*columns)
        .select_from(Participation)
        .join(TrainingEvent, TrainingEvent.id == Participation.event_id)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(
            *begun.conditions(), Participation.voided.is_(False), func.coalesce(Person.voided, False).is_(False)
        )
    )  # fmt: skip


def sheet_lines(session: Session, begun: EventsBegun) -> list[Any]:
    """Every such line as a plain row of `LINE`."""
    return list(session.execute(valid_lines(begun, *LINE)))


def came(marks: str, *, scored: bool) -> bool:
    """Whether somebody was there: marked so or, where nothing was marked, tested (as `training.was_there`)."""
    return not PRESENT.isdisjoint(marks) or (scored and not marks.strip("-"))
