# SPDX-License-Identifier: Apache-2.0
"""The receipt somebody takes home for a complaint: its number, its day, and where it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of, refuse_others, seen_person
from reports.papers.values import amount, word
from resource_centre.i18n import _
from resource_centre.records import Complaint
from resource_centre.services.saving import existing


@dataclass(frozen=True)
class ComplaintReceipt:
    """The receipt. `kind` is the merged one for matters only a protection officer reads; what happened is not on it."""

    heading: Heading
    name: str
    opened_on: dt.date | None
    kind: str
    against: str
    lodged_with: str
    lodged_on: dt.date | None
    reference: str
    claimed: str
    status: str


def complaint_receipt(session: Session, complaint_id: str) -> ComplaintReceipt:
    """The receipt of a complaint in the active language. Raises `Refused` for accounts that do no case work."""
    refuse_others(session)
    complaint = existing(session, Complaint, complaint_id)
    return ComplaintReceipt(
        heading=heading_of(session, _("Receipt of a complaint"), complaint.number),
        name=seen_person(session, complaint.person_id).full_name,
        opened_on=complaint.opened_on,
        kind=word("complaint_type", complaint.complaint_type),
        against=word("complaint_party", complaint.against),
        lodged_with=complaint.lodged_with or "",
        lodged_on=complaint.lodged_on,
        reference=complaint.reference or "",
        claimed=amount(complaint.claimed, complaint.currency),
        status=word("complaint_status", complaint.status),
    )
