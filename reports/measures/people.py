# SPDX-License-Identifier: Apache-2.0
"""People served, new and returning (R1, R2, R4, R5), and people counselled."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reports.measures.expressions import month_of_day
from reports.measures.making import of_each_person, of_people
from reports.measures.model import Asking, Facts
from reports.monthly.scope import FAMILY
from resource_centre.records import CounsellingSession, Participation, Person, Service, TrainingEvent
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.training import was_there


def served(asking: Asking) -> Facts:
    """Everybody who had a service, a session that took place or a day of training in the period."""
    return of_each_person(asking, _days(asking, within=True))


def family_served(asking: Asking) -> Facts:
    """Those of them who are a migrant's family."""
    return of_each_person(asking, _days(asking, within=True), Person.client_type == FAMILY)


def new(asking: Asking) -> Facts:
    """Everybody whose first day ever lies in the period."""
    first = _firsts(asking)
    return of_each_person(asking, first, asking.within(first.c.day))


def returning(asking: Asking) -> Facts:
    """Everybody served in the period (in a month, when months are told apart) and before it."""
    first, days = _firsts(asking), _days(asking, within=True)
    before = first.c.day < asking.period.first
    if asking.monthly:
        before = month_of_day(first.c.day) < month_of_day(days.c.day)
    came_before = sa.select(first.c.person_id).where(first.c.person_id == days.c.person_id, before)
    return of_each_person(asking, days, came_before.exists())


def counselled(asking: Asking) -> Facts:
    """The sessions of different people, each of whom came to one."""
    record = CounsellingSession
    of = {"session_type": record.session_type, "session_mode": record.mode, "service_type": record.service_type}
    held = (asking.within(record.held_on), record.attendance == ATTENDED)
    return of_people(asking, record, record.held_on, *held, of=of)


def _days(asking: Asking, *, within: bool) -> Any:
    """A row for each day on which somebody was served: in the period, or until its end."""
    parts = (
        _part(asking, CounsellingSession, CounsellingSession.held_on, within=within).where(
            CounsellingSession.attendance == ATTENDED
        ),
        _part(asking, Service, Service.given_on, within=within).where(Service.person_id.is_not(None)),
        _part(asking, Participation, TrainingEvent.starts_on, within=within).where(
            Participation.person_id.is_not(None), was_there()
        ),
    )
    return sa.union_all(*parts).subquery("day_served")


def _part(asking: Asking, record: Any, day: Any, *, within: bool) -> sa.Select[Any]:
    until = sa.func.coalesce(day, sa.null()) <= asking.period.last
    found = sa.select(record.person_id.label("person_id"), day.label("day")).select_from(record)
    if record is Participation:
        found = found.join(TrainingEvent, TrainingEvent.id == Participation.event_id).where(
            TrainingEvent.voided.is_(False), TrainingEvent.called_off.is_not(True)
        )
    paid = TrainingEvent if record is Participation else record
    valid = (record.voided.is_(False), *asking.scope.of_work(paid))
    return found.where(*valid, asking.within(day) if within else until)


def _firsts(asking: Asking) -> Any:
    """The first day ever of everybody."""
    days = _days(asking, within=False)
    first = sa.func.min(days.c.day).label("day")
    return sa.select(days.c.person_id, first).group_by(days.c.person_id).subquery("first_day")
