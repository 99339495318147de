# SPDX-License-Identifier: Apache-2.0
"""A household's money on the page of a case, and of a person who has none: four parts, one form at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from resource_centre.i18n import _
from resource_centre.records import Debt
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.pieces import WIDE_GAP, button, empty, row
from ui.pages.case_part import CasePart
from ui.pages.entries_panel import EntriesPanel
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.records import DebtPlan, SavingsEntry
    from resource_centre.services.budgets import BudgetSeen
    from resource_centre.services.debt_plans import DebtsSeen
    from resource_centre.services.remittance_plans import RemittanceSeen
    from resource_centre.services.savings import GoalSeen


@dataclass(frozen=True)
class Looked:
    """Everything of a household's money."""

    goals: list[GoalSeen]
    budgets: list[BudgetSeen]
    debts: DebtsSeen
    remittances: list[RemittanceSeen]


class MoneyPart(CasePart):
    """Part of the page of a case; `show_person` shows it of somebody without one."""

    NOUNS: ClassVar[frozenset[str]] = frozenset(
        {"SavingsGoal", "SavingsEntry", "Budget", "BudgetLine", "Debt", "DebtPlan", "RemittancePlan", "RemittanceShare"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        from ui.pages.intake_entries import SAY

        self.looked: Looked | None = None
        self.has_case = True
        self._wanted: str | None = None
        self._last: str = "goal_button"
        self.goal_button = self.budget_button = self.debt_button = self.remittance_button = QPushButton()
        self.above, self.below = QVBoxLayout(), QVBoxLayout()
        self.debts = EntriesPanel(
            desk, Debt, _("Debts"), say=SAY["debts"], nothing=_("No debts are written down."), add=_("Add a &debt")
        )
        for place in (self.above, self.below):
            place.setSpacing(WIDE_GAP)
        self.view.addLayout(self.above)
        self.view.addWidget(self.debts)
        self.view.addLayout(self.below)

    def show_case(self, case_id: str, person_id: str) -> None:
        """Show the money of the household of a case."""
        self.has_case = case_id != person_id
        super().show_case(case_id, person_id)
        self.debts.show_person(person_id)

    def show_person(self, person_id: str) -> None:
        """Show it without a case."""
        self.show_case(person_id, person_id)

    def look(self, session: Any) -> Looked:
        """Read everything."""
        return _look(session, self.person_id)

    def show_looked(self, looked: Looked) -> None:
        """Goals and the month above the debts, plans below them."""
        from ui.pages.money_cards import budget_card, debt_plan_card, goals_card, remittance_card

        self.looked = looked
        empty(self.above)
        empty(self.below)
        self.above.addWidget(goals_card(self, looked.goals))
        self.above.addWidget(budget_card(self, looked.budgets))
        self.below.addWidget(debt_plan_card(self, looked.debts))
        self.below.addWidget(remittance_card(self, looked.remittances))
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._open_wanted(looked, wanted)

    def open_record(self, record_id: str) -> None:
        """Open a goal, a budget or a plan to change it."""
        self._wanted = record_id
        self.read()

    def take_keyboard(self) -> None:
        """To where the form was opened from."""
        getattr(self, self._last).setFocus(Qt.FocusReason.TabFocusReason)

    # Goals

    def new_goal(self) -> None:
        """A goal is set."""
        self._goal(None)

    def change_goal(self, seen: GoalSeen) -> None:
        """A goal is changed, put off or given up."""
        self._goal(seen)

    def put_aside(self, seen: GoalSeen, taken_out: bool, entry: SavingsEntry | None = None) -> None:
        """Money was put aside or taken out."""
        from ui.pages.money_goal_forms import saved_form

        self._last = "goal_button"
        self.open_form(lambda: self._with_way_back(saved_form(self.desk, seen, entry, taken_out, self._done), entry))

    def change_saved(self, seen: GoalSeen, entry: SavingsEntry) -> None:
        """An amount is corrected."""
        self.put_aside(seen, bool(entry.taken_out), entry)

    def _goal(self, seen: GoalSeen | None) -> None:
        from ui.pages.money_goal_forms import goal_form

        case_id = self.case_id if self.has_case else None
        self._last = "goal_button"
        self.open_form(lambda: goal_form(self.desk, seen, self.person_id, case_id, self._done))

    # The month

    def new_budget(self) -> None:
        """Another month, beginning with the amounts of the last."""
        self._budget(None)

    def change_budget(self, seen: BudgetSeen) -> None:
        """A month is corrected."""
        self._budget(seen)

    def _budget(self, seen: BudgetSeen | None) -> None:
        from ui.pages.money_budget_form import budget_form

        before = self.looked.budgets[0] if self.looked is not None and self.looked.budgets else None
        self._last = "budget_button"
        self.open_form(
            lambda: self._with_way_back(
                budget_form(self.desk, seen, before, self.person_id, self._done), seen.budget if seen else None
            )
        )

    # Plans

    def new_debt_plan(self) -> None:
        """A new version of the plan."""
        self._debt_plan(None)

    def change_debt_plan(self, plan: DebtPlan) -> None:
        """The plan is corrected."""
        self._debt_plan(plan)

    def _debt_plan(self, plan: DebtPlan | None) -> None:
        from ui.pages.money_plan_forms import debt_plan_form

        if self.looked is None:
            return
        debts, self._last = self.looked.debts, "debt_button"
        self.open_form(
            lambda: self._with_way_back(debt_plan_form(self.desk, debts, plan, self.person_id, self._done), plan)
        )

    def new_remittance(self) -> None:
        """A new agreement, beginning as the last."""
        self._remittance(self.looked.remittances[0] if self.looked and self.looked.remittances else None, anew=True)

    def change_remittance(self, seen: RemittanceSeen) -> None:
        """The agreement is corrected."""
        self._remittance(seen, anew=False)

    def _remittance(self, seen: RemittanceSeen | None, *, anew: bool) -> None:
        from ui.pages.money_plan_forms import remittance_form

        self._last = "remittance_button"
        about = None if seen is None or anew else seen.plan
        self.open_form(
            lambda: self._with_way_back(remittance_form(self.desk, seen, self.person_id, self._done, anew=anew), about)
        )

    # Inside

    @property
    def _done(self) -> tuple[Any, Any]:
        return self.saved, self.cancelled

    def _with_way_back(self, form: RecordForm, record: Any) -> RecordForm:
        """Below a form of something written: taking it back."""
        if record is not None:
            words = _("This is not right: take it back")
            form.layout().addLayout(row(button(words, partial(self._take_back, record), role="link"), None))  # type: ignore[union-attr]
        return form

    def _take_back(self, record: Any) -> None:
        question = _("Take this entry back? It stays in the trail, marked as not valid.")
        if not ask(self, question, _("Take it back"), _("Keep it"), danger=True):
            return
        noun, record_id, reason = type(record).__name__, record.id, _("Entered by mistake.")
        self.desk.worker.change(lambda session: _take_back(session, noun, record_id, reason), self.saved)

    def _open_wanted(self, looked: Looked, wanted: str) -> None:
        for goal in looked.goals:
            if goal.goal.id == wanted:
                self.change_goal(goal)
        for budget in looked.budgets:
            if budget.budget.id == wanted:
                self.change_budget(budget)
        for plan in looked.debts.plans:
            if plan.id == wanted:
                self.change_debt_plan(plan)
        for sent in looked.remittances:
            if sent.plan.id == wanted:
                self.change_remittance(sent)


def _look(session: Any, person_id: str) -> Looked:
    from resource_centre.services.budgets import budgets_of
    from resource_centre.services.debt_plans import debts_seen
    from resource_centre.services.remittance_plans import remittances_of
    from resource_centre.services.savings import goals_of

    return Looked(
        goals=goals_of(session, person_id),
        budgets=budgets_of(session, person_id),
        debts=debts_seen(session, person_id),
        remittances=remittances_of(session, person_id),
    )


def _take_back(session: Any, noun: str, record_id: str, reason: str) -> None:
    from resource_centre.records import DebtPlan
    from resource_centre.services.budgets import take_back_budget
    from resource_centre.services.entries import take_back
    from resource_centre.services.remittance_plans import take_back_remittance
    from resource_centre.services.savings import take_back_saved

    if noun == "DebtPlan":
        take_back(session, DebtPlan, record_id, reason)
        return
    acts = {"SavingsEntry": take_back_saved, "Budget": take_back_budget, "RemittancePlan": take_back_remittance}
    acts[noun](session, record_id, reason)
