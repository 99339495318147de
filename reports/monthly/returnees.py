# SPDX-License-Identifier: Apache-2.0
"""Returnees registered: all together, by kind of return and by the country they came back from (R6, R7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import Counted, Tally
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.monthly.vulnerability import MERGED
from reports.statements import kept
from resource_centre.access import may_read, viewer_of
from resource_centre.records import MigrationEpisode, Person, ProtectionMark
from resource_centre.vocabulary import vocabulary

ON_LEAVE: Final = "CUTI"
"""Home on leave and going back: not a returnee (domain reference 1.7)."""


@dataclass(frozen=True)
class Returnees:
    """People, each counted once, by the day they were registered."""

    registered: Counted
    by_return_type: dict[str, Counted]
    by_country: dict[str, Counted]


def returnees(session: Session, span: Span, scope: Scope) -> Returnees:
    """People registered in the periods who came back from abroad, other than on leave, by their first such return."""
    tally, seen = Tally(), may_read(viewer_of(session).role, ProtectionMark)
    for sex, return_type, country, level, people in session.execute(_grouped(span, scope)):
        for key in ("all", ("type", _shown(return_type, seen)), ("country", country)):
            tally.add(key, level, sex, people)
    return Returnees(tally.counted("all"), tally.under("type"), tally.under("country"))


def _shown(return_type: str | None, seen: bool) -> str | None:
    """The kind of return; what only a protection officer reads is one merged line, for villages an unknown one."""
    term = vocabulary("return_type").get(return_type)
    if return_type != MERGED and (term is None or term.extra.get("top_tier") != "yes"):
        return return_type
    return MERGED if seen else None


@kept
def _grouped(span: Span, scope: Scope) -> Any:
    first = first_returns()
    level = span.level(Person.registered_on).label("level")
    keys = (Person.sex, first.c.return_type, first.c.destination_country)
    return (
        sa.select(*keys, level, sa.func.count())
        .select_from(Person)
        .join(first, first.c.person_id == Person.id)
        .where(first.c.place == 1, span.until(Person.registered_on), level > 0)
        .where(*scope.of_person(), *scope.of_work(Person))
        .group_by(*keys, level)
    )


def first_returns(*further: Any) -> sa.Subquery:
    """Of each person the returns that count, from the first one on; one without a date comes after those with one.

    `further` are columns of the stay besides its kind and country.
    """
    stay = MigrationEpisode
    order = (stay.return_date.is_(None), stay.return_date, stay.id)
    place = sa.func.row_number().over(partition_by=stay.person_id, order_by=order)
    came_back = sa.or_(stay.return_date.is_not(None), stay.return_type.is_not(None))
    not_on_leave = sa.or_(stay.return_type.is_(None), stay.return_type != ON_LEAVE)
    columns = (stay.person_id, stay.return_type, stay.destination_country, place.label("place"), *further)
    return sa.select(*columns).where(stay.voided.is_(False), came_back, not_on_leave).subquery("first_return")
