# SPDX-License-Identifier: Apache-2.0
"""A household's money, client by client: goals, a month's budget, a plan for debts, money sent home.

Amounts are whole units of their currency; a foreign one keeps its rate and the rate's day (domain reference 4.7). What
is computed from them - instalments to come, shares, months until a debt is cleared - is never kept.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, field
from resource_centre.records.owned import Owned


def _amount(label: str, *, required: bool = False, help: str = "") -> Mapped[int | None]:
    return field(label, format="money", sensitivity=SPECIFIC, required=required, help=help, type_=sa.BigInteger())


def _currency() -> Mapped[str | None]:
    return field(N_("Currency"), format="code", vocabulary="currency", default="IDR")


def _share(label: str, *, help: str = "") -> Mapped[float | None]:
    return field(label, format="number", sensitivity=SPECIFIC, help=help, type_=sa.Numeric(10, 4, asdecimal=False))


class SavingsGoal(Owned):
    """What somebody saves for, until when."""

    __tablename__ = "savings_goal"

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    name: Mapped[str | None] = field(N_("What for, in their words"), sensitivity=SPECIFIC, required=True)
    category: Mapped[str | None] = field(
        N_("Kind of goal"), format="code", vocabulary="savings_goal", sensitivity=SPECIFIC, required=True
    )
    currency: Mapped[str | None] = _currency()
    target: Mapped[int | None] = _amount(N_("Amount needed"), required=True)
    begun_on: Mapped[dt.date | None] = field(N_("Begun on"), format="date", required=True, index=True, type_=sa.Date())
    target_on: Mapped[dt.date | None] = field(N_("Wanted by"), format="date", type_=sa.Date())
    start_balance: Mapped[int | None] = _amount(N_("Saved already when it began"))
    kept_where: Mapped[str | None] = field(
        N_("Where it is kept"), format="code", vocabulary="savings_place", sensitivity=SPECIFIC
    )
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="savings_state", default="aktif")
    reached_on: Mapped[dt.date | None] = field(N_("Reached on"), format="date", index=True, type_=sa.Date())


class SavingsEntry(Owned):
    """Money put aside for a goal, or taken out of it."""

    __tablename__ = "savings_entry"

    goal_id: Mapped[str | None] = mapped_column(Id, index=True)
    saved_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    taken_out: Mapped[bool | None] = field(N_("Taken out?"), format="yes_no")
    amount: Mapped[int | None] = _amount(N_("Amount"), required=True)
    note: Mapped[str | None] = field(N_("Note"), sensitivity=SPECIFIC)


class Budget(Owned):
    """The household's money of one month: planned, or as it was."""

    __tablename__ = "budget"

    month: Mapped[str | None] = field(N_("Month"), format="partial_date", required=True)
    planned: Mapped[bool | None] = field(N_("A plan for the month to come?"), format="yes_no")
    currency: Mapped[str | None] = _currency()
    liquid_savings: Mapped[int | None] = _amount(
        N_("Savings at hand"), help=N_("What could be spent at once in an emergency.")
    )
    agreed_with: Mapped[str | None] = field(N_("Agreed with"), help=N_("Who of the family took part."))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)


class BudgetLine(Owned):
    """One line of a month: what came in or went out."""

    __tablename__ = "budget_line"

    budget_id: Mapped[str | None] = mapped_column(Id, index=True)
    kind: Mapped[str | None] = field(N_("Kind"), format="code", vocabulary="budget_line", required=True)
    label: Mapped[str | None] = field(N_("What"), sensitivity=SPECIFIC)
    amount: Mapped[int | None] = _amount(N_("Amount"), required=True)
    position: Mapped[int | None] = field(N_("Place in the list"), format="integer", type_=sa.Integer())


class DebtPlan(Owned):
    """How somebody wants to get out of debt. The debts are those of the record; the order and the months follow."""

    __tablename__ = "debt_plan"

    made_on: Mapped[dt.date | None] = field(N_("Made on"), format="date", required=True, type_=sa.Date())
    strategy: Mapped[str | None] = field(
        N_("Which debt first"), format="code", vocabulary="debt_strategy", required=True, default="avalanche"
    )
    monthly: Mapped[int | None] = _amount(
        N_("Can pay each month in all"), required=True, help=N_("Instalments included.")
    )
    agreed_with: Mapped[str | None] = field(N_("Agreed with"))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)


class RemittancePlan(Owned):
    """Money sent home: how much, how, what it costs in truth, and what the family has agreed it is for."""

    __tablename__ = "remittance_plan"

    agreed_on: Mapped[dt.date | None] = field(N_("Agreed on"), format="date", required=True, type_=sa.Date())
    sender: Mapped[str | None] = field(N_("Who sends"), format="code", vocabulary="relation", sensitivity=SPECIFIC)
    receiver: Mapped[str | None] = field(N_("Who receives"), format="code", vocabulary="relation", sensitivity=SPECIFIC)
    frequency: Mapped[str | None] = field(N_("How often"), format="code", vocabulary="frequency")
    channel: Mapped[str | None] = field(N_("How it is sent"), format="code", vocabulary="remittance_channel")
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", required=True)
    amount: Mapped[int | None] = _amount(N_("Sent each time"), required=True)
    fee: Mapped[int | None] = _amount(N_("Fee each time"), help=N_("In the currency it is sent in."))
    rate: Mapped[float | None] = _share(N_("Rate given"), help=N_("How many rupiah for one unit of the currency."))
    market_rate: Mapped[float | None] = _share(N_("Rate of the day elsewhere"))
    rate_on: Mapped[dt.date | None] = field(N_("Day of the rate"), format="date", type_=sa.Date())
    agreed_with: Mapped[str | None] = field(N_("Agreed with"))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)


class RemittanceShare(Owned):
    """One use of the money sent, in per cent; the uses of a plan come to a hundred."""

    __tablename__ = "remittance_share"

    plan_id: Mapped[str | None] = mapped_column(Id, index=True)
    use: Mapped[str | None] = field(
        N_("What it is for"), format="code", vocabulary="remittance_use", sensitivity=SPECIFIC, required=True
    )
    percent: Mapped[float | None] = _share(N_("Share (%)"))
