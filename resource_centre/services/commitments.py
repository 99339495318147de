# SPDX-License-Identifier: Apache-2.0
"""What a meeting agreed on or recommended: who sees to it, until when, and what became of it.

Any event may carry commitments, a village meeting as well as a dialogue between stakeholders. One that has ended says
what became of it; it can be taken up again with a reason. Lists and figures are in `commitment_lists`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Commitment, TrainingEvent
from resource_centre.records.base import defaults_of
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy
from resource_centre.vocabulary import vocabulary

Values = Mapping[str, Any]

OPEN: Final = "terbuka"
DONE: Final = "selesai"
DROPPED: Final = "batal"
OF_ITS_END: Final = ("state", "ended_on", "result")


def has_ended(state: str | None) -> bool:
    """Whether a state is one of those after which nothing more is to be done."""
    term = vocabulary("commitment_state").get(state)
    return term is not None and term.group == "closed"


def write_commitment(session: Session, event_id: str, values: Values, unanswered: Reasons | None = None) -> Commitment:
    """Write down what a meeting agreed on. Raises `Refused` with the problems by field."""
    event = existing(session, TrainingEvent, event_id)
    made = {**defaults_of(Commitment), **{name: value for name, value in values.items() if value is not None}}
    problems = _problems(canonical(Commitment, made), event)
    if event.called_off:
        problems.append(Problem("what", "event_called_off"))
    refuse_errors(problems)
    return write_new(session, Commitment, {**made, "event_id": event_id}, unanswered, on=today())


def change_commitment(
    session: Session,
    commitment_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Commitment:
    """Change what is known of a commitment; one that has ended is reopened only by `reopen_commitment`."""
    found = existing(session, Commitment, commitment_id)
    made = canonical(Commitment, values)
    changed = {name: value for name, value in made.items() if value != getattr(found, name)}
    # Two laptops may have ended it and gone on with it: what nobody touches now is not what stands in the way.
    kept = {name: getattr(found, name) for name in OF_ITS_END} if not changed.keys().isdisjoint(OF_ITS_END) else {}
    problems = _problems(kept | changed, existing(session, TrainingEvent, found.event_id))
    if has_ended(found.state) and "state" in changed and not has_ended(made["state"]):
        problems.append(Problem("state", "reopen_first"))
    refuse_errors(problems)
    return write_changes(session, found, values, unanswered, on=today(), version=version)


def end_commitment(
    session: Session,
    commitment_id: str,
    state: str = DONE,
    ended_on: dt.date | None = None,
    result: str | None = None,
    *,
    version: int | None = None,
) -> Commitment:
    """Say that it is done (`DONE`) or will not be (`DROPPED`), on which day (today) and what became of it, or why."""
    if not has_ended(state):
        raise Refused("check", (Problem("state", "not_ended"),))
    ended = {"state": state, "ended_on": today() if ended_on is None else ended_on, "result": result}
    return change_commitment(session, commitment_id, ended, version=version)


def reopen_commitment(
    session: Session, commitment_id: str, reason: str, *, due_on: dt.date | None = None, version: int | None = None
) -> Commitment:
    """Take up again what had ended, and say why; `due_on` gives it another day. What was said of its end stays."""
    found = existing(session, Commitment, commitment_id)
    problems = [] if has_ended(found.state) else [Problem("state", "not_ended")]
    if not tidy(reason or ""):
        problems.append(Problem("reopened_because", "required"))
    opened = {"state": OPEN, "ended_on": None, "reopened_on": today(), "reopened_because": reason}
    if due_on is not None:
        opened["due_on"] = due_on
        problems += _problems({"due_on": due_on}, existing(session, TrainingEvent, found.event_id))
    refuse_errors(problems)
    return write_changes(session, found, opened, on=today(), version=version)


def take_back_commitment(session: Session, commitment_id: str, reason: str) -> None:
    """It was never agreed on: marked as not valid, with the reason."""
    why = tidy(reason or "")
    if not why:
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    void(session, existing(session, Commitment, commitment_id), why)


def _problems(values: Values, event: TrainingEvent) -> list[Problem]:
    """What of these values does not fit the meeting or the state."""
    problems = []
    due, ended, held = values.get("due_on"), values.get("ended_on"), event.starts_on
    if isinstance(due, dt.date) and held is not None and due < held:
        problems.append(Problem("due_on", "due_before_meeting"))
    if isinstance(ended, dt.date) and held is not None and ended < held:
        problems.append(Problem("ended_on", "ended_before_meeting"))
    elif isinstance(ended, dt.date) and ended > today():
        problems.append(Problem("ended_on", "date_in_future"))
    return problems + _end_problems(values)


def _end_problems(values: Values) -> list[Problem]:
    if not has_ended(values.get("state")):
        return [Problem("ended_on", "not_ended")] if values.get("ended_on") is not None else []
    problems = [] if values.get("ended_on") is not None else [Problem("ended_on", "day_missing")]
    return problems if values.get("result") else [*problems, Problem("result", "result_missing")]
