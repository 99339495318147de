# SPDX-License-Identifier: Apache-2.0
"""Whether the computer's clock was set back: then today is not today, and every date that is written would be wrong."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre import clock
from resource_centre.records import Change, Site
from resource_centre.services.rules import rule

HOUR_MS = 3_600_000


def last_saved(session: Session) -> dt.datetime | None:
    """When this installation last saved anything, by its own clock, in local time; None in a centre that is new."""
    own = session.info["site"]
    newest = select(Change.wall_ms).join(Site, (Site.id == Change.site) & (Site.last_seq == Change.seq))
    wall_ms = session.scalar(newest.where(Site.id == own))
    return None if wall_ms is None else _local(wall_ms)


def clock_behind(session: Session) -> dt.datetime | None:
    """When something was saved last, if the clock says now that this is still to come; None when all is well."""
    last = last_saved(session)
    if last is None:
        return None
    now = _local(clock.wall_ms() + int(rule("clock_tolerance_hours") * HOUR_MS))
    return last if last > now else None


def _local(wall_ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(wall_ms / 1000, tz=dt.UTC).astimezone()
