# SPDX-License-Identifier: Apache-2.0
"""Table R22, second half: savings groups at the end of the month, and what they saved, lent and shared out.

Group money is the group's own: it is never added to what the project spends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import BySex, by_sex
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from resource_centre.records import GroupEntry, GroupMeeting, GroupMember, Person, SavingsGroup
from resource_centre.services.group_books import SHARED_OUT, SHARES, Books, Entry, Meeting, balance
from resource_centre.services.rules import rule

Three = tuple[int, int, int]
_NONE: Final[Three] = (0, 0, 0)


@dataclass(frozen=True)
class SavingsGroups:
    """What groups have at the end of the month, and their meetings and money in month, year and project.

    `saved_now` and `outstanding` are whole rupiah; `at_risk` is a share of `outstanding` (PAR), None when nothing is
    owed. `members` are those who had not left by then.
    """

    groups: int = 0
    members: BySex = field(default_factory=BySex)
    saved_now: int = 0
    outstanding: int = 0
    overdue: int = 0
    at_risk: float | None = None
    unexplained: int = 0
    """Meetings whose count did not come out and nobody said why."""
    meetings: Three = _NONE
    saved: Three = _NONE
    share_outs: Three = _NONE
    shared_out: Three = _NONE

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"members": self.members.as_dict()}


def savings_groups(session: Session, span: Span, scope: Scope) -> SavingsGroups:
    """The groups of the place, as their books stood at the end of the month."""
    ids = groups_at(session, span.last, scope)
    if not ids:
        return SavingsGroups()
    books = [balance(found) for found in meetings_of(session, ids, span.last).values()]
    outstanding = sum(one.outstanding for one in books)
    risk = sum(one.at_risk(span.last, int(rule("group_arrears_days"))) for one in books)
    held = [one.meeting for each in books for one in each.meetings]
    closed = [one for one in held if one.shares_out]
    return SavingsGroups(
        groups=len(ids),
        members=_members(session, ids, span),
        saved_now=sum(saved_now(one) for one in books),
        outstanding=outstanding,
        overdue=sum(one.overdue(span.last) for one in books),
        at_risk=risk / outstanding if outstanding else None,
        unexplained=sum(len(one.unexplained) for one in books),
        meetings=_three(span, ((one, int(not one.shares_out)) for one in held)),
        saved=_three(span, ((one, one.total(SHARES)) for one in held)),
        share_outs=_three(span, ((one, 1) for one in closed)),
        shared_out=_three(span, ((one, one.total(SHARED_OUT)) for one in closed)),
    )


def groups_at(session: Session, last: dt.date, scope: Scope) -> set[str]:
    """The groups of the place that had begun by a day and were not dissolved then."""
    # The group itself says only when its newest cycle began; that it is older shows in its meetings.
    met = sa.select(GroupMeeting.group_id).where(GroupMeeting.voided.is_(False), GroupMeeting.held_on <= last)
    begun = sa.or_(SavingsGroup.cycle_begins_on <= last, SavingsGroup.id.in_(met))
    wanted = sa.select(SavingsGroup.id).where(
        SavingsGroup.voided.is_(False),
        begun,
        sa.or_(SavingsGroup.state.is_distinct_from("bubar"), SavingsGroup.dissolved_on > last),
        *scope.of_village(SavingsGroup.village_code),
        *scope.of_work(SavingsGroup),
    )
    return set(session.scalars(wanted))


def saved_now(books: Books) -> int:
    """Savings of the cycle under way; what was shared out is saved no longer."""
    return 0 if books.cycle.is_closed else books.cycle.savings


def _three(span: Span, found: Iterable[tuple[Meeting, int]]) -> Three:
    sums = [0, 0, 0]
    for meeting, count in found:
        for at, period in enumerate(span):
            if period.first <= meeting.held_on <= period.last:
                sums[at] += count
    month, year, project = sums
    return month, year, project


def meetings_of(session: Session, ids: set[str], last: dt.date) -> dict[str, list[Meeting]]:
    """The meetings of each group up to the end of the month, read in two statements whatever the number of groups."""
    meeting, entry = GroupMeeting, GroupEntry
    held = sa.select(meeting.id, meeting.group_id, meeting.held_on, meeting.cash_counted, meeting.difference_why).where(
        meeting.voided.is_(False), meeting.held_on <= last
    )
    of_meetings = sa.select(
        entry.id, entry.meeting_id, entry.kind, entry.amount, entry.shares, entry.member_id, entry.loan_id, entry.months
    ).where(entry.voided.is_(False))
    entries: dict[str, list[Entry]] = {}
    for one in session.execute(of_meetings):
        made = Entry(one.kind or "", one.amount or 0, one.shares or 0, one.member_id, one.loan_id, one.months, one.id)
        entries.setdefault(one.meeting_id, []).append(made)
    found: dict[str, list[Meeting]] = {group: [] for group in ids}
    for row in session.execute(held):
        if row.group_id in ids:
            made_of = tuple(entries.get(row.id, ()))
            found[row.group_id].append(Meeting(row.id, row.held_on, made_of, row.cash_counted, row.difference_why))
    return found


def _members(session: Session, ids: set[str], span: Span) -> BySex:
    asked = members_of(span.last, GroupMember.group_id, SEX, sa.func.count()).group_by(GroupMember.group_id, SEX)
    counted = (by_sex(known, count) for group, known, count in session.execute(asked) if group in ids)
    return sum(counted, BySex())


SEX: Final = sa.func.coalesce(Person.sex, GroupMember.sex)
"""Of a member: what the person's own record says comes first."""


def members_of(last: dt.date, *columns: Any) -> sa.Select[Any]:
    """The members of all groups on a day."""
    member = GroupMember
    return (
        sa.select(*columns)
        .select_from(member)
        .outerjoin(Person, Person.id == member.person_id)
        .where(
            member.voided.is_(False),
            sa.or_(member.left_on.is_(None), member.left_on > last),
            sa.or_(member.joined_on.is_(None), member.joined_on <= last),
        )
    )
