# SPDX-License-Identifier: Apache-2.0
"""How a case moved from state to state, and the advice a counsellor asked for."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import SPECIFIC, Id, field
from resource_centre.records.owned import Owned
from resource_centre.roles import CASE_WORKERS


class Transition(Owned):
    """One step of a case, a referral or a complaint from one state to the next: who, when, why. Never changed."""

    __tablename__ = "transition"

    about: Mapped[str | None] = mapped_column()
    """``Case``, ``Referral`` or ``Complaint``; the codes below are of that record's own list of states."""
    about_id: Mapped[str | None] = mapped_column(Id, index=True)
    account_id: Mapped[str | None] = mapped_column(Id)
    before: Mapped[str | None] = field(N_("Before"))
    after: Mapped[str | None] = field(N_("After"), required=True)
    moved_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, index=True, type_=sa.Date())
    reason: Mapped[str | None] = field(N_("Why"))


class Advice(Owned):
    """A counsellor's question to a supervisor about a case, and the answer, which stays on the case."""

    __tablename__ = "advice"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS

    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    asked_by_id: Mapped[str | None] = mapped_column(Id)
    answered_by_id: Mapped[str | None] = mapped_column(Id)
    asked_on: Mapped[dt.date | None] = field(N_("Asked on"), format="date", required=True, type_=sa.Date())
    question: Mapped[str | None] = field(N_("Question"), format="paragraph", sensitivity=SPECIFIC, required=True)
    answered_on: Mapped[dt.date | None] = field(N_("Answered on"), format="date", type_=sa.Date())
    answer: Mapped[str | None] = field(N_("Answer"), format="paragraph", sensitivity=SPECIFIC)
