# SPDX-License-Identifier: Apache-2.0
"""The timeline's items of the case: its steps, the plan, advice, referrals, assistance, complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from resource_centre.records import (
    Advice,
    Assistance,
    Case,
    Complaint,
    Plan,
    PlanAction,
    PlanGoal,
    Referral,
    Transition,
)
from resource_centre.services.timeline_items import TimelineItem, iso, protection, some, word, words
from resource_centre.values.money import show_rupiah
from resource_centre.vocabulary import MERGED

Day = dt.date | None
Text = str | None
Found = Iterator[TimelineItem]

STATES: Final = {
    "Case": ("case_step", "case_status"),
    "Referral": ("referral_step", "referral_status"),
    "Complaint": ("complaint_step", "complaint_status"),
}
RUPIAH: Final = "IDR"
CLOSED: Final = "ditutup"


def _case(case_id: str, opened_on: Day, number: Text, priority: Text, closed_on: Day, why: Text) -> Found:
    facts = some(number, word("priority", priority))
    yield TimelineItem(iso(opened_on), "case_opened", facts, "Case", case_id, case_id)
    if closed_on is not None:
        ending = some(number, word("closure_reason", why))
        yield TimelineItem(iso(closed_on), "case_closed", ending, "Case", case_id, case_id)


def _step(_id: str, moved_on: Day, about: str, about_id: Text, before: Text, after: Text, reason: Text) -> Found:
    # The first state and the last are told by the opening and the closing themselves.
    if before is None or about_id is None or about not in STATES or (about == "Case" and after == CLOSED):
        return
    kind, states = STATES[about]
    facts = some(word(states, after), reason)
    yield TimelineItem(iso(moved_on), kind, facts, about, about_id, about_id if about == "Case" else None)


def _plan(plan_id: str, made_on: Day, edition: int | None, status: Text, signed_on: Day, case_id: Text) -> Found:
    number = str(edition) if edition and edition > 1 else None
    yield TimelineItem(iso(made_on), "plan", some(number, word("plan_status", status)), "Plan", plan_id, case_id)
    if signed_on is not None:
        yield TimelineItem(iso(signed_on), "plan_signed", some(number), "Plan", plan_id, case_id)


def _goal(goal_id: str, reached_on: Day, goal: Text, dimension: Text, plan_id: Text) -> Found:
    if reached_on is not None:
        facts = some(goal, word("dimension", dimension))
        yield TimelineItem(iso(reached_on), "goal_reached", facts, *_in_plan("PlanGoal", goal_id, plan_id))


def _action(action_id: str, done_on: Day, action: Text, dimension: Text, plan_id: Text) -> Found:
    if done_on is not None:
        facts = some(action, word("dimension", dimension))
        yield TimelineItem(iso(done_on), "action_done", facts, *_in_plan("PlanAction", action_id, plan_id))


def _in_plan(record: str, record_id: str, plan_id: Text) -> tuple[str, str]:
    """What to open of a part of a plan: the plan."""
    return ("Plan", plan_id) if plan_id else (record, record_id)


def _advice(advice_id: str, asked_on: Day, answered_on: Day, case_id: Text) -> Found:
    yield TimelineItem(iso(asked_on), "advice_asked", (), "Advice", advice_id, case_id)
    if answered_on is not None:
        yield TimelineItem(iso(answered_on), "advice_given", (), "Advice", advice_id, case_id)


def _referral(
    referral_id: str, made_on: Day, number: Text, services: list[str] | None, status: Text, case_id: Text
) -> Found:
    facts = some(number, words("referral_service", services), word("referral_status", status))
    yield TimelineItem(iso(made_on), "referral", facts, "Referral", referral_id, case_id)


def _assistance(
    given_id: str, given_on: Day, kind: Text, what: Text, currency: Text, amount: int | None, case_id: Text
) -> Found:
    facts = some(word("assistance_kind", kind), what, _money(currency, amount))
    yield TimelineItem(iso(given_on), "assistance", facts, "Assistance", given_id, case_id)


def _complaint(
    complaint_id: str,
    opened_on: Day,
    number: Text,
    kind: Text,
    currency: Text,
    recovered: int | None,
    recovered_on: Day,
    case_id: Text,
) -> Found:
    if kind == MERGED:
        yield protection(iso(opened_on), "Complaint", complaint_id)
        return
    facts = some(number, word("complaint_type", kind))
    yield TimelineItem(iso(opened_on), "complaint", facts, "Complaint", complaint_id, case_id)
    if recovered_on is not None:
        back = some(number, _money(currency, recovered))
        yield TimelineItem(iso(recovered_on), "recovered", back, "Complaint", complaint_id, case_id)


def _money(currency: Text, amount: int | None) -> str:
    """An amount in its own currency."""
    if amount is None:
        return ""
    shown = show_rupiah(amount)
    return shown if currency in (None, RUPIAH) else f"{currency} {shown.removeprefix('Rp')}"


SOURCES: Final = (
    (Case, ("opened_on", "number", "priority", "closed_on", "closure_reason"), _case),
    (Transition, ("moved_on", "about", "about_id", "before", "after", "reason"), _step),
    (Plan, ("made_on", "edition", "status", "client_signed_on", "case_id"), _plan),
    (PlanGoal, ("reached_on", "goal", "dimension", "plan_id"), _goal),
    (PlanAction, ("done_on", "action", "dimension", "plan_id"), _action),
    (Advice, ("asked_on", "answered_on", "case_id"), _advice),
    (Referral, ("made_on", "number", "services", "status", "case_id"), _referral),
    (Assistance, ("given_on", "kind", "description", "currency", "amount", "case_id"), _assistance),
    (
        Complaint,
        ("opened_on", "number", "complaint_type", "currency", "recovered", "recovered_on", "case_id"),
        _complaint,
    ),
)
