# SPDX-License-Identifier: Apache-2.0
"""Reintegration plans: made in good time, kept in versions, with needs, goals and actions by dimension.

IOM's handbook wants a plan for everybody who is assisted, within about a month of the return (domain reference 3.3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Case, Owned, Plan, PlanAction, PlanGoal, PlanNeed, fields_of
from resource_centre.services.cases import workable_case
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, write_changes, write_new
from resource_centre.services.since_return import since_return
from resource_centre.services.transitions import move, next_states
from resource_centre.values.partial_date import earliest, latest, middle
from resource_centre.vocabulary import vocabulary

PlanPart = TypeVar("PlanPart", bound=PlanNeed | PlanGoal | PlanAction)

DRAFT, ACTIVE, COMPLETED, CANCELLED = "draf", "aktif", "selesai", "dibatalkan"
REACHED: Final = "tercapai"
GIVEN_UP: Final = "dibatalkan"
DONE: Final = "selesai"
OPEN_ACTIONS: Final = frozenset({"direncanakan", "berjalan", "tertunda"})
UNDER_WAY: Final = "berjalan"
BEFORE_THE_PLAN: Final = frozenset({"baru", "asesmen", "perencanaan", "dibuka_kembali"})
"""States of a case that a plan in force ends."""


@dataclass(frozen=True)
class PlanSheet:
    """One version of a plan with all that is in it; the costs are rupiah by dimension, without what was cancelled."""

    plan: Plan
    needs: tuple[PlanNeed, ...]
    goals: tuple[PlanGoal, ...]
    actions: tuple[PlanAction, ...]
    costs: Mapping[str, int]

    @property
    def cost(self) -> int:
        """What all of it costs, in rupiah."""
        return sum(self.costs.values())

    @property
    def editable(self) -> bool:
        """Whether it may still be changed."""
        return self.plan.status in (DRAFT, ACTIVE)


@dataclass(frozen=True)
class PlanMeasure:
    """Whether the first plan of a case was made in good time. `within` is None while that cannot be told."""

    counted_from: str
    since_intake: bool
    """Whether the return is unknown and the days are counted from the opening of the case."""
    due_on: dt.date
    made_on: dt.date | None
    within: bool | None


def begin_plan(
    session: Session,
    case_id: str,
    values: Mapping[str, Any] | None = None,
    unanswered: Reasons | None = None,
    *,
    on: dt.date | None = None,
) -> Plan:
    """Begin the first plan of a case, or an empty new version. Raises `Refused` while another draft is begun."""
    case = workable_case(session, case_id)
    earlier = plans_of(session, case_id)
    if any(plan.status == DRAFT for plan in earlier):
        raise Refused("check", (Problem("made_on", "draft_begun"),))
    edition = max((plan.edition or 0 for plan in earlier), default=0) + 1
    first = {"made_on": on or today(), **(values or {})}
    own = {"person_id": case.person_id, "case_id": case_id, "edition": edition, "status": DRAFT}
    return write_new(session, Plan, {**first, **own}, unanswered, on=today())


def change_plan(
    session: Session,
    plan_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Plan:
    """Change what a plan says, or who has signed it; its state has verbs of its own."""
    plan = _workable(session, plan_id)
    rest = {name: value for name, value in values.items() if name not in ("status", "edition")}
    return write_changes(session, plan, rest, unanswered, on=today(), version=version)


def new_edition(session: Session, plan_id: str, *, on: dt.date | None = None) -> Plan:
    """A new version as a draft: needs, goals that were not given up, and actions that are not done yet.

    The version before stays in force until the new one is.
    """
    before = sheet_of(session, plan_id)
    assert before.plan.case_id is not None
    said = {name: getattr(before.plan, name) for name in ("prepared_with", "own_goal", "strengths", "obstacles")}
    new = begin_plan(session, before.plan.case_id, said, before.plan.unanswered, on=on)
    goals = {goal.id: _copy(session, goal, new) for goal in before.goals if goal.state != GIVEN_UP}
    for need in before.needs:
        _copy(session, need, new)
    for action in before.actions:
        if action.status in OPEN_ACTIONS:
            goal = goals.get(action.goal_id or "")
            _copy(session, action, new, goal_id=goal.id if goal is not None else None)
    return new


def activate_plan(session: Session, plan_id: str, *, on: dt.date | None = None) -> Plan:
    """Put a draft in force: the version before ends, the follow-ups are planned, the case is under way.

    Raises `Refused` (``empty_plan``) when it holds neither a goal nor an action.
    """
    from resource_centre.services.follow_up_schedule import schedule_from_plan

    plan = _workable(session, plan_id)
    sheet = sheet_of(session, plan_id)
    if plan.status != DRAFT or not (sheet.goals or sheet.actions):
        raise Refused("empty_plan" if plan.status == DRAFT else "plan_ended")
    assert plan.case_id is not None
    for other in plans_of(session, plan.case_id):
        if other.status == ACTIVE:
            write_changes(session, other, {"status": CANCELLED}, on=today())
    write_changes(session, plan, {"status": ACTIVE}, on=today())
    schedule_from_plan(session, plan, on=on or today())
    case = existing(session, Case, plan.case_id)
    if case.status in BEFORE_THE_PLAN and UNDER_WAY in next_states("Case", case.status):
        move(session, case, UNDER_WAY, on=on)
    return plan


def end_plan(session: Session, plan_id: str, *, completed: bool) -> Plan:
    """Say that a plan is completed, or that it was cancelled."""
    plan = _workable(session, plan_id)
    return write_changes(session, plan, {"status": COMPLETED if completed else CANCELLED}, on=today())


def add_part(
    session: Session,
    record: type[PlanPart],
    plan_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
) -> PlanPart:
    """Write a need, a goal or an action into a plan. A need knows its dimension."""
    plan = _workable(session, plan_id)
    own = {"person_id": plan.person_id, "plan_id": plan_id}
    return write_new(session, record, {**_filled(record, values), **own}, unanswered, on=today())


def change_part(
    session: Session,
    record: type[PlanPart],
    part_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> PlanPart:
    """Change a need, a goal or an action; what is reached or done without a day is so today."""
    part = existing(session, record, part_id)
    _workable(session, part.plan_id or "")
    return write_changes(session, part, _filled(record, values), unanswered, on=today(), version=version)


def take_back_part(session: Session, record: type[PlanPart], part_id: str, reason: str) -> None:
    """Mark a need, a goal or an action as not valid."""
    part = existing(session, record, part_id)
    _workable(session, part.plan_id or "")
    void(session, part, reason)


def plans_of(session: Session, case_id: str) -> list[Plan]:
    """All versions of a case's plan, the newest first."""
    own = (Plan.case_id == case_id, Plan.voided.is_(False))
    return list(session.scalars(select(Plan).where(*own).order_by(Plan.edition.desc(), Plan.id.desc())))


def current_plan(session: Session, case_id: str) -> Plan | None:
    """The version that counts: the one in force, else the last one completed, else the newest."""
    plans = plans_of(session, case_id)
    for state in (ACTIVE, COMPLETED, DRAFT):
        found = next((plan for plan in plans if plan.status == state), None)
        if found is not None:
            return found
    return plans[0] if plans else None


def sheet_of(session: Session, plan_id: str) -> PlanSheet:
    """A version of a plan with everything that is in it, in the order in which it was written."""
    plan = existing(session, Plan, plan_id)
    actions = _parts(session, PlanAction, plan_id)
    costs: dict[str, int] = {}
    for action in actions:
        if action.cost and action.status != GIVEN_UP:
            costs[action.dimension or ""] = costs.get(action.dimension or "", 0) + action.cost
    return PlanSheet(
        plan=plan,
        needs=tuple(_parts(session, PlanNeed, plan_id)),
        goals=tuple(_parts(session, PlanGoal, plan_id)),
        actions=tuple(actions),
        costs=costs,
    )


def goals_of_case(session: Session, case_id: str) -> tuple[int, int]:
    """How many goals the plan of a case has, and how many of them were reached; a draft does not count."""
    plan = current_plan(session, case_id)
    if plan is None or plan.status == DRAFT:
        return 0, 0
    goals = _parts(session, PlanGoal, plan.id)
    return len(goals), sum(goal.state == REACHED for goal in goals)


def measure_of(session: Session, case: Case, *, on: dt.date) -> PlanMeasure:
    """Whether the first plan of a case came within a month of the return, or of the case's opening when no return is
    known. Where only the month or the year is known it is told only when every day of it gives the same answer."""
    since = since_return(session, case.person_id, on=on)
    begun = since.returned if since is not None else (case.opened_on or on).isoformat()
    days = dt.timedelta(days=int(rule("plan_days")))
    made_on = _first_made(session, case.id)
    end = made_on or on
    surely, possibly = end <= earliest(begun) + days, end <= latest(begun) + days
    if made_on is not None:
        within = True if surely else (None if possibly else False)
    else:
        within = None if possibly else False
    return PlanMeasure(
        counted_from=begun, since_intake=since is None, due_on=middle(begun) + days, made_on=made_on, within=within
    )


def suggested_action(need: str) -> dict[str, Any]:
    """What an action for a need begins with: its dimension, its service, and words for both."""
    term = vocabulary("need").get(need)
    if term is None:
        return {}
    service = term.extra.get("service_type") or None
    return {"dimension": term.group or None, "service_type": service, "action": term.label()}


def _first_made(session: Session, case_id: str) -> dt.date | None:
    made = [plan.made_on for plan in plans_of(session, case_id) if plan.status != DRAFT and plan.made_on is not None]
    return min(made, default=None)


def _workable(session: Session, plan_id: str) -> Plan:
    plan = existing(session, Plan, plan_id)
    if plan.case_id is not None:
        workable_case(session, plan.case_id)
    if plan.status not in (DRAFT, ACTIVE):
        raise Refused("plan_ended")
    return plan


def _filled(record: type[Owned], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with what follows from them."""
    made = dict(values)
    if record is PlanNeed and made.get("need") and not made.get("dimension"):
        term = vocabulary("need").get(made["need"])
        made["dimension"] = (term.group if term else None) or None
    if record is PlanGoal and made.get("state") == REACHED and not made.get("reached_on"):
        made["reached_on"] = today()
    if record is PlanAction and made.get("status") == DONE and not made.get("done_on"):
        made["done_on"] = today()
    return made


def _copy(session: Session, part: PlanPart, plan: Plan, **other: Any) -> PlanPart:
    kind: type[Owned] = type(part)
    said = {field.name: getattr(part, field.name) for field in fields_of(kind)}
    own = {"person_id": plan.person_id, "plan_id": plan.id}
    return write_new(session, type(part), {**said, **own, **other}, part.unanswered, on=today())


def _parts(session: Session, record: type[PlanPart], plan_id: str) -> list[PlanPart]:
    own = (record.plan_id == plan_id, record.voided.is_(False))
    return list(session.scalars(select(record).where(*own).order_by(record.id)))
