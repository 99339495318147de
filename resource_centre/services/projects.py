# SPDX-License-Identifier: Apache-2.0
"""Projects that pay for the centre's work: who gives, from when until when, and the short code records bear as fund."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Assistance, Case, LogframeLine, Project, Service, TrainingEvent
from resource_centre.records.base import defaults_of
from resource_centre.roles import CASE_WORKERS
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy
from resource_centre.vocabulary import fold_label

Values = Mapping[str, Any]

LONGEST_CODE: Final = 20
PAID: Final = (Case, Service, TrainingEvent, Assistance)
"""The records that say from which fund they were paid."""
SUGGESTED: Final = 8
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


def write_project(session: Session, values: Values, unanswered: Reasons | None = None) -> Project:
    """Put a project on the list. Its code is kept in capitals.

    Raises `Refused` with the problems by field (``code`` that is no short code or another project's, ``ends_on`` before
    the start), and for collectors.
    """
    refuse_collectors(session)
    made = {
        **defaults_of(Project),
        **{name: value for name, value in _in_capitals(values).items() if value is not None},
    }
    refuse_errors(_problems(session, made))
    return write_new(session, Project, made, unanswered, on=today())


def change_project(
    session: Session, project_id: str, values: Values, unanswered: Reasons | None = None, *, version: int | None = None
) -> Project:
    """Change what is known of a project. A code that records bear as their fund stays as it is."""
    refuse_collectors(session)
    found, new = existing(session, Project, project_id), _in_capitals(values)
    kept = {name: getattr(found, name) for name in ("code", "starts_on", "ends_on", "budget", "currency")}
    refuse_errors(_problems(session, kept | new, project_id))
    if "code" in new and new["code"] != found.code and funds_in_use(session, found.code):
        raise Refused("check", (Problem("code", "code_in_use"),))
    return write_changes(session, found, new, unanswered, on=today(), version=version)


def withdraw_project(session: Session, project_id: str, reason: str) -> None:
    """A project was put on the list by mistake. Raises `Refused` without a reason, and once anything is paid by it or
    a logframe is written for it."""
    refuse_collectors(session)
    found, why = existing(session, Project, project_id), tidy(reason or "")
    if not why:
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    lines = select(LogframeLine.id).where(LogframeLine.project_id == project_id, LogframeLine.voided.is_(False))
    if funds_in_use(session, found.code) or session.scalar(lines.limit(1)) is not None:
        raise Refused("check", (Problem("code", "code_in_use"),))
    void(session, found, why)


def projects_list(session: Session, *, on: dt.date | None = None) -> list[Project]:
    """All valid projects, the latest first; with `on` those only that run on that day."""
    wanted = select(Project).where(Project.voided.is_(False))
    found = session.scalars(wanted).all()
    running = [one for one in found if on is None or runs(one, on, on)]
    return sorted(running, key=lambda one: (-(one.starts_on or dt.date.min).toordinal(), one.code or ""))


def project_of(session: Session, fund: str | None) -> Project | None:
    """The project of a fund's code, in whatever capitals it is written; None when it is on no list."""
    if not fund:
        return None
    wanted = select(Project).where(Project.voided.is_(False), is_fund(Project.code, fund)).order_by(Project.id)
    return session.scalars(wanted.limit(1)).first()


def runs(project: Project, first: dt.date, last: dt.date) -> bool:
    """Whether a project runs on any day of a period; without days it always does."""
    return (project.starts_on or dt.date.min) <= last and (project.ends_on or dt.date.max) >= first


def is_fund(column: Any, fund: str) -> ColumnElement[bool]:
    """Whether a column names this fund: capitals make no difference, records were typed by hand before there was a
    list."""
    named: ColumnElement[bool] = func.upper(column) == fund.upper()
    return named


def fund_codes(session: Session, text: str, *, limit: int = SUGGESTED) -> list[str]:
    """Codes of projects whose code, name or donor holds what is typed; those that run today first."""
    typed, now = fold_label(text), today()
    found = [
        one
        for one in projects_list(session)
        if one.code and any(typed in fold_label(words or "") for words in (one.code, one.name, one.donor))
    ]
    return [str(one.code) for one in sorted(found, key=lambda one: not runs(one, now, now))][:limit]


def funds_known(session: Session) -> list[str]:
    """Every fund a valid record bears or a project has, in capitals, in order."""
    parts = (select(func.upper(record.fund).label("fund")).where(record.voided.is_(False)) for record in PAID)
    written = session.scalars(union(*parts)).all()
    listed = (one.code for one in projects_list(session))
    return sorted({str(fund).upper() for fund in (*written, *listed) if fund})


def funds_in_use(session: Session, fund: str | None) -> bool:
    """Whether any record, also one taken back, bears this fund."""
    if not fund:
        return False
    asked = (select(record.id).where(is_fund(record.fund, fund)).limit(1) for record in PAID)
    return any(session.scalar(one) is not None for one in asked)


def refuse_collectors(session: Session) -> None:
    """Projects, logframes and indicators are written by case workers and coordinators."""
    if viewer_of(session).role not in CASE_WORKERS:
        raise Refused("not_allowed")


def _in_capitals(values: Values) -> dict[str, Any]:
    made = canonical(Project, values)
    return made | {"code": made["code"].upper()} if isinstance(made.get("code"), str) else made


def _problems(session: Session, values: Values, project_id: str | None = None) -> Iterator[Problem]:
    code, starts, ends = (values.get(name) for name in ("code", "starts_on", "ends_on"))
    if isinstance(code, str):
        if len(code) > LONGEST_CODE or _CODE.fullmatch(code) is None:
            yield Problem("code", "not_a_short_code")
        elif (twin := project_of(session, code)) is not None and twin.id != project_id:
            yield Problem("code", "already_taken")
    if isinstance(starts, dt.date) and isinstance(ends, dt.date) and ends < starts:
        yield Problem("ends_on", "ends_before_start")
