# SPDX-License-Identifier: Apache-2.0
"""The figures of tables R3, R5, R8, R9, R10, R12 and R24 and of some lines of R1: measures of the catalogue, counted in
the three periods of a report at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures import case_work
from reports.measures.breakdowns import BREAKDOWNS
from reports.measures.catalogue import MEASURES
from reports.measures.counting import Keys, asking_of, counted, narrowed, periods_of
from reports.measures.model import Asking
from reports.measures.quality import Quality, Share, quality
from reports.monthly.counts import Counted, Line, Tally, lines
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import Person
from resource_centre.vocabulary import vocabulary

Three = tuple[int, int, int]
Shares = tuple[Share, Share, Share]
_STAYS = ("occupation_group", "occupation", "regularity", "placement_scheme", "stay_length", "time_since_return")


@dataclass(frozen=True)
class ServiceLine:
    """R12: one service, or all of them: how many people were given it, and how often."""

    code: str
    people: Counted
    services: Counted

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"code": self.code, "people": self.people.as_dict(), "services": self.services.as_dict()}


@dataclass(frozen=True)
class Cohort:
    """Referrals of which a number of days had passed in the periods, and those completed within these days."""

    days: int
    shares: Shares

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"days": self.days, "made": _of(self.shares), "completed": _part(self.shares)}


@dataclass(frozen=True)
class Profile:
    """Who came and what for. `contacts` by channel and by reason; `returnees` by each of their breakdowns."""

    contacts: Mapping[str, tuple[Line, ...]]
    returnees: Mapping[str, tuple[Line, ...]]
    services: tuple[ServiceLine, ...]
    all_services: ServiceLine
    assessments: Counted
    assessed_soon: Counted
    returnees_registered: Counted
    cohorts: tuple[Cohort, ...]
    closed_goals: Shares
    quality: Quality

    def as_dict(self) -> dict[str, Any]:
        """For JSON, with the table numbers of the domain reference as keys."""
        told = {
            name: [line.as_dict() for line in found]
            for name, found in (*self.contacts.items(), *self.returnees.items())
        }
        return {
            "R3": {name: told[name] for name in self.contacts},
            "R8": {name: told[name] for name in _STAYS[:2]},
            "R9": {name: told[name] for name in _STAYS[2:4]},
            "R10": {name: told[name] for name in _STAYS[4:]},
            "R12": [line.as_dict() for line in (*self.services, self.all_services)],
            "referral_cohorts": [one.as_dict() for one in self.cohorts],
            "closed_goals": {"planned": _of(self.closed_goals), "achieved": _part(self.closed_goals)},
            "R24": self.quality.as_dict(),
        }


def profile_of(session: Session, span: Span, scope: Scope) -> Profile:
    """Count everything, in few statements."""
    stays = tallied(session, "returnees", _STAYS, span, scope)
    services, all_services = _services(session, span, scope)
    return Profile(
        contacts={
            "channel": _lines(tallied(session, "contacts", ("channel",), span, scope), "channel"),
            "visit_reason": _reasons(session, span, scope),
        },
        returnees={name: _lines(stays, name) for name in _STAYS},
        services=services,
        all_services=all_services,
        assessments=tallied(session, "assessments", (), span, scope).counted("all"),
        assessed_soon=tallied(session, "assessed_soon", (), span, scope).counted("all"),
        returnees_registered=stays.counted("all"),
        cohorts=_cohorts(session, span, scope),
        closed_goals=_closed_goals(session, span, scope),
        quality=quality(session, span, scope),
    )


def tallied(session: Session, measure: str, breakdowns: Sequence[str], span: Span, scope: Scope) -> Tally:
    """A measure by sex in the three periods of a report, by each of some breakdowns by itself (name, code), and all of
    it under "all": one statement, for a measure of which each record counts on its own day in every period."""
    asked, tally = _by_line(measure, tuple(breakdowns), span, asking_of(session, span.project, scope)), Tally()
    for *codes, depth, of_sex, count in session.execute(asked):
        tally.add("all", depth, of_sex, count)
        for name, code in zip(breakdowns, codes, strict=True):
            tally.add((name, code), depth, of_sex, count)
    return tally


@kept
def _by_line(measure: str, breakdowns: tuple[str, ...], span: Span, asking: Asking) -> sa.Select[Any]:
    facts = MEASURES[measure].facts_of(asking)
    keys, by = Keys(facts), [BREAKDOWNS[code] for code in breakdowns]
    columns = [keys.of(one).label(one.code) for one in by]
    level, sex = span.level(facts.day).label("level"), keys.of(BREAKDOWNS["sex"]).label("of_sex")
    made = narrowed(keys, facts.select(*columns, level, sex, sa.func.count()), by, {})
    return made.group_by(*columns, level, sex)


def _reasons(session: Session, span: Span, scope: Scope) -> tuple[Line, ...]:
    """Contacts by reason: the same lists of reasons are counted together, then each of them by its reasons."""
    known, tally = vocabulary("visit_reason"), Tally()
    asked = _by_list_of_reasons(span, asking_of(session, span.project, scope))
    for written, depth, of_sex, count in session.execute(asked):
        codes = dict.fromkeys(code for code in json.loads(written or "[]") or () if code in known)
        for code in codes or (None,):
            tally.add(("visit_reason", code), depth, of_sex, count)
    return _lines(tally, "visit_reason")


@kept
def _by_list_of_reasons(span: Span, asking: Asking) -> sa.Select[Any]:
    facts = MEASURES["contacts"].facts_of(asking)
    listed = sa.cast(facts.lists["visit_reason"], sa.String).label("listed")
    level, sex = span.level(facts.day).label("level"), Keys(facts).of(BREAKDOWNS["sex"]).label("of_sex")
    return facts.select(listed, level, sex, sa.func.count()).group_by(listed, level, sex)


def _lines(tally: Tally, breakdown: str) -> tuple[Line, ...]:
    found = tally.under(breakdown)
    return lines(found, BREAKDOWNS[breakdown].order(found))


def _services(session: Session, span: Span, scope: Scope) -> tuple[tuple[ServiceLine, ...], ServiceLine]:
    """R12: each person once in a line, and once in the last one."""
    asking = asking_of(session, span.project, scope)
    each, together = _given(session, span, asking, by_kind=True), _given(session, span, asking, by_kind=False)
    people, services = each.under("people"), each.under("services")
    order = BREAKDOWNS["service_type"].order(services)
    made = tuple(ServiceLine(code, people[code], services[code]) for code in order)
    return made, ServiceLine("total", together.counted(("people", None)), together.counted(("services", None)))


def _given(session: Session, span: Span, asking: Asking, *, by_kind: bool) -> Tally:
    """People by the newest period in which they were given something, and how often in each period."""
    tally = Tally()
    for *codes, depth, sex, people, month, year, project in session.execute(_services_given(span, asking, by_kind)):
        code = codes[0] if codes else None
        tally.add(("people", code), depth, sex, people)
        tally.add_each(("services", code), (month, year, project), sex)
    return tally


@kept
def _services_given(span: Span, asking: Asking, by_kind: bool) -> sa.Select[Any]:
    facts = MEASURES["services"].facts_of(asking)
    keys = (facts.of["service_type"].label("kind"),) if by_kind else ()
    level = sa.func.max(span.level(facts.day)).label("level")
    times = [one.label(f"times_{at}") for at, one in enumerate(span.sums(facts.day))]
    person = facts.person_id.label("person_id")
    each = facts.select(person, *keys, level, *times).group_by(facts.person_id, *keys).subquery("given")
    told = (each.c.kind,) if by_kind else ()
    sums = [sa.func.sum(each.c[f"times_{at}"]) for at in range(len(times))]
    made = sa.select(*told, each.c.level, Person.sex, sa.func.count(), *sums).select_from(each)
    return made.join(Person, Person.id == each.c.person_id).group_by(*told, each.c.level, Person.sex)


def _cohorts(session: Session, span: Span, scope: Scope) -> tuple[Cohort, ...]:
    """All of them in one statement."""
    numbers = iter(session.execute(case_work.cohorts(asking_of(session, span.project, scope), span)).one())
    in_twos = (Share(done, made) for made, done in zip(numbers, numbers, strict=True))
    shares = zip(in_twos, in_twos, in_twos, strict=True)
    return tuple(Cohort(days, found) for days, found in zip(case_work.cohort_days(), shares, strict=True))


def _closed_goals(session: Session, span: Span, scope: Scope) -> Shares:
    """Goals achieved of those planned, in the cases closed in each period."""
    part, whole = (
        counted(session, MEASURES[code], (), periods_of(span), scope)
        for code in ("closed_goals_reached", "closed_goals")
    )
    return _shares(Share(int(part.value(key)), int(whole.value(key))) for key in periods_of(span))


def _shares(found: Iterable[Share]) -> Shares:
    month, year, project = found
    return month, year, project


def _part(shares: Shares) -> Three:
    return shares[0].part, shares[1].part, shares[2].part


def _of(shares: Shares) -> Three:
    return shares[0].of, shares[1].of, shares[2].of
