# SPDX-License-Identifier: Apache-2.0
"""A month's budget on paper, filled or to be filled in at the kitchen table."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reports.papers.household_money import Figure, MoneySheet, MoneyTable, blank_sheet, family_signs, head_of
from reports.papers.values import partial_day, word
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.money.budgets import GROUPS, INCOME
from resource_centre.records import Budget
from resource_centre.services.budgets import BudgetSeen, budget_seen
from resource_centre.services.money_words import GROUP_WORDS, budget_words, percent_words
from resource_centre.services.saving import existing
from resource_centre.vocabulary import vocabulary

RIGHT = frozenset({1})


def budget_sheet(session: Session, budget_id: str) -> MoneySheet:
    """The sheet of one month, in the active language."""
    budget = existing(session, Budget, budget_id)
    heading, name = head_of(session, budget.person_id, _("Household budget"))
    seen = budget_seen(session, budget)
    month = partial_day(budget.month)
    return MoneySheet(
        heading=heading,
        lead=_("{month}, planned").format(month=month) if budget.planned else month,
        facts=_facts(budget, name),
        figures=_figures(seen),
        said=tuple(one.words for one in budget_words(seen.figures, budget.currency)),
        tables=(_table(seen),),
        name=name,
        signers=family_signs(),
    )


def blank_budget(centre: str = "") -> MoneySheet:
    """The sheet with every kind of line and no amounts, in the active language."""
    rows, strong = [], set()
    for group in GROUPS:
        rows += [(one.label(), "", "") for one in vocabulary("budget_line") if one.group == group]
        strong.add(len(rows))
        rows.append((_("{group}, together").format(group=_(GROUP_WORDS[group])), "", ""))
    rows.append((_("Left over"), "", ""))
    heads = (_("Kind"), _("As planned (Rp)"), _("As it was (Rp)"))
    table = MoneyTable("", heads, tuple(rows), frozenset({1, 2}), frozenset({*strong, len(rows) - 1}))
    facts = (_("Name"), _("Month"), _("Savings at hand"))
    lead = _("Write down what comes in and what goes out; then look together what is left.")
    return blank_sheet(_("Household budget"), centre, lead, facts, (table,), family_signs())


def _facts(budget: Budget, name: str) -> tuple[tuple[str, str], ...]:
    at_hand = amount_words(budget.liquid_savings, budget.currency)
    return (_("Name"), name), (_("Agreed with"), budget.agreed_with or ""), (_("Savings at hand"), at_hand)


def _figures(seen: BudgetSeen) -> tuple[Figure, ...]:
    figures, currency = seen.figures, seen.budget.currency
    left = amount_words(abs(figures.surplus), currency)
    return (
        Figure(amount_words(figures.income, currency), _("came in")),
        Figure(amount_words(figures.out, currency), _("went out")),
        Figure(left, _("left over") if figures.surplus >= 0 else _("missing")),
    )


def _table(seen: BudgetSeen) -> MoneyTable:
    figures, currency = seen.figures, seen.budget.currency
    groups = {one.code: one.group for one in vocabulary("budget_line")}
    rows: list[tuple[str, ...]] = []
    strong = set()
    for group in GROUPS:
        lines = [line for line in seen.lines if groups.get(line.kind or "") == group]
        rows += [(word("budget_line", line.kind), amount_words(line.amount, currency), "") for line in lines]
        sums = figures.income if group == INCOME else figures.groups[group]
        share = percent_words(figures.shares[group]) if figures.shares and group != INCOME else ""
        strong.add(len(rows))
        rows.append((_("{group}, together").format(group=_(GROUP_WORDS[group])), amount_words(sums, currency), share))
    heads = (_("Kind"), _("Amount"), _("Of the income"))
    return MoneyTable("", heads, tuple(rows), frozenset({1, 2}), frozenset(strong))
