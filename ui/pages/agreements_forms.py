# SPDX-License-Identifier: Apache-2.0
"""The forms of a commitment: what was agreed, what became of it, and why it is taken up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Commitment, fields_of
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor, ParagraphEditor
from ui.kit.editors_dates import mean
from ui.kit.form import Form
from ui.pages.agreements_store import COMMITMENT, ENDING, NEW_COMMITMENT, REOPENING, institution_names
from ui.pages.agreements_words import DONE
from ui.pages.column_form import ColumnForm
from ui.pages.entry_form import Cancelled, Done, Saving, entry_form
from ui.pages.record_form import RecordForm
from ui.pages.suggested_text import SuggestedTextEditor
from ui.pages.taking_back import offer_to_take_back

OPEN, CLOSED = "open", "closed"


def states(group: str) -> list[tuple[str, str]]:
    """The states before or after the end, with their words."""
    return [(one.code, one.label()) for one in vocabulary("commitment_state").terms if one.group == group]


def has_ended(record: Commitment) -> bool:
    """Whether nothing more is to be done."""
    term = vocabulary("commitment_state").get(record.state)
    return term is not None and term.group == CLOSED


def commitment_form(
    desk: Desk, event_id: str, held_on: date | None, record: Commitment | None, saved: Done, cancelled: Cancelled
) -> RecordForm:
    """What was agreed, by whom and until when; of one that has ended also how."""
    from resource_centre.services.commitments import change_commitment, take_back_commitment, write_commitment

    known = {field.name: field for field in fields_of(Commitment)}
    ended = record is not None and has_ended(record)
    form = ColumnForm(desk.places, columns=1)
    form.section("what", "")
    form.add_field(known["kind"])
    form.add_field(known["what"], ParagraphEditor(lines=2))
    form.add_field(known["responsible"])
    form.add_field(known["organisation"], SuggestedTextEditor(desk, institution_names))
    form.side_by_side("responsible", "organisation")
    form.add_field(known["due_on"])
    mean(form.editor("due_on"), "future", lambda: held_on or today())
    if not ended:
        form.add_field(known["state"], ChoiceEditor(states(OPEN)))
        form.side_by_side("due_on", "state", noted=True)
    else:
        _ask_for_the_end(form, known)
    form.close_columns()

    def add(session: Any, values: dict[str, Any], why: Any) -> Commitment:
        return write_commitment(session, event_id, values, why)

    heading = _("A new commitment") if record is None else _("Change a commitment")
    saving = Saving(NEW_COMMITMENT if record is None else COMMITMENT, event_id, add, change_commitment)
    usual = {"kind": "kesepakatan", "state": "terbuka"}
    made = entry_form(desk, heading, form, record, saving, (saved, cancelled), usual=usual)
    if record is not None:
        commitment_id = record.id
        offer_to_take_back(made, lambda session, why: take_back_commitment(session, commitment_id, why), saved)
    return made


def ending_form(desk: Desk, record: Commitment, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Done or dropped, on which day, and what became of it."""
    from resource_centre.services.commitments import end_commitment

    known = {field.name: field for field in fields_of(Commitment)}
    form = ColumnForm(desk.places, columns=1)
    _ask_for_the_end(form, known, note=record.what or "")
    form.close_columns()
    version = record.version

    def write(form: Form) -> Callable[[Any], str]:
        values = form.values()
        return lambda session: str(end_commitment(session, record.id, **values, version=version).id)

    made = RecordForm(
        desk, _("What became of it?"), form,
        name=ENDING, record_id=record.id, write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip
    form.set_values({"state": DONE, "ended_on": today(), "result": record.result})
    return made


def reopening_form(desk: Desk, record: Commitment, saved: Done, cancelled: Cancelled) -> RecordForm:
    """Why what had ended is taken up again, and until when."""
    from resource_centre.services.commitments import reopen_commitment

    known = {field.name: field for field in fields_of(Commitment)}
    form = ColumnForm(desk.places, columns=1)
    form.section("again", "", note=record.what or "")
    form.add_field(known["reopened_because"], ParagraphEditor(lines=2))
    form.add_field(known["due_on"])
    mean(form.editor("due_on"), "future")
    form.close_columns()
    version = record.version

    def write(form: Form) -> Callable[[Any], str]:
        reason, due = form.values()["reopened_because"] or "", form.values()["due_on"]
        return lambda session: str(reopen_commitment(session, record.id, reason, due_on=due, version=version).id)

    made = RecordForm(
        desk, _("Take it up again"), form,
        name=REOPENING, record_id=record.id, write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip
    form.set_values({"due_on": record.due_on})
    return made


def end_or_reopen(desk: Desk, record: Commitment, saved: Done, cancelled: Cancelled) -> RecordForm:
    """The form that F4 opens: how an open one ended, or why an ended one is taken up again."""
    make = reopening_form if has_ended(record) else ending_form
    return make(desk, record, saved, cancelled)


def end_words(state: str | None) -> str:
    """What F4 does to a commitment in this state, with its letter."""
    term = vocabulary("commitment_state").get(state)
    return _("Take it &up again…") if term is not None and term.group == CLOSED else _("&Done or dropped…")


def _ask_for_the_end(form: ColumnForm, known: dict[str, Any], *, note: str = "") -> None:
    form.section("end", _("How it ended"), note=note)
    form.add_field(known["state"], ChoiceEditor(states(CLOSED)))
    form.add_field(known["ended_on"])
    form.side_by_side("state", "ended_on", noted=True)
    form.add_field(known["result"], ParagraphEditor(lines=2))
    for name in ("state", "ended_on"):
        form.rows[name].menu_button.hide()
