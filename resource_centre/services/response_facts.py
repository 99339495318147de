# SPDX-License-Identifier: Apache-2.0
"""What is known of one time of asking besides its answers, and why there is none at some places of the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.shape import KEY_MARK
from resource_centre.problems import Problem
from resource_centre.records import Account, Case, Draft, Participation, Person, Questionnaire, TrainingEvent
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.saving import existing, refuse_errors

PROTECTED: Final = "protected"
ANSWERS: Final = f"answers{KEY_MARK}"
"""What stands before a place in a record's `unanswered`."""


class Asked(TypedDict, total=False):
    """What is known of one time of asking besides the answers; dates as dates, codes of the lists of `AnyResponse`."""

    person_id: str | None
    case_id: str | None
    event_id: str | None
    participation_id: str | None
    occasion: str | None
    mode: str | None
    asked_on: dt.date | None
    asked_by: str | None
    form_language: str | None
    village_code: str | None
    remarks: str | None
    submission_uuid: str | None


ASKED: Final = tuple(Asked.__annotations__)


def reasons_of(unanswered: Mapping[str, str]) -> dict[str, str]:
    """Why places of the form have no answer, from a record's `unanswered`."""
    return {name.removeprefix(ANSWERS): why for name, why in unanswered.items() if name.startswith(ANSWERS)}


def reasons_for(unanswered: Mapping[str, str], kept: Mapping[str, str] | None = None) -> dict[str, str]:
    """A record's `unanswered` from the reasons by place; what `kept` says of the record's own fields stays."""
    own = {name: why for name, why in (kept or {}).items() if not name.startswith(ANSWERS)}
    return own | {f"{ANSWERS}{place}": why for place, why in unanswered.items()}


def merged(standing: Mapping[str, str], before: Mapping[str, str] | None, after: Mapping[str, str]) -> dict[str, str]:
    """What stands with only those places changed that differ between `before` and `after`."""
    if before is None:
        return dict(after)
    changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    kept = {place: text for place, text in standing.items() if place not in changed}
    return kept | {place: after[place] for place in changed if place in after}


def complete_facts(session: Session, questionnaire: Questionnaire, given: Asked, known: Asked) -> Asked:
    """Whom and when a new answering is about, filled up and checked; `known` is what a draft said of it."""
    asked: Asked = {"asked_on": today(), "asked_by": _own_name(session), **known, **given}
    _follow_the_sheet(session, asked)
    for record, owner in ((Person, asked.get("person_id")), (Case, asked.get("case_id"))):
        if owner is not None:
            existing(session, record, owner)
    if asked.get("event_id") is not None:
        existing(session, TrainingEvent, str(asked.get("event_id")))
    refuse_errors(_about_problems(questionnaire, asked))
    return asked


def _follow_the_sheet(session: Session, asked: Asked) -> None:
    """Fill up whose line of an attendance sheet it is; it must be one of the event that is named."""
    if asked.get("participation_id") is None and asked.get("event_id") and asked.get("person_id"):
        own = (Participation.event_id == asked["event_id"], Participation.person_id == asked["person_id"])
        asked["participation_id"] = session.scalars(
            select(Participation.id).where(*own, Participation.voided.is_(False)).limit(1)
        ).first()
    if asked.get("participation_id") is None:
        return
    line = existing(session, Participation, str(asked["participation_id"]))
    if asked.get("event_id") not in (None, line.event_id):
        raise Refused("check", (Problem("participation_id", "other_event"),))
    if line.person_id is not None and asked.get("person_id") not in (None, line.person_id):
        raise Refused("owner")
    asked["person_id"] = asked.get("person_id") or line.person_id
    asked["event_id"] = line.event_id


def _about_problems(questionnaire: Questionnaire, asked: Asked) -> list[Problem]:
    found = []
    if questionnaire.about == "event" and not asked.get("event_id"):
        found.append(Problem("event_id", "required"))
    if questionnaire.sensitivity == PROTECTED and not asked.get("person_id"):
        found.append(Problem("person_id", "register_first"))
    ended, day = questionnaire.withdrawn_on, asked.get("asked_on")
    if ended is not None and day is not None and day > ended:
        found.append(Problem("asked_on", "questionnaire_withdrawn"))
    return found


def refuse_moving(session: Session, record: AnyResponse, asked: Asked) -> None:
    """Answers stay with whom they are about; those of nobody by name may be given to somebody registered."""
    for name, owner in (("person_id", Person), ("event_id", TrainingEvent)):
        wanted: Any = asked.get(name)
        if name not in asked or wanted == getattr(record, name):
            continue
        if getattr(record, name) is not None:
            raise Refused("owner")
        existing(session, owner, wanted)


def asked_of_draft(kept: Draft) -> Asked:
    """What such a draft knows besides the answers."""
    asked: Any = dict(kept.body["asked"])
    if asked.get("asked_on"):
        asked["asked_on"] = dt.date.fromisoformat(asked["asked_on"])
    return asked  # type: ignore[no-any-return]


def _own_name(session: Session) -> str | None:
    account = session.get(Account, viewer_of(session).account_id)
    return (account.name or account.login) if account is not None else None
