# SPDX-License-Identifier: Apache-2.0
"""Meetings of a savings group, written down in one go: who was there, what each one paid and got, the count of the box.

A meeting of the cycle under way may be corrected: the books are done again from the beginning, and the correction is
refused where some meeting would then have lent, paid out or paid back more than there was. A cycle that has been shared
out is closed; its share-out can be taken back while no meeting follows it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import GroupEntry, GroupMeeting, SavingsGroup, new_id
from resource_centre.services import group_books as books
from resource_centre.services.group_books import Balanced, Books, Entry, Meeting, ShareOut, balance, share_out
from resource_centre.services.group_lines import AMOUNTS, entries_of_lines, line_problems
from resource_centre.services.saving import canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.services.savings_groups import SHARED, UNDER_WAY, books_of, members_of, refuse_dissolved

Line = Mapping[str, Any]

_FIELD_OF: Final = {kind: name for name, kind in AMOUNTS.items()}


def meetings_of(session: Session, group_id: str) -> list[Meeting]:
    """Every valid meeting of a group with its entries, oldest first."""
    wanted = select(GroupEntry).where(GroupEntry.group_id == group_id, GroupEntry.voided.is_(False))
    entries: dict[str, list[Entry]] = {}
    for one in session.scalars(wanted.order_by(GroupEntry.id)):
        entries.setdefault(one.meeting_id, []).append(_entry(one))
    held = select(GroupMeeting).where(GroupMeeting.group_id == group_id, GroupMeeting.voided.is_(False))
    rows = session.scalars(held.order_by(GroupMeeting.held_on, GroupMeeting.id))
    return [
        Meeting(one.id, one.held_on, tuple(entries.get(one.id, ())), one.cash_counted, one.difference_why)
        for one in rows
        if one.held_on is not None
    ]


def save_meeting(
    session: Session,
    group_id: str,
    values: Mapping[str, Any],
    lines: Sequence[Line],
    *,
    meeting_id: str | None = None,
    version: int | None = None,
) -> GroupMeeting:
    """Write down a meeting, or correct one, and put its entries into the books.

    `values` are ``held_on``, ``cash_counted``, ``difference_why``, ``signed_by``, ``remarks``, and the group's own
    ``other_income`` and ``cost``. A line has ``member_id`` and any of ``present``, ``shares``, ``social_in``,
    ``social_out``, ``fine``, ``repaid``, ``written_off``, ``fee``, ``loan``, ``months``; amounts in whole rupiah.
    Raises `Refused` with problems named ``cash_counted`` or ``rows.0.repaid``, and then nothing was written.
    """
    group = existing(session, SavingsGroup, group_id)
    refuse_dissolved(group, "held_on")
    before = existing(session, GroupMeeting, meeting_id) if meeting_id else None
    made = canonical(GroupMeeting, {name: one for name, one in values.items() if name not in OWN})
    others = meetings_of(session, group_id)
    refuse_errors(_date_problems(group, others, meeting_id, made.get("held_on")))
    members = {one.id: one for one in members_of(session, group_id)}
    refuse_errors((*line_problems(group, members, lines, made["held_on"]), *_own_problems(values)))
    identity = meeting_id or new_id()
    earlier = balance(one for one in others if one.id != identity and one.held_on < made["held_on"])
    entries, problems = entries_of_lines(group, identity, lines, earlier.loans)
    refuse_errors(problems)
    entries += [Entry(OWN[name], amount=values[name]) for name in OWN if values.get(name)]
    new = Meeting(identity, made["held_on"], tuple(entries), made.get("cash_counted"), made.get("difference_why"))
    _refuse_impossible(balance([*(one for one in others if one.id != identity), new]), new, lines)
    return _write(session, group_id, before, identity, made, entries, version)


def take_back_meeting(session: Session, meeting_id: str, reason: str) -> None:
    """Mark the last meeting of a group as not valid; taking back a share-out opens the cycle again."""
    meeting = existing(session, GroupMeeting, meeting_id)
    done = books_of(session, meeting.group_id).meetings
    if done[-1].meeting.id != meeting_id:
        raise Refused("not_the_last_meeting")
    group = existing(session, SavingsGroup, meeting.group_id)
    refuse_dissolved(group, "held_on")
    if done[-1].meeting.shares_out:
        write_changes(session, group, {"state": UNDER_WAY, "shared_out_on": None}, on=today())
    elif group.state == SHARED:
        raise Refused("not_the_last_meeting")
    for entry in session.scalars(_valid_entries(meeting_id)).all():
        void(session, entry, reason)
    void(session, meeting, reason)


def preview_share_out(session: Session, group_id: str) -> ShareOut:
    """What sharing out now would give each member."""
    return share_out(books_of(session, group_id))


def carry_out_share_out(session: Session, group_id: str, values: Mapping[str, Any]) -> GroupMeeting:
    """Share out and close the cycle. `values` are ``held_on``, ``cash_counted`` - what is left in the box when
    everybody was paid - and ``signed_by``.

    Refused while a loan is outstanding, a count is unexplained, or nothing is saved: repay or write off first.
    """
    group = existing(session, SavingsGroup, group_id)
    refuse_dissolved(group, "held_on")
    done = books_of(session, group_id)
    made = canonical(GroupMeeting, values)
    refuse_errors(_share_out_problems(group, done, made))
    planned = share_out(done)
    identity = new_id()
    entries = [
        Entry(books.SHARED_OUT, amount=one.amount, shares=one.shares, member_id=one.member_id)
        for one in planned.payouts
    ]
    new = Meeting(identity, made["held_on"], tuple(entries), made.get("cash_counted"), made.get("difference_why"))
    _refuse_impossible(balance([*(one.meeting for one in done.meetings), new]), new, ())
    held = _write(session, group_id, None, identity, made, entries, None)
    write_changes(session, group, {"state": SHARED, "shared_out_on": made["held_on"]}, on=today())
    return held


OWN: Final = {"other_income": books.OTHER_INCOME, "cost": books.COST}
"""What belongs to the group as a whole, not to a member."""


def lines_of(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """What each member did at a meeting, as `save_meeting` takes it."""
    lines: dict[str, dict[str, Any]] = {}
    for entry in meeting.entries:
        if entry.member_id is None:
            continue
        line = lines.setdefault(entry.member_id, {"member_id": entry.member_id})
        if entry.kind == books.PRESENT:
            line["present"] = True
        elif entry.kind == books.SHARES:
            line["shares"] = entry.shares
        elif entry.kind in _FIELD_OF:
            name = _FIELD_OF[entry.kind]
            line[name] = line.get(name, 0) + entry.amount
            if entry.kind == books.LOAN:
                line["months"] = entry.months
    return lines


def own_of(meeting: Meeting) -> dict[str, int]:
    """The group's own income and cost at a meeting."""
    return {name: meeting.total(kind) for name, kind in OWN.items()}


def _entry(one: GroupEntry) -> Entry:
    return Entry(
        one.kind or "", one.amount or 0, one.shares or 0, one.member_id, one.loan_id, one.months, one.id
    )  # fmt: skip


def _date_problems(
    group: SavingsGroup, others: Sequence[Meeting], meeting_id: str | None, held_on: object
) -> list[Problem]:
    """What speaks against a meeting on this day: closed cycles, the meetings before and after it."""
    if not isinstance(held_on, dt.date):
        return [Problem("held_on", "required" if held_on is None else "not_a_date")]
    in_order = [one.meeting for one in balance(others).meetings]
    place = next((at for at, one in enumerate(in_order) if one.id == meeting_id), len(in_order))
    following = in_order[place + 1 :]
    own = in_order[place : place + 1]
    if any(one.shares_out for one in (*own, *following)) or (meeting_id is None and group.state != UNDER_WAY):
        return [Problem("held_on", "cycle_shared_out")]
    if group.cycle_begins_on and held_on < group.cycle_begins_on:
        return [Problem("held_on", "before_cycle")]
    before = in_order[place - 1] if place else None
    first_day = before.held_on + dt.timedelta(days=0 if before.shares_out else 1) if before else held_on
    if held_on < first_day or (following and held_on >= following[0].held_on):
        return [Problem("held_on", "meeting_order")]
    return [Problem("held_on", "date_in_future")] if held_on > today() else []


def _own_problems(values: Mapping[str, Any]) -> Iterable[Problem]:
    for name in (*OWN, "cash_counted"):
        value = values.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            yield Problem(name, "not_a_number")
        elif value is not None and value < 0:
            yield Problem(name, "negative")


def _refuse_impossible(done: Books, new: Meeting, lines: Sequence[Line]) -> None:
    """Refuse what a box cannot do: pay out what is not in it, at this meeting or at one after it."""
    at = next(place for place, one in enumerate(done.meetings) if one.meeting.id == new.id)
    problems = _pot_problems(done.meetings[at], lines)
    one = done.meetings[at]
    if one.difference is None:
        problems.append(Problem("cash_counted", "count_box"))
    elif not one.is_settled:
        problems.append(Problem("cash_counted", "box_differs"))
    refuse_errors(problems)
    if any(_pot_problems(later, ()) for later in done.meetings[at + 1 :]) or any(
        loan.outstanding < 0 for loan in done.loans
    ):
        raise Refused("later_meeting")
    known = {loan.id for loan in done.loans}
    needed = {entry.loan_id for one in done.meetings for entry in one.meeting.entries if entry.loan_id}
    if needed - known:
        raise Refused("later_meeting")


def _pot_problems(one: Balanced, lines: Sequence[Line]) -> list[Problem]:
    problems = []
    if one.social < 0:
        problems.append(Problem(_first(lines, "social_out", "social_in"), "above_social_fund"))
    if one.fund_cash - one.explained < 0:
        problems.append(Problem(_first(lines, "loan", "cost"), "above_box"))
    return problems


def _first(lines: Sequence[Line], name: str, otherwise: str) -> str:
    """Where to point: the last line with such an amount, or a field of the meeting itself."""
    rows = [at for at, line in enumerate(lines) if line.get(name)]
    return f"rows.{rows[-1]}.{name}" if rows else otherwise


def _share_out_problems(group: SavingsGroup, done: Books, made: Mapping[str, Any]) -> list[Problem]:
    held_on = made.get("held_on")
    if group.state != UNDER_WAY or done.cycle.is_closed:
        return [Problem("held_on", "cycle_shared_out")]
    problems = list(_own_problems(made))
    if not isinstance(held_on, dt.date):
        problems.append(Problem("held_on", "required" if held_on is None else "not_a_date"))
    elif done.meetings and held_on < done.meetings[-1].meeting.held_on:
        problems.append(Problem("held_on", "meeting_order"))
    elif held_on > today():
        problems.append(Problem("held_on", "date_in_future"))
    if done.outstanding:
        problems.append(Problem("loans", "loans_outstanding"))
    if done.unexplained:
        problems.append(Problem("cash_counted", "count_unexplained"))
    if not done.cycle.shares:
        problems.append(Problem("shares", "nothing_to_share"))
    return problems


def _write(
    session: Session,
    group_id: str,
    before: GroupMeeting | None,
    identity: str,
    made: Mapping[str, Any],
    entries: Sequence[Entry],
    version: int | None,
) -> GroupMeeting:
    """The meeting and its entries; each entry has the same id on every laptop, and one no longer wanted is voided."""
    if before is None:
        held = write_new(session, GroupMeeting, {**made, "id": identity, "group_id": group_id}, on=today())
    else:
        held = write_changes(session, before, made, on=today(), version=version)
    there = {one.id: one for one in session.scalars(select(GroupEntry).where(GroupEntry.meeting_id == identity))}
    wanted = {entry.id or entry_id(identity, entry): entry for entry in entries}
    for key, entry in wanted.items():
        _write_entry(session, group_id, identity, key, entry, there.get(key))
    for key, old in there.items():
        if key not in wanted and not old.voided:
            void(session, old, "corrected")
    return held


def _write_entry(
    session: Session, group_id: str, meeting_id: str, key: str, entry: Entry, old: GroupEntry | None
) -> None:
    values = {
        "kind": entry.kind,
        "amount": entry.amount if entry.kind != books.PRESENT else None,
        "shares": entry.shares or None,
        "months": entry.months,
    }
    if old is None:
        owner = {"id": key, "group_id": group_id, "meeting_id": meeting_id}
        links = {"member_id": entry.member_id, "loan_id": entry.loan_id}
        write_new(session, GroupEntry, {**values, **owner, **links}, on=today())
    elif old.voided or any(getattr(old, name) != value for name, value in values.items()):
        write_changes(session, old, {**values, "voided": False, "void_reason": None}, on=today())


def entry_id(meeting_id: str, entry: Entry) -> str:
    """The id of an entry: what, by whom, on which loan."""
    return str(uuid.uuid5(uuid.UUID(meeting_id), f"{entry.kind} {entry.member_id or ''} {entry.loan_id or ''}"))


def _valid_entries(meeting_id: str) -> Any:
    return select(GroupEntry).where(GroupEntry.meeting_id == meeting_id, GroupEntry.voided.is_(False))
