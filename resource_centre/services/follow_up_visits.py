# SPDX-License-Identifier: Apache-2.0
"""Who is to be seen or called on a day or in a week, where they live, and how they may be reached without harm.

For the lists on the screen and the week's list that is printed for home visits. A telephone number is on a list only
when the person agreed to be contacted again and has a safe number: a list is carried about and may be read by others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.records import Account, Address, Case, FollowUp, FollowUpAttempt, Person
from resource_centre.services.consents import Standing, standings
from resource_centre.services.follow_up_attempts import not_reached
from resource_centre.services.follow_ups import MOST, still_to_do, what_for

CALL_BACK: Final = "kontak_ulang"
"""The purpose of consent_purpose that lets the centre get in touch again."""

DAYS_OF_A_WEEK: Final = 7

WAYS: Final = {
    "call": "",
    "visit": N_("No safe telephone is known: visit, do not call."),
    "ask": N_("Nobody asked whether we may call: visit, and ask."),
    "refused": N_("Does not want to be contacted: do not call or write."),
}
"""How somebody may be reached, and what is said instead of a telephone number."""


@dataclass(frozen=True)
class SafeContact:
    """How somebody may be reached. `way` is a key of `WAYS`; the rest is filled in only when calling is safe."""

    way: str
    phone: str | None = None
    answerer: str | None = None
    times: str | None = None
    may_leave_message: bool | None = None
    may_send_whatsapp: bool | None = None

    def warning(self) -> str:
        """Why nobody should call, in the active language; empty when one may."""
        return _(WAYS[self.way]) if WAYS[self.way] else ""


@dataclass(frozen=True)
class VisitRow:
    """One follow-up with everything a visitor needs. `attempts` counts tries in which nobody was reached."""

    id: str
    person_id: str
    full_name: str
    number: str | None
    sex: str | None
    birth_date: str | None
    due_on: dt.date
    days_late: int
    purpose: str | None
    interval: str | None
    session_id: str | None
    mode: str | None
    case_id: str | None
    case_number: str | None
    responsible: str | None
    """Name of the account that is to do it, else of the case's counsellor."""
    contact: SafeContact
    village_code: str | None = None
    address: str = ""
    """Hamlet, RT, RW and street, as far as known."""
    attempts: int = 0
    standing: str | None = None

    @property
    def what_for(self) -> str:
        """What it is for, in the active language."""
        return what_for(self.purpose, self.interval, self.session_id)


def today_list(session: Session, *, on: dt.date, account: str | None = None) -> list[VisitRow]:
    """Follow-ups of this very day, by village and name; with an `account` id only those it is to do."""
    return _visits(session, FollowUp.due_on == on, on, account)


def overdue_list(session: Session, *, on: dt.date, account: str | None = None, limit: int = MOST) -> list[VisitRow]:
    """Follow-ups of earlier days that nobody has done, the longest waiting first."""
    return _visits(session, FollowUp.due_on < on, on, account, limit)


def week_list(
    session: Session, start: dt.date, *, account: str | None = None, on: dt.date | None = None
) -> list[VisitRow]:
    """Follow-ups of the seven days from `start`, by day, village and name; `on` is the day lateness is counted from."""
    last = start + dt.timedelta(days=DAYS_OF_A_WEEK - 1)
    return _visits(session, FollowUp.due_on.between(start, last), on or start, account)


def visit(session: Session, follow_up_id: str, *, on: dt.date) -> VisitRow:
    """One follow-up that is still to be done. Raises `Refused` when there is none, or it is done meanwhile."""
    found = _visits(session, FollowUp.id == follow_up_id, on, None)
    if not found:
        raise Refused("not_found")
    return found[0]


def _visits(
    session: Session, when: ColumnElement[bool], on: dt.date, account: str | None, limit: int = MOST
) -> list[VisitRow]:
    doer = func.coalesce(FollowUp.responsible_id, Case.counsellor_id)
    wanted = (
        select(FollowUp, Person, Case, Account.name)
        .join(Person, Person.id == FollowUp.person_id)
        .outerjoin(Case, and_(Case.id == FollowUp.case_id, Case.voided.is_(False)))
        .outerjoin(Account, Account.id == doer)
        .where(when, *still_to_do())
    )
    if account is not None:
        wanted = wanted.where(or_(doer == account, doer.is_(None)))
    found = session.execute(wanted.order_by(FollowUp.due_on, Person.name_key, FollowUp.id).limit(limit)).all()
    people = [person.id for _follow_up, person, _case, _name in found]
    agreed = standings(session, people, CALL_BACK, on)
    rows = [_row(*row, on=on, agreed=agreed[row[1].id]) for row in found]
    homes, tried = _homes(session, people), _tries(session, [row.id for row in rows])
    placed = [replace(row, **homes.get(row.person_id, {}), attempts=tried.get(row.id, 0)) for row in rows]
    return sorted(placed, key=lambda row: (row.due_on, row.village_code or "", row.address))


def _row(
    planned: FollowUp, person: Person, case: Case | None, responsible: str | None, *, on: dt.date, agreed: Standing
) -> VisitRow:
    assert planned.due_on is not None
    return VisitRow(
        id=planned.id,
        person_id=person.id,
        full_name=person.full_name,
        number=person.number,
        sex=person.sex,
        birth_date=person.birth_date,
        due_on=planned.due_on,
        days_late=max(0, (on - planned.due_on).days),
        purpose=planned.purpose,
        interval=planned.interval,
        session_id=planned.session_id,
        mode=planned.mode,
        case_id=planned.case_id,
        case_number=case.number if case else None,
        responsible=responsible,
        contact=safe_contact(person, agreed),
        standing=person.standing,
    )


def safe_contact(person: Person, agreed: Standing) -> SafeContact:
    """How a person may be reached, by what they agreed to about it and what is known of their telephone."""
    if agreed in ("refused", "withdrawn"):
        return SafeContact("refused")
    if agreed != "given":
        return SafeContact("ask")
    if not person.safe_phone:
        return SafeContact("visit")
    return SafeContact(
        "call",
        person.safe_phone,
        person.safe_answerer,
        person.safe_times,
        person.may_leave_message,
        person.may_send_whatsapp,
    )


def _homes(session: Session, people: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Village and address by person; the one written last when there are several."""
    now = (Address.kind == "current", Address.valid_to.is_(None), Address.voided.is_(False))
    wanted = select(Address).where(Address.person_id.in_(set(people)), *now).order_by(Address.id)
    return {
        home.person_id: {"village_code": home.village_code, "address": _address_words(home)}
        for home in session.scalars(wanted)
    }


def _address_words(home: Address) -> str:
    alleys = " / ".join(f"{name} {number}" for name, number in (("RT", home.rt), ("RW", home.rw)) if number)
    return ", ".join(part for part in (home.hamlet, alleys, home.street) if part)


def _tries(session: Session, follow_ups: Sequence[str]) -> dict[str, int]:
    wanted = select(FollowUpAttempt.follow_up_id, func.count()).where(
        FollowUpAttempt.follow_up_id.in_(follow_ups), *not_reached()
    )
    return {
        follow_up or "": count for follow_up, count in session.execute(wanted.group_by(FollowUpAttempt.follow_up_id))
    }
