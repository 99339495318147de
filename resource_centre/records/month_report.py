# SPDX-License-Identifier: Apache-2.0
"""Which months have been reported: what changes in them afterwards has to be said."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import field
from resource_centre.records.of_the_centre import OfTheCentre


class MonthReport(OfTheCentre):
    """The month's report was handed over. The id follows from the month, so that two laptops mean the same one."""

    __tablename__ = "month_report"

    month: Mapped[str | None] = field(N_("Month"), format="partial_date", required=True, index=True)
    reported_on: Mapped[dt.date | None] = field(N_("Reported on"), format="date", required=True, type_=sa.Date())
    reported_by: Mapped[str | None] = field(N_("Reported by"))
