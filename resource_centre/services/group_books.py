# SPDX-License-Identifier: Apache-2.0
"""The books of a savings group, out of nothing but its meetings: what the box must hold, who owes what, what a share
is worth. Whole rupiah throughout, and no database.

The box holds two pots. The social fund is paid in and out on its own account; loans, costs and the share-out come out
of the loan fund, which is everything else. A difference between count and books for which a reason was written becomes
part of the books, as income or as a loss, and the next meeting opens with what was counted; one without a reason does
not, and is shown at every look until somebody explains it.

A cycle ends with the meeting that shares out. What a share is worth there is domain reference 4.7: (savings + income -
losses) / shares, rounded down to the rupiah; the rupiahs that do not divide stay in the box and open the next cycle,
and so does the social fund. A loan falls due as a whole at the end of its months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from resource_centre.vocabulary import vocabulary

SHARES: Final = "saham"
SOCIAL_IN: Final = "sosial_masuk"
SOCIAL_OUT: Final = "sosial_keluar"
FINE: Final = "denda"
LOAN: Final = "pinjaman"
REPAID: Final = "angsuran"
FEE: Final = "jasa"
WRITTEN_OFF: Final = "hapus"
OTHER_INCOME: Final = "masuk_lain"
COST: Final = "biaya"
SHARED_OUT: Final = "bagi_hasil"
PRESENT: Final = "hadir"

INCOME: Final = (FEE, FINE, OTHER_INCOME)
LOSSES: Final = (COST, WRITTEN_OFF)


@dataclass(frozen=True)
class Entry:
    """One thing somebody did at a meeting. `amount` is never negative; `loan_id` names the entry of the loan."""

    kind: str
    amount: int = 0
    shares: int = 0
    member_id: str | None = None
    loan_id: str | None = None
    months: int | None = None
    id: str = ""


@dataclass(frozen=True)
class Meeting:
    """One meeting as it was written down."""

    id: str
    held_on: dt.date
    entries: tuple[Entry, ...] = ()
    counted: int | None = None
    why: str | None = None

    @property
    def shares_out(self) -> bool:
        """Whether this meeting closed the cycle."""
        return any(entry.kind == SHARED_OUT for entry in self.entries)

    def total(self, *kinds: str) -> int:
        """The money of entries of these kinds."""
        return sum(entry.amount for entry in self.entries if entry.kind in kinds)


@dataclass(frozen=True)
class Balanced:
    """A meeting with what the books say of it. `social` and `fund_cash` are the two pots after it, without and with
    the difference that was explained."""

    meeting: Meeting
    opening: int
    money_in: int
    money_out: int
    social: int
    fund_cash: int

    @property
    def expected(self) -> int:
        """What the box must hold when the meeting closes."""
        return self.opening + self.money_in - self.money_out

    @property
    def difference(self) -> int | None:
        """Counted less expected; None when nobody counted."""
        return None if self.meeting.counted is None else self.meeting.counted - self.expected

    @property
    def explained(self) -> int:
        """The difference that counts as income (above zero) or as a loss (below)."""
        return (self.difference or 0) if self.meeting.why else 0

    @property
    def is_settled(self) -> bool:
        """Whether the count came out, or somebody wrote down why it did not."""
        return self.difference == 0 or (self.difference is not None and bool(self.meeting.why))

    @property
    def closing(self) -> int:
        """What the next meeting opens with."""
        return self.expected + self.explained


@dataclass(frozen=True)
class Loan:
    """One loan and what has become of it."""

    id: str
    member_id: str | None
    given_on: dt.date
    amount: int
    months: int | None
    repaid: int = 0
    written_off: int = 0

    @property
    def outstanding(self) -> int:
        """What is still owed, fees apart."""
        return self.amount - self.repaid - self.written_off

    @property
    def due_on(self) -> dt.date | None:
        """The day by which all of it is to be paid back."""
        return months_after(self.given_on, self.months) if self.months else None

    def days_late(self, on: dt.date) -> int:
        """Days since it fell due while something is owed; 0 when nothing is late."""
        late = (on - self.due_on).days if self.due_on and self.outstanding > 0 else 0
        return max(0, late)


@dataclass
class Cycle:
    """The sums of one cycle. `carried` are the rupiahs that the share-out before left in the loan fund."""

    carried: int = 0
    savings: int = 0
    shares: int = 0
    income: int = 0
    losses: int = 0
    shared_out: int = 0
    meetings: list[Balanced] = field(default_factory=list)
    savings_of: dict[str | None, int] = field(default_factory=dict)
    shares_of: dict[str | None, int] = field(default_factory=dict)

    @property
    def fund(self) -> int:
        """The loan fund, lent out or in the box, before anything is shared out."""
        return self.carried + self.savings + self.income - self.losses

    @property
    def is_closed(self) -> bool:
        """Whether it has been shared out."""
        return bool(self.meetings) and self.meetings[-1].meeting.shares_out


@dataclass(frozen=True)
class Books:
    """Everything the meetings come to. There is always a last cycle, empty when none has begun."""

    meetings: tuple[Balanced, ...]
    cycles: tuple[Cycle, ...]
    loans: tuple[Loan, ...]

    @property
    def cycle(self) -> Cycle:
        """The cycle under way, or the last one when it has been shared out."""
        return self.cycles[-1]

    @property
    def box(self) -> int:
        """What the box holds now."""
        return self.meetings[-1].closing if self.meetings else 0

    @property
    def social(self) -> int:
        """What of it is the social fund."""
        return self.meetings[-1].social if self.meetings else 0

    @property
    def fund_cash(self) -> int:
        """What of it may be lent."""
        return self.meetings[-1].fund_cash if self.meetings else 0

    @property
    def outstanding(self) -> int:
        """What members owe."""
        return sum(loan.outstanding for loan in self.loans)

    @property
    def utilisation(self) -> float | None:
        """Loans outstanding as a share of the fund; None when there is no fund."""
        whole = self.outstanding + self.fund_cash
        return self.outstanding / whole if whole > 0 else None

    @property
    def unexplained(self) -> tuple[Balanced, ...]:
        """Meetings whose count does not come out and nobody has said why."""
        return tuple(one for one in self.meetings if not one.is_settled)

    def overdue(self, on: dt.date) -> int:
        """What is owed on loans that have fallen due."""
        return sum(loan.outstanding for loan in self.loans if loan.days_late(on) > 0)

    def at_risk(self, on: dt.date, days: int) -> int:
        """What is owed on loans that fell due more than this many days ago."""
        return sum(loan.outstanding for loan in self.loans if loan.days_late(on) > days)

    def at_risk_share(self, on: dt.date, days: int) -> float | None:
        """The same as a share of all loans outstanding (PAR); None when nothing is owed."""
        return self.at_risk(on, days) / self.outstanding if self.outstanding else None

    def debt_of(self, member_id: str) -> int:
        """What one member owes."""
        return sum(loan.outstanding for loan in self.loans if loan.member_id == member_id)


@dataclass(frozen=True)
class Payout:
    """What one member gets."""

    member_id: str | None
    shares: int
    savings: int
    amount: int


@dataclass(frozen=True)
class ShareOut:
    """A share-out: what is divided, what a share is worth, who gets what, and the rupiahs left in the box."""

    cycle: Cycle
    fund: int
    shares: int
    per_share: int
    payouts: tuple[Payout, ...]
    social: int

    @property
    def paid(self) -> int:
        """What leaves the box."""
        return sum(payout.amount for payout in self.payouts)

    @property
    def remainder(self) -> int:
        """What does not divide into whole rupiah: it stays in the box."""
        return self.fund - self.paid

    @property
    def left_in_box(self) -> int:
        """What the box holds afterwards: the remainder and the social fund."""
        return self.remainder + self.social

    @property
    def return_on_savings(self) -> float | None:
        """What the cycle earned for each rupiah saved; below zero when it lost."""
        return (self.paid - self.cycle.savings) / self.cycle.savings if self.cycle.savings else None


def balance(meetings: Iterable[Meeting]) -> Books:
    """Do the books of a group. The order in which meetings and entries are given makes no difference."""
    cycles, done, opening, social = [Cycle()], [], 0, 0
    in_order = sorted(meetings, key=lambda one: (one.held_on, one.shares_out, one.id))
    for meeting in in_order:
        if cycles[-1].is_closed:
            last = cycles[-1]
            cycles.append(Cycle(carried=last.fund - last.shared_out))
        social += meeting.total(SOCIAL_IN) - meeting.total(SOCIAL_OUT)
        one = Balanced(meeting, opening, meeting.total(*_going("masuk")), meeting.total(*_going("keluar")), social, 0)
        one = replace(one, fund_cash=one.closing - social)
        _enter(cycles[-1], one)
        done.append(one)
        opening = one.closing
    return Books(tuple(done), tuple(cycles), tuple(_loans(in_order)))


def share_out(books: Books) -> ShareOut:
    """What each member would get if everything that is lent out were paid back; the share-out waits until it is."""
    cycle = books.cycle
    fund = max(0, cycle.fund - cycle.shared_out)
    per_share = fund // cycle.shares if cycle.shares else 0
    payouts = tuple(
        Payout(member, shares, cycle.savings_of.get(member, 0), per_share * shares)
        for member, shares in cycle.shares_of.items()
    )
    return ShareOut(cycle, fund, cycle.shares, per_share, payouts, books.social)


def shared_out_at(cycle: Cycle) -> ShareOut | None:
    """The share-out that closed a cycle; None while it is under way."""
    if not cycle.is_closed:
        return None
    last = cycle.meetings[-1]
    payouts = tuple(
        Payout(one.member_id, one.shares, cycle.savings_of.get(one.member_id, 0), one.amount)
        for one in last.meeting.entries
        if one.kind == SHARED_OUT
    )
    per_share = max((one.amount // one.shares for one in payouts if one.shares), default=0)
    return ShareOut(cycle, cycle.fund, cycle.shares, per_share, payouts, last.social)


def attended(books: Books, belonged: Mapping[str, tuple[dt.date | None, dt.date | None]]) -> dict[str, tuple[int, int]]:
    """For each member: meetings of the cycle attended, and meetings held while they belonged to the group.

    `belonged` gives the day somebody joined and the day they left. A share-out without marks is not a meeting here.
    """
    marked = {one.meeting.id: _present(one.meeting) for one in books.cycle.meetings}
    days = {one.meeting.id: one.meeting.held_on for one in books.cycle.meetings if marked[one.meeting.id]}
    counts = {}
    for member, (joined, left) in belonged.items():
        held = [one for one, day in days.items() if not (joined and day < joined) and not (left and day > left)]
        counts[member] = (sum(member in marked[one] for one in held), len(held))
    return counts


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    return dt.date(year, month + 1, day.day)


def fee_of(owed: int, percent: float | None) -> int:
    """The fee of one month on what is owed, to the nearest rupiah; nothing when the group takes none."""
    return int(owed * round((percent or 0) * 100) + 5000) // 10000


def _going(way: str) -> tuple[str, ...]:
    return tuple(term.code for term in vocabulary("group_entry") if term.group == way)


def _present(meeting: Meeting) -> set[str | None]:
    return {entry.member_id for entry in meeting.entries if entry.kind == PRESENT}


def _enter(cycle: Cycle, one: Balanced) -> None:
    meeting = one.meeting
    cycle.meetings.append(one)
    cycle.income += meeting.total(*INCOME) + max(0, one.explained)
    cycle.losses += meeting.total(*LOSSES) + max(0, -one.explained)
    cycle.shared_out += meeting.total(SHARED_OUT)
    for entry in meeting.entries:
        if entry.kind == SHARES:
            cycle.savings += entry.amount
            cycle.shares += entry.shares
            cycle.savings_of[entry.member_id] = cycle.savings_of.get(entry.member_id, 0) + entry.amount
            cycle.shares_of[entry.member_id] = cycle.shares_of.get(entry.member_id, 0) + entry.shares


def _loans(meetings: Sequence[Meeting]) -> Iterator[Loan]:
    repaid: dict[str | None, int] = {}
    off: dict[str | None, int] = {}
    for meeting in meetings:
        for entry in meeting.entries:
            if entry.kind in (REPAID, WRITTEN_OFF):
                sums = repaid if entry.kind == REPAID else off
                sums[entry.loan_id] = sums.get(entry.loan_id, 0) + entry.amount
    for meeting in meetings:
        for entry in meeting.entries:
            if entry.kind == LOAN:
                yield Loan(
                    entry.id,
                    entry.member_id,
                    meeting.held_on,
                    entry.amount,
                    entry.months,
                    repaid.get(entry.id, 0),
                    off.get(entry.id, 0),
                )
