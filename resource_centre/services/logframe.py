# SPDX-License-Identifier: Apache-2.0
"""Logical frameworks: the lines of the centre's own and of each project, with the indicators they are measured by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import LogframeLine, Project
from resource_centre.services.indicator_definitions import latest_definitions
from resource_centre.services.projects import refuse_collectors
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy
from resource_centre.vocabulary import vocabulary

Values = Mapping[str, Any]

LONGEST_CODE: Final = 20
_PARTS: Final = re.compile(r"\d+|\D+")


def logframe_of(session: Session, project_id: str | None) -> list[LogframeLine]:
    """The lines of a project's logframe, or of the centre's own, in order: 1, 1.1, 1.1.1, 1.2, 1.10, 2."""
    record = LogframeLine
    of_it = record.project_id.is_(None) if project_id is None else record.project_id == project_id
    return sorted(session.scalars(select(record).where(of_it, record.voided.is_(False))), key=place_of)


def write_line(
    session: Session, project_id: str | None, values: Values, unanswered: Reasons | None = None
) -> LogframeLine:
    """Add a line. ``indicators`` are codes of indicators.

    Raises `Refused` with the problems by field (``code`` that another line has, ``indicators`` that nobody knows), for
    a project that is not there, and for collectors.
    """
    refuse_collectors(session)
    if project_id is not None:
        existing(session, Project, project_id)
    made = canonical(LogframeLine, values)
    refuse_errors(_problems(session, made, project_id))
    return write_new(session, LogframeLine, {**made, "project_id": project_id}, unanswered, on=today())


def change_line(
    session: Session, line_id: str, values: Values, unanswered: Reasons | None = None, *, version: int | None = None
) -> LogframeLine:
    """Change a line; fields that are not given stay as they are."""
    refuse_collectors(session)
    found = existing(session, LogframeLine, line_id)
    made = canonical(LogframeLine, values)
    refuse_errors(_problems(session, made, found.project_id, line_id))
    return write_changes(session, found, made, unanswered, on=today(), version=version)


def withdraw_line(session: Session, line_id: str, reason: str) -> None:
    """Take a line out, saying why; the trail keeps it. Raises `Refused` without a reason."""
    refuse_collectors(session)
    found, why = existing(session, LogframeLine, line_id), tidy(reason or "")
    if not why:
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    void(session, found, why)


def place_of(line: LogframeLine) -> tuple[Any, ...]:
    """Where a line stands: by its number part for part, as numbers where they are; of one number the higher level."""
    levels = vocabulary("logframe_level").codes
    level = levels.index(line.level) if line.level in levels else len(levels)
    return number_of(line.code), level, line.id


def number_of(code: str | None) -> tuple[tuple[int, int, str], ...]:
    """The number of a line as it is sorted: 1.2 before 1.10."""
    parts = _PARTS.findall((code or "").casefold().rstrip("."))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _problems(
    session: Session, values: Values, project_id: str | None, line_id: str | None = None
) -> Iterator[Problem]:
    code = values.get("code")
    if isinstance(code, str):
        if len(code) > LONGEST_CODE:
            yield Problem("code", "too_long")
        twins = (one for one in logframe_of(session, project_id) if one.id != line_id)
        if any(number_of(one.code) == number_of(code) for one in twins):
            yield Problem("code", "already_taken")
    named = values.get("indicators")
    if named and not set(named) <= set(latest_definitions(session)):
        yield Problem("indicators", "not_in_list")
