# SPDX-License-Identifier: Apache-2.0
"""The front desk: a contact, which may be anonymous, and the services given."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, Id, Logged, field
from resource_centre.records.owned import people_living_in


class Contact(Logged):
    """One meeting at the front desk, by telephone or in the village; the person may stay unnamed."""

    __tablename__ = "contact"

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    case_id: Mapped[str | None] = mapped_column(Id)
    referral_id: Mapped[str | None] = mapped_column(Id)
    held_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    channel: Mapped[str | None] = field(N_("Channel"), format="code", vocabulary="channel", required=True)
    client_type: Mapped[str | None] = field(N_("Client type"), format="code", vocabulary="client_type")
    sex: Mapped[str | None] = field(N_("Sex"), format="code", vocabulary="sex")
    village_code: Mapped[str | None] = field(N_("Village"), format="place")
    age_band: Mapped[str | None] = field(N_("Age"), format="code", vocabulary="age_band")
    asked_by: Mapped[str | None] = field(N_("Who asks"), format="code", vocabulary="asker")
    reasons: Mapped[list[str] | None] = field(
        N_("Reasons for the visit"), format="codes", vocabulary="visit_reason", type_=JSON
    )
    heard_from: Mapped[str | None] = field(N_("How they heard of us"), format="code", vocabulary="heard_from")
    staff: Mapped[str | None] = field(N_("Received by"))
    reason: Mapped[str | None] = field(N_("Reason for the visit"), format="paragraph")
    outcome: Mapped[str | None] = field(N_("Outcome"), format="code", vocabulary="outcome")
    minutes: Mapped[int | None] = field(N_("Minutes"), format="integer", type_=sa.Integer())

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Contacts of people who live in these villages, and unnamed ones from there."""
        unnamed = sa.and_(cls.person_id.is_(None), cls.village_code.in_(sorted(villages)))
        return sa.or_(cls.person_id.in_(people_living_in(villages)), unnamed)


class Service(Logged):
    """One service given, at a contact or on its own."""

    __tablename__ = "service"
    __table_args__ = (sa.Index("ix_service_given_on_person", "given_on", "person_id", "voided"),)

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    contact_id: Mapped[str | None] = mapped_column(Id, index=True)
    case_id: Mapped[str | None] = mapped_column(Id)
    service_type: Mapped[str | None] = field(N_("Service"), format="code", vocabulary="service_type", required=True)
    given_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    rehab_form: Mapped[str | None] = field(
        N_("Form of rehabilitation"), format="code", vocabulary="rehab_form", help=N_("For tables of the government.")
    )
    minutes: Mapped[int | None] = field(N_("Minutes"), format="integer", type_=sa.Integer())
    fund: Mapped[str | None] = field(N_("Fund"))
    note: Mapped[str | None] = field(N_("Note"), format="paragraph")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Services to people who live in these villages."""
        return cls.person_id.in_(people_living_in(villages))
