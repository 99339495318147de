# SPDX-License-Identifier: Apache-2.0
"""What is written on the plan of a case: the plan itself with its signatures, needs, goals and actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Plan, PlanAction, PlanGoal, PlanNeed, field_of, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.editors_codes import CodeEditor, CodesEditor
from ui.kit.editors_dates import mean
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.plans import PlanSheet

    Done = Callable[[Any], None]
    Cancelled = Callable[[], None]

REVIEW_AFTER = timedelta(days=90)
NEEDS, FOR_NEED = "needs", "for_need"
AGREED = ("made_on", "prepared_with", "own_goal", "strengths", "obstacles", "review_on")


def plan_form(desk: Desk, case_id: str, plan: Plan | None, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Begin a plan, or change and sign the version that is there."""
    form = ColumnForm(desk.places)
    form.section("agreed", _("What was agreed"))
    form.add_fields(fields_of(Plan), *AGREED)
    mean(form.editor("review_on"), "future")
    form.section("signed", _("Signatures"), column=1)
    form.add_fields(
        fields_of(Plan), "client_signed_on", "client_signed_how", "counsellor_signed_on", "coordinator_signed_on"
    )
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.plans import begin_plan, change_plan

        values, reasons, version = form.values(), form.unanswered(), form.version
        if plan is None:
            return lambda session: begin_plan(session, case_id, values, reasons).id
        return lambda session: change_plan(session, plan.id, values, reasons, version=version).id

    heading = _("Change or sign the plan") if plan is not None else _("A plan with the client")
    made = RecordForm(
        desk, heading, form, name=f"case_plan_{plan.edition if plan is not None else 0}", record_id=case_id,
        write=write, saved=saved, cancelled=cancelled, about=plan,
    )  # fmt: skip
    form.set_values(plan if plan is not None else {"made_on": today(), "review_on": today() + REVIEW_AFTER})
    return made


def needs_form(desk: Desk, plan: Plan, dimension: str, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Several needs of one dimension at once."""
    form = Form(desk.places, asks_why=False)
    form.add_row(FormRow(NEEDS, _("Needs"), CodesEditor(_needs_of(dimension), _need_meant), required=True))
    form.add_field(field_of(PlanNeed.description))

    def write(form: Form) -> Callable[[Any], list[str]]:
        from resource_centre.errors import Refused
        from resource_centre.problems import Problem
        from resource_centre.services.plans import add_part

        needs, words = form.values()[NEEDS] or [], form.values()["description"]

        def add(session: Any) -> list[str]:
            if not needs:
                raise Refused("check", (Problem(NEEDS, "required"),))
            said = [{"dimension": dimension, "need": need, "description": words} for need in needs]
            return [add_part(session, PlanNeed, plan.id, one).id for one in said]

        return add

    heading = _("Needs: {dimension}").format(dimension=term("dimension", dimension))
    return RecordForm(
        desk, heading, form, name=f"case_plan_needs_{dimension}", record_id=plan.case_id,
        write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip


def need_form(desk: Desk, plan: Plan, need: PlanNeed, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Change one need."""
    form = Form(desk.places)
    form.add_fields(fields_of(PlanNeed))
    return _part_form(desk, _("A need"), form, plan, PlanNeed, need, {}, saved, cancelled)


def goal_form(
    desk: Desk, plan: Plan, goal: PlanGoal | None, dimension: str, saved: Done, cancelled: Cancelled
) -> RecordForm:
    """Write or change a goal."""
    form = Form(desk.places)
    fields = {field.name: field for field in fields_of(PlanGoal)}
    form.add_field(fields["goal"], ParagraphEditor(lines=2))
    form.add_fields(fields.values(), "dimension", "level", "state", "reached_on")
    before = {"dimension": dimension, "level": "individu", "state": "berjalan"}
    return _part_form(desk, _("A goal"), form, plan, PlanGoal, goal, before, saved, cancelled)


def action_form(
    desk: Desk, sheet: PlanSheet, action: PlanAction | None, dimension: str, saved: Done, cancelled: Cancelled
) -> RecordForm:
    """Write or change an action; for a need of the plan the service and the words are suggested."""
    form = ColumnForm(desk.places)
    fields = {field.name: field for field in fields_of(PlanAction)}
    form.section("what", _("What is done"))
    if action is None and sheet.needs:
        choices = [(need.need, term("need", need.need)) for need in _first_of_dimension(sheet.needs, dimension)]
        form.add_row(FormRow(FOR_NEED, _("For the need"), CodeEditor(list(dict.fromkeys(choices)))))
        form.settled.connect(lambda name: _suggest(form) if name == FOR_NEED else None)
    form.add_fields(fields.values(), "action", "dimension")
    if sheet.goals:
        goals = [(goal.id, goal.goal or "") for goal in sheet.goals]
        form.add_row(FormRow("goal_id", _("For the goal"), CodeEditor(goals)))
    form.add_fields(fields.values(), "service_type")
    form.section("who", _("Who, when, how much"), column=1)
    form.add_fields(fields.values(), "provided_by", "responsible", "starts_on", "due_on")
    form.side_by_side("starts_on", "due_on", noted=True)
    form.add_fields(fields.values(), "cost", "in_kind", "status", "done_on")
    form.close_columns()
    for name in ("starts_on", "due_on"):
        mean(form.editor(name), "future")
    before = {"dimension": dimension, "status": "direncanakan"}
    return _part_form(desk, _("An action"), form, sheet.plan, PlanAction, action, before, saved, cancelled)


def _part_form(
    desk: Desk,
    heading: str,
    form: Form,
    plan: Plan,
    record: type[Any],
    part: Any | None,
    before: dict[str, Any],
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.plans import add_part, change_part

        values = {name: value for name, value in form.values().items() if name != FOR_NEED}
        reasons, version = form.unanswered(), form.version
        if part is None:
            return lambda session: add_part(session, record, plan.id, values, reasons).id
        return lambda session: change_part(session, record, part.id, values, reasons, version=version).id

    name = f"case_{record.__tablename__}_{part.id if part is not None else before.get('dimension', '')}"
    made = RecordForm(
        desk, heading, form, name=name, record_id=plan.case_id, write=write, saved=saved, cancelled=cancelled,
        about=part,
    )  # fmt: skip
    form.set_values(part if part is not None else before)
    return made


def _suggest(form: Form) -> None:
    """Take over what the need suggests, where nothing is said yet."""
    from resource_centre.services.plans import suggested_action

    need = form.editor(FOR_NEED).value()
    for name, value in suggested_action(need).items() if need else ():
        if value is not None and (form.editor(name).is_empty() or name == "dimension"):
            form.editor(name).set_value(value)


def _needs_of(dimension: str) -> list[tuple[Any, str]]:
    from resource_centre.vocabulary import vocabulary

    return [(one.code, one.label()) for one in vocabulary("need") if one.group in (dimension, "")]


def _need_meant(text: str) -> str | None:
    from resource_centre.vocabulary import vocabulary

    return vocabulary("need").find(text)


def _first_of_dimension(needs: Sequence[PlanNeed], dimension: str) -> list[PlanNeed]:
    return sorted(needs, key=lambda need: need.dimension != dimension)
