# SPDX-License-Identifier: Apache-2.0
"""Savings goals: set, paid into, taken out of, reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.log.voiding import void
from resource_centre.money.goals import Goal, GoalFigures, goal_figures
from resource_centre.problems import Problem
from resource_centre.records import Case, Person, SavingsEntry, SavingsGoal
from resource_centre.records.base import defaults_of
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new

UNDER_WAY: Final = "aktif"
REACHED: Final = "tercapai"


@dataclass(frozen=True)
class GoalSeen:
    """A goal with what was put aside and taken out for it, the newest first, and where it stands."""

    goal: SavingsGoal
    entries: tuple[SavingsEntry, ...]
    figures: GoalFigures


def set_goal(
    session: Session, person_id: str, values: Mapping[str, Any], unanswered: Reasons | None = None
) -> SavingsGoal:
    """Set a goal; begun today unless said. One that is reached at its start is reached at once."""
    existing(session, Person, person_id)
    case_id = values.get("case_id")
    if case_id is not None:
        existing(session, Case, case_id)
    given = {name: value for name, value in values.items() if value is not None}
    complete = {**defaults_of(SavingsGoal), "begun_on": today(), **given, "person_id": person_id}
    goal = write_new(session, SavingsGoal, complete, unanswered, on=today())
    _settle(session, goal, goal.begun_on or today())
    return goal


def change_goal(
    session: Session,
    goal_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> SavingsGoal:
    """Change a goal, or say that it was put off or given up; one that is reached remains so until less is there."""
    goal = existing(session, SavingsGoal, goal_id)
    _refuse_empty(values.get("start_balance", goal.start_balance), _entries(session, goal_id), "start_balance")
    write_changes(session, goal, values, unanswered, on=today(), version=version)
    _settle(session, goal, goal.reached_on or today())
    return goal


def put_aside(
    session: Session, goal_id: str, values: Mapping[str, Any], unanswered: Reasons | None = None
) -> SavingsEntry:
    """Write down money put aside for a goal, or taken out with ``taken_out``; today unless said.

    Raises `Refused` when that would ever have left less than nothing.
    """
    goal = existing(session, SavingsGoal, goal_id)
    given = {name: value for name, value in values.items() if value is not None}
    complete = {"saved_on": today(), **given, "goal_id": goal_id, "person_id": goal.person_id}
    _refuse_entry(session, goal, complete)
    entry = write_new(session, SavingsEntry, complete, unanswered, on=today())
    _settle(session, goal, entry.saved_on or today())
    return entry


def change_saved(
    session: Session,
    entry_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> SavingsEntry:
    """Correct an amount or its day."""
    entry = existing(session, SavingsEntry, entry_id)
    goal = existing(session, SavingsGoal, entry.goal_id or "")
    kept = {name: getattr(entry, name) for name in ("saved_on", "taken_out", "amount")}
    _refuse_entry(session, goal, kept | dict(values), but=entry_id)
    write_changes(session, entry, values, unanswered, on=today(), version=version)
    _settle(session, goal, entry.saved_on or today())
    return entry


def take_back_saved(session: Session, entry_id: str, reason: str) -> None:
    """Mark an entry as not valid, unless what was taken out later would then have been missing."""
    entry = existing(session, SavingsEntry, entry_id)
    goal = existing(session, SavingsGoal, entry.goal_id or "")
    others = [one for one in _entries(session, goal.id) if one.id != entry_id]
    _refuse_empty(goal.start_balance, others, "amount")
    void(session, entry, reason)
    _settle(session, goal, today())


def balance_of(session: Session, goal: SavingsGoal, on: dt.date | None = None) -> int:
    """What is there for a goal, at the end of a day when one is named."""
    sign = case((SavingsEntry.taken_out.is_(True), -SavingsEntry.amount), else_=SavingsEntry.amount)
    wanted = select(func.coalesce(func.sum(sign), 0)).where(
        SavingsEntry.goal_id == goal.id, SavingsEntry.voided.is_(False)
    )
    if on is not None:
        wanted = wanted.where(SavingsEntry.saved_on <= on)
    return (goal.start_balance or 0) + int(session.scalar(wanted) or 0)


def goals_of(session: Session, person_id: str, on: dt.date | None = None) -> list[GoalSeen]:
    """The goals of a person with where they stand today: those under way first, the newest first."""
    own = (SavingsGoal.person_id == person_id, SavingsGoal.voided.is_(False))
    goals = session.scalars(select(SavingsGoal).where(*own).order_by(SavingsGoal.begun_on.desc(), SavingsGoal.id))
    seen = [goal_seen(session, goal, on or today()) for goal in goals]
    return sorted(seen, key=lambda one: one.goal.state != UNDER_WAY)


def goal_seen(session: Session, goal: SavingsGoal, on: dt.date) -> GoalSeen:
    """One goal with its entries and figures."""
    entries = _entries(session, goal.id)
    return GoalSeen(goal, tuple(reversed(entries)), figures_of(goal, (goal.start_balance or 0) + _sum(entries), on))


def figures_of(values: Any, balance: int, on: dt.date) -> GoalFigures:
    """The figures of a goal's record, or of what a form holds of one, with a balance."""
    made = Goal(values.target or 0, values.begun_on or on, values.target_on, values.start_balance or 0)
    return goal_figures(made, balance, on, step=int(rule("savings_step")) if values.currency in (None, "IDR") else 1)


def _entries(session: Session, goal_id: str) -> list[SavingsEntry]:
    own = (SavingsEntry.goal_id == goal_id, SavingsEntry.voided.is_(False))
    return list(session.scalars(select(SavingsEntry).where(*own).order_by(SavingsEntry.saved_on, SavingsEntry.id)))


def _signed(amount: int | None, taken_out: bool | None) -> int:
    return -(amount or 0) if taken_out else amount or 0


def _sum(entries: Iterable[SavingsEntry]) -> int:
    return sum(_signed(entry.amount, entry.taken_out) for entry in entries)


def _refuse_entry(session: Session, goal: SavingsGoal, values: Mapping[str, Any], but: str = "") -> None:
    made = canonical(SavingsEntry, values)
    day, amount = made.get("saved_on"), made.get("amount")
    if not isinstance(day, dt.date) or not isinstance(amount, int):
        return  # what is missing or no amount is refused where every record is checked
    if goal.begun_on is not None and day < goal.begun_on:
        refuse_errors((Problem("saved_on", "before_goal"),))
    # A copy in no session: asking must not write.
    asked = SavingsEntry(id=but or "~", saved_on=day, amount=amount, taken_out=made.get("taken_out"))
    others = [one for one in _entries(session, goal.id) if one.id != but]
    _refuse_empty(goal.start_balance, [*others, asked], "amount")


def _refuse_empty(start: Any, entries: Iterable[SavingsEntry], field: str) -> None:
    """Refuse when the balance was below zero at the end of any day."""
    balance, days = start if isinstance(start, int) else 0, dict[dt.date, int]()
    for entry in entries:
        day = entry.saved_on or dt.date.min
        days[day] = days.get(day, 0) + _signed(entry.amount, entry.taken_out)
    for day in sorted(days):
        balance += days[day]
        if balance < 0:
            refuse_errors((Problem(field, "below_zero"),))


def _settle(session: Session, goal: SavingsGoal, on: dt.date) -> None:
    """A goal under way is reached once enough is there, and no longer when money was taken out again."""
    enough = goal.target is not None and balance_of(session, goal) >= goal.target
    if enough and goal.state == UNDER_WAY:
        goal.state, goal.reached_on = REACHED, min(on, today())
    elif goal.state == REACHED and not enough:
        goal.state, goal.reached_on = UNDER_WAY, None
    elif goal.state != REACHED:
        goal.reached_on = None
    elif goal.reached_on is None:
        goal.reached_on = today()
    session.flush()
