# SPDX-License-Identifier: Apache-2.0
"""Savings groups: members, meetings, shares, loans, fines. Group money is not project money: it is written down here,
never handled (domain reference 4.7)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Base, Id, Logged, field


def groups_of(villages: frozenset[str]) -> sa.Select[tuple[str]]:
    """Ids of the groups of these villages."""
    group = Base.metadata.tables["savings_group"]
    return sa.select(group.c.id).where(group.c.village_code.in_(sorted(villages)))


class SavingsGroup(Logged):
    """One group and the rules it has given itself for a cycle."""

    __tablename__ = "savings_group"

    number: Mapped[str | None] = field(N_("Number"), index=True)
    name: Mapped[str | None] = field(N_("Name of the group"), required=True)
    village_code: Mapped[str | None] = field(N_("Village"), format="place")
    founded_on: Mapped[dt.date | None] = field(N_("Founded on"), format="date", type_=sa.Date())
    cycle_begins_on: Mapped[dt.date | None] = field(
        N_("This cycle began on"), format="date", required=True, type_=sa.Date()
    )
    cycle_ends_on: Mapped[dt.date | None] = field(N_("Share-out planned for"), format="date", type_=sa.Date())
    meets: Mapped[str | None] = field(N_("How often it meets"), format="code", vocabulary="meeting_frequency")
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", default="IDR")
    share_value: Mapped[int | None] = field(
        N_("Value of a share"), format="money", required=True, type_=sa.BigInteger()
    )
    most_shares: Mapped[int | None] = field(N_("Most shares at a meeting"), format="integer", type_=sa.Integer())
    loan_fee: Mapped[float | None] = field(
        N_("Loan fee (% a month)"), format="number", type_=sa.Numeric(6, 2, asdecimal=False)
    )
    constitution: Mapped[bool | None] = field(N_("Rules written down?"), format="yes_no")
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="group_state", default="aktif")
    shared_out_on: Mapped[dt.date | None] = field(N_("Shared out on"), format="date", type_=sa.Date())
    dissolved_on: Mapped[dt.date | None] = field(N_("Dissolved on"), format="date", type_=sa.Date())
    dissolved_why: Mapped[str | None] = field(N_("Why it was dissolved"))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Groups of these villages."""
        return cls.village_code.in_(sorted(villages))


class _OfAGroup(Logged):
    """A record of one group; the group never changes."""

    __abstract__ = True

    group_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    owner: ClassVar[str | None] = "group_id"

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Records of the groups of these villages."""
        return cls.group_id.in_(groups_of(villages))


class GroupMember(_OfAGroup):
    """One member: a client, or a name only."""

    __tablename__ = "group_member"

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    name: Mapped[str | None] = field(N_("Name"), format="name", required=True)
    sex: Mapped[str | None] = field(N_("Sex"), format="code", vocabulary="sex")
    phone: Mapped[str | None] = field(N_("Telephone"), format="phone")
    joined_on: Mapped[dt.date | None] = field(N_("Joined on"), format="date", type_=sa.Date())
    left_on: Mapped[dt.date | None] = field(N_("Left on"), format="date", type_=sa.Date())
    position: Mapped[int | None] = field(N_("Row on the sheet"), format="integer", type_=sa.Integer())


class GroupMeeting(_OfAGroup):
    """One meeting, closed by a count of the box that must come out as the books say."""

    __tablename__ = "group_meeting"

    held_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    cash_counted: Mapped[int | None] = field(
        N_("Cash counted in the box"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    difference_why: Mapped[str | None] = field(N_("Why the box does not come out"), sensitivity=SPECIFIC)
    signed_by: Mapped[str | None] = field(N_("Signed by"))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")


class GroupEntry(_OfAGroup):
    """What one member did at one meeting: shares bought, a fine, a loan taken or paid back. Amounts are never negative;
    the kind says which way the money goes."""

    __tablename__ = "group_entry"

    meeting_id: Mapped[str] = mapped_column(Id, index=True)
    member_id: Mapped[str | None] = mapped_column(Id, index=True)
    loan_id: Mapped[str | None] = mapped_column(Id)
    """For a repayment: the entry by which the loan was given."""
    kind: Mapped[str | None] = field(N_("What"), format="code", vocabulary="group_entry", required=True)
    shares: Mapped[int | None] = field(N_("Shares"), format="integer", type_=sa.Integer())
    amount: Mapped[int | None] = field(N_("Amount"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger())
    months: Mapped[int | None] = field(N_("To be paid back in months"), format="integer", type_=sa.Integer())
    note: Mapped[str | None] = field(N_("Note"), sensitivity=SPECIFIC)
