# SPDX-License-Identifier: Apache-2.0
"""Running numbers: one gapless series per kind, year and device, made inside the transaction that uses them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.records import CentreProfile, NumberSeries, Site
from resource_centre.values.numbers import compose_number

CLIENT: Final = "C"
CASE: Final = "K"
TRAINING: Final = "T"
REFERRAL: Final = "R"
COMPLAINT: Final = "A"
CERTIFICATE: Final = "B"
TRAINER: Final = "P"
SAVINGS_GROUP: Final = "G"


def next_number(session: Session, series: str, on: dt.date) -> str:
    """The next number of a series (one of those above) in the year of a day."""
    return next_numbers(session, series, on, 1)[0]


def next_numbers(session: Session, series: str, on: dt.date, count: int) -> list[str]:
    """The next `count` numbers, in order; they are taken only when the transaction commits."""
    site = session.scalars(select(CentreProfile.site_code).where(CentreProfile.voided.is_(False)).limit(1)).first()
    device = session.scalars(select(Site.device).where(Site.id == session.info["site"])).first()
    if site is None or device is None:
        raise Refused("not_found")
    row = session.get(NumberSeries, (series, on.year, device), with_for_update=True)
    if row is None:
        row = NumberSeries(series=series, year=on.year, device=device, last=0)
        session.add(row)
    first = row.last + 1
    row.last += count
    session.flush()
    numbers = range(first, first + count)
    return [compose_number(site=site, year=on.year, device=device, series=series, counter=one) for one in numbers]
