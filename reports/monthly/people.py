# SPDX-License-Identifier: Apache-2.0
"""People served: who had a service, a session or a training, new or returning, by sex, age and village (R1, R2, R4).

One pass over all services, sessions and trainings gives every person's first day ever and first day in each period.
Age and residence are those of the first day in the period.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session, aliased

from reports.monthly.counts import PERIODS, UNKNOWN, BySex, Counted, Line, Tally, by_sex, lines
from reports.monthly.periods import Period, Span
from reports.monthly.scope import FAMILY, Scope
from reports.statements import kept
from resource_centre.records import Address, CounsellingSession, Participation, Person, Service, TrainingEvent
from resource_centre.services.ages import age_reached, band_of
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.training import was_there
from resource_centre.vocabulary import vocabulary

_PARTS_OF_A_CODE: Final = 4
"""Province, regency, district, village."""
_HOME: Final = aliased(Address)


@dataclass(frozen=True)
class PeopleServed:
    """Counts of people, of what they were given, and of new people per month ("2026-10")."""

    served: Counted
    new: Counted
    returning: Counted
    family: Counted
    counselled: Counted
    sessions: Counted
    services: Counted
    new_by_age: dict[str, Counted]
    returning_by_age: dict[str, Counted]
    by_village: dict[str, Counted]
    by_client_type: dict[str, Counted]
    new_by_month: dict[str, BySex]

    @property
    def villages(self) -> tuple[int, int, int]:
        """Different villages somebody served lives in, per period."""
        known = [count for code, count in self.by_village.items() if code != UNKNOWN]
        month, year, project = (
            (sum(bool(count.total) for count in column) for column in zip(*known, strict=True))
            if (known)
            else (0, 0, 0)
        )
        return month, year, project


def people_served(session: Session, span: Span, trend: Sequence[Period], scope: Scope) -> PeopleServed:
    """Count everybody with at least one service, attended session or attended training until the span's last day."""
    rows = _Rows()
    for row in session.execute(_grouped(span, trend[0].first, scope)):
        rows.add(row)
    tally = rows.tally()
    return PeopleServed(
        served=tally.counted("served"),
        new=tally.counted("new"),
        returning=tally.counted("returning"),
        family=tally.counted("family"),
        counselled=tally.counted("counselled"),
        sessions=tally.counted("sessions"),
        services=tally.counted("services"),
        new_by_age=tally.under("new"),
        returning_by_age=tally.under("returning"),
        by_village=tally.under("village"),
        by_client_type=tally.under("client_type"),
        new_by_month={period.month: rows.new_in[period.month] for period in trend},
    )


class _Rows:
    """The rows of the query, added up: there may be as many as people, so each one costs a few additions only."""

    def __init__(self) -> None:
        self._villages: Counter[tuple[Any, ...]] = Counter()
        self._groups: Counter[tuple[Any, ...]] = Counter()
        self._given: defaultdict[str | None, list[int]] = defaultdict(lambda: [0] * len(_GIVEN))
        self.new_in: defaultdict[str | None, BySex] = defaultdict(BySex)

    def add(self, row: Any) -> None:
        """Take in one row, its columns as `_grouped` selects them."""
        sex, client_type, served, new, first_month, *of_periods, people = row[:_GIVEN_FROM]
        kind, village = _stands_as(client_type), None
        for at, level in enumerate((3, 2, 1)):
            village = village if of_periods[3 + at] == _AS_BEFORE else of_periods[3 + at]
            if served >= level:
                self._villages[at, village, sex] += people
                self._groups[at, sex, kind, of_periods[at], new >= level] += people
        if first_month:
            self.new_in[first_month] += by_sex(sex, people)
        sums = self._given[sex]
        for at, count in enumerate(row[_GIVEN_FROM:]):
            sums[at] += count

    def tally(self) -> Tally:
        """Counts by period and sex under the names of `PeopleServed`."""
        tally = Tally()
        for (at, village, sex), people in self._villages.items():
            tally.add_at("served", at, sex, people)
            tally.add_at(("village", village), at, sex, people)
        for (at, sex, kind, age, is_new), people in self._groups.items():
            came = "new" if is_new else "returning"
            tally.add_at(came, at, sex, people)
            tally.add_at((came, band_of(age)), at, sex, people)
            tally.add_at(("client_type", kind), at, sex, people)
            if kind == FAMILY:
                tally.add_at("family", at, sex, people)
        for sex, sums in self._given.items():
            for at in range(0, len(_GIVEN), 3):
                tally.add_each(_GIVEN[at][0], sums[at : at + 3], sex)
        return tally


@cache
def _stands_as(client_type: str | None) -> str | None:
    """The kind of client everybody may read."""
    term = vocabulary("client_type").get(client_type)
    special = term is not None and term.extra.get("top_tier") == "yes"
    return (term.extra.get("stands_as") or None) if term is not None and special else client_type


def places(by_village: dict[str, Counted], within: str | None = None) -> tuple[Line, ...]:
    """R4: provinces with their regencies, districts and villages, each with the sum of what lies in it."""
    inside: dict[str, Counted] = {}
    for village, people in by_village.items():
        parts = village.split(".")
        for length in range(1, min(len(parts), _PARTS_OF_A_CODE) + 1):
            code = ".".join(parts[:length])
            inside[code] = inside.get(code, Counted()) + people
    wanted = {c: n for c, n in inside.items() if within is None or c == within or c.startswith(f"{within}.")}
    return lines(wanted, order=sorted(wanted.keys() - {UNKNOWN}))


@kept
def _grouped(span: Span, trend_start: dt.date, scope: Scope) -> Any:
    """People counted by what tells them apart in the tables, with sums of what they were given."""
    person = _people(span, trend_start, scope).cte("counted").prefix_with("MATERIALIZED")
    keys = [person.c[name] for name in _KEYS]
    given = [_summed(person, what, period) for what, period in _GIVEN]
    return sa.select(*keys, sa.func.count(), *given).group_by(*keys)


_PERSON: Final = ("sex", "client_type", "served", "new", "first_month")
_KEYS: Final = (*_PERSON, *(f"{what}_{period}" for what, period in product(("age", "village"), PERIODS)))
_GIVEN_FROM: Final = len(_KEYS) + 1
_AS_BEFORE: Final = ""
"""Stands for a village that was looked up already: the first day is the same as in the shorter period."""


def _people(span: Span, trend_start: dt.date, scope: Scope) -> Any:
    """Everybody served in the longest period. Made before it is grouped: the villages are then looked up only once."""
    client = _clients(span, scope).cte("client")
    month = sa.func.substr(sa.cast(client.c.first, sa.String), 1, 7)
    days = [client.c[f"day_{period}"] for period in PERIODS]
    keys = (
        Person.sex,
        Person.client_type,
        span.level(client.c.last),
        span.level(client.c.first),
        sa.case((client.c.first >= trend_start, month), else_=None),
        *(age_reached(Person.birth_date, day) for day in days),
        sa.case((days[0].is_not(None), village_on(days[0]))),
        *(sa.case((longer == shorter, _AS_BEFORE), else_=village_on(longer)) for shorter, longer in pairwise(days)),
    )
    named: list[Any] = [key.label(name) for key, name in zip(keys, _KEYS, strict=True)]
    asked = sa.select(*named, *(client.c[name] for name in _COUNTED)).select_from(client)
    joined = asked.join(Person, Person.id == client.c.person_id)
    return joined.where(*scope.of_person(), client.c.last >= span.project.first)


_GIVEN: Final = tuple(product(("sessions", "services", "counselled"), PERIODS))


def _summed(client: sa.CTE, what: str, period: str) -> Any:
    """Sessions and services of everybody, or how many people had a session at all."""
    if what == "counselled":
        return sa.func.sum(sa.case((client.c[f"sessions_{period}"] > 0, 1), else_=0))
    return sa.func.sum(client.c[f"{what}_{period}"])


def _clients(span: Span, scope: Scope) -> Any:
    """Everybody's first and last day over the three kinds of record, and how many sessions and services."""
    parts = sa.union_all(_sessions(span, scope), _services(span, scope), _trainings(span, scope)).subquery("part")
    sums = [sa.func.sum(parts.c[name]).label(name) for name in _COUNTED]
    days = [sa.func.min(parts.c[name]).label(name) for name in _DAYS]
    last = sa.func.max(parts.c.last).label("last")
    return sa.select(parts.c.person_id, last, *days, *sums).group_by(parts.c.person_id)


_COUNTED: Final = tuple(f"{what}_{period}" for what, period in product(("sessions", "services"), PERIODS))
_DAYS: Final = ("first", *(f"day_{period}" for period in PERIODS))


def _part(span: Span, person_id: Any, day: Any, counts: Sequence[ColumnElement[Any]]) -> Any:
    firsts = (sa.func.min(day), *(sa.func.min(sa.case((day >= p.first, day))) for p in span))
    days = (first.label(name) for first, name in zip(firsts, _DAYS, strict=True))
    columns = (column.label(name) for column, name in zip(counts, _COUNTED, strict=True))
    last = sa.func.max(day).label("last")
    return sa.select(person_id.label("person_id"), last, *days, *columns).group_by(person_id)


_NONE: Final = (sa.literal(0),) * 3


def _sessions(span: Span, scope: Scope) -> Any:
    record = CounsellingSession
    part = _part(span, record.person_id, record.held_on, (*span.sums(record.held_on), *_NONE))
    met = (*_met(span, record.person_id), *scope.of_work(record))
    return part.where(span.until(record.held_on), record.attendance == ATTENDED, record.voided.is_(False), *met)


def _services(span: Span, scope: Scope) -> Any:
    record = Service
    part = _part(span, record.person_id, record.given_on, (*_NONE, *span.sums(record.given_on)))
    named = sa.and_(record.person_id.is_not(None), *scope.of_work(record))
    return part.where(span.until(record.given_on), named, record.voided.is_(False), *_met(span, record.person_id))


def _trainings(span: Span, scope: Scope) -> Any:
    part = _part(span, Participation.person_id, TrainingEvent.starts_on, (*_NONE, *_NONE))
    return part.join(TrainingEvent, TrainingEvent.id == Participation.event_id).where(
        span.until(TrainingEvent.starts_on),
        TrainingEvent.voided.is_(False),
        TrainingEvent.called_off.is_not(True),
        Participation.person_id.is_not(None),
        Participation.voided.is_(False),
        was_there(),
        *_met(span, Participation.person_id),
        *scope.of_work(TrainingEvent),
    )


def _met(span: Span, person_id: Any) -> list[ColumnElement[bool]]:
    """Of a month by itself only those who had anything in it are looked at, with all they had before: two thirds of
    the time (measured) where one in five comes in a month.
    """
    if not span.alone:
        return []
    # The classes themselves, for who may see what is written on them; nothing of the query around is meant by them.
    held = sa.select(CounsellingSession.person_id).where(span.within(CounsellingSession.held_on)).correlate(None)
    given = sa.select(Service.person_id).where(span.within(Service.given_on)).correlate(None)
    taught = sa.select(Participation.person_id).join(TrainingEvent, TrainingEvent.id == Participation.event_id)
    return [person_id.in_(sa.union(held, given, taught.where(span.within(TrainingEvent.starts_on)).correlate(None)))]


def village_on(day: Any) -> Any:
    """Where the person lived on that day: the newest current address that had begun and not ended."""
    return (
        sa.select(_HOME.village_code)
        .where(
            _HOME.person_id == Person.id,
            _HOME.kind == "current",
            _HOME.voided.is_(False),
            sa.or_(_HOME.valid_from.is_(None), _HOME.valid_from <= day),
            sa.or_(_HOME.valid_to.is_(None), _HOME.valid_to > day),
        )
        .order_by(sa.func.coalesce(_HOME.valid_from, dt.date(1, 1, 1)).desc(), _HOME.id.desc())
        .limit(1)
        .correlate_except(_HOME)
        .scalar_subquery()
    )


def served_by_month(session: Session, trend: Sequence[Period], scope: Scope) -> dict[str, BySex]:
    """Distinct people served in each month of the trend ("2026-10")."""
    found = {period.month: BySex() for period in trend}
    for month, sex, people in session.execute(_by_month(trend[0].first, trend[-1].last, scope)):
        found[month] += by_sex(sex, people)
    return found


@kept
def _by_month(first: dt.date, last: dt.date, scope: Scope) -> Any:
    parts = sa.union(
        _months(CounsellingSession, CounsellingSession.held_on, first, last).where(
            CounsellingSession.attendance == ATTENDED, *scope.of_work(CounsellingSession)
        ),
        _months(Service, Service.given_on, first, last).where(*scope.of_work(Service)),
        _months(Participation, TrainingEvent.starts_on, first, last)
        .join(TrainingEvent, TrainingEvent.id == Participation.event_id)
        .where(TrainingEvent.voided.is_(False), TrainingEvent.called_off.is_not(True), was_there())
        .where(*scope.of_work(TrainingEvent)),
    ).subquery("part")
    return (
        sa.select(parts.c.month, Person.sex, sa.func.count())
        .select_from(parts)
        .join(Person, Person.id == parts.c.person_id)
        .where(*scope.of_person())
        .group_by(parts.c.month, Person.sex)
    )


def _months(record: Any, day: Any, first: dt.date, last: dt.date) -> Any:
    """The people of such records and the months of them."""
    month = sa.func.substr(sa.cast(day, sa.String), 1, 7).label("month")
    asked = sa.select(record.person_id, month)
    return asked.where(day.between(first, last), record.voided.is_(False), record.person_id.is_not(None))
