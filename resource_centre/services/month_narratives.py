# SPDX-License-Identifier: Apache-2.0
"""What the coordinator writes to a month: what was achieved, what was hard, a story, and what comes next.

Case workers read and write it. A story is told only with consent and with changed details; words that name HIV stand
in no story, while the centre may well speak of its own work there.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import MonthNarrative
from resource_centre.services.health_words import names_hiv
from resource_centre.services.month_reports import NAMESPACE
from resource_centre.services.saving import Reasons, canonical, refuse_errors, write_changes, write_new

TEXTS: Final = ("achievements", "challenges", "story", "next_plan")
"""In the order in which they are printed."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


def narrative_id(month: str) -> str:
    """The id of what is written to a month such as "2026-10"; the same on every laptop."""
    return str(uuid.uuid5(NAMESPACE, f"month_narrative/{month}"))


def narrative_of(session: Session, month: str) -> MonthNarrative:
    """What is written to a month ("2026-10").

    Where nothing is, an empty one of version 0 that is not kept anywhere, for a form to be opened on. Raises `Refused`
    for an account that may not read it, and for what is no month.
    """
    _refuse_others(session)
    _refuse_no_month(month)
    known = _known(session, month)
    return known if known is not None and not known.voided else _empty(month)


def write_narrative(
    session: Session,
    month: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> MonthNarrative:
    """Write to a month; fields that are not given stay as they are.

    `version` is the one the form was opened on, 0 when nothing was written yet. Raises `Refused` with the problems by
    field: ``month`` that is none or has not begun, ``story_agreed`` when a story is told without consent, ``story``
    when it names HIV; and ``changed_meanwhile`` when somebody else has written since.
    """
    _refuse_others(session)
    _refuse_no_month(month)
    known = _known(session, month)
    before = {name: getattr(known, name) for name in (*TEXTS, "story_agreed")} if known is not None else {}
    refuse_errors(_story_problems(before | canonical(MonthNarrative, values)))
    if known is None:
        own = {"id": narrative_id(month), "month": month}
        return write_new(session, MonthNarrative, {**values, **own}, unanswered, on=today())
    again = {**values, "voided": False, "void_reason": None} if known.voided else values
    return write_changes(session, known, again, unanswered, on=today(), version=version)


def told(session: Session, month: str) -> dict[str, str]:
    """The texts of a month that are to be printed, by field in their order; nothing for who may not read them.

    A story is among them only when consent to tell it is written down.
    """
    if not may_read(viewer_of(session).role, MonthNarrative):
        return {}
    known = _known(session, month)
    if known is None or known.voided:
        return {}
    texts = {name: getattr(known, name) for name in TEXTS}
    return {name: text for name, text in texts.items() if text and (name != "story" or known.story_agreed)}


def _known(session: Session, month: str) -> MonthNarrative | None:
    return session.get(MonthNarrative, narrative_id(month))


def _empty(month: str) -> MonthNarrative:
    return MonthNarrative(id=narrative_id(month), month=month, version=0)


def _story_problems(values: Mapping[str, Any]) -> Iterator[Problem]:
    story = values.get("story")
    if not isinstance(story, str):
        return
    if values.get("story_agreed") is not True:
        yield Problem("story_agreed", "story_not_agreed")
    if names_hiv(story):
        yield Problem("story", "names_hiv")


def _refuse_others(session: Session) -> None:
    if not may_read(viewer_of(session).role, MonthNarrative):
        raise Refused("not_allowed")


def _refuse_no_month(month: str) -> None:
    if _MONTH.fullmatch(month) is None:
        raise Refused("check", (Problem("month", "whole_month"),))
    if dt.date.fromisoformat(f"{month}-01") > today():
        raise Refused("check", (Problem("month", "date_in_future"),))
