# SPDX-License-Identifier: Apache-2.0
"""The list of events, page by page: the newest first, with how many came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Participation, TrainingEvent
from resource_centre.services.event_checks import COUNTED

Which = Literal["all", "planned", "held", "called_off"]


@dataclass(frozen=True)
class EventRow:
    """One event of the list of events; `named` are those on its sheet, `counted` those who came besides. `reach` is an
    estimate of who heard or saw it, and in no sum."""

    id: str
    number: str | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    training_type: str | None
    module: str | None
    topic: str | None
    village_code: str | None
    called_off: bool = False
    named: int = 0
    counted: int = 0
    reach: int | None = None


_OWN: Final = (
    TrainingEvent.id, TrainingEvent.number, TrainingEvent.starts_on, TrainingEvent.ends_on, TrainingEvent.training_type,
    TrainingEvent.module, TrainingEvent.topic, TrainingEvent.village_code,
)  # fmt: skip


def events_of(
    session: Session,
    *,
    since: dt.date | None = None,
    after: EventRow | None = None,
    limit: int = 500,
    which: Which = "all",
    kind: str | None = None,
    year: int | None = None,
    villages: Sequence[str] | None = None,
) -> list[EventRow]:
    """Events, the newest first and those without a day last; `after` is the last row of the page before.

    `which` tells planned ones (their first day is to come), those held and those called off; `villages` are codes of
    villages or of larger places. Reads the rows of the page only.
    """
    conditions = _chosen(which, kind, year, villages)
    if since is not None:
        conditions.append(TrainingEvent.starts_on >= since)
    rows: list[EventRow] = []
    if after is None or after.starts_on is not None:
        rows = _read(session, [*conditions, *_dated(after)], limit)
    if len(rows) < limit:
        last = after if after is not None and after.starts_on is None else None
        rows += _read(session, [*conditions, *_undated(last)], limit - len(rows))
    return rows


def years_of_events(session: Session) -> list[int]:
    """The years in which there are events, the newest first."""
    event = TrainingEvent
    ends = select(func.min(event.starts_on), func.max(event.starts_on)).where(event.voided.is_(False))
    first, last = session.execute(ends).one()
    return list(range(last.year, first.year - 1, -1)) if first is not None and last is not None else []


def _read(session: Session, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[EventRow]:
    event = TrainingEvent
    named = (
        select(func.count())
        .where(Participation.event_id == event.id, Participation.voided.is_(False))
        .scalar_subquery()
    )
    came = sum((func.coalesce(getattr(event, name), 0) for name in COUNTED[1:]), func.coalesce(event.counted_women, 0))
    wanted = select(*_OWN, func.coalesce(event.called_off, False), named, came, event.reach)
    rows = wanted.where(event.voided.is_(False), *conditions).order_by(event.starts_on.desc(), event.id.desc())
    return [EventRow(*row) for row in session.execute(rows.limit(limit))]


def _chosen(
    which: Which, kind: str | None, year: int | None, villages: Sequence[str] | None
) -> list[ColumnElement[bool]]:
    event = TrainingEvent
    conditions: list[ColumnElement[bool]] = []
    if which == "called_off":
        conditions.append(event.called_off.is_(True))
    elif which != "all":
        to_come: Any = event.starts_on > today()
        conditions += [event.called_off.is_not(True), to_come if which == "planned" else ~to_come]
    if kind is not None:
        conditions.append(event.training_type == kind)
    if year is not None:
        conditions.append(event.starts_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if villages is not None:
        conditions.append(or_(*(event.village_code.startswith(code) for code in villages), false()))
    return conditions


def _dated(last: EventRow | None) -> list[ColumnElement[bool]]:
    """Those with a first day, below the last one; in a form that reads along the index."""
    event = TrainingEvent
    if last is None:
        return [event.starts_on.is_not(None)]
    return [event.starts_on <= last.starts_on, or_(event.starts_on < last.starts_on, event.id < last.id)]


def _undated(last: EventRow | None) -> list[ColumnElement[bool]]:
    return [TrainingEvent.starts_on.is_(None), *([TrainingEvent.id < last.id] if last is not None else [])]
