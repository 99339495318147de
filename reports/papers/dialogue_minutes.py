# SPDX-License-Identifier: Apache-2.0
"""The minutes of a dialogue between stakeholders: who took part, what was agreed, who sees to it and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.event import EventFacts, event_facts
from reports.papers.heading import Heading, heading_of
from reports.papers.values import day, word
from resource_centre.i18n import _
from resource_centre.records import TrainingEvent
from resource_centre.services.commitment_lists import commitments_of
from resource_centre.services.saving import existing
from resource_centre.services.training import ParticipantRow, event_sheet


@dataclass(frozen=True)
class TookPart:
    """One participant."""

    name: str
    organisation: str
    sector: str
    country: str


@dataclass(frozen=True)
class Agreement:
    """One agreement or recommendation; `state` says what has become of it by the day of printing."""

    kind: str
    what: str
    responsible: str
    until: str
    state: str


@dataclass(frozen=True)
class DialogueMinutes:
    """What the minutes say. `sectors` and `countries` are (name, how many), the most frequent first; `counted` came
    besides those named."""

    heading: Heading
    event: EventFacts
    people: tuple[TookPart, ...]
    counted: int
    sectors: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    institutions: int
    agreements: tuple[Agreement, ...]
    remarks: str


def dialogue_minutes(session: Session, event_id: str) -> DialogueMinutes:
    """The minutes as they stand today."""
    event = existing(session, TrainingEvent, event_id)
    rows = _there(event_sheet(session, event_id).rows)
    counted = (event.counted_women, event.counted_men, event.counted_others)
    people = tuple(_person(row) for row in rows)
    return DialogueMinutes(
        heading=heading_of(session, _("Minutes of a dialogue"), event.number),
        event=event_facts(session, event),
        people=people,
        counted=sum(one or 0 for one in counted),
        sectors=_shares(one.sector for one in people),
        countries=_shares(one.country for one in people),
        institutions=len({one.organisation.casefold() for one in people if one.organisation}),
        agreements=tuple(
            Agreement(
                kind=word("commitment_kind", one.kind),
                what=one.what or "",
                responsible=", ".join(part for part in (one.responsible, one.organisation) if part),
                until=day(one.due_on),
                state=word("commitment_state", one.state),
            )
            for one in commitments_of(session, event_id=event_id)
        ),
        remarks=event.remarks or "",
    )


def _there(rows: Iterable[ParticipantRow]) -> list[ParticipantRow]:
    """Who was there; where nothing has been marked, everybody on the sheet."""
    listed = list(rows)
    marked = any(row.days.strip("-") for row in listed)
    return [row for row in listed if row.days_present] if marked else listed


def _person(row: ParticipantRow) -> TookPart:
    return TookPart(
        name=row.name or "",
        organisation=row.organisation or "",
        sector=word("sector", row.sector) if row.sector else "",
        country=word("country", row.country) if row.country else "",
    )


def _shares(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(name or _("not known") for name in names)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
