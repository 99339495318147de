# SPDX-License-Identifier: Apache-2.0
"""What is seen of a household's money: goals, the month, the way out of debt, money sent home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout

from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.money.budgets import OUT
from resource_centre.services.money_words import (
    GROUP_WORDS,
    arrives_words,
    budget_words,
    comparison_words,
    cost_words,
    figure_words,
    goal_words,
    payoff_words,
    percent_words,
)
from ui.kit.pieces import Card, button, label, line, row
from ui.kit.typed_dates import show_date, show_partial
from ui.pages.money_parts import bar, bars, say
from ui.pages.money_plan_forms import debts_missing
from ui.pages.papers import print_paper
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.money.debts import Payoff
    from resource_centre.records import DebtPlan, SavingsEntry
    from resource_centre.services.budgets import BudgetSeen
    from resource_centre.services.debt_plans import DebtsSeen
    from resource_centre.services.remittance_plans import RemittanceSeen
    from resource_centre.services.savings import GoalSeen
    from ui.pages.money_part import MoneyPart

ENTRIES_SHOWN = 5
EARLIER_SHOWN = 6


def goals_card(part: MoneyPart, goals: list[GoalSeen]) -> Card:
    """Every goal with its bar, what it needs each month, and the last amounts."""
    card = Card(_("Savings goals"))
    for place, seen in enumerate(goals):
        if place:
            card.body.addWidget(line())
        _goal(part, card, seen)
    if not goals:
        card.body.addWidget(label(_("What does the family want to save for? Write down the first goal."), "muted"))
    part.goal_button = button(_("New &goal"), part.new_goal, role="main")
    card.body.addLayout(row(part.goal_button, None))
    return card


def _goal(part: MoneyPart, card: Card, seen: GoalSeen) -> None:
    goal, figures = seen.goal, seen.figures
    name = goal.name or term("savings_goal", goal.category)
    state = term("savings_state", goal.state)
    opener = button(name, partial(part.change_goal, seen), role="link", name=f"{name}, {state}")
    facts = " · ".join(fact for fact in (term("savings_goal", goal.category), state, show_date(goal.target_on)) if fact)
    card.body.addLayout(row(opener, label(facts, "muted"), None, gap=12))
    of = _("{amount} of {target}").format(
        amount=amount_words(figures.balance, goal.currency), target=amount_words(goal.target, goal.currency)
    )
    share = percent_words(figures.progress)
    card.body.addLayout(row(bar(float(figures.progress), f"{name} {share}"), label(f"{of} · {share}"), None, gap=12))
    if goal.state in ("aktif", "tercapai"):
        say(goal_words(figures, goal.currency, goal.target_on), card.body)
    card.body.addLayout(_entries(part, seen))
    card.body.addLayout(
        row(
            button(
                _("Put aside…"), partial(part.put_aside, seen, False), name=_("Put aside for {goal}").format(goal=name)
            ),
            button(_("Take out…"), partial(part.put_aside, seen, True), name=_("Take out of {goal}").format(goal=name)),
            _print(part, "savings_goal", goal.id, name),
            None,
        )
    )


def _entries(part: MoneyPart, seen: GoalSeen) -> QGridLayout:
    grid = _grid()
    for place, entry in enumerate(seen.entries[:ENTRIES_SHOWN]):
        words = _("taken out") if entry.taken_out else _("put aside")
        amount = amount_words(entry.amount, seen.goal.currency)
        opener = button(
            show_date(entry.saved_on),
            partial(part.change_saved, seen, entry),
            role="link",
            name=_entry_name(entry, amount),
        )
        grid.addWidget(opener, place, 0)
        grid.addWidget(label(words, "muted"), place, 1)
        grid.addWidget(label(("–" if entry.taken_out else "") + amount), place, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(entry.note or "", "muted"), place, 3)
    return grid


def _entry_name(entry: SavingsEntry, amount: str) -> str:
    return f"{show_date(entry.saved_on)}, {amount}"


def budget_card(part: MoneyPart, budgets: list[BudgetSeen]) -> Card:
    """The newest month with its shares; earlier ones below."""
    card = Card(_("The month's budget"))
    if budgets:
        _budget(part, card, budgets[0])
    else:
        card.body.addWidget(label(_("No month is written down yet."), "muted"))
    earlier = [_budget_line(part, seen) for seen in budgets[1:EARLIER_SHOWN]]
    for one in earlier:
        card.body.addLayout(one)
    part.budget_button = button(_("New &month"), part.new_budget)
    blank = button(
        _("Blank sheet…"), lambda: print_paper(part.desk, "budget", blank=True, parent=part.window()), role="link"
    )
    card.body.addLayout(row(part.budget_button, blank, None))
    return card


def _budget(part: MoneyPart, card: Card, seen: BudgetSeen) -> None:
    figures, currency = seen.figures, seen.budget.currency
    words = _month(seen)
    opener = button(words, partial(part.change_budget, seen), role="link")
    income = _("{amount} came in").format(amount=amount_words(figures.income, currency))
    card.body.addLayout(
        row(opener, label(income, "muted"), _print(part, "budget", seen.budget.id, words), None, gap=12)
    )
    shares = figures.shares
    card.body.addLayout(
        bars(
            (
                _(GROUP_WORDS[group]),
                amount_words(figures.groups[group], currency),
                float(shares[group]) if shares else 0.0,
                percent_words(shares[group]) if shares else "",
            )
            for group in OUT
        )
    )
    say(budget_words(figures, currency), card.body)


def _budget_line(part: MoneyPart, seen: BudgetSeen) -> QLayout:
    left = amount_words(seen.figures.surplus, seen.budget.currency)
    words = _month(seen)
    opener = button(words, partial(part.change_budget, seen), role="link", name=f"{words}, {left}")
    return row(opener, label(_("left over: {amount}").format(amount=left), "muted"), None, gap=12)


def _month(seen: BudgetSeen) -> str:
    month = show_partial(seen.budget.month)
    return _("{month}, planned").format(month=month) if seen.budget.planned else month


def debt_plan_card(part: MoneyPart, seen: DebtsSeen) -> Card:
    """The plan that holds, worked out over the debts of today, beside the other order; earlier versions below."""
    from resource_centre.services.debt_plans import ways_out

    card = Card(_("A plan out of debt"))
    plan = seen.plan
    if plan is not None and plan.monthly and seen.owed:
        ways = ways_out(seen, plan.monthly)
        way = ways["snowball" if plan.strategy == "snowball" else "avalanche"]
        _debt_plan(part, card, plan)
        say([*payoff_words(way, today()), comparison_words(ways)], card.body)
        if not way.never:
            card.body.addLayout(_order(seen, way))
    elif not seen.owed:
        card.body.addWidget(label(_("Once a debt with its interest is written down, a plan can be made."), "muted"))
    say(debts_missing(seen), card.body)
    for earlier in seen.plans[1:EARLIER_SHOWN]:
        words = _("Earlier: {amount} a month, made on {day}")
        said = words.format(amount=amount_words(earlier.monthly, None), day=show_date(earlier.made_on))
        card.body.addWidget(label(said, "muted"))
    part.debt_button = button(_("New &plan out of debt"), part.new_debt_plan)
    part.debt_button.setEnabled(bool(seen.owed))
    card.body.addLayout(row(part.debt_button, None))
    return card


def _debt_plan(part: MoneyPart, card: Card, plan: DebtPlan) -> None:
    words = _("{amount} a month").format(amount=amount_words(plan.monthly, None))
    opener = button(words, partial(part.change_debt_plan, plan), role="link")
    facts = f"{term('debt_strategy', plan.strategy)} · {show_date(plan.made_on)}"
    card.body.addLayout(row(opener, label(facts, "muted"), _print(part, "debt_plan", plan.id, words), None, gap=12))


def _order(seen: DebtsSeen, way: Payoff) -> QGridLayout:
    from resource_centre.services.money_words import month_after, month_words

    grid = _grid()
    balances = {debt.id: debt.balance for debt in seen.owed}
    for place, (debt_id, months) in enumerate(zip(way.order, way.cleared, strict=True)):
        grid.addWidget(label(f"{place + 1}."), place, 0)
        grid.addWidget(label(term("lender", seen.debt(debt_id).lender)), place, 1)
        grid.addWidget(label(amount_words(balances[debt_id], None)), place, 2, Qt.AlignmentFlag.AlignRight)
        ends = _("paid off in {month}").format(month=month_words(month_after(today(), months or 0)))
        grid.addWidget(label(ends, "muted"), place, 3)
    return grid


def remittance_card(part: MoneyPart, plans: list[RemittanceSeen]) -> Card:
    """The agreement that holds: what it costs, what arrives, what it is for; earlier ones below."""
    card = Card(_("Money sent home"))
    if plans:
        _remittance(part, card, plans[0])
    else:
        card.body.addWidget(label(_("Nothing is agreed on yet between who sends and who receives."), "muted"))
    for earlier in plans[1:EARLIER_SHOWN]:
        words = _("Earlier: {amount}, agreed on {day}")
        sent = amount_words(earlier.plan.amount, earlier.plan.currency)
        card.body.addWidget(label(words.format(amount=sent, day=show_date(earlier.plan.agreed_on)), "muted"))
    part.remittance_button = button(_("New &agreement"), part.new_remittance)
    blank = button(
        _("Blank sheet…"), lambda: print_paper(part.desk, "remittance", blank=True, parent=part.window()), role="link"
    )
    card.body.addLayout(row(part.remittance_button, blank, None))
    return card


def _remittance(part: MoneyPart, card: Card, seen: RemittanceSeen) -> None:
    plan = seen.plan
    sent = amount_words(plan.amount, plan.currency)
    opener = button(sent, partial(part.change_remittance, seen), role="link")
    facts = (term("frequency", plan.frequency), term("remittance_channel", plan.channel), show_date(plan.agreed_on))
    words = " · ".join(fact for fact in facts if fact)
    card.body.addLayout(row(opener, label(words, "muted"), _print(part, "remittance", plan.id, sent), None, gap=12))
    say(
        [*cost_words(seen.figures, plan.currency), arrives_words(seen.figures, plan, show_date(plan.rate_on))],
        card.body,
    )
    card.body.addLayout(
        bars(
            (
                term("remittance_use", share.use),
                amount_words(amount, seen.split_currency),
                share.percent or 0.0,
                f"{figure_words(share.percent or 0)}\u00a0%",
            )
            for share, amount in zip(seen.shares, seen.amounts, strict=True)
        )
    )


def _print(part: MoneyPart, kind: str, record_id: str, about: str) -> Any:
    def pressed() -> None:
        print_paper(part.desk, kind, record_id, parent=part.window())

    return button(_("Print…"), pressed, role="link", name=f"{_('Print…')} {about}")


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(4, 1)
    return grid
