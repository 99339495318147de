# SPDX-License-Identifier: Apache-2.0
"""The form of a trainer: somebody registered or a name, what they teach, who trained them and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from resource_centre.i18n import _
from resource_centre.records import Trainer, fields_of
from ui.kit.desk import Desk
from ui.kit.editors_codes import CodeEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm
from ui.pages.savings_forms import MemberNameEditor
from ui.pages.trainers_store import Known
from ui.pages.trainers_words import event_words, trainer_words
from ui.pages.wording import home_of

Done = tuple[Callable[[Any], None], Callable[[], None]]

TEACHES = ("areas", "languages", "modules")
CERTIFIED = (("certified_on", "competence"), ("certified_by", "ended_on"))
LINKS = ("person_id", "trained_by_id", "trained_at_id")


def trainer_form(desk: Desk, known: Known, trainer: Trainer | None, done: Done, level: str | None = None) -> RecordForm:
    """One trainer, or a new one."""
    from resource_centre.services.trainers import change_trainer, register_trainer

    name = MemberNameEditor(desk)
    form = _form(desk, known, trainer, name)

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values() | {"person_id": name.person_id}, form.unanswered(), form.version
        if trainer is None:
            return lambda session: str(register_trainer(session, values, why).id)
        # What was not touched here may have been changed elsewhere meanwhile.
        same = {link for link in LINKS if values[link] == getattr(trainer, link)}
        changes = {field: value for field, value in values.items() if field not in same}
        return lambda session: str(change_trainer(session, trainer.id, changes, why, version=version).id)

    saved, cancelled = done
    made = RecordForm(
        desk,
        _("A new trainer") if trainer is None else _("Change a trainer"),
        form,
        name="trainer",
        record_id=trainer.id if trainer is not None else None,
        write=write,
        saved=saved,
        cancelled=cancelled,
        about=trainer,
    )
    form.set_values(trainer if trainer is not None else {"level": level})
    name.person_id = trainer.person_id if trainer is not None else None
    return made


def _form(desk: Desk, known: Known, trainer: Trainer | None, name: MemberNameEditor) -> ColumnForm:
    fields = {field.name: field for field in fields_of(Trainer)}
    form = ColumnForm(desk.places, columns=2)
    form.section("who", _("Who it is"))
    form.add_field(fields["name"], name, help=_("Registered people with this name are offered as you type; ↓ chooses."))
    form.add_fields(fields.values(), "sex", "organisation", "phone")
    form.section("teaches", _("What they teach"))
    form.add_fields(fields.values(), "level", *TEACHES)
    form.section("certified", _("Training and certificate"), column=1)
    others = [(one.id, trainer_words(one)) for one in known.trainers if trainer is None or one.id != trainer.id]
    form.add_row(FormRow("trained_by_id", _("Trained by"), CodeEditor(others), help=_("Empty for the first trainers.")))
    events = [(one.id, event_words(one, desk.places, home_of(desk))) for one in known.events]
    form.add_row(FormRow("trained_at_id", _("At the training of trainers"), CodeEditor(events)))
    for line in CERTIFIED:
        form.add_fields(fields.values(), *line)
        form.side_by_side(*line, noted=True)
    form.section("remarks", "", column=1)
    form.add_fields(fields.values(), "remarks")
    form.close_columns()
    return form
