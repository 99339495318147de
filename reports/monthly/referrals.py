# SPDX-License-Identifier: Apache-2.0
"""Table R18: referrals by kind of provider, as they stood on the last day of the period, for all sent in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.clock import today
from resource_centre.records import Provider, Referral
from resource_centre.vocabulary import vocabulary

REFUSED: Final = "ditolak"
LONG: Final = 14
"""Days after which a referral that waits is counted as waiting long (domain reference 5.2)."""


@dataclass(frozen=True)
class Referred:
    """Referrals sent in one period. `completed` were served, `pending` neither served nor ended by its last day;
    `days` are those from sending to the service, of each one that was served."""

    made: int = 0
    accepted: int = 0
    completed: int = 0
    pending: int = 0
    waiting_long: int = 0
    refused: int = 0
    days: tuple[int, ...] = field(default=(), repr=False)

    @property
    def median_days(self) -> float | None:
        """The median of the days; None when nobody was served."""
        return float(median(self.days)) if self.days else None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {name: value for name, value in asdict(self).items() if name != "days"} | {
            "median_days": self.median_days
        }


@dataclass(frozen=True)
class ReferralLine:
    """One kind of provider, in month, year and project."""

    provider_type: str
    month: Referred
    year: Referred
    project: Referred

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        periods = {name: getattr(self, name).as_dict() for name in ("month", "year", "project")}
        return {"provider_type": self.provider_type, **periods}


def referral_lines(session: Session, span: Span, scope: Scope) -> tuple[ReferralLine, ...]:
    """R18: a line for each kind of provider somebody was sent to."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(_asked(span, scope)):
        found[row.provider_type or UNKNOWN].append(row)
    codes = [*vocabulary("provider_type").codes, UNKNOWN]
    return tuple(_line(code, found[code], span) for code in codes if code in found)


@kept
def _asked(span: Span, scope: Scope) -> Any:
    columns = (Provider.provider_type, Referral.sent_on, Referral.received_on, Referral.served_on, Referral.ended_on)
    return (
        sa.select(*columns, Referral.status)
        .select_from(Referral)
        .outerjoin(Provider, Provider.id == Referral.provider_id)
        .where(span.within(Referral.sent_on), Referral.voided.is_(False))
        .where(*scope.of_people(Referral.person_id), *scope.of_work(Referral))
    )


def together(lines: Iterable[ReferralLine]) -> ReferralLine:
    """All kinds of provider in one line."""
    known = tuple(lines)
    sums = (_sum(getattr(line, name) for line in known) for name in ("month", "year", "project"))
    return ReferralLine("", *sums)


def _line(code: str, rows: list[Any], span: Span) -> ReferralLine:
    return ReferralLine(
        code, *(_sum(_one(row, period) for row in rows if row.sent_on >= period.first) for period in span)
    )


def _one(row: Any, period: Period) -> Referred:
    accepted, served, ended = (_by(day, period.last) for day in (row.received_on, row.served_on, row.ended_on))
    refused = ended and row.status == REFUSED
    pending = not served and not ended
    return Referred(
        made=1,
        accepted=int((accepted or served) and not refused),
        completed=int(served),
        pending=int(pending),
        waiting_long=int(pending and (min(period.last, today()) - row.sent_on).days > LONG),
        refused=int(refused),
        days=((row.served_on - row.sent_on).days,) if served else (),
    )


def _by(day: dt.date | None, last: dt.date) -> bool:
    return day is not None and day <= last


def _sum(each: Iterable[Referred]) -> Referred:
    known = tuple(each)
    names = ("made", "accepted", "completed", "pending", "waiting_long", "refused")
    days = tuple(sorted(day for one in known for day in one.days))
    made, accepted, completed, pending, waiting_long, refused = (
        sum(getattr(one, name) for one in known) for name in names
    )
    return Referred(made, accepted, completed, pending, waiting_long, refused, days)
