# SPDX-License-Identifier: Apache-2.0
"""Later corrections: what R1 said of a month when it was handed over, and what the same month comes to today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from reports.measures.tables import profile_of
from reports.monthly import desk
from reports.monthly.cascade import trainers
from reports.monthly.case_work import case_work
from reports.monthly.cases import case_flow
from reports.monthly.counselling import counselling
from reports.monthly.counts import UNKNOWN, BySex
from reports.monthly.headline import OF_TODAY, SOMETIMES, Indicator, Parts, Value, headline, plain_value
from reports.monthly.household_savings import savings_goals
from reports.monthly.people import people_served
from reports.monthly.periods import Period, Span, month_of
from reports.monthly.returnees import returnees
from reports.monthly.scope import Scope
from reports.monthly.surveys import surveys
from reports.monthly.training import trainings
from resource_centre.services.kept_figures import same_value
from resource_centre.services.month_reports import KeptMonth, kept_months

_ZERO: Final[Mapping[str, Value]] = {"people": BySex(), "count": 0, "hours": 0}
"""What a line that is not there says; of means it says nothing."""


@dataclass(frozen=True)
class Adjustment:
    """One indicator of one month: `was` when the month was handed over, `now` today."""

    month: str
    indicator: str
    unit: str
    was: Value
    now: Value

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = {"month": self.month, "indicator": self.indicator, "unit": self.unit}
        return told | {"was": plain_value(self.was), "now": plain_value(self.now)}


@dataclass(frozen=True)
class Corrections:
    """The months handed over before the report's own, and every indicator of theirs that has changed since."""

    months: tuple[KeptMonth, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    def of(self, month: str) -> tuple[Adjustment, ...]:
        """Those of one month."""
        return tuple(one for one in self.adjustments if one.month == month)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        months = [
            {
                "month": one.month,
                "handed_over_on": one.reported_on.isoformat(),
                "digest": one.digest,
                "compared": one.figures is not None,
                "two_laptops_differ": one.differs,
            }
            for one in self.months
        ]
        return {"months": months, "adjustments": [one.as_dict() for one in self.adjustments]}


def corrections(session: Session, month: Period) -> Corrections:
    """Of the months of this year and the December before it that were handed over, up to the report's own."""
    kept = kept_months(session, f"{month.first.year - 1:04}-12", month.month)
    return Corrections(tuple(kept), tuple(found for one in kept for found in adjustments(session, one)))


def adjustments(session: Session, kept: KeptMonth) -> Iterator[Adjustment]:
    """What has changed in one month; nothing where no figures were kept."""
    if kept.figures is None:
        return
    was = {one["code"]: one for one in kept.figures["R1"]}
    now = {one.code: one for one in recounted(session, kept.month)}
    for code, unit in ({one["code"]: one["unit"] for one in kept.figures["R1"]} | _units(now)).items():
        if code == OF_TODAY or (code not in was and code not in SOMETIMES):
            continue
        before = read_value(was[code]["month"]) if code in was else _ZERO.get(unit)
        today = now[code].month if code in now else _ZERO.get(unit)
        if not same_value(plain_value(before), plain_value(today)):
            yield Adjustment(kept.month, code, unit, before, today)


def recounted(session: Session, month: str) -> tuple[Indicator, ...]:
    """R1 of a month, of which only the month is counted: the longer periods are the month too."""
    this, scope = month_of(month), Scope()
    span = Span(this, this, this)
    people, flow = people_served(session, span, [this], scope), case_flow(session, span, scope)
    held = counselling(session, span, scope, people.counselled)
    parts = Parts(
        people=people,
        contacts=desk.contacts(session, span, scope),
        returnees=returnees(session, span, scope),
        cases=flow,
        follow_ups=desk.follow_ups(session, span, scope),
        trainings=trainings(session, span, scope),
        trainers=trainers(session, span, scope),
        sessions=held.held,
        surveys=surveys(session, span, scope),
        savings=savings_goals(session, span, scope),
        work=case_work(session, span, scope, flow),
        profile=profile_of(session, span, scope),
    )
    return tuple(one for one in headline(parts) if one.code != OF_TODAY)


def read_value(plain: Any) -> Value:
    """A figure as it stands in JSON."""
    if not isinstance(plain, Mapping):
        value: Value = plain
        return value
    return BySex(plain["L"], plain["P"], plain[UNKNOWN])


def _units(found: Mapping[str, Indicator]) -> dict[str, str]:
    return {code: one.unit for code, one in found.items()}
