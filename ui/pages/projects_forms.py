# SPDX-License-Identifier: Apache-2.0
"""The forms of projects, lines of a logframe and editions of indicators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import IndicatorDefinition, LogframeLine, Project, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.editors_codes import CodesEditor
from ui.kit.editors_dates import mean
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.pieces import button, row
from ui.pages.column_form import ColumnForm
from ui.pages.projects_figure import FigureEditor
from ui.pages.projects_store import EDITION, LINE, NEW_EDITION, NEW_INDICATOR, NEW_LINE, NEW_PROJECT, PROJECT, Choices
from ui.pages.record_form import RecordForm
from ui.pages.taking_back import offer_to_take_back

if TYPE_CHECKING:
    from ui.pages.projects_store import Look

Finish = tuple[Callable[[Any], None], Callable[[], None]]
"""What to do when it is saved, and when it is cancelled."""
STATEMENT_LINES, TEXT_LINES, SHORT_LINES = 3, 4, 2


def project_form(desk: Desk, record: Project | None, finish: Finish) -> RecordForm:
    """What a project is called, who pays it, from when until when, and how much."""
    from resource_centre.services.projects import change_project, withdraw_project, write_project

    known = {field.name: field for field in fields_of(Project)}
    form = ColumnForm(desk.places)
    form.section("what", _("The project"))
    form.add_fields(known.values(), "code", "name", "donor")
    form.add_field(known["purpose"], ParagraphEditor(lines=STATEMENT_LINES))
    form.section("when", _("Time and money"), column=1)
    form.add_fields(known.values(), "starts_on", "ends_on")
    form.side_by_side("starts_on", "ends_on", noted=True)
    form.add_fields(known.values(), "budget", "currency")
    form.side_by_side("budget", "currency", noted=True)
    form.follow_currency("currency", "budget")
    form.close_columns()
    for name in ("starts_on", "ends_on"):
        mean(form.editor(name), "either")

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(write_project(session, values, why).id)
        return lambda session: str(change_project(session, record.id, values, why, version=version).id)

    made = _record_form(
        desk, _("A new project") if record is None else _("Change a project"), form,
        name=NEW_PROJECT if record is None else PROJECT, about_id=record.id if record else None, write=write,
        finish=finish, record=record,
    )  # fmt: skip
    form.set_values(record if record is not None else {"currency": "IDR"})
    if record is not None:
        offer_to_take_back(made, lambda session, why: withdraw_project(session, record.id, why), finish[0])
    return made


def line_form(
    desk: Desk, record: LogframeLine | None, project_id: str | None, indicators: Choices, finish: Finish
) -> RecordForm:
    """A line of a logframe, with what it is measured by."""
    from resource_centre.services.logframe import change_line, withdraw_line, write_line

    known = {field.name: field for field in fields_of(LogframeLine)}
    form = ColumnForm(desk.places, columns=1)
    form.section("line", "")
    form.add_fields(known.values(), "level", "code")
    form.side_by_side("level", "code", noted=True)
    form.add_field(known["statement"], ParagraphEditor(lines=STATEMENT_LINES))
    chosen = FormRow("indicators", _("Measured by"), CodesEditor(indicators), help=_("Indicators, as many as needed."))
    chosen.menu_button.hide()
    form.add_row(chosen)
    for name in ("means", "assumptions"):
        form.add_field(known[name], ParagraphEditor(lines=SHORT_LINES))
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(write_line(session, project_id, values, why).id)
        return lambda session: str(change_line(session, record.id, values, why, version=version).id)

    made = _record_form(
        desk, _("A new line of the logframe") if record is None else _("Change a line of the logframe"), form,
        name=NEW_LINE if record is None else LINE, about_id=record.id if record else project_id, write=write,
        finish=finish, record=record,
    )  # fmt: skip
    form.set_values(record if record is not None else {"level": "goal"})
    if record is not None:
        offer_to_take_back(made, lambda session, why: withdraw_line(session, record.id, why), finish[0])
    return made


def indicator_form(desk: Desk, finish: Finish) -> RecordForm:
    """An indicator of the centre's own."""
    from resource_centre.services.indicator_editions import write_indicator

    form = _indicator_fields(desk, own=True, new=True)

    def write(form: Form) -> Callable[[Any], str]:
        values, why = _with_unit(form.values()), form.unanswered()
        return lambda session: str(write_indicator(session, values, why).indicator)

    heading = _("A new indicator of the centre's own")
    made = _record_form(desk, heading, form, name=NEW_INDICATOR, about_id=None, write=write, finish=finish)
    form.set_values({"valid_from": today().replace(month=1, day=1), "direction": "more"})
    return made


def edition_form(desk: Desk, look: Look, finish: Finish, anew: Callable[[], None]) -> RecordForm:
    """The last edition to correct, as long as no report was handed over with it; otherwise a new one.

    `anew` leads from the correction to the form of a new edition.
    """
    if look.correctable is None:
        return new_edition_form(desk, look, finish)
    made = _correction(desk, look, finish)
    inside = made.layout()
    assert isinstance(inside, QVBoxLayout)
    another = button(_("Write a new edition that is valid from later on"), anew, role="link")
    inside.insertLayout(inside.count() - 1, row(another, None))
    return made


def new_edition_form(desk: Desk, look: Look, finish: Finish) -> RecordForm:
    """An edition that begins with what the last one says."""
    from resource_centre.services.indicator_definitions import values_of
    from resource_centre.services.indicator_editions import write_edition

    last = look.last
    form = _indicator_fields(desk, own=last.own, new=False)

    def write(form: Form) -> Callable[[Any], str]:
        values, why = _with_unit(form.values(), last.unit), form.unanswered()
        return lambda session: str(write_edition(session, last.code, values, why).indicator)

    heading = _("{indicator}: a new edition").format(indicator=last.name())
    made = _record_form(desk, heading, form, name=NEW_EDITION, about_id=look.next_id, write=write, finish=finish)
    form.set_values(values_of(last) | {"valid_from": today().replace(day=1)})
    return made


def _correction(desk: Desk, look: Look, finish: Finish) -> RecordForm:
    from resource_centre.services.indicator_editions import correct_edition, withdraw_edition

    last, record = look.last, look.correctable
    assert record is not None
    form = _indicator_fields(desk, own=last.own, new=False)

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = _with_unit(form.values(), last.unit), form.unanswered(), form.version
        return lambda session: str(correct_edition(session, record.id, values, why, version=version).indicator)

    heading = _("{indicator}: edition {edition}").format(indicator=last.name(), edition=last.edition)
    made = _record_form(
        desk, heading, form, name=EDITION, about_id=record.id, write=write, finish=finish, record=record
    )  # fmt: skip
    form.set_values(record)
    offer_to_take_back(made, lambda session, why: withdraw_edition(session, record.id, why), finish[0])
    return made


def _indicator_fields(desk: Desk, *, own: bool, new: bool) -> ColumnForm:
    known = {field.name: field for field in fields_of(IndicatorDefinition)}
    form = ColumnForm(desk.places)
    note = _("Reports print the edition that was in force on the last day of their period.")
    form.section("what", _("What it counts"), note=note)
    if new:
        form.add_field(known["indicator"], help=_("A short code in small letters, for example women_trained."))
    form.add_field(known["valid_from"])
    if own:
        form.add_field(known["formula"], FigureEditor(desk.places), help=_("What reports count for it."))
        form.rows["formula"].menu_button.hide()
    form.add_fields(known.values(), "name_id", "name_en")
    for name in ("text_id", "text_en"):
        form.add_field(known[name], ParagraphEditor(lines=TEXT_LINES))
    form.section("frames", _("What it belongs to"), column=1)
    form.add_fields(known.values(), "gcm", "sdg", "direction")
    form.section("baseline", _("Where it began"), column=1)
    form.add_fields(known.values(), "baseline", "baseline_on")
    form.side_by_side("baseline", "baseline_on", noted=True)
    form.add_field(known["baseline_source"])
    form.section("more", "", column=1)
    form.add_fields(known.values(), "disaggregation", "means")
    form.close_columns()
    mean(form.editor("valid_from"), "either")
    return form


def _with_unit(values: dict[str, Any], unit: str | None = None) -> dict[str, Any]:
    """The figure says in which unit it is."""
    from reports.monthly.frames_own import read_formula

    read = read_formula(values.get("formula"))
    return values | {"unit": read.unit if read is not None else unit}


def _record_form(
    desk: Desk,
    heading: str,
    form: ColumnForm,
    *,
    name: str,
    about_id: str | None,
    write: Callable[[Form], Callable[[Any], str]],
    finish: Finish,
    record: Any = None,
) -> RecordForm:
    saved, cancelled = finish
    return RecordForm(
        desk, heading, form, name=name, record_id=about_id, write=write, saved=saved, cancelled=cancelled, about=record
    )  # fmt: skip
