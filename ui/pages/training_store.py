# SPDX-License-Identifier: Apache-2.0
"""What the attendance sheet asks of the database, on the database's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.training import EventSheet

AS_MANY = 8


def known_people(session: Session, text: str) -> list[tuple[Any, str | None]]:
    """The first registered people a typed name means, each with the client type."""
    from sqlalchemy import select

    from db.search import find_people
    from resource_centre.records import Person

    people = find_people(session, text, limit=AS_MANY)
    wanted = select(Person.id, Person.client_type).where(Person.id.in_([one.id for one in people]))
    kinds = {row.id: row.client_type for row in session.execute(wanted)}
    return [(one, kinds.get(one.id)) for one in people]


def names_alike(session: Session, names: set[str]) -> set[str]:
    """Those of these folded names that registered people have."""
    from sqlalchemy import select

    from resource_centre.records import Person

    known = select(Person.name_key).where(Person.name_key.in_(names), Person.voided.is_(False))
    return {name for name in session.scalars(known.distinct()) if name}


def read_sheet(session: Session, event_id: str) -> EventSheet:
    """An event with its participants."""
    from resource_centre.services.training import event_sheet

    return event_sheet(session, event_id)


def save_sheet(
    session: Session,
    event_id: str | None,
    version: int | None,
    event: dict[str, Any],
    participants: list[dict[str, Any]],
    removed: list[str],
    reason: str | None = None,
) -> str:
    """Write an event and its sheet as one act; the id of the event. `reason` where its month was reported."""
    from resource_centre.services.training import record_training, save_event

    if event_id is None:
        return record_training(session, event=event, participants=participants).id
    return save_event(session, event_id, event, participants, removed, version=version, reason=reason).id
