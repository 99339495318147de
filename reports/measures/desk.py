# SPDX-License-Identifier: Apache-2.0
"""The front desk: contacts, services and counselling sessions (R3, R12, R15)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reports.measures.making import of_people
from reports.measures.model import Asking, Facts
from reports.monthly.people import village_on
from reports.monthly.scope import MISSED
from resource_centre.records import Contact, CounsellingSession, Person, Service
from resource_centre.services.counselling import ATTENDED


def contacts(asking: Asking) -> Facts:
    """Contacts, those without a name included; what a person's own record says comes first."""
    record = Contact
    unnamed = sa.and_(record.person_id.is_(None), *asking.scope.of_village(record.village_code))
    named = sa.and_(Person.id.is_not(None), *asking.scope.of_person())

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(record).outerjoin(Person, Person.id == record.person_id)
        which = (asking.within(record.held_on), record.voided.is_(False), *asking.scope.of_work(record))
        return made.where(*which, sa.or_(unnamed, named))

    return Facts(
        record,
        record.id,
        record.held_on,
        select,
        person_id=record.person_id,
        sex=sa.func.coalesce(Person.sex, record.sex),
        client_type=sa.func.coalesce(record.client_type, Person.client_type),
        age_band=record.age_band,
        village=sa.func.coalesce(village_on(record.held_on), record.village_code),
        amount=record.minutes,
        word=("channel", record.channel),
        of={"channel": record.channel, "heard_from": record.heard_from, "outcome": record.outcome},
        lists={"visit_reason": record.reasons},
        seen=asking.seen,
    )


def services(asking: Asking) -> Facts:
    """Services to people who are known by name."""
    record = Service
    return of_people(
        asking,
        record,
        record.given_on,
        asking.within(record.given_on),
        amount=record.minutes,
        word=("service_type", record.service_type),
        of={"service_type": record.service_type, "rehab_form": record.rehab_form, "fund": record.fund},
    )


def sessions(asking: Asking) -> Facts:
    """Sessions that took place; one with a group is told once, as the first of its records."""
    return _sessions(asking, ATTENDED, _first_of_its_group(asking, ATTENDED))


def attended(asking: Asking) -> Facts:
    """The same, person by person."""
    return _sessions(asking, ATTENDED)


def missed(asking: Asking) -> Facts:
    """Appointments to which nobody came; of a group that met, who stayed away missed no session of their own."""
    other = aliased(CounsellingSession)
    met = sa.select(other.id).where(
        other.group_id == CounsellingSession.group_id, *_valid(asking, other), other.attendance == ATTENDED
    )
    alone = CounsellingSession.group_id.is_(None)
    return _sessions(asking, MISSED, _first_of_its_group(asking, MISSED), sa.or_(alone, ~met.exists()))


def _sessions(asking: Asking, attendance: str, *where: Any) -> Facts:
    record = CounsellingSession
    return of_people(
        asking,
        record,
        record.held_on,
        asking.within(record.held_on),
        record.attendance == attendance,
        *where,
        amount=record.minutes,
        word=("counselling_type", record.session_type),
        of={
            "session_type": record.session_type,
            "session_mode": record.mode,
            "service_type": record.service_type,
        },
    )


def _first_of_its_group(asking: Asking, attendance: str) -> Any:
    record, other = CounsellingSession, aliased(CounsellingSession)
    before = sa.select(other.id).where(
        other.group_id == record.group_id,
        other.session_type.is_not_distinct_from(record.session_type),
        other.mode.is_not_distinct_from(record.mode),
        other.attendance == attendance,
        other.id < record.id,
        *_valid(asking, other),
    )
    return sa.or_(record.group_id.is_(None), ~before.exists())


def _valid(asking: Asking, other: Any) -> tuple[Any, ...]:
    return (
        other.voided.is_(False),
        asking.within(other.held_on),
        *asking.scope.of_people(other.person_id),
        *asking.scope.of_work(other),
    )
