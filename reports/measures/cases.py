# SPDX-License-Identifier: Apache-2.0
"""The flow of cases (R13): as in `reports.monthly.cases`, whose closings that were taken back are asked for here."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reports.measures.making import of_people
from reports.measures.model import Asking, Facts
from reports.monthly.cases import NEVER
from resource_centre.records import Case, Person, Transition
from resource_centre.services.cases import BETWEEN, CLOSED, REOPENED
from resource_centre.vocabulary import vocabulary


def opened(asking: Asking) -> Facts:
    """Cases by the day they were opened."""
    return _cases(asking, Case.opened_on, asking.within(Case.opened_on))


def open_at_start(asking: Asking) -> Facts:
    """Cases that were open when the period began."""
    return _open_on(asking, Case.opened_on < asking.period.first, asking.period.first, at_start=True)


def open_at_end(asking: Asking) -> Facts:
    """Cases that are open on the period's last day."""
    return _open_on(asking, Case.opened_on <= asking.period.last, asking.period.last, at_start=False)


def reopened(asking: Asking) -> Facts:
    """Cases opened again, by that day."""
    undone = _undone()
    return _steps(asking, undone, undone.c.reopened_on)


def closed(asking: Asking) -> Facts:
    """Closings by their day, those that were taken back later included."""
    undone = _undone()
    standing = sa.select(Case.id, Case.closed_on.label("day"), Case.closure_reason.label("reason"))
    again = sa.select(undone.c.case_id, undone.c.closed_on, undone.c.reason)
    found = sa.union_all(standing.where(Case.closed_on.is_not(None)), again).subquery("closing")

    def select(*columns: Any) -> sa.Select[Any]:
        return _joined(asking, sa.select(*columns), found, found.c.id).where(asking.within(found.c.day))

    return Facts(
        Case,
        Case.id,
        found.c.day,
        select,
        person_id=Case.person_id,
        word=("closure_reason", found.c.reason),
        of={"closure_reason": found.c.reason, "fund": Case.fund},
        seen=asking.seen,
    )


def goals_planned(asking: Asking) -> Facts:
    """The goals of the cases closed in the period, as they stand."""
    return _of_closed(asking, Case.goals_planned)


def goals_achieved(asking: Asking) -> Facts:
    """Those of these goals that were reached."""
    return _of_closed(asking, Case.goals_reached)


def _of_closed(asking: Asking, amount: Any) -> Facts:
    return of_people(
        asking,
        Case,
        Case.closed_on,
        asking.within(Case.closed_on),
        Case.goals_planned > 0,
        amount=amount,
        word=("closure_reason", Case.closure_reason),
        of={"closure_reason": Case.closure_reason, "fund": Case.fund},
    )


def _cases(asking: Asking, day: Any, *where: Any) -> Facts:
    told = {"fund": Case.fund}
    return of_people(asking, Case, day, *where, word=("priority", Case.priority), of=told)


def _open_on(asking: Asking, begun: Any, day: Any, *, at_start: bool) -> Facts:
    closed_on, undone = sa.func.coalesce(Case.closed_on, NEVER), _undone()
    shut = (
        sa.and_(undone.c.closed_on < day, undone.c.reopened_on >= day)
        if at_start
        else sa.and_(undone.c.closed_on <= day, undone.c.reopened_on > day)
    )
    not_yet = closed_on >= day if at_start else closed_on > day
    then_shut = sa.select(undone.c.case_id).where(shut)
    return _cases(asking, Case.opened_on, begun, not_yet, Case.id.not_in(then_shut))


def _steps(asking: Asking, found: Any, day: Any) -> Facts:
    def select(*columns: Any) -> sa.Select[Any]:
        return _joined(asking, sa.select(*columns), found, found.c.case_id).where(asking.within(day))

    return Facts(
        Case, Case.id, day, select, person_id=Case.person_id, word=("priority", Case.priority),
        of={"fund": Case.fund}, seen=asking.seen,
    )  # fmt: skip


def _joined(asking: Asking, made: sa.Select[Any], found: Any, case_id: Any) -> sa.Select[Any]:
    joined = made.select_from(found).join(Case, Case.id == case_id).join(Person, Person.id == Case.person_id)
    begun = sa.func.coalesce(Case.opened_on, NEVER) <= asking.period.last
    return joined.where(begun, Case.voided.is_(False), *asking.scope.of_person(), *asking.scope.of_work(Case))


def _undone() -> Any:
    """Closings that were taken back: the case, when it was closed and why, when it was opened again. Without a step
    that closed it, the day of opening again stands for it."""
    step = Transition
    before = {
        name: sa.func.lag(column).over(partition_by=step.about_id, order_by=step.id).label(name)
        for name, column in (("was", step.after), ("was_on", step.moved_on), ("why", step.reason))
    }
    steps = (
        sa.select(step.about_id, step.after, step.moved_on, *before.values())
        .where(step.about == "Case", step.voided.is_(False), step.after.in_((CLOSED, REOPENED)))
        .subquery("step_of_case")
    )
    shut = steps.c.was == CLOSED
    earlier = sa.case((sa.and_(shut, steps.c.was_on < steps.c.moved_on), steps.c.was_on), else_=steps.c.moved_on)
    return (
        sa.select(
            steps.c.about_id.label("case_id"),
            earlier.label("closed_on"),
            sa.case((shut, _reason(steps.c.why))).label("reason"),
            steps.c.moved_on.label("reopened_on"),
        )
        .where(steps.c.after == REOPENED)
        .subquery("closing_undone")
    )


def _reason(written: Any) -> Any:
    """The code before what was written behind it."""
    codes = vocabulary("closure_reason").codes
    matches = (
        (sa.or_(written == code, written.startswith(f"{code}{BETWEEN}", autoescape=True)), code) for code in codes
    )
    return sa.case(*matches)
