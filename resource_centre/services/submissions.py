# SPDX-License-Identifier: Apache-2.0
"""Round trip with Kobo and ODK: submissions taken in once each, answers given out without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.questionnaires.kobo_reading import Submission
from resource_centre.questionnaires.kobo_writing import Submitted, workbook_of_answers
from resource_centre.records import Person
from resource_centre.services.accounts import may
from resource_centre.services.find_number import find_number
from resource_centre.services.questionnaires import form_of, newest_version, readable_tables, versions_of
from resource_centre.services.response_facts import reasons_of
from resource_centre.services.responses import BEGUN, COMPLETE, save_response

CLIENT: Final = "_client_number"
"""Heading of the column by which an answer is known to be somebody's, in our own exports and on request."""
FROM_KOBO: Final = "kobo"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class NotTaken:
    """One submission that was left out: its place in the file from 1, why, and the problems by place of the form."""

    number: int
    code: str
    problems: tuple[Problem, ...] = ()


@dataclass
class TakenIn:
    """What became of a file: ids of new answers, those of them to look at, how many were here already, what was left."""

    new: list[str] = field(default_factory=list)
    to_look_at: list[str] = field(default_factory=list)
    known: int = 0
    unlinked: int = 0
    left: list[NotTaken] = field(default_factory=list)


def take_in_submissions(
    session: Session,
    name: str,
    submissions: Sequence[Submission],
    *,
    person_question: str = "",
    progress: Progress | None = None,
    **asked: Any,
) -> TakenIn:
    """Write submissions of one questionnaire as answers, each once, however often its file is brought.

    `person_question` names the question, or the column, that holds the number of a client; without it the column of
    our own exports is looked for. What does not satisfy the form is kept as begun, to be looked at. `asked` is what is
    known of all of them, such as an occasion.
    """
    versions = {one.form_version: one.id for one in reversed(versions_of(session, name))}
    newest = newest_version(session, name).id
    taken = TakenIn()
    for number, one in enumerate(submissions, start=1):
        if progress is not None:
            progress(number - 1, len(submissions))
        facts = {**asked, **_facts(session, one, person_question)}
        taken.unlinked += facts["person_id"] is None
        _take(session, taken, number, one, versions.get(one.version, newest), facts)
    return taken


def export_answers(
    session: Session,
    name: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    numbers: bool = False,
    version_id: str | None = None,
) -> bytes:
    """The complete answers to one questionnaire that this account reads, as a workbook in Kobo's layout.

    Nobody is named; with `numbers` each row bears the client's number. Raises `Refused` for an account that may not
    report.
    """
    if not may(session, "report"):
        raise Refused("not_allowed")
    form = form_of(session, version_id or newest_version(session, name).id)
    rows = _submitted(session, name, since, until)
    return workbook_of_answers(form, rows if numbers else _nameless(rows), further=(CLIENT,) if numbers else ())


def _take(
    session: Session, taken: TakenIn, number: int, one: Submission, version_id: str, facts: dict[str, Any]
) -> None:
    given: dict[str, Any] = {
        "version_id": version_id, "answers": {**one.strangers, **one.answers}, "unanswered": one.unanswered,
        "came_with": one.system, "submission_uuid": one.uuid, **facts,
    }  # fmt: skip
    for state in (COMPLETE, BEGUN):
        try:
            with session.begin_nested():
                saved = save_response(session, None, state=state, **given)
        except Refused as refused:
            if refused.code == "taken_in_already":
                taken.known += 1
                return
            if state == BEGUN:
                taken.left.append(NotTaken(number, refused.code, refused.problems))
            continue
        taken.new.append(saved)
        if state == BEGUN:
            taken.to_look_at.append(saved)
        return


def _facts(session: Session, one: Submission, person_question: str) -> dict[str, Any]:
    written = _written(one, person_question)
    found = find_number(session, written) if written else None
    facts: dict[str, Any] = {"mode": FROM_KOBO, "person_id": found.person_id if found else None}
    if found is not None and found.case_id is not None:
        facts["case_id"] = found.case_id
    if one.submitted_on is not None:
        facts["asked_on"] = one.submitted_on
    if one.system.get("_submitted_by"):
        facts["asked_by"] = one.system["_submitted_by"]
    return facts


def _written(one: Submission, person_question: str) -> str:
    """What the submission says of whose it is."""
    if not person_question:
        return one.system.get(CLIENT, "")
    named = {place.rpartition("/")[2]: text for place, text in one.answers.items()}
    told = one.answers.get(person_question) or named.get(person_question)
    return told or one.system.get(person_question) or one.strangers.get(person_question, "")


def _submitted(session: Session, name: str, since: dt.date | None, until: dt.date | None) -> Iterable[Submitted]:
    for table in readable_tables(session):
        wanted = (
            select(table, Person.number)
            .outerjoin(Person, Person.id == table.person_id)
            .where(table.questionnaire == name, table.state == COMPLETE, table.voided.is_(False))
            .order_by(table.asked_on, table.id)
        )
        if since is not None:
            wanted = wanted.where(table.asked_on >= since)
        if until is not None:
            wanted = wanted.where(table.asked_on <= until)
        for record, number in session.execute(wanted.execution_options(yield_per=500)):
            day = cast("dt.date | None", record.asked_on)
            system = {key: text for key, text in record.came_with.items() if key.startswith("_")}
            system |= {"__version__": record.form_version or "", CLIENT: number or ""}
            system.setdefault("_submission_time", day.isoformat() if day else "")
            yield Submitted(record.submission_uuid or record.id, record.answers, reasons_of(record.unanswered), system)


def _nameless(rows: Iterable[Submitted]) -> Iterable[Submitted]:
    for one in rows:
        system = {key: text for key, text in one.system.items() if key not in (CLIENT, "_submitted_by")}
        yield Submitted(one.uuid, one.answers, one.unanswered, system)
