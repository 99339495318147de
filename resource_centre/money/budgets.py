# SPDX-License-Identifier: Apache-2.0
"""A household's month: what is left, what is saved, what debts take, how long the savings would last (4.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from resource_centre.money.shares import percent

INCOME, NEEDS, WANTS, SAVING, DEBT = "masuk", "kebutuhan", "keinginan", "tabungan", "utang"
GROUPS: Final = (INCOME, NEEDS, WANTS, SAVING, DEBT)
"""The groups of the list of budget lines."""
OUT: Final = GROUPS[1:]

DebtLevel = Literal["light", "heavy", "too_heavy"]
SavingsLevel = Literal["too_little", "enough", "plenty"]


@dataclass(frozen=True)
class BudgetLimits:
    """From which per cent of the income debts are heavy and too heavy; months the savings should last."""

    debt_heavy: Decimal
    debt_too_heavy: Decimal
    months_least: Decimal
    months_most: Decimal


@dataclass(frozen=True)
class BudgetFigures:
    """A month in whole units of its currency; rates in per cent of the income, None when there was none.

    `emergency_months` is how long the savings at hand would pay for needs, wants and instalments; None when nobody
    said how much they are, or nothing is spent.
    """

    income: int
    groups: dict[str, int]
    """What went out, by group."""
    surplus: int
    shares: dict[str, Decimal] | None
    savings_rate: Decimal | None
    debt_ratio: Decimal | None
    debt_level: DebtLevel | None
    emergency_months: Decimal | None
    savings_level: SavingsLevel | None

    @property
    def out(self) -> int:
        """Everything that went out, savings among it."""
        return sum(self.groups.values())


def budget_figures(lines: Iterable[tuple[str, int]], liquid: int | None, limits: BudgetLimits) -> BudgetFigures:
    """The figures of lines given as (group, amount); `liquid` are the savings at hand."""
    sums = dict.fromkeys(GROUPS, 0)
    for group, amount in lines:
        sums[group] += amount
    income = sums.pop(INCOME)
    spent = sums[NEEDS] + sums[WANTS] + sums[DEBT]
    ratio, months = percent(sums[DEBT], income), Decimal(liquid) / spent if liquid is not None and spent else None
    return BudgetFigures(
        income=income,
        groups=sums,
        surplus=income - sum(sums.values()),
        shares={group: 100 * Decimal(amount) / income for group, amount in sums.items()} if income else None,
        savings_rate=percent(sums[SAVING], income),
        debt_ratio=ratio,
        debt_level=_debt_level(ratio, limits),
        emergency_months=months,
        savings_level=_savings_level(months, limits),
    )


def _debt_level(ratio: Decimal | None, limits: BudgetLimits) -> DebtLevel | None:
    if ratio is None:
        return None
    if ratio > limits.debt_too_heavy:
        return "too_heavy"
    return "heavy" if ratio > limits.debt_heavy else "light"


def _savings_level(months: Decimal | None, limits: BudgetLimits) -> SavingsLevel | None:
    if months is None:
        return None
    if months < limits.months_least:
        return "too_little"
    return "plenty" if months > limits.months_most else "enough"
