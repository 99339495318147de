# SPDX-License-Identifier: Apache-2.0
"""The conversation in which somebody was registered, the papers they have, and what they agreed to."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import Id, field
from resource_centre.records.owned import Owned


class IntakeInterview(Owned):
    """Who talked with whom, where, and whether the intake is complete."""

    __tablename__ = "intake_interview"

    held_on: Mapped[dt.date | None] = field(N_("Date of the intake"), format="date", required=True, type_=sa.Date())
    mode: Mapped[str | None] = field(N_("Where the intake was"), format="code", vocabulary="intake_mode")
    staff: Mapped[str | None] = field(N_("Who asked"))
    interpreter: Mapped[str | None] = field(N_("Interpreter"))
    others_present: Mapped[str | None] = field(N_("Others present"))
    told_by: Mapped[str | None] = field(N_("Who told it"), format="code", vocabulary="intake_source")
    form_version: Mapped[str | None] = field(N_("Version of the form"))
    completed_on: Mapped[dt.date | None] = field(N_("Completed on"), format="date", type_=sa.Date())


class Document(Owned):
    """A paper somebody has, has lost, or is kept from."""

    __tablename__ = "document"

    document_type: Mapped[str | None] = field(N_("Document"), format="code", vocabulary="document_type", required=True)
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="document_state")
    number: Mapped[str | None] = field(N_("Number"))
    issued_at: Mapped[str | None] = field(N_("Issued at"))
    issued_on: Mapped[str | None] = field(N_("Issued on"), format="partial_date")
    expires_on: Mapped[str | None] = field(N_("Valid until"), format="partial_date")
    seen: Mapped[bool | None] = field(N_("Seen by us?"), format="yes_no")
    note: Mapped[str | None] = field(N_("Note"))


class Consent(Owned):
    """What somebody agreed to or refused, for one purpose. Refusing never stands in the way of a service."""

    __tablename__ = "consent"
    __table_args__ = (sa.Index("ix_consent_person_purpose", "person_id", "purpose", "voided"),)

    referral_id: Mapped[str | None] = mapped_column(Id)
    """For the agreement to one referral's letter."""
    purpose: Mapped[str | None] = field(N_("Purpose"), format="code", vocabulary="consent_purpose", required=True)
    decision: Mapped[str | None] = field(N_("Decision"), format="code", vocabulary="consent_decision", required=True)
    decided_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    mode: Mapped[str | None] = field(N_("How it was given"), format="code", vocabulary="consent_mode")
    text_version: Mapped[str | None] = field(N_("Version of the text"))
    language: Mapped[str | None] = field(N_("Language of the text"), format="code", vocabulary="language")
    witness: Mapped[str | None] = field(
        N_("Witness"), format="name", help=N_("Whenever the consent was not written by the person's own hand.")
    )
    guardian: Mapped[str | None] = field(
        N_("Guardian"), format="name", help=N_("For a child, or somebody who cannot decide alone.")
    )
    guardian_relation: Mapped[str | None] = field(N_("Relation of the guardian"), format="code", vocabulary="relation")
    expires_on: Mapped[dt.date | None] = field(N_("Valid until"), format="date", type_=sa.Date())
    withdrawn_on: Mapped[dt.date | None] = field(N_("Withdrawn on"), format="date", type_=sa.Date())
    withdrawn_why: Mapped[str | None] = field(N_("Why it was withdrawn"))
    note: Mapped[str | None] = field(N_("Note"))
