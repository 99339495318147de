# SPDX-License-Identifier: Apache-2.0
"""The forms of what was given and what others add, each amount in its own currency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Assistance, Contribution, fields_of
from ui.kit.desk import Desk
from ui.kit.editors_codes import CodeEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.record_form import RecordForm

Done = Callable[[Any], None]
Cancelled = Callable[[], None]

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
    form = Form(desk.places)
    form.add_fields(fields_of(Assistance), *GIVEN)
    form.follow_currency("currency", "amount")
    if actions:
        form.add_row(FormRow("action_id", _("Carries out"), CodeEditor(actions), help=_("An action of the plan.")))

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.assistance import change_assistance, record_assistance

        values, why, version = form.values(), form.unanswered(), form.version
        if assistance is None:
            whole = values | dict(links)
            return lambda session: record_assistance(session, person_id=person_id, values=whole, unanswered=why).id
        return lambda session: change_assistance(session, assistance.id, values, why, version=version).id

    made = RecordForm(
        desk, _("Assistance given") if assistance is None else _("Change what was given"), form,
        name="assistance", record_id=assistance.id if assistance is not None else person_id,
        write=write, saved=saved, cancelled=cancelled, about=assistance,
    )  # fmt: skip
    form.set_values(assistance if assistance is not None else {"given_on": today(), "currency": "IDR"})
    return made


def contribution_form(
    desk: Desk,
    contribution: Contribution | None,
    assistance_id: str | None,
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    """What somebody else adds: to one assistance, or for the whole centre."""
    form = Form(desk.places)
    form.add_fields(fields_of(Contribution), *ADDED)
    form.follow_currency("currency", "amount")

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.contributions import change_contribution, record_contribution

        values, why, version = form.values(), form.unanswered(), form.version
        if contribution is None:
            return lambda session: (
                record_contribution(session, values=values, unanswered=why, assistance_id=assistance_id).id
            )
        return lambda session: change_contribution(session, contribution.id, values, why, version=version).id

    made = RecordForm(
        desk, _("A contribution") if contribution is None else _("Change a contribution"), form,
        name="contribution", record_id=contribution.id if contribution is not None else assistance_id,
        write=write, saved=saved, cancelled=cancelled, about=contribution,
    )  # fmt: skip
    usual = {"given_on": today(), "currency": "IDR", "state": "diterima"}
    form.set_values(contribution if contribution is not None else usual)
    return made
