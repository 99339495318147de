# SPDX-License-Identifier: Apache-2.0
"""What the coordinator writes to a month, beside what its year is to come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, label, row
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm
from ui.pages.report_targets import Targets

if TYPE_CHECKING:
    from reports.monthly.figures import MonthlyFigures
    from resource_centre.records import MonthNarrative
    from ui.kit.form import Form

LINES = 4
ORDER = ("achievements", "challenges", "story", "story_agreed", "next_plan")
DRAFT = "month_narrative"


class WordsView(QWidget):
    """The texts of one month at the left, the targets of its year at the right."""

    month_chosen = Signal(str)
    saved = Signal()
    """Something that stands in the report has changed."""

    def __init__(self, desk: Desk, months: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.desk = desk
        self.month = ComboBox()
        self.month.setAccessibleName(_("Month that is written to"))
        for code, words in months:
            self.month.addItem(words, code)
        self.form: RecordForm | None = None
        self.targets = Targets(desk)
        self._shown: str | None = None
        self._place = QVBoxLayout()
        self._lay_out()
        self.month.activated.connect(lambda _place: self._choose())
        self.targets.saved.connect(self.saved)

    def open(self, month: str, figures: MonthlyFigures | None) -> None:
        """Show what is written to a month; `figures` are those of the preview, if it is of this month."""
        self.month.setCurrentIndex(self.month.findData(month))
        self.targets.open(int(month[:4]), figures if figures is not None and figures.month.month == month else None)
        if self.form is None or self._shown != month:
            self._read(month)

    def leave(self) -> None:
        """Keep what is typed."""
        for form in (self.form, self.targets.pile.form):
            if form is not None:
                form.keeper.write_now()

    def first_field(self) -> QWidget:
        """The first text, or the month until it is there."""
        return self.form.form.editor(ORDER[0]) if self.form is not None else self.month

    # Inside

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addLayout(row(label(_("Month"), "caption"), self.month, None))
        left.addLayout(self._place)
        left.addStretch(1)
        both = row(scrolling(left), self.targets, gap=WIDE_GAP)
        both.setStretch(0, 5)
        both.setStretch(1, 6)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(both)

    def _choose(self) -> None:
        month = str(self.month.currentData())
        self.month_chosen.emit(month)
        self.open(month, None)

    def _read(self, month: str) -> None:
        from resource_centre.services.month_narratives import narrative_of

        self._close()
        self._shown = month
        self.desk.worker.read(
            lambda session: narrative_of(session, month), self._show, replaces="month-narrative", owner=self
        )

    def _show(self, record: MonthNarrative) -> None:
        if record.month != self._shown:
            return
        self._close()
        self.form = narrative_form(self.desk, record, (self._saved, self._cancelled))
        self._place.addWidget(self.form)
        self.form.show()
        self.form.begin()

    def _close(self) -> None:
        if self.form is not None:
            self.form.keeper.write_now()
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _saved(self, _result: object) -> None:
        self.desk.messages.done(_("Saved."))
        self.saved.emit()
        self._cancelled()

    def _cancelled(self) -> None:
        if self._shown is not None:
            self._read(self._shown)


def narrative_form(
    desk: Desk, record: MonthNarrative, done: tuple[Callable[[Any], None], Callable[[], None]]
) -> RecordForm:
    """The questions; on Save they are written on the version that was opened."""
    from resource_centre.records import MonthNarrative, fields_of
    from resource_centre.services.month_narratives import write_narrative

    known = {field.name: field for field in fields_of(MonthNarrative)}
    form = ColumnForm(desk.places, columns=1)
    note = _("Printed at the end of the report. Write nobody's name or number here.")
    form.section("words", "", note=note)
    for name in ORDER:
        field = known[name]
        form.add_field(field, ParagraphEditor(lines=LINES) if field.format == "paragraph" else None)
    form.close_columns()
    month = str(record.month)

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        return lambda session: str(write_narrative(session, month, values, why, version=version).id)

    made = RecordForm(
        desk, _("What the figures do not say"), form,
        name=DRAFT, record_id=record.id, write=write, saved=done[0], cancelled=done[1], about=record,
    )  # fmt: skip
    form.set_values(record)
    return made


def month_of_draft(about: str | None, months: Sequence[str]) -> str | None:
    """The month whose texts a draft holds; the id of a text follows from its month."""
    from resource_centre.services.month_narratives import narrative_id

    return next((month for month in months if narrative_id(month) == about), None)
