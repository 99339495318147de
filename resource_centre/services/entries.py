# SPDX-License-Identifier: Apache-2.0
"""What is told of a person one by one - debts, skills, papers, household members: written, changed, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.log.voiding import void
from resource_centre.records import Identifier, MigrationEpisode, Owned, Person
from resource_centre.services.check import check_stay
from resource_centre.services.people import known_elsewhere
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new

Entry = TypeVar("Entry", bound=Owned)


def entries_of(session: Session, record: type[Entry], person_id: str, **links: Any) -> list[Entry]:
    """The valid entries of one kind of a person, oldest first; `links` narrow them, such as ``case_id``."""
    own = (record.person_id == person_id, record.voided.is_(False))
    linked = [getattr(record, name) == value for name, value in links.items()]
    return list(session.scalars(select(record).where(*own, *linked).order_by(record.id)))


def add_entry(
    session: Session,
    record: type[Entry],
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    on: dt.date | None = None,
    **links: Any,
) -> Entry:
    """Write one entry down. Raises `Refused` with the problems by field, and then nothing was written."""
    _refuse_beside(session, existing(session, Person, person_id), record, values)
    return write_new(session, record, {**values, **links, "person_id": person_id}, unanswered, on=on or today())


def change_entry(
    session: Session,
    record: type[Entry],
    entry_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Entry:
    """Change an entry; `version` is that of the form's opening."""
    entry = existing(session, record, entry_id)
    _refuse_beside(session, existing(session, Person, entry.person_id), record, values)
    return write_changes(session, entry, values, unanswered, on=today(), version=version)


def take_back(session: Session, record: type[Entry], entry_id: str, reason: str) -> None:
    """Mark an entry as not valid; the trail keeps it."""
    void(session, existing(session, record, entry_id), reason)


def _refuse_beside(session: Session, person: Person, record: type[Owned], values: Mapping[str, Any]) -> None:
    """What shows only beside the person, or beside others: a stay before birth, a number of somebody else."""
    if record is MigrationEpisode:
        refuse_errors(check_stay(values, {"birth_date": person.birth_date}))
    if record is Identifier:
        refuse_errors(known_elsewhere(session, canonical(Identifier, values), person.id))
