# SPDX-License-Identifier: Apache-2.0
"""Counselling sessions and what was promised next. Observations, never diagnoses (domain reference 3.4)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, Id, field
from resource_centre.records.owned import Owned
from resource_centre.roles import CASE_WORKERS


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
    group_id: Mapped[str | None] = mapped_column(Id, index=True)
    """The same for everybody who took part in one group session."""
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
    place: Mapped[str | None] = field(N_("Where"), format="code", vocabulary="session_place")
    men_present: Mapped[int | None] = field(N_("Men present"), format="integer", type_=sa.Integer())
    women_present: Mapped[int | None] = field(N_("Women present"), format="integer", type_=sa.Integer())
    topics: Mapped[list[str] | None] = field(
        N_("Topics"), format="codes", vocabulary="session_topic", sensitivity=SPECIFIC, type_=JSON
    )
    activities: Mapped[list[str] | None] = field(
        N_("What was done"), format="codes", vocabulary="session_activity", type_=JSON
    )
    client_words: Mapped[str | None] = field(N_("In the client's words"), format="paragraph", sensitivity=SPECIFIC)
    homework: Mapped[str | None] = field(N_("Until the next time"), format="paragraph")
    risk: Mapped[str | None] = field(N_("Risk of harm"), format="code", vocabulary="risk_level", sensitivity=SPECIFIC)
    risk_action: Mapped[str | None] = field(N_("What was done about the risk"), sensitivity=SPECIFIC)
    agreed: Mapped[str | None] = field(N_("What was agreed"), format="paragraph")
    next_on: Mapped[dt.date | None] = field(N_("Next meeting"), format="date", type_=sa.Date())


class ConfidentialNote(Owned):
    """What was said in confidence at a session: for the counsellor and the supervisor."""

    __tablename__ = "confidential_note"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS

    session_id: Mapped[str | None] = mapped_column(Id, index=True)
    note: Mapped[str | None] = field(N_("Confidential note"), format="paragraph", sensitivity=SPECIFIC, required=True)


class CounsellingCourse(Owned):
    """A course of sessions: what it began with, and the record of its completion."""

    __tablename__ = "counselling_course"

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    begun_on: Mapped[dt.date | None] = field(N_("Begun on"), format="date", required=True, type_=sa.Date())
    observations: Mapped[list[str] | None] = field(
        N_("What was observed"),
        format="codes",
        vocabulary="observation",
        sensitivity=SPECIFIC,
        type_=JSON,
        help=N_("What you saw and heard, in plain words. No diagnosis."),
    )
    description: Mapped[str | None] = field(N_("Description"), format="paragraph", sensitivity=SPECIFIC)
    initial_plan: Mapped[str | None] = field(N_("How we want to go on"), format="paragraph", sensitivity=SPECIFIC)
    sessions_planned: Mapped[int | None] = field(N_("Sessions planned"), format="integer", type_=sa.Integer())
    weeks_planned: Mapped[int | None] = field(N_("Weeks planned"), format="integer", type_=sa.Integer())
    referral_need: Mapped[str | None] = field(
        N_("Needs to be referred for"), format="code", vocabulary="counselling_referral", sensitivity=SPECIFIC
    )
    ended_on: Mapped[dt.date | None] = field(N_("Ended on"), format="date", index=True, type_=sa.Date())
    completed: Mapped[bool | None] = field(N_("Completed?"), format="yes_no")
    dropout_reason: Mapped[str | None] = field(N_("Why it was broken off"), format="code", vocabulary="dropout_reason")
    review: Mapped[str | None] = field(N_("Review"), format="paragraph", sensitivity=SPECIFIC)
    client_comment: Mapped[str | None] = field(N_("The client's comment"), format="paragraph", sensitivity=SPECIFIC)
    counsellor_comment: Mapped[str | None] = field(
        N_("The counsellor's comment"), format="paragraph", sensitivity=SPECIFIC
    )
    evaluation: Mapped[str | None] = field(N_("How it went"), format="code", vocabulary="course_evaluation")
    more_needed: Mapped[bool | None] = field(N_("More sessions needed?"), format="yes_no")


class FollowUp(Owned):
    """A date on which somebody should be heard of again."""

    __tablename__ = "follow_up"
    # What is still to be done is a small part of what was ever promised.
    __table_args__ = (sa.Index("ix_follow_up_done_due_person", "done_on", "due_on", "person_id", "voided"),)

    session_id: Mapped[str | None] = mapped_column(Id, index=True)
    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    plan_id: Mapped[str | None] = mapped_column(Id, index=True)
    responsible_id: Mapped[str | None] = mapped_column(Id)
    """The account that is to do it; empty for the counsellor of the case."""
    due_on: Mapped[dt.date | None] = field(N_("Due on"), format="date", required=True, index=True, type_=sa.Date())
    purpose: Mapped[str | None] = field(N_("Purpose"))
    done_on: Mapped[dt.date | None] = field(N_("Done on"), format="date", type_=sa.Date())
    result: Mapped[str | None] = field(N_("Result"), format="code", vocabulary="follow_up_result")
    interval: Mapped[str | None] = field(N_("Interval"), format="code", vocabulary="follow_up_interval")
    mode: Mapped[str | None] = field(N_("How"), format="code", vocabulary="follow_up_mode")
    services_received: Mapped[list[str] | None] = field(
        N_("Services confirmed as received"), format="codes", vocabulary="need", type_=JSON
    )
    monthly_income: Mapped[int | None] = field(
        N_("Monthly income (Rp)"), format="money", sensitivity=SPECIFIC, type_=sa.BigInteger()
    )
    challenges: Mapped[str | None] = field(N_("Challenges"), format="paragraph", sensitivity=SPECIFIC)
    actions: Mapped[str | None] = field(N_("What to do about them"), format="paragraph")
    client_remark: Mapped[str | None] = field(N_("The client's remark"), format="paragraph", sensitivity=SPECIFIC)
    counsellor_remark: Mapped[str | None] = field(
        N_("The counsellor's remark"), format="paragraph", sensitivity=SPECIFIC
    )


class FollowUpAttempt(Owned):
    """One try to reach somebody for a follow-up."""

    __tablename__ = "follow_up_attempt"

    follow_up_id: Mapped[str | None] = mapped_column(Id, index=True)
    tried_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    mode: Mapped[str | None] = field(N_("How"), format="code", vocabulary="follow_up_mode")
    result: Mapped[str | None] = field(N_("Result"), format="code", vocabulary="follow_up_result", required=True)
    note: Mapped[str | None] = field(N_("Note"))
