# SPDX-License-Identifier: Apache-2.0
"""What is taught: curricula of modules, in versions (domain reference 4.1)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, Id, field
from resource_centre.records.of_the_centre import OfTheCentre


class Curriculum(OfTheCentre):
    """A set of modules of one version. Once published it stays; a change is a new version with the same `series_id`."""

    __tablename__ = "curriculum"

    series_id: Mapped[str | None] = mapped_column(Id, index=True)
    """The id of its first version."""
    name: Mapped[str | None] = field(N_("Name"), required=True)
    edition: Mapped[str | None] = field(N_("Version"))
    source: Mapped[str | None] = field(N_("Source"), format="paragraph")
    published_on: Mapped[dt.date | None] = field(N_("Published on"), format="date", type_=sa.Date())
    withdrawn_on: Mapped[dt.date | None] = field(N_("No longer used since"), format="date", type_=sa.Date())
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")


class CurriculumModule(OfTheCentre):
    """One module of one version of a curriculum."""

    __tablename__ = "curriculum_module"

    curriculum_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    owner: ClassVar[str | None] = "curriculum_id"

    module: Mapped[str | None] = field(
        N_("Counted as module"),
        format="code",
        vocabulary="module",
        required=True,
        help=N_("Under which module reports count it."),
    )
    title: Mapped[str | None] = field(N_("Title"), required=True)
    phases: Mapped[list[str] | None] = field(
        N_("Phase of migration"), format="codes", vocabulary="migration_phase", type_=JSON
    )
    minutes: Mapped[int | None] = field(N_("Minutes"), format="integer", type_=sa.Integer())
    objectives: Mapped[str | None] = field(N_("What participants can do afterwards"), format="paragraph")
    materials: Mapped[str | None] = field(N_("Materials"), format="paragraph")
    test: Mapped[str | None] = field(N_("Test"), help=N_("Short name of the questionnaire that tests it."))
    position: Mapped[int | None] = field(N_("Place in the curriculum"), format="integer", type_=sa.Integer())
