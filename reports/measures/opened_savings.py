# SPDX-License-Identifier: Apache-2.0
"""Behind the stocks of R22: goals under way, and savings groups with their members and meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.cells import Place
from reports.measures.gathered import Page, Ref, opened
from reports.measures.model import Asked, word_of
from reports.measures.records import Opened
from reports.monthly.counts import UNKNOWN
from reports.monthly.household_savings import standing_of_goals, valid_goals
from reports.monthly.savings_groups import SEX, groups_at, meetings_of, members_of, saved_now
from resource_centre.records import GroupMember, SavingsGoal, SavingsGroup
from resource_centre.services.group_books import SHARED_OUT, SHARES, Books, balance
from resource_centre.services.rules import rule


def goals_under_way(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """Goals by how they stand on the last day."""
    last = asked.span.last
    standing = dict(standing_of_goals(session, last, valid_goals(asked.scope)))
    wanted = {goal for goal, stands in standing.items() if place.together or stands == place.row}
    goal = SavingsGoal
    rows = session.execute(sa.select(goal.id, goal.begun_on, goal.person_id, goal.category).where(goal.id.in_(wanted)))
    refs = (Ref("SavingsGoal", *row[:3], word_of("savings_goal", row.category)) for row in rows)
    return opened(session, refs, page, value=len(wanted))


def group(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """A stock of the groups: the groups, their members, or each group with its part of the money."""
    ids, last = groups_at(session, asked.span.last, asked.scope), asked.span.last
    if place.row.partition(".")[0] == "members":
        refs = list(_members(session, ids, last, place.row.partition(".")[2] or place.sex))
        return opened(session, refs, page, unit="people", value=len(refs))
    books = _Books.read(session, ids, last)
    if place.row == "groups":
        return opened(session, (books.ref(one) for one in ids), page, value=len(ids))
    if place.row == "unexplained":
        refs = [books.meeting(id_, one.meeting.held_on, one.meeting.id)
                for id_, own in books.of.items() for one in own.unexplained]  # fmt: skip
        return opened(session, refs, page, value=len(refs))
    amounts = {id_: _STOCKS[place.row](own, last) for id_, own in books.of.items()}
    refs = [books.ref(id_, amount) for id_, amount in amounts.items() if amount]
    if place.row == "at_risk":
        return opened(session, refs, page, unit="percent")
    return opened(session, refs, page, unit="money", value=sum(amounts.values()), counts="sum")


def done(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """The meetings of a period, with what was saved or shared out at each."""
    period, books = asked.period(place.period), _Books.read_in(session, asked)
    refs = []
    for id_, own in books.of.items():
        for one in (held.meeting for held in own.meetings):
            amount = one.total(*_MOVED[place.row]) if place.row in _MOVED else None
            counts = amount if amount is not None else one.shares_out is (place.row == "share_outs")
            if counts and period.first <= one.held_on <= period.last:
                refs.append(books.meeting(id_, one.held_on, one.id, amount))
    if place.row in _MOVED:
        value = sum(one.amount or 0 for one in refs)
        return opened(session, refs, page, unit="money", value=value, counts="sum")
    return opened(session, refs, page, value=len(refs))


_MOVED: Final[Mapping[str, tuple[str, ...]]] = {"saved": (SHARES,), "shared_out": (SHARED_OUT,)}
_STOCKS: Final[Mapping[str, Callable[[Books, dt.date], int]]] = {
    "saved": lambda books, _last: saved_now(books),
    "loans": lambda books, _last: books.outstanding,
    "at_risk": lambda books, last: books.at_risk(last, int(rule("group_arrears_days"))),
}


@dataclass(frozen=True)
class _Books:
    """The books of groups by the group's id, and what the groups are called."""

    of: Mapping[str, Books]
    names: Mapping[str, tuple[str, dt.date | None]]

    @classmethod
    def read_in(cls, session: Session, asked: Asked) -> _Books:
        """Those of a report."""
        return cls.read(session, groups_at(session, asked.span.last, asked.scope), asked.span.last)

    @classmethod
    def read(cls, session: Session, ids: set[str], last: dt.date) -> _Books:
        """Those of some groups, up to a day."""
        one = SavingsGroup
        rows = session.execute(sa.select(one.id, one.name, one.cycle_begins_on).where(one.voided.is_(False)))
        names = {row.id: (row.name or "", row.cycle_begins_on) for row in rows if row.id in ids}
        held = meetings_of(session, ids, last) if ids else {}
        return cls({id_: balance(found) for id_, found in held.items()}, names)

    def ref(self, id_: str, amount: float | None = None) -> Ref:
        """A group."""
        name, begins_on = self.names[id_]
        return Ref("SavingsGroup", id_, begins_on, who=name, amount=amount)

    def meeting(self, group_id: str, held_on: dt.date, id_: str, amount: float | None = None) -> Ref:
        """A meeting, which is shown with its group."""
        return Ref(
            "GroupMeeting", id_, held_on, who=self.names[group_id][0], amount=amount,
            shown_in=("SavingsGroup", group_id),
        )  # fmt: skip


def _members(session: Session, ids: set[str], last: dt.date, sex: str) -> Iterator[Ref]:
    member = GroupMember
    columns = (member.id, member.joined_on, member.person_id, member.name, member.group_id, SEX.label("of_sex"))
    for row in session.execute(members_of(last, *columns)):
        if row.group_id in ids and sex in ("", "total", _known(row.of_sex)):
            shown_in = ("SavingsGroup", row.group_id)
            yield Ref("GroupMember", row.id, row.joined_on, row.person_id, who=row.name or "", shown_in=shown_in)


def _known(sex: str | None) -> str:
    return sex if sex in ("L", "P") else UNKNOWN
