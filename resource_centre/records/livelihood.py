# SPDX-License-Identifier: Apache-2.0
"""What somebody lives on: income, savings, debts, what they can do. Personal finance is specific personal data."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, field
from resource_centre.records.owned import Owned


class Livelihood(Owned):
    """Work, income, savings and money sent home, as told on one day. A later telling is a row of its own."""

    __tablename__ = "livelihood"

    told_on: Mapped[dt.date | None] = field(N_("Told on"), format="date", required=True, type_=sa.Date())
    housing: Mapped[str | None] = field(N_("Housing"), format="code", vocabulary="housing")
    occupation_before: Mapped[str | None] = field(N_("Work before leaving"))
    occupation_now: Mapped[str | None] = field(N_("Work now"))
    income_before: Mapped[int | None] = field(
        N_("Monthly income before leaving (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    income_now: Mapped[int | None] = field(
        N_("Monthly income now (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    household_income: Mapped[int | None] = field(
        N_("Household income last month (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    household_expenses: Mapped[int | None] = field(
        N_("Household expenses last month (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    earners: Mapped[int | None] = field(N_("How many earn"), format="integer", type_=sa.Integer())
    dependants: Mapped[int | None] = field(N_("How many depend on them"), format="integer", type_=sa.Integer())
    savings: Mapped[int | None] = field(N_("Savings (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger())
    savings_where: Mapped[list[str] | None] = field(
        N_("Where the savings are"), format="codes", vocabulary="savings_place", sensitivity=SPECIFIC, type_=JSON
    )
    assets: Mapped[list[str] | None] = field(
        N_("What they own"), format="codes", vocabulary="asset", sensitivity=SPECIFIC, type_=JSON
    )
    remittance_frequency: Mapped[str | None] = field(
        N_("How often money was sent"), format="code", vocabulary="frequency", sensitivity=SPECIFIC
    )
    remittance_average: Mapped[int | None] = field(
        N_("Sent each time (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    remittance_channel: Mapped[list[str] | None] = field(
        N_("How it was sent"), format="codes", vocabulary="remittance_channel", sensitivity=SPECIFIC, type_=JSON
    )
    remittance_receiver: Mapped[str | None] = field(N_("Who received it"), format="code", vocabulary="relation")
    remittance_uses: Mapped[list[str] | None] = field(
        N_("What it was used for"), format="codes", vocabulary="remittance_use", sensitivity=SPECIFIC, type_=JSON
    )
    social_protection: Mapped[list[str] | None] = field(
        N_("Social protection received"), format="codes", vocabulary="social_protection", type_=JSON
    )
    business_idea: Mapped[str | None] = field(N_("Business idea"), format="paragraph")


class Debt(Owned):
    """One debt."""

    __tablename__ = "debt"

    lender: Mapped[str | None] = field(
        N_("Lender"), format="code", vocabulary="lender", sensitivity=SPECIFIC, required=True
    )
    principal: Mapped[int | None] = field(
        N_("Borrowed (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    outstanding: Mapped[int | None] = field(
        N_("Still owed (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    interest: Mapped[float | None] = field(
        N_("Interest (% a month)"), format="number", sensitivity=SPECIFIC, type_=sa.Numeric(6, 2, asdecimal=False)
    )
    instalment: Mapped[int | None] = field(
        N_("Instalment (Rp a month)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    due_date: Mapped[str | None] = field(N_("To be paid back by"), format="partial_date", sensitivity=SPECIFIC)
    collateral: Mapped[str | None] = field(N_("Collateral"), sensitivity=SPECIFIC)
    reason: Mapped[str | None] = field(N_("What it was for"), sensitivity=SPECIFIC)
    pressed: Mapped[bool | None] = field(
        N_("Does the lender press them?"),
        format="yes_no",
        sensitivity=SPECIFIC,
        help=N_("Threats belong to the protection officer, not here."),
    )


class Skill(Owned):
    """Something somebody can do."""

    __tablename__ = "skill"

    skill: Mapped[str | None] = field(N_("Skill"), required=True)
    level: Mapped[str | None] = field(N_("Level"), format="code", vocabulary="skill_level")
    learnt_where: Mapped[str | None] = field(N_("Learnt where"), format="code", vocabulary="learning_place")
    certificate: Mapped[bool | None] = field(N_("Certificate?"), format="yes_no")
    wants_to_use: Mapped[bool | None] = field(N_("Wants to use it?"), format="yes_no")
