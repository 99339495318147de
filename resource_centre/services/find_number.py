# SPDX-License-Identifier: Apache-2.0
"""From the number on a paper back to the record: typed, or scanned from the square code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.records import (
    Case,
    Certificate,
    Complaint,
    Person,
    Referral,
    SavingsGroup,
    Trainer,
    TrainingEvent,
)
from resource_centre.services.numbers import (
    CASE,
    CERTIFICATE,
    CLIENT,
    COMPLAINT,
    REFERRAL,
    SAVINGS_GROUP,
    TRAINER,
    TRAINING,
)
from resource_centre.values.numbers import read_number

Noun = Literal["person", "case", "referral", "complaint", "training", "savings_group", "certificate", "trainer"]

_RECORDS: Final[dict[str, tuple[Noun, Any]]] = {
    CLIENT: ("person", Person),
    CASE: ("case", Case),
    REFERRAL: ("referral", Referral),
    COMPLAINT: ("complaint", Complaint),
    TRAINING: ("training", TrainingEvent),
    SAVINGS_GROUP: ("savings_group", SavingsGroup),
    CERTIFICATE: ("certificate", Certificate),
    TRAINER: ("trainer", Trainer),
}
OF_NOBODY: Final = ("training", "savings_group", "certificate", "trainer")
"""What is opened for itself, not as something of a person."""


@dataclass(frozen=True)
class Found:
    """What a number belongs to: `person_id` is None for what is about no single person, `case_id` when it was made
    outside of a case."""

    noun: Noun
    id: str
    person_id: str | None
    case_id: str | None


def find_number(session: Session, text: str) -> Found | None:
    """The record of a number written in any spelling; None when it is no number of ours, or nothing this account sees.

    Its check character keeps a slip from opening somebody else's record.
    """
    reading = read_number(text)
    if reading is None or reading.series not in _RECORDS:
        return None
    noun, record = _RECORDS[reading.series]
    if noun == "person":
        return _person(session, reading.text)
    wanted = select(record).where(record.number == reading.text, record.voided.is_(False)).limit(1)
    found = session.scalars(wanted).first()
    if found is None:
        return None
    if noun in OF_NOBODY:
        return Found(noun, found.id, None, None)
    return Found(noun, found.id, found.person_id, found.id if noun == "case" else found.case_id)


def _person(session: Session, number: str) -> Found | None:
    """Whose number this is, also of a record that is one person with another."""
    named = select(func.coalesce(Person.same_as, Person.id)).where(Person.number == number)
    wanted = select(Person.id).where(Person.id.in_(named), Person.voided.is_(False)).limit(1)
    found = session.scalars(wanted).first()
    return None if found is None else Found("person", found, found, None)
