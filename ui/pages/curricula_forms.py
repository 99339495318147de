# SPDX-License-Identifier: Apache-2.0
"""The forms of a curriculum: its particulars, and one of its modules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _
from resource_centre.records import Curriculum, CurriculumModule, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.editors_codes import CodeEditor
from ui.kit.form import Form
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from ui.pages.curricula_store import CurriculumLook

Done = tuple[Callable[[Any], None], Callable[[], None]]
LINES_OF_OBJECTIVES = 6


def curriculum_form(desk: Desk, record: Curriculum | None, done: Done) -> RecordForm:
    """Name, version and source of a draft, or of a curriculum that is begun."""
    from resource_centre.services.curricula import begin_curriculum, change_curriculum

    form = ColumnForm(desk.places, columns=1)
    form.section("curriculum", "")
    form.add_fields(fields_of(Curriculum), "name", "edition", "source", "remarks")
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(begin_curriculum(session, values, why).id)
        return lambda session: str(change_curriculum(session, record.id, values, why, version=version).id)

    heading = _("A new curriculum") if record is None else _("Particulars of the curriculum")
    made = RecordForm(
        desk, heading, form,
        name="curriculum", record_id=record.id if record else None, write=write, saved=done[0], cancelled=done[1],
        about=record,
    )  # fmt: skip
    form.set_values(record if record is not None else {"edition": "1"})
    return made


def module_form(desk: Desk, look: CurriculumLook, module_id: str | None, done: Done) -> RecordForm:
    """One module of a draft, or a new one."""
    from resource_centre.services.curriculum_modules import add_module, change_module

    record = look.records.get(module_id or "")
    form = _module_questions(desk, look.tests)
    curriculum_id = look.row.id

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(add_module(session, curriculum_id, values, why).id)
        return lambda session: str(change_module(session, record.id, values, why, version=version).id)

    heading = _("A new module") if record is None else _("Change a module")
    made = RecordForm(
        desk, heading, form,
        name="curriculum_module", record_id=record.id if record else curriculum_id, write=write, saved=done[0],
        cancelled=done[1], about=record,
    )  # fmt: skip
    form.set_values(record if record is not None else {})
    return made


def _module_questions(desk: Desk, tests: Sequence[tuple[str, str]]) -> ColumnForm:
    known = {field.name: field for field in fields_of(CurriculumModule)}
    one_a_line = _("One on each line.")
    form = ColumnForm(desk.places, columns=1)
    form.section("module", "")
    form.add_fields(known.values(), "title", "module", "minutes")
    form.side_by_side("title", "module", "minutes", shares=(5, 4, 2), noted=True)
    form.add_field(known["phases"])
    form.add_field(known["objectives"], ParagraphEditor(lines=LINES_OF_OBJECTIVES), help=one_a_line)
    form.add_field(known["materials"], help=one_a_line)
    form.add_field(known["test"], CodeEditor(list(tests)), help=_("Asked before and after, to see what was learnt."))
    form.close_columns()
    return form
