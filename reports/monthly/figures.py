# SPDX-License-Identifier: Apache-2.0
"""The figures of a month, typed: what is tested, printed and written as JSON. Definitions: domain reference 5.2."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counselling import Counselling, counselling
from reports.monthly.counts import BySex, Line
from reports.monthly.headline import Indicator, Parts, headline
from reports.monthly.people import Served, places, served, villages
from reports.monthly.periods import Period, month_of, months_back, periods_to
from reports.monthly.returnees import returnees
from reports.monthly.training import Training, training
from reports.monthly.trend import TrendMonth, trend
from resource_centre import __version__
from resource_centre.records import CentreProfile, CounsellingSession, Person, TrainingEvent
from resource_centre.values.partial_date import earliest
from resource_centre.vocabulary import vocabulary

TREND_MONTHS: Final = 13
Progress = Callable[[str], None]


@dataclass(frozen=True)
class AgeLine:
    """One row of R2: new and returning people of an age band, in the month and in the year so far."""

    band: str
    new_month: BySex
    returning_month: BySex
    new_year: BySex
    returning_year: BySex

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        names = ("new_month", "returning_month", "new_year", "returning_year")
        return {"band": self.band, **{name: getattr(self, name).as_dict() for name in names}}


@dataclass(frozen=True)
class MonthlyFigures:
    """A month's report as numbers. `cut_off` is when it was read; later changes are not in it."""

    month: Period
    year: Period
    project: Period
    cut_off: dt.datetime
    version: str
    centre_name: str
    indicators: tuple[Indicator, ...]
    ages: tuple[AgeLine, ...]
    places: tuple[Line, ...]
    return_types: tuple[Line, ...]
    destinations: tuple[Line, ...]
    counselling: Counselling
    training_month: Training
    training_year: Training
    trend: tuple[TrendMonth, ...]

    def indicator(self, code: str) -> Indicator:
        """One line of R1. KeyError when there is none of this code."""
        return {indicator.code: indicator for indicator in self.indicators}[code]

    def identities(self) -> dict[str, bool]:
        """What must hold between the figures; printed with the report."""
        served, new, returning = (
            self.indicator(code) for code in ("persons_served", "new_clients", "returning_clients")
        )
        periods = ("month", "year", "project")
        return {
            "new_and_returning_is_served": all(
                getattr(new, period) + getattr(returning, period) == getattr(served, period) for period in periods
            ),
            "places_are_served": sum((line.month for line in self.places if "." not in line.code), BySex())
            == served.month,
        }

    def as_dict(self) -> dict[str, Any]:
        """Everything for JSON, with the table numbers of the domain reference as keys."""
        return {
            "month": self.month.month,
            "year_from": self.year.first.isoformat(),
            "project_from": self.project.first.isoformat(),
            "cut_off": self.cut_off.isoformat(timespec="seconds"),
            "version": self.version,
            "centre": self.centre_name,
            "R1": [indicator.as_dict() for indicator in self.indicators],
            "R2": [line.as_dict() for line in self.ages],
            "R4": [line.as_dict() for line in self.places],
            "R6": [line.as_dict() for line in self.return_types],
            "R7": [line.as_dict() for line in self.destinations],
            "R15": self.counselling.as_dict(),
            "R20": {"month": self.training_month.as_dict()["events"], "year": self.training_year.as_dict()["events"]},
            "R21": {"month": self.training_month.as_dict()["gains"], "year": self.training_year.as_dict()["gains"]},
            "trend": [point.as_dict() for point in self.trend],
            "identities": self.identities(),
        }


def monthly_figures(
    session: Session, month: str, *, place: str | None = None, progress: Progress = lambda _stage: None
) -> MonthlyFigures:
    """The figures of a calendar month, written as 2026-10, as far as the session's account may see them.

    `place` (a code) keeps only the places within it in the table by place. `progress` is told each stage. ValueError
    when `month` is not a month.
    """
    this = month_of(month)
    profile = session.scalars(sa.select(CentreProfile).order_by(CentreProfile.id).limit(1)).first()
    periods = periods_to(this, _started(session, profile))
    progress("people")
    parts = Parts(
        served=served(session, periods),
        villages=villages(session, periods),
        returnees=returnees(session, periods),
        counselling=counselling(session, periods),
        training=tuple(training(session, period) for period in periods),
    )
    progress("tables")
    return MonthlyFigures(
        month=this,
        year=periods.year,
        project=periods.project,
        cut_off=dt.datetime.now().astimezone(),
        version=__version__,
        centre_name=(profile.name if profile else None) or "",
        indicators=headline(session, periods, parts),
        ages=_ages(parts.served[0], parts.served[1]),
        places=_within(places(parts.villages[0], parts.villages[1]), place),
        return_types=parts.returnees.return_types,
        destinations=parts.returnees.destinations,
        counselling=parts.counselling,
        training_month=parts.training[0],
        training_year=parts.training[1],
        trend=trend(session, months_back(this, TREND_MONTHS)),
    )


def _started(session: Session, profile: CentreProfile | None) -> dt.date:
    """The project's first day; where it is not known, the first day anything was recorded."""
    if profile and profile.project_starts_on:
        return earliest(profile.project_starts_on)
    firsts = (
        session.scalar(sa.select(sa.func.min(CounsellingSession.held_on))),
        session.scalar(sa.select(sa.func.min(Person.registered_on))),
        session.scalar(sa.select(sa.func.min(TrainingEvent.starts_on))),
    )
    return min((first for first in firsts if first), default=dt.date.max)


def _ages(month: Served, year: Served) -> tuple[AgeLine, ...]:
    order = vocabulary("age_band").codes
    parts = (month.new, month.returning, year.new, year.returning)
    empty = BySex()
    shown = [code for code in order if any(code in part for part in parts)]
    return tuple(AgeLine(code, *(part.get(code, empty) for part in parts)) for code in shown)


def _within(found: tuple[Line, ...], place: str | None) -> tuple[Line, ...]:
    if place is None:
        return found
    return tuple(line for line in found if line.code == place or line.code.startswith(f"{place}."))
