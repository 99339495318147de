# SPDX-License-Identifier: Apache-2.0
"""What the attendance sheet asks of the database, on the database's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from resource_centre.services.participants import EarlierParticipant, KnownOrganisation
    from resource_centre.services.training import EventSheet

AS_MANY = 8
LEAST_EARLIER = 3
"""As many participants of earlier events are offered, however many registered people have such a name."""


def known_people(session: Session, text: str) -> list[tuple[Any, str | None]]:
    """The first registered people a typed name means, each with the client type."""
    from sqlalchemy import select

    from db.search import find_people
    from resource_centre.records import Person

    people = find_people(session, text, limit=AS_MANY)
    wanted = select(Person.id, Person.client_type).where(Person.id.in_([one.id for one in people]))
    kinds = {row.id: row.client_type for row in session.execute(wanted)}
    return [(one, kinds.get(one.id)) for one in people]


def people_for_name(
    session: Session, text: str, on: date, event_id: str | None
) -> tuple[list[tuple[Any, str | None]], list[EarlierParticipant]]:
    """Registered people a typed name means, and participants of earlier events; as many as a list shows."""
    from resource_centre.services.participants import participants_before

    earlier = participants_before(session, text, on=on, without=event_id, limit=AS_MANY)
    people = known_people(session, text)[: AS_MANY - min(LEAST_EARLIER, len(earlier))]
    return people, earlier[: AS_MANY - len(people)]


def names_alike(session: Session, names: set[str]) -> dict[str, set[str]]:
    """Those of these folded names that registered people have, with their ids."""
    from sqlalchemy import select

    from resource_centre.records import Person

    known = select(Person.name_key, Person.id).where(Person.name_key.in_(names), Person.voided.is_(False))
    found: dict[str, set[str]] = {}
    for name, person_id in session.execute(known):
        found.setdefault(name or "", set()).add(person_id)
    return found


def known_institutions(session: Session) -> list[KnownOrganisation]:
    """Institutions of earlier sheets and partners."""
    from resource_centre.services.participants import organisations_known

    return organisations_known(session)


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
