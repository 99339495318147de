# SPDX-License-Identifier: Apache-2.0
"""The front desk: contacts, which may be anonymous, the services given, and what becomes of a contact."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Account, Case, Contact, Person, Service
from resource_centre.services.saving import Reasons, existing, write_changes, write_new

BECAME_CASE: Final = "became_case"


@dataclass(frozen=True)
class ContactRow:
    """One contact as the front desk lists it; `name` is None for somebody unnamed."""

    id: str
    person_id: str | None
    name: str | None
    case_id: str | None
    channel: str
    client_type: str | None
    sex: str | None
    village_code: str | None
    reasons: tuple[str, ...]
    services: tuple[str, ...]
    outcome: str | None


@dataclass(frozen=True)
class LastUsed:
    """What the next contact probably has in common with the last one."""

    channel: str | None = None
    village_code: str | None = None


def record_contact(
    session: Session,
    *,
    values: Mapping[str, Any],
    services: Sequence[str] = (),
    person_id: str | None = None,
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
    fund: str | None = None,
) -> Contact:
    """Write down a contact, and the services given at it as codes of service_type; without a person it is unnamed.

    `fund` is who pays for the services. Who received it is the account this session is open for, unless the values say
    otherwise.
    """
    if person_id is not None:
        existing(session, Person, person_id)
    complete = {"held_on": on or today(), "staff": _own_name(session), **values, "person_id": person_id}
    contact = write_new(session, Contact, complete, unanswered, on=today())
    for code in services:
        line = {"service_type": code, "given_on": contact.held_on, "contact_id": contact.id, "person_id": person_id}
        write_new(session, Service, line | {"fund": fund}, on=today())
    return contact


def record_service(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Service:
    """Write down one service given to a person, on its own or at a contact (``contact_id`` among the values)."""
    existing(session, Person, person_id)
    complete = {"given_on": on or today(), **values, "person_id": person_id}
    return write_new(session, Service, complete, unanswered, on=today())


def contacts_of_day(session: Session, day: dt.date) -> list[ContactRow]:
    """The contacts of a day with the services given at them, the last one written down first."""
    columns = (
        Contact.id, Contact.person_id, Person.full_name, Contact.case_id, Contact.channel, Contact.client_type,
        Contact.sex, Contact.village_code, Contact.reasons, Contact.outcome,
    )  # fmt: skip
    wanted = select(*columns).outerjoin(Person, Person.id == Contact.person_id)
    own = (Contact.held_on == day, Contact.voided.is_(False))
    rows = session.execute(wanted.where(*own).order_by(Contact.id.desc())).all()
    given = _services_at(session, [row.id for row in rows])
    return [_row(row, given[row.id]) for row in rows]


def last_used(session: Session) -> LastUsed:
    """Channel and village of the contact written down last."""
    newest = select(Contact.channel, Contact.village_code).where(Contact.voided.is_(False))
    found = session.execute(newest.order_by(Contact.id.desc()).limit(1)).first()
    return LastUsed(*found) if found else LastUsed()


def link_contact(session: Session, contact_id: str, person_id: str) -> Contact:
    """An unnamed contact, and the services given at it, become those of this person.

    Raises `Refused` when it is somebody else's already.
    """
    existing(session, Person, person_id)
    contact = existing(session, Contact, contact_id)
    if contact.person_id not in (None, person_id):
        raise Refused("not_found")
    # The client type is written anew: what may stand beside nobody's name may not stand beside this one.
    write_changes(session, contact, {"person_id": person_id, "client_type": contact.client_type}, on=today())
    for service in _services_of(session, contact_id):
        write_changes(session, service, {"person_id": person_id}, on=today())
    return contact


def case_from_contact(session: Session, contact_id: str, *, outcome: str = BECAME_CASE) -> Case:
    """The open case of whom the contact was with, opened now when there is none; the contact says what became of it.

    Raises `Refused` for an unnamed contact: register or link the person first.
    """
    from resource_centre.services.cases import open_case_of

    contact = existing(session, Contact, contact_id)
    if contact.person_id is None:
        raise Refused("check", (Problem("person_id", "unnamed"),))
    opened = open_case_of(session, contact.person_id) or _new_case(session, contact.person_id, contact_id)
    write_changes(session, contact, {"case_id": opened.id, "outcome": outcome}, on=today())
    return opened


def take_back_contact(session: Session, contact_id: str, reason: str) -> None:
    """Mark a contact and the services given at it as not valid."""
    for service in _services_of(session, contact_id):
        void(session, service, reason)
    void(session, existing(session, Contact, contact_id), reason)


def _new_case(session: Session, person_id: str, contact_id: str) -> Case:
    from resource_centre.services.cases import open_case

    return open_case(session, person_id=person_id, values={"contact_id": contact_id})


def _row(found: Any, services: Sequence[str]) -> ContactRow:
    return ContactRow(
        id=found.id,
        person_id=found.person_id,
        name=found.full_name,
        case_id=found.case_id,
        channel=found.channel or "",
        client_type=found.client_type,
        sex=found.sex,
        village_code=found.village_code,
        reasons=tuple(found.reasons or ()),
        services=tuple(services),
        outcome=found.outcome,
    )


def _services_of(session: Session, contact_id: str) -> list[Service]:
    given = select(Service).where(Service.contact_id == contact_id, Service.voided.is_(False))
    return list(session.scalars(given.order_by(Service.id)))


def _services_at(session: Session, contact_ids: Sequence[str]) -> dict[str, list[str]]:
    """The codes of the services given at these contacts, by contact."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted = select(Service.contact_id, Service.service_type).where(Service.voided.is_(False))
    for contact_id, code in session.execute(wanted.where(Service.contact_id.in_(contact_ids)).order_by(Service.id)):
        found[contact_id or ""].append(code or "")
    return found


def _own_name(session: Session) -> str | None:
    account = session.get(Account, viewer_of(session).account_id)
    return (account.name or account.login) if account is not None else None
