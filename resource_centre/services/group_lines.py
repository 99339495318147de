# SPDX-License-Identifier: Apache-2.0
"""The lines of one meeting of a savings group: what is wrong with them, and the entries they make in the books."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from resource_centre.problems import Problem
from resource_centre.records import GroupMember, SavingsGroup
from resource_centre.services import group_books as books
from resource_centre.services.group_books import Entry, Loan

Line = Mapping[str, Any]

AMOUNTS: Final = {
    "social_in": books.SOCIAL_IN,
    "social_out": books.SOCIAL_OUT,
    "fine": books.FINE,
    "repaid": books.REPAID,
    "written_off": books.WRITTEN_OFF,
    "fee": books.FEE,
    "loan": books.LOAN,
}
"""The amounts of a line, and what each is in the books."""

_ON_LOANS: Final = ("repaid", "written_off")
MOST_RUPIAH: Final = 10**12
MOST_MONTHS: Final = 60


def line_problems(
    group: SavingsGroup, members: Mapping[str, GroupMember], lines: Sequence[Line], on: dt.date
) -> list[Problem]:
    """What is wrong with the lines of a meeting on a day, each problem named ``rows.0.shares``."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, line in enumerate(lines):
        member = members.get(line.get("member_id") or "")
        found = [*_figure_problems(line), *_member_problems(member, line, on), *_rule_problems(group, line)]
        if member is not None and member.id in seen:
            found.append(Problem("name", "already_member"))
        seen.add(line.get("member_id") or "")
        problems += [Problem(f"rows.{index}.{one.field}", one.code) for one in found]
    return problems


def entries_of_lines(
    group: SavingsGroup, meeting_id: str, lines: Sequence[Line], loans: Sequence[Loan]
) -> tuple[list[Entry], list[Problem]]:
    """The entries of the lines; what is paid back goes to the oldest loan first. Problems where it is more than owed.

    `loans` are those of the meetings before this one.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for index, line in enumerate(lines):
        member = line["member_id"]
        entries += _plain_entries(group, meeting_id, line)
        owed = [loan for loan in loans if loan.member_id == member and loan.outstanding > 0]
        due = {loan.id: loan.outstanding for loan in sorted(owed, key=lambda loan: (loan.given_on, loan.id))}
        for name in _ON_LOANS:
            left = line.get(name) or 0
            for loan_id, outstanding in list(due.items()):
                part = min(left, outstanding)
                if part:
                    entries.append(Entry(AMOUNTS[name], amount=part, member_id=member, loan_id=loan_id))
                    due[loan_id] -= part
                    left -= part
            if left:
                problems.append(Problem(f"rows.{index}.{name}", "above_debt"))
    return entries, problems


def _plain_entries(group: SavingsGroup, meeting_id: str, line: Line) -> Iterator[Entry]:
    member = line["member_id"]
    if line.get("present"):
        yield Entry(books.PRESENT, member_id=member)
    if line.get("shares"):
        worth = line["shares"] * (group.share_value or 0)
        yield Entry(books.SHARES, amount=worth, shares=line["shares"], member_id=member)
    for name, kind in AMOUNTS.items():
        if not line.get(name) or name in _ON_LOANS:
            continue
        # A loan is named by its entry, so that what is paid back finds it; the name is the same on every laptop.
        own = str(uuid.uuid5(uuid.UUID(meeting_id), f"{kind} {member} ")) if name == "loan" else ""
        months = line.get("months") if name == "loan" else None
        yield Entry(kind, amount=line[name], member_id=member, months=months, id=own)


def _figure_problems(line: Line) -> Iterator[Problem]:
    for name in ("shares", "months", *AMOUNTS):
        value = line.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(name, "not_a_number")
        elif value < 0:
            yield Problem(name, "negative")
        elif value > (MOST_MONTHS if name == "months" else MOST_RUPIAH):
            yield Problem(name, "out_of_range")


def _member_problems(member: GroupMember | None, line: Line, on: dt.date) -> Iterator[Problem]:
    if member is None:
        yield Problem("name", "not_a_member")
        return
    first = next((name for name in ("shares", *AMOUNTS, "present") if line.get(name)), None)
    if first is not None and member.left_on and member.left_on < on:
        yield Problem(first, "member_left")
    if first is not None and member.joined_on and on < member.joined_on:
        yield Problem(first, "member_not_yet")


def _rule_problems(group: SavingsGroup, line: Line) -> Iterator[Problem]:
    shares, loan, months = line.get("shares"), line.get("loan"), line.get("months")
    if isinstance(shares, int) and group.most_shares and shares > group.most_shares:
        yield Problem("shares", "too_many_shares")
    if loan and not months:
        yield Problem("months", "months_needed")
