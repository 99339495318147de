# SPDX-License-Identifier: Apache-2.0
"""Which questionnaires are worth asking a person now. Nobody has to: it is offered, never demanded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.records import FollowUp
from resource_centre.services.questionnaires import Shelved, readable_tables, shelf, table_for
from resource_centre.services.response_lists import ResponseRow, begun_by_me, responses_of
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

BASELINE: Final = "baseline"
SURVEY: Final = "rss"
"""The survey by which reintegration is followed: asked first when somebody's case begins (domain reference 3.5)."""

FOLLOW_UP: Final = "follow_up"


@dataclass(frozen=True)
class Suggested:
    """One questionnaire to be asked now and on which occasion. `due_on` is the follow-up's day, None for a baseline."""

    name: str
    title: str
    occasion: str
    due_on: dt.date | None = None


def suggested(session: Session, person_id: str, *, on: dt.date, in_case: bool) -> list[Suggested]:
    """The survey nobody has asked yet in a case, then what belongs to the follow-ups that are due, the oldest first.

    What was begun already is not suggested again: it is gone on with.
    """
    asked = [*responses_of(session, person_id), *begun_by_me(session, person_id)]
    read = readable_tables(session)
    # Of answers that this account does not read it cannot be said whether they are there.
    known = [one for one in shelf(session) if not one.withdrawn and table_for(one.sensitivity) in read]
    first = _baseline(known, asked) if in_case else ()
    return [*first, *_follow_ups(session, person_id, on, known, asked)]


def _baseline(known: Iterable[Shelved], asked: Iterable[ResponseRow]) -> Iterable[Suggested]:
    if any(one.name == SURVEY for one in asked):
        return
    for one in known:
        if one.name == SURVEY:
            yield Suggested(one.name, one.title, BASELINE)


def _follow_ups(
    session: Session, person_id: str, on: dt.date, known: list[Shelved], asked: list[ResponseRow]
) -> Iterable[Suggested]:
    soon = on + dt.timedelta(days=int(rule("follow_up_grace_days")))
    wanted = select(FollowUp.interval, FollowUp.due_on).where(
        FollowUp.person_id == person_id, FollowUp.voided.is_(False), FollowUp.done_on.is_(None), FollowUp.due_on <= soon
    )
    done = {(one.name, one.occasion) for one in asked}
    found: dict[str, Suggested] = {}
    for interval, due_on in session.execute(wanted.order_by(FollowUp.due_on)):
        occasion = _occasion(interval)
        for one in known:
            if one.kind == FOLLOW_UP and occasion in one.occasions and (one.name, occasion) not in done:
                found.setdefault(one.name, Suggested(one.name, one.title, occasion, due_on))
    return found.values()


def _occasion(interval: str | None) -> str:
    """The occasion that belongs to a step of follow_up_interval: both say how many months."""
    term = vocabulary("follow_up_interval").get(interval)
    months = term.extra.get("months") if term is not None else None
    return f"month_{months}" if months else ""
