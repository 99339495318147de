# SPDX-License-Identifier: Apache-2.0
"""Counts measures by breakdowns: grouped where the records are, one statement for each period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.breakdowns import BREAKDOWNS
from reports.measures.expressions import band, codes_in, known_sex, month_of_day, part_of_place
from reports.measures.model import ALL, Asking, Breakdown, Facts, Figures, Measure, overlaps
from reports.monthly.counts import UNKNOWN
from reports.monthly.people import village_on
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from reports.monthly.vulnerability import MERGED
from reports.statements import kept
from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.records import Person, ProtectionMark
from resource_centre.services.ages import age_reached
from resource_centre.vocabulary import vocabulary

MONTH: Final = "month"


def counted(
    session: Session,
    measure: Measure,
    breakdowns: Iterable[str] = (),
    periods: Mapping[str, Period] | Span | None = None,
    scope: Scope | None = None,
    where: Mapping[str, str] | None = None,
) -> Figures:
    """What the session's account may count of a measure, by breakdowns (their codes), in periods by their keys.

    A `Span` stands for its month, year and project. `where` narrows it down to one code of further breakdowns. A share
    is counted as its two parts (`shared`). `LookupError` for a breakdown that does not fit or is not known.
    """
    by = tuple(_fitting(measure, code) for code in breakdowns)
    asked = periods_of(periods) if isinstance(periods, Span) else dict(periods or {})
    cells: dict[tuple[str, ...], float] = {}
    for key, period in asked.items():
        for told in _together(measure, by):
            monthly = MONTH in (where or {}) or any(one.breakdown.code == MONTH and not one.together for one in told)
            asking = asking_of(session, period, scope, monthly=monthly)
            cells |= {(key, *codes): value for codes, value in _rows(session, measure, asking, told, where or {})}
    return Figures(measure, by, tuple(asked), cells)


def shared(part: Figures, whole: Figures, period: str, *codes: str) -> float | None:
    """How many of a hundred; None of nobody."""
    of = whole.value(period, *codes)
    return 100 * part.value(period, *codes) / of if of else None


def periods_of(span: Span) -> dict[str, Period]:
    """The three periods by the keys of their columns."""
    return {"month": span.month, "year": span.year, "project": span.project}


def asking_of(session: Session, period: Period, scope: Scope | None, *, monthly: bool = False) -> Asking:
    """What a session's account asks for."""
    seen = may_read(viewer_of(session).role, ProtectionMark)
    return Asking(period, scope or Scope(), seen, monthly)


@dataclass(frozen=True)
class _Told:
    """A breakdown, and whether its lines are told together in this statement."""

    breakdown: Breakdown
    together: bool = False


def _fitting(measure: Measure, code: str) -> Breakdown:
    if code not in measure.by:
        raise LookupError(f"{measure.code} is not told by {code}")
    return BREAKDOWNS[code]


def _together(measure: Measure, by: Sequence[Breakdown]) -> Iterator[tuple[_Told, ...]]:
    """Each way to tell the breakdowns: those that do not add up both line by line and together."""
    ways = [(False, True) if overlaps(measure, one) else (False,) for one in by]
    for way in product(*ways):
        yield tuple(_Told(one, together) for one, together in zip(by, way, strict=True))


def _rows(
    session: Session, measure: Measure, asking: Asking, by: Sequence[_Told], where: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], float]]:
    keys = tuple(one.breakdown.code for one in by if not one.together)
    for *codes, number in session.execute(_statement(measure, asking, keys, tuple(where.items()), today())):
        found = iter(codes)
        yield tuple(ALL if one.together else _code(next(found)) for one in by), _plain(number)


@kept
def _statement(
    measure: Measure, asking: Asking, by: tuple[str, ...], where: tuple[tuple[str, str], ...], _today: dt.date
) -> sa.Select[Any]:
    """What is overdue depends on the day."""
    return statement(measure, measure.facts_of(asking), [BREAKDOWNS[code] for code in by], dict(where))


def _code(found: Any) -> str:
    return UNKNOWN if found is None else str(found)


def _plain(number: Any) -> float:
    value = float(number or 0)
    return int(value) if value.is_integer() else value


def statement(measure: Measure, facts: Facts, by: Sequence[Breakdown], where: Mapping[str, str]) -> sa.Select[Any]:
    """The numbers, each behind the codes of its line."""
    if measure.counts == "people":
        return _of_people(facts, by, where)
    keys = Keys(facts)
    columns = [keys.of(one).label(f"by_{at}") for at, one in enumerate(by)]
    number = sa.func.sum(facts.amount) if measure.counts == "sum" else sa.func.count()
    made = narrowed(keys, facts.select(*columns, number), by, where)
    return made.group_by(*columns)


def _of_people(facts: Facts, by: Sequence[Breakdown], where: Mapping[str, str]) -> sa.Select[Any]:
    """Different people: first each of them once in every line, on the first day, then counted by what they are."""
    each = people(facts, [one for one in by if not one.personal], where)
    keys = Keys(facts, each)
    columns = [keys.of(one).label(f"by_{at}") for at, one in enumerate(by)]
    made = sa.select(*columns, sa.func.count()).select_from(each).join(Person, Person.id == each.c.person_id)
    personal = {code: value for code, value in where.items() if BREAKDOWNS[code].personal}
    return made.where(*conditions(keys, personal)).group_by(*columns)


def people(facts: Facts, by: Sequence[Breakdown], where: Mapping[str, str]) -> sa.Subquery:
    """The people of a measure: `person_id`, `day`, and a column for each breakdown that is not of the person."""
    keys = Keys(facts)
    columns = [keys.of(one).label(one.code) for one in by]
    day = sa.func.min(facts.day).label("day")
    rest = {code: value for code, value in where.items() if not BREAKDOWNS[code].personal}
    made = narrowed(keys, facts.select(facts.person_id.label("person_id"), day, *columns), by, rest)
    return made.where(facts.person_id.is_not(None)).group_by(facts.person_id, *columns).subquery("each_person")


def narrowed(keys: Keys, made: sa.Select[Any], by: Iterable[Breakdown], where: Mapping[str, str]) -> sa.Select[Any]:
    """A statement over the records with the tables its breakdowns need, and only with those of some codes."""
    for code in dict.fromkeys((*(one.code for one in by), *where)):
        join = keys.joined(BREAKDOWNS[code])
        if join is not None:
            made = made.join(*join)
    return made.where(*conditions(keys, where))


def conditions(keys: Keys, where: Mapping[str, str]) -> Iterator[sa.ColumnElement[bool]]:
    """That a record stands in the lines of these codes."""
    for code, value in where.items():
        if value == ALL:
            continue
        found = keys.of(BREAKDOWNS[code])
        yield sa.or_(found.is_(None), found == UNKNOWN) if value == UNKNOWN else found == value


class Keys:
    """The expressions of breakdowns over the records of a measure, or over its people on their first day."""

    def __init__(self, facts: Facts, each: sa.Subquery | None = None) -> None:
        self._facts, self._each = facts, each
        self._lists: dict[str, tuple[Any, Any]] = {}

    def of(self, breakdown: Breakdown) -> Any:
        """The code of a record's line; null where it is not known."""
        if self._each is not None and not breakdown.personal:
            return self._each.c[breakdown.code]
        if breakdown.personal:
            return self._of_the_person(breakdown)
        if breakdown.of == "month":
            return month_of_day(self._facts.day)
        if breakdown.several and breakdown.code in self._facts.lists:
            return self._list(breakdown)[0].c.code
        return self._facts.of[breakdown.code]

    def joined(self, breakdown: Breakdown) -> tuple[Any, Any] | None:
        """What has to be joined for a breakdown of which a record has a list."""
        has_list = self._each is None and breakdown.code in self._facts.lists
        return self._list(breakdown) if has_list else None

    def _list(self, breakdown: Breakdown) -> tuple[Any, Any]:
        if breakdown.code not in self._lists:
            codes = vocabulary(breakdown.vocabulary).codes
            self._lists[breakdown.code] = codes_in(self._facts.lists[breakdown.code], codes)
        return self._lists[breakdown.code]

    def _of_the_person(self, breakdown: Breakdown) -> Any:
        facts, day = self._facts, self._facts.day if self._each is None else self._each.c.day
        noted = facts if self._each is None else Facts(Person, None, day, facts.select)
        if breakdown.code == "sex":
            return known_sex(Person.sex if noted.sex is None else noted.sex)
        if breakdown.code == "client_type":
            told = Person.client_type if noted.client_type is None else noted.client_type
            return without_top_tier(told, "client_type", seen=facts.seen)
        if breakdown.code == "age_band":
            reached = age_reached(Person.birth_date, day) if noted.age is None else noted.age
            age = band(reached, "age_band")
            return age if noted.age_band is None else sa.func.coalesce(age, noted.age_band)
        home = village_on(day) if facts.person_id is not None else sa.null()
        village = home if noted.village is None else sa.func.coalesce(noted.village, home)
        return part_of_place(village, breakdown.level)


def without_top_tier(code: Any, list_name: str, *, seen: bool) -> Any:
    """The code; of what only protection officers read what stands for it, for villages nothing."""
    special = [term for term in vocabulary(list_name) if term.extra.get("top_tier") == "yes"]
    if not special:
        return code
    merged = MERGED if seen else None
    stands = ((code == term.code, term.extra.get("stands_as") or merged) for term in special)
    return sa.case(*stands, else_=code)
