# SPDX-License-Identifier: Apache-2.0
"""The end of a savings group: dissolved on a day and for a reason, once nobody owes anything and the box is empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.records import SavingsGroup
from resource_centre.services.group_books import Books
from resource_centre.services.saving import canonical, existing, refuse_errors, write_changes
from resource_centre.services.savings_groups import DISSOLVED, SHARED, UNDER_WAY, books_of


def dissolve_group(session: Session, group_id: str, values: Mapping[str, Any]) -> SavingsGroup:
    """Write down that a group is no more. `values` are ``dissolved_on`` and ``dissolved_why``.

    Refused while a loan is outstanding, a count is unexplained, or the box holds anything but the rupiahs that the
    last share-out could not divide.
    """
    group = existing(session, SavingsGroup, group_id)
    if group.state == DISSOLVED:
        raise Refused("check", (Problem("dissolved_on", "group_dissolved"),))
    made = canonical(SavingsGroup, values)
    done = books_of(session, group_id)
    refuse_errors([*_said_problems(group, done, made), *_money_problems(done)])
    return write_changes(session, group, {**made, "state": DISSOLVED}, on=today())


def take_up_group(session: Session, group_id: str) -> SavingsGroup:
    """The group goes on after all, where it stood; raises `Refused` when it was never dissolved."""
    group = existing(session, SavingsGroup, group_id)
    if group.state != DISSOLVED:
        raise Refused("check", (Problem("dissolved_on", "not_dissolved"),))
    state = SHARED if group.shared_out_on else UNDER_WAY
    return write_changes(session, group, {"state": state, "dissolved_on": None, "dissolved_why": None}, on=today())


def left_over(done: Books) -> int:
    """What the box holds besides the rupiahs that a share-out just before could not divide among the shares."""
    divided = done.cycle.is_closed and not done.social and done.box < done.cycle.shares
    return 0 if divided else done.box


def _said_problems(group: SavingsGroup, done: Books, made: Mapping[str, Any]) -> list[Problem]:
    problems = [] if made.get("dissolved_why") else [Problem("dissolved_why", "required")]
    day = made.get("dissolved_on")
    begun = [day for day in (group.founded_on, *(one.meeting.held_on for one in done.meetings)) if day]
    if not isinstance(day, dt.date):
        problems.append(Problem("dissolved_on", "required" if day is None else "not_a_date"))
    elif begun and day < max(begun):
        problems.append(Problem("dissolved_on", "dissolved_before_meeting"))
    elif day > today():
        problems.append(Problem("dissolved_on", "date_in_future"))
    return problems


def _money_problems(done: Books) -> list[Problem]:
    """What the books still hold, said at the day: what is to be settled first."""
    facts = (
        ("loans_before_end", done.outstanding), ("count_unexplained", done.unexplained),
        ("box_before_end", left_over(done)),
    )  # fmt: skip
    return [Problem("dissolved_on", code) for code, there in facts if there][:1]
