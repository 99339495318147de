# SPDX-License-Identifier: Apache-2.0
"""Referrals as lists show them: those that are open, the latest first; those that are late; those of one person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Date, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from resource_centre.clock import wall_ms
from resource_centre.records import Person, Provider, Referral
from resource_centre.records.base import Id
from resource_centre.services.referral_clock import HOUR_MS, OPEN, PENDING, deadline_ms, local_day, remaining
from resource_centre.vocabulary import vocabulary

MOST: Final = 200
NEVER: Final = dt.date.max
"""The due day of what is not sent, after all others."""


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list ended."""

    due_on: dt.date
    deadline: int
    id: str


@dataclass(frozen=True)
class ReferralRow:
    """One referral as lists show it; `deadline` in milliseconds since 1970, None while nothing is sent."""

    id: str
    person_id: str
    case_id: str | None
    full_name: str
    number: str | None
    provider: str | None
    services: tuple[str, ...]
    urgency: str | None
    status: str | None
    made_on: dt.date | None
    sent_on: dt.date | None
    sent_ms: int | None
    due_on: dt.date | None
    ended_on: dt.date | None

    @property
    def deadline(self) -> int | None:
        """When the time for an answer is over; None while nothing is sent."""
        return deadline_ms(self.urgency, self.due_on, self.sent_ms)

    @property
    def pending(self) -> bool:
        """Whether the clock runs: sent, and the client not yet served."""
        return self.status in PENDING

    def left_ms(self, now_ms: int) -> int | None:
        """Milliseconds left for an answer, negative when it is late; None while nothing is sent."""
        return remaining(self, now_ms)

    def late_ms(self, now_ms: int) -> int:
        """Milliseconds since the time was over, 0 while it is not or the clock stands."""
        return max(0, now_ms - self.deadline) if self.pending and self.deadline is not None else 0

    @property
    def cursor(self) -> Cursor:
        """For asking for what comes after this row."""
        pending = self.pending and self.due_on is not None
        return Cursor(self.due_on if pending and self.due_on else NEVER, self.sent_ms or 0, self.id)


def open_referrals(
    session: Session, *, status: str | None = None, after: Cursor | None = None, limit: int = MOST
) -> list[ReferralRow]:
    """Referrals that have not ended, what is late or due first, then what is not sent or only to be concluded."""
    order = (_due(), _sent(), Referral.id)
    wanted = _rows().where(Referral.status == status if status else Referral.status.in_(OPEN))
    if after is not None:
        here = tuple_(literal(after.due_on, Date), literal(after.deadline, BigInteger), literal(after.id, Id))
        wanted = wanted.where(tuple_(*order) > here)
    return [_row(row) for row in session.execute(wanted.order_by(*order).limit(limit))]


def overdue(
    session: Session, *, on: dt.date | None = None, now_ms: int | None = None, limit: int = MOST
) -> list[ReferralRow]:
    """Referrals whose time is over and whose client is not served yet, the longest first.

    On a day given as `on` without a moment, everything due before that day.
    """
    wanted = _rows().where(_late(on, now_ms)).order_by(Referral.due_on, _sent(), Referral.id).limit(limit)
    return [_row(row) for row in session.execute(wanted)]


def count_overdue(session: Session, *, on: dt.date | None = None, now_ms: int | None = None) -> int:
    """How many referrals `overdue` would give without its limit."""
    late = select(func.count()).select_from(Referral).join(Person, Person.id == Referral.person_id)
    return session.scalar(late.where(_late(on, now_ms), *_valid())) or 0


def referrals_of(session: Session, person_id: str, case_id: str | None = None) -> list[ReferralRow]:
    """A person's referrals, of one case when it is named, newest first."""
    own = [Referral.person_id == person_id] + ([Referral.case_id == case_id] if case_id else [])
    wanted = _rows().where(*own).order_by(Referral.made_on.desc(), Referral.id.desc())
    return [_row(row) for row in session.execute(wanted)]


def _rows() -> Any:
    columns: tuple[Any, ...] = (
        Referral.id, Referral.person_id, Referral.case_id, Person.full_name, Referral.number, Provider.name,
        Referral.services, Referral.urgency, Referral.status, Referral.made_on, Referral.sent_on, Referral.sent_ms,
        Referral.due_on, Referral.ended_on,
    )  # fmt: skip
    joined = select(*columns).join(Person, Person.id == Referral.person_id)
    return joined.outerjoin(Provider, Provider.id == Referral.provider_id).where(*_valid())


def _valid() -> tuple[ColumnElement[bool], ...]:
    return Referral.voided.is_(False), Person.voided.is_(False)


def _due() -> ColumnElement[dt.date]:
    return case(
        (Referral.status.in_(PENDING), func.coalesce(Referral.due_on, literal(NEVER, Date))),
        else_=literal(NEVER, Date),
    )


def _sent() -> ColumnElement[int]:
    return func.coalesce(Referral.sent_ms, literal(0, BigInteger))


def _late(on: dt.date | None, now_ms: int | None) -> ColumnElement[bool]:
    """Due on an earlier day, or within this very day at an earlier moment."""
    if on is not None and now_ms is None:
        return and_(Referral.status.in_(PENDING), Referral.due_on < on)
    now = now_ms if now_ms is not None else wall_ms()
    day = on or local_day(now)
    until = Referral.sent_ms + _milliseconds()
    over = or_(Referral.due_on < day, and_(Referral.due_on == day, Referral.sent_ms.is_not(None), until < now))
    return and_(Referral.status.in_(PENDING), over)


def _milliseconds() -> ColumnElement[int]:
    hours = {term.code: int(term.extra["hours"]) for term in vocabulary("referral_urgency")}
    steps = {code: literal(each * HOUR_MS, BigInteger) for code, each in hours.items()}
    return case(steps, value=Referral.urgency, else_=literal(max(hours.values()) * HOUR_MS, BigInteger))


def _row(row: Any) -> ReferralRow:
    known: list[Any] = list(row)
    known[3], known[6] = known[3] or "", tuple(known[6] or ())
    return ReferralRow(*known)
