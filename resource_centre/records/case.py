# SPDX-License-Identifier: Apache-2.0
"""The case: the time in which the centre accompanies a person."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import field
from resource_centre.records.owned import Owned


class Case(Owned):
    """A case of one person, from opening to closure."""

    # "case" is a reserved word of SQL.
    __tablename__ = "client_case"
    # Covering, not (opened_on) alone: that one makes the stock at month's end nine times slower.
    __table_args__ = (sa.Index("ix_client_case_opened_closed_person", "opened_on", "closed_on", "person_id", "voided"),)

    number: Mapped[str | None] = field(N_("Case number"), index=True)
    opened_on: Mapped[dt.date | None] = field(N_("Opened on"), format="date", required=True, type_=sa.Date())
    status: Mapped[str | None] = field(N_("State"), format="code", vocabulary="case_status", default="baru")
    priority: Mapped[str | None] = field(N_("Priority"), format="code", vocabulary="priority", default="biasa")
    summary: Mapped[str | None] = field(N_("What brings the person here"), format="paragraph")
    closed_on: Mapped[dt.date | None] = field(N_("Closed on"), format="date", type_=sa.Date())
    closure_reason: Mapped[str | None] = field(N_("Reason for closing"), format="code", vocabulary="closure_reason")
