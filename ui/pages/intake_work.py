# SPDX-License-Identifier: Apache-2.0
"""What the intake asks of the database; runs on its thread, never on the window's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resource_centre.clock import today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.problems import Problem
    from resource_centre.services.duplicates import Likeness
    from resource_centre.services.intake import Intake
    from resource_centre.services.intake_parts import IntakeRecord


CONTACT: Final = "contact"
PARTICIPANT: Final = "participant"


@dataclass(frozen=True)
class Handed:
    """A contact of the front desk, or a line of an attendance sheet, that becomes somebody's.

    `answers` is what it says already, by row; `person_id` whose it is, if anybody's.
    """

    kind: str
    record_id: str
    held_on: Any
    answers: dict[str, Any]
    person_id: str | None
    telephone: str = ""


@dataclass(frozen=True)
class Found:
    """Who may be the same person, and what does not fit together."""

    alike: Sequence[Likeness]
    problems: Sequence[Problem]


def read(session: Session, person_id: str) -> IntakeRecord:
    """A person's intake as far as it has come."""
    from resource_centre.services.intake_parts import intake_record

    return intake_record(session, person_id)


def register(session: Session, answers: Mapping[str, Any], handed: Handed | None) -> tuple[Intake, IntakeRecord]:
    """Register somebody with the first step alone; what was handed over becomes theirs."""
    from resource_centre.services.intake import register_intake

    asked = dict(answers)
    from_contact = handed is not None and handed.kind == CONTACT
    if handed is not None and from_contact:
        asked |= {"contact": None, "contact_id": handed.record_id}
    day = (handed.held_on if handed is not None and from_contact else answers["contact"].get("held_on")) or today()
    intake = register_intake(session, **asked, interview={}, on=day)
    if handed is not None and not from_contact:
        hand_over(session, handed.kind, handed.record_id, intake.person_id)
    return intake, read(session, intake.person_id)


def save(
    session: Session, person_id: str, parts: Mapping[str, Any], versions: Mapping[str, int | None]
) -> IntakeRecord:
    """Save the sections of one step."""
    from resource_centre.services.intake_parts import save_sections

    return save_sections(session, person_id, parts, versions)


def note(session: Session, person_id: str) -> None:
    """Write on the interview whether the intake is complete."""
    from resource_centre.records import Person
    from resource_centre.services.intake_completeness import note_completeness
    from resource_centre.services.saving import existing

    note_completeness(session, existing(session, Person, person_id))


def begin_from(session: Session, kind: str, record_id: str) -> Handed:
    """What is written down already of somebody who is not registered."""
    return _from_contact(session, record_id) if kind == CONTACT else _from_participant(session, record_id)


def hand_over(session: Session, kind: str, record_id: str, person_id: str) -> None:
    """A contact of the front desk, or a participant, was somebody we know."""
    from resource_centre.services.contacts import link_contact
    from resource_centre.services.participants import link_participant

    (link_contact if kind == CONTACT else link_participant)(session, record_id, person_id)


def _from_contact(session: Session, contact_id: str) -> Handed:
    from resource_centre.records import Contact
    from resource_centre.services.saving import existing

    contact = existing(session, Contact, contact_id)
    answers = {
        "person.sex": contact.sex,
        "person.client_type": contact.client_type,
        "address.village_code": contact.village_code,
    }
    return Handed(CONTACT, contact_id, contact.held_on, _known(answers), contact.person_id)


def _from_participant(session: Session, participation_id: str) -> Handed:
    """The age on a sheet is no date of birth: that is asked."""
    from resource_centre.records import Participation
    from resource_centre.services.saving import existing

    line = existing(session, Participation, participation_id)
    answers = {
        "person.full_name": line.name,
        "person.sex": line.sex,
        "person.client_type": line.client_type,
        "address.village_code": line.village_code,
    }
    return Handed(PARTICIPANT, participation_id, None, _known(answers), line.person_id, line.phone or "")


def _known(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


def look_around(
    session: Session, description: Mapping[str, Any], parts: Mapping[str, Any], person_id: str | None
) -> Found:
    """Look for people who may be the same, and for what does not fit together."""
    from resource_centre.services.intake import check_intake
    from resource_centre.services.intake_parts import check_sections
    from resource_centre.services.people import likely_duplicates

    alike = likely_duplicates(session, **description)
    if person_id is not None:
        return Found(alike, check_sections(session, person_id, parts))
    asked = {name: value for name, value in parts.items() if name != "open_case"}
    return Found(alike, check_intake(session, **asked))
