# SPDX-License-Identifier: Apache-2.0
"""The follow-ups a plan brings with it: after two weeks, one, three, six and twelve months (domain reference 3.6)."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import FollowUp, Plan
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.vocabulary import Term, vocabulary

MONTHS_OF_A_YEAR = 12


def schedule_from_plan(session: Session, plan: Plan, *, on: dt.date | None = None) -> list[FollowUp]:
    """Plan the follow-ups of a plan that is active from a day on, and return those that are new.

    The steps are those of follow_up_interval that say how long. A step that was planned before stays as somebody left
    it, moved, done or taken back; a day that has passed already is left out. Asking twice changes nothing.
    """
    start = on or plan.client_signed_on or plan.made_on or today()
    planned = _steps_planned(session, plan)
    days = {term.code: day_of(term, start) for term in vocabulary("follow_up_interval") if term.code not in planned}
    return [
        plan_follow_up(
            session, person_id=plan.person_id, due_on=day, plan_id=plan.id, case_id=plan.case_id, interval=step
        )
        for step, day in days.items()
        if day is not None and day >= today()
    ]


def day_of(step: Term, start: dt.date) -> dt.date | None:
    """The day a step of follow_up_interval falls on, counted from a start; None for one that says no time."""
    days, months = (int(step.extra.get(unit) or 0) for unit in ("days", "months"))
    if not days and not months:
        return None
    return _months_after(start, months) + dt.timedelta(days=days)


def _steps_planned(session: Session, plan: Plan) -> set[str | None]:
    """Steps this plan has had, whatever became of them, and those still open from an earlier version of it."""
    waiting = (FollowUp.case_id == plan.case_id, FollowUp.done_on.is_(None), FollowUp.voided.is_(False))
    earlier = [] if plan.case_id is None else [select(FollowUp.interval).where(*waiting)]
    own = select(FollowUp.interval).where(FollowUp.person_id == plan.person_id, FollowUp.plan_id == plan.id)
    return {step for wanted in (own, *earlier) for step in session.scalars(wanted)}


def _months_after(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
