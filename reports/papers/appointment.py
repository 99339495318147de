# SPDX-License-Identifier: Apache-2.0
"""The appointment slip: when and where, in words that do not tell anybody why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of, seen_person
from resource_centre.i18n import _
from resource_centre.records import CounsellingSession, FollowUp
from resource_centre.services.saving import existing


@dataclass(frozen=True)
class AppointmentSlip:
    """A day, and the number by which the centre knows whose slip it is. No name, no reason, no kind of service; the
    centre's name only when somebody asks for it."""

    heading: Heading
    on: dt.date | None = None

    @property
    def at_the_centre(self) -> bool:
        """Whether the centre's name is told as the place."""
        return bool(self.heading.centre)


def blank_appointment(centre: str = "") -> AppointmentSlip:
    """Slips to be filled in by hand, in the active language; needs no centre."""
    return AppointmentSlip(blank_heading(_("Appointment"), centre))


def appointment_slip(session: Session, follow_up_id: str, *, neutral: bool = True) -> AppointmentSlip:
    """The slip for a planned follow-up, in the active language."""
    planned = existing(session, FollowUp, follow_up_id)
    return _slip(session, planned.person_id, planned.due_on, neutral=neutral)


def next_meeting_slip(session: Session, session_id: str, *, neutral: bool = True) -> AppointmentSlip:
    """The slip for the next meeting promised at a counselling session."""
    held = existing(session, CounsellingSession, session_id)
    return _slip(session, held.person_id, held.next_on, neutral=neutral)


def _slip(session: Session, person_id: str, on: dt.date | None, *, neutral: bool) -> AppointmentSlip:
    person = seen_person(session, person_id)
    return AppointmentSlip(heading_of(session, _("Appointment"), person.number, neutral=neutral), on)
