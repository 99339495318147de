# SPDX-License-Identifier: Apache-2.0
"""The forms of a complaint: what happened, where it was lodged, how it stands, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Complaint, Transition, field_of, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.entry_form import Cancelled, Done, Saving, entry_form
from ui.pages.record_form import RecordForm

Write = Callable[[Form], Callable[[Any], Any]]

TOLD = ("complaint_type", "opened_on", "against", "account")
MONEY = ("currency", "claimed", "awarded", "recovered", "recovered_on")
LODGED = ("lodged_with", "lodged_on", "reference", "legal_step")
SPECIAL = "PERLINDUNGAN_KHUSUS"


def complaint_form(
    desk: Desk,
    person_id: str,
    links: Mapping[str, Any],
    complaint: Complaint | None,
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    """A new complaint, or what an old one tells; of one under special protection only where it was lodged and money."""
    from resource_centre.services.complaints import change_complaint, open_complaint

    form = Form(desk.places)
    form.add_heading(_("What happened"))
    told = [name for name in TOLD if not (_is_special(complaint) and name in ("complaint_type", "account"))]
    form.add_fields(fields_of(Complaint), *told)
    form.add_heading(_("Money"))
    money = MONEY if complaint is not None else MONEY[:2]
    form.add_fields(fields_of(Complaint), *money)
    form.follow_currency("currency", *(name for name in money if name in ("claimed", "awarded", "recovered")))
    if complaint is not None:
        form.add_heading(_("Where it was lodged"))
        form.add_fields(fields_of(Complaint), *LODGED)

    def add(session: Any, values: dict[str, Any], why: Any) -> Complaint:
        return open_complaint(session, person_id=person_id, values=values | dict(links), unanswered=why)

    heading = _("New complaint") if complaint is None else _("Change the complaint")
    saving = Saving("complaint", person_id, add, change_complaint)
    usual = {"opened_on": today(), "currency": "IDR"}
    return entry_form(desk, heading, form, complaint, saving, (saved, cancelled), usual=usual)


def lodge_form(desk: Desk, complaint: Complaint, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Where it was lodged, when, under which reference."""
    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Complaint), *LODGED)
    form.set_values({"lodged_on": today()})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.complaints import lodge

        values = form.values()
        day = values.pop("lodged_on")
        return lambda session: lodge(session, complaint.id, on=day, **values).id

    return _small(desk, _("Where it is lodged"), form, "complaint_lodge", complaint, write, saved, cancelled)


def follow_up_form(desk: Desk, complaint: Complaint, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Somebody asked how it stands."""
    form = _dated_reason(desk, _("What was heard"), must=False)

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.complaints import follow_up

        note, day = form.values()["reason"], form.values()["moved_on"]
        return lambda session: follow_up(session, complaint.id, note=note, on=day).id

    return _small(desk, _("Followed up"), form, "complaint_follow_up", complaint, write, saved, cancelled)


def resolve_form(desk: Desk, complaint: Complaint, saved: Done, cancelled: Cancelled) -> RecordForm:
    """The result, and the money that came of it."""
    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Complaint), "result", "currency", "awarded", "recovered", "recovered_on")
    form.follow_currency("currency", "awarded", "recovered")
    form.rows["result"].required = True
    form.add_field(field_of(Transition.moved_on))
    amounts = {name: getattr(complaint, name) for name in ("currency", "awarded", "recovered", "recovered_on")}
    form.set_values({"moved_on": today(), **amounts})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.complaints import resolve

        values = form.values()
        day, result = values.pop("moved_on"), values.pop("result")
        return lambda session: resolve(session, complaint.id, result=result, on=day, amounts=values).id

    return _small(desk, _("The result"), form, "complaint_result", complaint, write, saved, cancelled)


def close_form(desk: Desk, complaint: Complaint, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Nothing more is done about it."""
    from resource_centre.services.complaint_list import CLOSED
    from resource_centre.services.transitions import asks_reason

    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Complaint), "result", "closed_on")
    if asks_reason("Complaint", complaint.status, CLOSED):
        form.add_row(FormRow("reason", _("Why"), ParagraphEditor(), required=True))
    form.set_values({"closed_on": today(), "result": complaint.result})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.complaints import close

        values = form.values()
        day, result, why = values["closed_on"], values["result"], values.get("reason")
        return lambda session: close(session, complaint.id, result=result, reason=why, on=day).id

    return _small(desk, _("Close the complaint"), form, "complaint_close", complaint, write, saved, cancelled)


def reopen_form(desk: Desk, complaint: Complaint, saved: Done, cancelled: Cancelled) -> RecordForm:
    """It is taken up again."""
    form = _dated_reason(desk, _("Why"), must=True)

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.complaints import reopen

        why, day = form.values()["reason"] or "", form.values()["moved_on"]
        return lambda session: reopen(session, complaint.id, reason=why, on=day).id

    return _small(desk, _("Take it up again"), form, "complaint_reopen", complaint, write, saved, cancelled)


def _dated_reason(desk: Desk, words: str, *, must: bool) -> Form:
    form = Form(desk.places, asks_why=False)
    form.add_row(FormRow("reason", words, ParagraphEditor(), required=must))
    form.add_field(field_of(Transition.moved_on))
    form.set_values({"moved_on": today()})
    return form


def _is_special(complaint: Complaint | None) -> bool:
    return complaint is not None and complaint.complaint_type == SPECIAL


def _small(
    desk: Desk,
    heading: str,
    form: Form,
    name: str,
    complaint: Complaint,
    write: Write,
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    return RecordForm(
        desk, heading, form, name=name, record_id=complaint.id, write=write, saved=saved, cancelled=cancelled
    )
