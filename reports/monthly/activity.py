# SPDX-License-Identifier: Apache-2.0
"""Who was served, by the definition of domain reference 5.2.

A person is served in a period when they had at least one service, one counselling session they attended, or one day
of a training they attended in it. Records marked as not valid do not count.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from reports.monthly.periods import Period
from resource_centre.records import CounsellingSession, Participation, Person, Service, TrainingEvent

ATTENDED: Final = "hadir"
"""The code of a session that took place (code list session_attendance)."""

Condition = sa.ColumnElement[bool]


def present() -> Condition:
    """Took part on at least one day (H present, T late); a participation without any marks counts as presence."""
    marks = Participation.days
    return sa.or_(marks.is_(None), marks == "", marks.like("%H%"), marks.like("%T%"))


def sessions_held(period: Period) -> tuple[Condition, ...]:
    """Conditions of sessions that took place in the period."""
    return (
        CounsellingSession.held_on.between(period.first, period.last),
        CounsellingSession.attendance == ATTENDED,
        CounsellingSession.voided.is_(sa.false()),
    )


def events_begun(period: Period) -> tuple[Condition, ...]:
    """Conditions of training events that began in the period."""
    return (TrainingEvent.starts_on.between(period.first, period.last), TrainingEvent.voided.is_(sa.false()))


def taking_part() -> tuple[Condition, ...]:
    """Conditions of valid participations with attendance."""
    return (Participation.voided.is_(sa.false()), present())


def activity(period: Period) -> sa.Subquery:
    """One row (person_id, day) for each session, service and training of named people in the period."""
    sessions = sa.select(CounsellingSession.person_id, CounsellingSession.held_on.label("day"))
    services = sa.select(Service.person_id, Service.given_on.label("day"))
    trainings = sa.select(Participation.person_id, TrainingEvent.starts_on.label("day"))
    return sa.union_all(
        sessions.where(*sessions_held(period)),
        services.where(
            Service.given_on.between(period.first, period.last),
            Service.voided.is_(sa.false()),
            Service.person_id.is_not(None),
        ),
        trainings.join(TrainingEvent, TrainingEvent.id == Participation.event_id).where(
            *events_begun(period), *taking_part(), Participation.person_id.is_not(None)
        ),
    ).subquery("activity")


def served(period: Period) -> sa.Subquery:
    """One row (person_id, day) for each person served: the day is their first in the period."""
    rows = activity(period)
    first = sa.func.min(rows.c.day).label("day")
    return sa.select(rows.c.person_id, first).group_by(rows.c.person_id).subquery("served")


def served_before(period: Period) -> Condition:
    """Whether the person had been served before the period: looked up person by person, all in indexes."""
    session = sa.exists().where(
        CounsellingSession.person_id == Person.id,
        CounsellingSession.held_on < period.first,
        CounsellingSession.attendance == ATTENDED,
        CounsellingSession.voided.is_(sa.false()),
    )
    service = sa.exists().where(
        Service.person_id == Person.id, Service.given_on < period.first, Service.voided.is_(sa.false())
    )
    training = sa.exists().where(
        Participation.person_id == Person.id,
        Participation.event_id == TrainingEvent.id,
        TrainingEvent.starts_on < period.first,
        TrainingEvent.voided.is_(sa.false()),
        *taking_part(),
    )
    return sa.or_(session, service, training)


def people_served(period: Period, *columns: Any) -> sa.Select[Any]:
    """The given columns over the valid people served; `served` is joined, so its day may be used."""
    within = served(period)
    chosen = sa.select(*(column(within) if callable(column) else column for column in columns))
    return chosen.select_from(Person).join(within, within.c.person_id == Person.id).where(Person.voided.is_(sa.false()))


def age_at(day: Any) -> sa.ColumnElement[Any]:
    """Completed years on a day, in SQL; NULL when unknown. A bare year counts from July, a bare month from the 15th."""
    born = Person.birth_date
    whole = sa.case(
        (sa.func.length(born) == 4, born + "-07-01"),
        (sa.func.length(born) == 7, born + "-15"),
        else_=born,
    )
    on = sa.cast(day, sa.Text())
    years = sa.cast(sa.func.substr(on, 1, 4), sa.Integer()) - sa.cast(sa.func.substr(born, 1, 4), sa.Integer())
    not_yet = sa.case((sa.func.substr(on, 6, 5) < sa.func.substr(whole, 6, 5), 1), else_=0)
    return years - not_yet
