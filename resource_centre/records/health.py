# SPDX-License-Identifier: Apache-2.0
"""What somebody needs for their health. No diagnosis by people who are not clinicians; nothing about HIV, ever."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, field
from resource_centre.records.owned import Owned


class HealthNeed(Owned):
    """Health needs as told on one day (domain reference 2.2, 6.5)."""

    __tablename__ = "health_need"

    told_on: Mapped[dt.date | None] = field(N_("Told on"), format="date", required=True, type_=sa.Date())
    condition: Mapped[str | None] = field(
        N_("General condition"), format="code", vocabulary="health_condition", sensitivity=SPECIFIC
    )
    urgent_care: Mapped[bool | None] = field(N_("Needs care at once?"), format="yes_no", sensitivity=SPECIFIC)
    disability: Mapped[list[str] | None] = field(
        N_("Difficulties"),
        format="codes",
        vocabulary="disability",
        sensitivity=SPECIFIC,
        type_=JSON,
        help=N_("What somebody finds hard to do, as they say it."),
    )
    medication: Mapped[bool | None] = field(N_("Needs medicine regularly?"), format="yes_no", sensitivity=SPECIFIC)
    pregnant: Mapped[bool | None] = field(N_("Pregnant?"), format="yes_no", sensitivity=SPECIFIC)
    pregnancy_due: Mapped[str | None] = field(N_("Child expected"), format="partial_date", sensitivity=SPECIFIC)
    distress: Mapped[bool | None] = field(
        N_("Feels badly burdened?"), format="yes_no", sensitivity=SPECIFIC, help=N_("As the person says it.")
    )
    treated_at: Mapped[str | None] = field(N_("Treated at"), sensitivity=SPECIFIC)
    insurance: Mapped[str | None] = field(N_("Health insurance"), format="code", vocabulary="health_insurance")
    help_needed: Mapped[str | None] = field(N_("Help needed"), format="paragraph", sensitivity=SPECIFIC)


class ArrivalSupport(Owned):
    """What others have given already, at the airport or the harbour or on the way."""

    __tablename__ = "arrival_support"

    kinds: Mapped[list[str] | None] = field(
        N_("Support received"), format="codes", vocabulary="arrival_support", required=True, type_=JSON
    )
    given_on: Mapped[str | None] = field(N_("When"), format="partial_date")
    place: Mapped[str | None] = field(N_("Where"))
    provider: Mapped[str | None] = field(N_("By whom"))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")
