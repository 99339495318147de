# SPDX-License-Identifier: Apache-2.0
"""What the pages of commitments ask of the database, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import Commitment, Partner, PartnerContribution
    from resource_centre.services.commitment_lists import CommitmentRow
    from resource_centre.services.dialogues import DialogueFacts
    from resource_centre.services.partner_contributions import ContributionRow, ContributionTotal

NEW_COMMITMENT, COMMITMENT, ENDING, REOPENING = "commitment_new", "commitment", "commitment_end", "commitment_reopen"
NEW_TO_EVENT, CONTRIBUTION = "partner_gift_event", "partner_gift"
NEW_PARTNER, PARTNER, NEW_OF_PARTNER = "partners", "partner", "partner_gift_new"
"""What drafts of each form are kept under."""


@dataclass(frozen=True)
class EventLook:
    """What one meeting came to."""

    event_id: str
    held_on: date | None
    called_off: bool
    facts: DialogueFacts
    commitments: list[CommitmentRow]
    contributions: list[ContributionRow]
    totals: list[ContributionTotal]
    partners: list[tuple[str, str]]


def read_event(session: Session, event_id: str) -> EventLook:
    """One meeting with its figures, its commitments, and what partners gave."""
    from resource_centre.records import TrainingEvent
    from resource_centre.services.commitment_lists import commitments_of
    from resource_centre.services.dialogues import dialogue_facts
    from resource_centre.services.partner_contributions import contribution_totals, contributions_of
    from resource_centre.services.saving import existing

    event = existing(session, TrainingEvent, event_id)
    return EventLook(
        event_id=event_id,
        held_on=event.starts_on,
        called_off=bool(event.called_off),
        facts=dialogue_facts(session, event_id, on=today()),
        commitments=commitments_of(session, event_id=event_id),
        contributions=contributions_of(session, event_id=event_id),
        totals=contribution_totals(session, event_id=event_id),
        partners=partner_choices(session),
    )


def partner_choices(session: Session) -> list[tuple[str, str]]:
    """Id and name of everybody who has ever been a partner: what they once gave may be written down late."""
    from resource_centre.services.partners import partners_list

    return [(row.id, row.name or "") for row in partners_list(session, idle=True)]


def find(session: Session, which: str, text: str, last: Any, limit: int) -> list[CommitmentRow]:
    """A page of the list of commitments."""
    from resource_centre.services.commitment_lists import Wanted, find_commitments

    after = last.cursor if last is not None else None
    return find_commitments(session, Wanted(which, text=text), on=today(), after=after, limit=limit)


def count_overdue(session: Session) -> int:
    """How many commitments are overdue."""
    from resource_centre.services.commitment_lists import count_due

    return count_due(session, on=today())[0]


def one_commitment(session: Session, commitment_id: str) -> tuple[Commitment, date | None]:
    """A commitment, and the day of its meeting."""
    from resource_centre.records import Commitment, TrainingEvent
    from resource_centre.services.saving import existing

    found = existing(session, Commitment, commitment_id)
    return found, existing(session, TrainingEvent, found.event_id).starts_on


def one_contribution(session: Session, contribution_id: str) -> PartnerContribution:
    """A contribution."""
    from resource_centre.records import PartnerContribution
    from resource_centre.services.saving import existing

    return existing(session, PartnerContribution, contribution_id)


def institution_names(session: Session, text: str) -> list[str]:
    """Partners and institutions of earlier commitments that hold what is typed."""
    from resource_centre.services.commitment_lists import institutions
    from resource_centre.services.partners import partner_names

    typed = text.strip().casefold()
    known = [name for name in institutions(session) if typed in name.casefold()]
    return list(dict.fromkeys((*partner_names(session, text), *known)))[:8]


def place_of_draft(session: Session, form: str, about: str | None) -> tuple[Any, ...]:
    """The page on which a form of this name was begun, and what it opens."""
    if form == NEW_PARTNER or about is None:
        return ("partners", "new")
    if form in (NEW_COMMITMENT, NEW_TO_EVENT):
        return ("training", (about, "agreements"))
    if form in (PARTNER, NEW_OF_PARTNER):
        return ("partners", about)
    if form == CONTRIBUTION:
        return _place_of_contribution(session, about)
    return ("agreements", about)


def _place_of_contribution(session: Session, contribution_id: str) -> tuple[Any, ...]:
    from resource_centre.records import PartnerContribution

    found = session.get(PartnerContribution, contribution_id)
    return ("partners", found.partner_id) if found is not None else ("partners",)


def partner_of(session: Session, partner_id: str) -> Partner:
    """A partner."""
    from resource_centre.records import Partner
    from resource_centre.services.saving import existing

    return existing(session, Partner, partner_id)
