# SPDX-License-Identifier: Apache-2.0
"""The week's list for home visits: who, where, and how they may be reached without harm.

It is carried about, so it says nothing of why: no matter, no reason, and a telephone number only where calling is safe.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of
from reports.papers.values import phone, village, word
from resource_centre.i18n import _
from resource_centre.services.follow_up_visits import SafeContact, VisitRow, week_list
from resource_centre.values.standing import age_of_living

DAYS = 7


@dataclass(frozen=True)
class VisitLine:
    """One visit. `reach` says how somebody may be reached, or why nobody should call."""

    on: dt.date
    name: str
    number: str
    sex: str
    age: int | None
    village: str
    address: str
    reach: str
    may_call: bool
    attempts: int
    step: str
    """The step of the schedule, such as one month; never what somebody wrote down as the purpose."""
    responsible: str


@dataclass(frozen=True)
class WeekList:
    """The visits of the seven days from `first`, by day, village and name."""

    heading: Heading
    first: dt.date
    last: dt.date
    lines: tuple[VisitLine, ...]


def week_list_paper(session: Session, first: dt.date, *, account: str | None = None) -> WeekList:
    """The list of a week in the active language; with an `account` id only what it is to do."""
    heading = heading_of(session, _("Visits of the week"), None)
    rows = week_list(session, first, account=account, on=heading.printed_on)
    return WeekList(heading, first, first + dt.timedelta(days=DAYS - 1), tuple(_line(row) for row in rows))


def _line(row: VisitRow) -> VisitLine:
    return VisitLine(
        on=row.due_on,
        name=row.full_name,
        number=row.number or "",
        sex=word("sex", row.sex),
        age=age_of_living(row.birth_date, row.standing, row.due_on),
        village=village(row.village_code),
        address=row.address,
        reach=_reach(row.contact),
        may_call=row.contact.way == "call",
        attempts=row.attempts,
        step=word("follow_up_interval", row.interval),
        responsible=row.responsible or "",
    )


def _reach(contact: SafeContact) -> str:
    if contact.way != "call":
        return contact.warning()
    answers = _("{name} answers").format(name=contact.answerer) if contact.answerer else ""
    message = "" if contact.may_leave_message else _("leave no message")
    return ", ".join(part for part in (phone(contact.phone), answers, contact.times or "", message) if part)
