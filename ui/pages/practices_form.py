# SPDX-License-Identifier: Apache-2.0
"""The form of a good practice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Practice, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.form import Form
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm

Done = tuple[Callable[[Any], None], Callable[[], None]]
LINES_OF_SUMMARY = 6


def practice_form(desk: Desk, record: Practice | None, done: Done) -> RecordForm:
    """What is written of a practice, or of one that is new on the shelf."""
    from resource_centre.services.practices import change_practice, write_practice

    form = _questions(desk)

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(write_practice(session, values, why).id)
        return lambda session: str(change_practice(session, record.id, values, why, version=version).id)

    heading = _("A new good practice") if record is None else _("Change a good practice")
    made = RecordForm(
        desk, heading, form,
        name="practice", record_id=record.id if record else None, write=write, saved=done[0], cancelled=done[1],
        about=record,
    )  # fmt: skip
    form.set_values(record if record is not None else {"noted_on": today()})
    return made


def _questions(desk: Desk) -> ColumnForm:
    known = {field.name: field for field in fields_of(Practice)}
    form = ColumnForm(desk.places, columns=1)
    form.section("practice", "", note=_("Nothing on the shelf is about a client: write nobody's name or number here."))
    form.add_field(known["title"])
    form.add_fields(known.values(), "institution", "country", "noted_on")
    form.side_by_side("institution", "country", "noted_on", shares=(5, 4, 3), noted=True)
    form.add_field(known["summary"], ParagraphEditor(lines=LINES_OF_SUMMARY))
    form.add_fields(known.values(), "result", "needed")
    form.add_fields(known.values(), "tags", "own_tags")
    form.side_by_side("tags", "own_tags", noted=True)
    form.add_field(known["source"])
    form.close_columns()
    return form
