# SPDX-License-Identifier: Apache-2.0
"""The months before, for the one chart: people served, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import sources
from reports.monthly.counts import BySex, by_sex
from reports.monthly.periods import Period
from resource_centre.records import Person


@dataclass(frozen=True)
class TrendMonth:
    """The people served in one month (2026-10)."""

    month: str
    served: BySex

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"month": self.month, "served": self.served.as_dict()}


def trend(session: Session, months: list[Period]) -> tuple[TrendMonth, ...]:
    """People served in each of these consecutive months, in one statement."""
    parts = []
    for person, day, statement in sources(months[0].first, months[-1].last):
        month = sa.func.substr(sa.cast(day, sa.Text()), 1, 7).label("month")
        parts.append(statement.with_only_columns(month, person.label("person_id")))
    seen = sa.union(*parts).subquery("seen")
    wanted = (
        sa.select(seen.c.month, Person.sex, sa.func.count())
        .join_from(seen, Person, Person.id == seen.c.person_id)
        .where(Person.voided.is_(sa.false()))
        .group_by(seen.c.month, Person.sex)
    )
    found: dict[str, BySex] = {}
    for name, sex, count in session.execute(wanted):
        found[name] = found.get(name, BySex()) + by_sex(sex, count)
    return tuple(TrendMonth(period.month, found.get(period.month, BySex())) for period in months)
