# SPDX-License-Identifier: Apache-2.0
"""Cases: opening, changing, moving on, closing and opening again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Account, Case, Person
from resource_centre.roles import CASE_WORKERS
from resource_centre.services import numbers
from resource_centre.services.saving import Reasons, existing, write_changes, write_new
from resource_centre.services.since_return import SinceReturn, since_return
from resource_centre.services.transitions import STATE, Step, begin, move
from resource_centre.vocabulary import vocabulary

CLOSED: Final = "ditutup"
REOPENED: Final = "dibuka_kembali"
BETWEEN: Final = "; "
"""Between the code of the closure and the words beside it, in the step's reason."""

OF_THE_CLOSING: Final = (
    "goals_planned", "goals_reached", "last_survey_on", "client_told", "client_feedback", "closing_note",
)  # fmt: skip
"""What is written down when a case is closed, besides the day and the reason."""


@dataclass(frozen=True)
class CaseHead:
    """A case with whose it is, for the head of its page. `counsellor` is empty when nobody has it."""

    case: Case
    full_name: str
    client_number: str | None
    counsellor: str
    since: SinceReturn | None

    @property
    def closed(self) -> bool:
        """Whether the case may only be read."""
        return self.case.status == CLOSED


def open_case(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any] | None = None,
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Case:
    """Open a case on a day and give it a number; it belongs to the case worker who opens it.

    Raises `Refused` when the person has an open one already.
    """
    existing(session, Person, person_id)
    if open_case_of(session, person_id) is not None:
        raise Refused("check", (Problem("opened_on", "already_open"),))
    viewer = viewer_of(session)
    own = viewer.account_id if viewer.role in CASE_WORKERS else None
    complete = {"opened_on": on or today(), "counsellor_id": own, **(values or {}), "person_id": person_id}
    case = write_new(session, Case, complete, unanswered, on=today(), series=numbers.CASE)
    begin(session, case, on=case.opened_on)
    return case


def change_case(
    session: Session,
    case_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Case:
    """Change what a case says of itself; another state is a step that is kept. To end it use `close_case`."""
    case = workable_case(session, case_id)
    state = values.get(STATE, case.status)
    rest = {name: value for name, value in values.items() if name != STATE}
    if state != case.status:
        move(session, case, state, version=version)
        version = None
    return write_changes(session, case, rest, unanswered, on=today(), version=version)


def move_case(
    session: Session,
    case_id: str,
    to: str,
    *,
    reason: str | None = None,
    on: dt.date | None = None,
    version: int | None = None,
) -> Case:
    """Take a case a step further, or suspend it. Closing and re-opening have their own verbs."""
    if to in (CLOSED, REOPENED):
        raise Refused("check", (Problem(STATE, "no_such_step"),))
    return move(session, existing(session, Case, case_id), to, reason=reason, on=on, version=version)


def close_case(
    session: Session,
    *,
    case_id: str,
    reason: str,
    values: Mapping[str, Any] | None = None,
    unanswered: Reasons | None = None,
    leave_open: str | None = None,
    on: dt.date | None = None,
    version: int | None = None,
) -> Case:
    """Close a case with one of the codes of closure_reason, and work out until when it is to be kept.

    `values` are those of `OF_THE_CLOSING`; the goals are counted from the plan when they are not given. Raises
    `Refused` while referrals of the case are open, unless `leave_open` says why they may stay so.
    """
    from resource_centre.services.closing import ending_of, refuse_open_referrals

    case = existing(session, Case, case_id)
    refuse_open_referrals(session, case, leave_open)
    given = {name: value for name, value in (values or {}).items() if name in OF_THE_CLOSING}
    ending = ending_of(session, case, reason=reason, values=given, on=on or today())
    why = BETWEEN.join(part for part in (reason, leave_open) if part)
    reasons = {**case.unanswered, **(unanswered or {})}
    return move(session, case, CLOSED, reason=why, on=on, also=ending, unanswered=reasons, version=version)


def reopen_case(session: Session, case_id: str, *, reason: str, on: dt.date | None = None) -> Case:
    """Open a closed case again; how it was closed stays in its steps. Raises `Refused` without a reason, or when the
    person has another open case."""
    case = existing(session, Case, case_id)
    if open_case_of(session, case.person_id) is not None:
        raise Refused("check", (Problem(STATE, "already_open"),))
    undone = {"closed_on": None, "closure_reason": None, "keep_until": None, "client_told": None}
    return move(session, case, REOPENED, reason=reason, on=on, also=undone)


def open_case_of(session: Session, person_id: str) -> Case | None:
    """The newest open case of a person, or None."""
    still_open = (Case.person_id == person_id, Case.closed_on.is_(None), Case.voided.is_(False))
    newest = select(Case).where(*still_open).order_by(Case.opened_on.desc(), Case.id.desc()).limit(1)
    return session.scalars(newest).first()


def why_of(step: Step) -> str:
    """Why a case took a step, in the active language: the reason for closing is kept as its code."""
    if step.after != CLOSED or not step.reason:
        return step.reason or ""
    code, between, note = step.reason.partition(BETWEEN)
    return vocabulary("closure_reason").label(code) + between + note


def workable_case(session: Session, case_id: str) -> Case:
    """The case, to be worked on. Raises `Refused` (``case_closed``) when it may only be read."""
    case = existing(session, Case, case_id)
    if case.status == CLOSED:
        raise Refused("case_closed")
    return case


def case_head(session: Session, case_id: str, *, on: dt.date) -> CaseHead:
    """What stands above a case, whatever one looks at in it."""
    case = existing(session, Case, case_id)
    person = existing(session, Person, case.person_id)
    who = session.get(Account, case.counsellor_id) if case.counsellor_id else None
    return CaseHead(
        case=case,
        full_name=person.full_name or "",
        client_number=person.number,
        counsellor=(who.name or who.login) if who is not None else "",
        since=since_return(session, person.id, on=on),
    )
