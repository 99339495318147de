# SPDX-License-Identifier: Apache-2.0
"""What is late in cases: follow-ups, referrals, reviews of plans, plans never made, questions nobody answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from resource_centre.i18n import _, ngettext
from resource_centre.records import Account, Advice, Case, FollowUp, Person, Plan, Referral
from resource_centre.services.plans import ACTIVE, DRAFT
from resource_centre.services.referral_clock import PENDING
from resource_centre.services.rules import rule
from resource_centre.services.since_return import since_returns
from resource_centre.values.partial_date import latest

URGENT: Final = ("darurat", "mendesak")
MOST_VALUES: Final = 30_000
"""How many values one question may hold on both databases."""


@dataclass(frozen=True)
class Marks:
    """How much of each kind is late in a case."""

    follow_ups: int = 0
    referrals: int = 0
    reviews: int = 0
    no_plan: bool = False
    questions: int = 0
    next_on: dt.date | None = None
    """The day of the next follow-up, or of the one that is longest late."""

    def words(self) -> tuple[str, ...]:
        """What is late, in the active language, the most pressing first."""
        said = (
            ngettext("{n} follow-up late", "{n} follow-ups late", self.follow_ups).format(n=self.follow_ups)
            if self.follow_ups
            else "",
            ngettext("{n} referral late", "{n} referrals late", self.referrals).format(n=self.referrals)
            if self.referrals
            else "",
            _("no plan") if self.no_plan else "",
            _("plan to review") if self.reviews else "",
            _("asks for advice") if self.questions else "",
        )
        return tuple(words for words in said if words)


@dataclass(frozen=True)
class Caseload:
    """The open cases of one counsellor, and what is late in them; the account is None for cases nobody has."""

    id: str
    account_id: str | None
    name: str
    active: bool
    cases: int
    urgent: int
    follow_ups: int
    referrals: int
    reviews: int
    no_plan: int
    questions: int


def marks_of(session: Session, cases: Mapping[str, str], *, on: dt.date) -> dict[str, Marks]:
    """What is late in these open cases, given as case id to person id, and the day of the next follow-up."""
    people, own = list(cases.values()), Case.id.in_(list(cases))
    planned = _planned(session, people, on)
    referrals = _counted(session, _late_referrals(on), Referral.person_id, people)
    reviews = _counted(session, _late_reviews(on), Plan.case_id, list(cases))
    questions = _counted(session, _questions(on), Advice.case_id, list(cases))
    no_plan = {row.id for row in _without_plan(session, on, own)}
    return {
        case_id: Marks(
            follow_ups=planned.get(person_id, (0, None))[0],
            referrals=referrals.get(person_id, 0),
            reviews=reviews.get(case_id, 0),
            questions=questions.get(case_id, 0),
            no_plan=case_id in no_plan,
            next_on=planned.get(person_id, (0, None))[1],
        )
        for case_id, person_id in cases.items()
    }


def caseloads(session: Session, *, on: dt.date) -> list[Caseload]:
    """The caseload of everybody who has open cases, by name; cases nobody has come first."""
    urgent = func.sum(case((Case.priority.in_(URGENT), 1), else_=0))
    counted = select(Case.counsellor_id, func.count(), urgent).where(*_open()).group_by(Case.counsellor_id)
    late = _late_by_counsellor(session, on)
    no_plan: dict[str | None, int] = {}
    for row in _without_plan(session, on, None):
        no_plan[row.counsellor_id] = no_plan.get(row.counsellor_id, 0) + 1
    names = {one.id: one for one in session.scalars(select(Account))}
    found = [
        _caseload(account_id, names.get(account_id or ""), cases, pressing, late, no_plan)
        for account_id, cases, pressing in session.execute(counted)
    ]
    return sorted(found, key=lambda one: (one.account_id is not None, one.name))


def late_cases(session: Session, on: dt.date) -> list[str]:
    """The open cases in which something is late; as many as one question may hold."""
    late = {row.id for row, counts in _late_in_open_cases(session, on) if any(counts.values())}
    late |= {row.id for row in _without_plan(session, on, None)}
    return sorted(late)[:MOST_VALUES]


def _caseload(
    account_id: str | None,
    account: Account | None,
    cases: int,
    urgent: int | None,
    late: Mapping[str, Mapping[Any, int]],
    no_plan: Mapping[str | None, int],
) -> Caseload:
    return Caseload(
        id=account_id or "",
        account_id=account_id,
        name=(account.name or account.login) if account is not None else "",
        active=bool(account.active) if account is not None else True,
        cases=cases,
        urgent=int(urgent or 0),
        follow_ups=late["follow_ups"].get(account_id, 0),
        referrals=late["referrals"].get(account_id, 0),
        reviews=late["reviews"].get(account_id, 0),
        no_plan=no_plan.get(account_id, 0),
        questions=late["questions"].get(account_id, 0),
    )


def _late_by_counsellor(session: Session, on: dt.date) -> dict[str, dict[str | None, int]]:
    late: dict[str, dict[str | None, int]] = {name: {} for name in LATE}
    for row, counts in _late_in_open_cases(session, on):
        for name, n in counts.items():
            late[name][row.counsellor_id] = late[name].get(row.counsellor_id, 0) + n
    return late


def _late_in_open_cases(session: Session, on: dt.date) -> Iterator[tuple[Any, dict[str, int]]]:
    """Each open case with how much of each kind is late in it.

    Counted apart and put together here: joined in one question, SQLite reads what is late once for every case.
    """
    counted = {name: _all_late(session, on, name) for name in LATE}
    for row in session.execute(select(Case.id, Case.person_id, Case.counsellor_id).where(*_open())):
        yield row, {name: found.get(row.id) or found.get(row.person_id, 0) for name, found in counted.items()}


def _all_late(session: Session, on: dt.date, name: str) -> dict[str, int]:
    record, by, conditions = LATE[name](on)
    wanted = select(by, func.count()).select_from(record).where(*conditions).group_by(by)
    return dict(session.execute(wanted).all())


def _planned(session: Session, people: list[str], on: dt.date) -> dict[str, tuple[int, dt.date | None]]:
    """By person: how many follow-ups are late, and the day of the first that is not done."""
    late = func.sum(case((FollowUp.due_on < on, 1), else_=0))
    wanted = select(FollowUp.person_id, late, func.min(FollowUp.due_on)).group_by(FollowUp.person_id)
    waiting = (FollowUp.person_id.in_(people), FollowUp.done_on.is_(None), FollowUp.voided.is_(False))
    return {person_id: (int(n or 0), first) for person_id, n, first in session.execute(wanted.where(*waiting))}


def _counted(session: Session, late: Any, by: Any, ids: list[str]) -> dict[str, int]:
    record, _by, conditions = late
    wanted = select(by, func.count()).select_from(record).where(by.in_(ids), *conditions).group_by(by)
    return dict(session.execute(wanted).all())


def _late_follow_ups(on: dt.date) -> Any:
    waiting = (FollowUp.done_on.is_(None), FollowUp.due_on < on, FollowUp.voided.is_(False))
    return FollowUp, FollowUp.person_id, waiting


def _late_referrals(on: dt.date) -> Any:
    waiting = (Referral.status.in_(PENDING), Referral.due_on < on, Referral.voided.is_(False))
    return Referral, Referral.person_id, waiting


def _late_reviews(on: dt.date) -> Any:
    waiting = (Plan.status == ACTIVE, Plan.review_on <= on, Plan.voided.is_(False))
    return Plan, Plan.case_id, waiting


def _questions(_on: dt.date) -> Any:
    return Advice, Advice.case_id, (Advice.answered_on.is_(None), Advice.voided.is_(False))


LATE: Final[dict[str, Any]] = {
    "follow_ups": _late_follow_ups,
    "referrals": _late_referrals,
    "reviews": _late_reviews,
    "questions": _questions,
}


def _without_plan(session: Session, on: dt.date, which: ColumnElement[bool] | None) -> Iterable[Any]:
    """Open cases without a plan although a month has passed since the return, or since the opening."""
    made = and_(Plan.case_id == Case.id, Plan.status != DRAFT, Plan.voided.is_(False))
    has_one = select(Plan.id).where(made).exists()
    days = dt.timedelta(days=int(rule("plan_days")))
    wanted = select(Case.id, Case.person_id, Case.counsellor_id, Case.opened_on).where(*_open(), ~has_one)
    if which is not None:
        wanted = wanted.where(which)
    rows = session.execute(wanted).all()
    since = since_returns(session, [row.person_id for row in rows], on=on)
    for row in rows:
        back = since.get(row.person_id)
        begun = latest(back.returned) if back is not None else row.opened_on
        if begun + days < on:
            yield row


def _open() -> tuple[ColumnElement[bool], ...]:
    """Open cases of people who are valid."""
    # Asked of each case: the list of all valid people would be made anew for every question.
    valid = select(Person.id).where(Person.id == Case.person_id, Person.voided.is_(False)).exists()
    return Case.closed_on.is_(None), Case.voided.is_(False), valid
