# SPDX-License-Identifier: Apache-2.0
"""The timeline's items of household money: goals set and reached, plans made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from resource_centre.currencies import amount_words
from resource_centre.records import DebtPlan, RemittancePlan, SavingsGoal
from resource_centre.services.timeline_items import TimelineItem, iso, some, word

Day = dt.date | None
Text = str | None
Found = Iterator[TimelineItem]


def _goal(
    goal_id: str, begun_on: Day, reached_on: Day, name: Text, category: Text, currency: Text, target: int | None,
    case_id: Text,
) -> Found:  # fmt: skip
    what = name or word("savings_goal", category)
    facts = some(what, amount_words(target, currency))
    yield TimelineItem(iso(begun_on), "savings_goal", facts, "SavingsGoal", goal_id, case_id)
    if reached_on is not None:
        yield TimelineItem(iso(reached_on), "savings_reached", facts, "SavingsGoal", goal_id, case_id)


def _debt_plan(plan_id: str, made_on: Day, strategy: Text, monthly: int | None) -> Found:
    facts = some(word("debt_strategy", strategy), amount_words(monthly, None))
    yield TimelineItem(iso(made_on), "debt_plan", facts, "DebtPlan", plan_id)


def _remittance(plan_id: str, agreed_on: Day, channel: Text, currency: Text, amount: int | None) -> Found:
    facts = some(amount_words(amount, currency), word("remittance_channel", channel))
    yield TimelineItem(iso(agreed_on), "remittance_plan", facts, "RemittancePlan", plan_id)


SOURCES: Final = (
    (SavingsGoal, ("begun_on", "reached_on", "name", "category", "currency", "target", "case_id"), _goal),
    (DebtPlan, ("made_on", "strategy", "monthly"), _debt_plan),
    (RemittancePlan, ("agreed_on", "channel", "currency", "amount"), _remittance),
)
