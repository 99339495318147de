# SPDX-License-Identifier: Apache-2.0
"""The figures that are followed from month to month, for thirteen months at once: what the dashboard shows.

Each is what the report of the month has under the same name, counted here without its other tables.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.cases import NEVER, undone_closings
from reports.monthly.counts import BySex, by_sex
from reports.monthly.people import served_by_month
from reports.monthly.periods import Period, Span, month_of, months_back
from reports.monthly.returnees import first_returns
from reports.monthly.scope import Scope
from reports.monthly.trend import TrendMonth, trend
from resource_centre.records import Case, CounsellingSession, Participation, Person, Service, TrainingEvent
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.training import was_there

MONTHS: Final = 13
"""A month and the same month of the year before, with all between."""


def thirteen_months(last: dt.date) -> list[Period]:
    """The month of a day and the twelve before it, oldest first."""
    return months_back(month_of(f"{last:%Y-%m}"), MONTHS)


def people_by_month(session: Session, months: Sequence[Period], scope: Scope) -> tuple[TrendMonth, ...]:
    """People served in each month, and those of them who had never been served before."""
    served = served_by_month(session, months, scope)
    new = {month.month: BySex() for month in months}
    for month, sex, people in session.execute(_new(months, scope)):
        new[month] += by_sex(sex, people)
    return trend(served, new)


def sessions_by_month(session: Session, months: Sequence[Period], scope: Scope) -> dict[str, int]:
    """Counselling sessions that were held, one of a group counted once."""
    record = CounsellingSession
    month = _month(record.held_on)
    valid = (record.attendance == ATTENDED, record.voided.is_(False))
    whose = (*scope.of_people(record.person_id), *scope.of_work(record))
    # Without the group, so that the index in the order of the days has all that is asked; groups are few.
    lines = sa.select(month, sa.func.count()).where(_within(record.held_on, months), *valid, *whose).group_by(month)
    found = Counter(_filled(months, session.execute(lines)))
    # A group is one session of each kind and way it was written down as, as in R15.
    kinds = (record.session_type, record.mode)
    groups = sa.select(month, sa.func.count() - 1).where(record.group_id.is_not(None), *valid, *whose)
    for of_month, too_many in session.execute(groups.group_by(record.group_id, month, *kinds)):
        if of_month in found:
            found[of_month] -= too_many
    return dict(found)


def open_cases_by_month(session: Session, months: Sequence[Period], scope: Scope) -> dict[str, int]:
    """Cases that were open when each month ended, also those that were closed later or closed for a while."""
    last = months[-1].last
    opened, closed = _month(Case.opened_on), _month(sa.func.coalesce(Case.closed_on, NEVER))
    asked = (
        sa.select(opened, closed, sa.func.count())
        .select_from(Case)
        .join(Person, Person.id == Case.person_id)
        .where(sa.func.coalesce(Case.opened_on, NEVER) <= last, Case.voided.is_(False))
        .where(*scope.of_person(), *scope.of_work(Case))
        .group_by(opened, closed)
    )
    found = Counter({month.month: 0 for month in months})
    for first, end, cases in session.execute(asked):
        found.update({month.month: cases for month in months if first <= month.month < end})
    for undone in undone_closings(session, Span(months[-1], months[-1], months[-1]), scope):
        shut = [month.month for month in months if undone.closed_on <= month.last < undone.reopened_on]
        found.subtract(shut)
    return dict(found)


def returnees_by_month(session: Session, months: Sequence[Period], scope: Scope) -> dict[str, int]:
    """People registered in each month who came back from abroad, other than on leave."""
    month, first = _month(Person.registered_on), first_returns()
    asked = (
        sa.select(month, sa.func.count())
        .select_from(Person)
        .join(first, first.c.person_id == Person.id)
        .where(first.c.place == 1, _within(Person.registered_on, months))
        .where(*scope.of_person(), *scope.of_work(Person))
        .group_by(month)
    )
    return _filled(months, session.execute(asked))


def _new(months: Sequence[Period], scope: Scope) -> Any:
    """Of everybody the first day ever they were served on, by month and sex, when that lies in these months."""
    held, given, taught = CounsellingSession, Service, TrainingEvent
    parts = (
        sa.select(held.person_id, sa.func.min(held.held_on).label("day"))
        .where(held.attendance == ATTENDED, held.voided.is_(False), *scope.of_work(held))
        .group_by(held.person_id),
        sa.select(given.person_id, sa.func.min(given.given_on))
        .where(given.person_id.is_not(None), given.voided.is_(False), *scope.of_work(given))
        .group_by(given.person_id),
        sa.select(Participation.person_id, sa.func.min(taught.starts_on))
        .join(taught, taught.id == Participation.event_id)
        .where(taught.voided.is_(False), taught.called_off.is_not(True), *scope.of_work(taught))
        .where(Participation.person_id.is_not(None), Participation.voided.is_(False), was_there())
        .group_by(Participation.person_id),
    )
    every = sa.union_all(*parts).subquery("part")
    day = sa.func.min(every.c.day)
    firsts = sa.select(every.c.person_id, day.label("day")).group_by(every.c.person_id)
    first = firsts.having(day.between(months[0].first, months[-1].last)).subquery("first")
    month = _month(first.c.day)
    return (
        sa.select(month, Person.sex, sa.func.count())
        .select_from(first)
        .join(Person, Person.id == first.c.person_id)
        .where(*scope.of_person())
        .group_by(month, Person.sex)
    )


def _month(day: Any) -> Any:
    return sa.func.substr(sa.cast(day, sa.String), 1, 7)


def _within(day: Any, months: Sequence[Period]) -> Any:
    return day.between(months[0].first, months[-1].last)


def _filled(months: Sequence[Period], found: Any) -> dict[str, int]:
    counted = {month.month: 0 for month in months}
    for month, count in found:
        counted[month] += count
    return counted
