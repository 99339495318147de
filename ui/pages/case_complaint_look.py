# SPDX-License-Identifier: Apache-2.0
"""What the screens of complaints read, on the worker's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resource_centre.records import Complaint
    from resource_centre.services.complaint_list import AmountOf, ComplaintRow
    from resource_centre.services.transitions import Step


@dataclass(frozen=True)
class LookedAll:
    """A person's complaints, and what they come to per currency."""

    rows: list[ComplaintRow]
    amounts: list[AmountOf]


@dataclass(frozen=True)
class LookedOne:
    """One complaint and its steps."""

    complaint: Complaint
    row: ComplaintRow
    steps: list[Step]


def look_all(session: Any, person_id: str, case_id: str | None) -> LookedAll:
    """Read a person's complaints, of one case when it is named."""
    from resource_centre.services.complaint_list import amounts, complaints_of

    rows = complaints_of(session, person_id, case_id)
    return LookedAll(rows, amounts(rows))


def look_one(session: Any, complaint_id: str) -> LookedOne:
    """Read one complaint."""
    from resource_centre.records import Complaint
    from resource_centre.services.complaint_list import complaints_of
    from resource_centre.services.saving import existing
    from resource_centre.services.transitions import steps_of

    complaint = existing(session, Complaint, complaint_id)
    rows = complaints_of(session, complaint.person_id)
    return LookedOne(
        complaint=complaint,
        row=next(row for row in rows if row.id == complaint.id),
        steps=steps_of(session, "Complaint", complaint_id),
    )
