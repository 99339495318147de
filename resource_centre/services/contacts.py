# SPDX-License-Identifier: Apache-2.0
"""The front desk: contacts, which may be anonymous, and the services given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Contact, Person, Service
from resource_centre.services.saving import Reasons, existing, write_new


def record_contact(
    session: Session,
    *,
    values: Mapping[str, Any],
    services: Sequence[str] = (),
    person_id: str | None = None,
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Contact:
    """Write down a contact, and the services given at it as codes of service_type; without a person it is unnamed."""
    if person_id is not None:
        existing(session, Person, person_id)
    complete = {"held_on": on or today(), **values, "person_id": person_id}
    contact = write_new(session, Contact, complete, unanswered, on=today())
    for code in services:
        line = {"service_type": code, "given_on": contact.held_on, "contact_id": contact.id, "person_id": person_id}
        write_new(session, Service, line, on=today())
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
