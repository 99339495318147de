# SPDX-License-Identifier: Apache-2.0
"""The reintegration plan: needs, goals and actions by dimension (domain reference 3.3)."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, Id, field
from resource_centre.records.owned import Owned


class Plan(Owned):
    """One version of somebody's plan."""

    __tablename__ = "plan"

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    edition: Mapped[int | None] = field(N_("Version"), format="integer", type_=sa.Integer(), default=1)
    made_on: Mapped[dt.date | None] = field(N_("Made on"), format="date", required=True, index=True, type_=sa.Date())
    prepared_with: Mapped[list[str] | None] = field(
        N_("Prepared with"), format="codes", vocabulary="plan_party", type_=JSON
    )
    own_goal: Mapped[str | None] = field(
        N_("The client's own goal"), format="paragraph", help=N_("In the client's own words.")
    )
    strengths: Mapped[str | None] = field(N_("Strengths"), format="paragraph")
    obstacles: Mapped[str | None] = field(N_("Obstacles"), format="paragraph", sensitivity=SPECIFIC)
    status: Mapped[str | None] = field(N_("State"), format="code", vocabulary="plan_status", default="draf")
    review_on: Mapped[dt.date | None] = field(N_("To be reviewed on"), format="date", type_=sa.Date())
    client_signed_on: Mapped[dt.date | None] = field(N_("Signed by the client on"), format="date", type_=sa.Date())
    client_signed_how: Mapped[str | None] = field(N_("How the client signed"), format="code", vocabulary="consent_mode")
    counsellor_signed_on: Mapped[dt.date | None] = field(
        N_("Signed by the counsellor on"), format="date", type_=sa.Date()
    )
    coordinator_signed_on: Mapped[dt.date | None] = field(
        N_("Signed by the coordinator on"), format="date", type_=sa.Date()
    )


class PlanNeed(Owned):
    """A need of the plan."""

    __tablename__ = "plan_need"

    plan_id: Mapped[str | None] = mapped_column(Id, index=True)
    dimension: Mapped[str | None] = field(N_("Dimension"), format="code", vocabulary="dimension", required=True)
    need: Mapped[str | None] = field(N_("Need"), format="code", vocabulary="need", required=True)
    description: Mapped[str | None] = field(N_("Description"), sensitivity=SPECIFIC)


class PlanGoal(Owned):
    """An objective of the plan, and whether it was reached."""

    __tablename__ = "plan_goal"

    plan_id: Mapped[str | None] = mapped_column(Id, index=True)
    dimension: Mapped[str | None] = field(N_("Dimension"), format="code", vocabulary="dimension", required=True)
    level: Mapped[str | None] = field(N_("Level"), format="code", vocabulary="plan_level", default="individu")
    goal: Mapped[str | None] = field(N_("Goal"), required=True)
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="goal_state", default="berjalan")
    reached_on: Mapped[dt.date | None] = field(N_("Reached on"), format="date", type_=sa.Date())


class PlanAction(Owned):
    """Something to be done for a goal: by whom, until when, at what cost."""

    __tablename__ = "plan_action"

    plan_id: Mapped[str | None] = mapped_column(Id, index=True)
    goal_id: Mapped[str | None] = mapped_column(Id)
    dimension: Mapped[str | None] = field(N_("Dimension"), format="code", vocabulary="dimension", required=True)
    action: Mapped[str | None] = field(N_("Action"), required=True)
    service_type: Mapped[str | None] = field(N_("Service"), format="code", vocabulary="service_type")
    provided_by: Mapped[str | None] = field(N_("Provided by"), format="code", vocabulary="action_party")
    responsible: Mapped[str | None] = field(N_("Responsible"))
    starts_on: Mapped[dt.date | None] = field(N_("Starts on"), format="date", type_=sa.Date())
    due_on: Mapped[dt.date | None] = field(N_("Due on"), format="date", index=True, type_=sa.Date())
    cost: Mapped[int | None] = field(N_("Cost (Rp)"), format="money", type_=sa.BigInteger())
    in_kind: Mapped[str | None] = field(N_("Cash or in kind"), format="code", vocabulary="assistance_form")
    status: Mapped[str | None] = field(N_("State"), format="code", vocabulary="action_status", default="direncanakan")
    done_on: Mapped[dt.date | None] = field(N_("Done on"), format="date", type_=sa.Date())
