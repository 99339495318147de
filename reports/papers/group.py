# SPDX-License-Identifier: Apache-2.0
"""Papers of a savings group: the sheet of a meeting, the list of a share-out, the group on one page.

They are about a group, not about a person: they are printed in the language of the screen and bear the group's number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of
from reports.papers.values import village
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.records import GroupMeeting, GroupMember, SavingsGroup
from resource_centre.services.group_books import (
    Balanced,
    Books,
    Loan,
    ShareOut,
    attended,
    balance,
    share_out,
    shared_out_at,
)
from resource_centre.services.group_meetings import lines_of, own_of
from resource_centre.services.rules import rule
from resource_centre.services.saving import existing
from resource_centre.services.savings_groups import books_of, members_of


@dataclass(frozen=True)
class GroupFacts:
    """What every paper of a group says of it."""

    name: str
    village: str
    share_value: int
    most_shares: int | None
    loan_fee: float | None
    cycle_begins_on: dt.date | None


@dataclass(frozen=True)
class SheetLine:
    """One member on a meeting's sheet. `figures` are what was written, by column; nothing on a sheet to fill in."""

    name: str
    debt: int
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class MeetingPaper:
    """The sheet of one meeting; `meeting` is None on one that is filled in by hand."""

    heading: Heading
    group: GroupFacts
    meeting: Balanced | None
    opening: int
    lines: tuple[SheetLine, ...]
    own: Mapping[str, int]
    signed_by: str


@dataclass(frozen=True)
class PayoutLine:
    """What one member gets."""

    name: str
    shares: int
    savings: int
    amount: int


@dataclass(frozen=True)
class ShareOutPaper:
    """The share-out: what is divided and who gets what; `held_on` is None while it is only planned."""

    heading: Heading
    group: GroupFacts
    held_on: dt.date | None
    planned: ShareOut
    outstanding: int
    lines: tuple[PayoutLine, ...]


@dataclass(frozen=True)
class MemberLine:
    """One member on the summary; `came` and `held` are meetings."""

    name: str
    left: bool
    shares: int
    savings: int
    debt: int
    came: int
    held: int


@dataclass(frozen=True)
class GroupSummary:
    """A group on one page, as its books stand on a day."""

    heading: Heading
    group: GroupFacts
    books: Books
    women: int
    men: int
    unknown: int
    late: tuple[tuple[str, Loan], ...]
    overdue: int
    at_risk: float | None
    days: int
    lines: tuple[MemberLine, ...]


def meeting_sheet(session: Session, group_id: str, *, meeting: str | None = None) -> MeetingPaper:
    """The sheet with the members' names; of a `meeting`, with what was written down."""
    group = existing(session, SavingsGroup, group_id)
    held = existing(session, GroupMeeting, meeting) if meeting else None
    books = books_of(session, group_id)
    place = _place_of(books, meeting) if meeting else len(books.meetings)
    before = balance(one.meeting for one in books.meetings[:place])
    balanced = books.meetings[place] if meeting else None
    written = lines_of(balanced.meeting) if balanced is not None else {}
    on = held.held_on if held is not None else None
    lines = tuple(
        SheetLine(one.name or "", before.debt_of(one.id), written.get(one.id, {}))
        for one in members_of(session, group_id)
        if one.id in written or not _had_left(one, on)
    )
    own = own_of(balanced.meeting) if balanced is not None else {}
    heading = heading_of(session, _("Meeting of a savings group"), group.number)
    signed = (held.signed_by or "") if held is not None else ""
    return MeetingPaper(heading, _facts(group), balanced, before.box, lines, own, signed)


def share_out_list(session: Session, group_id: str) -> ShareOutPaper:
    """The list of a share-out to be signed: the one that closed the cycle, else the one that is planned."""
    group = existing(session, SavingsGroup, group_id)
    books = books_of(session, group_id)
    done = shared_out_at(books.cycle)
    planned = done or share_out(books)
    names = {one.id: one.name or "" for one in members_of(session, group_id)}
    order = {member: place for place, member in enumerate(names)}
    payouts = sorted(planned.payouts, key=lambda one: order.get(one.member_id or "", len(order)))
    lines = tuple(
        PayoutLine(names.get(one.member_id or "", ""), one.shares, one.savings, one.amount) for one in payouts
    )
    held_on = books.cycle.meetings[-1].meeting.held_on if done is not None else None
    heading = heading_of(session, _("Share-out of a savings group"), group.number)
    return ShareOutPaper(heading, _facts(group), held_on, planned, books.outstanding, lines)


def group_summary(session: Session, group_id: str) -> GroupSummary:
    """The group as it stands today."""
    group = existing(session, SavingsGroup, group_id)
    books, members = books_of(session, group_id), members_of(session, group_id)
    heading = heading_of(session, _("Savings group"), group.number)
    on, days = heading.printed_on, int(rule("group_arrears_days"))
    came = attended(books, {one.id: (one.joined_on, one.left_on) for one in members})
    names = {one.id: one.name or "" for one in members}
    here = [one.sex for one in members if not one.left_on]
    late = tuple((names.get(one.member_id or "", ""), one) for one in books.loans if one.days_late(on))
    return GroupSummary(
        heading=heading,
        group=_facts(group),
        books=books,
        women=here.count("P"),
        men=here.count("L"),
        unknown=len(here) - here.count("P") - here.count("L"),
        late=late,
        overdue=books.overdue(on),
        at_risk=books.at_risk_share(on, days),
        days=days,
        lines=tuple(_member_line(one, books, came[one.id]) for one in members),
    )


def _member_line(member: GroupMember, books: Books, came: tuple[int, int]) -> MemberLine:
    cycle = books.cycle
    return MemberLine(
        member.name or "",
        member.left_on is not None,
        cycle.shares_of.get(member.id, 0),
        cycle.savings_of.get(member.id, 0),
        books.debt_of(member.id),
        *came,
    )


def _place_of(books: Books, meeting_id: str) -> int:
    for place, one in enumerate(books.meetings):
        if one.meeting.id == meeting_id:
            return place
    raise Refused("not_found")


def _had_left(member: GroupMember, on: dt.date | None) -> bool:
    return member.left_on is not None and (on is None or member.left_on < on)


def _facts(group: SavingsGroup) -> GroupFacts:
    return GroupFacts(
        group.name or "",
        village(group.village_code),
        group.share_value or 0,
        group.most_shares,
        group.loan_fee,
        group.cycle_begins_on,
    )
