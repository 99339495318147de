# SPDX-License-Identifier: Apache-2.0
"""R22, first half: savings goals set and reached, how those under way stand, and what was put aside for them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from resource_centre.money.goals import Goal, goal_figures
from resource_centre.records import SavingsEntry, SavingsGoal
from resource_centre.services.savings import REACHED, UNDER_WAY

Three = tuple[int, int, int]
STANDINGS: Final = ("on_track", "behind", "day_past", "no_day")


@dataclass(frozen=True)
class SavingsGoals:
    """Goals set and reached in each period; `standings` counts those under way at the end of the month.

    `saved` is by currency what was put aside less what was taken out; what was there at a goal's start is not in it.
    """

    set: Three
    reached: Three
    standings: dict[str, int]
    saved: dict[str, Three]

    @property
    def known(self) -> bool:
        """Whether there is any goal to tell of."""
        return any((*self.set, *self.reached, *self.standings.values(), *self.saved))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"set": self.set, "reached": self.reached, "standings": self.standings, "saved": self.saved}


def savings_goals(session: Session, span: Span, scope: Scope) -> SavingsGoals:
    """Count everything; a goal is under way at the month's end when it was neither reached nor given up until then."""
    valid = [SavingsGoal.voided.is_(False), *scope.of_people(SavingsGoal.person_id), *scope.of_work(SavingsGoal)]
    return SavingsGoals(
        set=_dated(session, span, SavingsGoal.begun_on, valid),
        reached=_dated(session, span, SavingsGoal.reached_on, [*valid, SavingsGoal.state == REACHED]),
        standings=_standings(session, span.last, valid),
        saved=_saved(session, span, scope),
    )


def _dated(session: Session, span: Span, day: Any, which: list[Any]) -> Three:
    found = session.execute(sa.select(*span.sums(day)).where(span.within(day), *which)).one()
    month, year, project = (int(count or 0) for count in found)
    return month, year, project


def _standings(session: Session, last: dt.date, valid: list[Any]) -> dict[str, int]:
    under_way = sa.or_(SavingsGoal.state == UNDER_WAY, SavingsGoal.reached_on > last)
    columns = (
        SavingsGoal.id, SavingsGoal.target, SavingsGoal.begun_on, SavingsGoal.target_on, SavingsGoal.start_balance,
    )  # fmt: skip
    asked = sa.select(*columns).where(*valid, under_way, SavingsGoal.begun_on <= last)
    goals = session.execute(asked).all()
    if not goals:
        return {}
    moved = _balances(session, last)
    counts: Counter[str] = Counter()
    for goal_id, target, begun_on, by, start in goals:
        goal = Goal(target or 0, begun_on or last, by, start or 0)
        counts[goal_figures(goal, (start or 0) + moved.get(goal_id, 0), last, step=1).standing] += 1
    return {name: counts[name] for name in STANDINGS if counts[name]}


def _balances(session: Session, last: dt.date) -> dict[str, int]:
    asked = (
        sa.select(SavingsEntry.goal_id, sa.func.sum(_signed()))
        .where(SavingsEntry.voided.is_(False), SavingsEntry.saved_on <= last)
        .group_by(SavingsEntry.goal_id)
    )
    return {goal_id: int(amount or 0) for goal_id, amount in session.execute(asked) if goal_id}


def _saved(session: Session, span: Span, scope: Scope) -> dict[str, Three]:
    currency = sa.func.coalesce(SavingsGoal.currency, "IDR")
    level = span.level(SavingsEntry.saved_on).label("level")
    asked = (
        sa.select(currency, level, sa.func.sum(_signed()))
        .join(SavingsGoal, SavingsGoal.id == SavingsEntry.goal_id)
        .where(SavingsEntry.voided.is_(False), SavingsGoal.voided.is_(False), span.within(SavingsEntry.saved_on))
        .where(*scope.of_people(SavingsEntry.person_id), *scope.of_work(SavingsGoal))
        .group_by(currency, level)
    )
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 3)
    for code, depth, amount in session.execute(asked):
        for at in range(3 - depth, 3):
            sums[code][at] += int(amount or 0)
    return {code: _three(sums[code]) for code in sorted(sums, key=lambda one: (one != "IDR", one))}


def _signed() -> Any:
    return sa.case((SavingsEntry.taken_out.is_(True), -SavingsEntry.amount), else_=SavingsEntry.amount)


def _three(counts: list[int]) -> Three:
    month, year, project = counts
    return month, year, project
