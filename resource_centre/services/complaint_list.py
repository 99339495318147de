# SPDX-License-Identifier: Apache-2.0
"""The states of a complaint, and complaints as lists show them, those that have waited longest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from resource_centre.records import Complaint, Person, Transition
from resource_centre.records.base import Id
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

DRAFT: Final = "draf"
NEW: Final = "baru"
LODGED: Final = "dikirim"
FOLLOWED: Final = "ditindaklanjuti"
RUNNING: Final = "proses"
RESOLVED: Final = "selesai"
CLOSED: Final = "ditutup"
OPEN: Final = (DRAFT, NEW, LODGED, FOLLOWED, RUNNING)

MOST: Final = 200
NEVER: Final = dt.date.min
PRIORITIES: Final = ("urgent", "high", "medium")


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list ended."""

    last_step_on: dt.date
    id: str


@dataclass(frozen=True)
class ComplaintRow:
    """One complaint as lists show it; amounts in whole units of `currency`."""

    id: str
    person_id: str
    case_id: str | None
    full_name: str
    number: str | None
    complaint_type: str | None
    opened_on: dt.date | None
    status: str | None
    lodged_with: str | None
    legal_step: str | None
    result: str | None
    currency: str | None
    claimed: int | None
    awarded: int | None
    recovered: int | None
    last_step_on: dt.date

    @property
    def priority(self) -> str:
        """urgent, high or medium."""
        return priority_of(self.complaint_type)

    @property
    def cursor(self) -> Cursor:
        """For asking for what comes after this row."""
        return Cursor(self.last_step_on, self.id)

    def days_late(self, on: dt.date) -> int:
        """Days for which somebody should have followed it up by then; 0 when it is in time or no longer open."""
        waited = (on - self.last_step_on).days - days_allowed(self.priority)
        return max(0, waited) if self.status in OPEN else 0


@dataclass(frozen=True)
class AmountOf:
    """Sums of complaints in one currency, never converted."""

    currency: str
    claimed: int
    awarded: int
    recovered: int


def priority_of(complaint_type: str | None) -> str:
    """urgent, high or medium, by the kind of complaint (data of an advocacy app, domain reference 1.6)."""
    term = vocabulary("complaint_type").get(complaint_type)
    return term.extra["priority"] if term else "medium"


def days_allowed(priority: str) -> int:
    """Days without a step after which a complaint is overdue, a choice kept in the rules."""
    return int(rule(f"complaint_{priority}_days"))


def complaints_of(session: Session, person_id: str, case_id: str | None = None) -> list[ComplaintRow]:
    """A person's complaints, of one case when it is named, newest first."""
    own = [Complaint.person_id == person_id] + ([Complaint.case_id == case_id] if case_id else [])
    wanted = _rows().where(*own).order_by(Complaint.opened_on.desc(), Complaint.id.desc())
    return [_row(row) for row in session.execute(wanted)]


def open_complaints(session: Session, *, after: Cursor | None = None, limit: int = MOST) -> list[ComplaintRow]:
    """Complaints without a result, those that have waited longest first."""
    last = _last_step()
    wanted = _rows().where(Complaint.status.in_(OPEN))
    if after is not None:
        here = tuple_(literal(after.last_step_on, Date), literal(after.id, Id))
        wanted = wanted.where(tuple_(last, Complaint.id) > here)
    return [_row(row) for row in session.execute(wanted.order_by(last, Complaint.id).limit(limit))]


def overdue(session: Session, *, on: dt.date, limit: int = MOST) -> list[ComplaintRow]:
    """Complaints that should have been followed up before a day, the longest first."""
    last = _last_step()
    wanted = _rows().where(Complaint.status.in_(OPEN), _waits_too_long(last, on))
    return [_row(row) for row in session.execute(wanted.order_by(last, Complaint.id).limit(limit))]


def count_overdue(session: Session, *, on: dt.date) -> int:
    """How many complaints `overdue` would give without its limit."""
    late = select(func.count()).select_from(Complaint).join(Person, Person.id == Complaint.person_id)
    return session.scalar(late.where(Complaint.status.in_(OPEN), _waits_too_long(_last_step(), on), *_valid())) or 0


def amounts(rows: Iterable[ComplaintRow]) -> list[AmountOf]:
    """What was claimed, awarded and recovered, per currency."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        if row.currency and any(one is not None for one in (row.claimed, row.awarded, row.recovered)):
            found = sums.setdefault(row.currency, [0, 0, 0])
            for place, amount in enumerate((row.claimed, row.awarded, row.recovered)):
                found[place] += amount or 0
    return [AmountOf(currency, *found) for currency, found in sorted(sums.items())]


def _rows() -> Any:
    columns: tuple[Any, ...] = (
        Complaint.id, Complaint.person_id, Complaint.case_id, Person.full_name, Complaint.number,
        Complaint.complaint_type, Complaint.opened_on, Complaint.status, Complaint.lodged_with, Complaint.legal_step,
        Complaint.result, Complaint.currency, Complaint.claimed, Complaint.awarded, Complaint.recovered, _last_step(),
    )  # fmt: skip
    return select(*columns).join(Person, Person.id == Complaint.person_id).where(*_valid())


def _valid() -> tuple[ColumnElement[bool], ...]:
    return Complaint.voided.is_(False), Person.voided.is_(False)


def _last_step() -> ColumnElement[dt.date]:
    """When something was last done about a complaint: its newest step, or its opening."""
    own = (Transition.about_id == Complaint.id, Transition.about == "Complaint", Transition.voided.is_(False))
    newest = select(func.max(Transition.moved_on)).where(*own).correlate(Complaint).scalar_subquery()
    return func.coalesce(newest, Complaint.opened_on, literal(NEVER, Date))


def _waits_too_long(last: ColumnElement[dt.date], on: dt.date) -> ColumnElement[bool]:
    kinds = {
        priority: [term.code for term in vocabulary("complaint_type") if priority_of(term.code) == priority]
        for priority in PRIORITIES
    }
    return or_(
        *(
            and_(Complaint.complaint_type.in_(codes), last < on - dt.timedelta(days=days_allowed(priority)))
            for priority, codes in kinds.items()
        )
    )


def _row(row: Any) -> ComplaintRow:
    known: list[Any] = list(row)
    known[3] = known[3] or ""
    if isinstance(known[-1], str):
        known[-1] = dt.date.fromisoformat(known[-1])
    return ComplaintRow(*known)
