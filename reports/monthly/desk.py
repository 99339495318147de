# SPDX-License-Identifier: Apache-2.0
"""The front desk, cases and follow-ups: what the headline counts record by record."""

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
from resource_centre.records import Case, Contact, FollowUp, Person
from resource_centre.services.rules import rule


def contacts(session: Session, span: Span, scope: Scope) -> Counted:
    """Contacts at the front desk, those without a name included; the sex on a person's record comes first."""
    sex = sa.func.coalesce(Person.sex, Contact.sex).label("sex")
    level = span.level(Contact.held_on).label("level")
    unnamed = sa.and_(Contact.person_id.is_(None), *scope.of_village(Contact.village_code))
    named = sa.and_(Person.id.is_not(None), *scope.of_person())
    asked = (
        sa.select(sex, level, sa.func.count())
        .select_from(Contact)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(span.within(Contact.held_on), Contact.voided.is_(False), sa.or_(unnamed, named))
        .group_by(sex, level)
    )
    tally = Tally()
    for of_sex, depth, count in session.execute(asked):
        tally.add("all", depth, of_sex, count)
    return tally.counted("all")


@dataclass(frozen=True)
class CaseFlow:
    """Cases open when each period began, opened and closed in it, and open when it ended."""

    open_at_start: Counted
    opened: Counted
    closed: Counted
    open_at_end: Counted


def case_flow(session: Session, span: Span, scope: Scope) -> CaseFlow:
    """Each of the four is counted for itself, so that the identity between them is a check and not a definition."""
    firsts = (span.month.first, span.year.first, span.project.first)
    closed = sa.func.coalesce(Case.closed_on, dt.date(9999, 12, 31))
    sums = (
        *(_sum(sa.and_(Case.opened_on < first, closed >= first)) for first in firsts),
        *(_sum(Case.opened_on >= first) for first in firsts),
        *(_sum(closed.between(first, span.last)) for first in firsts),
        _sum(closed > span.last),
    )
    asked = (
        sa.select(Person.sex, *sums)
        .select_from(Case)
        .join(Person, Person.id == Case.person_id)
        .where(span.until(Case.opened_on), Case.voided.is_(False), *scope.of_person())
        .group_by(Person.sex)
    )
    tally = Tally()
    for sex, *counts in session.execute(asked):
        for name, at in (("start", 0), ("opened", 3), ("closed", 6)):
            tally.add_each(name, counts[at : at + 3], sex)
        tally.add_each("end", counts[9:] * 3, sex)
    return CaseFlow(*(tally.counted(name) for name in ("start", "opened", "closed", "end")))


@dataclass(frozen=True)
class FollowUps:
    """Follow-ups due in each period, and those of them that were done on time."""

    due: Counted
    on_time: Counted


def follow_ups(session: Session, span: Span, scope: Scope) -> FollowUps:
    """By the day they were due; on time when done by then or within the days of grace."""
    days = (FollowUp.due_on, FollowUp.done_on)
    asked = (
        sa.select(Person.sex, *days, sa.func.count())
        .select_from(FollowUp)
        .join(Person, Person.id == FollowUp.person_id)
        .where(span.within(FollowUp.due_on), FollowUp.voided.is_(False), *scope.of_person())
        .group_by(Person.sex, *days)
    )
    tally, grace = Tally(), rule("follow_up_grace_days")
    rows: Iterable[Any] = session.execute(asked)
    for sex, due, done, count in rows:
        depth = _depth(span, due)
        tally.add("due", depth, sex, count)
        if done is not None and (done - due).days <= grace:
            tally.add("on time", depth, sex, count)
    return FollowUps(tally.counted("due"), tally.counted("on time"))


def _depth(span: Span, day: dt.date) -> int:
    return 3 if day >= span.month.first else 2 if day >= span.year.first else 1


def _sum(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))
