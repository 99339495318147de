# SPDX-License-Identifier: Apache-2.0
"""Tables R2, R4, R6 and R7: new and returning people, where they live, how and from where returnees came back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import age_at, people_served, served_before
from reports.monthly.counts import UNKNOWN, BySex, Line, by_sex, by_size, lines
from reports.monthly.periods import Period
from resource_centre.records import Address, MigrationEpisode, Person
from resource_centre.vocabulary import vocabulary

ON_LEAVE: Final = "CUTI"
"""Home on leave and going back: not a returnee (domain reference 1.7)."""

Counted = dict[str, BySex]


@dataclass(frozen=True)
class NewAndReturning:
    """R2 for one period: by age band, people served for the first time ever and people served before."""

    new: Counted
    returning: Counted

    @property
    def new_people(self) -> BySex:
        """All new people."""
        return sum(self.new.values(), BySex())

    @property
    def returning_people(self) -> BySex:
        """All returning people."""
        return sum(self.returning.values(), BySex())


def new_and_returning(session: Session, period: Period) -> NewAndReturning:
    """R2: the people served by sex, age at their first day in the period, and whether they came before."""
    before = served_before(period).label("before")
    wanted = people_served(
        period, Person.sex, before, lambda served: age_at(served.c.day).label("age"), sa.func.count()
    ).group_by("sex", "before", "age")
    new: defaultdict[str, BySex] = defaultdict(BySex)
    returning: defaultdict[str, BySex] = defaultdict(BySex)
    for sex, came_before, age, count in session.execute(wanted):
        (returning if came_before else new)[age_band(age)] += by_sex(sex, count)
    return NewAndReturning(dict(new), dict(returning))


def served_by_sex(session: Session, period: Period, *conditions: Any) -> BySex:
    """The people served, by sex; `conditions` narrow them down."""
    wanted = people_served(period, Person.sex, sa.func.count()).where(*conditions).group_by(Person.sex)
    return sum((by_sex(sex, count) for sex, count in session.execute(wanted)), BySex())


def age_band(age: int | None) -> str:
    """The code of the band an age falls into (code list age_band)."""
    if age is None or age < 0:
        return UNKNOWN
    for term in vocabulary("age_band").terms:
        least, most = term.extra.get("min"), term.extra.get("max")
        if least and int(least) <= age <= (int(most) if most else age):
            return term.code
    return UNKNOWN


def villages(session: Session, period: Period) -> Counted:
    """The people served by the village they lived in on their first day in the period."""
    wanted = people_served(
        period, lambda served: _village_on(served.c.day).label("village"), Person.sex, sa.func.count()
    ).group_by("village", Person.sex)
    return _counted(session, wanted)


def places(month: Counted, year: Counted) -> tuple[Line, ...]:
    """R4: provinces with their regencies, districts and villages, each with the sum of what lies in it."""
    rolled_month, rolled_year = _rolled_up(month), _rolled_up(year)
    codes = sorted((rolled_month.keys() | rolled_year.keys()) - {UNKNOWN})
    return lines(rolled_month, rolled_year, order=codes)


def returnees(session: Session, period: Period) -> BySex:
    """People registered in the period who came back from abroad, other than on leave, by sex."""
    first = _first_return()
    wanted = (
        sa.select(Person.sex, sa.func.count())
        .join(first, first.c.person_id == Person.id)
        .where(*_registered(period), first.c.place == 1)
        .group_by(Person.sex)
    )
    return sum((by_sex(sex, count) for sex, count in session.execute(wanted)), BySex())


def return_types(session: Session, month: Period, year: Period) -> tuple[Line, ...]:
    """R6: the returnees registered, by kind of return."""
    order = vocabulary("return_type").codes
    return lines(_of_returnees(session, month, "kind"), _of_returnees(session, year, "kind"), order)


def destinations(session: Session, month: Period, year: Period) -> tuple[Line, ...]:
    """R7: the returnees registered, by the country they came back from."""
    return by_size(_of_returnees(session, month, "country"), _of_returnees(session, year, "country"))


def _of_returnees(session: Session, period: Period, column: str) -> Counted:
    first = _first_return()
    wanted = (
        sa.select(first.c[column], Person.sex, sa.func.count())
        .join(first, first.c.person_id == Person.id)
        .where(*_registered(period), first.c.place == 1)
        .group_by(first.c[column], Person.sex)
    )
    return _counted(session, wanted)


def _first_return() -> sa.Subquery:
    """Of each person the stays abroad that count, numbered in the order they were recorded."""
    order = sa.func.row_number().over(partition_by=MigrationEpisode.person_id, order_by=MigrationEpisode.id)
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


def _registered(period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    return (Person.registered_on.between(period.first, period.last), Person.voided.is_(sa.false()))


def _village_on(day: Any) -> sa.ScalarSelect[Any]:
    """Where the person lived on a day: the newest address that covers it."""
    return (
        sa.select(Address.village_code)
        .where(
            Address.person_id == Person.id,
            Address.kind == "current",
            Address.voided.is_(sa.false()),
            sa.or_(Address.valid_from.is_(None), Address.valid_from <= day),
            sa.or_(Address.valid_to.is_(None), Address.valid_to > day),
        )
        .order_by(Address.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _counted(session: Session, wanted: sa.Select[Any]) -> Counted:
    counts: defaultdict[str, BySex] = defaultdict(BySex)
    for code, sex, count in session.execute(wanted):
        counts[code or UNKNOWN] += by_sex(sex, count)
    return dict(counts)


def _rolled_up(villages: Counted) -> Counted:
    """Each village's count also in its district, regency and province, whose codes are the beginnings of its own."""
    rolled: defaultdict[str, BySex] = defaultdict(BySex)
    for code, count in villages.items():
        parts = code.split(".")
        for depth in range(1, len(parts) + 1):
            rolled[".".join(parts[:depth])] += count
    return dict(rolled)
