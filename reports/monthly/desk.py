# SPDX-License-Identifier: Apache-2.0
"""The front desk and follow-ups: what the headline counts record by record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import Counted, Tally
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import Contact, FollowUp, Person
from resource_centre.services.rules import rule


def contacts(session: Session, span: Span, scope: Scope) -> Counted:
    """Contacts at the front desk, those without a name included; the sex on a person's record comes first."""
    tally = Tally()
    for of_sex, depth, count in session.execute(_contacts(span, scope)):
        tally.add("all", depth, of_sex, count)
    return tally.counted("all")


@kept
def _contacts(span: Span, scope: Scope) -> Any:
    sex = sa.func.coalesce(Person.sex, Contact.sex).label("sex")
    level = span.level(Contact.held_on).label("level")
    unnamed = sa.and_(Contact.person_id.is_(None), *scope.of_village(Contact.village_code))
    named = sa.and_(Person.id.is_not(None), *scope.of_person())
    return (
        sa.select(sex, level, sa.func.count())
        .select_from(Contact)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(span.within(Contact.held_on), Contact.voided.is_(False), sa.or_(unnamed, named), *scope.of_work(Contact))
        .group_by(sex, level)
    )


@dataclass(frozen=True)
class FollowUps:
    """Follow-ups due in each period, and those of them that were done on time."""

    due: Counted
    on_time: Counted


def follow_ups(session: Session, span: Span, scope: Scope) -> FollowUps:
    """By the day they were due; on time when done by then or within the days of grace."""
    tally, grace = Tally(), rule("follow_up_grace_days")
    rows: Iterable[Any] = session.execute(_follow_ups(span, scope))
    for sex, due, done, count in rows:
        depth = _depth(span, due)
        tally.add("due", depth, sex, count)
        if done is not None and (done - due).days <= grace:
            tally.add("on time", depth, sex, count)
    return FollowUps(tally.counted("due"), tally.counted("on time"))


@kept
def _follow_ups(span: Span, scope: Scope) -> Any:
    days = (FollowUp.due_on, FollowUp.done_on)
    return (
        sa.select(Person.sex, *days, sa.func.count())
        .select_from(FollowUp)
        .join(Person, Person.id == FollowUp.person_id)
        .where(span.within(FollowUp.due_on), FollowUp.voided.is_(False))
        .where(*scope.of_person(), *scope.of_work(FollowUp))
        .group_by(Person.sex, *days)
    )


def _depth(span: Span, day: dt.date) -> int:
    return 3 if day >= span.month.first else 2 if day >= span.year.first else 1
