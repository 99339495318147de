# SPDX-License-Identifier: Apache-2.0
"""Table R13: the flow of cases, with those that were opened again, and why cases were closed.

A case that is opened again loses its closing day, so the closing it undoes is read from the steps of the case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import Counted, Line, Tally, lines
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import Case, Person, Transition
from resource_centre.services.cases import BETWEEN, CLOSED, REOPENED
from resource_centre.vocabulary import vocabulary

NEVER = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class CaseFlow:
    """R13: cases open when each period began; opened, opened again and closed in it; open when it ended."""

    open_at_start: Counted
    opened: Counted
    reopened: Counted
    closed: Counted
    open_at_end: Counted
    reasons: tuple[Line, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is any case to tell of."""
        return bool(self.open_at_start.project.total + self.opened.project.total)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        names = ("open_at_start", "opened", "reopened", "closed", "open_at_end")
        flow = {name: getattr(self, name).as_dict() for name in names}
        return {**flow, "reasons": [line.as_dict() for line in self.reasons]}


@dataclass(frozen=True)
class Undone:
    """A closing that was taken back: when the case was closed and why, and when it was opened again."""

    sex: str | None
    closed_on: dt.date
    reason: str | None
    reopened_on: dt.date


def case_flow(session: Session, span: Span, scope: Scope) -> CaseFlow:
    """Each of the five is counted for itself, so that the identity between them is a check and not a definition."""
    tally = Tally()
    for sex, reason, *counts in session.execute(_standing(span, scope)):
        for name, at in (("start", 0), ("opened", 3), ("closed", 6)):
            tally.add_each(name, counts[at : at + 3], sex)
        if any(counts[6:9]):
            tally.add_each(("reason", reason), counts[6:9], sex)
        tally.add_each("end", counts[9:] * 3, sex)
    for undone in undone_closings(session, span, scope):
        _add_undone(tally, undone, span)
    start, opened, reopened, closed, end = (
        tally.counted(name) for name in ("start", "opened", "reopened", "closed", "end")
    )
    reasons = lines(tally.under("reason"), vocabulary("closure_reason").codes)
    return CaseFlow(start, opened, reopened, closed, end, reasons)


@kept
def _standing(span: Span, scope: Scope) -> Any:
    """Cases as they stand now, by sex and reason for closing."""
    firsts = (span.month.first, span.year.first, span.project.first)
    closed = sa.func.coalesce(Case.closed_on, NEVER)
    reason = sa.case((closed <= span.last, Case.closure_reason), else_=None)
    sums = (
        *(_sum(sa.and_(Case.opened_on < first, closed >= first)) for first in firsts),
        *(_sum(Case.opened_on >= first) for first in firsts),
        *(_sum(closed.between(first, span.last)) for first in firsts),
        _sum(closed > span.last),
    )
    return (
        sa.select(Person.sex, reason, *sums)
        .select_from(Case)
        .join(Person, Person.id == Case.person_id)
        .where(span.until(Case.opened_on), Case.voided.is_(False), *scope.of_person(), *scope.of_work(Case))
        .group_by(Person.sex, reason)
    )


def undone_closings(session: Session, span: Span, scope: Scope) -> Iterator[Undone]:
    """Every closing that a later step took back; without a step that closed, the day of opening again stands for it."""
    closings: dict[str, tuple[dt.date, str | None]] = {}
    for case_id, after, moved_on, reason, sex in session.execute(_steps(span, scope)):
        assert case_id is not None
        assert moved_on is not None
        if after == CLOSED:
            closings[case_id] = moved_on, (reason or "").partition(BETWEEN)[0] or None
        else:
            closed_on, why = closings.pop(case_id, (moved_on, None))
            yield Undone(sex, min(closed_on, moved_on), why, moved_on)


@kept
def _steps(span: Span, scope: Scope) -> Any:
    """The closings and openings of cases that were opened again, in order."""
    again = sa.select(Transition.about_id).where(Transition.after == REOPENED, *_steps_of_cases())
    return (
        sa.select(Transition.about_id, Transition.after, Transition.moved_on, Transition.reason, Person.sex)
        .join(Case, Case.id == Transition.about_id)
        .join(Person, Person.id == Case.person_id)
        .where(Transition.about_id.in_(again), Transition.after.in_((CLOSED, REOPENED)), *_steps_of_cases())
        .where(span.until(Case.opened_on), Case.voided.is_(False), *scope.of_person(), *scope.of_work(Case))
        .order_by(Transition.about_id, Transition.id)
    )


def _add_undone(tally: Tally, undone: Undone, span: Span) -> None:
    for at, period in enumerate(span):
        if period.first <= undone.closed_on <= period.last:
            tally.add_at("closed", at, undone.sex, 1)
            tally.add_at(("reason", undone.reason), at, undone.sex, 1)
        if period.first <= undone.reopened_on <= period.last:
            tally.add_at("reopened", at, undone.sex, 1)
        if undone.closed_on < period.first <= undone.reopened_on:
            tally.add_at("start", at, undone.sex, -1)
        if undone.closed_on <= period.last < undone.reopened_on:
            tally.add_at("end", at, undone.sex, -1)


def _steps_of_cases() -> tuple[sa.ColumnElement[bool], ...]:
    return Transition.about == "Case", Transition.voided.is_(False)


def _sum(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))
