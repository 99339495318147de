# SPDX-License-Identifier: Apache-2.0
"""What the indicators of the report are to come to in a year: a list, and the form of one target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.editors import Editor, IntegerEditor, NumberEditor
from ui.kit.pieces import GAP, label
from ui.kit.table import Column, Rows, RowsView
from ui.pages.column_form import ColumnForm
from ui.pages.form_place import FormPile
from ui.pages.record_form import RecordForm
from ui.pages.report_paper import indicator_value
from ui.pages.taking_back import offer_to_take_back

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.monthly.figures import MonthlyFigures
    from resource_centre.records import IndicatorTarget
    from resource_centre.services.indicator_definitions import Definition
    from ui.kit.form import Form

    Read = tuple[Mapping[str, Definition], Mapping[str, IndicatorTarget]]

DRAFT = "indicator_target"


@dataclass(frozen=True)
class TargetRow:
    """One indicator as the list shows it; `id` is its code."""

    id: str
    name: str
    target: str
    year: str
    reached: str


class WholeEditor(IntegerEditor):
    """A whole number that is kept among those with decimals."""

    def set_value(self, value: Any) -> None:
        """Show it without needless zeros."""
        whole = value is not None and float(value).is_integer()
        super().set_value(int(value) if whole else value)


class Targets(QWidget):
    """Every indicator with its target; Enter opens the form of one."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.year = 0
        self.heading = label("", "heading")
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Targets of the year"), nothing=_("One moment…"))
        self.pile = FormPile()
        self._figures: MonthlyFigures | None = None
        self._kept: Mapping[str, IndicatorTarget] = {}
        self._fund: str | None = None
        seen = QWidget()
        under = QVBoxLayout(seen)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(GAP)
        under.addWidget(self.heading)
        under.addWidget(self.list, 1)
        help_line = _("Enter sets a target. The year is as far as the report that was looked at last.")
        under.addWidget(label(help_line, "help", wrap=True))
        self.pile.addWidget(seen)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.pile)
        self.list.chosen.connect(self.begin)

    def open(self, year: int, figures: MonthlyFigures | None, *, fund: str | None = None) -> None:
        """Show the targets of a year, beside these figures of it if there are any; with `fund` those of a project."""
        if (year, fund) != (self.year, self._fund):
            self.pile.close_form()
        self.year, self._figures, self._fund = year, figures, fund
        self.heading.setText(_("Targets of {year}").format(year=year))
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        year, fund = self.year, self._fund
        self.desk.worker.read(
            lambda session: _read(session, year, fund), self._show, replaces="indicator-targets", quiet=True, owner=self
        )

    def begin(self, code: str) -> None:
        """The form of an indicator's target."""
        year, fund = self.year, self._fund
        self.desk.worker.read(lambda session: _read_one(session, code, year, fund), self._open, owner=self)

    # Inside

    def _show(self, found: Read) -> None:
        definitions, self._kept = found
        self.rows.show_rows(list(_rows(definitions, self._kept, self._figures)))
        if self.list.current_id() is None:
            self.list.selectRow(0)

    def _open(self, found: tuple[Definition, IndicatorTarget]) -> None:
        definition, record = found
        self.pile.open_form(lambda: target_form(self.desk, definition, record, self._saved, self._close))

    def _saved(self, _result: object) -> None:
        self.desk.messages.done(_("Saved."))
        self.saved.emit()
        self._close()
        self.refresh()

    def _close(self) -> None:
        self.pile.close_form()
        self.list.setFocus()


def _read(session: Session, year: int, fund: str | None) -> Read:
    from resource_centre.services.indicator_definitions import latest_definitions
    from resource_centre.services.indicator_targets import targets_of

    return latest_definitions(session), targets_of(session, year, fund=fund)


def _read_one(session: Session, code: str, year: int, fund: str | None) -> tuple[Definition, IndicatorTarget]:
    from resource_centre.services.indicator_definitions import latest_definitions
    from resource_centre.services.indicator_targets import target_of

    record = target_of(session, code, year, fund=fund)
    return latest_definitions(session)[code], record


def target_form(
    desk: Desk,
    definition: Definition,
    record: IndicatorTarget,
    saved: Callable[[Any], None],
    cancelled: Callable[[], None],
) -> RecordForm:
    """What an indicator is to come to in a year, and where that is written."""
    from resource_centre.records import IndicatorTarget, fields_of
    from resource_centre.services.indicator_targets import remove_target, set_target

    code, year, fund = definition.code, int(record.year or 0), record.fund
    known = {field.name: field for field in fields_of(IndicatorTarget)}
    unit = definition.unit
    editor: Editor = NumberEditor() if unit in ("percent", "points", "score") else WholeEditor()
    form = ColumnForm(desk.places, columns=1)
    form.section("target", "", note=_unit_words(unit))
    form.add_field(known["target"], editor)
    form.add_field(known["source"], help=_("Where it is written, such as an agreement or the plan of the year."))
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values, version = form.values(), form.version
        return lambda session: str(
            set_target(session, code, year, values["target"], values["source"], fund=fund, version=version).id
        )

    heading = _("{indicator}, target of {year}").format(indicator=definition.name(), year=year)
    made = RecordForm(
        desk, heading, form,
        name=DRAFT, record_id=record.id, write=write, saved=saved, cancelled=cancelled, about=record,
    )  # fmt: skip
    # The texts of the month are beside it, with a Save of their own.
    made.save_button.setText(_("Save the target"))
    made.save_button.setAccessibleName(_("Save the target"))
    form.set_values(record)
    if record.version:
        offer_to_take_back(made, lambda session, why: remove_target(session, code, year, why, fund=fund), saved)
    return made


def _unit_words(unit: str) -> str:
    words = {
        "percent": _("In per cent. The report prints the difference to it."),
        "points": _("In points. The report prints the difference to it."),
        "score": _("As a change of the score. The report prints the difference to it."),
        "hours": _("In hours."),
        "people": _("In people, of either sex together."),
    }
    return words.get(unit, "")


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Indicator"), lambda row: row.name),
        Column(_("Target"), lambda row: row.target, width=11, right=True),
        Column(_("Year"), lambda row: row.year, width=11, right=True, spare=True),
        Column(_("Reached"), lambda row: row.reached, width=7, right=True),
    )


def _rows(
    definitions: Mapping[str, Definition], kept: Mapping[str, IndicatorTarget], figures: MonthlyFigures | None
) -> Iterator[TargetRow]:
    from reports.monthly.counts import BySex
    from reports.monthly.targets import target_line
    from reports.monthly.values import reached_words, target_words

    shown = {one.code: one for one in figures.frames.indicators} if figures is not None else {}
    for code, definition in definitions.items():
        year = shown[code].year if code in shown else None
        set_to = kept[code].target if code in kept else None
        total = year.total if isinstance(year, BySex) else year
        line = target_line(code, set_to, total, of=definition) if set_to is not None else None
        yield TargetRow(
            id=code,
            name=definition.name(),
            target=target_words(line, language()) if line is not None else "",
            year=indicator_value(year, definition.unit) if code in shown and total is not None else "",
            reached=reached_words(line, language()) if line is not None and total is not None else "",
        )
