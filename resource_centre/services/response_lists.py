# SPDX-License-Identifier: Apache-2.0
"""Lists of answered questionnaires: of a person, about an event, of the centre itself, to one questionnaire, my own
unfinished ones. Each shows what this account may read; answers themselves are not in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.log.writing import CHUNK
from resource_centre.questionnaires.form import Form
from resource_centre.records import Change, Draft, Questionnaire, QuestionnaireVersion
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.drafts import drafts_of
from resource_centre.services.questionnaires import form_of, readable_tables, sensitivity_of
from resource_centre.services.responses import BEGUN, COMPLETE, DRAFT_FORM, opened_draft
from resource_centre.services.shipped_forms import title_of


@dataclass(frozen=True)
class ResponseRow:
    """One time of asking in a list; `answered` counts the questions somebody answered. Codes are those of the lists
    of `AnyResponse`. `kept_as_draft`: begun by this account and no record yet."""

    id: str
    version_id: str
    name: str
    title: str
    form_version: str
    kind: str
    about: str
    sensitivity: str
    state: str
    occasion: str | None
    asked_on: dt.date | None
    asked_by: str | None
    mode: str | None
    person_id: str | None
    case_id: str | None
    event_id: str | None
    participation_id: str | None
    answered: int
    kept_as_draft: bool = False


Narrowed = Callable[[type[AnyResponse]], tuple[ColumnElement[bool], ...]]


def responses_of(session: Session, person_id: str) -> list[ResponseRow]:
    """What a person has answered, newest first."""
    return _rows(session, lambda table: (table.person_id == person_id,))


def responses_about(session: Session, *, event_id: str) -> list[ResponseRow]:
    """What was answered about an event, by participants or observers, newest first."""
    return _rows(session, lambda table: (table.event_id == event_id,))


def centre_responses(session: Session) -> list[ResponseRow]:
    """What was answered about the centre itself, newest first."""
    names = _names(session, about="centre")
    return _rows(session, lambda table: (table.questionnaire.in_(names),)) if names else []


def responses_to(session: Session, name: str, *, limit: int = 500) -> list[ResponseRow]:
    """The newest answerings of one questionnaire, also those of records marked as not valid meanwhile."""
    return _rows(session, lambda table: (table.questionnaire == name,), limit=limit)


def begun_by_me(session: Session, person_id: str | None = None) -> list[ResponseRow]:
    """What this account began and nobody has completed, newest first; of one person when one is named."""
    names = _names(session)

    def begun(table: type[AnyResponse]) -> tuple[ColumnElement[bool], ...]:
        whose = table.questionnaire.in_(names) if person_id is None else table.person_id == person_id
        return (whose, table.state == BEGUN)

    rows = _rows(session, begun)
    mine = _touched_by_me(session, [row.id for row in rows])
    drafts = [_row_of_draft(session, one) for one in drafts_of(session) if one.form == DRAFT_FORM]
    own = [row for row in drafts if person_id in (None, row.person_id)]
    return sorted([*(row for row in rows if row.id in mine), *own], key=_newest_first, reverse=True)


def last_survey(
    session: Session, person_id: str, *, kind: str = "survey", until: dt.date | None = None
) -> dt.date | None:
    """The day of the newest complete answering of a survey, or of another kind of questionnaire, up to a day."""
    found = []
    for table in readable_tables(session):
        wanted = (
            select(func.max(table.asked_on))
            .join(QuestionnaireVersion, QuestionnaireVersion.id == table.version_id)
            .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
            .where(table.person_id == person_id, table.voided.is_(False), table.state == COMPLETE)
            .where(Questionnaire.kind == kind)
        )
        found.append(session.scalar(wanted if until is None else wanted.where(table.asked_on <= until)))
    return max((day for day in found if day is not None), default=None)


COPIED: Final = (
    "id", "version_id", "state", "occasion", "asked_on", "asked_by", "mode", "person_id", "case_id", "event_id",
    "participation_id",
)  # fmt: skip


def _rows(session: Session, narrowed: Narrowed, *, limit: int | None = None) -> list[ResponseRow]:
    found: list[ResponseRow] = []
    paths: dict[str, frozenset[str]] = {}
    for table in readable_tables(session):
        columns: list[Any] = [getattr(table, name) for name in COPIED]
        more = (QuestionnaireVersion.title, table.form_version, table.questionnaire, table.answers)
        wanted = (
            select(*columns, *more, Questionnaire.kind, Questionnaire.about)
            .join(QuestionnaireVersion, QuestionnaireVersion.id == table.version_id)
            .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
            .where(table.voided.is_(False), *narrowed(table))
            .order_by(table.asked_on.desc(), table.id.desc())
        )
        for row in session.execute(wanted.limit(limit)):
            if row.version_id not in paths:
                paths[row.version_id] = _asked(form_of(session, row.version_id))
            found.append(_row(table, row, paths[row.version_id]))
    return sorted(found, key=_newest_first, reverse=True)[:limit]


def _names(session: Session, about: str | None = None) -> list[str]:
    """The questionnaires there are, by which the index leads to their answers without reading the others."""
    wanted = select(Questionnaire.name).where(Questionnaire.name.is_not(None))
    return list(session.scalars(wanted if about is None else wanted.where(Questionnaire.about == about)))


def _touched_by_me(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of these records that this account has written in."""
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        own = (Change.row_id.in_(ids[start : start + CHUNK]), Change.actor == viewer_of(session).account_id)
        found.update(session.scalars(select(Change.row_id).where(*own)))
    return found


def _row(table: type[AnyResponse], row: Any, paths: frozenset[str]) -> ResponseRow:
    copied: dict[str, Any] = {name: getattr(row, name) for name in COPIED}
    return ResponseRow(
        **copied,
        name=row.questionnaire or "",
        title=title_of(row.questionnaire or "", row.title),
        form_version=row.form_version or "",
        kind=row.kind or "",
        about=row.about or "",
        sensitivity=sensitivity_of(table),
        answered=_answered(paths, row.answers),
    )


def _row_of_draft(session: Session, kept: Draft) -> ResponseRow:
    opened = opened_draft(session, kept)
    facts: dict[str, Any] = {name: opened.asked.get(name) for name in COPIED[3:]}
    return ResponseRow(
        **facts,
        id=opened.id,
        version_id=opened.version_id,
        state=opened.state,
        name=opened.name,
        title=opened.title,
        form_version=opened.form.version,
        kind=opened.kind,
        about=opened.about,
        sensitivity=opened.sensitivity,
        answered=_answered(_asked(opened.form), opened.answers),
        kept_as_draft=True,
    )


def _asked(form: Form) -> frozenset[str]:
    return frozenset(one.path for one in form.questions() if one.asked)


def _answered(paths: frozenset[str], answers: Mapping[str, str]) -> int:
    """How many questions somebody answered: neither worked out by the form nor an empty turn of a repeat."""
    from resource_centre.questionnaires.instance import plain

    return sum(1 for place, text in answers.items() if text and plain(place) in paths)


def _newest_first(row: ResponseRow) -> tuple[dt.date, str]:
    return (row.asked_on or dt.date.min, row.id)
