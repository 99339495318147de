# SPDX-License-Identifier: Apache-2.0
"""The attendance sheet: names printed in the order in which they are keyed back, a column to sign in for each day.

It goes round the room. So it says of nobody what only some may know, and of a telephone number only how it ends.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from reports.papers.event import NO_EVENT, EventFacts, event_facts
from reports.papers.heading import Heading, blank_heading, heading_of
from reports.papers.values import is_top_tier, phone, word
from resource_centre.i18n import _
from resource_centre.places import gazetteer
from resource_centre.records import TrainingEvent
from resource_centre.services.saving import existing
from resource_centre.services.training import EventSheet, ParticipantRow, event_sheet

MOST_DAYS_ASIDE: Final = 12
"""Columns to sign in on one sheet; an event of more days has several sheets."""
LEAST_EMPTY: Final = 10
BLANK_DAYS: Final = 2
SHOWN_DIGITS: Final = 4
UNMARKED: Final = "-"


@dataclass(frozen=True)
class AttendanceLine:
    """One line; `marks` are what is written down for the days of the sheet, nothing for most."""

    number: int
    name: str = ""
    sex: str = ""
    age: str = ""
    village: str = ""
    status: str = ""
    phone: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class DaysAside:
    """The days of one set of sheets; None for a day without a date."""

    first: int
    days: tuple[dt.date | None, ...]


@dataclass(frozen=True)
class AttendanceSheet:
    """What stands on the sheets: `named` lines, and how many `empty` ones there are at the least below them."""

    heading: Heading
    event: EventFacts
    sets: tuple[DaysAside, ...]
    named: tuple[AttendanceLine, ...]
    empty: int = LEAST_EMPTY
    blank: bool = False

    @property
    def landscape(self) -> bool:
        """Whether the page lies: with more than two days."""
        return len(self.sets[0].days) > BLANK_DAYS


def attendance_sheet(session: Session, event_id: str) -> AttendanceSheet:
    """The sheet of an event with the names that are on it by now."""
    event = existing(session, TrainingEvent, event_id)
    sheet = event_sheet(session, event_id)
    facts = event_facts(session, event)
    return AttendanceSheet(
        heading=heading_of(session, _("Attendance sheet"), event.number),
        event=facts,
        sets=_sets(facts.days, sheet.days),
        named=tuple(_line(place, row, sheet) for place, row in enumerate(sheet.rows, 1)),
    )


def blank_attendance_sheet(centre: str = "") -> AttendanceSheet:
    """A sheet for an event that nobody has written down yet."""
    heading = blank_heading(_("Attendance sheet"), centre)
    return AttendanceSheet(heading, NO_EVENT, (DaysAside(0, (None,) * BLANK_DAYS),), (), blank=True)


def fill_pages(wanted: int, first: int, later: int) -> list[int]:
    """How many lines stand on each page so that all pages are full and at least `wanted` lines are there.

    `first` fit on the first page, `later` on each page after it.
    """
    pages = [first]
    while sum(pages) < wanted:
        pages.append(later)
    return pages


def _sets(days: tuple[dt.date, ...], count: int) -> tuple[DaysAside, ...]:
    dated: tuple[dt.date | None, ...] = (*days, *[None] * (count - len(days)))
    starts = range(0, len(dated), MOST_DAYS_ASIDE)
    return tuple(DaysAside(at, dated[at : at + MOST_DAYS_ASIDE]) for at in starts)


def _line(place: int, row: ParticipantRow, sheet: EventSheet) -> AttendanceLine:
    marks = row.days.ljust(sheet.days, UNMARKED)
    hidden = is_top_tier("client_type", row.client_type)
    return AttendanceLine(
        number=place,
        name=row.name or "",
        sex=row.sex or "",
        age="" if row.age is None else str(row.age),
        village=gazetteer().name(row.village_code),
        status="" if hidden or not row.client_type else word("client_type", row.client_type),
        phone=_ending(row.phone),
        marks=tuple("" if mark == UNMARKED else mark for mark in marks),
    )


def _ending(number: str | None) -> str:
    """Enough of a number for its owner to see whether it is right."""
    return f"… {phone(number)[-SHOWN_DIGITS:]}" if number else ""
