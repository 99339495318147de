# SPDX-License-Identifier: Apache-2.0
"""The plan of a case as one reads it: what was agreed, and one card for each dimension."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.records import PlanAction, PlanGoal, PlanNeed
from resource_centre.values.money import show_rupiah
from ui.kit.flow import FlowLayout
from ui.kit.pieces import GAP, Card, button, column, label, row
from ui.kit.typed_dates import show_date
from ui.pages.referrals_words import need_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import Plan
    from resource_centre.services.plans import PlanSheet


CAPTION = 84


@dataclass(frozen=True)
class Acts:
    """What one can do with the parts of a plan; each is called with the record, `add` with its class and dimension."""

    add: Callable[[type[Any], str], None]
    edit: Callable[[Any], None]
    done: Callable[[PlanAction], None]
    refer: Callable[[PlanNeed], None] | None = None
    """Begin a referral for a need; None where that is not offered."""


def agreed_words(plan: Plan) -> list[tuple[str, str]]:
    """Caption and words of everything that was agreed and is answered."""
    with_whom = ", ".join(term("plan_party", code) for code in plan.prepared_with or ())
    said = (
        (_("Prepared with"), with_whom),
        (_("The client's own goal"), plan.own_goal or ""),
        (_("Strengths"), plan.strengths or ""),
        (_("Obstacles"), plan.obstacles or ""),
        (_("To be reviewed on"), show_date(plan.review_on)),
        (_("Signed"), signature_words(plan)),
    )
    return [(caption, words) for caption, words in said if words]


def signature_words(plan: Plan) -> str:
    """Who has signed when; empty when nobody has."""
    how = f" ({term('consent_mode', plan.client_signed_how)})" if plan.client_signed_how else ""
    signed = (
        (_("client"), plan.client_signed_on, how),
        (_("counsellor"), plan.counsellor_signed_on, ""),
        (_("coordinator"), plan.coordinator_signed_on, ""),
    )
    return " · ".join(f"{who} {show_date(day)}{how}" for who, day, how in signed if day is not None)


def dimension_card(sheet: PlanSheet, dimension: str, acts: Acts) -> Card:
    """Needs, goals and actions of one dimension."""
    card = Card(term("dimension", dimension))
    cost = sheet.costs.get(dimension, 0)
    if cost:
        card.heading.setText(f"{term('dimension', dimension)} · {show_rupiah(cost)}")
    kinds: tuple[tuple[str, Sequence[Any], Callable[[list[Any]], QLayout]], ...] = (
        (_("Needs"), sheet.needs, partial(_needs, acts=acts)),
        (_("Goals"), sheet.goals, partial(_goals, acts=acts)),
        (_("Actions"), sheet.actions, partial(_actions, acts=acts, editable=sheet.editable)),
    )
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(GAP)
    grid.setColumnStretch(1, 1)
    for place, (caption, parts, show) in enumerate(kinds):
        own = [part for part in parts if part.dimension == dimension]
        if own:
            name = label(caption, "caption")
            name.setMinimumWidth(CAPTION)
            name.setContentsMargins(0, 5, 0, 0)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(show(own), place, 1)
    if grid.count():
        card.body.addLayout(grid)
    if sheet.editable:
        card.body.addLayout(row(*_add_buttons(dimension, acts), None, gap=GAP * 2))
    return card


def _needs(needs: list[PlanNeed], acts: Acts) -> QLayout:
    openers = [
        button(words, partial(acts.edit, need), role="link", name=f"{_('Need')}: {words}")
        for need, words in ((need, need_words(need)) for need in needs)
    ]
    if acts.refer is None:
        flow = FlowLayout(gap=GAP * 2)
        for opener in openers:
            flow.addWidget(opener)
        return flow
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(2, 1)
    for place, (need, opener) in enumerate(zip(needs, openers, strict=True)):
        said = _("Refer…")
        grid.addWidget(opener, place, 0)
        grid.addWidget(
            button(said, partial(acts.refer, need), role="link", name=f"{_('Refer')}: {need_words(need)}"), place, 1
        )
    return grid


def _goals(goals: list[PlanGoal], acts: Acts) -> QLayout:
    listed = column(gap=0)
    for goal in goals:
        state = " · ".join(part for part in (term("goal_state", goal.state), show_date(goal.reached_on)) if part)
        opener = button(goal.goal or "", partial(acts.edit, goal), role="link", name=f"{_('Goal')}: {goal.goal}")
        listed.addLayout(row(opener, label(state, "muted"), None, gap=GAP * 2))
    return listed


def _actions(actions: list[PlanAction], acts: Acts, *, editable: bool) -> QLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    for place, action in enumerate(actions):
        words = action.action or ""
        opener = button(words, partial(acts.edit, action), role="link", name=f"{_('Action')}: {words}")
        grid.addWidget(opener, place, 0)
        grid.addWidget(label(_who_words(action), "muted", wrap=True), place, 1)
        grid.addWidget(label(show_rupiah(action.cost) if action.cost else "", "muted"), place, 2)
        grid.addWidget(_when_label(action), place, 3)
        if editable and is_open(action):
            said = _("Mark as done")
            grid.addWidget(button(said, partial(acts.done, action), role="link", name=f"{said}: {words}"), place, 4)
    return grid


def is_open(action: PlanAction) -> bool:
    """Whether an action still waits."""
    from resource_centre.services.plans import OPEN_ACTIONS

    return action.status in OPEN_ACTIONS


def _who_words(action: PlanAction) -> str:
    facts = (action.responsible, term("action_party", action.provided_by), term("service_type", action.service_type))
    return " · ".join(fact for fact in facts if fact)


def _when_label(action: PlanAction) -> Any:
    state = term("action_status", action.status)
    if not is_open(action):
        return label(" · ".join(part for part in (state, show_date(action.done_on)) if part), "muted")
    late = (today() - action.due_on).days if action.due_on is not None else 0
    if late > 0:
        return label(ngettext("{n} day late", "{n} days late", late).format(n=late), "late")
    due = _("until {day}").format(day=show_date(action.due_on)) if action.due_on is not None else ""
    return label(" · ".join(part for part in (state, due) if part), "muted")


def _add_buttons(dimension: str, acts: Acts) -> list[Any]:
    words = ((PlanNeed, _("Add needs")), (PlanGoal, _("Add a goal")), (PlanAction, _("Add an action")))
    area = term("dimension", dimension)
    return [
        button(said, partial(acts.add, record, dimension), role="link", name=f"{said}: {area}")
        for record, said in words
    ]
