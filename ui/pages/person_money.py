# SPDX-License-Identifier: Apache-2.0
"""On a person's page: how the household's money stands, and the way to it, in the case or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, empty, label, row
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.savings import GoalSeen

NOUNS = frozenset({"SavingsGoal", "SavingsEntry", "Case"})
SHOWN = 3


class MoneyCard(Card):
    """The goals under way and what is there for them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Household money"))
        self.desk = desk
        self.person_id = ""
        self.case_id: str | None = None
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.body.addLayout(self.lines)
        self.body.addLayout(row(button(_("Goals, budget, debts, money sent home"), self._open, role="link"), None))
        desk.worker.changed.connect(self._changed)

    def show_person(self, person_id: str) -> None:
        """Read and show."""
        self.person_id = person_id
        self.desk.worker.read(
            lambda session: _look(session, person_id),
            lambda looked: self._show(person_id, *looked),
            replaces="person-money",
            quiet=True,
            owner=self,
        )

    def _show(self, person_id: str, case_id: str | None, goals: list[GoalSeen]) -> None:
        if person_id != self.person_id:
            return
        self.case_id = case_id
        empty(self.lines)
        for seen in goals[:SHOWN]:
            name = seen.goal.name or term("savings_goal", seen.goal.category)
            there = amount_words(seen.figures.balance, seen.goal.currency)
            words = _("{goal}: {amount} of {target}")
            said = words.format(goal=name, amount=there, target=amount_words(seen.goal.target, seen.goal.currency))
            self.lines.addWidget(label(said, wrap=True))
        if not goals:
            self.lines.addWidget(label(_("No savings goal yet."), "muted"))

    def _open(self) -> None:
        if self.case_id is not None:
            self.desk.go("case", (self.case_id, "money"))
        elif self.person_id:
            self.desk.go("money", self.person_id)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.person_id and self.isVisible() and not NOUNS.isdisjoint(changed):
            self.show_person(self.person_id)


def _look(session: Any, person_id: str) -> tuple[str | None, list[GoalSeen]]:
    from resource_centre.services.cases import open_case_of
    from resource_centre.services.savings import goals_of

    case = open_case_of(session, person_id)
    return (case.id if case is not None else None), goals_of(session, person_id)
