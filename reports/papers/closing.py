# SPDX-License-Identifier: Apache-2.0
"""The closing form of a case: why, what was reached, what is still open, until when it is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of, refuse_others, seen_person
from reports.papers.values import word
from resource_centre.i18n import _
from resource_centre.records import Case
from resource_centre.services.closing import closing_of
from resource_centre.services.saving import existing
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class ClosingForm:
    """The form; goals are planned and reached. `kept_why` says by which rule it is kept until `keep_until`."""

    heading: Heading
    name: str
    client_number: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    reason: str
    """A code of closure_reason; empty while nobody has chosen."""
    goals: tuple[int, int] | None
    last_survey_on: dt.date | None
    client_told: bool | None
    feedback: str
    note: str
    open_referrals: tuple[tuple[str, str, str], ...]
    """Number, provider and state of each."""
    keep_until: dt.date | None
    kept_why: str

    @property
    def reasons(self) -> tuple[tuple[str, bool], ...]:
        """Every reason, and whether it is the one."""
        return tuple((term.label(), term.code == self.reason) for term in vocabulary("closure_reason"))


def blank_closing(centre: str = "") -> ClosingForm:
    """The form to be filled in by hand, in the active language; needs no centre."""
    return ClosingForm(
        blank_heading(_("Closing of a case"), centre), "", "", None, None, "", None, None, None, "", "", (), None, ""
    )


def closing_form(session: Session, case_id: str) -> ClosingForm:
    """The form of a case, closed or about to be, in the active language. Raises `Refused` for accounts that do no case
    work."""
    refuse_others(session)
    case = existing(session, Case, case_id)
    person = seen_person(session, case.person_id)
    closing = closing_of(session, case_id, on=case.closed_on)
    reached = closing.goals_reached if case.goals_reached is None else case.goals_reached
    return ClosingForm(
        heading=heading_of(session, _("Closing of a case"), case.number),
        name=person.full_name,
        client_number=person.number or "",
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        reason=case.closure_reason or "",
        goals=(closing.goals_planned if case.goals_planned is None else case.goals_planned, reached),
        last_survey_on=case.last_survey_on,
        client_told=case.client_told,
        feedback=case.client_feedback or "",
        note=case.closing_note or "",
        open_referrals=tuple(
            (one.number or "", one.provider, word("referral_status", one.status)) for one in closing.referrals
        ),
        keep_until=case.keep_until if case.closed_on is not None else closing.keeping.until,
        kept_why=closing.keeping.words(),
    )
