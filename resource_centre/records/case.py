# SPDX-License-Identifier: Apache-2.0
"""The case: the time in which the centre accompanies a person."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, field
from resource_centre.records.owned import Owned


class Case(Owned):
    """A case of one person, from opening to closure."""

    # "case" is a reserved word of SQL.
    __tablename__ = "client_case"
    # Covering, not (opened_on) alone: that one makes the stock at month's end nine times slower.
    __table_args__ = (
        sa.Index("ix_client_case_opened_closed_person", "opened_on", "closed_on", "person_id", "voided"),
        # The list of open cases walks along it: without it every page sorts all of them.
        sa.Index(
            "ix_client_case_closed_priority_opened",
            "closed_on", "priority", "opened_on", "counsellor_id", "person_id", "voided",
        ),
    )  # fmt: skip

    counsellor_id: Mapped[str | None] = mapped_column(Id, index=True)
    """The account whose caseload this is."""
    contact_id: Mapped[str | None] = mapped_column(Id)
    """The contact at the front desk it came from."""
    number: Mapped[str | None] = field(N_("Case number"), index=True)
    opened_on: Mapped[dt.date | None] = field(N_("Opened on"), format="date", required=True, type_=sa.Date())
    status: Mapped[str | None] = field(N_("State"), format="code", vocabulary="case_status", default="baru")
    priority: Mapped[str | None] = field(N_("Priority"), format="code", vocabulary="priority", default="biasa")
    summary: Mapped[str | None] = field(N_("What brings the person here"), format="paragraph")
    fund: Mapped[str | None] = field(N_("Fund"), help=N_("The project that pays for the work on this case."))
    closed_on: Mapped[dt.date | None] = field(N_("Closed on"), format="date", type_=sa.Date())
    closure_reason: Mapped[str | None] = field(N_("Reason for closing"), format="code", vocabulary="closure_reason")
    goals_planned: Mapped[int | None] = field(N_("Goals planned"), format="integer", type_=sa.Integer())
    goals_reached: Mapped[int | None] = field(N_("Goals reached"), format="integer", type_=sa.Integer())
    last_survey_on: Mapped[dt.date | None] = field(N_("Last survey"), format="date", type_=sa.Date())
    client_told: Mapped[bool | None] = field(N_("Was the client told?"), format="yes_no")
    client_feedback: Mapped[str | None] = field(N_("What the client says"), format="paragraph", sensitivity=SPECIFIC)
    closing_note: Mapped[str | None] = field(N_("Note on closing"), format="paragraph", sensitivity=SPECIFIC)
    keep_until: Mapped[dt.date | None] = field(
        N_("To be kept until"),
        format="date",
        type_=sa.Date(),
        help=N_("Worked out at closing from the rules of keeping."),
    )
    legal_hold: Mapped[bool | None] = field(
        N_("Legal hold?"), format="yes_no", help=N_("While a court or a claim needs it, nothing is taken away.")
    )
