# SPDX-License-Identifier: Apache-2.0
"""Savings goals and savings groups (R22)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reports.measures.making import of_people
from reports.measures.model import Asking, Facts
from resource_centre.records import Person, SavingsEntry, SavingsGoal
from resource_centre.services.savings import REACHED


def goals_set(asking: Asking) -> Facts:
    """Savings goals by the day they begin."""
    return _goals(asking, SavingsGoal.begun_on)


def goals_reached(asking: Asking) -> Facts:
    """Savings goals by the day they were reached."""
    return _goals(asking, SavingsGoal.reached_on, SavingsGoal.state == REACHED)


def saved(asking: Asking) -> Facts:
    """What was put aside for goals, less what was taken out."""
    entry, goal = SavingsEntry, SavingsGoal

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(entry).join(goal, goal.id == entry.goal_id)
        made = made.join(Person, Person.id == entry.person_id)
        valid = (
            asking.within(entry.saved_on),
            entry.voided.is_(False),
            goal.voided.is_(False),
            *asking.scope.of_work(goal),
        )
        return made.where(*valid, *asking.scope.of_person())

    signed = sa.case((entry.taken_out.is_(True), -entry.amount), else_=entry.amount)
    of = {"currency": sa.func.coalesce(goal.currency, "IDR"), "savings_category": goal.category}
    return Facts(
        entry, entry.id, entry.saved_on, select, person_id=entry.person_id, amount=signed,
        word=("savings_goal", goal.category), of=of, seen=asking.seen,
    )  # fmt: skip


def _goals(asking: Asking, day: Any, *where: Any) -> Facts:
    told = {"savings_category": SavingsGoal.category}
    return of_people(
        asking, SavingsGoal, day, asking.within(day), *where, word=("savings_goal", SavingsGoal.category), of=told
    )
