# SPDX-License-Identifier: Apache-2.0
"""A savings goal on paper: how much each month, what is there, and lines for what comes next."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from reports.papers.household_money import Figure, MoneySheet, MoneyTable, family_signs, head_of
from reports.papers.values import day, word
from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.records import SavingsGoal
from resource_centre.services.money_words import goal_words, percent_words
from resource_centre.services.saving import existing
from resource_centre.services.savings import GoalSeen, goal_seen

LINES: Final = 14
SHOWN: Final = 6


def savings_goal_sheet(session: Session, goal_id: str) -> MoneySheet:
    """The sheet of one goal, in the active language."""
    goal = existing(session, SavingsGoal, goal_id)
    heading, name = head_of(session, goal.person_id, _("Savings goal"))
    seen = goal_seen(session, goal, today())
    return MoneySheet(
        heading=heading,
        lead=goal.name or word("savings_goal", goal.category),
        facts=(
            (_("Name"), name),
            (_("Kind of goal"), word("savings_goal", goal.category)),
            (_("Wanted by"), day(goal.target_on)),
            (_("Begun on"), day(goal.begun_on)),
            (_("Where it is kept"), word("savings_place", goal.kept_where) if goal.kept_where else ""),
        ),
        figures=_figures(seen),
        said=tuple(one.words for one in goal_words(seen.figures, goal.currency, goal.target_on)),
        tables=(_entries(seen),),
        name=name,
        signers=family_signs(),
    )


def _figures(seen: GoalSeen) -> tuple[Figure, ...]:
    goal, figures = seen.goal, seen.figures
    each = amount_words(figures.monthly, goal.currency) or "–"
    there = _("of {target}").format(target=amount_words(goal.target, goal.currency))
    share = percent_words(figures.progress)
    return (
        Figure(each, _("each month")),
        Figure(amount_words(figures.balance, goal.currency), _("saved so far"), f"{there}, {share}"),
        Figure(amount_words(figures.missing, goal.currency), _("still to be saved")),
    )


def _entries(seen: GoalSeen) -> MoneyTable:
    goal, rows, balance = seen.goal, [], seen.figures.balance
    for entry in seen.entries[:SHOWN]:
        amount = amount_words(entry.amount, goal.currency)
        put, taken = ("", amount) if entry.taken_out else (amount, "")
        rows.append((day(entry.saved_on), put, taken, amount_words(balance, goal.currency)))
        balance += (entry.amount or 0) * (1 if entry.taken_out else -1)
    heads = (_("Date"), _("Put aside"), _("Taken out"), _("Together"))
    shown = tuple(reversed(rows))
    return MoneyTable(_("Written down each time"), heads, shown, frozenset({1, 2, 3}), empty=LINES - len(shown))
