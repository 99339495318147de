# SPDX-License-Identifier: Apache-2.0
"""Tries to reach somebody, and when so many have failed that closing the case is proposed (domain reference 3.6).

Only ever proposed: whoever reads it may know better, and a case is closed by a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Case, CounsellingSession, FollowUp, FollowUpAttempt, Person
from resource_centre.services.follow_ups import NOT_MET, change_follow_up, mark_done
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, write_changes, write_new

LOST_CONTACT: Final = "HILANG_KONTAK"
"""The code of closure_reason that is proposed."""

ATTENDED: Final = "hadir"

OF_THE_TRY: Final = frozenset({"tried_on", "mode", "result", "note"})
"""What belongs to the try; everything else that is told at it belongs to the follow-up."""


@dataclass(frozen=True)
class ClosureProposal:
    """A case whose person could not be reached: on how many days it was tried, first and last."""

    case_id: str
    person_id: str
    full_name: str
    case_number: str | None
    attempts: int
    first_on: dt.date
    last_on: dt.date
    reason: str = LOST_CONTACT

    @property
    def id(self) -> str:
        """The case, for lists."""
        return self.case_id


def record_attempt(
    session: Session,
    follow_up_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    again_on: dt.date | None = None,
    version: int | None = None,
) -> FollowUpAttempt:
    """Write down a try to reach somebody: `tried_on` (today), `mode`, `result`, `note`, and what was heard.

    When nobody was reached the follow-up stays open, moved to `again_on` if given. Any other result ends it, with the
    contents of the follow-up among the values (``services_received``, ``monthly_income``, ``challenges`` ...).
    Raises `Refused` when somebody else has done the follow-up meanwhile; with the `version` it has since then, both
    are known and what is written now counts.
    """
    planned = existing(session, FollowUp, follow_up_id)
    if planned.done_on is not None and version != planned.version:
        if version is not None:
            raise Refused("changed_meanwhile")
        raise Refused("check", (Problem("result", "already_done"),))
    tried = {name: value for name, value in values.items() if name in OF_THE_TRY}
    attempt = _tried(session, planned, {**tried, "tried_on": tried.get("tried_on") or today()})
    if attempt.result == NOT_MET:
        if again_on is not None and planned.done_on is None:
            change_follow_up(session, planned.id, {"due_on": again_on}, planned.unanswered, version=version)
        return attempt
    heard = {name: value for name, value in values.items() if name not in OF_THE_TRY}
    if attempt.mode is not None:
        heard["mode"] = attempt.mode
    mark_done(
        session,
        planned.id,
        result=attempt.result,
        on=attempt.tried_on,
        values=heard,
        unanswered=unanswered,
        version=version,
    )
    return attempt


def _tried(session: Session, planned: FollowUp, values: Mapping[str, Any]) -> FollowUpAttempt:
    """The try; when two people wrote down the same one it stands there once."""
    if planned.done_on is not None:
        known = (values["tried_on"], values.get("result"))
        one = next((one for one in attempts_of(session, planned.id) if (one.tried_on, one.result) == known), None)
        if one is not None:
            said = {name: value for name, value in values.items() if value is not None}
            return write_changes(session, one, said, on=today())
    links = {"person_id": planned.person_id, "follow_up_id": planned.id}
    return write_new(session, FollowUpAttempt, {**values, **links}, on=today())


def settle(session: Session, follow_up_id: str, result: str | None) -> None:
    """Say in one word what came of a follow-up today: not reached is one more try and leaves it open."""
    if result is None:
        mark_done(session, follow_up_id)
    else:
        record_attempt(session, follow_up_id, {"result": result})


def attempts_of(session: Session, follow_up_id: str) -> list[FollowUpAttempt]:
    """The tries for one follow-up, oldest first."""
    own = (FollowUpAttempt.follow_up_id == follow_up_id, FollowUpAttempt.voided.is_(False))
    return list(
        session.scalars(select(FollowUpAttempt).where(*own).order_by(FollowUpAttempt.tried_on, FollowUpAttempt.id))
    )


def not_reached() -> tuple[ColumnElement[bool], ...]:
    """Conditions for a valid try in which nobody was reached."""
    return FollowUpAttempt.result == NOT_MET, FollowUpAttempt.voided.is_(False)


def propose_closure(session: Session, case_id: str, *, on: dt.date | None = None) -> ClosureProposal | None:
    """Why closing this case is proposed, or None: enough tries have failed over enough days, and nothing since."""
    return next(iter(_proposals(session, on or today(), Case.id == case_id)), None)


def closure_proposals(session: Session, *, on: dt.date) -> list[ClosureProposal]:
    """Every open case whose closing is proposed, the longest silent first."""
    return _proposals(session, on)


def _proposals(session: Session, on: dt.date, *which: ColumnElement[bool]) -> list[ClosureProposal]:
    # First whoever was tried often enough: few people, found by an index; their last contact is asked for after that.
    failed = session.execute(_failed_tries(on, *which)).all()
    found = []
    for case_id, person_id, name, number, *_counts in failed:
        days = _silent_days(session, person_id, case_id)
        if len(days) >= rule("closure_after_attempts") and (on - days[0]).days >= rule("closure_after_days"):
            found.append(ClosureProposal(case_id, person_id, name, number, len(days), days[0], days[-1]))
    return sorted(found, key=lambda one: one.first_on)


def _failed_tries(on: dt.date, *which: ColumnElement[bool]) -> Select[Any]:
    """Open cases with enough failed tries since they were opened, however long ago somebody was last reached."""
    tried = FollowUpAttempt
    enough = (
        func.count(tried.tried_on.distinct()) >= int(rule("closure_after_attempts")),
        func.min(tried.tried_on) <= on - dt.timedelta(days=int(rule("closure_after_days"))),
    )
    grouped: tuple[Any, ...] = (Case.id, Case.person_id, Person.full_name, Case.number)
    return (
        select(*grouped)
        .select_from(tried)
        .join(Case, Case.person_id == tried.person_id)
        .join(Person, Person.id == Case.person_id)
        .where(*not_reached(), tried.tried_on <= on, tried.tried_on >= Case.opened_on)
        .where(Case.closed_on.is_(None), Case.voided.is_(False), Person.voided.is_(False), *which)
        .group_by(*grouped)
        .having(and_(*enough))
    )


def _silent_days(session: Session, person_id: str, case_id: str) -> list[dt.date]:
    """The days of failed tries since the person was last met or reached, oldest first."""
    case = existing(session, Case, case_id)
    since = _last_contact(session, person_id)
    wanted = select(FollowUpAttempt.tried_on).where(FollowUpAttempt.person_id == person_id, *not_reached()).distinct()
    days = [day for day in session.scalars(wanted) if day is not None]
    return sorted(day for day in days if day > since and (case.opened_on is None or day >= case.opened_on))


def _last_contact(session: Session, person_id: str) -> dt.date:
    """The last day somebody met or reached this person."""
    held = (CounsellingSession.attendance == ATTENDED, CounsellingSession.voided.is_(False))
    reached = (or_(FollowUp.result.is_(None), FollowUp.result != NOT_MET), FollowUp.voided.is_(False))
    met = select(func.max(CounsellingSession.held_on)).where(CounsellingSession.person_id == person_id, *held)
    heard = select(func.max(FollowUp.done_on)).where(FollowUp.person_id == person_id, *reached)
    days = (session.scalar(met), session.scalar(heard))
    return max((day for day in days if day is not None), default=dt.date.min)
