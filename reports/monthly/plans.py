# SPDX-License-Identifier: Apache-2.0
"""Table R14: plans made, how many of them in good time, and goals planned and reached by dimension."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import PERIODS, UNKNOWN, Counted, Tally
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import Case, MigrationEpisode, Person, Plan, PlanGoal
from resource_centre.services.plans import ACTIVE, COMPLETED, DRAFT, GIVEN_UP, REACHED
from resource_centre.services.rules import rule
from resource_centre.values.partial_date import earliest, latest, middle, parse_partial
from resource_centre.vocabulary import vocabulary

Three = tuple[int, int, int]


@dataclass(frozen=True)
class GoalLine:
    """Goals of one dimension, for month, year and project: of plans made then, and reached then."""

    dimension: str
    planned: Three
    reached: Three


@dataclass(frozen=True)
class Plans:
    """R14. `made` counts the first plan of each case by the day it was made; `in_time` those within the days after the
    return, or after the case was opened where no return is known."""

    made: Counted
    in_time: Counted
    goals: tuple[GoalLine, ...]

    @property
    def known(self) -> bool:
        """Whether there is any plan to tell of."""
        return bool(self.made.project.total or self.goals)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        goals = [asdict(line) for line in self.goals]
        return {"made": self.made.as_dict(), "in_time": self.in_time.as_dict(), "goals": goals}


def plans(session: Session, span: Span, scope: Scope) -> Plans:
    """R14 of the periods."""
    tally = Tally()
    firsts = session.execute(_firsts(span, scope)).all()
    returned = _returns(session, span, scope) if firsts else {}
    for person_id, sex, opened_on, made_on in firsts:
        level = _level(span, made_on)
        tally.add("made", level, sex, 1)
        begun = returned.get(person_id) or (opened_on or made_on).isoformat()
        if made_on <= earliest(begun) + dt.timedelta(days=int(rule("plan_days"))):
            tally.add("in time", level, sex, 1)
    return Plans(tally.counted("made"), tally.counted("in time"), _goals(session, span, scope))


@kept
def _firsts(span: Span, scope: Scope) -> Any:
    """The first plan of each case: whose, when the case was opened, when the plan was made."""
    made_on = sa.func.min(Plan.made_on).label("made_on")
    return (
        sa.select(Person.id, Person.sex, Case.opened_on, made_on)
        .select_from(Plan)
        .join(Case, Case.id == Plan.case_id)
        .join(Person, Person.id == Plan.person_id)
        .where(Plan.voided.is_(False), Plan.status != DRAFT, Case.voided.is_(False))
        .where(*scope.of_person(), *scope.of_work(Case))
        .group_by(Plan.case_id, Person.id, Person.sex, Case.opened_on)
        .having(made_on.between(span.project.first, span.last))
    )


def _returns(session: Session, span: Span, scope: Scope) -> dict[str, str]:
    """The last known return of everybody who has a plan."""
    planned = sa.select(Plan.person_id).where(Plan.voided.is_(False), Plan.status != DRAFT, span.within(Plan.made_on))
    wanted = sa.select(MigrationEpisode.person_id, MigrationEpisode.return_date).where(
        MigrationEpisode.voided.is_(False),
        MigrationEpisode.return_date.is_not(None),
        MigrationEpisode.person_id.in_(planned),
        *scope.of_people(MigrationEpisode.person_id),
    )
    found: dict[str, str] = {}
    for person_id, day in session.execute(wanted):
        if day is None or parse_partial(day) is None or earliest(day) > span.last:
            continue
        known = found.get(person_id)
        if known is None or (middle(known), latest(known)) < (middle(day), latest(day)):
            found[person_id] = day
    return found


def _goals(session: Session, span: Span, scope: Scope) -> tuple[GoalLine, ...]:
    """Goals of plans in force or completed: an earlier version's goals are copied into the later one."""
    planned: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    reached: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for dimension, made_on, state, reached_on, count in session.execute(_dated_goals(scope)):
        _count(planned[dimension or UNKNOWN], span, made_on, count)
        _count(reached[dimension or UNKNOWN], span, reached_on if state == REACHED else None, count)
    codes = [*vocabulary("dimension").codes, UNKNOWN]
    return tuple(
        GoalLine(code, _three(planned[code]), _three(reached[code]))
        for code in codes
        if any(planned[code]) or any(reached[code])
    )


@kept
def _dated_goals(scope: Scope) -> Any:
    columns = (PlanGoal.dimension, Plan.made_on, PlanGoal.state, PlanGoal.reached_on)
    return (
        sa.select(*columns, sa.func.count())
        .select_from(PlanGoal)
        .join(Plan, Plan.id == PlanGoal.plan_id)
        .where(PlanGoal.voided.is_(False), Plan.voided.is_(False), Plan.status.in_((ACTIVE, COMPLETED)))
        .where(sa.or_(PlanGoal.state.is_(None), PlanGoal.state != GIVEN_UP), *scope.of_people(PlanGoal.person_id))
        .where(*scope.of_work(PlanGoal))
        .group_by(*columns)
    )


def _count(sums: list[int], span: Span, on: dt.date | None, count: int) -> None:
    for at, period in enumerate(span):
        if on is not None and period.first <= on <= period.last:
            sums[at] += count


def _level(span: Span, on: dt.date) -> int:
    return 3 if on >= span.month.first else 2 if on >= span.year.first else 1


def _three(counts: list[int]) -> Three:
    month, year, project = counts
    assert len(PERIODS) == len(counts)
    return month, year, project
