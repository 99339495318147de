# SPDX-License-Identifier: Apache-2.0
"""Whom somebody lives with. A member may be a client too; then both records know of each other."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, field
from resource_centre.records.owned import Owned


class Household(Owned):
    """How many people live together: four counters, quicker than a list. One row per person."""

    __tablename__ = "household"

    men: Mapped[int | None] = field(N_("Men"), format="integer", type_=sa.Integer())
    women: Mapped[int | None] = field(N_("Women"), format="integer", type_=sa.Integer())
    boys: Mapped[int | None] = field(
        N_("Boys"), format="integer", sensitivity=SPECIFIC, type_=sa.Integer(), help=N_("Under 18.")
    )
    girls: Mapped[int | None] = field(
        N_("Girls"), format="integer", sensitivity=SPECIFIC, type_=sa.Integer(), help=N_("Under 18.")
    )
    head: Mapped[str | None] = field(N_("Head of the household"), format="code", vocabulary="relation")
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)


class HouseholdMember(Owned):
    """One member of the household or the family, here or abroad."""

    __tablename__ = "household_member"

    relative_id: Mapped[str | None] = mapped_column(Id, index=True)
    """The member's own record, when the centre knows them."""
    name: Mapped[str | None] = field(N_("Name"), format="name")
    relation: Mapped[str | None] = field(N_("Relation"), format="code", vocabulary="relation", required=True)
    sex: Mapped[str | None] = field(N_("Sex"), format="code", vocabulary="sex")
    birth_date: Mapped[str | None] = field(N_("Date of birth"), format="partial_date", sensitivity=SPECIFIC)
    age: Mapped[int | None] = field(N_("Age"), format="integer", type_=sa.Integer(), help=N_("When no date is known."))
    occupation: Mapped[str | None] = field(N_("Occupation"))
    monthly_income: Mapped[int | None] = field(
        N_("Monthly income (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    disability: Mapped[bool | None] = field(N_("Disability?"), format="yes_no", sensitivity=SPECIFIC)
    in_school: Mapped[bool | None] = field(
        N_("Goes to school?"), format="yes_no", sensitivity=SPECIFIC, help=N_("For children from 6 to 18.")
    )
    is_migrant: Mapped[bool | None] = field(N_("Works abroad?"), format="yes_no")
    came_along: Mapped[bool | None] = field(N_("Came back together?"), format="yes_no")
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)
