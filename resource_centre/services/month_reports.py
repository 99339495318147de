# SPDX-License-Identifier: Apache-2.0
"""Which months' reports were handed over, and with which figures: what changes afterwards is a later correction.

Figures and their digest are written in one save. When two laptops hand over the same month, the log takes both of them
from the same laptop (fields of one save have the same rank); what is read is checked against its digest all the same.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Conflict, MonthReport, Person
from resource_centre.services.kept_figures import as_kept, digest_of, same_figures
from resource_centre.services.saving import write_new

NAMESPACE: Final = uuid.UUID("7d0f3e52-6a4b-5c19-9b1e-2f8f5f0c4a61")
"""Makes the id of a month; it never changes, so that two laptops mean the same one."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


def month_of(day: dt.date) -> str:
    """The month of a day, such as "2026-10"."""
    return f"{day:%Y-%m}"


@dataclass(frozen=True)
class KeptMonth:
    """A month that was handed over. `figures` are None when none were kept, or when they do not fit their digest.

    `differs`: two laptops handed the month over with different figures.
    """

    month: str
    reported_on: dt.date
    figures: Mapping[str, Any] | None
    digest: str | None
    differs: bool = False


def report_month(
    session: Session,
    month: str,
    *,
    on: dt.date | None = None,
    by: str | None = None,
    figures: Mapping[str, Any] | None = None,
) -> MonthReport:
    """Write down that the report of a month ("2026-10") was handed over, today if not said otherwise.

    `figures` are those that were printed: of the whole centre, numbers and codes only. They are kept with their digest.
    Handed over once more everything stays as it was first. Raises `Refused` for somebody who sees a part of the centre
    only, and with a problem of ``month`` when that is no month, or one that is not over.
    """
    if _MONTH.fullmatch(month) is None:
        raise Refused("check", (Problem("month", "whole_month"),))
    if month >= month_of(today()):
        raise Refused("check", (Problem("month", "month_not_over"),))
    if not may_hand_over(session):
        raise Refused("not_allowed")
    known = session.get(MonthReport, _id_of(month))
    if known is not None:
        return known
    values = {"id": _id_of(month), "month": month, "reported_on": on or today(), "reported_by": by}
    return write_new(session, MonthReport, values | _kept(figures), on=today())


def may_hand_over(session: Session) -> bool:
    """Whether this account counts the whole centre, as the figures of a month that is closed must be."""
    return viewer_of(session).bound is None


def kept_months(session: Session, first: str, before: str) -> list[KeptMonth]:
    """The months from `first` up to, without, `before` ("2026-10") that were handed over, in their order."""
    report = MonthReport
    asked = select(report).where(report.month >= first, report.month < before, ~report.voided).order_by(report.month)
    return [_read(session, found) for found in session.scalars(asked)]


def kept_month(session: Session, month: str) -> KeptMonth | None:
    """What was kept of a month ("2026-10") that was handed over; None when it was not."""
    found = session.get(MonthReport, _id_of(month))
    return None if found is None or found.voided else _read(session, found)


def months_to_hand_over(session: Session, *, on: dt.date) -> tuple[str, ...]:
    """The months after the newest that was handed over which are over on a day, oldest first; none for who may not.

    Where none was handed over yet it is the month before, if anything was recorded by then.
    """
    if not may_hand_over(session):
        return ()
    report, last = MonthReport, month_of(on.replace(day=1) - dt.timedelta(days=1))
    newest = session.scalar(select(func.max(report.month)).where(~report.voided))
    if newest is None:
        began = session.scalar(select(func.min(Person.registered_on)).where(~Person.voided))
        return (last,) if began is not None and month_of(began) <= last else ()
    found = []
    while last > newest:
        found.append(last)
        last = month_of(dt.date.fromisoformat(f"{last}-01") - dt.timedelta(days=1))
    return tuple(reversed(found))


def reported(session: Session, day: dt.date | None) -> dt.date | None:
    """When the report of a day's month was handed over; None when it was not."""
    if day is None:
        return None
    report = MonthReport
    return session.scalar(select(report.reported_on).where(report.id == _id_of(month_of(day)), ~report.voided))


def _id_of(month: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"month_report/{month}"))


def _kept(figures: Mapping[str, Any] | None) -> dict[str, Any]:
    if figures is None:
        return {}
    plain = as_kept(figures)
    return {"figures": plain, "digest": digest_of(plain)}


def _read(session: Session, found: MonthReport) -> KeptMonth:
    month, on = found.month or "", found.reported_on or today()
    if found.figures is None and found.digest is None:
        return KeptMonth(month, on, None, None)
    fits = found.figures is not None and digest_of(found.figures) == found.digest
    figures = found.figures if fits else None
    return KeptMonth(month, on, figures, found.digest, not fits or _others(session, found))


def _others(session: Session, found: MonthReport) -> bool:
    """Whether another laptop handed over other figures. The hour they were counted at makes no other figures."""
    asked = select(Conflict.value).where(Conflict.row_id == found.id, Conflict.field == "figures")
    return any(not same_figures(found.figures or {}, lost or {}) for lost in session.scalars(asked))
