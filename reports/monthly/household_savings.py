# SPDX-License-Identifier: Apache-2.0
"""R22, first half: savings goals set and reached, how those under way stand, and what was put aside for them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.money.goals import Goal, goal_figures
from resource_centre.records import SavingsEntry, SavingsGoal
from resource_centre.services.savings import REACHED, UNDER_WAY

Three = tuple[int, int, int]
STANDINGS: Final = ("on_track", "behind", "day_past", "no_day")


@dataclass(frozen=True)
class SavingsGoals:
    """Goals set and reached in each period; `standings` counts those under way at the end of the month.

    `saved` is by currency what was put aside less what was taken out; what was there at a goal's start is not in it.
    `savers` says of how many people it is.
    """

    set: Three
    reached: Three
    standings: dict[str, int]
    saved: dict[str, Three]
    savers: dict[str, Three] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether there is any goal to tell of."""
        return any((*self.set, *self.reached, *self.standings.values(), *self.saved))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"set": self.set, "reached": self.reached, "standings": self.standings, "saved": self.saved}


def savings_goals(session: Session, span: Span, scope: Scope) -> SavingsGoals:
    """Count everything; a goal is under way at the month's end when it was neither reached nor given up until then."""
    saved, savers = _saved(session, span, scope)
    return SavingsGoals(
        set=_dated(session, _begun(span, scope)),
        reached=_dated(session, _reached(span, scope)),
        standings=_standings(session, span.last, valid_goals(scope)),
        saved=saved,
        savers=savers,
    )


def valid_goals(scope: Scope) -> list[Any]:
    """Conditions on a goal."""
    return [SavingsGoal.voided.is_(False), *scope.of_people(SavingsGoal.person_id), *scope.of_work(SavingsGoal)]


@kept
def _begun(span: Span, scope: Scope) -> Any:
    day = SavingsGoal.begun_on
    return sa.select(*span.sums(day)).where(span.within(day), *valid_goals(scope))


@kept
def _reached(span: Span, scope: Scope) -> Any:
    day = SavingsGoal.reached_on
    return sa.select(*span.sums(day)).where(span.within(day), *valid_goals(scope), SavingsGoal.state == REACHED)


def _dated(session: Session, asked: sa.Select[Any]) -> Three:
    month, year, project = (int(count or 0) for count in session.execute(asked).one())
    return month, year, project


def _standings(session: Session, last: dt.date, valid: list[Any]) -> dict[str, int]:
    counts = Counter(standing for _goal_id, standing in standing_of_goals(session, last, valid))
    return {name: counts[name] for name in STANDINGS if counts[name]}


def standing_of_goals(session: Session, last: dt.date, valid: list[Any]) -> Iterator[tuple[str, str]]:
    """The goals that are under way on a day, and how each stands."""
    under_way = sa.or_(SavingsGoal.state == UNDER_WAY, SavingsGoal.reached_on > last)
    columns = (
        SavingsGoal.id, SavingsGoal.target, SavingsGoal.begun_on, SavingsGoal.target_on, SavingsGoal.start_balance,
    )  # fmt: skip
    asked = sa.select(*columns).where(*valid, under_way, SavingsGoal.begun_on <= last)
    goals = session.execute(asked).all()
    moved = _balances(session, last) if goals else {}
    for goal_id, target, begun_on, by, start in goals:
        goal = Goal(target or 0, begun_on or last, by, start or 0)
        yield goal_id, goal_figures(goal, (start or 0) + moved.get(goal_id, 0), last, step=1).standing


def _balances(session: Session, last: dt.date) -> dict[str, int]:
    asked = (
        sa.select(SavingsEntry.goal_id, sa.func.sum(_signed()))
        .where(SavingsEntry.voided.is_(False), SavingsEntry.saved_on <= last)
        .group_by(SavingsEntry.goal_id)
    )
    return {goal_id: int(amount or 0) for goal_id, amount in session.execute(asked) if goal_id}


def _saved(session: Session, span: Span, scope: Scope) -> tuple[dict[str, Three], dict[str, Three]]:
    """What was put aside, and by how many people, by currency."""
    found = {code: [int(one or 0) for one in each] for code, *each in session.execute(_put_aside(span, scope))}
    order = sorted(found, key=lambda one: (one != "IDR", one))
    return {code: _three(found[code][:3]) for code in order}, {code: _three(found[code][3:]) for code in order}


@kept
def _put_aside(span: Span, scope: Scope) -> Any:
    currency, day = sa.func.coalesce(SavingsGoal.currency, "IDR"), SavingsEntry.saved_on
    sums = [sa.func.sum(sa.case((day >= period.first, _signed()), else_=0)) for period in span]
    return (
        sa.select(currency, *sums, *span.people(day, SavingsEntry.person_id))
        .join(SavingsGoal, SavingsGoal.id == SavingsEntry.goal_id)
        .where(SavingsEntry.voided.is_(False), SavingsGoal.voided.is_(False), span.within(SavingsEntry.saved_on))
        .where(*scope.of_people(SavingsEntry.person_id), *scope.of_work(SavingsGoal))
        .group_by(currency)
    )


def _signed() -> Any:
    return sa.case((SavingsEntry.taken_out.is_(True), -SavingsEntry.amount), else_=SavingsEntry.amount)


def _three(counts: list[int]) -> Three:
    month, year, project = counts
    return month, year, project
