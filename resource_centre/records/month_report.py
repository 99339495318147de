# SPDX-License-Identifier: Apache-2.0
"""The month as it was reported, what the coordinator wrote to it, and what was to be reached."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, field
from resource_centre.records.of_the_centre import OfTheCentre
from resource_centre.roles import CASE_WORKERS


class MonthReport(OfTheCentre):
    """The month's report was handed over. The id follows from the month, so that two laptops mean the same one."""

    __tablename__ = "month_report"

    month: Mapped[str | None] = field(N_("Month"), format="partial_date", required=True, index=True)
    reported_on: Mapped[dt.date | None] = field(N_("Reported on"), format="date", required=True, type_=sa.Date())
    reported_by: Mapped[str | None] = field(N_("Reported by"))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The figures as they were handed over, as in the report's JSON; counts only, nobody's name."""
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 of the figures, printed on the report."""


class MonthNarrative(OfTheCentre):
    """What figures do not say: written by the coordinator, printed with them. The id follows from the month."""

    __tablename__ = "month_narrative"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS

    month: Mapped[str | None] = field(N_("Month"), format="partial_date", required=True, index=True)
    achievements: Mapped[str | None] = field(N_("Achievements"), format="paragraph")
    challenges: Mapped[str | None] = field(N_("Challenges"), format="paragraph")
    next_plan: Mapped[str | None] = field(N_("Plan for the next month"), format="paragraph")
    story: Mapped[str | None] = field(
        N_("A story"),
        format="paragraph",
        help=N_("Only with consent to tell it, and with the details changed so that nobody is recognised."),
    )
    story_agreed: Mapped[bool | None] = field(N_("Agreed to by whom it is about?"), format="yes_no")


class IndicatorTarget(OfTheCentre):
    """What an indicator is to come to in a year: of the whole centre, or of what one project pays.

    The id follows from indicator, year and fund.
    """

    __tablename__ = "indicator_target"

    indicator: Mapped[str | None] = field(N_("Indicator"), required=True)
    year: Mapped[int | None] = field(N_("Year"), format="integer", required=True, type_=sa.Integer())
    target: Mapped[float | None] = field(
        N_("Target"), format="number", required=True, type_=sa.Numeric(14, 2, asdecimal=False)
    )
    source: Mapped[str | None] = field(N_("Source"))
    fund: Mapped[str | None] = field(N_("Fund"))
