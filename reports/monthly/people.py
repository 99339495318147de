# SPDX-License-Identifier: Apache-2.0
"""Tables R2 and R4: new and returning people by sex and age, and where they live."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import first_days
from reports.monthly.counts import UNKNOWN, BySex, Line, by_sex, lines, summed
from reports.monthly.periods import NAMES, Periods
from resource_centre.records import Address, Person
from resource_centre.vocabulary import vocabulary

FAMILY: Final = "family"
Counted = dict[str, BySex]


@dataclass(frozen=True)
class Served:
    """The people served in one period: by age band those new and those returning, and the family members of them."""

    new: Counted
    returning: Counted
    family: BySex

    @property
    def new_people(self) -> BySex:
        """All new people."""
        return summed(self.new.values())

    @property
    def returning_people(self) -> BySex:
        """All returning people."""
        return summed(self.returning.values())

    @property
    def people(self) -> BySex:
        """Everybody served, counted by themselves and not from new and returning."""
        return self.new_people + self.returning_people


def served(session: Session, periods: Periods) -> tuple[Served, ...]:
    """The people served in each period, by sex and the age on their first day in it, in one pass."""
    days = first_days(periods)
    new = [(days.c.ever >= period.first).label(f"new_{name}") for name, period in zip(NAMES, periods, strict=True)]
    ages = [age_at(days.c[name]).label(f"age_{name}") for name in NAMES]
    keys = (Person.sex, (Person.client_type == FAMILY).label("family"), *new, *ages)
    here = [days.c[name].is_not(None).label(f"in_{name}") for name in NAMES]
    wanted = (
        sa.select(*keys, *here, sa.func.count())
        .join_from(Person, days, days.c.person_id == Person.id)
        .where(Person.voided.is_(sa.false()), days.c.project.is_not(None))
        .group_by(*keys, *here)
    )
    tallies = [(defaultdict[str, Counter[str | None]](Counter), defaultdict[str, Counter[str | None]](Counter))]
    tallies += [(defaultdict(Counter), defaultdict(Counter)) for _name in NAMES[1:]]
    families: list[Counter[str | None]] = [Counter() for _name in NAMES]
    for sex, family, *rest, count in session.execute(wanted):
        for place, (is_new, age, is_in) in enumerate(zip(rest[:3], rest[3:6], rest[6:], strict=True)):
            if is_in:
                tallies[place][0 if is_new else 1][age_band(age)][sex] += count
                families[place][sex] += count if family else 0
    return tuple(
        Served(_split(new_), _split(returning), _by_sex(family))
        for (new_, returning), family in zip(tallies, families, strict=True)
    )


def villages(session: Session, periods: Periods) -> tuple[Counted, ...]:
    """The people served in each period by the village they lived in on their first day in it."""
    days = first_days(periods)
    homes = [
        sa.case((days.c[name].is_not(None), sa.func.coalesce(_village_on(days.c[name]), UNKNOWN))).label(f"home_{name}")
        for name in NAMES
    ]
    wanted = (
        sa.select(Person.sex, *homes, sa.func.count())
        .join_from(Person, days, days.c.person_id == Person.id)
        .where(Person.voided.is_(sa.false()), days.c.project.is_not(None))
        .group_by(Person.sex, *homes)
    )
    tallies = [defaultdict[str, Counter[str | None]](Counter) for _name in NAMES]
    for sex, *places_, count in session.execute(wanted):
        for tally, village in zip(tallies, places_, strict=True):
            if village is not None:
                tally[village][sex] += count
    return tuple(_split(tally) for tally in tallies)


def places(month: Counted, year: Counted) -> tuple[Line, ...]:
    """R4: provinces with their regencies, districts and villages, each with the sum of what lies in it."""
    rolled_month, rolled_year = _rolled_up(month), _rolled_up(year)
    codes = sorted((rolled_month.keys() | rolled_year.keys()) - {UNKNOWN})
    return lines(rolled_month, rolled_year, order=codes)


@lru_cache(maxsize=256)
def age_band(age: int | None) -> str:
    """The code of the band an age falls into (code list age_band)."""
    if age is None or age < 0:
        return UNKNOWN
    for term in vocabulary("age_band").terms:
        least, most = term.extra.get("min"), term.extra.get("max")
        if least and int(least) <= age <= (int(most) if most else age):
            return term.code
    return UNKNOWN


def age_at(day: Any) -> sa.ColumnElement[Any]:
    """Completed years on a day, in SQL; NULL when unknown. A bare year counts from July, a bare month from the 15th."""
    born = Person.birth_date
    whole = sa.case(
        (sa.func.length(born) == 4, born + "-07-01"),
        (sa.func.length(born) == 7, born + "-15"),
        else_=born,
    )
    on = sa.cast(day, sa.Text())
    years = sa.cast(sa.func.substr(on, 1, 4), sa.Integer()) - sa.cast(sa.func.substr(born, 1, 4), sa.Integer())
    not_yet = sa.case((sa.func.substr(on, 6, 5) < sa.func.substr(whole, 6, 5), 1), else_=0)
    return years - not_yet


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


def _split(tally: dict[str, Counter[str | None]]) -> Counted:
    return {code: _by_sex(sexes) for code, sexes in tally.items()}


def _by_sex(sexes: Counter[str | None]) -> BySex:
    return summed(by_sex(sex, count) for sex, count in sexes.items())


def _rolled_up(villages: Counted) -> Counted:
    """Each village's count also in its district, regency and province, whose codes are the beginnings of its own."""
    rolled: defaultdict[str, BySex] = defaultdict(BySex)
    for code, count in villages.items():
        parts = code.split(".")
        for depth in range(1, len(parts) + 1):
            rolled[".".join(parts[:depth])] += count
    return dict(rolled)
