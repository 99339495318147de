# SPDX-License-Identifier: Apache-2.0
"""What is written about a follow-up: what came of it, or another day for it; used wherever follow-ups are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import FollowUp, FollowUpAttempt, field_of, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.editors_codes import CodeEditor, choices_of
from ui.kit.editors_dates import DateEditor, mean
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.follow_up_visits import VisitRow

Done = Callable[[Any], None]
Colleagues = Sequence[tuple[str, str]]
"""Id and name of the accounts that may do a follow-up."""

MET, NOT_MET = "terhubung", "tidak_terhubung"
DOER = "responsible_id"
AGAIN = "again_on"
"""The row for the day of the next try, which is no field of any record."""

TRY_AGAIN_AFTER = 7
HEARD = ("services_received", "monthly_income", "challenges", "actions", "client_remark", "counsellor_remark")


@dataclass(frozen=True)
class Opened:
    """A follow-up that is to be written about: the record, how its person may be reached, and who may do it."""

    planned: FollowUp
    visit: VisitRow
    colleagues: Colleagues = ()


def open_follow_up(session: Session, follow_up_id: str) -> Opened:
    """Read a follow-up; runs on the worker's thread."""
    from resource_centre.services.follow_up_visits import visit
    from resource_centre.services.saving import existing

    planned = existing(session, FollowUp, follow_up_id)
    return Opened(planned, visit(session, follow_up_id, on=today()), colleagues(session, planned.responsible_id))


def colleagues(session: Session, chosen: str | None = None) -> Colleagues:
    """Who may do a follow-up: everybody who works on cases, and who is `chosen` already though they left."""
    from resource_centre.services.supervision import counsellors

    return tuple((one.id, one.name) for one in counsellors(session) if one.active or one.id == chosen)


def doer_row(people: Colleagues) -> FormRow:
    """Who does it."""
    help_words = _("Empty: the counsellor of the case.")
    return FormRow(DOER, _("Who does it"), CodeEditor([*people]), help=help_words)


class ResultForm(ColumnForm):
    """The try at the left; what was heard at the right, once somebody was reached."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.places)
        attempt = {field.name: field for field in fields_of(FollowUpAttempt)}
        self.section("try", _("The try"))
        self.add_field(attempt["result"])
        self.add_field(attempt["mode"])
        self.side_by_side("result", "mode")
        self.add_field(attempt["tried_on"])
        self.add_row(FormRow(AGAIN, _("Try again on"), DateEditor()))
        self.side_by_side("tried_on", AGAIN, noted=True)
        self.add_field(attempt["note"])
        mean(self.editor(AGAIN), "future")
        for name in ("tried_on", "mode", "note"):
            self.rows[name].menu_button.hide()
        heard = {field.name: field for field in fields_of(FollowUp)}
        self.section("heard", _("What was heard"), column=1)
        for name in HEARD:
            editor = ParagraphEditor(lines=2) if heard[name].format == "paragraph" else None
            self.add_field(heard[name], editor)
        self.close_columns()
        self.settled.connect(self._look_at)
        self.edited.connect(self._look_at)

    def follow(self) -> None:
        """Ask what goes with the result."""
        result = self.editor("result").value()
        self.show_section("heard", result == MET)
        again = self.rows[AGAIN]
        if result == NOT_MET and again.isHidden() and again.editor.is_empty():
            self.set_values({AGAIN: today() + timedelta(days=TRY_AGAIN_AFTER)})
        again.setVisible(result == NOT_MET)

    def told(self) -> tuple[dict[str, Any], dict[str, str], Any]:
        """The values, why some are missing, and the day of the next try."""
        values, reasons = self.values(), self.unanswered()
        again_on = values.pop(AGAIN)
        if values["result"] != MET:
            values = {name: value for name, value in values.items() if name not in HEARD}
        return values, reasons, again_on if values["result"] == NOT_MET else None

    def _look_at(self, name: str) -> None:
        if name == "result":
            self.follow()


def result_form(desk: Desk, opened: Opened, saved: Done, cancelled: Callable[[], None]) -> RecordForm:
    """Write down what came of a follow-up."""
    planned = opened.planned
    form = ResultForm(desk)
    form.version = planned.version

    def write(_form: Form) -> Callable[[Any], str]:
        values, reasons, again_on = form.told()
        version = form.version
        return lambda session: _write_result(session, planned.id, values, reasons, again_on, version)

    made = RecordForm(
        desk, opened.visit.what_for, form,
        name="follow_up_result", record_id=planned.id, write=write, saved=saved, cancelled=cancelled, about=planned,
    )  # fmt: skip
    form.set_values({"tried_on": today(), "mode": planned.mode})
    form.follow()
    return made


def change_form(desk: Desk, opened: Opened, saved: Done, cancelled: Callable[[], None]) -> RecordForm:
    """Move a follow-up to another day, or say what it is for and who does it."""
    planned = opened.planned
    form = Form(desk.places)
    form.add_fields(fields_of(FollowUp), "due_on", "purpose")
    form.add_field(field_of(FollowUp.mode), CodeEditor(choices_of("follow_up_mode")))
    form.add_row(doer_row(opened.colleagues))
    mean(form.editor("due_on"), "future")

    def write(form: Form) -> Callable[[Any], str]:
        values, reasons, version = form.values(), form.unanswered(), form.version
        return lambda session: _write_change(session, planned.id, values, reasons, version)

    made = RecordForm(
        desk, _("Another day"), form,
        name="follow_up_change", record_id=planned.id, write=write, saved=saved, cancelled=cancelled, about=planned,
    )  # fmt: skip
    form.set_values(planned)
    return made


def _write_result(
    session: Session,
    follow_up_id: str,
    values: dict[str, Any],
    reasons: dict[str, str],
    again_on: Any,
    version: int | None,
) -> str:
    from resource_centre.services.follow_up_attempts import record_attempt

    return record_attempt(session, follow_up_id, values, reasons, again_on=again_on, version=version).id


def _write_change(
    session: Session, follow_up_id: str, values: dict[str, Any], reasons: dict[str, str], version: int | None
) -> str:
    from resource_centre.services.follow_ups import change_follow_up

    return change_follow_up(session, follow_up_id, values, reasons, version=version).id
