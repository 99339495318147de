# SPDX-License-Identifier: Apache-2.0
"""Counselling sessions and what was promised next. Observations, never diagnoses (domain reference 3.4)."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, field
from resource_centre.records.owned import Owned


class CounsellingSession(Owned):
    """One session with one person."""

    __tablename__ = "counselling_session"
    __table_args__ = (
        sa.Index(
            "ix_counselling_session_held_on_person",
            "held_on",
            "person_id",
            "session_type",
            "mode",
            "attendance",
            # Every question leaves out what is not valid: without this each row is looked up, 150 times slower.
            "voided",
        ),
        sa.Index("ix_counselling_session_person_held_on", "person_id", "held_on", "attendance", "voided"),
    )

    case_id: Mapped[str | None] = mapped_column(Id)
    held_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    service_type: Mapped[str | None] = field(
        N_("Kind of counselling"), format="code", vocabulary="service_type", required=True
    )
    session_type: Mapped[str | None] = field(
        N_("Session"), format="code", vocabulary="counselling_type", default="lanjutan"
    )
    session_number: Mapped[int | None] = field(N_("Session number"), format="integer", type_=sa.Integer())
    mode: Mapped[str | None] = field(N_("How"), format="code", vocabulary="counselling_mode", default="tatap_muka")
    attendance: Mapped[str | None] = field(
        N_("Attendance"), format="code", vocabulary="session_attendance", default="hadir"
    )
    minutes: Mapped[int | None] = field(N_("Minutes"), format="integer", type_=sa.Integer())
    counsellor: Mapped[str | None] = field(N_("Counsellor"))
    topic: Mapped[str | None] = field(N_("What it was about"), format="paragraph", sensitivity=SPECIFIC)
    observation: Mapped[str | None] = field(
        N_("Observation"),
        format="paragraph",
        sensitivity=SPECIFIC,
        help=N_("What you saw and heard, in plain words. No diagnosis."),
    )
    risk: Mapped[str | None] = field(N_("Risk of harm"), format="code", vocabulary="risk_level", sensitivity=SPECIFIC)
    risk_action: Mapped[str | None] = field(N_("What was done about the risk"), sensitivity=SPECIFIC)
    agreed: Mapped[str | None] = field(N_("What was agreed"), format="paragraph")
    next_on: Mapped[dt.date | None] = field(N_("Next meeting"), format="date", type_=sa.Date())


class FollowUp(Owned):
    """A date on which somebody should be heard of again."""

    __tablename__ = "follow_up"
    # What is still to be done is a small part of what was ever promised.
    __table_args__ = (sa.Index("ix_follow_up_done_due_person", "done_on", "due_on", "person_id", "voided"),)

    session_id: Mapped[str | None] = mapped_column(Id, index=True)
    due_on: Mapped[dt.date | None] = field(N_("Due on"), format="date", required=True, index=True, type_=sa.Date())
    purpose: Mapped[str | None] = field(N_("Purpose"))
    done_on: Mapped[dt.date | None] = field(N_("Done on"), format="date", type_=sa.Date())
    result: Mapped[str | None] = field(N_("Result"), format="code", vocabulary="follow_up_result")
