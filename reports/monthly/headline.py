# SPDX-License-Identifier: Apache-2.0
"""Table R1: the headline indicators, each for the month, the year so far and the project so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counselling import Counselling
from reports.monthly.counts import UNKNOWN, BySex, by_sex
from reports.monthly.people import Counted, Served
from reports.monthly.periods import NAMES, Period, Periods
from reports.monthly.returnees import Returnees
from reports.monthly.training import Training
from resource_centre.records import Case, Contact, FollowUp, Person
from resource_centre.services.rules import rule

Value = BySex | int | float | None


@dataclass(frozen=True)
class Indicator:
    """One line of R1. `unit` is people (with sex), count, hours, percent or points; None where there is nothing."""

    code: str
    unit: str
    month: Value
    year: Value
    project: Value

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"code": self.code, "unit": self.unit, **{name: _plain(getattr(self, name)) for name in NAMES}}


@dataclass(frozen=True)
class Parts:
    """What R1 is read from; most of it is printed as tables of its own. Tuples hold month, year and project."""

    served: tuple[Served, ...]
    villages: tuple[Counted, ...]
    returnees: Returnees
    counselling: Counselling
    training: tuple[Training, ...]


def headline(session: Session, periods: Periods, parts: Parts) -> tuple[Indicator, ...]:
    """R1, in the order of domain reference 5.3; indicators whose records this centre does not keep yet are left out."""
    return tuple(Indicator(code, unit, *values) for code, unit, values in _measured(session, periods, parts))


def _measured(session: Session, periods: Periods, parts: Parts) -> Iterator[tuple[str, str, Iterable[Value]]]:
    yield "persons_served", "people", [served.people for served in parts.served]
    yield "new_clients", "people", [served.new_people for served in parts.served]
    yield "returning_clients", "people", [served.returning_people for served in parts.served]
    yield "contacts", "people", _contacts(session, periods)
    yield "returnees_registered", "people", parts.returnees.total
    yield "family_members_served", "people", [served.family for served in parts.served]
    yield "cases_opened", "count", _cases(session, periods, Case.opened_on)
    yield "cases_closed", "count", _cases(session, periods, Case.closed_on)
    # The periods end on the same day, so what is open at the end is the same for all.
    yield "cases_open_at_end", "count", [_cases_open(session, periods.month)] * len(NAMES)
    counselling = parts.counselling
    yield "counselling_sessions", "count", (counselling.month, counselling.year, counselling.project)
    yield "follow_ups_on_time", "percent", [_follow_ups_on_time(session, period) for period in periods]
    sums = [training.all_events for training in parts.training]
    yield "training_events", "count", [line.events for line in sums]
    yield "training_participants", "people", [line.participants for line in sums]
    yield "contact_hours", "hours", [line.contact_hours for line in sums]
    gains = [training.all_gain for training in parts.training]
    yield "mean_gain", "points", [gain.mean_gain for gain in gains]
    yield "reached_pass_mark", "percent", [100 * gain.passed / gain.pairs if gain.pairs else None for gain in gains]
    yield "villages_covered", "count", [len(found.keys() - {UNKNOWN}) for found in parts.villages]


def _contacts(session: Session, periods: Periods) -> list[BySex]:
    sex = sa.func.coalesce(Contact.sex, Person.sex)
    wanted = (
        sa.select(sex, *periods.counts(Contact.held_on))
        .select_from(Contact)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(periods.project.holds(Contact.held_on), Contact.voided.is_(sa.false()))
        .group_by(sex)
    )
    found = [BySex() for _name in NAMES]
    for who, *counts in session.execute(wanted):
        found = [before + by_sex(who, count) for before, count in zip(found, counts, strict=True)]
    return found


def _cases(session: Session, periods: Periods, day: Any) -> list[int]:
    wanted = sa.select(*periods.counts(day)).where(periods.project.holds(day), Case.voided.is_(sa.false()))
    return [count or 0 for count in session.execute(wanted).one()]


def _cases_open(session: Session, month: Period) -> int:
    still = sa.or_(Case.closed_on.is_(None), Case.closed_on > month.last)
    wanted = sa.select(sa.func.count(Case.id)).where(Case.opened_on <= month.last, still, Case.voided.is_(sa.false()))
    return session.scalar(wanted) or 0


def _follow_ups_on_time(session: Session, period: Period) -> float | None:
    """Follow-ups due in the period that were done within the days of grace, in per cent of those due."""
    due = (period.holds(FollowUp.due_on), FollowUp.voided.is_(sa.false()))
    wanted = sa.select(FollowUp.due_on, FollowUp.done_on, sa.func.count()).where(*due)
    rows = session.execute(wanted.group_by(FollowUp.due_on, FollowUp.done_on)).all()
    grace = timedelta(days=rule("follow_up_grace_days"))
    done = sum(count for due_on, done_on, count in rows if due_on and done_on and done_on <= due_on + grace)
    whole = sum(count for _due_on, _done_on, count in rows)
    return 100 * done / whole if whole else None


def _plain(value: Value) -> Any:
    return value.as_dict() if isinstance(value, BySex) else value
