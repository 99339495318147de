# SPDX-License-Identifier: Apache-2.0
"""Open cases whose person nobody has met or reached for a long time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.records import Case, Contact, CounsellingSession, FollowUp, Person, Service
from resource_centre.services.counselling import ATTENDED
from resource_centre.services.follow_ups import NOT_MET
from resource_centre.services.rules import rule


def without_contact(on: dt.date) -> tuple[ColumnElement[bool], ...]:
    """Conditions on a case: open for long, and no session, service, visit or follow-up that reached them since."""
    since = on - dt.timedelta(days=int(rule("case_contact_days")))
    reached = or_(FollowUp.result.is_(None), FollowUp.result != NOT_MET)
    return (
        Case.closed_on.is_(None),
        Case.opened_on < since,
        ~_any(CounsellingSession, CounsellingSession.held_on, since, CounsellingSession.attendance == ATTENDED),
        ~_any(Service, Service.given_on, since),
        ~_any(Contact, Contact.held_on, since),
        ~_any(FollowUp, FollowUp.done_on, since, reached),
    )


def count_quiet_cases(session: Session, *, on: dt.date) -> int:
    """How many there are, of valid people."""
    valid = select(Person.id).where(Person.id == Case.person_id, Person.voided.is_(False)).exists()
    wanted = select(func.count()).select_from(Case).where(*without_contact(on), Case.voided.is_(False), valid)
    return session.scalar(wanted) or 0


def _any(record: Any, day: Any, since: dt.date, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(record.id).where(record.person_id == Case.person_id, day >= since, record.voided.is_(False), *where)
    return found.exists()
