# SPDX-License-Identifier: Apache-2.0
"""Answers given out for whoever evaluates them elsewhere, in Kobo's layout and without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.errors import Refused
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.kobo_layout import ASKED_ON, EVENT, OCCASION, SUBMITTED, SUBMITTED_BY, VERSION
from resource_centre.questionnaires.kobo_writing import (
    Submitted,
    submissions_of_answers,
    text_table_of_answers,
    workbook_of_answers,
)
from resource_centre.records import Person, TrainingEvent
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.accounts import may
from resource_centre.services.questionnaires import form_of, readable_tables, shelved, table_for, versions_of
from resource_centre.services.response_facts import reasons_of
from resource_centre.services.responses import COMPLETE
from resource_centre.services.shipped_forms import read_shipped
from resource_centre.services.submissions import CLIENT

REPORT: Final = "report"
WORKBOOK, TEXT_TABLE, SUBMISSIONS = ENDINGS = (".xlsx", ".csv", ".zip")
AT_ONCE: Final = 500

Progress = Callable[[int, int], None]


def export_answers(
    session: Session,
    name: str,
    *,
    ending: str = WORKBOOK,
    since: dt.date | None = None,
    until: dt.date | None = None,
    numbers: bool = False,
    progress: Progress | None = None,
) -> bytes:
    """The complete answers to one questionnaire that this account reads, of every version, as a file of this ending.

    Nobody is named; with `numbers` each row of a table bears the client's number. Raises `Refused` for an account that
    may not report or does not read the answers, and ExportRefused for what a text table cannot hold.
    """
    check_may_export(session, name)
    forms = _forms(session, name)
    rows = _submitted(session, name, since, until, numbers=numbers)
    total = count_answers(session, name, since=since, until=until) if progress is not None else 0

    def told(done: int) -> None:
        if progress is not None:
            progress(done, total)

    if ending == SUBMISSIONS:
        return submissions_of_answers(forms, rows, told=told)
    further = (CLIENT,) if numbers else ()
    write = text_table_of_answers if ending == TEXT_TABLE else workbook_of_answers
    return write(forms, rows, further=further, told=told)


def count_answers(session: Session, name: str, *, since: dt.date | None = None, until: dt.date | None = None) -> int:
    """How many times of asking an export holds."""
    return sum(
        session.scalar(_within(select(func.count()).select_from(table), table, name, since, until)) or 0
        for table in readable_tables(session)
    )


def check_may_export(session: Session, name: str) -> None:
    """Raise `Refused` for an account that may not report, or does not read the answers to this questionnaire."""
    readable = may_read(viewer_of(session).role, table_for(shelved(session, name).sensitivity))
    if not may(session, REPORT) or not readable:
        raise Refused("not_allowed")


def _forms(session: Session, name: str) -> list[Form]:
    return [form_of(session, one.id) for one in versions_of(session, name)] or [read_shipped(name)]


def _within(
    wanted: Select[Any], table: type[AnyResponse], name: str, since: dt.date | None, until: dt.date | None
) -> Select[Any]:
    wanted = wanted.where(table.questionnaire == name, table.state == COMPLETE, table.voided.is_(False))
    if since is not None:
        wanted = wanted.where(table.asked_on >= since)
    return wanted if until is None else wanted.where(table.asked_on <= until)


def _submitted(
    session: Session, name: str, since: dt.date | None, until: dt.date | None, *, numbers: bool
) -> Iterator[Submitted]:
    for table in readable_tables(session):
        named: Any = select(table, Person.number, TrainingEvent.number)
        wanted = _within(named, table, name, since, until)
        wanted = wanted.outerjoin(Person, Person.id == table.person_id)
        wanted = wanted.outerjoin(TrainingEvent, TrainingEvent.id == table.event_id).order_by(table.asked_on, table.id)
        for record, number, event in session.execute(wanted.execution_options(yield_per=AT_ONCE)):
            system = (
                _system(record, numbers=numbers) | {EVENT: event or ""} | ({CLIENT: number or ""} if numbers else {})
            )
            yield Submitted(record.submission_uuid or record.id, record.answers, reasons_of(record.unanswered), system)


def _system(record: AnyResponse, *, numbers: bool) -> dict[str, str]:
    """What came with a submission, or would have come with it from a telephone; who asked only beside numbers."""
    day = record.asked_on
    system = {key: text for key, text in record.came_with.items() if key.startswith("_") and key != CLIENT}
    system |= {VERSION: record.form_version or "", OCCASION: record.occasion or ""}
    system[ASKED_ON] = day.isoformat() if day else ""
    system.setdefault(SUBMITTED, system[ASKED_ON])
    if not numbers:
        system.pop(SUBMITTED_BY, None)
    return system
