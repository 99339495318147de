# SPDX-License-Identifier: Apache-2.0
"""Which record a paper is about, when only a number is known."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy.orm import Session

from reports.papers.kinds import KINDS
from resource_centre.errors import Refused
from resource_centre.records import (
    Budget,
    Case,
    Complaint,
    DebtPlan,
    FollowUp,
    Person,
    Plan,
    Referral,
    RemittancePlan,
    SavingsGoal,
    SavingsGroup,
    TrainingEvent,
)
from resource_centre.services.find_number import Found, find_number
from resource_centre.services.follow_ups import follow_ups_of
from resource_centre.services.plans import current_plan
from resource_centre.services.response_lists import responses_of

NAMED: Final = {
    "referral": Referral,
    "complaint": Complaint,
    "training": TrainingEvent,
    "savings_group": SavingsGroup,
}
"""What a number names by itself."""


def record_for(session: Session, kind: str, number: str | None) -> str | None:
    """The id of the record a paper of a kind is about; the number is a client's, case's, referral's,
    complaint's, training event's or savings group's.

    Of a case it is the plan that counts, of a person the next follow-up or the money that holds. Raises `Refused` when
    there is no such record.
    """
    if KINDS[kind].about is None:
        return number
    found = find_number(session, number or "")
    record = _record(session, kind, found) if found is not None else None
    if record is None:
        raise Refused("not_found")
    return record


def answers_by(session: Session, questionnaire: str, number: str, on: dt.date | None = None) -> str:
    """The id of a client's newest answers to a questionnaire, or of those of a day; a case's number will do as well.

    Raises `Refused` when there are none that this account reads.
    """
    found = find_number(session, number)
    person_id = found.person_id if found is not None else None
    for row in responses_of(session, person_id) if person_id is not None else ():
        if row.name == questionnaire and not row.kept_as_draft and on in (None, row.asked_on):
            return row.id
    raise Refused("not_found")


def _record(session: Session, kind: str, found: Found) -> str | None:
    about = KINDS[kind].about
    if found.person_id is None:
        return found.id if NAMED.get(found.noun) is about else None
    if about is Person:
        return found.person_id
    if about is Case:
        return found.case_id
    if about is Plan and found.case_id is not None:
        plan = current_plan(session, found.case_id)
        return plan.id if plan is not None else None
    if about is FollowUp:
        planned = [one for one in follow_ups_of(session, found.person_id) if one.done_on is None]
        return planned[0].id if planned else None
    if about in (SavingsGoal, Budget, DebtPlan, RemittancePlan):
        return _money(session, kind, found.person_id)
    return found.id if NAMED.get(found.noun) is about else None


def _money(session: Session, kind: str, person_id: str) -> str | None:
    """Of a household's money what holds: the goal under way, the newest month, the newest plan."""
    from resource_centre.services.budgets import budgets_of
    from resource_centre.services.debt_plans import debts_seen
    from resource_centre.services.remittance_plans import remittances_of
    from resource_centre.services.savings import goals_of

    held: dict[str, list[str]] = {
        "savings_goal": [one.goal.id for one in goals_of(session, person_id)[:1]],
        "budget": [one.budget.id for one in budgets_of(session, person_id)[:1]],
        "debt_plan": [one.id for one in debts_seen(session, person_id).plans[:1]],
        "remittance": [one.plan.id for one in remittances_of(session, person_id)[:1]],
    }
    return next(iter(held[kind]), None)
