# SPDX-License-Identifier: Apache-2.0
"""Before a case is closed: what is still open, what was reached, until when it is to be kept (domain reference 3.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Case, FollowUp, Provider, Referral
from resource_centre.services.plans import goals_of_case
from resource_centre.services.response_lists import last_survey
from resource_centre.services.retention import Keeping, keeping_of
from resource_centre.services.saving import existing, write_changes
from resource_centre.values.text import tidy
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class OpenReferral:
    """A referral that has not ended."""

    id: str
    number: str | None
    provider: str
    status: str | None
    due_on: dt.date | None


@dataclass(frozen=True)
class Closing:
    """What one should know before closing a case."""

    referrals: tuple[OpenReferral, ...]
    follow_ups: int
    goals_planned: int
    goals_reached: int
    keeping: Keeping
    last_survey_on: dt.date | None = None


def closing_of(session: Session, case_id: str, *, on: dt.date | None = None) -> Closing:
    """What stands in the way of closing a case on a day, and what is to be said of it."""
    case = existing(session, Case, case_id)
    planned, reached = goals_of_case(session, case_id)
    return Closing(
        referrals=tuple(open_referrals(session, case_id)),
        follow_ups=len(_open_follow_ups(session, case)),
        goals_planned=planned,
        goals_reached=reached,
        keeping=keeping_of(session, case, on or today()),
        last_survey_on=case.last_survey_on or last_survey(session, case.person_id, until=on),
    )


def open_referrals(session: Session, case_id: str) -> list[OpenReferral]:
    """The referrals of a case that have not ended, the most pressing first."""
    columns = (Referral.id, Referral.number, Provider.name, Referral.status, Referral.due_on)
    wanted = select(*columns).outerjoin(Provider, Provider.id == Referral.provider_id)
    still_open = (Referral.case_id == case_id, Referral.voided.is_(False), referral_is_open())
    rows = session.execute(wanted.where(*still_open).order_by(Referral.due_on, Referral.id))
    return [OpenReferral(found, number, name or "", status, due) for found, number, name, status, due in rows]


def referral_is_open() -> ColumnElement[bool]:
    """Whether a referral still waits for something."""
    return Referral.status.in_([term.code for term in vocabulary("referral_status") if term.group == "open"])


def refuse_open_referrals(session: Session, case: Case, leave_open: str | None) -> None:
    """Raise `Refused` while referrals are open and nobody has said why they may stay so."""
    if not tidy(leave_open or "") and open_referrals(session, case.id):
        raise Refused("check", (Problem("leave_open", "referrals_open"),))


def ending_of(session: Session, case: Case, *, reason: str, values: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """Everything that is written when a case ends on a day; the last survey is looked up unless `values` name it."""
    planned, reached = goals_of_case(session, case.id)
    if "last_survey_on" not in values and case.last_survey_on is None:
        values = {**values, "last_survey_on": last_survey(session, case.person_id, until=on)}
    counted = {"goals_planned": planned, "goals_reached": reached} if planned else {}
    ending = {"closed_on": on, "closure_reason": reason, "keep_until": keeping_of(session, case, on).until}
    return {**counted, **{name: value for name, value in values.items() if value is not None}, **ending}


def take_back_follow_ups(session: Session, case_id: str) -> int:
    """Take back what is still planned for a case that is closed; returns how many follow-ups that were."""
    planned = _open_follow_ups(session, existing(session, Case, case_id))
    for follow_up in planned:
        void(session, follow_up, _("The case was closed."))
    return len(planned)


def hold_case(session: Session, case_id: str, held: bool) -> Case:
    """Begin or end a legal hold, also of a closed case: while it lasts there is no day until when it is kept."""
    case = write_changes(session, existing(session, Case, case_id), {"legal_hold": held}, on=today())
    if case.closed_on is None:
        return case
    return write_changes(session, case, {"keep_until": keeping_of(session, case, case.closed_on).until}, on=today())


def _open_follow_ups(session: Session, case: Case) -> list[FollowUp]:
    still_open = (FollowUp.case_id == case.id, FollowUp.done_on.is_(None), FollowUp.voided.is_(False))
    return list(session.scalars(select(FollowUp).where(*still_open)))
