# SPDX-License-Identifier: Apache-2.0
"""Which months' reports were handed over: what changes in such a month afterwards is a later correction."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import MonthReport
from resource_centre.services.saving import write_new

NAMESPACE: Final = uuid.UUID("7d0f3e52-6a4b-5c19-9b1e-2f8f5f0c4a61")
"""Makes the id of a month; it never changes, so that two laptops mean the same one."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


def month_of(day: dt.date) -> str:
    """The month of a day, such as "2026-10"."""
    return f"{day:%Y-%m}"


def report_month(session: Session, month: str, *, on: dt.date | None = None, by: str | None = None) -> MonthReport:
    """Write down that the report of a month ("2026-10") was handed over, today if not said otherwise.

    Handed over once more it stays as it was first. Raises `Refused` with a problem of ``month`` when that is no month,
    or one that is not over.
    """
    if _MONTH.fullmatch(month) is None:
        raise Refused("check", (Problem("month", "whole_month"),))
    if month >= month_of(today()):
        raise Refused("check", (Problem("month", "month_not_over"),))
    known = session.get(MonthReport, _id_of(month))
    if known is not None:
        return known
    values = {"id": _id_of(month), "month": month, "reported_on": on or today(), "reported_by": by}
    return write_new(session, MonthReport, values, on=today())


def reported(session: Session, day: dt.date | None) -> dt.date | None:
    """When the report of a day's month was handed over; None when it was not."""
    if day is None:
        return None
    report = MonthReport
    return session.scalar(select(report.reported_on).where(report.id == _id_of(month_of(day)), ~report.voided))


def _id_of(month: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"month_report/{month}"))
