# SPDX-License-Identifier: Apache-2.0
"""What reports are measured by, what of them has left the centre, and which a centre makes again every month."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, Id, Logged, field
from resource_centre.records.of_the_centre import OfTheCentre
from resource_centre.records.owned import people_living_in
from resource_centre.roles import CASE_WORKERS


class Project(OfTheCentre):
    """What somebody pays the centre for. Records bear its short code as their fund."""

    __tablename__ = "project"

    code: Mapped[str | None] = field(
        N_("Short code"), required=True, index=True, help=N_("As it stands on receipts, for example ILO-26.")
    )
    name: Mapped[str | None] = field(N_("Name of the project"), required=True)
    donor: Mapped[str | None] = field(N_("Who pays"))
    starts_on: Mapped[dt.date | None] = field(N_("From"), format="date", type_=sa.Date())
    ends_on: Mapped[dt.date | None] = field(N_("Until"), format="date", type_=sa.Date())
    currency: Mapped[str | None] = field(N_("Currency"), format="code", vocabulary="currency", default="IDR")
    budget: Mapped[int | None] = field(N_("Budget"), format="money", type_=sa.BigInteger())
    purpose: Mapped[str | None] = field(N_("What it is for"), format="paragraph")


class LogframeLine(OfTheCentre):
    """A line of a logical framework: of a project, or of the centre itself where no project is named."""

    __tablename__ = "logframe_line"

    project_id: Mapped[str | None] = mapped_column(Id, index=True)
    level: Mapped[str | None] = field(N_("Level"), format="code", vocabulary="logframe_level", required=True)
    code: Mapped[str | None] = field(N_("Number"), required=True, help=N_("Puts the lines in order, for example 1.2."))
    statement: Mapped[str | None] = field(N_("What is to be reached"), format="paragraph", required=True)
    indicators: Mapped[list[str] | None] = mapped_column(JSON)
    """Codes of the indicators it is measured by."""
    means: Mapped[str | None] = field(N_("How it is verified"), format="paragraph")
    assumptions: Mapped[str | None] = field(N_("Assumptions"), format="paragraph")


class IndicatorDefinition(OfTheCentre):
    """One edition of what an indicator means, in force from a day on. Its id follows from indicator and edition."""

    __tablename__ = "indicator_definition"

    indicator: Mapped[str | None] = field(N_("Indicator"), required=True, index=True)
    edition: Mapped[int | None] = field(N_("Edition"), format="integer", required=True, type_=sa.Integer())
    valid_from: Mapped[dt.date | None] = field(N_("Valid from"), format="date", required=True, type_=sa.Date())
    name_id: Mapped[str | None] = field(N_("Name in Indonesian"))
    name_en: Mapped[str | None] = field(N_("Name in English"))
    text_id: Mapped[str | None] = field(N_("Definition in Indonesian"), format="paragraph")
    text_en: Mapped[str | None] = field(N_("Definition in English"), format="paragraph")
    unit: Mapped[str | None] = field(N_("Unit"), format="code", vocabulary="indicator_unit")
    direction: Mapped[str | None] = field(
        N_("What is better"), format="code", vocabulary="indicator_direction", default="more"
    )
    formula: Mapped[str | None] = field(N_("The figure it is"))
    """Of an indicator of the centre's own: the key of a figure that reports count."""
    gcm: Mapped[list[str] | None] = field(
        N_("Objectives of the Global Compact"), format="codes", vocabulary="gcm_objective", type_=JSON
    )
    sdg: Mapped[list[str] | None] = field(
        N_("Sustainable Development Goals"), format="codes", vocabulary="sdg_target", type_=JSON
    )
    disaggregation: Mapped[str | None] = field(N_("Told apart by"))
    means: Mapped[str | None] = field(N_("Where the figure comes from"))
    baseline: Mapped[float | None] = field(N_("Baseline"), format="number", type_=sa.Numeric(14, 2, asdecimal=False))
    baseline_on: Mapped[dt.date | None] = field(N_("Baseline of"), format="date", type_=sa.Date())
    baseline_source: Mapped[str | None] = field(N_("Source of the baseline"))


class Publication(OfTheCentre):
    """Figures that left the centre for publication: what of them was hidden must stay hidden in all later ones."""

    __tablename__ = "publication"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS

    first: Mapped[dt.date | None] = field(N_("From"), format="date", required=True, type_=sa.Date())
    last: Mapped[dt.date | None] = field(N_("Until"), format="date", required=True, index=True, type_=sa.Date())
    place: Mapped[str | None] = field(N_("Place"), format="place")
    fund: Mapped[str | None] = field(N_("Fund"))
    threshold: Mapped[int | None] = field(N_("Threshold"), format="integer", required=True, type_=sa.Integer())
    published_on: Mapped[dt.date | None] = field(N_("Published on"), format="date", required=True, type_=sa.Date())
    published_by: Mapped[str | None] = field(N_("Published by"))
    cells: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Of every figure its number and whether it was hidden; counts only, nobody's name."""


class SavedReport(OfTheCentre):
    """A page of the report book: figures picked by hand, made again for every period."""

    __tablename__ = "saved_report"

    title: Mapped[str | None] = field(N_("Title"), required=True)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What is counted, by what, of which period, and how it is shown; codes only."""
    position: Mapped[int | None] = mapped_column(sa.Integer())


class PaperCopy(Logged):
    """A paper was printed or saved: what, which copy, when, by whom. Never whose name stands on it."""

    __tablename__ = "paper_copy"
    __table_args__ = (sa.Index("ix_paper_copy_record_id_kind", "record_id", "kind"),)

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    """Whose paper it is; None for papers about nobody, such as a report."""
    kind: Mapped[str | None] = field(N_("Paper"), required=True)
    record_id: Mapped[str | None] = mapped_column(Id)
    number: Mapped[str | None] = field(N_("Number of the record"))
    copy: Mapped[int | None] = field(N_("Number of the copy"), format="integer", type_=sa.Integer())
    made_at: Mapped[str | None] = mapped_column(sa.String(), index=True)
    """Moment in UTC as ISO text, to the second: sorts as time does."""
    made_by: Mapped[str | None] = field(N_("Made by"))
    way: Mapped[str | None] = field(N_("How"), format="code", vocabulary="paper_way", required=True)
    audience: Mapped[str | None] = field(N_("For whom"), format="code", vocabulary="report_audience")
    locked: Mapped[bool | None] = field(N_("Locked with a password?"), format="yes_no")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Papers of people who live in these villages, and those about nobody."""
        return sa.or_(cls.person_id.is_(None), cls.person_id.in_(people_living_in(villages)))
