# SPDX-License-Identifier: Apache-2.0
"""Pages of the report book as a report of their own, to be looked at, printed and saved like the month's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from reports.book.counting import CannotBeMade, PageFigures, page_figures
from reports.book.laying_out import page_section
from reports.kit.words import moment
from reports.monthly.facts import period_words
from reports.monthly.periods import Period
from reports.monthly.scope import Scope
from reports.tables.model import Facts, Report, Section
from resource_centre import __version__
from resource_centre.exchange.identity import own_profile
from resource_centre.i18n import _, using
from resource_centre.places import gazetteer
from resource_centre.services.report_book import BookPage, pages_of_book

Progress = Callable[[str], None]


def book_report(
    session: Session,
    pages: Iterable[BookPage],
    asked: Period,
    language: str,
    *,
    progress: Progress = lambda _stage: None,
) -> Report:
    """These pages for the periods that end with the one asked for; a page that cannot be made says so."""
    centre = own_profile(session)
    cut_off = dt.datetime.now().astimezone()
    with using(language):
        sections = tuple(_sections(session, pages, asked, language, progress))
        facts = Facts(
            title=_("Report book"),
            period_words=period_words(asked, language),
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            centre_name=(centre.name if centre else None) or "",
            language=language,
            periods=(("month", asked.first.isoformat(), asked.last.isoformat()),),
            cut_off=cut_off.isoformat(timespec="seconds"),
            version=__version__,
            foot=(
                _("Records as of {moment}. Later changes are not in this report.").format(
                    moment=moment(cut_off, language)
                ),
                _("Resource Centre, version {version}.").format(version=__version__),
            ),
        )
    return Report(facts, sections)


def pages_in_report(session: Session, asked: Period, scope: Scope) -> tuple[PageFigures, ...]:
    """What was counted for the pages that stand in the monthly report; one that cannot be made is left out there."""
    found = []
    for page in pages_of_book(session):
        if page.plan is not None and page.plan.in_report:
            try:
                found.append(page_figures(session, page, asked, within=scope))
            except CannotBeMade:
                continue
    return tuple(found)


def book_sections(found: Iterable[PageFigures], language: str) -> Iterator[Section]:
    """Pages as sections of the monthly report; its language must be active."""
    for one in found:
        yield _with_scope(page_section(one, page_key(one.page), language), one)


def page_key(page: BookPage) -> str:
    """The key of a page's table; no two pages share one."""
    return f"book-{page.id}"


def _sections(
    session: Session, pages: Iterable[BookPage], asked: Period, language: str, progress: Progress
) -> Iterator[Section]:
    for page in pages:
        progress("tables")
        try:
            found = page_figures(session, page, asked)
        except CannotBeMade:
            words = _("This page asks for something that this version of the program cannot count.")
            yield Section(page_key(page), page.title, texts=(words,), typed=True)
            continue
        section = page_section(found, page_key(page), language)
        yield _with_scope(section, found)


def _with_scope(section: Section, found: PageFigures) -> Section:
    """A page about one place or project says so."""
    place, fund = found.plan.place, found.plan.fund
    told = [gazetteer().full_name(place)] if place else []
    told += [_("Project {code}").format(code=fund)] if fund else []
    if not told:
        return section
    return replace(section, heading=f"{section.heading} · {' · '.join(told)}")
