# SPDX-License-Identifier: Apache-2.0
"""Vulnerability, and the matters that only a protection officer reads.

Trafficking, violence, threats and the risk of self-harm live in `ProtectionConcern` and `ExploitationScreening`;
everybody else sees only that there is a `ProtectionMark` (domain reference 1.8, 6.4, 6.6).
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, field
from resource_centre.records.owned import Owned
from resource_centre.roles import CASE_WORKERS, PROTECTION


class VulnerabilityAssessment(Owned):
    """One look at what makes somebody vulnerable and what protects them. Flags are not a score."""

    __tablename__ = "vulnerability_assessment"

    assessed_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    assessed_by: Mapped[str | None] = field(N_("Who assessed"))
    protective: Mapped[str | None] = field(
        N_("What protects the person"),
        format="paragraph",
        help=N_("Family, friends, neighbours, skills, plans: what helps."),
    )
    risks: Mapped[str | None] = field(N_("What makes it hard"), format="paragraph", sensitivity=SPECIFIC)


class VulnerabilityFlag(Owned):
    """One flag of the list, never a top-tier one."""

    __tablename__ = "vulnerability_flag"

    flag: Mapped[str | None] = field(
        N_("Flag"), format="code", vocabulary="vulnerability_flag", sensitivity=SPECIFIC, required=True
    )
    noted_on: Mapped[dt.date | None] = field(N_("Since"), format="date", required=True, type_=sa.Date())
    ends_on: Mapped[dt.date | None] = field(N_("Until"), format="date", type_=sa.Date())
    note: Mapped[str | None] = field(N_("Note"), sensitivity=SPECIFIC)


class ProtectionMark(Owned):
    """The one merged line that says: speak to the protection officer. Nothing of why."""

    __tablename__ = "protection_mark"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS

    since: Mapped[dt.date | None] = field(N_("Since"), format="date", required=True, type_=sa.Date())
    until: Mapped[dt.date | None] = field(N_("Until"), format="date", type_=sa.Date())


class ProtectionConcern(Owned):
    """A top-tier matter and what is done about it: an indication that is referred, never a verdict."""

    __tablename__ = "protection_concern"
    readers: ClassVar[frozenset[str] | None] = PROTECTION

    complaint_id: Mapped[str | None] = mapped_column(Id)
    session_id: Mapped[str | None] = mapped_column(Id)
    episode_id: Mapped[str | None] = mapped_column(Id)
    kind: Mapped[str | None] = field(
        N_("Matter"), format="code", vocabulary="protection_concern", sensitivity=SPECIFIC, required=True
    )
    detail: Mapped[str | None] = field(
        N_("Kind in detail"), format="code", vocabulary="complaint_type", sensitivity=SPECIFIC
    )
    noted_on: Mapped[dt.date | None] = field(N_("Noted on"), format="date", required=True, type_=sa.Date())
    noted_by: Mapped[str | None] = field(N_("Noted by"))
    urgency: Mapped[str | None] = field(N_("Urgency"), format="code", vocabulary="priority")
    account: Mapped[str | None] = field(N_("What was seen and told"), format="paragraph", sensitivity=SPECIFIC)
    action: Mapped[str | None] = field(N_("What was done"), format="paragraph", sensitivity=SPECIFIC)
    safety_plan: Mapped[str | None] = field(N_("Safety plan"), format="paragraph", sensitivity=SPECIFIC)
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="protection_state", default="baru")
    closed_on: Mapped[dt.date | None] = field(N_("Closed on"), format="date", type_=sa.Date())


def _indicator(label: str) -> Mapped[bool | None]:
    return field(label, format="yes_no", sensitivity=SPECIFIC)


class ExploitationScreening(Owned):
    """The seven questions of the quick screen and the ILO's eleven indicators of forced labour (domain reference 6.6).

    Each is answered yes or no, or has its reason for no answer. It says where to look, never what somebody is.
    """

    __tablename__ = "exploitation_screening"
    readers: ClassVar[frozenset[str] | None] = PROTECTION

    episode_id: Mapped[str | None] = mapped_column(Id)
    asked_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    asked_by: Mapped[str | None] = field(N_("Who asked"))
    agreed_to_talk: Mapped[bool | None] = field(N_("Agreed to be asked, in private?"), format="yes_no", required=True)
    false_promise: Mapped[bool | None] = _indicator(N_("Was work promised that turned out to be different?"))
    against_will: Mapped[bool | None] = _indicator(N_("Made to work or act against their will?"))
    long_hours: Mapped[bool | None] = _indicator(N_("Made to work far too many hours?"))
    fees_from_pay: Mapped[bool | None] = _indicator(N_("Were recruitment fees taken from the pay?"))
    movement_denied: Mapped[bool | None] = _indicator(N_("Kept from going where they wanted?"))
    threatened: Mapped[bool | None] = _indicator(N_("Threatened by an employer or a broker?"))
    papers_withheld: Mapped[bool | None] = _indicator(N_("Were identity or travel papers taken away?"))
    ilo_vulnerability: Mapped[bool | None] = _indicator(N_("Abuse of vulnerability"))
    ilo_deception: Mapped[bool | None] = _indicator(N_("Deception"))
    ilo_movement: Mapped[bool | None] = _indicator(N_("Restriction of movement"))
    ilo_isolation: Mapped[bool | None] = _indicator(N_("Isolation"))
    ilo_violence: Mapped[bool | None] = _indicator(N_("Physical and sexual violence"))
    ilo_threats: Mapped[bool | None] = _indicator(N_("Intimidation and threats"))
    ilo_documents: Mapped[bool | None] = _indicator(N_("Retention of identity documents"))
    ilo_wages: Mapped[bool | None] = _indicator(N_("Withholding of wages"))
    ilo_debt: Mapped[bool | None] = _indicator(N_("Debt bondage"))
    ilo_conditions: Mapped[bool | None] = _indicator(N_("Abusive working and living conditions"))
    ilo_overtime: Mapped[bool | None] = _indicator(N_("Excessive overtime"))
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)
