# SPDX-License-Identifier: Apache-2.0
"""Table R16: follow-ups that were due, by the step of the schedule, and what became of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import FollowUp
from resource_centre.services.follow_ups import NOT_MET
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

PROMISED: Final = "promised"
"""The line of follow-ups that no plan's schedule made, such as a next meeting."""


@dataclass(frozen=True)
class Due:
    """Follow-ups due in one period: done by then or within the days of grace, done later, not done by the period's last
    day; `lost` are those done ones in which nobody was reached."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    lost: int = 0

    def __add__(self, other: Due) -> Due:
        pairs = zip(asdict(self).values(), asdict(other).values(), strict=True)
        return Due(*(one + another for one, another in pairs))


@dataclass(frozen=True)
class DueLine:
    """One step of the schedule, in month, year and project."""

    interval: str
    month: Due
    year: Due
    project: Due


def follow_up_lines(session: Session, span: Span, scope: Scope) -> tuple[DueLine, ...]:
    """R16: a line for each interval that was due, and one for all that no schedule made."""
    sums: dict[str, list[Due]] = defaultdict(lambda: [Due(), Due(), Due()])
    for interval, due_on, done_on, result, count in session.execute(_asked(span, scope)):
        for at, period in enumerate(span):
            if due_on is not None and period.first <= due_on:
                sums[interval or PROMISED][at] += _due(period, due_on, done_on, result, count)
    codes = (*vocabulary("follow_up_interval").codes, UNKNOWN, PROMISED)
    return tuple(DueLine(code, *sums[code]) for code in codes if code in sums)


@kept
def _asked(span: Span, scope: Scope) -> Any:
    columns = (FollowUp.interval, FollowUp.due_on, FollowUp.done_on, FollowUp.result)
    return (
        sa.select(*columns, sa.func.count())
        .where(span.within(FollowUp.due_on), FollowUp.voided.is_(False))
        .where(*scope.of_people(FollowUp.person_id), *scope.of_work(FollowUp))
        .group_by(*columns)
    )


def _due(period: Period, due_on: dt.date, done_on: dt.date | None, result: str | None, count: int) -> Due:
    if done_on is None or done_on > period.last:
        return Due(due=count, open=count)
    lost = count if result == NOT_MET else 0
    if (done_on - due_on).days <= rule("follow_up_grace_days"):
        return Due(due=count, on_time=count, lost=lost)
    return Due(due=count, late=count, lost=lost)
