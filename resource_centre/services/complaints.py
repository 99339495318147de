# SPDX-License-Identifier: Apache-2.0
"""Complaints: opened, lodged somewhere, followed until there is a result; amounts in their own currency.

What is a top-tier matter (``top_tier`` in the list of kinds) is kept here as special protection only; its kind and what
happened go to the protection officer (domain reference 6.4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Complaint, Person
from resource_centre.records.base import defaults_of
from resource_centre.services import numbers
from resource_centre.services.cases import open_case_of
from resource_centre.services.complaint_list import CLOSED, FOLLOWED, LODGED, RESOLVED, RUNNING
from resource_centre.services.protection import note_concern
from resource_centre.services.saving import Reasons, canonical, existing, write_changes, write_new
from resource_centre.services.transitions import begin, move
from resource_centre.vocabulary import vocabulary

SPECIAL: Final = "PERLINDUNGAN_KHUSUS"
"""The merged kind that stands for every top-tier matter outside of protection."""

WITHHELD: Final = ("complaint_type", "account")
"""What a complaint of special protection does not tell, and nobody changes here."""

BY_STEPS: Final = frozenset({"number", "status"})


def open_complaint(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Complaint:
    """Write a complaint down and give it a number; ``case_id`` is the open case unless it is among the values.

    Raises `Refused` with the problems by field. A top-tier matter goes to the protection officer at the same time.
    """
    existing(session, Person, person_id)
    given = {name: value for name, value in canonical(Complaint, _by_hand(values)).items() if value is not None}
    complete = {**defaults_of(Complaint), "opened_on": on or today(), **given, "person_id": person_id}
    if "case_id" not in values:
        case = open_case_of(session, person_id)
        complete["case_id"] = case.id if case else None
    told, complete = _withheld(complete)
    made = write_new(session, Complaint, complete, unanswered, on=today(), series=numbers.COMPLAINT)
    begin(session, made, on=made.opened_on)
    _protect(session, made, told)
    return made


def change_complaint(
    session: Session,
    complaint_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Complaint:
    """Change what a complaint tells, such as amounts awarded and recovered; its state moves by the steps below."""
    complaint = existing(session, Complaint, complaint_id)
    made = canonical(Complaint, _by_hand(values))
    told: dict[str, Any] = {}
    if complaint.complaint_type == SPECIAL:
        _refuse_withheld(complaint, made)
    elif is_special(made.get("complaint_type")):
        told, made = _withheld({"account": complaint.account, **made})
    write_changes(session, complaint, made, unanswered, on=today(), version=version)
    _protect(session, complaint, told)
    return complaint


def lodge(
    session: Session,
    complaint_id: str,
    *,
    lodged_with: str | None,
    on: dt.date | None = None,
    reference: str | None = None,
    legal_step: str | None = None,
) -> Complaint:
    """Say where and when it was lodged. Raises `Refused` without a place."""
    if not lodged_with:
        raise Refused("check", (Problem("lodged_with", "required"),))
    day = on or today()
    also = {"lodged_with": lodged_with, "lodged_on": day, "reference": reference, "legal_step": legal_step}
    return _move(session, complaint_id, LODGED, day, also)


def follow_up(session: Session, complaint_id: str, *, note: str | None = None, on: dt.date | None = None) -> Complaint:
    """Say that somebody asked how it stands; the counter of waiting days begins anew."""
    complaint = existing(session, Complaint, complaint_id)
    to = RUNNING if complaint.status == RUNNING else FOLLOWED
    return _move(session, complaint_id, to, on or today(), reason=note)


def resolve(
    session: Session,
    complaint_id: str,
    *,
    result: str | None,
    on: dt.date | None = None,
    amounts: Mapping[str, Any] | None = None,
) -> Complaint:
    """There is a result; `amounts` may hold what was awarded and recovered, and when: else on the day of the result."""
    day = on or today()
    came = dict(amounts or {})
    if came.get("recovered") and not came.get("recovered_on"):
        # Without a day no month would count it.
        came["recovered_on"] = day
    return _move(session, complaint_id, RESOLVED, day, {"result": result, **came})


def close(
    session: Session,
    complaint_id: str,
    *,
    result: str | None = None,
    reason: str | None = None,
    on: dt.date | None = None,
) -> Complaint:
    """Nothing more is done about it. Raises `Refused` without a result, and unsolved without a reason."""
    day = on or today()
    also: dict[str, Any] = {"closed_on": day} | ({"result": result} if result else {})
    return _move(session, complaint_id, CLOSED, day, also, reason=reason)


def reopen(session: Session, complaint_id: str, *, reason: str, on: dt.date | None = None) -> Complaint:
    """Go on with a complaint that was resolved or closed."""
    return _move(session, complaint_id, RUNNING, on or today(), {"closed_on": None, "result": None}, reason=reason)


def is_special(complaint_type: str | None) -> bool:
    """Whether a kind of complaint is a top-tier matter."""
    term = vocabulary("complaint_type").get(complaint_type)
    return term is not None and term.extra.get("top_tier") == "yes"


def _move(
    session: Session,
    complaint_id: str,
    to: str,
    day: dt.date,
    also: Mapping[str, Any] | None = None,
    *,
    reason: str | None = None,
) -> Complaint:
    return move(session, existing(session, Complaint, complaint_id), to, reason=reason, on=day, also=also)


def _by_hand(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in BY_STEPS}


def _withheld(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What goes to the protection officer, and what is written on the complaint in its place."""
    if not is_special(values.get("complaint_type")):
        return {}, dict(values)
    told = {name: values.get(name) for name in WITHHELD}
    return told, {**values, "complaint_type": SPECIAL, "account": None}


def _refuse_withheld(complaint: Complaint, values: Mapping[str, Any]) -> None:
    changed = [name for name in WITHHELD if name in values and values[name] != getattr(complaint, name)]
    if changed:
        raise Refused("check", tuple(Problem(name, "special_protection") for name in changed))


def _protect(session: Session, complaint: Complaint, told: Mapping[str, Any]) -> None:
    if not told:
        return
    kind = told["complaint_type"]
    concern = vocabulary("complaint_type")[kind].extra["concern"]
    note_concern(session, complaint.person_id, concern, detail=kind, account=told["account"], complaint_id=complaint.id)
