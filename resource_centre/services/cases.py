# SPDX-License-Identifier: Apache-2.0
"""Cases: opening, changing, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Case, Person
from resource_centre.services import numbers
from resource_centre.services.saving import Reasons, existing, write_changes, write_new

CLOSED: Final = "ditutup"


def open_case(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any] | None = None,
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Case:
    """Open a case on a day and give it a number. Raises `Refused` when the person has an open one already."""
    existing(session, Person, person_id)
    if open_case_of(session, person_id) is not None:
        raise Refused("check", (Problem("opened_on", "already_open"),))
    complete = {"opened_on": on or today(), **(values or {}), "person_id": person_id}
    return write_new(session, Case, complete, unanswered, on=today(), series=numbers.CASE)


def change_case(
    session: Session,
    case_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Case:
    """Change what a case says of itself; to end it use `close_case`."""
    return write_changes(session, existing(session, Case, case_id), values, unanswered, on=today(), version=version)


def close_case(session: Session, *, case_id: str, reason: str, on: dt.date | None = None) -> Case:
    """Close a case with one of the codes of closure_reason."""
    ending = {"closed_on": on or today(), "closure_reason": reason, "status": CLOSED}
    return write_changes(session, existing(session, Case, case_id), ending, on=today())


def open_case_of(session: Session, person_id: str) -> Case | None:
    """The newest open case of a person, or None."""
    still_open = (Case.person_id == person_id, Case.closed_on.is_(None), Case.voided.is_(False))
    newest = select(Case).where(*still_open).order_by(Case.opened_on.desc(), Case.id.desc()).limit(1)
    return session.scalars(newest).first()
