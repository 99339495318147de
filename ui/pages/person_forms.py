# SPDX-License-Identifier: Apache-2.0
"""What is written on a person's page: changes of what is known, a stay abroad, a follow-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Address, FollowUp, Logged, MigrationEpisode, Person, field_of, fields_of
from resource_centre.services.people import PersonRecord, change_person, identify, move_person, record_episode
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor, TextEditor
from ui.kit.editors_codes import choices_of
from ui.kit.editors_dates import mean
from ui.kit.editors_numbers import NikEditor, PassportEditor, PhoneEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.column_form import ColumnForm
from ui.pages.follow_up_forms import Colleagues, doer_row
from ui.pages.intake_form import NIK, PASSPORT, PHONE, PHONE_NOTE
from ui.pages.record_form import RecordForm

Done = Callable[[Any], None]
IN_A_WEEK = 7
OF_SOMEBODY_KNOWN = {
    "Contact": ("held_on", "channel", "asked_by", "reasons", "reason", "heard_from", "outcome", "staff", "minutes")
}
"""What is asked of a contact when it is known whom it was with: sex, village and age are the person's own."""
NUMBER_ROWS = (NIK, PASSPORT, PHONE)
HOME = ("village_code", "hamlet", "rt", "rw", "street")
EPISODE = (
    "destination_country", "occupation", "occupation_text", "departure_date", "return_date", "return_type",
    "voluntariness", "regularity", "placement_scheme", "employer_type", "unpaid_wages", "remarks",
)  # fmt: skip


def edit_form(desk: Desk, record: PersonRecord, saved: Done, cancelled: Callable[[], None]) -> RecordForm:
    """Change what is known of a person, their numbers and where they live."""
    form = _person_questions(desk)
    person_id = record.person.id
    before = _shown(record)

    def write(form: Form) -> Callable[[Any], str]:
        now, reasons = form.values(), form.unanswered()
        own, version = {field.name for field in fields_of(Person)} & set(now), form.version
        return lambda session: _change(session, person_id, version, own, now, before, reasons)

    made = RecordForm(
        desk, _("Change what is known"), form,
        name="person", record_id=person_id, write=write, saved=saved, cancelled=cancelled, about=record.person,
    )  # fmt: skip
    form.set_values(before, record.person.unanswered)
    return made


def episode_form(desk: Desk, person_id: str, saved: Done, cancelled: Callable[[], None]) -> RecordForm:
    """Write down one more stay abroad."""
    form = ColumnForm(desk.places)
    fields = {field.name: field for field in fields_of(MigrationEpisode)}
    form.section("abroad", _("Time abroad"))
    form.add_fields([fields[name] for name in EPISODE if name not in EPISODE_RETURN])
    form.section("return", _("Coming home"), column=1)
    form.add_fields([fields[name] for name in EPISODE_RETURN])
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values, reasons = form.values(), form.unanswered()
        return lambda session: record_episode(session, person_id, values, reasons).id

    return RecordForm(
        desk, _("A stay abroad"), form,
        name="episode", record_id=person_id, write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip


EPISODE_RETURN = ("return_date", "return_type", "voluntariness", "unpaid_wages", "remarks")


def follow_up_form(
    desk: Desk, person_id: str, people: Colleagues, saved: Done, cancelled: Callable[[], None]
) -> RecordForm:
    """Plan to hear of somebody again; `people` are those who may do it."""
    form = Form(desk.places)
    form.add_fields(fields_of(FollowUp), "due_on", "purpose")
    mean(form.editor("due_on"), "future")
    form.add_row(doer_row(people))

    def write(form: Form) -> Callable[[Any], str]:
        values = form.values()
        return lambda session: _plan(session, person_id, values)

    made = RecordForm(
        desk, _("A follow-up"), form,
        name="follow_up", record_id=person_id, write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip
    form.set_values({"due_on": today() + timedelta(days=IN_A_WEEK)})
    return made


def record_form(desk: Desk, heading: str, found: Logged, saved: Done, cancelled: Callable[[], None]) -> RecordForm:
    """Look at a record that has no page of its own, and change it; its draft is found under the person."""
    form, record, person_id = Form(desk.places), type(found), getattr(found, "person_id", None)
    form.add_fields(fields_of(record), *OF_SOMEBODY_KNOWN.get(record.__name__, ()))

    def write(form: Form) -> Callable[[Any], str]:
        values, reasons, version = form.values(), form.unanswered(), form.version
        return lambda session: _change_record(session, record, found.id, values, reasons, version)

    made = RecordForm(
        desk, heading, form,
        name=f"{record.__tablename__}_{found.id}", record_id=person_id, about=found,
        write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip
    form.set_values(found, found.unanswered)
    return made


def existing_record(session: Any, record: type[Logged], record_id: str) -> Logged:
    """The record of this id, read for `record_form`."""
    from resource_centre.services.saving import existing

    return existing(session, record, record_id)


def _person_questions(desk: Desk) -> ColumnForm:
    form = ColumnForm(desk.places)
    fields = {field.name: field for field in fields_of(Person)}
    form.section("who", _("Who it is"))
    form.add_field(fields["full_name"], help="")
    form.add_row(FormRow(NIK, _("NIK"), NikEditor(desk.places), may_be_unanswered=True))
    form.add_field(fields["sex"], ChoiceEditor(choices_of("sex")))
    form.add_fields(fields.values(), "birth_date", "birth_place")
    form.side_by_side("birth_date", "birth_place", noted=True)
    form.add_fields(fields.values(), "client_type", "marital_status", "education")
    form.side_by_side("marital_status", "education")
    form.add_field(fields["mother_name"], help="")
    form.add_field(fields["alias"])
    form.side_by_side("mother_name", "alias")
    form.add_row(FormRow(PASSPORT, _("Passport"), PassportEditor(), may_be_unanswered=True))
    form.section("reach", _("Reaching the person safely"), column=1)
    form.add_field(fields["safe_phone"], help="")
    form.add_fields(fields.values(), "safe_answerer", "safe_times")
    form.side_by_side("safe_answerer", "safe_times")
    form.add_fields(fields.values(), "may_leave_message", "may_send_whatsapp")
    form.side_by_side("may_leave_message", "may_send_whatsapp")
    form.add_row(FormRow(PHONE, _("Another telephone"), PhoneEditor()))
    form.add_row(FormRow(PHONE_NOTE, _("Whose telephone is that?"), TextEditor()))
    form.side_by_side(PHONE, PHONE_NOTE)
    form.section("home", _("Where the person lives"), column=1)
    form.add_fields(fields_of(Address), *HOME)
    form.side_by_side("rt", "rw", "street", shares=(1, 1, 3))
    form.section("rest", _("Remarks"), column=1)
    form.add_field(field_of(Person.remarks))
    form.close_columns()
    return form


def _shown(record: PersonRecord) -> dict[str, Any]:
    """Everything the form shows of a person, by row."""
    person, home = record.person, record.address
    phone = next((one for one in record.identifiers if one.kind == PHONE), None)
    values = {field.name: getattr(person, field.name) for field in fields_of(Person)}
    values |= {name: getattr(home, name) if home else None for name in HOME}
    values |= {kind: record.number_of(kind) for kind in NUMBER_ROWS}
    return values | {PHONE_NOTE: phone.note if phone else None}


def _change(
    session: Any,
    person_id: str,
    version: int | None,
    own: set[str],
    now: dict[str, Any],
    before: dict[str, Any],
    reasons: dict[str, str],
) -> str:
    change_person(session, person_id, {name: now[name] for name in own}, reasons, version=version)
    for kind in NUMBER_ROWS:
        note = now[PHONE_NOTE] if kind == PHONE else None
        if now[kind] and (now[kind] != before[kind] or (note and note != before[PHONE_NOTE])):
            identify(session, person_id, kind, now[kind], note)
    home = {name: now[name] for name in HOME}
    if any(home.values()) and home != {name: before[name] for name in HOME}:
        move_person(session, person_id, home)
    return person_id


def _change_record(
    session: Any,
    record: type[Logged],
    record_id: str,
    values: dict[str, Any],
    reasons: dict[str, str],
    version: int | None,
) -> str:
    from resource_centre.services.saving import existing, write_changes

    found = existing(session, record, record_id)
    return write_changes(session, found, values, reasons, on=today(), version=version).id


def _plan(session: Any, person_id: str, values: dict[str, Any]) -> str:
    from resource_centre.services.follow_ups import plan_follow_up

    return plan_follow_up(session, person_id=person_id, **values).id
