# SPDX-License-Identifier: Apache-2.0
"""Who teaches, by whom they were trained, and at which events they taught (domain reference 4.6)."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, Id, field
from resource_centre.records.of_the_centre import OfTheCentre
from resource_centre.records.training import OfAnEvent


class Trainer(OfTheCentre):
    """Somebody who teaches, whether a client or not."""

    __tablename__ = "trainer"

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    participation_id: Mapped[str | None] = mapped_column(Id)
    """Their line on the sheet of the training of trainers."""
    trained_at_id: Mapped[str | None] = mapped_column(Id)
    """The training of trainers at which they learnt it."""
    trained_by_id: Mapped[str | None] = mapped_column(Id, index=True)
    """The trainer who trained them; nobody for the first ones."""
    number: Mapped[str | None] = field(N_("Number"), index=True)
    name: Mapped[str | None] = field(N_("Name"), format="name", required=True)
    sex: Mapped[str | None] = field(N_("Sex"), format="code", vocabulary="sex")
    organisation: Mapped[str | None] = field(N_("Institution"))
    level: Mapped[str | None] = field(N_("Level"), format="code", vocabulary="trainer_level", required=True)
    certified_on: Mapped[dt.date | None] = field(N_("Certified on"), format="date", type_=sa.Date())
    certified_by: Mapped[str | None] = field(N_("Certified by"))
    competence: Mapped[float | None] = field(
        N_("Competence check (%)"), format="number", type_=sa.Numeric(6, 2, asdecimal=False)
    )
    languages: Mapped[list[str] | None] = field(N_("Languages"), format="codes", vocabulary="language", type_=JSON)
    areas: Mapped[list[str] | None] = field(N_("Works in"), format="places", type_=JSON)
    modules: Mapped[list[str] | None] = field(N_("Teaches"), format="codes", vocabulary="module", type_=JSON)
    phone: Mapped[str | None] = field(N_("Telephone"), format="phone")
    ended_on: Mapped[dt.date | None] = field(N_("Teaches no longer since"), format="date", type_=sa.Date())
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")


class EventTrainer(OfAnEvent):
    """Who taught at an event. The id follows from event and trainer."""

    __tablename__ = "event_trainer"

    trainer_id: Mapped[str] = mapped_column(Id, index=True)
    part: Mapped[str | None] = field(
        N_("Part"), format="code", vocabulary="trainer_part", required=True, default="utama"
    )
