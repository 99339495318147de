# SPDX-License-Identifier: Apache-2.0
"""Forms of savings: a goal, and money put aside for it or taken out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.records import SavingsEntry, SavingsGoal
from resource_centre.services.money_words import Said, goal_words
from ui.kit.desk import Desk
from ui.pages.entry_form import Cancelled, Done, Saving, entry_form
from ui.pages.money_parts import TellingForm, add_some
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.services.savings import GoalSeen


def goal_form(
    desk: Desk, seen: GoalSeen | None, person_id: str, case_id: str | None, done: tuple[Done, Cancelled]
) -> RecordForm:
    """A new goal, or one that is changed."""
    from resource_centre.services.savings import change_goal, set_goal

    moved = seen.figures.balance - (seen.goal.start_balance or 0) if seen is not None else 0
    form = TellingForm(desk.places, lambda typed: _goal_said(typed, moved))
    form.section("goal", _("What for"))
    add_some(form, SavingsGoal, "name", "category", "currency", "target", "target_on")
    form.section("start", _("How it began"), column=1)
    add_some(form, SavingsGoal, "start_balance", "begun_on", "kept_where", *(("state",) if seen is not None else ()))
    form.sums(_("What that means"))
    form.close_columns()
    form.follow_currency("currency", "target", "start_balance")

    def add(session: Any, values: dict[str, Any], why: Any) -> SavingsGoal:
        return set_goal(session, person_id, values | {"case_id": case_id}, why)

    heading = _("A savings goal") if seen is None else _("Change the goal")
    usual = {"begun_on": today(), "currency": "IDR"}
    saving = Saving("savings_goal", person_id, add, change_goal)
    return entry_form(desk, heading, form, seen.goal if seen is not None else None, saving, done, usual=usual)


def saved_form(
    desk: Desk, seen: GoalSeen, entry: SavingsEntry | None, taken_out: bool, done: tuple[Done, Cancelled]
) -> RecordForm:
    """Money put aside, or taken out; new, or corrected."""
    from resource_centre.services.savings import change_saved, put_aside

    sign = -1 if taken_out else 1
    rest = seen.figures.balance - (sign * (entry.amount or 0) if entry is not None else 0)
    form = TellingForm(desk.places, lambda typed: _saved_said(typed, rest, sign, seen))
    form.section("saved", seen.goal.name or "")
    add_some(form, SavingsEntry, "amount", "saved_on", "note")
    form.editor("amount").set_currency(seen.goal.currency)  # type: ignore[attr-defined]
    form.sums(_("What that means"))
    form.close_columns()

    def add(session: Any, values: dict[str, Any], why: Any) -> SavingsEntry:
        return put_aside(session, seen.goal.id, values | {"taken_out": taken_out}, why)

    heading = _("Money taken out") if taken_out else _("Money put aside")
    saving = Saving("savings_entry", seen.goal.id, add, change_saved)
    return entry_form(desk, heading, form, entry, saving, done, usual={"saved_on": today()})


def _goal_said(typed: Any, moved: int) -> Iterable[Said | None]:
    from resource_centre.services.savings import figures_of

    if not typed.target:
        return [Said(_("Write how much is needed, and until when."))]
    if typed.target_on and typed.begun_on and typed.target_on <= typed.begun_on:
        return [Said(_("The day it is wanted by is before the day it was begun."), "error")]
    balance = (typed.start_balance or 0) + moved
    return goal_words(figures_of(typed, balance, today()), typed.currency, typed.target_on)


def _saved_said(typed: Any, rest: int, sign: int, seen: GoalSeen) -> Iterable[Said | None]:
    from resource_centre.services.savings import figures_of

    goal, balance = seen.goal, rest + sign * (typed.amount or 0)
    there = amount_words(abs(balance), goal.currency)
    if balance < 0:
        return [Said(_("That is {amount} more than there is.").format(amount=there), "error")]
    said = Said(_("Then there is {amount}.").format(amount=there))
    return [said, *goal_words(figures_of(goal, balance, today()), goal.currency, goal.target_on)]
