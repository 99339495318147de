# SPDX-License-Identifier: Apache-2.0
"""The reintegration plan on paper: needs, goals and actions by dimension, what they cost, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of, refuse_others, seen_person
from reports.papers.values import word, words
from resource_centre.i18n import _
from resource_centre.records import Case, Plan
from resource_centre.services.plans import PlanSheet, sheet_of
from resource_centre.services.saving import existing
from resource_centre.services.since_return import since_return
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class ActionLine:
    """One action: what, who, until when, what it costs in rupiah, and where it stands."""

    action: str
    responsible: str
    due_on: dt.date | None
    cost: int | None
    status: str


@dataclass(frozen=True)
class DimensionPart:
    """What a plan holds of one dimension. `cost` is in rupiah, without what was cancelled."""

    code: str
    title: str
    needs: tuple[str, ...]
    goals: tuple[tuple[str, str], ...]
    """Goal and its state."""
    actions: tuple[ActionLine, ...]
    cost: int


@dataclass(frozen=True)
class PlanPaper:
    """The plan. Without a case it is a blank one."""

    heading: Heading
    name: str
    client_number: str
    edition: int
    made_on: dt.date | None
    returned: str
    prepared_with: str
    own_goal: str
    strengths: str
    obstacles: str
    status: str
    review_on: dt.date | None
    parts: tuple[DimensionPart, ...]
    cost: int

    @property
    def draft(self) -> bool:
        """Whether it is not in force yet."""
        return self.status == "draf"


def blank_plan(centre: str = "") -> PlanPaper:
    """The plan to be written by hand, in the active language; needs no centre."""
    parts = tuple(DimensionPart(term.code, term.label(), (), (), (), 0) for term in vocabulary("dimension"))
    heading = blank_heading(_("Reintegration plan"), centre)
    return PlanPaper(heading, "", "", 1, None, "", "", "", "", "", "", None, parts, 0)


def plan_paper(session: Session, plan_id: str) -> PlanPaper:
    """One version of a plan, in the active language. Raises `Refused` for accounts that do no case work."""
    refuse_others(session)
    sheet = sheet_of(session, plan_id)
    plan = sheet.plan
    person = seen_person(session, plan.person_id)
    case = existing(session, Case, plan.case_id) if plan.case_id else None
    heading = heading_of(session, _("Reintegration plan"), case.number if case else person.number)
    since = since_return(session, person.id, on=heading.printed_on)
    return PlanPaper(
        heading=heading,
        name=person.full_name,
        client_number=person.number or "",
        edition=plan.edition or 1,
        made_on=plan.made_on,
        returned=since.returned if since is not None else "",
        **_said(plan),
        parts=tuple(_parts(sheet)),
        cost=sheet.cost,
    )


def _said(plan: Plan) -> dict[str, Any]:
    return {
        "prepared_with": words("plan_party", plan.prepared_with),
        "own_goal": plan.own_goal or "",
        "strengths": plan.strengths or "",
        "obstacles": plan.obstacles or "",
        "status": plan.status or "",
        "review_on": plan.review_on,
    }


def _parts(sheet: PlanSheet) -> Iterable[DimensionPart]:
    for term in vocabulary("dimension"):
        yield DimensionPart(
            code=term.code,
            title=term.label(),
            needs=tuple(_need(need) for need in sheet.needs if need.dimension == term.code),
            goals=tuple(
                (goal.goal or "", word("goal_state", goal.state)) for goal in sheet.goals if goal.dimension == term.code
            ),
            actions=tuple(_action(action) for action in sheet.actions if action.dimension == term.code),
            cost=sheet.costs.get(term.code, 0),
        )


def _need(need: Any) -> str:
    return ": ".join(part for part in (word("need", need.need), need.description) if part)


def _action(action: Any) -> ActionLine:
    return ActionLine(
        action=action.action or "",
        responsible=action.responsible or word("action_party", action.provided_by),
        due_on=action.due_on,
        cost=action.cost,
        status=word("action_status", action.status),
    )
