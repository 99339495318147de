# SPDX-License-Identifier: Apache-2.0
"""The report book: figures that a centre picked by hand, each a page that is made again for every period.

A page is kept as a plan of codes: what is counted, by what, of which time, and how it is shown. Which codes there are
is known where figures are counted; here they are only checked to be codes, so that no page holds words about somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import SavedReport
from resource_centre.services.kept_figures import is_code
from resource_centre.services.projects import refuse_collectors
from resource_centre.services.saving import existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy

Shown = Literal["table", "bars", "lines", "across"]
Length = Literal["month", "quarter", "half", "year"]
MOST_PERIODS: Final = 36
"""Periods beside one another; more fit on no page."""


@dataclass(frozen=True)
class Plan:
    """What a page shows.

    `measure` is counted by `rows` and by `columns` (codes of breakdowns; empty for none), in `count` periods of one
    `length` that end with the one the page is made for; with more than one, the periods are the columns. `place` and
    `fund` narrow it down. `in_report`: the page stands in the monthly report too.
    """

    measure: str
    rows: str = ""
    columns: str = ""
    length: Length = "month"
    count: int = 1
    shown: Shown = "table"
    place: str | None = None
    fund: str | None = None
    in_report: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class BookPage:
    """A page of the book. `plan` is None when it was written by a newer program and cannot be read by this one."""

    id: str
    title: str
    plan: Plan | None
    version: int


def read_plan(kept: Mapping[str, Any] | None) -> Plan | None:
    """A plan as it is kept; None when it holds what this program does not know."""
    try:
        plan = Plan(**(kept or {}))
    except TypeError:
        return None
    return plan if not _problems(plan) else None


def pages_of_book(session: Session) -> list[BookPage]:
    """All pages in the order they were put in."""
    order = (SavedReport.position.is_(None), SavedReport.position, SavedReport.id)
    found = session.scalars(select(SavedReport).where(~SavedReport.voided).order_by(*order))
    return [_page(one) for one in found]


def page_of_book(session: Session, page_id: str) -> BookPage:
    """One page. Raises `Refused` when there is none of this id."""
    return _page(existing(session, SavedReport, page_id))


def save_page(
    session: Session, title: str, plan: Plan, *, page_id: str | None = None, version: int | None = None
) -> BookPage:
    """Put a page into the book, at its end, or change one; `version` is the one the form was opened on.

    Raises `Refused` with the problems by field (``title`` that is empty, a part of the plan that cannot be), and for
    collectors.
    """
    refuse_collectors(session)
    refuse_errors(_problems(plan))
    values = {"title": " ".join(title.split()), "plan": plan.as_dict()}
    if page_id is None:
        return _page(write_new(session, SavedReport, {**values, "position": _next(session)}, on=today()))
    known = existing(session, SavedReport, page_id)
    return _page(write_changes(session, known, values, on=today(), version=version))


def move_page(session: Session, page_id: str, *, to: int) -> None:
    """Put a page at another place (from 0) of the book; past the end means the end."""
    refuse_collectors(session)
    pages = pages_of_book(session)
    order = [page.id for page in pages if page.id != page_id]
    order.insert(max(0, to), existing(session, SavedReport, page_id).id)
    for position, one in enumerate(order):
        known = existing(session, SavedReport, one)
        if known.position != position:
            write_changes(session, known, {"position": position}, on=today())


def remove_page(session: Session, page_id: str, reason: str) -> None:
    """Take a page out of the book, saying why; the trail keeps it. Raises `Refused` without a reason."""
    refuse_collectors(session)
    why = tidy(reason)
    if not why:
        raise Refused("check", (Problem("void_reason", "required"),))
    void(session, existing(session, SavedReport, page_id), why)


def _page(found: SavedReport) -> BookPage:
    return BookPage(found.id, found.title or "", read_plan(found.plan), found.version)


def _next(session: Session) -> int:
    last = session.scalar(select(func.max(SavedReport.position)).where(~SavedReport.voided))
    return 0 if last is None else last + 1


def _problems(plan: Plan) -> tuple[Problem, ...]:
    codes = {name: getattr(plan, name) for name in ("measure", "rows", "columns", "place", "fund")}
    found = [Problem(name, "not_in_list") for name, code in codes.items() if not _is_code(code)]
    if not plan.measure:
        found.append(Problem("measure", "required"))
    if plan.rows and plan.rows == plan.columns:
        found.append(Problem("columns", "chosen_twice"))
    if plan.length not in get_args(Length):
        found.append(Problem("length", "not_in_list"))
    if plan.shown not in get_args(Shown):
        found.append(Problem("shown", "not_in_list"))
    several: Any = plan.count
    if several not in range(1, MOST_PERIODS + 1):
        found.append(Problem("count", "out_of_range"))
    elif several > 1 and plan.columns:
        found.append(Problem("columns", "periods_are_columns"))
    return tuple(found)


def _is_code(code: Any) -> bool:
    return code is None or (isinstance(code, str) and is_code(code))
