# SPDX-License-Identifier: Apache-2.0
"""Follow-ups: who should be heard of again, when, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.records import FollowUp, Person
from resource_centre.services.saving import Reasons, existing, write_changes, write_new

MET: Final = "terhubung"
NOT_MET: Final = "tidak_terhubung"
MOST: Final = 200


@dataclass(frozen=True)
class FollowUpRow:
    """A follow-up still to be done, with the person's name."""

    id: str
    person_id: str
    full_name: str
    number: str | None
    due_on: dt.date
    purpose: str | None
    interval: str | None
    session_id: str | None
    case_id: str | None
    days_late: int

    @property
    def what_for(self) -> str:
        """What it is for, in the active language."""
        return what_for(self.purpose, self.interval, self.session_id)


def what_for(purpose: str | None, interval: str | None, session_id: str | None) -> str:
    """What a follow-up is for: as somebody wrote it, else the step of the schedule, else the meeting it promises."""
    if purpose:
        return purpose
    if interval:
        from resource_centre.vocabulary import vocabulary

        return _("After {interval}").format(interval=vocabulary("follow_up_interval").label(interval))
    return _("Next counselling session") if session_id else _("Follow-up")


def plan_follow_up(
    session: Session,
    *,
    person_id: str,
    due_on: dt.date,
    purpose: str | None = None,
    session_id: str | None = None,
    **more: Any,
) -> FollowUp:
    """Plan to hear of somebody again; `more` are further fields such as ``case_id``, ``mode``, ``responsible_id``."""
    existing(session, Person, person_id)
    values = {"person_id": person_id, "due_on": due_on, "purpose": purpose, "session_id": session_id, **more}
    if "case_id" not in more:
        from resource_centre.services.cases import open_case_of  # not needed to look, and the home page looks

        case = open_case_of(session, person_id)
        values["case_id"] = case.id if case else None
    return write_new(session, FollowUp, values, on=today())


def change_follow_up(
    session: Session,
    follow_up_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> FollowUp:
    """Move a follow-up to another day, or change what it is for; `version` is that of the form's opening."""
    planned = existing(session, FollowUp, follow_up_id)
    return write_changes(session, planned, values, unanswered, on=today(), version=version)


def mark_done(
    session: Session,
    follow_up_id: str,
    *,
    result: str | None = None,
    on: dt.date | None = None,
    values: Mapping[str, Any] | None = None,
    unanswered: Reasons | None = None,
    version: int | None = None,
) -> FollowUp:
    """Say that a follow-up is done; `result` is a code of follow_up_result, `values` what was heard.

    A try in which nobody was reached is not the end of it: see `follow_up_attempts.record_attempt`.
    """
    done = {**(values or {}), "done_on": on or today(), "result": result}
    planned = existing(session, FollowUp, follow_up_id)
    return write_changes(session, planned, done, unanswered, on=today(), version=version)


def follow_ups_of(session: Session, person_id: str, *, case_id: str | None = None) -> list[FollowUp]:
    """Everything planned for a person, or in one case: what is still to be done first, then the last done."""
    own = [FollowUp.person_id == person_id, FollowUp.voided.is_(False)]
    if case_id is not None:
        own.append(FollowUp.case_id == case_id)
    found = session.scalars(select(FollowUp).where(*own).order_by(FollowUp.due_on, FollowUp.id)).all()
    waiting = [one for one in found if one.done_on is None]
    return [*waiting, *reversed([one for one in found if one.done_on is not None])]


def due(session: Session, *, on: dt.date, limit: int = MOST) -> list[FollowUpRow]:
    """Follow-ups of this very day, by name."""
    return _rows(session, FollowUp.due_on == on, on, limit)


def overdue(session: Session, *, on: dt.date, limit: int = MOST) -> list[FollowUpRow]:
    """Follow-ups of earlier days that nobody has marked as done, the latest promises first."""
    return _rows(session, FollowUp.due_on < on, on, limit)


def coming(session: Session, *, on: dt.date, days: int = 7, limit: int = MOST) -> list[FollowUpRow]:
    """Follow-ups of the days after this one."""
    return _rows(session, FollowUp.due_on.between(on + dt.timedelta(days=1), on + dt.timedelta(days=days)), on, limit)


def count_overdue(session: Session, *, on: dt.date) -> int:
    """How many follow-ups are overdue."""
    late = select(func.count()).select_from(FollowUp).join(Person, Person.id == FollowUp.person_id)
    return session.scalar(late.where(FollowUp.due_on < on, *still_to_do())) or 0


def settle_kept(session: Session, person_id: str, held_on: dt.date) -> None:
    """A session that took place keeps the promises of earlier sessions that were due by then."""
    promised = (FollowUp.person_id == person_id, FollowUp.session_id.is_not(None), FollowUp.due_on <= held_on)
    for follow_up in session.scalars(select(FollowUp).where(*promised, *_open())):
        write_changes(session, follow_up, {"done_on": held_on, "result": MET}, on=today())


def keep_promise(session: Session, session_id: str, person_id: str, due_on: dt.date | None) -> None:
    """Make a session's open follow-up say what the session says now."""
    own = select(FollowUp).where(FollowUp.session_id == session_id, *_open())
    promised = session.scalars(own).first()
    if promised is None:
        if due_on is not None:
            plan_follow_up(session, person_id=person_id, due_on=due_on, session_id=session_id)
    elif due_on is None:
        void(session, promised, _("The next meeting was taken back."))
    else:
        write_changes(session, promised, {"due_on": due_on}, on=today())


def _open() -> tuple[ColumnElement[bool], ...]:
    return FollowUp.done_on.is_(None), FollowUp.voided.is_(False)


def still_to_do() -> tuple[ColumnElement[bool], ...]:
    """Conditions, in a query over follow-ups and their people, for what nobody has done yet."""
    return (*_open(), Person.voided.is_(False))


def _rows(session: Session, when: ColumnElement[bool], on: dt.date, limit: int) -> list[FollowUpRow]:
    columns: tuple[Any, ...] = (
        FollowUp.id, FollowUp.person_id, Person.full_name, Person.number, FollowUp.due_on, FollowUp.purpose,
        FollowUp.interval, FollowUp.session_id, FollowUp.case_id,
    )  # fmt: skip
    wanted = select(*columns).join(Person, Person.id == FollowUp.person_id).where(when, *still_to_do())
    ordered = wanted.order_by(FollowUp.due_on.desc(), Person.name_key, FollowUp.id).limit(limit)
    return [_row(row, on) for row in session.execute(ordered)]


def _row(row: Any, on: dt.date) -> FollowUpRow:
    return FollowUpRow(**row._mapping, days_late=max(0, (on - row.due_on).days))
