# SPDX-License-Identifier: Apache-2.0
"""Training events and who took part. A participant may be a light record: a name that is not (yet) a client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import Base, Id, Logged, derived, field
from resource_centre.records.owned import people_living_in
from resource_centre.values.names import fold_name


class TrainingEvent(Logged):
    """A class, a training of trainers, an awareness meeting."""

    __tablename__ = "training_event"

    number: Mapped[str | None] = field(N_("Number"), index=True)
    training_type: Mapped[str | None] = field(
        N_("Kind of event"), format="code", vocabulary="training_type", required=True, default="kelas"
    )
    module: Mapped[str | None] = field(N_("Module"), format="code", vocabulary="module")
    topic: Mapped[str | None] = field(N_("Topic as announced"))
    starts_on: Mapped[dt.date | None] = field(
        N_("First day"), format="date", required=True, index=True, type_=sa.Date()
    )
    ends_on: Mapped[dt.date | None] = field(N_("Last day"), format="date", type_=sa.Date())
    hours: Mapped[float | None] = field(N_("Contact hours"), format="number", type_=sa.Numeric(6, 2, asdecimal=False))
    village_code: Mapped[str | None] = field(N_("Village"), format="place")
    venue: Mapped[str | None] = field(N_("Venue"))
    target_group: Mapped[str | None] = field(N_("Target group"), format="code", vocabulary="target_group")
    trainer: Mapped[str | None] = field(N_("Lead trainer"))
    co_trainers: Mapped[str | None] = field(N_("Co-trainers"))
    partner: Mapped[str | None] = field(N_("Partner"))
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
    days: Mapped[str | None] = field(N_("Attendance"), format="days")
    pre_score: Mapped[float | None] = field(
        N_("Pre-test (%)"), format="number", type_=sa.Numeric(6, 2, asdecimal=False)
    )
    post_score: Mapped[float | None] = field(
        N_("Post-test (%)"), format="number", type_=sa.Numeric(6, 2, asdecimal=False)
    )
    position: Mapped[int | None] = field(N_("Row on the sheet"), format="integer", type_=sa.Integer())
    name_key: Mapped[str | None] = derived()

    owner: ClassVar[str | None] = "event_id"

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The folded name by which a light record is found again."""
        return {"name_key": fold_name(values.get("name") or "")}

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Participants of events in these villages, and people who live there."""
        event = Base.metadata.tables["training_event"]
        here = sa.select(event.c.id).where(event.c.village_code.in_(sorted(villages)))
        return sa.or_(cls.event_id.in_(here), cls.person_id.in_(people_living_in(villages)))
