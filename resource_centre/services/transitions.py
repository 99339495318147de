# SPDX-License-Identifier: Apache-2.0
"""How a case, a referral or a complaint goes from state to state: which steps there are, and every one of them kept.

The steps are a choice, not a fact: data/transitions.csv lists them with where each comes from, and says for which of
them a reason is asked.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import Account, Owned, Transition
from resource_centre.services.saving import Reasons, write_changes, write_new
from resource_centre.values.text import tidy

Moved = TypeVar("Moved", bound=Owned)

STATE: Final = "status"
"""The field that holds the state, in every record that moves."""


@dataclass(frozen=True)
class Step:
    """One step that was taken; `before` is None for the first state. `who` is empty for somebody of another centre."""

    id: str
    before: str | None
    after: str
    moved_on: dt.date
    reason: str | None
    who: str


def move(
    session: Session,
    record: Moved,
    to: str,
    *,
    reason: str | None = None,
    on: dt.date | None = None,
    also: Mapping[str, Any] | None = None,
    unanswered: Reasons | None = None,
    version: int | None = None,
) -> Moved:
    """Take a record to another state and keep the step; `also` are fields that change with it.

    Raises `Refused` when the step does not follow from the state it is in, or the reason it asks for is not given;
    then nothing was written. `version` is that of the form's opening.
    """
    before, why = getattr(record, STATE), tidy(reason or "") or None
    _refuse(type(record).__name__, before, to, why)
    write_changes(session, record, {**(also or {}), STATE: to}, unanswered, on=today(), version=version)
    keep_step(session, record, before, to, reason=why, on=on)
    return record


def begin(session: Session, record: Owned, *, on: dt.date | None = None) -> None:
    """Keep the state a new record begins with."""
    keep_step(session, record, None, getattr(record, STATE), on=on)


def keep_step(
    session: Session,
    record: Owned,
    before: str | None,
    after: str,
    *,
    about: str = "",
    reason: str | None = None,
    on: dt.date | None = None,
) -> None:
    """Write a step of a record down, with who took it; `about` names what is stepped when it is not the record."""
    step = {
        "person_id": record.person_id,
        "about": about or type(record).__name__,
        "about_id": record.id,
        "account_id": viewer_of(session).account_id,
        "before": before,
        "after": after,
        "moved_on": on or today(),
        "reason": reason,
    }
    write_new(session, Transition, step, on=today())


def next_states(about: str, state: str | None) -> tuple[str, ...]:
    """The states a ``Case``, ``Referral`` or ``Complaint`` may go to from a state, the usual one first."""
    return tuple(_steps().get((about, state or ""), {}))


def asks_reason(about: str, state: str | None, to: str) -> bool:
    """Whether a step may only be taken with a reason."""
    return _steps().get((about, state or ""), {}).get(to, False)


def steps_of(session: Session, about: str, about_id: str) -> list[Step]:
    """The steps a record has taken, the last one first."""
    own = (Transition.about == about, Transition.about_id == about_id, Transition.voided.is_(False))
    wanted = select(Transition, Account.name, Account.login).outerjoin(Account, Account.id == Transition.account_id)
    ordered = wanted.where(*own).order_by(Transition.moved_on.desc(), Transition.id.desc())
    return [_step(taken, name or login) for taken, name, login in session.execute(ordered)]


def _refuse(about: str, before: str | None, to: str, why: str | None) -> None:
    if to not in next_states(about, before):
        raise Refused("check", (Problem(STATE, "no_such_step"),))
    if asks_reason(about, before, to) and why is None:
        raise Refused("check", (Problem("reason", "required"),))


def _step(taken: Transition, who: str | None) -> Step:
    assert taken.after is not None
    assert taken.moved_on is not None
    return Step(taken.id, taken.before, taken.after, taken.moved_on, taken.reason, who or "")


@lru_cache(maxsize=1)
def _steps() -> dict[tuple[str, str], dict[str, bool]]:
    """By record and state: the states that may follow, and whether a reason is asked."""
    file = resources.files("resource_centre") / "data" / "transitions.csv"
    found: dict[tuple[str, str], dict[str, bool]] = {}
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        found.setdefault((row["about"], row["from"]), {})[row["to"]] = row["reason"] == "yes"
    return found
