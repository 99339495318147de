# SPDX-License-Identifier: Apache-2.0
"""The way out of several debts, month by month: highest interest first or smallest debt first (domain reference 4.7).

Every month interest is added to each debt, each gets its instalment, and what is left of the month's money goes to the
first debt of the order; the instalment of a debt that is paid off goes on to the next, in the same month already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from resource_centre.money.shares import HUNDRED

Strategy = Literal["avalanche", "snowball"]
STRATEGIES: Final[tuple[Strategy, Strategy]] = ("avalanche", "snowball")


@dataclass(frozen=True)
class Owed:
    """A debt as it is paid off: whole rupiah, interest in per cent a month."""

    id: str
    balance: int
    rate: Decimal
    instalment: int = 0


@dataclass(frozen=True)
class DebtMonth:
    """One month, each value by debt in the order of the plan: interest added, what is paid, what is owed after it."""

    interest: tuple[int, ...]
    paid: tuple[int, ...]
    balances: tuple[int, ...]


@dataclass(frozen=True)
class Payoff:
    """The schedule. `cleared` says of each debt in which month (1 is the first) it is paid off, None for never."""

    strategy: Strategy
    monthly: int
    order: tuple[str, ...]
    months: tuple[DebtMonth, ...]
    cleared: tuple[int | None, ...]
    first_interest: int
    """What the debts grow by in the first month."""
    short: int
    """How much the month's money is below all instalments together."""

    @property
    def never(self) -> bool:
        """Whether the debts are never paid off."""
        return None in self.cleared

    @property
    def months_needed(self) -> int | None:
        """Months until the last debt is paid off."""
        return None if self.never else len(self.months)

    @property
    def interest(self) -> int | None:
        """All interest paid on the way; None when it never ends."""
        return None if self.never else sum(sum(month.interest) for month in self.months)


def payoff(debts: Sequence[Owed], monthly: int, strategy: Strategy, *, longest: int) -> Payoff:
    """The way out with so much a month; whoever is not out after `longest` months never is."""
    ordered = _ordered(debts, strategy)
    balances = tuple(debt.balance for debt in ordered)
    months: list[DebtMonth] = []
    while any(balances) and len(months) < longest:
        before = balances
        months.append(_month(ordered, before, monthly))
        balances = months[-1].balances
        if _hopeless(before, balances):
            break
    return Payoff(
        strategy=strategy,
        monthly=monthly,
        order=tuple(debt.id for debt in ordered),
        months=() if any(balances) else tuple(months),
        cleared=tuple(_cleared(place, months) for place in range(len(ordered))),
        first_interest=sum(_interest(debt, debt.balance) for debt in ordered),
        short=max(0, sum(min(debt.instalment, debt.balance) for debt in ordered) - monthly),
    )


def least_monthly(debts: Sequence[Owed]) -> int:
    """The smallest amount a month that makes all of them smaller at once: one more than what they grow by."""
    return sum(_interest(debt, debt.balance) for debt in debts) + 1


def _ordered(debts: Sequence[Owed], strategy: Strategy) -> list[Owed]:
    if strategy == "avalanche":
        return sorted(debts, key=lambda debt: (-debt.rate, debt.balance))
    return sorted(debts, key=lambda debt: (debt.balance, -debt.rate))


def _interest(debt: Owed, balance: int) -> int:
    """A month's interest to the nearest rupiah, in integers: what is never paid off outgrows any decimal."""
    part, of = (debt.rate / HUNDRED).as_integer_ratio()
    return (2 * balance * part + of) // (2 * of)


def _hopeless(before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether no debt became smaller: then the next month is like this one, and every month after it."""
    return any(after) and all(now >= then for then, now in zip(before, after, strict=True))


def _month(debts: Sequence[Owed], before: Sequence[int], monthly: int) -> DebtMonth:
    interest = [_interest(debt, balance) for debt, balance in zip(debts, before, strict=True)]
    owed = [balance + grown for balance, grown in zip(before, interest, strict=True)]
    left, paid = monthly, [0] * len(owed)
    for most in ([debt.instalment for debt in debts], owed):
        for place, highest in enumerate(most):
            amount = min(highest, owed[place] - paid[place], left)
            paid[place] += amount
            left -= amount
    return DebtMonth(tuple(interest), tuple(paid), tuple(a - b for a, b in zip(owed, paid, strict=True)))


def _cleared(place: int, months: Sequence[DebtMonth]) -> int | None:
    return next((number for number, month in enumerate(months, 1) if not month.balances[place]), None)
