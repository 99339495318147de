# SPDX-License-Identifier: Apache-2.0
"""What makes a person served, by the definition of domain reference 5.2.

A person is served in a period when they had at least one service, one counselling session they attended, or one day
of a training they attended in it. Records marked as not valid do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

from reports.monthly.periods import Periods
from resource_centre.records import CounsellingSession, Participation, Service, TrainingEvent

ATTENDED: Final = "hadir"
"""The code of a session that took place (code list session_attendance)."""

Condition = sa.ColumnElement[bool]


def present() -> Condition:
    """Took part on at least one day (H present, T late); a participation without any marks counts as presence."""
    marks = Participation.days
    return sa.or_(marks.is_(None), marks == "", marks.like("%H%"), marks.like("%T%"))


def held() -> tuple[Condition, ...]:
    """Conditions of sessions that took place."""
    return (CounsellingSession.attendance == ATTENDED, CounsellingSession.voided.is_(sa.false()))


def taking_part() -> tuple[Condition, ...]:
    """Conditions of valid participations with attendance."""
    return (Participation.voided.is_(sa.false()), present())


def sources(start: Any, last: Any) -> Iterator[tuple[Any, Any, sa.Select[Any]]]:
    """Person, day and statement of each kind of record that serves named people, between two days.

    `start` None means from the beginning. The columns are still to be chosen with ``with_only_columns``.
    """

    def between(day: Any) -> tuple[Condition, ...]:
        return (day <= last,) if start is None else (day >= start, day <= last)

    session, service, taking = CounsellingSession, Service, Participation
    yield (
        session.person_id,
        session.held_on,
        sa.select(session.person_id).where(*between(session.held_on), *held()),
    )
    yield (
        service.person_id,
        service.given_on,
        sa.select(service.person_id).where(
            *between(service.given_on), service.voided.is_(sa.false()), service.person_id.is_not(None)
        ),
    )
    yield (
        taking.person_id,
        TrainingEvent.starts_on,
        sa.select(taking.person_id)
        .join(TrainingEvent, TrainingEvent.id == taking.event_id)
        .where(
            *between(TrainingEvent.starts_on),
            TrainingEvent.voided.is_(sa.false()),
            *taking_part(),
            taking.person_id.is_not(None),
        ),
    )


def first_days(periods: Periods) -> sa.Subquery:
    """One row for each person ever served until the end: their first day `ever`, and in `month`, `year`, `project`.

    Each kind of record is first reduced to one row a person, in the order of its index, so that nothing large is
    sorted.
    """
    parts = []
    for person, day, statement in sources(None, periods.month.last):
        columns = (person.label("person_id"), sa.func.min(day).label("ever"), *periods.first_days(day))
        parts.append(statement.with_only_columns(*columns).group_by(person))
    each = sa.union_all(*parts).subquery("each")
    lowest = [sa.func.min(each.c[name]).label(name) for name in ("ever", "month", "year", "project")]
    return sa.select(each.c.person_id, *lowest).group_by(each.c.person_id).subquery("served")
