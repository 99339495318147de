# SPDX-License-Identifier: Apache-2.0
"""What is written on the overview of a case: its priority and summary, a step with its reason, its re-opening."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Case, Transition, field_of, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.record_form import RecordForm
from ui.pages.suggested_text import fund_editor
from ui.pages.wording import term

if TYPE_CHECKING:
    Done = Callable[[Any], None]
    Cancelled = Callable[[], None]


def case_form(desk: Desk, case: Case, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Change what a case says of itself."""
    form = Form(desk.places)
    form.add_fields(fields_of(Case), "priority", "summary", "opened_on", "legal_hold")
    form.add_field(field_of(Case.fund), fund_editor(desk))

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.cases import change_case

        values, reasons, version = form.values(), form.unanswered(), form.version
        return lambda session: change_case(session, case.id, values, reasons, version=version).id

    made = RecordForm(
        desk, _("Priority and summary"), form,
        name="case", record_id=case.id, write=write, saved=saved, cancelled=cancelled, about=case,
    )  # fmt: skip
    form.set_values(case)
    return made


def step_form(desk: Desk, case: Case, to: str, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Take a case to a state for which a reason is asked."""
    form = _reason_form(desk)
    version = case.version

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.cases import move_case

        reason, day = form.values()["reason"], form.values()["moved_on"]
        return lambda session: move_case(session, case.id, to, reason=reason, on=day, version=version).id

    heading = _("To the state “{state}”").format(state=term("case_status", to))
    return _made(desk, heading, form, f"case_step_{to}", case.id, write, saved, cancelled)


def reopen_form(desk: Desk, case_id: str, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Open a closed case again."""
    form = _reason_form(desk)

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.cases import reopen_case

        reason, day = form.values()["reason"], form.values()["moved_on"]
        return lambda session: reopen_case(session, case_id, reason=reason, on=day).id

    return _made(desk, _("Open the case again"), form, "case_reopen", case_id, write, saved, cancelled)


def _reason_form(desk: Desk) -> Form:
    form = Form(desk.places, asks_why=False)
    reason = field_of(Transition.reason)
    form.add_row(FormRow("reason", reason.label, ParagraphEditor(), required=True))
    form.add_field(field_of(Transition.moved_on))
    form.set_values({"moved_on": today()})
    return form


def _made(
    desk: Desk,
    heading: str,
    form: Form,
    name: str,
    case_id: str,
    write: Callable[[Form], Callable[[Any], Any]],
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    return RecordForm(desk, heading, form, name=name, record_id=case_id, write=write, saved=saved, cancelled=cancelled)
