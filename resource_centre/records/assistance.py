# SPDX-License-Identifier: Apache-2.0
"""What somebody was given, and what others added to it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, Logged, field
from resource_centre.records.owned import Owned, people_living_in


class Assistance(Owned):
    """Help in cash or in kind."""

    __tablename__ = "assistance"

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    action_id: Mapped[str | None] = mapped_column(Id)
    kind: Mapped[str | None] = field(
        N_("Kind of assistance"), format="code", vocabulary="assistance_kind", required=True
    )
    given_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    description: Mapped[str | None] = field(N_("What was given"), sensitivity=SPECIFIC)
    form: Mapped[str | None] = field(N_("Cash or in kind"), format="code", vocabulary="assistance_form")
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", default="IDR")
    amount: Mapped[int | None] = field(
        N_("Amount or value"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    fund: Mapped[str | None] = field(N_("Fund"))
    partner: Mapped[str | None] = field(N_("Partner"))
    receipt: Mapped[str | None] = field(N_("Receipt number"))
    received_by: Mapped[str | None] = field(N_("Received by"), format="name")
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")


class Contribution(Logged):
    """What a migrant, a diaspora group, the government or a project adds: to one assistance, or for the centre."""

    __tablename__ = "contribution"

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    assistance_id: Mapped[str | None] = mapped_column(Id, index=True)
    source: Mapped[str | None] = field(N_("Source"), format="code", vocabulary="contribution_source", required=True)
    contributor: Mapped[str | None] = field(N_("Name of the contributor"))
    given_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", default="IDR")
    amount: Mapped[int | None] = field(N_("Amount or value"), format="money", required=True, type_=sa.BigInteger())
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="contribution_state", default="diterima")
    purpose: Mapped[str | None] = field(N_("What it is for"))

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Contributions for people who live in these villages."""
        return cls.person_id.in_(people_living_in(villages))
