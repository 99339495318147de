# SPDX-License-Identifier: Apache-2.0
"""How long somebody has been back: what plans and the offers of the government are counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.records import MigrationEpisode
from resource_centre.services.rules import rule
from resource_centre.values.partial_date import latest, middle, parse_partial, precision

AT_ONCE: Final = 500
"""People asked for in one question; databases bound how many values one may hold."""


@dataclass(frozen=True)
class SinceReturn:
    """The last return of somebody, as a partial date, and the days since, reckoned from the middle of what is known."""

    returned: str
    days: int
    about: bool
    """Whether only the month or the year is known."""
    rehabilitation_until: dt.date
    """The last day for rehabilitation by the government: within a year of arrival (BPPMI 6/2023, Permen 33/2025)."""


def since_returns(session: Session, person_ids: Iterable[str], *, on: dt.date) -> dict[str, SinceReturn]:
    """What is known of the last returns of several people, by person; who never came back is left out."""
    people = list(person_ids)
    returns: dict[str, list[str]] = {}
    for start in range(0, len(people), AT_ONCE):
        own = (MigrationEpisode.person_id.in_(people[start : start + AT_ONCE]), MigrationEpisode.voided.is_(False))
        stays = select(MigrationEpisode.person_id, MigrationEpisode.return_date).where(*own)
        for person_id, day in session.execute(stays):
            if day is not None and parse_partial(day) is not None:
                returns.setdefault(person_id, []).append(day)
    return {person_id: last_of(days, on) for person_id, days in returns.items()}


def since_return(session: Session, person_id: str, *, on: dt.date) -> SinceReturn | None:
    """What is known of a person's last return; None when no return is."""
    return since_returns(session, [person_id], on=on).get(person_id)


def last_of(returns: list[str], on: dt.date) -> SinceReturn:
    """The last of some returns, canonical partial dates, as seen on a day."""
    return _since(max(returns, key=lambda day: (middle(day), day)), on)


def _since(returned: str, on: dt.date) -> SinceReturn:
    about = precision(returned) != "day"
    window = dt.timedelta(days=int(rule("rehabilitation_days")))
    return SinceReturn(
        returned=returned,
        days=max(0, (on - middle(returned)).days),
        about=about,
        rehabilitation_until=latest(returned) + window,
    )
