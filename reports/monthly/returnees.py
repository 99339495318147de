# SPDX-License-Identifier: Apache-2.0
"""Tables R6 and R7: the returnees registered, by kind of return and by the country they came back from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN, BySex, Line, by_sex, by_size, lines
from reports.monthly.periods import NAMES, Periods
from resource_centre.records import MigrationEpisode, Person
from resource_centre.vocabulary import vocabulary

ON_LEAVE: Final = "CUTI"
"""Home on leave and going back: not a returnee (domain reference 1.7)."""


@dataclass(frozen=True)
class Returnees:
    """People registered who came back from abroad other than on leave; `total` holds month, year and project."""

    total: tuple[BySex, ...]
    return_types: tuple[Line, ...]
    destinations: tuple[Line, ...]


def returnees(session: Session, periods: Periods) -> Returnees:
    """Everybody once, by the first stay recorded of those that count."""
    first = _first_return()
    keys = (first.c.kind, first.c.country, Person.sex)
    wanted = (
        sa.select(*keys, *periods.counts(Person.registered_on))
        .join_from(Person, first, first.c.person_id == Person.id)
        .where(periods.project.holds(Person.registered_on), Person.voided.is_(sa.false()), first.c.place == 1)
        .group_by(*keys)
    )
    total = [BySex() for _name in NAMES]
    kinds = [defaultdict[str, BySex](BySex) for _name in NAMES]
    countries = [defaultdict[str, BySex](BySex) for _name in NAMES]
    for kind, country, sex, *counts in session.execute(wanted):
        for place, count in enumerate(counts):
            if count:
                people = by_sex(sex, count)
                total[place] += people
                kinds[place][kind or UNKNOWN] += people
                countries[place][country or UNKNOWN] += people
    order = vocabulary("return_type").codes
    return Returnees(tuple(total), lines(kinds[0], kinds[1], order), by_size(countries[0], countries[1]))


def _first_return() -> sa.Subquery:
    """Of each person the stays abroad that count, numbered in the order they were recorded."""
    order: Any = sa.func.row_number().over(partition_by=MigrationEpisode.person_id, order_by=MigrationEpisode.id)
    kind = MigrationEpisode.return_type
    came_back = sa.or_(MigrationEpisode.return_date.is_not(None), kind.is_not(None))
    return (
        sa.select(
            MigrationEpisode.person_id,
            kind.label("kind"),
            MigrationEpisode.destination_country.label("country"),
            order.label("place"),
        )
        .where(MigrationEpisode.voided.is_(sa.false()), came_back, sa.or_(kind.is_(None), kind != ON_LEAVE))
        .subquery("first_return")
    )
