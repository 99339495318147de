# SPDX-License-Identifier: Apache-2.0
"""Answers to questionnaires: begun, gone on with, completed, taken back; each in the table of those who may read it.

What an account may write and not read it writes once, complete. Until then the answers stay in its own draft, which
nobody else sees; whoever asks need not know the difference: both are saved, opened and gone on with alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Unpack
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from resource_centre.access import check_writable, may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.writing import is_known
from resource_centre.problems import Problem
from resource_centre.questionnaires.form import Form
from resource_centre.records import (
    Draft,
    Questionnaire,
    QuestionnaireVersion,
    new_id,
)
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.answer_checks import check_completeness, indicates, word_problems
from resource_centre.services.drafts import discard_draft, draft_of, save_draft
from resource_centre.services.protection import let_go, note_concern
from resource_centre.services.questionnaires import form_of, readable_tables, sensitivity_of, table_for
from resource_centre.services.response_facts import (
    ASKED,
    PROTECTED,
    Asked,
    asked_of_draft,
    complete_facts,
    merged,
    reasons_for,
    reasons_of,
    refuse_moving,
)
from resource_centre.services.saving import existing, refuse_errors, write_changes, write_new
from resource_centre.services.screening import CONCERN, Screened
from resource_centre.services.shipped_forms import title_of
from resource_centre.services.voiding import void_record

BEGUN: Final = "begun"
COMPLETE: Final = "complete"

DRAFT_FORM: Final = "response"
"""The name of the drafts that hold unfinished answers which their writer may not read back from a record."""

SUBMISSIONS: Final = UUID("0f6d2b52-1d0c-5c3e-8f5a-3b7b0c2d9e41")
"""What ids of answers are made from that came as a submission, together with its own id."""

DraftKey = tuple[str, str | None]
"""The form and record of a draft, as `discard_draft` takes them."""


@dataclass(frozen=True)
class Opened:
    """One time of asking, to be looked at or gone on with. `kept_as_draft` says that no record holds it yet."""

    id: str
    version_id: str
    name: str
    title: str
    form: Form
    kind: str
    about: str
    sensitivity: str
    state: str
    answers: Mapping[str, str]
    unanswered: Mapping[str, str]
    came_with: Mapping[str, str]
    asked: Asked
    kept_as_draft: bool = False


@dataclass(frozen=True)
class _Given:
    """What a save brings."""

    version: QuestionnaireVersion
    questionnaire: Questionnaire
    answers: Mapping[str, str]
    unanswered: Mapping[str, str]
    came_with: Mapping[str, str]
    state: str
    asked: Asked


def save_response(
    session: Session,
    response_id: str | None,
    *,
    version_id: str,
    answers: Mapping[str, str],
    unanswered: Mapping[str, str] | None = None,
    state: str,
    before: Mapping[str, str] | None = None,
    before_unanswered: Mapping[str, str] | None = None,
    came_with: Mapping[str, str] | None = None,
    draft: DraftKey | None = None,
    **asked: Unpack[Asked],
) -> str:
    """Keep the answers of one time of asking, and return its id; no `response_id` for a new one.

    `before` and `before_unanswered` are what the window was opened with: only what differs from them is written, so
    that what somebody else answered meanwhile stays. Without them the answers replace those that stand. Of `asked`
    only what is given is changed. `draft` is forgotten in the same act.

    Raises `Refused` with the problems by place when the form is not `complete` and said to be so, or a text says what
    must never be written down; and when the questionnaire is withdrawn, or the answers belong to another version.
    """
    version = existing(session, QuestionnaireVersion, version_id)
    questionnaire = existing(session, Questionnaire, version.questionnaire_id)
    given = _Given(version, questionnaire, answers, unanswered or {}, came_with or {}, state, asked)
    record = _readable(session, response_id) if response_id else None
    if record is not None:
        _change(session, record, given, before, before_unanswered)
    else:
        response_id = _begin(session, response_id, given)
    if draft is not None:
        discard_draft(session, form=draft[0], record_id=draft[1])
    return record.id if record is not None else str(response_id)


def response(session: Session, response_id: str) -> Opened:
    """One time of asking, whole: a record this account reads, or what it has begun and not finished."""
    record = _readable(session, response_id)
    if record is not None:
        return _opened(session, record)
    kept = draft_of(session, form=DRAFT_FORM, record_id=response_id)
    if kept is None:
        raise Refused("not_found")
    return opened_draft(session, kept)


def void_response(session: Session, response_id: str, reason: str) -> None:
    """Mark answers as not valid, or throw away what was only begun and is no record yet."""
    record = _readable(session, response_id)
    if record is not None:
        void_record(session, type(record), response_id, reason=reason)
    elif draft_of(session, form=DRAFT_FORM, record_id=response_id) is not None:
        discard_draft(session, form=DRAFT_FORM, record_id=response_id)
    else:
        raise Refused("not_found")


def outcome_of(form: Form, answers: Mapping[str, str]) -> Screened | None:
    """What is said to whoever asked a screening, None for a form that screens nothing."""
    found = indicates(form, answers)
    return None if found is None else Screened(found)


def keeps_begun(session: Session, version_id: str) -> bool:
    """Whether unfinished answers are a record others see, and not the account's own draft."""
    version = existing(session, QuestionnaireVersion, version_id)
    questionnaire = existing(session, Questionnaire, version.questionnaire_id)
    return may_read(viewer_of(session).role, table_for(questionnaire.sensitivity))


def submission_id(session: Session, submission: str) -> str:
    """The id of the answers of a submission, the same on every laptop; another one after its import was undone."""
    from resource_centre.registers.importing import UNDO_REASON

    found, undone = str(uuid5(SUBMISSIONS, submission)), 0
    while any(
        one.voided and one.void_reason == UNDO_REASON
        for table in readable_tables(session)
        if (one := session.get(table, found)) is not None
    ):
        undone += 1
        found = str(uuid5(SUBMISSIONS, f"{submission}|{undone}"))
    return found


# Writing


def _begin(session: Session, response_id: str | None, given: _Given) -> str:
    """A new record, or the draft that stands for one; `response_id` is that of such a draft."""
    kept = draft_of(session, form=DRAFT_FORM, record_id=response_id) if response_id else None
    if response_id and kept is None:
        raise Refused("not_found")
    if kept is not None and kept.body["version_id"] != given.version.id:
        raise Refused("check", (Problem("version_id", "other_version"),))
    asked = complete_facts(
        session, given.questionnaire, given.asked, asked_of_draft(kept) if kept is not None else Asked()
    )
    table = table_for(given.questionnaire.sensitivity)
    # Before anything is kept as a draft that could never become a record.
    check_writable(session, table, [])
    new = response_id or _id_of(session, asked)
    if given.state == BEGUN and not may_read(viewer_of(session).role, table):
        _check(session, given, given.answers, given.unanswered)
        save_draft(session, form=DRAFT_FORM, record_id=new, body=_body(given, asked))
        return new
    live = _check(session, given, given.answers, given.unanswered)
    values: dict[str, Any] = {
        **asked, "id": new, "version_id": given.version.id, "questionnaire": given.questionnaire.name,
        "form_version": given.version.form_version, "state": given.state, "answers": dict(given.answers),
        "came_with": dict(given.came_with),
    }  # fmt: skip
    _write_once(session, table, values, reasons_for(given.unanswered))
    discard_draft(session, form=DRAFT_FORM, record_id=new)
    if live is not None:
        _tell_officer(session, given.questionnaire, given.version, live, asked.get("person_id"))
    return new


def _change(
    session: Session,
    record: AnyResponse,
    given: _Given,
    before: Mapping[str, str] | None,
    before_unanswered: Mapping[str, str] | None,
) -> None:
    if record.version_id != given.version.id:
        raise Refused("check", (Problem("version_id", "other_version"),))
    refuse_moving(session, record, given.asked)
    was_complete = record.state == COMPLETE
    answers = merged(record.answers, before, given.answers)
    reasons = merged(reasons_of(record.unanswered), before_unanswered, given.unanswered)
    reasons = {place: why for place, why in reasons.items() if not answers.get(place)}
    # What is complete stays so: of two windows the slower one may still be saving what is begun.
    given = _Given(
        given.version, given.questionnaire, answers, reasons, given.came_with,
        COMPLETE if was_complete else given.state, given.asked,
    )  # fmt: skip
    live = _check(session, given, answers, reasons)
    values = {
        **given.asked,
        "state": given.state,
        "answers": answers,
        "came_with": {**record.came_with, **given.came_with},
    }
    write_changes(session, record, values, reasons_for(reasons, record.unanswered), on=today())
    if live is not None and not was_complete:
        _tell_officer(session, given.questionnaire, given.version, live, record.person_id)


def _check(
    session: Session, given: _Given, answers: Mapping[str, str], reasons: Mapping[str, str]
) -> dict[str, str] | None:
    """Refuse what may not be kept so; for a complete form its answers as worked out anew, else None."""
    form = form_of(session, given.version.id)
    asks = given.questionnaire
    refuse_errors(word_problems(form, answers, sensitivity=asks.sensitivity, about=asks.about, kind=asks.kind))
    if given.state != COMPLETE:
        return None
    problems, live = check_completeness(form, answers, reasons)
    refuse_errors(problems)
    return live


def _write_once(session: Session, table: type[AnyResponse], values: dict[str, Any], reasons: dict[str, str]) -> None:
    if values.get("submission_uuid") and is_known(session, values["id"]):
        raise Refused("taken_in_already")
    let_go(session, write_new(session, table, values, reasons, on=today()))


def _tell_officer(
    session: Session,
    questionnaire: Questionnaire,
    version: QuestionnaireVersion,
    answers: Mapping[str, str],
    person_id: str | None,
) -> None:
    if questionnaire.sensitivity != PROTECTED or person_id is None:
        return
    if indicates(form_of(session, version.id), answers):
        from resource_centre.i18n import _

        note_concern(session, person_id, CONCERN, account=_("A screening gave an indication."))


def _id_of(session: Session, asked: Asked) -> str:
    submission = asked.get("submission_uuid")
    return submission_id(session, submission) if submission else new_id()


# Reading


def _readable(session: Session, response_id: str) -> AnyResponse | None:
    """The valid record of this id among the tables this account reads."""
    for table in readable_tables(session):
        found = session.get(table, response_id)
        if found is not None and not found.voided:
            return found
    return None


def _opened(session: Session, record: AnyResponse) -> Opened:
    version = existing(session, QuestionnaireVersion, record.version_id)
    questionnaire = existing(session, Questionnaire, version.questionnaire_id)
    asked: Any = {name: getattr(record, name) for name in ASKED}
    return Opened(
        id=record.id,
        version_id=version.id,
        name=record.questionnaire or "",
        title=title_of(record.questionnaire or "", version.title),
        form=form_of(session, version.id),
        kind=questionnaire.kind or "",
        about=questionnaire.about or "",
        sensitivity=sensitivity_of(type(record)),
        state=record.state or BEGUN,
        answers=dict(record.answers),
        unanswered=reasons_of(record.unanswered),
        came_with=dict(record.came_with),
        asked=asked,
    )


def opened_draft(session: Session, kept: Draft) -> Opened:
    """What a draft that stands for a record holds."""
    body = kept.body
    version = existing(session, QuestionnaireVersion, body["version_id"])
    questionnaire = existing(session, Questionnaire, version.questionnaire_id)
    return Opened(
        id=str(kept.record_id),
        version_id=version.id,
        name=questionnaire.name or "",
        title=title_of(questionnaire.name or "", version.title),
        form=form_of(session, version.id),
        kind=questionnaire.kind or "",
        about=questionnaire.about or "",
        sensitivity=questionnaire.sensitivity or PROTECTED,
        state=BEGUN,
        answers=body["answers"],
        unanswered=body["unanswered"],
        came_with=body["came_with"],
        asked=asked_of_draft(kept),
        kept_as_draft=True,
    )


def _body(given: _Given, asked: Asked) -> dict[str, Any]:
    day = asked.get("asked_on")
    return {
        "version_id": given.version.id,
        "answers": dict(given.answers),
        "unanswered": dict(given.unanswered),
        "came_with": dict(given.came_with),
        "asked": {**asked, "asked_on": day.isoformat() if day else None},
    }
