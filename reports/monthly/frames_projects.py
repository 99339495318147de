# SPDX-License-Identifier: Apache-2.0
"""What each project has paid for: people reached, services, sessions, events, assistance, and its budget.

People reached are different people who had a session, a service, a training or assistance that the project paid. One
statement counts a kind of record for all projects at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import Counted, Tally
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from resource_centre.records import (
    Assistance,
    Case,
    CounsellingSession,
    Participation,
    Person,
    Project,
    Service,
    TrainingEvent,
)
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.learning_lines import EventsBegun, valid_lines
from resource_centre.services.projects import funds_known, projects_list, runs
from resource_centre.services.training import was_there

Three = tuple[int, int, int]
ByFund = dict[str, dict[str, Three]]


@dataclass(frozen=True)
class ProjectFigures:
    """One fund: its project, if it is on the list, and what it paid for. `amounts` are of assistance by currency,
    and `given` says to how many people."""

    fund: str
    name: str = ""
    donor: str = ""
    currency: str = "IDR"
    budget: int | None = None
    people: Counted = field(default_factory=Counted)
    services: Counted = field(default_factory=Counted)
    sessions: Counted = field(default_factory=Counted)
    events: Three = (0, 0, 0)
    participants: Counted = field(default_factory=Counted)
    amounts: Mapping[str, Three] = field(default_factory=dict)
    given: Mapping[str, Three] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Whether anything was paid."""
        counts = (self.people, self.services, self.sessions, self.participants)
        return any(one.project.total for one in counts) or any(self.events) or bool(self.amounts)

    @property
    def used(self) -> float | None:
        """Assistance of the project so far, in per cent of the budget; None without a budget."""
        if not self.budget:
            return None
        return 100 * self.amounts.get(self.currency, (0, 0, 0))[2] / self.budget

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        counts = {name: getattr(self, name).as_dict() for name in ("people", "services", "sessions", "participants")}
        amounts = {currency: list(three) for currency, three in self.amounts.items()}
        own = {"fund": self.fund, "budget": self.budget, "currency": self.currency, "used": self.used}
        return {**own, **counts, "events": list(self.events), "amounts": amounts}


def project_figures(session: Session, span: Span, scope: Scope) -> tuple[ProjectFigures, ...]:
    """Every project that runs in the longest period or has paid anything in it, and funds that are on no list."""
    funds = funds_known(session)
    if not funds:
        return ()
    listed = {str(one.code): one for one in projects_list(session)}
    tally, amounts, given = _counted(session, span, scope), *_amounts(session, span, scope)
    made = (_figures(fund, listed.get(fund), tally, amounts.get(fund, {})) for fund in funds)
    found = (replace(one, given=given.get(one.fund, {})) for one in made)
    running = {code for code, one in listed.items() if runs(one, span.year.first, span.last)}
    return tuple(one for one in found if one.told or one.fund in running)


def _figures(fund: str, project: Project | None, tally: Tally, amounts: Mapping[str, Three]) -> ProjectFigures:
    month, year, whole = (one.total for one in tally.counted(("events", fund)))
    made = ProjectFigures(
        fund,
        people=tally.counted(("people", fund)),
        services=tally.counted(("services", fund)),
        sessions=tally.counted(("sessions", fund)),
        events=(month, year, whole),
        participants=tally.counted(("participants", fund)),
        amounts=amounts,
    )
    if project is None:
        return made
    return replace(
        made,
        name=project.name or "",
        donor=project.donor or "",
        currency=project.currency or made.currency,
        budget=project.budget,
    )


def _counted(session: Session, span: Span, scope: Scope) -> Tally:
    tally = Tally()
    for name, asked in _questions(span, scope):
        for fund, sex, depth, count in session.execute(asked):
            tally.add((name, fund), depth, sex, count)
    return tally


def _questions(span: Span, scope: Scope) -> Iterator[tuple[str, Any]]:
    """Of each kind of record: fund, sex, how deep in the periods, how many."""
    yield "people", _people(span, scope)
    for name, part in (("sessions", _sessions(span)), ("services", _services(span))):
        yield name, _by_sex(span, scope, part.subquery("each"))
    level, fund = span.level(TrainingEvent.starts_on).label("level"), sa.func.upper(TrainingEvent.fund).label("fund")
    begun = EventsBegun(
        since=span.project.first, until=span.last, place=scope.place, among=TrainingEvent.fund.is_not(None)
    )
    yield "events", sa.select(fund, sa.null(), level, sa.func.count()).where(*begun.conditions()).group_by(fund, level)
    # On the sheet of an event there are also people who are nobody's record.
    sex = sa.func.coalesce(Person.sex, Participation.sex).label("sex")
    lines = valid_lines(begun, fund, sex, level, sa.func.count()).where(was_there())
    yield "participants", lines.group_by(fund, sex, level)


def paid_people(span: Span) -> Any:
    """Fund, person and day of whatever a project has paid for somebody, in the longest period."""
    return sa.union_all(_sessions(span), _services(span), _came(span), _given(span))


def _people(span: Span, scope: Scope) -> Any:
    """Everybody once, on the last day in the period: who came in the month came in the year."""
    every = paid_people(span).subquery("paid")
    last = sa.func.max(every.c.day).label("day")
    each = sa.select(every.c.fund, every.c.person_id, last).group_by(every.c.fund, every.c.person_id).subquery("each")
    return _by_sex(span, scope, each)


def _by_sex(span: Span, scope: Scope, each: Any) -> Any:
    level = span.level(each.c.day).label("level")
    asked = sa.select(each.c.fund, Person.sex, level, sa.func.count()).select_from(each)
    joined = asked.join(Person, Person.id == each.c.person_id).where(*scope.of_person())
    return joined.group_by(each.c.fund, Person.sex, level)


def _part(fund: Any, person_id: Any, day: Any) -> Any:
    return sa.select(sa.func.upper(fund).label("fund"), person_id.label("person_id"), day.label("day"))


def _sessions(span: Span) -> Any:
    record = CounsellingSession
    part = _part(Case.fund, record.person_id, record.held_on).join(Case, Case.id == record.case_id)
    return part.where(
        span.within(record.held_on), record.attendance == ATTENDED, record.voided.is_(False), Case.fund.is_not(None),
        Case.voided.is_(False),
    )  # fmt: skip


def _services(span: Span) -> Any:
    record = Service
    named = record.person_id.is_not(None), record.fund.is_not(None), record.voided.is_(False)
    return _part(record.fund, record.person_id, record.given_on).where(span.within(record.given_on), *named)


def _came(span: Span) -> Any:
    line = Participation
    part = _part(TrainingEvent.fund, line.person_id, TrainingEvent.starts_on)
    joined = part.select_from(line).join(TrainingEvent, TrainingEvent.id == line.event_id)
    return joined.where(*_held(span), line.voided.is_(False), line.person_id.is_not(None), was_there())


def _given(span: Span) -> Any:
    record = Assistance
    part = _part(record.fund, record.person_id, record.given_on)
    return part.where(span.within(record.given_on), record.fund.is_not(None), record.voided.is_(False))


def _held(span: Span) -> tuple[Any, ...]:
    event = TrainingEvent
    valid = event.voided.is_(False), event.called_off.is_not(True), event.fund.is_not(None)
    return (span.within(event.starts_on), *valid)


def _amounts(session: Session, span: Span, scope: Scope) -> tuple[ByFund, ByFund]:
    """Rupiah and other money given, and to how many people, by fund and currency."""
    record = Assistance
    fund = sa.func.upper(record.fund).label("fund")
    currency = sa.func.coalesce(record.currency, "IDR").label("currency")
    sums = [sa.func.sum(sa.case((record.given_on >= period.first, record.amount), else_=0)) for period in span]
    people = span.people(record.given_on, record.person_id)
    asked = sa.select(fund, currency, *sums, *people).where(
        span.within(record.given_on), record.fund.is_not(None), record.amount.is_not(None), record.voided.is_(False),
        *scope.of_people(record.person_id),
    )  # fmt: skip
    amounts: ByFund = {}
    given: ByFund = {}
    for of, code, *found in session.execute(asked.group_by(fund, currency)):
        month, year, whole, *counts = (int(one or 0) for one in found)
        amounts.setdefault(of, {})[code] = (month, year, whole)
        given.setdefault(of, {})[code] = (counts[0], counts[1], counts[2])
    return amounts, given
