# SPDX-License-Identifier: Apache-2.0
"""What the page of the report book reads and writes, each within one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.tables.model import Report
    from resource_centre.services.report_book import BookPage, Plan
    from ui.kit.worker import Progress

TRIED = "tried"
"""The id of a page that is being picked and not in the book yet."""


@dataclass(frozen=True)
class Book:
    """All pages, and the projects a page can be about (code, words)."""

    pages: tuple[BookPage, ...] = ()
    funds: tuple[tuple[str, str], ...] = ()


def read_book(session: Session) -> Book:
    """Everything in the book."""
    from resource_centre.services.projects import projects_list
    from resource_centre.services.report_book import pages_of_book

    projects = [one for one in projects_list(session) if one.code]
    funds = tuple((str(one.code), f"{one.code} · {one.name}" if one.name else str(one.code)) for one in projects)
    return Book(tuple(pages_of_book(session)), funds)


def make_pages(session: Session, progress: Progress, pages: tuple[BookPage, ...], period: str, language: str) -> Report:
    """These pages for a period, by its code."""
    from reports.book.report import book_report
    from reports.monthly.periods import period_of

    done = iter(range(len(pages) + 1))
    return book_report(
        session, pages, period_of(period), language, progress=lambda _stage: progress(next(done), len(pages))
    )


def tried(title: str, plan: Plan) -> BookPage:
    """A page as it would be, to be looked at before it is saved."""
    from resource_centre.services.report_book import BookPage

    return BookPage(TRIED, title, plan, 0)


def save(session: Session, title: str, plan: Plan, page: BookPage | None) -> str:
    """Put it into the book. Its id."""
    from resource_centre.services.report_book import save_page

    page_id, version = (page.id, page.version) if page is not None else (None, None)
    return save_page(session, title, plan, page_id=page_id, version=version).id


def move(session: Session, page_id: str, to: int) -> None:
    """To another place of the book."""
    from resource_centre.services.report_book import move_page

    move_page(session, page_id, to=to)


def remove(session: Session, page_id: str, reason: str) -> None:
    """Out of the book."""
    from resource_centre.services.report_book import remove_page

    remove_page(session, page_id, reason)


def plan_of(typed: dict[str, Any]) -> Plan | None:
    """A plan as it was kept in a draft."""
    from resource_centre.services.report_book import read_plan

    return read_plan(typed)
