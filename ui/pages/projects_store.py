# SPDX-License-Identifier: Apache-2.0
"""What the page of projects and frames asks of the database, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import IndicatorDefinition, LogframeLine, Project
    from resource_centre.services.indicator_definitions import Definition

NEW_PROJECT, PROJECT = "frames_project_new", "frames_project"
NEW_LINE, LINE = "frames_line_new", "frames_line"
NEW_INDICATOR, NEW_EDITION, EDITION = "frames_indicator_new", "frames_edition_new", "frames_edition"
"""Names of the forms, for drafts."""
PROJECTS, LOGFRAME, INDICATORS, TARGETS = "projects", "logframe", "indicators", "targets"
TABS: Final = (PROJECTS, LOGFRAME, INDICATORS, TARGETS)
CENTRE: Final = ""
"""Stands for the centre's own logframe and targets where a project is chosen."""

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class LineRow:
    """A line of a logframe as the list shows it."""

    id: str
    code: str
    level: str
    statement: str
    indicators: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator as the list shows it: its last edition; `id` is its code."""

    id: str
    last: Definition


@dataclass(frozen=True)
class Look:
    """An indicator to be opened: its last edition, the record to correct if it may be, the number of a new edition."""

    last: Definition
    correctable: IndicatorDefinition | None
    next_id: str


def read_projects(session: Session) -> list[Project]:
    """All projects, the latest first."""
    from resource_centre.services.projects import projects_list

    return projects_list(session)


def project_choices(session: Session) -> Choices:
    """Projects by id, with their codes and names."""
    return [(one.id, " · ".join(filter(None, (one.code, one.name)))) for one in read_projects(session)]


def fund_choices(session: Session) -> Choices:
    """Projects by code."""
    return [(str(one.code), " · ".join(filter(None, (one.code, one.name)))) for one in read_projects(session)]


def read_lines(session: Session, project_id: str | None) -> list[LineRow]:
    """The logframe of a project, or the centre's own."""
    from resource_centre.services.indicator_definitions import latest_definitions
    from resource_centre.services.logframe import logframe_of

    names = latest_definitions(session)
    return [
        LineRow(
            one.id, one.code or "", one.level or "", one.statement or "",
            ", ".join(names[code].name() if code in names else code for code in one.indicators or ()),
        )
        for one in logframe_of(session, project_id)
    ]  # fmt: skip


def read_line(session: Session, line_id: str) -> tuple[LogframeLine, Choices]:
    """A line, and every indicator it could be measured by."""
    from resource_centre.records import LogframeLine
    from resource_centre.services.saving import existing

    return existing(session, LogframeLine, line_id), indicator_choices(session)


def indicator_choices(session: Session) -> Choices:
    """Every indicator by code, with its name."""
    from resource_centre.services.indicator_definitions import latest_definitions

    return [(code, one.name()) for code, one in latest_definitions(session).items()]


def read_indicators(session: Session) -> list[IndicatorRow]:
    """Every indicator in its last edition."""
    from resource_centre.services.indicator_definitions import latest_definitions

    return [IndicatorRow(code, one) for code, one in latest_definitions(session).items()]


def read_indicator(session: Session, code: str) -> Look:
    """One indicator, to read and to write."""
    from resource_centre.errors import Refused
    from resource_centre.records import IndicatorDefinition
    from resource_centre.services.indicator_definitions import edition_id, editions_of
    from resource_centre.services.indicator_editions import is_closed

    editions = editions_of(session, code)
    if not editions:
        raise Refused("not_found")
    last = editions[-1]
    record = session.get(IndicatorDefinition, last.record_id) if last.record_id is not None else None
    open_one = record if record is not None and not is_closed(session, record) else None
    return Look(last, open_one, edition_id(code, last.edition + 1))


def place_of_draft(session: Session, form: str, about: str | None) -> tuple[Any, ...]:
    """Where one goes on with a form of this page that was begun and not saved."""
    from resource_centre.records import IndicatorDefinition, LogframeLine

    if form.startswith(PROJECT):
        return ("projects", (PROJECTS, about if form == PROJECT else "new"))
    if form == NEW_LINE:
        return ("projects", (LOGFRAME, "new", about))
    if form == LINE:
        line = session.get(LogframeLine, about) if about else None
        return ("projects", (LOGFRAME, about, line.project_id if line is not None else None))
    if form == NEW_INDICATOR:
        return ("projects", (INDICATORS, "new"))
    record = session.get(IndicatorDefinition, about) if form == EDITION and about else None
    code = record.indicator if record is not None else _indicator_of(session, about)
    return ("projects", (INDICATORS, code))


def _indicator_of(session: Session, next_id: str | None) -> str | None:
    """The indicator whose next edition has this id."""
    from resource_centre.services.indicator_definitions import edition_id, latest_definitions

    found = latest_definitions(session).items()
    return next((code for code, one in found if edition_id(code, one.edition + 1) == next_id), None)
