# SPDX-License-Identifier: Apache-2.0
"""Returnees registered (R6 to R10) and what makes people vulnerable (R11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from reports.measures.counting import without_top_tier
from reports.measures.expressions import band, days_between, grouped, months_between
from reports.measures.making import of_each_person, of_people
from reports.measures.model import Asking, Facts
from reports.measures.quality import checks_of_people
from reports.monthly.returnees import first_returns
from reports.monthly.vulnerability import MERGED, OLDEST
from resource_centre.records import (
    MigrationEpisode,
    Person,
    ProtectionMark,
    VulnerabilityAssessment,
    VulnerabilityFlag,
)
from resource_centre.services.ages import age_reached
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary


def registered(asking: Asking) -> Facts:
    """People registered who came back from abroad other than on leave, by their first such return."""
    return _returnees(asking)


def assessed_soon(asking: Asking) -> Facts:
    """Those of them who were assessed within the days after they were registered."""
    seen = VulnerabilityAssessment
    days = days_between(Person.registered_on, seen.assessed_on)
    soon = sa.select(seen.id).where(
        seen.person_id == Person.id, seen.voided.is_(False), days <= int(rule("assessment_days"))
    )
    return _returnees(asking, soon.exists())


def _returnees(asking: Asking, *where: Any) -> Facts:
    stay = first_returns(MigrationEpisode.occupation, MigrationEpisode.regularity, MigrationEpisode.placement_scheme,
                         MigrationEpisode.departure_date, MigrationEpisode.return_date)  # fmt: skip

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(Person).join(stay, stay.c.person_id == Person.id)
        which = (stay.c.place == 1, asking.within(Person.registered_on), *where)
        return made.where(*which, *asking.scope.of_person(), *asking.scope.of_work(Person))

    kind = without_top_tier(stay.c.return_type, "return_type", seen=asking.seen)
    of = {
        "return_type": sa.case((stay.c.return_type == MERGED, MERGED if asking.seen else None), else_=kind),
        "country": stay.c.destination_country,
        "occupation": stay.c.occupation,
        "occupation_group": sa.func.substr(grouped(stay.c.occupation, "occupation", "isco"), 1, 1),
        "regularity": stay.c.regularity,
        "placement_scheme": stay.c.placement_scheme,
        "stay_length": band(months_between(stay.c.departure_date, stay.c.return_date), "stay_length"),
        "time_since_return": band(days_between(stay.c.return_date, Person.registered_on), "time_since_return"),
    }
    return Facts(
        Person, Person.id, Person.registered_on, select, person_id=Person.id, word=("country", of["country"]), of=of,
        seen=asking.seen,
    )  # fmt: skip


def everybody(asking: Asking) -> Facts:
    """Everybody registered in the period."""
    return _people(asking)


def everybody_with(name: str) -> Callable[[Asking], Facts]:
    """The source of those of them whose record has what is looked for."""
    return lambda asking: _people(asking, checks_of_people()[name])


def _people(asking: Asking, *where: Any) -> Facts:
    def select(*columns: Any) -> sa.Select[Any]:
        valid = (*asking.scope.of_person(), *asking.scope.of_work(Person))
        return sa.select(*columns).select_from(Person).where(asking.within(Person.registered_on), *where, *valid)

    return Facts(Person, Person.id, Person.registered_on, select, person_id=Person.id, seen=asking.seen)


def assessments(asking: Asking) -> Facts:
    """Looks at what makes people vulnerable and what protects them."""
    record = VulnerabilityAssessment
    return of_people(asking, record, record.assessed_on, asking.within(record.assessed_on))


def flagged(asking: Asking) -> Facts:
    """People in whom a flag was first noted, once for each flag; what only case workers may read is one merged flag."""
    found = sa.union_all(_noted(), _marked(), *_by_age()).subquery("flag_noted")
    top_tier = [term.code for term in vocabulary("vulnerability_flag") if term.extra.get("top_tier") == "yes"]
    told = (asking.within(found.c.day), found.c.flag.not_in(top_tier), *asking.scope.of_work(Person))
    return of_each_person(asking, found, *told, word=("vulnerability_flag", found.c.flag), of={"flag": found.c.flag})


def _noted() -> Any:
    record = VulnerabilityFlag
    day = sa.func.min(record.noted_on).label("day")
    noted = sa.select(record.person_id.label("person_id"), record.flag.label("flag"), day)
    return noted.where(record.voided.is_(False)).group_by(record.person_id, record.flag)


def _marked() -> Any:
    record = ProtectionMark
    marked = sa.select(record.person_id, sa.literal(MERGED), sa.func.min(record.since))
    return marked.where(record.voided.is_(False)).group_by(record.person_id)


def _by_age() -> list[Any]:
    """What follows from the date of birth, noted on the day of registering."""
    age = age_reached(Person.birth_date, Person.registered_on)
    terms = (term for term in vocabulary("vulnerability_flag") if term.extra.get("derived_from") == "birth_date")
    return [
        sa.select(Person.id, sa.literal(term.code), Person.registered_on).where(
            age.between(int(term.extra["min_age"] or 0), int(term.extra["max_age"] or OLDEST))
        )
        for term in terms
    ]
