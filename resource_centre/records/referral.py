# SPDX-License-Identifier: Apache-2.0
"""Whom we refer to, and referrals from the letter to the outcome (domain reference 1.10, 6.9)."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, Id, Logged, field
from resource_centre.records.owned import Owned


class Provider(Logged):
    """An entry of the referral directory."""

    __tablename__ = "provider"

    name: Mapped[str | None] = field(N_("Name"), required=True)
    provider_type: Mapped[str | None] = field(
        N_("Kind of provider"), format="code", vocabulary="provider_type", required=True
    )
    services: Mapped[list[str] | None] = field(
        N_("Services"), format="codes", vocabulary="referral_service", type_=JSON
    )
    place_code: Mapped[str | None] = field(N_("Place"), format="place")
    address: Mapped[str | None] = field(N_("Address"))
    phone: Mapped[str | None] = field(N_("Telephone"), format="phone")
    email: Mapped[str | None] = field(N_("E-mail"))
    contact_person: Mapped[str | None] = field(N_("Contact person"))
    hours: Mapped[str | None] = field(N_("Opening hours"))
    cost: Mapped[str | None] = field(N_("Cost"))
    conditions: Mapped[str | None] = field(N_("What to bring, who is eligible"), format="paragraph")
    verified_on: Mapped[dt.date | None] = field(N_("Verified on"), format="date", type_=sa.Date())
    active: Mapped[bool | None] = field(N_("In use"), format="yes_no", default=True)
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Where help is to be had is no secret."""
        return sa.true()


class Referral(Owned):
    """One referral of one person to one provider."""

    __tablename__ = "referral"
    __table_args__ = (sa.Index("ix_referral_status_due_person", "status", "due_on", "person_id", "voided"),)

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    provider_id: Mapped[str | None] = mapped_column(Id, index=True)
    need_id: Mapped[str | None] = mapped_column(Id)
    contact_id: Mapped[str | None] = mapped_column(Id)
    sent_ms: Mapped[int | None] = mapped_column(sa.BigInteger())
    """When it was sent, in milliseconds since 1970 in UTC: the clock of an emergency runs in hours."""
    number: Mapped[str | None] = field(N_("Number"), index=True)
    made_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    urgency: Mapped[str | None] = field(
        N_("Urgency"), format="code", vocabulary="referral_urgency", required=True, default="normal"
    )
    services: Mapped[list[str] | None] = field(
        N_("Services requested"), format="codes", vocabulary="referral_service", sensitivity=SPECIFIC, type_=JSON
    )
    reason: Mapped[str | None] = field(N_("Reason"), format="paragraph", sensitivity=SPECIFIC)
    already_provided: Mapped[str | None] = field(N_("Already provided"), format="paragraph", sensitivity=SPECIFIC)
    special_needs: Mapped[str | None] = field(N_("Special needs"), sensitivity=SPECIFIC)
    as_code: Mapped[bool | None] = field(N_("Case code in place of the name?"), format="yes_no", default=False)
    shared: Mapped[list[str] | None] = field(
        N_("What is on the letter"), format="codes", vocabulary="referral_data", type_=JSON
    )
    delivery: Mapped[str | None] = field(N_("How it is sent"), format="code", vocabulary="referral_delivery")
    escort: Mapped[str | None] = field(N_("Transport and company"))
    status: Mapped[str | None] = field(N_("State"), format="code", vocabulary="referral_status", default="draf")
    sent_on: Mapped[dt.date | None] = field(N_("Sent on"), format="date", index=True, type_=sa.Date())
    due_on: Mapped[dt.date | None] = field(N_("Answer due on"), format="date", type_=sa.Date())
    received_on: Mapped[dt.date | None] = field(N_("Received on"), format="date", type_=sa.Date())
    served_on: Mapped[dt.date | None] = field(N_("Served on"), format="date", type_=sa.Date())
    ended_on: Mapped[dt.date | None] = field(N_("Ended on"), format="date", type_=sa.Date())
    refusal_reason: Mapped[str | None] = field(N_("Why it was refused"))
    feedback: Mapped[str | None] = field(N_("Feedback of the provider"), format="paragraph", sensitivity=SPECIFIC)
    outcome: Mapped[str | None] = field(N_("Outcome for the client"), format="paragraph", sensitivity=SPECIFIC)
    satisfaction: Mapped[str | None] = field(
        N_("How satisfied the client is"), format="code", vocabulary="satisfaction"
    )


class Complaint(Owned):
    """A complaint and what came of it; amounts in their own currency."""

    __tablename__ = "complaint"
    __table_args__ = (sa.Index("ix_complaint_status_person", "status", "person_id", "voided"),)

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    number: Mapped[str | None] = field(N_("Number"), index=True)
    complaint_type: Mapped[str | None] = field(
        N_("Kind of complaint"), format="code", vocabulary="complaint_type", sensitivity=SPECIFIC, required=True
    )
    opened_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    against: Mapped[str | None] = field(N_("Against whom"), format="code", vocabulary="complaint_party")
    account: Mapped[str | None] = field(N_("What happened"), format="paragraph", sensitivity=SPECIFIC)
    lodged_with: Mapped[str | None] = field(N_("Lodged with"))
    lodged_on: Mapped[dt.date | None] = field(N_("Lodged on"), format="date", type_=sa.Date())
    reference: Mapped[str | None] = field(N_("Their reference"))
    legal_step: Mapped[str | None] = field(N_("Legal step"), format="code", vocabulary="legal_step")
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", default="IDR")
    claimed: Mapped[int | None] = field(
        N_("Amount claimed"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    awarded: Mapped[int | None] = field(
        N_("Amount awarded"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    recovered: Mapped[int | None] = field(
        N_("Amount recovered"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    recovered_on: Mapped[dt.date | None] = field(N_("Recovered on"), format="date", type_=sa.Date())
    status: Mapped[str | None] = field(N_("State"), format="code", vocabulary="complaint_status", default="baru")
    result: Mapped[str | None] = field(N_("Result"), format="code", vocabulary="complaint_result")
    closed_on: Mapped[dt.date | None] = field(N_("Closed on"), format="date", type_=sa.Date())
