# SPDX-License-Identifier: Apache-2.0
"""A savings goal: how much each month, how far, and whether it comes in time (domain reference 4.7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from resource_centre.money.shares import HUNDRED, percent

Standing = Literal["reached", "on_track", "behind", "day_past", "no_day"]
MONTHS: Final = 12


@dataclass(frozen=True)
class Goal:
    """What is saved for, in whole units of one currency; `by` is the day it is wanted."""

    target: int
    begun_on: dt.date
    by: dt.date | None
    start: int = 0


@dataclass(frozen=True)
class GoalFigures:
    """Where a goal stands on a day. `monthly` is None when it is reached or nothing says until when.

    `progress` is in per cent, at most 100; `expected` is what a straight line from the start would have by now.
    """

    balance: int
    missing: int
    progress: Decimal
    months_left: int | None
    monthly: int | None
    expected: int | None
    standing: Standing


def months_until(on: dt.date, by: dt.date) -> int:
    """How many monthly payments there are until a day: one at least while it has not passed, none after it."""
    if by < on:
        return 0
    return max(1, (by.year - on.year) * MONTHS + by.month - on.month - (by.day < on.day))


def goal_figures(goal: Goal, balance: int, on: dt.date, *, step: int) -> GoalFigures:
    """A goal's figures; each month's amount is rounded up to `step` (domain reference 4.7: Rp1.000)."""
    missing = max(0, goal.target - balance)
    left = months_until(on, goal.by) if goal.by is not None else None
    reached = percent(balance, goal.target) or Decimal()
    return GoalFigures(
        balance=balance,
        missing=missing,
        progress=min(HUNDRED, max(Decimal(), reached)),
        months_left=left,
        monthly=_rounded_up(missing, left, step) if missing and left else None,
        expected=_expected(goal, on),
        standing=_standing(goal, balance, on),
    )


def _rounded_up(missing: int, months: int, step: int) -> int:
    return -(-missing // (months * step)) * step


def _expected(goal: Goal, on: dt.date) -> int | None:
    if goal.by is None:
        return None
    days = (goal.by - goal.begun_on).days
    if days <= 0 or on >= goal.by:
        return goal.target
    gone = max(0, (on - goal.begun_on).days)
    return goal.start + (goal.target - goal.start) * gone // days


def _standing(goal: Goal, balance: int, on: dt.date) -> Standing:
    if balance >= goal.target:
        return "reached"
    expected = _expected(goal, on)
    if goal.by is None or expected is None:
        return "no_day"
    if on > goal.by:
        return "day_past"
    return "on_track" if balance >= expected else "behind"
