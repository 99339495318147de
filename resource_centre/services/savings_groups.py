# SPDX-License-Identifier: Apache-2.0
"""Savings groups and who belongs to them. Group money is not project money: it is written down here, never handled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import GroupEntry, GroupMember, Person, SavingsGroup
from resource_centre.services import numbers
from resource_centre.services.group_books import Books, balance
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new

Values = Mapping[str, Any]

UNDER_WAY: Final = "aktif"
SHARED: Final = "dibagi"
DISSOLVED: Final = "bubar"
RULES_OF_A_CYCLE: Final = ("share_value", "cycle_begins_on")
"""What stays as it is once shares have been bought in a cycle."""


@dataclass(frozen=True)
class GroupRow:
    """One group of the list of groups."""

    id: str
    name: str | None
    village_code: str | None
    state: str | None
    cycle_begins_on: dt.date | None
    members: int


def start_group(session: Session, values: Values, unanswered: Reasons | None = None) -> SavingsGroup:
    """Write down a group and its rules. Raises `Refused` with the problems by field."""
    made = {"state": UNDER_WAY, "currency": "IDR"} | {name: one for name, one in values.items() if one is not None}
    refuse_errors(_rule_problems(canonical(SavingsGroup, made)))
    return write_new(session, SavingsGroup, made, unanswered, on=today(), series=numbers.SAVINGS_GROUP)


def change_group(
    session: Session,
    group_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> SavingsGroup:
    """Change what is known of a group; what a share costs does not change while shares of the cycle are bought."""
    group = existing(session, SavingsGroup, group_id)
    made = canonical(SavingsGroup, values)
    problems = _rule_problems({name: getattr(group, name) for name in RULES} | made)
    changed = [name for name in RULES_OF_A_CYCLE if name in made and made[name] != getattr(group, name)]
    cycle = books_of(session, group_id).cycle if changed else None
    if cycle is not None and cycle.meetings and not cycle.is_closed:
        problems += [Problem(name, "rule_in_use") for name in changed]
    refuse_errors(problems)
    return write_changes(session, group, values, unanswered, on=today(), version=version)


def begin_cycle(session: Session, group_id: str, values: Values) -> SavingsGroup:
    """Begin the next cycle after a share-out, with the rules in `values` (``cycle_begins_on`` and any others)."""
    group = existing(session, SavingsGroup, group_id)
    refuse_dissolved(group, "cycle_begins_on")
    if group.state != SHARED:
        raise Refused("check", (Problem("cycle_begins_on", "cycle_under_way"),))
    begins = canonical(SavingsGroup, values).get("cycle_begins_on")
    if isinstance(begins, dt.date) and group.shared_out_on and begins < group.shared_out_on:
        raise Refused("check", (Problem("cycle_begins_on", "before_share_out"),))
    made = {"cycle_ends_on": None} | dict(values) | {"state": UNDER_WAY, "shared_out_on": None}
    refuse_errors(_rule_problems({name: getattr(group, name) for name in RULES} | canonical(SavingsGroup, made)))
    return write_changes(session, group, made, on=today())


def groups_list(session: Session) -> list[GroupRow]:
    """All groups this account sees, by name."""
    belongs = (
        select(GroupMember.group_id, func.count().label("members"))
        .where(GroupMember.voided.is_(False), GroupMember.left_on.is_(None))
        .group_by(GroupMember.group_id)
        .subquery()
    )
    group = SavingsGroup
    columns = (group.id, group.name, group.village_code, group.state, group.cycle_begins_on)
    wanted = select(*columns, func.coalesce(belongs.c.members, 0)).outerjoin(belongs, belongs.c.group_id == group.id)
    rows = session.execute(wanted.where(group.voided.is_(False)).order_by(func.lower(group.name), group.id))
    return [GroupRow(*row) for row in rows]


def members_of(session: Session, group_id: str) -> list[GroupMember]:
    """Everybody who has been a member, in the order of the sheet."""
    wanted = select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.voided.is_(False))
    members = session.scalars(wanted.order_by(GroupMember.id))
    return sorted(members, key=lambda one: (one.position is None, one.position or 0))


def add_member(session: Session, group_id: str, values: Values) -> GroupMember:
    """Put somebody on the sheet: a client (``person_id``), or a name. Nobody is in a group twice."""
    refuse_dissolved(existing(session, SavingsGroup, group_id), "name")
    members = members_of(session, group_id)
    made = dict(values)
    if made.get("person_id"):
        made = _known(session, made)
        _refuse_twice(members, made["person_id"])
    if made.get("position") is None:
        made["position"] = max((one.position or 0 for one in members), default=0) + 1
    refuse_errors(_member_problems(canonical(GroupMember, made)))
    return write_new(session, GroupMember, {**made, "group_id": group_id}, on=today())


def change_member(session: Session, member_id: str, values: Values, *, version: int | None = None) -> GroupMember:
    """Change what is known of a member, link them to a client, or write down that they have left.

    Somebody who owes the group something has not left it.
    """
    member = existing(session, GroupMember, member_id)
    made = dict(values)
    if made.get("person_id") and made["person_id"] != member.person_id:
        made = _known(session, made)
        _refuse_twice([one for one in members_of(session, member.group_id) if one.id != member_id], made["person_id"])
    kept = {name: getattr(member, name) for name in ("joined_on", "left_on")}
    problems = _member_problems(kept | canonical(GroupMember, made))
    if made.get("left_on") and books_of(session, member.group_id).debt_of(member_id):
        problems.append(Problem("left_on", "member_in_debt"))
    refuse_errors(problems)
    return write_changes(session, member, made, on=today(), version=version)


def take_off(session: Session, member_id: str, reason: str) -> None:
    """Somebody was put on the sheet by mistake. Whoever has entries in the books has left, and stays on paper."""
    member = existing(session, GroupMember, member_id)
    entered = select(GroupEntry.id).where(GroupEntry.member_id == member_id, GroupEntry.voided.is_(False))
    if session.scalar(entered.limit(1)) is not None:
        raise Refused("check", (Problem("name", "member_in_books"),))
    void(session, member, reason)


def refuse_dissolved(group: SavingsGroup, field: str) -> None:
    """Raise `Refused` at a field when the group is no more."""
    if group.state == DISSOLVED:
        raise Refused("check", (Problem(field, "group_dissolved"),))


def books_of(session: Session, group_id: str, *, until: dt.date | None = None) -> Books:
    """The books of a group, with its meetings up to a day."""
    from resource_centre.services.group_meetings import meetings_of

    return balance(one for one in meetings_of(session, group_id) if until is None or one.held_on <= until)


RULES: Final = ("share_value", "most_shares", "loan_fee", "cycle_begins_on", "cycle_ends_on", "village_code")


def _rule_problems(values: Values) -> list[Problem]:
    problems = [Problem(name, "above_zero") for name in ("share_value", "most_shares") if values.get(name) == 0]
    begins, ends = values.get("cycle_begins_on"), values.get("cycle_ends_on")
    if isinstance(begins, dt.date) and isinstance(ends, dt.date) and ends <= begins:
        problems.append(Problem("cycle_ends_on", "ends_before_start"))
    return problems


def _member_problems(values: Values) -> list[Problem]:
    joined, left = values.get("joined_on"), values.get("left_on")
    if isinstance(joined, dt.date) and isinstance(left, dt.date) and left < joined:
        return [Problem("left_on", "ends_before_start")]
    return []


def _known(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the name and sex of the client they are linked to."""
    person = existing(session, Person, values["person_id"])
    return {**values, "name": person.full_name or values.get("name"), "sex": person.sex or values.get("sex")}


def _refuse_twice(members: list[GroupMember], person_id: str) -> None:
    if any(one.person_id == person_id for one in members):
        raise Refused("check", (Problem("name", "already_member"),))
