# SPDX-License-Identifier: Apache-2.0
"""A family's goals, budgets and plans as they are written down over a year."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.records import Debt, DebtPlan
from resource_centre.services.budgets import budgets_of, save_budget, take_back_budget
from resource_centre.services.debt_plans import change_debt_plan, debts_seen, make_debt_plan, way_out
from resource_centre.services.entries import add_entry, entries_of
from resource_centre.services.remittance_plans import agree_remittance, remittances_of
from resource_centre.services.savings import (
    balance_of,
    change_goal,
    change_saved,
    goals_of,
    put_aside,
    set_goal,
    take_back_saved,
)

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)
COW = {
    "name": "Seekor sapi", "category": "lahan_ternak", "target": 12_000_000, "start_balance": 1_000_000,
    "begun_on": TODAY - 100 * DAY, "target_on": dt.date(2027, 11, 20),
}  # fmt: skip
LINES = [
    {"kind": "gaji", "amount": 3_000_000},
    {"kind": "makan", "amount": 1_500_000},
    {"kind": "jajan", "amount": 200_000},
    {"kind": "menabung", "amount": 300_000},
    {"kind": "cicilan", "amount": 1_100_000},
]
SENT = {"currency": "MYR", "amount": 1_000, "fee": 10, "rate": 3500, "market_rate": 3600, "rate_on": TODAY}
USES = [{"use": "makan", "percent": 50}, {"use": "sekolah", "percent": 30}, {"use": "tabungan", "percent": 20}]


@pytest.fixture
def siti(register):
    return register()


@pytest.fixture
def cow(session, siti):
    return set_goal(session, siti, COW)


def problems(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_goal_says_how_much_is_needed_each_month(session, siti, cow):
    put_aside(session, cow.id, {"amount": 500_000})
    (seen,) = goals_of(session, siti)
    assert (seen.figures.balance, seen.figures.missing, seen.figures.months_left) == (1_500_000, 10_500_000, 12)
    assert (seen.figures.monthly, seen.figures.standing) == (875_000, "behind")


def test_a_goal_is_reached_with_the_last_amount_and_no_longer_when_some_is_taken_out(session, siti, cow):
    put_aside(session, cow.id, {"amount": 11_000_000, "saved_on": TODAY - 3 * DAY})
    assert (cow.state, cow.reached_on) == ("tercapai", TODAY - 3 * DAY)
    put_aside(session, cow.id, {"amount": 1, "taken_out": True})
    assert (cow.state, cow.reached_on, balance_of(session, cow)) == ("aktif", None, 11_999_999)


def test_savings_cannot_go_below_zero_on_any_day(session, cow):
    put_aside(session, cow.id, {"amount": 500_000})
    with pytest.raises(Refused) as refused:
        put_aside(session, cow.id, {"amount": 1_500_001, "taken_out": True})
    assert problems(refused) == [("amount", "below_zero")]
    with pytest.raises(Refused) as refused:
        put_aside(session, cow.id, {"amount": 1_200_000, "taken_out": True, "saved_on": TODAY - DAY})
    assert problems(refused) == [("amount", "below_zero")]


def test_what_was_put_aside_is_not_taken_back_when_it_was_spent(session, cow):
    saved = put_aside(session, cow.id, {"amount": 500_000, "saved_on": TODAY - DAY})
    put_aside(session, cow.id, {"amount": 1_400_000, "taken_out": True})
    with pytest.raises(Refused):
        take_back_saved(session, saved.id, "Salah")
    with pytest.raises(Refused):
        change_saved(session, saved.id, {"amount": 300_000})
    with pytest.raises(Refused) as refused:
        change_goal(session, cow.id, {"start_balance": 0})
    assert problems(refused) == [("start_balance", "below_zero")]
    change_saved(session, saved.id, {"amount": 400_000})
    assert balance_of(session, cow) == 0


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"target": -1}, "target", "negative"),
        ({"target": 0}, "target", "zero_amount"),
        ({"target_on": TODAY - 101 * DAY}, "target_on", "wanted_before_begun"),
        ({"target": None}, "target", "required"),
        ({"category": "mobil"}, "category", "not_in_list"),
    ],
)
def test_a_goal_that_cannot_be_is_refused(session, siti, values, field, code):
    with pytest.raises(Refused) as refused:
        set_goal(session, siti, COW | values)
    assert (field, code) in problems(refused)


def test_money_from_before_the_goal_or_of_tomorrow_is_refused(session, cow):
    for day, code in ((TODAY - 101 * DAY, "before_goal"), (TODAY + DAY, "date_in_future")):
        with pytest.raises(Refused) as refused:
            put_aside(session, cow.id, {"amount": 5, "saved_on": day})
        assert problems(refused) == [("saved_on", code)]


def test_a_goal_given_up_is_told_after_those_under_way(session, siti, cow):
    change_goal(session, cow.id, {"state": "batal"})
    roof = set_goal(session, siti, COW | {"name": "Atap", "begun_on": TODAY - 200 * DAY})
    assert [one.goal.id for one in goals_of(session, siti)] == [roof.id, cow.id]


def test_a_budget_is_saved_with_its_lines_and_changed_line_by_line(session, siti):
    budget = save_budget(session, siti, {"month": "2026-10", "liquid_savings": 5_600_000}, LINES)
    (seen,) = budgets_of(session, siti)
    assert (seen.figures.income, seen.figures.surplus, seen.figures.debt_level) == (3_000_000, -100_000, "too_heavy")
    assert (seen.figures.emergency_months, seen.figures.savings_level) == (2, "too_little")
    kept = {line.kind: line.id for line in seen.lines}
    fewer = [*LINES[:2], {"kind": "jajan", "amount": None}, LINES[3], {"kind": "arisan", "amount": 50_000}]
    save_budget(session, siti, {"month": "2026-10"}, fewer, budget_id=budget.id, version=budget.version)
    (seen,) = budgets_of(session, siti)
    assert [line.kind for line in seen.lines] == ["gaji", "makan", "menabung", "arisan"]
    assert [line.id for line in seen.lines[:3]] == [kept[kind] for kind in ("gaji", "makan", "menabung")]
    take_back_budget(session, budget.id, "Salah orang")
    assert budgets_of(session, siti) == []


def test_saving_the_lines_of_a_form_leaves_alone_what_no_form_shows(session, siti):
    school = {"kind": "sekolah", "label": "Buku", "amount": 90_000}
    budget = save_budget(session, siti, {"month": "2026-10"}, [*LINES, school])
    save_budget(session, siti, {"month": "2026-10"}, LINES[:1], budget_id=budget.id)
    save_budget(session, siti, {"month": "2026-10"}, LINES, budget_id=budget.id)
    (seen,) = budgets_of(session, siti)
    assert {(line.kind, line.label, line.amount) for line in seen.lines} == {
        *((line["kind"], None, line["amount"]) for line in LINES if line["amount"]),
        ("sekolah", "Buku", 90_000),
    }


def test_a_month_without_income_has_no_rates(session, siti):
    save_budget(session, siti, {"month": "2026-10"}, LINES[1:])
    (seen,) = budgets_of(session, siti)
    assert (seen.figures.savings_rate, seen.figures.debt_ratio, seen.figures.surplus) == (None, None, -3_100_000)


@pytest.mark.parametrize(
    ("month", "lines", "problem"),
    [
        ("2026-10", [], ("lines", "no_lines")),
        ("2026", LINES, ("month", "whole_month")),
        (None, LINES, ("month", "required")),
        ("2026-10", [{"kind": "gaji", "amount": -5}], ("lines.0", "negative")),
        ("2026-09", LINES, ("month", "month_taken")),
    ],
)
def test_a_budget_that_cannot_be_is_refused(session, siti, month, lines, problem):
    save_budget(session, siti, {"month": "2026-09"}, LINES)
    with pytest.raises(Refused) as refused:
        save_budget(session, siti, {"month": month}, lines)
    assert problem in problems(refused)


def test_a_month_may_have_a_plan_beside_what_it_was(session, siti):
    save_budget(session, siti, {"month": "2026-10"}, LINES)
    save_budget(session, siti, {"month": "2026-10", "planned": True}, LINES)
    assert len(budgets_of(session, siti)) == 2


@pytest.fixture
def owe(session, siti):
    def owes(lender="rentenir", **values):
        return add_entry(session, Debt, siti, {"lender": lender, **values})

    return owes


def test_a_debt_of_which_something_is_not_known_is_named_and_left_out(session, siti, owe):
    lender = owe(outstanding=1_000_000, interest=10)
    shop, bank, paid = owe("toko", outstanding=200_000), owe("bank", interest=1), owe("keluarga", outstanding=0)
    seen = debts_seen(session, siti)
    assert [one.id for one in seen.owed] == [lender.id]
    assert seen.missing == {shop.id: ("interest",), bank.id: ("outstanding",)}
    assert paid.id not in seen.missing


def test_a_plan_below_the_interest_is_refused(session, siti, owe):
    owe(outstanding=1_000_000, interest=10)
    with pytest.raises(Refused) as refused:
        make_debt_plan(session, siti, {"monthly": 100_000})
    assert problems(refused) == [("monthly", "below_interest")]


def test_without_debts_there_is_nothing_to_plan(session, siti, owe):
    with pytest.raises(Refused) as refused:
        make_debt_plan(session, siti, {"monthly": 100_000})
    assert problems(refused) == [("monthly", "no_debts")]
    owe("toko", outstanding=200_000)
    with pytest.raises(Refused) as refused:
        make_debt_plan(session, siti, {"monthly": 100_000})
    assert problems(refused) == [("monthly", "debts_incomplete")]


def test_a_new_plan_keeps_the_one_before_and_follows_the_debts_as_they_are(session, siti, owe):
    owe(outstanding=1_000_000, interest=5)
    first = make_debt_plan(session, siti, {"monthly": 200_000, "made_on": TODAY - 30 * DAY})
    second = make_debt_plan(session, siti, {"monthly": 300_000, "strategy": "snowball"})
    seen = debts_seen(session, siti)
    assert [one.id for one in seen.plans] == [second.id, first.id]
    assert way_out(seen, second.monthly, second.strategy).months_needed == 4
    change_debt_plan(session, second.id, {"monthly": 1_050_000})
    assert way_out(debts_seen(session, siti), second.monthly, "snowball").months_needed == 1
    assert len(entries_of(session, DebtPlan, siti)) == 2


def test_money_sent_home_keeps_its_currency_its_rate_and_the_day(session, siti):
    agree_remittance(session, siti, SENT, USES)
    (seen,) = remittances_of(session, siti)
    assert (seen.plan.currency, seen.plan.rate_on, seen.figures.arrives) == ("MYR", TODAY, 3_500_000)
    assert (seen.amounts, seen.split_currency) == ((1_750_000, 1_050_000, 700_000), "IDR")


def test_without_a_rate_nothing_is_turned_into_rupiah(session, siti):
    agree_remittance(session, siti, {"currency": "MYR", "amount": 1_000, "fee": 10}, USES)
    (seen,) = remittances_of(session, siti)
    assert (seen.amounts, seen.split_currency, seen.figures.cost_percent) == ((500, 300, 200), "MYR", None)


@pytest.mark.parametrize(
    ("values", "uses", "problem"),
    [
        ({}, USES[:2], ("shares", "shares_not_hundred")),
        ({}, [*USES, {"use": "lain", "percent": 0.01}], ("shares", "shares_not_hundred")),
        ({}, [USES[0], USES[0]], ("shares", "share_twice")),
        ({"rate_on": None}, USES, ("rate_on", "rate_missing")),
        ({"fee": 1_001}, USES, ("fee", "fee_over_amount")),
        ({"amount": 0}, USES, ("amount", "zero_amount")),
        ({"currency": None}, USES, ("currency", "required")),
    ],
)
def test_a_plan_for_sending_that_cannot_be_is_refused(session, siti, values, uses, problem):
    with pytest.raises(Refused) as refused:
        agree_remittance(session, siti, SENT | values, uses)
    assert problem in problems(refused)
    assert remittances_of(session, siti) == []


def test_a_new_agreement_keeps_the_one_before(session, siti):
    first = agree_remittance(session, siti, SENT | {"agreed_on": TODAY - DAY}, USES)
    second = agree_remittance(session, siti, SENT, [{"use": "makan", "percent": 100}])
    assert [one.plan.id for one in remittances_of(session, siti)] == [second.id, first.id]
    agree_remittance(session, siti, SENT, [*USES[:1], {"use": "usaha", "percent": 50}], plan_id=second.id)
    assert [share.use for share in remittances_of(session, siti)[0].shares] == ["makan", "usaha"]


def test_both_databases_keep_the_same_money(either_centre):
    from resource_centre.services.intake import register_intake

    with either_centre.change() as session:
        person = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        goal = set_goal(session, person, COW)
        put_aside(session, goal.id, {"amount": 250_000})
        put_aside(session, goal.id, {"amount": 50_000, "taken_out": True})
        save_budget(session, person, {"month": "2026-10"}, LINES)
        agree_remittance(session, person, SENT, USES)
    with either_centre.read() as session:
        assert goals_of(session, person)[0].figures.balance == 1_200_000
        assert budgets_of(session, person)[0].figures.surplus == -100_000
        assert remittances_of(session, person)[0].amounts == (1_750_000, 1_050_000, 700_000)


def test_goals_and_plans_are_in_the_story_of_a_person(session, siti, owe):
    from resource_centre.services.timeline import timeline

    goal = set_goal(session, siti, COW | {"target": 2_000_000})
    put_aside(session, goal.id, {"amount": 1_000_000})
    owe(outstanding=1_000_000, interest=5)
    make_debt_plan(session, siti, {"monthly": 200_000})
    agree_remittance(session, siti, SENT, USES)
    told = {item.kind: item.facts for item in timeline(session, siti) if item.group == "money"}
    assert told == {
        "savings_goal": ("Seekor sapi", "Rp2.000.000"),
        "savings_reached": ("Seekor sapi", "Rp2.000.000"),
        "debt_plan": ("Highest interest first", "Rp200.000"),
        "remittance_plan": ("RM1.000",),
    }
