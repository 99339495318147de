# SPDX-License-Identifier: Apache-2.0
"""The plan of a case: what was agreed, needs, goals and actions by dimension, and its versions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import PlanAction, PlanGoal, PlanNeed
from resource_centre.services.cases import CLOSED
from resource_centre.values.money import show_rupiah
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.pieces import Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.case_facts import fact_grid, measure_words
from ui.pages.case_part import CasePart
from ui.pages.case_plan_cards import Acts, agreed_words, dimension_card
from ui.pages.case_plan_forms import action_form, goal_form, need_form, needs_form, plan_form
from ui.pages.case_referrals import FOR_NEED
from ui.pages.papers import paper_button
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import Plan
    from resource_centre.services.plans import PlanMeasure, PlanSheet

DRAFT, ACTIVE = "draf", "aktif"


@dataclass(frozen=True)
class Looked:
    """What the part was read from; `sheet` is the version that is shown, None when there is none."""

    sheet: PlanSheet | None
    versions: list[Plan]
    measure: PlanMeasure
    closed: bool


class PlanPart(CasePart):
    """One version at a time; the one that counts first."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Plan", "PlanNeed", "PlanGoal", "PlanAction", "Case"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked: Looked | None = None
        self.version_id: str | None = None
        self._to_open: str | None = None
        self._first: QPushButton | None = None

    def show_case(self, case_id: str, person_id: str) -> None:
        """Show the version of the plan that counts."""
        if case_id != self.case_id:
            self.version_id = None
        super().show_case(case_id, person_id)

    def open_record(self, record_id: str) -> None:
        """Open an action, a goal or a need, or show a version."""
        self._to_open = record_id
        self.read()

    def look(self, session: Any) -> Looked:
        """Read the version that is shown."""
        return _look(session, self.case_id, self.version_id)

    def show_looked(self, looked: Looked) -> None:
        """Show it."""
        self.looked = looked
        empty(self.view)
        self.view.addWidget(self._head_card(looked))
        sheet = looked.sheet
        if sheet is not None:
            refers = not looked.closed and self.desk.may("refer")
            acts = Acts(self.add, self.edit, self._done, self._refer if refers else None)
            for dimension in ("ekonomi", "sosial", "psikososial"):
                self.view.addWidget(dimension_card(sheet, dimension, acts))
        self._open_wanted()

    def take_keyboard(self) -> None:
        """To what comes next."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    # The plan itself

    def _head_card(self, looked: Looked) -> Card:
        sheet = looked.sheet
        if sheet is None:
            card = Card(_("There is no plan yet"))
            card.body.addWidget(label(measure_words(looked.measure), "muted", wrap=True))
            self._first = button(_("Begin the plan"), self.begin, role="main")
            if not looked.closed:
                card.body.addLayout(row(self._first, None))
            return card
        plan = sheet.plan
        title = _("Version {n}: {state}").format(n=plan.edition or 1, state=term("plan_status", plan.status))
        card = Card(title)
        made = _("Made on {day}").format(day=show_date(plan.made_on))
        cost = _("Cost in all: {amount}").format(amount=show_rupiah(sheet.cost)) if sheet.cost else ""
        card.body.addWidget(label(" · ".join(part for part in (made, cost) if part), "muted"))
        card.body.addLayout(fact_grid(agreed_words(plan)))
        if not looked.closed:
            card.body.addLayout(row(*self._buttons(sheet), paper_button(self.desk, "plan", lambda: plan.id), None))
        card.body.addLayout(row(*self._other_versions(looked), None))
        return card

    def _buttons(self, sheet: PlanSheet) -> list[QPushButton]:
        plan = sheet.plan
        made: list[QPushButton] = []
        if plan.status == DRAFT:
            made.append(button(_("Put in force"), self._activate, role="main"))
        if sheet.editable:
            made.append(button(_("Change or sign"), self.change))
        if plan.status == ACTIVE:
            made.append(button(_("Completed"), partial(self._end, completed=True)))
        if plan.status != DRAFT and not self._has_draft():
            made.append(button(_("New version"), self._new_version))
        if sheet.editable:
            made.append(button(_("Cancel the plan…"), partial(self._end, completed=False), role="link"))
        self._first = made[0] if made else None
        return made

    def _has_draft(self) -> bool:
        return self.looked is not None and any(plan.status == DRAFT for plan in self.looked.versions)

    def _other_versions(self, looked: Looked) -> list[QPushButton]:
        assert looked.sheet is not None
        others = [plan for plan in looked.versions if plan.id != looked.sheet.plan.id]
        return [
            button(
                _("Version {n}: {state}").format(n=plan.edition or 1, state=term("plan_status", plan.status)),
                partial(self._show_version, plan.id),
                role="link",
            )
            for plan in others
        ]

    def begin(self) -> None:
        """Begin the first plan."""
        self.open_form(lambda: plan_form(self.desk, self.case_id, None, self._begun, self.cancelled))

    def change(self) -> None:
        """Change what was agreed, or sign it."""
        sheet = self._sheet()
        if sheet is not None:
            self.open_form(lambda: plan_form(self.desk, self.case_id, sheet.plan, self.saved, self.cancelled))

    def _begun(self, plan_id: str) -> None:
        self.version_id = plan_id
        self.saved(plan_id)

    def _show_version(self, plan_id: str) -> None:
        self.version_id = plan_id
        self.read()

    def _activate(self) -> None:
        from resource_centre.services.plans import activate_plan

        sheet = self._sheet()
        if sheet is not None:
            plan_id = sheet.plan.id
            self.write(lambda session: activate_plan(session, plan_id).id)

    def _new_version(self) -> None:
        from resource_centre.services.plans import new_edition

        sheet = self._sheet()
        if sheet is not None:
            plan_id = sheet.plan.id
            self.desk.worker.change(lambda session: new_edition(session, plan_id).id, self._show_version)

    def _end(self, *, completed: bool) -> None:
        from resource_centre.services.plans import end_plan

        sheet = self._sheet()
        question = _("Cancel this plan? It stays as it is and can no longer be changed.")
        if sheet is None or not (completed or ask(self, question, _("Cancel it"), _("Keep it"), danger=True)):
            return
        plan_id = sheet.plan.id
        self.write(lambda session: end_plan(session, plan_id, completed=completed).id)

    # Its parts

    def add(self, record: type[Any], dimension: str) -> None:
        """Write a need, a goal or an action down."""
        sheet = self._sheet()
        if sheet is None:
            return
        if record is PlanNeed:
            self.open_form(lambda: needs_form(self.desk, sheet.plan, dimension, self.saved, self.cancelled))
        elif record is PlanGoal:
            self.open_form(lambda: goal_form(self.desk, sheet.plan, None, dimension, self.saved, self.cancelled))
        else:
            self.open_form(lambda: action_form(self.desk, sheet, None, dimension, self.saved, self.cancelled))

    def edit(self, part: Any) -> None:
        """Open a need, a goal or an action."""
        sheet = self._sheet()
        if sheet is None:
            return
        area = part.dimension or ""
        if isinstance(part, PlanNeed):
            self._open_part(part, lambda: need_form(self.desk, sheet.plan, part, self.saved, self.cancelled))
        elif isinstance(part, PlanGoal):
            self._open_part(part, lambda: goal_form(self.desk, sheet.plan, part, area, self.saved, self.cancelled))
        else:
            self._open_part(part, lambda: action_form(self.desk, sheet, part, area, self.saved, self.cancelled))

    def _open_part(self, part: Any, make: Any) -> None:
        self.open_form(make)
        form, looked = self.form, self.looked
        if form is None or looked is None or looked.sheet is None:
            return
        if looked.closed or not looked.sheet.editable:
            form.form.set_read_only()
            form.save_button.setEnabled(False)
            return
        back = button(_("This is not right: take it back"), partial(self._take_back, part), role="link")
        form.layout().addLayout(row(back, None))  # type: ignore[union-attr]

    def _take_back(self, part: Any) -> None:
        from resource_centre.services.plans import take_back_part

        question = _("Take this entry back? It stays in the trail, marked as not valid.")
        if not ask(self, question, _("Take it back"), _("Keep it"), danger=True):
            return
        record, part_id, why = type(part), part.id, _("Entered by mistake.")
        self.desk.worker.change(lambda session: take_back_part(session, record, part_id, why), self.saved)

    def _done(self, action: PlanAction) -> None:
        from resource_centre.services.plans import change_part

        action_id = action.id
        self.write(lambda session: change_part(session, PlanAction, action_id, {"status": "selesai"}).id)

    def _refer(self, need: PlanNeed) -> None:
        """Begin a referral that names the need, in the part of the case where referrals are."""
        self.desk.go("case", (self.case_id, "referrals", f"{FOR_NEED}{need.id}"))

    def _sheet(self) -> PlanSheet | None:
        return self.looked.sheet if self.looked is not None else None

    def _open_wanted(self) -> None:
        wanted, self._to_open = self._to_open, None
        sheet = self._sheet()
        if wanted is None or sheet is None or self.looked is None:
            return
        if any(plan.id == wanted for plan in self.looked.versions):
            self._show_version(wanted)
            return
        part = next((one for one in (*sheet.actions, *sheet.goals, *sheet.needs) if one.id == wanted), None)
        if part is not None:
            self.edit(part)


def _look(session: Any, case_id: str, version_id: str | None) -> Looked:
    from resource_centre.records import Case
    from resource_centre.services.plans import current_plan, measure_of, plans_of, sheet_of
    from resource_centre.services.saving import existing

    case = existing(session, Case, case_id)
    versions = plans_of(session, case_id)
    shown = next((plan for plan in versions if plan.id == version_id), None) or current_plan(session, case_id)
    return Looked(
        sheet=sheet_of(session, shown.id) if shown is not None else None,
        versions=versions,
        measure=measure_of(session, case, on=today()),
        closed=case.status == CLOSED,
    )
