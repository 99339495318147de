# SPDX-License-Identifier: Apache-2.0
"""Behind the table of projects: what a fund has paid for, and what no fund has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures import case_work, desk, learning
from reports.measures.catalogue import MEASURES
from reports.measures.cells import SEXES, Place
from reports.measures.gathered import Page
from reports.measures.making import of_each_person, of_people
from reports.measures.model import Asked, Asking, Facts
from reports.measures.records import Opened, records_of
from reports.monthly.frames_projects import paid_people
from reports.monthly.periods import Span
from reports.monthly.project_keys import NO_PROJECT, fund_of
from resource_centre.records import Assistance, Case, CounsellingSession, Service, TrainingEvent
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.projects import is_fund, project_of

Source = Callable[[Asking], Facts]


def paid(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """A figure of a project."""
    key, _, name = place.row.partition(".")
    lines = {"sex": place.sex} if place.sex in SEXES else {}
    kind, _, currency = name.partition(".")
    if kind == "used":
        # Told in the column of the project only: what was given of it, in per cent of the budget.
        kind, found = "amount", project_of(session, fund_of(key))
        currency = (found.currency if found is not None else None) or "IDR"
    if currency:
        lines["currency"] = currency
    fund = None if key == NO_PROJECT else fund_of(key)
    measure = replace(MEASURES[_MEASURES[kind]], facts=partial(_PAID[kind], fund=fund))
    period = asked.period(place.period)
    opened = records_of(session, measure, period, asked.scope, lines, limit=page.limit, offset=page.offset)
    return replace(opened, value=None) if name == "used" else opened


_MEASURES: Final[Mapping[str, str]] = {
    "people": "served", "services": "services", "sessions": "attended", "participants": "participants",
    "events": "events", "amount": "assistance_amount",
}  # fmt: skip
"""What each line counts, so that it is told by the same breakdowns."""


def _only(facts: Facts, column: Any, fund: str | None) -> Facts:
    """Those of these records that a fund has paid for; of none, those that no fund has."""
    held = column.is_(None) if fund is None else is_fund(column, fund)
    return replace(facts, select=lambda *columns: facts.select(*columns).where(held))


def _people(asking: Asking, *, fund: str | None) -> Facts:
    period = asking.period
    found = paid_people(Span(period, period, period)).subquery("paid")
    return of_each_person(asking, found, found.c.fund == (fund or "").upper())


def _services(asking: Asking, *, fund: str | None) -> Facts:
    return _only(desk.services(asking), Service.fund, fund)


def _sessions(asking: Asking, *, fund: str | None) -> Facts:
    record = CounsellingSession
    of_case = sa.select(Case.id).where(is_fund(Case.fund, fund or ""), Case.voided.is_(False))
    held = (asking.within(record.held_on), record.attendance == ATTENDED, record.case_id.in_(of_case))
    return of_people(asking, record, record.held_on, *held, word=("counselling_type", record.session_type))


def _participants(asking: Asking, *, fund: str | None) -> Facts:
    return _only(learning.participants(asking), TrainingEvent.fund, fund)


def _events(asking: Asking, *, fund: str | None) -> Facts:
    return _only(learning.events(asking), TrainingEvent.fund, fund)


def _given(asking: Asking, *, fund: str | None) -> Facts:
    facts = _only(case_work.assistance(asking), Assistance.fund, fund)
    told = {**facts.of, "currency": sa.func.coalesce(Assistance.currency, "IDR")}
    return replace(facts, of=told, select=lambda *columns: facts.select(*columns).where(Assistance.amount.is_not(None)))


_PAID: Final[Mapping[str, Callable[..., Facts]]] = {
    "people": _people, "services": _services, "sessions": _sessions, "participants": _participants,
    "events": _events, "amount": _given,
}  # fmt: skip
