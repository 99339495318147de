# SPDX-License-Identifier: Apache-2.0
"""How long somebody has been back: what plans and the offers of the government are counted from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.records import MigrationEpisode
from resource_centre.services.rules import rule
from resource_centre.values.partial_date import latest, middle, parse_partial, precision


@dataclass(frozen=True)
class SinceReturn:
    """The last return of somebody, as a partial date, and the days since, reckoned from the middle of what is known."""

    returned: str
    days: int
    about: bool
    """Whether only the month or the year is known."""
    rehabilitation_until: dt.date
    """The last day for rehabilitation by the government: within a year of arrival (BPPMI 6/2023, Permen 33/2025)."""


def since_return(session: Session, person_id: str, *, on: dt.date) -> SinceReturn | None:
    """What is known of a person's last return; None when no return is."""
    own = (MigrationEpisode.person_id == person_id, MigrationEpisode.voided.is_(False))
    returns = session.scalars(select(MigrationEpisode.return_date).where(*own)).all()
    known = [day for day in returns if day is not None and parse_partial(day) is not None]
    return _since(max(known, key=lambda day: (middle(day), day)), on) if known else None


def _since(returned: str, on: dt.date) -> SinceReturn:
    about = precision(returned) != "day"
    window = dt.timedelta(days=int(rule("rehabilitation_days")))
    return SinceReturn(
        returned=returned,
        days=max(0, (on - middle(returned)).days),
        about=about,
        rehabilitation_until=latest(returned) + window,
    )
