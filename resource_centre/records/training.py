# SPDX-License-Identifier: Apache-2.0
"""Training events and who took part. A participant may be a light record: a name that is not (yet) a client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, Base, Id, Logged, derived, field
from resource_centre.records.owned import people_living_in
from resource_centre.values.names import fold_name


def events_in(villages: frozenset[str]) -> sa.Select[tuple[str]]:
    """Ids of the events held in these villages."""
    event = Base.metadata.tables["training_event"]
    return sa.select(event.c.id).where(event.c.village_code.in_(sorted(villages)))


class OfAnEvent(Logged):
    """A record of one event; the event never changes."""

    __abstract__ = True

    event_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    owner: ClassVar[str | None] = "event_id"

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Records of events held in these villages."""
        return cls.event_id.in_(events_in(villages))


class TrainingEvent(Logged):
    """A class, a training of trainers, an awareness meeting, a dialogue. Whether it is planned or held its days say."""

    __tablename__ = "training_event"

    curriculum_id: Mapped[str | None] = mapped_column(Id)
    """The curriculum it was held by, in the version of that day."""
    module_ids: Mapped[list[str] | None] = mapped_column(JSON)
    """The modules of that curriculum that were taught, in their order."""
    repeats_id: Mapped[str | None] = mapped_column(Id)
    """The event it was made from for another village."""
    number: Mapped[str | None] = field(N_("Number"), index=True)
    training_type: Mapped[str | None] = field(
        N_("Kind of event"), format="code", vocabulary="training_type", required=True, default="kelas"
    )
    module: Mapped[str | None] = field(N_("Module"), format="code", vocabulary="module")
    further_modules: Mapped[list[str] | None] = field(
        N_("Further modules"), format="codes", vocabulary="module", type_=JSON
    )
    topic: Mapped[str | None] = field(N_("Topic as announced"))
    starts_on: Mapped[dt.date | None] = field(
        N_("First day"), format="date", required=True, index=True, type_=sa.Date()
    )
    ends_on: Mapped[dt.date | None] = field(N_("Last day"), format="date", type_=sa.Date())
    meets_on: Mapped[list[str] | None] = field(
        N_("Days it meets on"),
        format="dates",
        help=N_("Only when it does not meet on every day from the first to the last."),
        type_=JSON,
    )
    hours: Mapped[float | None] = field(N_("Contact hours"), format="number", type_=sa.Numeric(6, 2, asdecimal=False))
    village_code: Mapped[str | None] = field(N_("Village"), format="place")
    venue: Mapped[str | None] = field(N_("Venue"))
    target_group: Mapped[str | None] = field(N_("Target group"), format="code", vocabulary="target_group")
    trainer: Mapped[str | None] = field(N_("Lead trainer"))
    co_trainers: Mapped[str | None] = field(N_("Co-trainers"))
    partner: Mapped[str | None] = field(N_("Partner"))
    languages: Mapped[list[str] | None] = field(N_("Languages"), format="codes", vocabulary="language", type_=JSON)
    programme: Mapped[str | None] = field(N_("Programme"))
    fund: Mapped[str | None] = field(N_("Paid from"))
    cost: Mapped[int | None] = field(N_("Cost"), format="money", type_=sa.BigInteger())
    called_off: Mapped[bool | None] = field(N_("Called off?"), format="yes_no")
    reach: Mapped[int | None] = field(
        N_("People reached"),
        format="integer",
        help=N_("An estimate of who heard or saw it, such as a radio's listeners. Never counted as people served."),
        type_=sa.Integer(),
    )
    reach_basis: Mapped[str | None] = field(N_("How that was estimated"))
    counted_women: Mapped[int | None] = field(
        N_("Women, counted only"),
        format="integer",
        help=N_("Who came besides those named on the sheet."),
        type_=sa.Integer(),
    )
    counted_men: Mapped[int | None] = field(N_("Men, counted only"), format="integer", type_=sa.Integer())
    counted_others: Mapped[int | None] = field(N_("Counted only, sex not noted"), format="integer", type_=sa.Integer())
    counted_minors: Mapped[int | None] = field(N_("Of those counted, under 18"), format="integer", type_=sa.Integer())
    counted_disability: Mapped[int | None] = field(
        N_("Of those counted, with a disability"), format="integer", sensitivity=SPECIFIC, type_=sa.Integer()
    )
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Events held in these villages."""
        return cls.village_code.in_(sorted(villages))


class Participation(Logged):
    """One participant of one event: linked to a person, or a light record.

    `days` holds one mark per day of the event: H present, T late, I excused, A absent, - not marked.
    """

    __tablename__ = "participation"

    event_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    name: Mapped[str | None] = field(N_("Name"), format="name")
    sex: Mapped[str | None] = field(N_("Sex"), format="code", vocabulary="sex")
    age: Mapped[int | None] = field(N_("Age"), format="integer", type_=sa.Integer())
    client_type: Mapped[str | None] = field(N_("Client type"), format="code", vocabulary="client_type")
    village_code: Mapped[str | None] = field(N_("Village"), format="place")
    phone: Mapped[str | None] = field(N_("Telephone"), format="phone")
    disability: Mapped[bool | None] = field(N_("With a disability?"), format="yes_no", sensitivity=SPECIFIC)
    organisation: Mapped[str | None] = field(N_("Institution"), index=True)
    sector: Mapped[str | None] = field(N_("Sector"), format="code", vocabulary="sector")
    country: Mapped[str | None] = field(N_("Country"), format="code", vocabulary="country")
    days: Mapped[str | None] = field(N_("Attendance"), format="days")
    pre_score: Mapped[float | None] = field(
        N_("Pre-test (%)"), format="number", type_=sa.Numeric(6, 2, asdecimal=False)
    )
    post_score: Mapped[float | None] = field(
        N_("Post-test (%)"), format="number", type_=sa.Numeric(6, 2, asdecimal=False)
    )
    oral: Mapped[bool | None] = field(N_("Test read aloud?"), format="yes_no")
    position: Mapped[int | None] = field(N_("Row on the sheet"), format="integer", type_=sa.Integer())
    month_3_result: Mapped[str | None] = field(
        N_("After 3 months"), format="code", vocabulary="follow_up_result", help=N_("Why nobody could be asked.")
    )
    month_6_result: Mapped[str | None] = field(
        N_("After 6 months"), format="code", vocabulary="follow_up_result", help=N_("Why nobody could be asked.")
    )
    not_same_ids: Mapped[list[str] | None] = mapped_column(JSON)
    """Registered people whom somebody has compared with this light record and found to be others."""
    name_key: Mapped[str | None] = derived(index=True)

    owner: ClassVar[str | None] = "event_id"

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The folded name by which a light record is found again."""
        return {"name_key": fold_name(values.get("name") or "")}

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Participants of events in these villages, and people who live there."""
        return sa.or_(cls.event_id.in_(events_in(villages)), cls.person_id.in_(people_living_in(villages)))


class Certificate(OfAnEvent):
    """What was certified to one participant; the name is the one printed.

    The id follows from the participation and how many were withdrawn before, so that two desks make one.
    """

    __tablename__ = "certificate"

    participation_id: Mapped[str] = mapped_column(Id, index=True)
    number: Mapped[str | None] = field(N_("Number"), index=True)
    name: Mapped[str | None] = field(N_("Name"), format="name", required=True)
    issued_on: Mapped[dt.date | None] = field(N_("Issued on"), format="date", required=True, type_=sa.Date())
    signed_by: Mapped[str | None] = field(N_("Signed by"))
    withdrawn_on: Mapped[dt.date | None] = field(N_("Withdrawn on"), format="date", type_=sa.Date())
    """The day it was declared void; the reason is that of the voided record. One given again has another number."""
