# SPDX-License-Identifier: Apache-2.0
"""The way out of debt on paper: which debt first, its first months one by one, then each year to the last debt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from reports.papers.household_money import Figure, MoneySheet, MoneyTable, family_signs, head_of
from reports.papers.values import day, word
from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.money.debts import DebtMonth, Payoff
from resource_centre.records import DebtPlan
from resource_centre.services.debt_plans import DebtsSeen, debts_seen, ways_out
from resource_centre.services.money_words import (
    comparison_words,
    figure_words,
    month_after,
    month_words,
    months_words,
    payoff_words,
)
from resource_centre.services.saving import existing

MONTHS_SHOWN: Final = 12
FIGURES: Final = frozenset({1, 2, 3})


def debt_plan_sheet(session: Session, plan_id: str) -> MoneySheet:
    """The sheet of one plan, worked out over the debts as they stand today, in the active language."""
    plan = existing(session, DebtPlan, plan_id)
    heading, name = head_of(session, plan.person_id, _("A plan out of debt"))
    seen = debts_seen(session, plan.person_id)
    ways = ways_out(seen, plan.monthly or 0)
    way = ways["snowball" if plan.strategy == "snowball" else "avalanche"]
    compared = comparison_words(ways)
    said = [*payoff_words(way, today()), *([compared] if compared else [])]
    return MoneySheet(
        heading=heading,
        lead=word("debt_strategy", plan.strategy),
        facts=((_("Name"), name), (_("Made on"), day(plan.made_on)), (_("Agreed with"), plan.agreed_with or "")),
        figures=_figures(way),
        said=(*(one.words for one in said), *_missing(seen)),
        tables=(_debts(seen, way), *_schedule(way)),
        name=name,
        signers=family_signs(),
    )


def _figures(way: Payoff) -> tuple[Figure, ...]:
    each = Figure(amount_words(way.monthly, None), _("each month for all debts"))
    if way.never or way.months_needed is None:
        return each, Figure(_("Never"), _("free of debts"))
    last = month_words(month_after(today(), way.months_needed))
    return (
        each,
        Figure(months_words(way.months_needed), _("until free of debts"), last),
        Figure(amount_words(way.interest, None), _("interest until then")),
    )


def _missing(seen: DebtsSeen) -> tuple[str, ...]:
    lenders = [word("lender", seen.debt(debt_id).lender) for debt_id in seen.missing]
    words = _("Not in this plan, because the amount or the interest is not known: {lenders}.")
    return (words.format(lenders=", ".join(lenders)),) if lenders else ()


def _debts(seen: DebtsSeen, way: Payoff) -> MoneyTable:
    owed = {debt.id: debt for debt in seen.owed}
    rows = []
    for place, (debt_id, months) in enumerate(zip(way.order, way.cleared, strict=True), 1):
        debt = owed[debt_id]
        ends = month_words(month_after(today(), months)) if months else _("Never")
        rate = f"{figure_words(debt.rate)}\u00a0%"
        lender = f"{place}. {word('lender', seen.debt(debt_id).lender)}"
        rows.append((lender, amount_words(debt.balance, None), rate, amount_words(debt.instalment, None), ends))
    heads = (_("Debt"), _("Still owed"), _("Interest"), _("Instalment"), _("Paid off in"))
    return MoneyTable(_("In this order"), heads, tuple(rows), frozenset({1, 2, 3, 4}))


def _schedule(way: Payoff) -> tuple[MoneyTable, ...]:
    if not way.months:
        return ()
    months = list(enumerate(way.months, 1))
    rows = [_line(months[place : place + 1]) for place in range(min(MONTHS_SHOWN, len(months)))]
    later = range(MONTHS_SHOWN, len(months), MONTHS_SHOWN)
    # Debts that are never paid off have no end that the years could lead to.
    years = [] if way.never else [_line(months[place : place + MONTHS_SHOWN]) for place in later]
    title = _("Month by month") if len(months) <= MONTHS_SHOWN else _("The first twelve months")
    heads = (_("Month"), _("To pay"), _("Interest"), _("Still owed"))
    tables = [MoneyTable(title, heads, tuple(rows), FIGURES)]
    if years:
        tables.append(MoneyTable(_("After that, year by year"), heads, tuple(years), FIGURES))
    return tuple(tables)


def _line(months: Sequence[tuple[int, DebtMonth]]) -> tuple[str, ...]:
    """One month, or several together: what is paid and added in all of them, what is owed after the last."""
    (first, _month), (last, ending) = months[0], months[-1]
    ends = [month_words(month_after(today(), number)) for number in sorted({first, last})]
    return (
        " – ".join(ends),
        amount_words(sum(sum(month.paid) for _number, month in months), None),
        amount_words(sum(sum(month.interest) for _number, month in months), None),
        amount_words(sum(ending.balances), None),
    )
