# SPDX-License-Identifier: Apache-2.0
"""The records behind a figure, each with the page of the program that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _
from ui.pages.person_seen import PAGE_OF

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.measures import model
    from reports.measures import records as behind
    from reports.monthly.figures import MonthlyFigures
    from reports.tables.model import CellId


@dataclass(frozen=True)
class Found:
    """One record: what it is called, what it is, its day, and where the program shows it (nowhere without a page)."""

    id: str
    words: str
    what: str
    day: dt.date | None
    place: int
    """Its number in the list, from 0."""
    page: str = ""
    subject: Any = None


@dataclass(frozen=True)
class Behind:
    """Some of the records behind a figure: how many there are, and what they make now.

    Figures and records are of one account: what it may not read it does not count. `known` is false where a figure
    leads to no records.
    """

    total: int = 0
    value: float | None = None
    rows: tuple[Found, ...] = ()
    known: bool = True


def asked_of(figures: MonthlyFigures) -> model.Asked:
    """Of which periods, place and fund a report's figures were counted."""
    from reports.measures.model import Asked
    from reports.monthly.scope import Scope

    return Asked(figures.span, Scope(figures.place, figures.fund))


def read_behind(session: Session, asked: model.Asked, cell_id: CellId, last: Found | None, limit: int) -> Behind:
    """The records behind a figure after `last`, at most `limit`."""
    from reports.book.behind import page_of_figure, records_behind_page
    from reports.book.counting import CannotBeMade
    from reports.measures.behind import records_behind

    first = 0 if last is None else last.place + 1
    page = page_of_figure(session, cell_id)
    try:
        if page is None:
            opened = records_behind(session, cell_id, asked, limit=limit, offset=first)
        else:
            opened = records_behind_page(
                session, page, asked.span.month, cell_id, within=asked.scope, limit=limit, offset=first
            )
    except (LookupError, CannotBeMade):
        return Behind(known=False)
    return Behind(opened.total, opened.value, found_records(opened.records, first))


def found_records(records: Sequence[behind.Behind], first: int) -> tuple[Found, ...]:
    """Records as they are shown; `first` is the number of the first of them in the whole list, from 0."""
    return tuple(_found(one, place) for place, one in enumerate(records, first))


def _found(one: behind.Behind, place: int) -> Found:
    page, subject = _page_of(one)
    words = one.who or one.what or _("Without a name")
    return Found(f"{place}", words, one.what if one.who else "", one.day, place, page, subject)


def _page_of(one: behind.Behind) -> tuple[str, Any]:
    """Where a record is shown; what has no page of its own is found with its person, or with what it is a part of."""
    person_id = one.id if one.record == "Person" else one.person_id
    if one.record not in PAGE_OF and person_id:
        return "person", person_id
    record, id_ = (one.record, one.id) if one.record in PAGE_OF else one.shown_in or ("", "")
    if record not in PAGE_OF:
        return "", None
    page, first = PAGE_OF[record]
    return page, (first, id_) if first else id_
