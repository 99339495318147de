# SPDX-License-Identifier: Apache-2.0
"""Backstopping: a counsellor asks a supervisor for advice on a case; question and answer stay on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.records import Account, Advice, Case, Person
from resource_centre.services.accounts import may
from resource_centre.services.cases import workable_case
from resource_centre.services.saving import existing, write_changes, write_new


@dataclass(frozen=True)
class AdviceRow:
    """A question with its answer, and whose case it is about; `answer` is None while it waits."""

    id: str
    case_id: str
    person_id: str
    full_name: str
    case_number: str | None
    asked_on: dt.date
    asked_by: str
    question: str
    answered_on: dt.date | None
    answered_by: str
    answer: str | None
    version: int

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_on is None


def ask_advice(session: Session, case_id: str, question: str, *, on: dt.date | None = None) -> Advice:
    """Ask for advice on a case. Raises `Refused` without a question, or when the case is closed."""
    case = workable_case(session, case_id)
    asked = {
        "person_id": case.person_id,
        "case_id": case_id,
        "asked_by_id": viewer_of(session).account_id,
        "asked_on": on or today(),
        "question": question,
    }
    return write_new(session, Advice, asked, on=today())


def answer_advice(
    session: Session, advice_id: str, answer: str, *, on: dt.date | None = None, version: int | None = None
) -> Advice:
    """Answer a question, or put an answer better. Raises `Refused` for an account that does not supervise."""
    if not may(session, "supervise"):
        raise Refused("not_allowed")
    said = {"answer": answer, "answered_on": on or today(), "answered_by_id": viewer_of(session).account_id}
    return write_changes(session, existing(session, Advice, advice_id), said, on=today(), version=version)


def advice_on(session: Session, case_id: str) -> list[AdviceRow]:
    """Everything that was asked about a case, the last question first."""
    asked = _rows(Advice.case_id == case_id).order_by(Advice.asked_on.desc(), Advice.id.desc())
    return [_row(row) for row in session.execute(asked)]


def advice_waiting(session: Session) -> list[AdviceRow]:
    """Every question nobody has answered yet, the oldest first."""
    waiting = _rows(Advice.answered_on.is_(None)).order_by(Advice.asked_on, Advice.id)
    return [_row(row) for row in session.execute(waiting)]


def count_waiting(session: Session) -> int:
    """How many questions wait for an answer."""
    waiting = (Advice.answered_on.is_(None), Advice.voided.is_(False))
    return session.scalar(select(func.count()).select_from(Advice).where(*waiting)) or 0


def _rows(*which: ColumnElement[bool]) -> Any:
    asker, answerer = aliased(Account), aliased(Account)
    wanted = select(Advice, Person.full_name, Case.number, asker.name, answerer.name)
    joined = (
        wanted.join(Person, Person.id == Advice.person_id)
        .outerjoin(Case, Case.id == Advice.case_id)
        .outerjoin(asker, asker.id == Advice.asked_by_id)
        .outerjoin(answerer, answerer.id == Advice.answered_by_id)
    )
    return joined.where(Advice.voided.is_(False), Person.voided.is_(False), *which)


def _row(row: Any) -> AdviceRow:
    advice, full_name, number, asked_by, answered_by = row
    return AdviceRow(
        id=advice.id,
        case_id=advice.case_id or "",
        person_id=advice.person_id,
        full_name=full_name,
        case_number=number,
        asked_on=advice.asked_on,
        asked_by=asked_by or "",
        question=advice.question or "",
        answered_on=advice.answered_on,
        answered_by=answered_by or "",
        answer=advice.answer,
        version=advice.version,
    )
