# SPDX-License-Identifier: Apache-2.0
"""Table R1: the headline indicators, each for the month, the year so far and the project so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import sessions_held
from reports.monthly.counts import UNKNOWN, BySex, by_sex
from reports.monthly.people import NewAndReturning, new_and_returning, returnees, served_by_sex, villages
from reports.monthly.periods import Period
from reports.monthly.training import Training, training
from resource_centre.records import Case, Contact, CounsellingSession, FollowUp, Person
from resource_centre.services.rules import rule

FAMILY: Final = "family"
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
        plain = {name: _plain(getattr(self, name)) for name in ("month", "year", "project")}
        return {"code": self.code, "unit": self.unit, **plain}


def _plain(value: Value) -> Any:
    return value.as_dict() if isinstance(value, BySex) else value


@dataclass(frozen=True)
class PeriodFigures:
    """What the indicators of one period are read from; parts of it are printed as tables of their own."""

    session: Session
    period: Period
    people: NewAndReturning
    training: Training


def figures_of(session: Session, period: Period) -> PeriodFigures:
    """The heavier figures of a period, read once."""
    return PeriodFigures(session, period, new_and_returning(session, period), training(session, period))


def headline(month: PeriodFigures, year: PeriodFigures, project: PeriodFigures) -> tuple[Indicator, ...]:
    """R1, in the order of domain reference 5.3; indicators whose records this centre does not keep yet are left out."""
    return tuple(
        Indicator(code, unit, measure(month), measure(year), measure(project)) for code, unit, measure in _MEASURES
    )


def _served(figures: PeriodFigures) -> BySex:
    return figures.people.new_people + figures.people.returning_people


def _contacts(figures: PeriodFigures) -> BySex:
    sex = sa.func.coalesce(Contact.sex, Person.sex)
    wanted = (
        sa.select(sex, sa.func.count())
        .select_from(Contact)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(_within(Contact.held_on, figures.period), Contact.voided.is_(sa.false()))
        .group_by(sex)
    )
    return sum((by_sex(who, count) for who, count in figures.session.execute(wanted)), BySex())


def _family(figures: PeriodFigures) -> BySex:
    return served_by_sex(figures.session, figures.period, Person.client_type == FAMILY)


def _sessions(figures: PeriodFigures) -> int:
    return _count(figures, CounsellingSession, *sessions_held(figures.period))


def _cases_opened(figures: PeriodFigures) -> int:
    return _count(figures, Case, _within(Case.opened_on, figures.period), Case.voided.is_(sa.false()))


def _cases_closed(figures: PeriodFigures) -> int:
    return _count(figures, Case, _within(Case.closed_on, figures.period), Case.voided.is_(sa.false()))


def _cases_open(figures: PeriodFigures) -> int:
    last = figures.period.last
    still = sa.or_(Case.closed_on.is_(None), Case.closed_on > last)
    return _count(figures, Case, Case.opened_on <= last, still, Case.voided.is_(sa.false()))


def _follow_ups_on_time(figures: PeriodFigures) -> float | None:
    """Follow-ups due in the period that were done within the days of grace, in per cent of those due."""
    due = (_within(FollowUp.due_on, figures.period), FollowUp.voided.is_(sa.false()))
    rows = figures.session.execute(sa.select(FollowUp.due_on, FollowUp.done_on).where(*due)).all()
    grace = timedelta(days=rule("follow_up_grace_days"))
    done = sum(bool(due_on and done_on and done_on <= due_on + grace) for due_on, done_on in rows)
    return 100 * done / len(rows) if rows else None


def _pass_share(figures: PeriodFigures) -> float | None:
    gain = figures.training.all_gain
    return 100 * gain.passed / gain.pairs if gain.pairs else None


def _villages(figures: PeriodFigures) -> int:
    return len(villages(figures.session, figures.period).keys() - {UNKNOWN})


def _participants(figures: PeriodFigures) -> BySex:
    return figures.training.all_events.participants


def _count(figures: PeriodFigures, record: Any, *where: sa.ColumnElement[bool]) -> int:
    return figures.session.scalar(sa.select(sa.func.count()).select_from(record).where(*where)) or 0


def _within(column: Any, period: Period) -> sa.ColumnElement[bool]:
    within: sa.ColumnElement[bool] = column.between(period.first, period.last)
    return within


_MEASURES: Final[tuple[tuple[str, str, Callable[[PeriodFigures], Value]], ...]] = (
    ("persons_served", "people", _served),
    ("new_clients", "people", lambda figures: figures.people.new_people),
    ("returning_clients", "people", lambda figures: figures.people.returning_people),
    ("contacts", "people", _contacts),
    ("returnees_registered", "people", lambda figures: returnees(figures.session, figures.period)),
    ("family_members_served", "people", _family),
    ("cases_opened", "count", _cases_opened),
    ("cases_closed", "count", _cases_closed),
    ("cases_open_at_end", "count", _cases_open),
    ("counselling_sessions", "count", _sessions),
    ("follow_ups_on_time", "percent", _follow_ups_on_time),
    ("training_events", "count", lambda figures: figures.training.all_events.events),
    ("training_participants", "people", _participants),
    ("contact_hours", "hours", lambda figures: figures.training.all_events.contact_hours),
    ("mean_gain", "points", lambda figures: figures.training.all_gain.mean_gain),
    ("reached_pass_mark", "percent", _pass_share),
    ("villages_covered", "count", _villages),
)
