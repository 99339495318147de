# SPDX-License-Identifier: Apache-2.0
"""Whose cases there are: the list of cases, the caseload of each counsellor, and its hand-over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Account, Case, FollowUp, Person
from resource_centre.records.base import Id
from resource_centre.roles import CASE_WORKERS
from resource_centre.services.accounts import may
from resource_centre.services.case_marks import Marks, late_cases, marks_of
from resource_centre.services.cases import workable_case
from resource_centre.services.quiet_cases import without_contact
from resource_centre.services.saving import existing, write_changes
from resource_centre.services.since_return import SinceReturn, since_returns
from resource_centre.services.transitions import keep_step, steps_of
from resource_centre.vocabulary import vocabulary

OPEN, CLOSED, LATE, QUIET, ANY = "open", "closed", "late", "quiet", ""
NOBODY: Final = "nobody"
"""In place of an account: cases nobody has."""
HANDED_OVER: Final = "Caseload"
"""What a step is about that says who had a case before and after."""


class Cursor(NamedTuple):
    """Where a page of the list ended."""

    rank: int
    opened_on: dt.date
    id: str


@dataclass(frozen=True)
class CaseRow:
    """One case as lists show it; `next_on` is the day of the next follow-up."""

    id: str
    person_id: str
    full_name: str
    number: str | None
    status: str | None
    priority: str | None
    opened_on: dt.date
    counsellor: str
    since: SinceReturn | None
    next_on: dt.date | None
    marks: Marks
    cursor: Cursor


@dataclass(frozen=True)
class Counsellor:
    """Somebody who may have cases; `active` says whether they may still sign in."""

    id: str
    name: str
    active: bool


@dataclass(frozen=True)
class HandOver:
    """A case that went from one to another; names, empty for nobody or somebody of another centre."""

    on: dt.date
    before: str
    to: str
    reason: str | None
    who: str


def cases_page(
    session: Session,
    *,
    counsellor: str | None = None,
    state: str = OPEN,
    on: dt.date | None = None,
    after: Cursor | None = None,
    limit: int = 200,
) -> list[CaseRow]:
    """Cases, the most pressing first, then the newest. `counsellor` is an account, `NOBODY`, or None for all; `state`
    a state of the list, `OPEN`, `LATE` (open, and something is late), `QUIET` (open, and nobody was met
    for long), `CLOSED` or `ANY`."""
    found: list[Any] = []
    always = [*_which(counsellor, state), *_late(session, state, on)]
    for rank, of_priority in _priorities(state):
        if after is None or rank >= after.rank:
            here = after if after is not None and after.rank == rank else None
            wanted = _listed([*always, *of_priority], here).limit(limit - len(found))
            found += [(*row, rank) for row in session.execute(wanted)]
        if len(found) == limit:
            break
    return _rows(session, found, on or today())


def count_cases(
    session: Session, *, counsellor: str | None = None, state: str = OPEN, on: dt.date | None = None
) -> int:
    """How many cases `cases_page` would give in the end."""
    wanted = select(func.count()).select_from(Case).join(Person, Person.id == Case.person_id)
    where = (*_which(counsellor, state), *_late(session, state, on), Case.voided.is_(False), Person.voided.is_(False))
    return session.scalar(wanted.where(*where)) or 0


def counsellors(session: Session) -> list[Counsellor]:
    """Everybody who may have cases, by name; those who left last, as long as they have some."""
    holders = set(session.scalars(select(Case.counsellor_id).where(*_which(None, OPEN)).distinct()))
    accounts = session.scalars(select(Account).where(Account.voided.is_(False)).order_by(Account.name, Account.id))
    found = [
        Counsellor(one.id, one.name or one.login, bool(one.active))
        for one in accounts
        if (one.active and one.role in CASE_WORKERS) or one.id in holders
    ]
    return sorted(found, key=lambda one: not one.active)


def hand_over(
    session: Session,
    from_account: str | None,
    to_account: str,
    *,
    reason: str,
    case_ids: Iterable[str] | None = None,
    on: dt.date | None = None,
) -> int:
    """Give open cases of one counsellor (None: of nobody) to another, all of them or some; returns how many.

    Each keeps a step that says who had it, who has it and why; follow-ups the one before was to do go along. Raises
    `Refused` for an account that does not supervise.
    """
    if not may(session, "supervise"):
        raise Refused("not_allowed")
    _refuse_receiver(session, to_account)
    of_whom = Case.counsellor_id == from_account if from_account else Case.counsellor_id.is_(None)
    wanted = [of_whom, *_which(None, OPEN), Case.voided.is_(False)]
    if case_ids is not None:
        wanted.append(Case.id.in_(list(case_ids)))
    cases = list(session.scalars(select(Case).where(*wanted)))
    for one in cases:
        _give(session, one, to_account, reason, on)
    return len(cases)


def take_case(session: Session, case_id: str) -> Case:
    """Take a case that nobody has. Raises `Refused` when somebody has it, or for an account without cases."""
    viewer = viewer_of(session)
    one = workable_case(session, case_id)
    if viewer.role not in CASE_WORKERS:
        raise Refused("not_allowed")
    if one.counsellor_id is not None:
        raise Refused("changed_meanwhile")
    _give(session, one, viewer.account_id, None, None)
    return one


def hand_overs_of(session: Session, case_id: str) -> list[HandOver]:
    """How a case came from one to the other, the last time first."""
    names = {one.id: one.name or one.login for one in session.scalars(select(Account))}
    return [
        HandOver(step.moved_on, names.get(step.before or "", ""), names.get(step.after, ""), step.reason, step.who)
        for step in steps_of(session, HANDED_OVER, case_id)
    ]


def _which(counsellor: str | None, state: str) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if counsellor == NOBODY:
        where.append(Case.counsellor_id.is_(None))
    elif counsellor is not None:
        where.append(Case.counsellor_id == counsellor)
    if state == CLOSED:
        where.append(Case.closed_on.is_not(None))
    elif state != ANY:
        where.append(Case.closed_on.is_(None))
    if state not in (OPEN, LATE, QUIET, CLOSED, ANY):
        where.append(Case.status == state)
    return where


def _late(session: Session, state: str, on: dt.date | None) -> list[ColumnElement[bool]]:
    if state == QUIET:
        return list(without_contact(on or today()))
    return [Case.id.in_(late_cases(session, on or today()))] if state == LATE else []


def _priorities(state: str) -> list[tuple[int, list[ColumnElement[bool]]]]:
    """One priority after the other, so that each page is read along an index; closed cases have no priority left."""
    if state in (CLOSED, ANY):
        return [(0, [])]
    codes = vocabulary("priority").codes
    rest = or_(Case.priority.is_(None), Case.priority.not_in(codes))
    return [*((rank, [Case.priority == code]) for rank, code in enumerate(codes)), (len(codes), [rest])]


def _listed(where: Iterable[ColumnElement[bool]], after: Cursor | None) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Case.id, Case.person_id, Person.full_name, Case.number, Case.status, Case.priority, Case.opened_on,
        Account.name,
    )  # fmt: skip
    wanted = select(*columns).join(Person, Person.id == Case.person_id)
    wanted = wanted.outerjoin(Account, Account.id == Case.counsellor_id)
    wanted = wanted.where(*where, Case.voided.is_(False), Person.voided.is_(False))
    if after is not None:
        here = tuple_(literal(after.opened_on, Date), literal(after.id, Id))
        wanted = wanted.where(tuple_(Case.opened_on, Case.id) < here)
    return wanted.order_by(Case.opened_on.desc(), Case.id.desc())


def _rows(session: Session, found: list[Any], on: dt.date) -> list[CaseRow]:
    people = {row[0]: row[1] for row in found}
    since = since_returns(session, people.values(), on=on)
    marks = marks_of(session, people, on=on)
    return [_row(row, since.get(row[1]), marks[row[0]]) for row in found]


def _row(row: Any, since: SinceReturn | None, marks: Marks) -> CaseRow:
    case_id, person_id, full_name, number, status, priority, opened_on, counsellor, rank = row
    return CaseRow(
        id=case_id,
        person_id=person_id,
        full_name=full_name,
        number=number,
        status=status,
        priority=priority,
        opened_on=opened_on,
        counsellor=counsellor or "",
        since=since,
        next_on=marks.next_on,
        marks=marks,
        cursor=Cursor(rank, opened_on, case_id),
    )


def _give(session: Session, one: Case, to_account: str, reason: str | None, on: dt.date | None) -> None:
    before = one.counsellor_id
    keep_step(session, one, before, to_account, about=HANDED_OVER, reason=reason, on=on)
    write_changes(session, one, {"counsellor_id": to_account}, on=today())
    if before is not None:
        own = (FollowUp.person_id == one.person_id, FollowUp.responsible_id == before, FollowUp.done_on.is_(None))
        for follow_up in session.scalars(select(FollowUp).where(*own, FollowUp.voided.is_(False))):
            write_changes(session, follow_up, {"responsible_id": to_account}, on=today())


def _refuse_receiver(session: Session, to_account: str) -> None:
    receiver = existing(session, Account, to_account)
    if not receiver.active or receiver.role not in CASE_WORKERS:
        raise Refused("check", (Problem("to_account", "not_in_list"),))
