# SPDX-License-Identifier: Apache-2.0
"""The form a case is closed with (domain reference 3.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Case, field_of, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor, yes_no_editor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.services.closing import Closing

LEAVE_OPEN, TAKE_BACK = "leave_open", "take_back"


def closing_form(
    desk: Desk, case: Case, closing: Closing, saved: Callable[[Any], None], cancelled: Callable[[], None]
) -> RecordForm:
    """Why the case ends, what was reached, whether the client knows."""
    form = _questions(desk, closing)

    def write(form: Form) -> Callable[[Any], str]:
        values, reasons, version = form.values(), form.unanswered(), form.version
        return lambda session: _close(session, case.id, values, reasons, version)

    made = RecordForm(
        desk, _("Close the case"), form,
        name="case_close", record_id=case.id, write=write, saved=saved, cancelled=cancelled, about=case,
    )  # fmt: skip
    said = {"closed_on": today(), TAKE_BACK: True}
    if closing.goals_planned:
        said |= {"goals_planned": closing.goals_planned, "goals_reached": closing.goals_reached}
    if closing.last_survey_on:
        said["last_survey_on"] = closing.last_survey_on
    form.set_values(said)
    return made


def _questions(desk: Desk, closing: Closing) -> ColumnForm:
    form = ColumnForm(desk.places)
    fields = {field.name: field for field in fields_of(Case)}
    form.section("why", _("Why it ends"))
    reason = field_of(Case.closure_reason)
    advice = _("When a client wants to stop early, find out why first, and see whether the help can be changed.")
    form.add_field(reason, help=advice)
    form.rows["closure_reason"].required = True
    form.add_fields(fields.values(), "closed_on")
    if closing.referrals:
        words = _("Why referrals stay open")
        form.add_row(FormRow(LEAVE_OPEN, words, ParagraphEditor(lines=2), required=True))
    if closing.follow_ups:
        form.add_row(FormRow(TAKE_BACK, _("Take back follow-ups that are still planned?"), yes_no_editor()))
    told = fields["client_told"]
    form.add_row(FormRow("client_told", told.label, yes_no_editor(), required=True, may_be_unanswered=True))
    form.section("result", _("What came of it"), column=1)
    form.add_fields(fields.values(), "goals_planned", "goals_reached")
    form.side_by_side("goals_planned", "goals_reached", noted=True)
    form.add_fields(fields.values(), "last_survey_on", "client_feedback", "closing_note")
    form.close_columns()
    return form


def _close(session: Any, case_id: str, values: dict[str, Any], reasons: dict[str, str], version: int | None) -> str:
    from resource_centre.errors import Refused
    from resource_centre.problems import Problem
    from resource_centre.services.cases import close_case
    from resource_centre.services.closing import take_back_follow_ups

    missing = [name for name in ("closure_reason", "closed_on") if not values[name]]
    if values["client_told"] is None and "client_told" not in reasons:
        missing.append("client_told")
    if missing:
        raise Refused("check", tuple(Problem(name, "required") for name in missing))
    case = close_case(
        session,
        case_id=case_id,
        reason=values["closure_reason"],
        values=values,
        unanswered=reasons,
        leave_open=values.get(LEAVE_OPEN),
        on=values["closed_on"],
        version=version,
    )
    if values.get(TAKE_BACK):
        take_back_follow_ups(session, case_id)
    return case.id
