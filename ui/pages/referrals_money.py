# SPDX-License-Identifier: Apache-2.0
"""The forms of what was given and what others add, each amount in its own currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Assistance, Contribution, fields_of
from ui.kit.desk import Desk
from ui.kit.editors_codes import CodeEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.entry_form import Cancelled, Done, Saving, entry_form
from ui.pages.record_form import RecordForm
from ui.pages.suggested_text import fund_editor

GIVEN = (
    "kind", "given_on", "description", "form", "currency", "amount", "fund", "partner", "receipt", "received_by",
    "remarks",
)  # fmt: skip
ADDED = ("source", "contributor", "given_on", "currency", "amount", "state", "purpose")


def assistance_form(
    desk: Desk,
    assistance: Assistance | None,
    person_id: str,
    links: Mapping[str, Any],
    actions: Sequence[tuple[str, str]],
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    """What somebody was given; `actions` of the plan (id, words) it may carry out."""
    from resource_centre.services.assistance import change_assistance, record_assistance

    form, known = Form(desk.places), {field.name: field for field in fields_of(Assistance)}
    for name in GIVEN:
        form.add_field(known[name], fund_editor(desk) if name == "fund" else None)
    form.follow_currency("currency", "amount")
    if actions:
        form.add_row(FormRow("action_id", _("Carries out"), CodeEditor(actions), help=_("An action of the plan.")))

    def add(session: Any, values: dict[str, Any], why: Any) -> Assistance:
        return record_assistance(session, person_id=person_id, values=values | dict(links), unanswered=why)

    heading = _("Assistance given") if assistance is None else _("Change what was given")
    saving = Saving("assistance", person_id, add, change_assistance)
    usual = {"given_on": today(), "currency": "IDR"}
    return entry_form(desk, heading, form, assistance, saving, (saved, cancelled), usual=usual)


def contribution_form(
    desk: Desk,
    contribution: Contribution | None,
    assistance_id: str | None,
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    """What somebody else adds: to one assistance, or for the whole centre."""
    from resource_centre.services.contributions import change_contribution, record_contribution

    form = Form(desk.places)
    form.add_fields(fields_of(Contribution), *ADDED)
    form.follow_currency("currency", "amount")

    def add(session: Any, values: dict[str, Any], why: Any) -> Contribution:
        return record_contribution(session, values=values, unanswered=why, assistance_id=assistance_id)

    heading = _("A contribution") if contribution is None else _("Change a contribution")
    saving = Saving("contribution", assistance_id, add, change_contribution)
    usual = {"given_on": today(), "currency": "IDR", "state": "diterima"}
    return entry_form(desk, heading, form, contribution, saving, (saved, cancelled), usual=usual)
