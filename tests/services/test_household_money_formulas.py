# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of household money beside calculations made in another way."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from resource_centre.money.budgets import GROUPS, BudgetLimits, budget_figures
from resource_centre.money.debts import STRATEGIES, Owed, least_monthly, payoff
from resource_centre.money.goals import Goal, goal_figures, months_until
from resource_centre.money.remittances import Sending, sending_figures, share_amounts, shares_total

DAY = dt.date(2026, 11, 20)
LIMITS = BudgetLimits(Decimal(30), Decimal(35), Decimal(3), Decimal(6))
LONGEST = 600
RUPIAH = st.integers(1_000, 500_000_000)
RATES = st.decimals(0, 20, places=2)
DEBTS = st.lists(st.tuples(RUPIAH, RATES, st.integers(0, 2_000_000)), min_size=1, max_size=5)


def owed(told):
    return [Owed(str(place), *one) for place, one in enumerate(told)]


@given(target=RUPIAH, balance=st.integers(0, 500_000_000), days=st.integers(1, 4000))
def test_saving_the_monthly_amount_reaches_the_goal_and_a_step_less_does_not(target, balance, days):
    assume(balance < target)
    by = DAY + dt.timedelta(days=days)
    found = goal_figures(Goal(target, DAY, by), balance, DAY, step=1000)
    assert found.monthly % 1000 == 0
    assert balance + found.monthly * found.months_left >= target
    assert balance + (found.monthly - 1000) * found.months_left < target


@pytest.mark.parametrize(
    ("by", "months"),
    [
        (dt.date(2026, 11, 20), 1),
        (dt.date(2026, 12, 19), 1),
        (dt.date(2026, 12, 20), 1),
        (dt.date(2027, 1, 19), 1),
        (dt.date(2027, 1, 20), 2),
        (dt.date(2027, 11, 20), 12),
        (dt.date(2026, 11, 19), 0),
    ],
)
def test_months_are_those_one_can_still_save_in(by, months):
    assert months_until(DAY, by) == months


@pytest.mark.parametrize(
    ("balance", "on", "standing"),
    [
        (1_000_000, DAY, "on_track"),
        (1_200_000, dt.date(2027, 11, 20), "behind"),
        (5_000_000, dt.date(2027, 11, 20), "on_track"),
        (5_000_000, dt.date(2029, 1, 1), "day_past"),
        (9_000_000, DAY, "reached"),
    ],
)
def test_a_goal_is_on_track_when_it_is_on_the_straight_line(balance, on, standing):
    goal = Goal(9_000_000, DAY, dt.date(2028, 11, 20), start=1_000_000)
    assert goal_figures(goal, balance, on, step=1000).standing == standing


def test_without_a_day_nothing_says_how_much_a_month():
    found = goal_figures(Goal(9_000_000, DAY, None), 0, DAY, step=1000)
    assert (found.monthly, found.standing, found.missing) == (None, "no_day", 9_000_000)


@given(st.lists(st.tuples(st.sampled_from(GROUPS), st.integers(0, 50_000_000)), max_size=20), st.integers(0, 10**9))
def test_a_budget_agrees_with_numpy(lines, liquid):
    found = budget_figures(lines, liquid, LIMITS)
    sums = [int(np.sum([amount for group, amount in lines if group == one], dtype=np.int64)) for one in GROUPS]
    income, needs, wants, saving, debt = sums
    assert (found.income, found.out) == (income, sum(sums[1:]))
    assert found.surplus == income - needs - wants - saving - debt
    if income:
        assert float(found.debt_ratio) == pytest.approx(np.divide(debt, income) * 100)
        assert float(found.savings_rate) == pytest.approx(np.divide(saving, income) * 100)
    else:
        assert (found.shares, found.debt_ratio, found.savings_rate) == (None, None, None)
    if needs + wants + debt:
        assert float(found.emergency_months) == pytest.approx(np.divide(liquid, needs + wants + debt))


@pytest.mark.parametrize(
    ("instalments", "level"), [(299, "light"), (300, "light"), (301, "heavy"), (350, "heavy"), (351, "too_heavy")]
)
def test_debts_are_heavy_above_thirty_and_too_heavy_above_thirty_five_per_cent(instalments, level):
    assert budget_figures([("masuk", 1000), ("utang", instalments)], None, LIMITS).debt_level == level


@pytest.mark.parametrize(("liquid", "level"), [(299, "too_little"), (300, "enough"), (600, "enough"), (601, "plenty")])
def test_savings_should_last_three_to_six_months(liquid, level):
    assert budget_figures([("kebutuhan", 100)], liquid, LIMITS).savings_level == level


@given(
    balance=st.integers(1_000_000, 100_000_000),
    rate=st.decimals("0.10", 10, places=2),
    times=st.decimals("1.20", 20, places=2),
)
def test_the_months_of_one_debt_agree_with_the_formula(balance, rate, times):
    r = float(rate) / 100
    monthly = int(balance * rate / 100 * times)
    months = -math.log(1 - r * balance / monthly) / math.log(1 + r)
    assume(abs(months - round(months)) > 0.01 and months < LONGEST)
    found = payoff(owed([(balance, rate, 0)]), monthly, "avalanche", longest=LONGEST)
    assert found.months_needed == math.ceil(months)


@given(debts=DEBTS, monthly=st.integers(1, 20_000_000), strategy=st.sampled_from(STRATEGIES))
def test_every_month_adds_up_and_nobody_pays_more_than_there_is(debts, monthly, strategy):
    told = owed(debts)
    found = payoff(told, monthly, strategy, longest=LONGEST)
    by_id = {debt.id: debt for debt in told}
    before = [by_id[one].balance for one in found.order]
    for month in found.months:
        for place, one in enumerate(found.order):
            exact = Fraction(before[place]) * Fraction(by_id[one].rate) / 100
            assert abs(month.interest[place] - exact) <= Fraction(1, 2)
            assert before[place] + month.interest[place] - month.paid[place] == month.balances[place] >= 0
        assert sum(month.paid) == min(monthly, sum(before) + sum(month.interest))
        before = month.balances
    if not found.never:
        assert not any(before)
        paid = sum(sum(month.paid) for month in found.months)
        assert paid == sum(debt.balance for debt in told) + found.interest


@given(debts=st.lists(st.tuples(RUPIAH, RATES), min_size=1, max_size=5), strategy=st.sampled_from(STRATEGIES))
def test_twice_the_interest_of_all_and_a_sixtieth_of_the_debts_leads_out(debts, strategy):
    told = owed(debts)
    monthly = max(2 * least_monthly(told), sum(debt.balance for debt in told) // 60 + 1)
    assert not payoff(told, monthly, strategy, longest=LONGEST).never


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("monthly", [0, 99_999, 100_000])
def test_interest_that_outruns_the_payment_never_ends(monthly, strategy):
    found = payoff([Owed("a", 1_000_000, Decimal(10))], monthly, strategy, longest=LONGEST)
    assert (found.never, found.months_needed, found.interest, found.first_interest) == (True, None, None, 100_000)


def test_a_freed_instalment_goes_on_to_the_next_debt():
    told = [Owed("bank", 1_000_000, Decimal(), 100_000), Owed("toko", 250_000, Decimal(), 100_000)]
    found = payoff(told, 200_000, "snowball", longest=LONGEST)
    assert found.order == ("toko", "bank")
    assert [month.paid for month in found.months] == [
        (100_000, 100_000), (100_000, 100_000), (50_000, 150_000),
        (0, 200_000), (0, 200_000), (0, 200_000), (0, 50_000),
    ]  # fmt: skip
    assert found.cleared == (3, 7)


def test_highest_interest_first_costs_less_and_smallest_first_ends_one_debt_sooner():
    told = [Owed("rentenir", 5_000_000, Decimal(10), 500_000), Owed("warung", 600_000, Decimal(1), 50_000)]
    dear, small = (payoff(told, 900_000, strategy, longest=LONGEST) for strategy in STRATEGIES)
    assert dear.interest < small.interest
    assert min(small.cleared) < min(dear.cleared)


def test_instalments_above_what_can_be_paid_are_said():
    assert payoff([Owed("a", 9_000, Decimal(), 700)], 500, "snowball", longest=LONGEST).short == 200


def test_the_cost_of_sending_is_the_fee_and_the_worse_rate():
    sending = Sending("MYR", 1_000, 10, Decimal(3500), Decimal(3600))
    found = sending_figures(sending, target=Decimal(3), most=Decimal(5))
    assert float(found.cost_percent) == pytest.approx(10 / 1000 * 100 + (3600 - 3500) / 3600 * 100)
    assert (found.margin, found.arrives, found.level, found.missing) == (28, 3_500_000, "dear", ())


@pytest.mark.parametrize(("fee", "level"), [(29, "good"), (30, "dear"), (50, "dear"), (51, "too_dear")])
def test_below_three_per_cent_is_good_and_above_five_too_dear(fee, level):
    assert sending_figures(Sending("IDR", 1000, fee), target=Decimal(3), most=Decimal(5)).level == level


def test_what_is_not_known_is_named_and_not_guessed():
    found = sending_figures(Sending("SAR", 1000, 20), target=Decimal(3), most=Decimal(5))
    assert (found.cost_percent, found.at_least, found.arrives) == (None, 2, None)
    assert found.missing == ("rate", "market_rate")


@given(st.integers(0, 10**9), st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_shares_of_a_hundred_come_to_the_amount(amount, parts):
    shares = [Decimal(part) for part in parts]
    shares.append(100 - sum(shares))
    assume(shares[-1] >= 0)
    assert shares_total([float(share) for share in shares]) == 100
    found = share_amounts(amount, shares)
    assert sum(found) == amount
    assert all(abs(one - amount * share / 100) < 1 for one, share in zip(found, shares, strict=True))


def test_thirds_that_are_typed_with_two_decimals_are_added_exactly():
    assert shares_total([33.33, 33.33, 33.34]) == 100
    assert shares_total([0.1] * 3) == Decimal("0.3")
