# SPDX-License-Identifier: Apache-2.0
"""The forms of a partner, and of what partners contribute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.records import Partner, PartnerContribution, fields_of
from ui.kit.desk import Desk
from ui.kit.editors_codes import CodeEditor
from ui.kit.editors_dates import mean
from ui.kit.editors_place import PlaceEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.agreements_store import CONTRIBUTION, NEW_OF_PARTNER, NEW_PARTNER, NEW_TO_EVENT, PARTNER
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm
from ui.pages.taking_back import offer_to_take_back

Finish = tuple[Callable[[Any], None], Callable[[], None]]
"""What to do when it is saved, and when it is cancelled."""

Choices = Sequence[tuple[str, str]]
PLACES = ("regency", "district", "village")
WHOSE, WHICH = "partner_id", "event_id"


def partner_form(
    desk: Desk, record: Partner | None, finish: Finish, withdrawn: Callable[[Any], None] | None = None
) -> RecordForm:
    """Who they are, how to reach them, since when and until when; a name that is on the list already is said so.

    With `withdrawn` a partner may be taken off the list; it is called afterwards.
    """
    from resource_centre.services.partners import change_partner, withdraw_partner, write_partner

    form = _partner_fields(desk)

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(write_partner(session, values, why).id)
        return lambda session: str(change_partner(session, record.id, values, why, version=version).id)

    saved, cancelled = finish
    made = RecordForm(
        desk, _("A new partner") if record is None else _("Change a partner"), form,
        name=NEW_PARTNER if record is None else PARTNER, record_id=record.id if record is not None else None,
        write=write, saved=saved, cancelled=cancelled, about=record,
    )  # fmt: skip
    form.set_values(record if record is not None else {"country": "IDN", "partner_since": today()})
    form.settled.connect(lambda name: _warn_of_twin(desk, form, record) if name == "name" else None)
    if record is not None and withdrawn is not None:
        offer_to_take_back(made, lambda session, why: withdraw_partner(session, record.id, why), withdrawn)
    return made


def _partner_fields(desk: Desk) -> ColumnForm:
    known = {field.name: field for field in fields_of(Partner)}
    form = ColumnForm(desk.places)
    form.section("who", _("Who"))
    form.add_fields(known.values(), "name", "sector", "country")
    place = PlaceEditor(desk.places, levels=PLACES)
    place.line.setPlaceholderText(_("A regency, a district or a village"))
    form.add_field(known["place_code"], place)
    form.section("reach", _("How to reach them"), column=1)
    form.add_fields(known.values(), "contact_person", "phone", "email")
    form.section("agreement", _("The partnership"))
    form.add_fields(known.values(), "partner_since", "agreement_until", "ended_on")
    form.side_by_side("partner_since", "agreement_until", noted=True)
    form.section("more", "", column=1)
    form.add_field(known["remarks"])
    form.close_columns()
    mean(form.editor("agreement_until"), "future")
    return form


def new_to_event_form(desk: Desk, event_id: str, held_on: date | None, partners: Choices, finish: Finish) -> RecordForm:
    """What a partner gave, or promised, to an event."""
    from resource_centre.services.partner_contributions import add_contribution

    form = _contribution_form(desk, FormRow(WHOSE, _("Partner"), CodeEditor(partners), required=True))

    def write(form: Form) -> Callable[[Any], str]:
        values, why = form.values(), form.unanswered()
        partner_id = values.pop(WHOSE)

        def add(session: Any) -> str:
            if partner_id is None:
                raise Refused("check", (Problem(WHOSE, "required"),))
            return str(add_contribution(session, partner_id, values, why, event_id=event_id).id)

        return add

    usual = {"contributed_on": held_on if held_on is not None and held_on <= today() else today()}
    return _record_form(desk, form, NEW_TO_EVENT, event_id, write, finish, usual=usual)


def new_of_partner_form(desk: Desk, partner_id: str, events: Choices, finish: Finish) -> RecordForm:
    """What one partner gave, to an event or to the centre's work."""
    from resource_centre.services.partner_contributions import add_contribution

    form = _contribution_form(desk, _event_row(events))

    def write(form: Form) -> Callable[[Any], str]:
        values, why = form.values(), form.unanswered()
        event_id = values.pop(WHICH)
        return lambda session: str(add_contribution(session, partner_id, values, why, event_id=event_id).id)

    return _record_form(desk, form, NEW_OF_PARTNER, partner_id, write, finish, usual={"contributed_on": today()})


def change_contribution_form(
    desk: Desk, record: PartnerContribution, finish: Finish, *, events: Choices | None
) -> RecordForm:
    """A contribution as it is; with `events` it may be said to which one it went."""
    from resource_centre.services.partner_contributions import change_contribution, withdraw_contribution

    form = _contribution_form(desk, _event_row(events) if events is not None else None)

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        return lambda session: str(change_contribution(session, record.id, values, why, version=version).id)

    made = _record_form(desk, form, CONTRIBUTION, record.id, write, finish, record=record)
    offer_to_take_back(made, lambda session, why: withdraw_contribution(session, record.id, why), finish[0])
    return made


def _contribution_form(desk: Desk, first: FormRow | None) -> ColumnForm:
    known = {field.name: field for field in fields_of(PartnerContribution)}
    form = ColumnForm(desk.places, columns=1)
    form.section("what", "")
    if first is not None:
        form.add_row(first)
        first.menu_button.hide()
    form.add_field(known["kind"])
    form.add_field(known["what"])
    form.add_fields(known.values(), "amount", "currency")
    form.side_by_side("amount", "currency", noted=True)
    form.follow_currency("currency", "amount")
    form.add_fields(known.values(), "contributed_on", "promised")
    form.side_by_side("contributed_on", "promised", noted=True)
    form.close_columns()
    mean(form.editor("contributed_on"), "either")
    return form


def _event_row(events: Choices) -> FormRow:
    return FormRow(WHICH, _("To which event"), CodeEditor(events), help=_("Empty: to the centre's work."))


def _record_form(
    desk: Desk,
    form: ColumnForm,
    name: str,
    about: str,
    write: Callable[[Form], Callable[[Any], str]],
    finish: Finish,
    *,
    usual: dict[str, Any] | None = None,
    record: PartnerContribution | None = None,
) -> RecordForm:
    saved, cancelled = finish
    made = RecordForm(
        desk, _("A new contribution") if record is None else _("Change a contribution"), form,
        name=name, record_id=about, write=write, saved=saved, cancelled=cancelled, about=record,
    )  # fmt: skip
    form.set_values(
        record if record is not None else {"kind": "uang", "currency": "IDR", "promised": False, **(usual or {})}
    )
    return made


def _warn_of_twin(desk: Desk, form: Form, record: Partner | None) -> None:
    """Two institutions may have one name, so saving is not refused."""
    name, own = form.editor("name").value(), record.id if record is not None else None

    def look(session: Any) -> list[Problem]:
        from resource_centre.services.partners import partner_warnings

        return partner_warnings(session, name, partner_id=own)

    def show(found: list[Problem]) -> None:
        row = form.rows["name"]
        row.show_problem("warning" if found else "", found[0].words() if found else "")

    desk.worker.read(look, show, replaces="partner-twin", quiet=True, owner=form)
