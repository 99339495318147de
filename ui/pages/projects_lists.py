# SPDX-License-Identifier: Apache-2.0
"""The lists of the page of projects and frames: each with one form at a time in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.form_place import FormPile
from ui.pages.projects_forms import Finish, edition_form, indicator_form, line_form, new_edition_form, project_form
from ui.pages.projects_store import (
    CENTRE,
    Choices,
    IndicatorRow,
    LineRow,
    Look,
    indicator_choices,
    project_choices,
    read_indicator,
    read_indicators,
    read_line,
    read_lines,
    read_projects,
)
from ui.pages.record_form import RecordForm
from ui.pages.wording import decimal, term, whole_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import LogframeLine, Project

WIDE_CHOICE = 34


class ListPart(QWidget):
    """A list; Enter opens one, F2 begins a new one. What is typed and not saved stays a draft."""

    changed = Signal()
    """A form was opened or closed."""

    def __init__(self, desk: Desk, columns: tuple[Column, ...], name: str, helps: str) -> None:
        super().__init__()
        self.desk = desk
        self.rows = Rows(desk.worker, columns)
        self.list = RowsView(self.rows, name, nothing=_("One moment…"))
        self.pile = FormPile()
        self.above = QVBoxLayout()
        self.side = QWidget()
        self._wanted: str | None = None
        seen = QVBoxLayout(self.side)
        seen.setContentsMargins(0, 0, 0, 0)
        seen.setSpacing(GAP)
        seen.addLayout(self.above)
        seen.addWidget(self.list, 1)
        seen.addWidget(label(helps, "help", wrap=True))
        self.pile.addWidget(self.side)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.pile)
        self.list.chosen.connect(self.open_one)
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        shortcut = QShortcut(QKeySequence("F2"), self.side)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    def refresh(self) -> None:
        """Read the list again."""
        raise NotImplementedError

    def begin(self) -> None:
        """An empty form."""
        raise NotImplementedError

    def open_one(self, one_id: str) -> None:
        """The form of one."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """The list, or the form that is open."""
        form = self.pile.form
        return self.list if form is None else next(iter(form.form.rows.values())).editor

    def leave(self) -> None:
        """Keep what is typed."""
        if self.pile.form is not None:
            self.pile.form.keeper.write_now()

    # Inside

    def _ask(self, read: Callable[[Session], list[Any]]) -> None:
        self.rows.ask(lambda session, last, _limit: [] if last is not None else read(session))

    def _put(self, make: Callable[[Finish], RecordForm]) -> None:
        self.pile.open_form(lambda: make((self._saved, self._close)))
        self.changed.emit()

    def _saved(self, one_id: Any) -> None:
        self.desk.messages.done(_("Saved."))
        self._wanted = str(one_id)
        self._close()
        self.refresh()

    def _close(self) -> None:
        self.pile.close_form()
        self.list.setFocus()
        self.changed.emit()

    def _counted(self, count: int) -> None:
        self.list.say_when_empty(self._nothing())
        wanted, self._wanted = self._wanted, None
        place = self.rows.position_of(wanted) if wanted else -1
        if count and (place >= 0 or not self.list.currentIndex().isValid()):
            self.list.selectRow(max(0, place))

    def _nothing(self) -> str:
        return _("Nothing found.")


class ProjectList(ListPart):
    """All projects."""

    def __init__(self, desk: Desk) -> None:
        helps = _("Enter opens a project, F2 begins a new one. Records bear its code as their fund.")
        super().__init__(desk, _project_columns(), _("Projects"), helps)
        self.rows.refresh_on("Project")

    def refresh(self) -> None:
        """Read the list again."""
        self._ask(read_projects)

    def begin(self) -> None:
        """A new project."""
        self._put(lambda finish: project_form(self.desk, None, finish))

    def open_one(self, one_id: str) -> None:
        """The form of a project."""
        from resource_centre.records import Project
        from resource_centre.services.saving import existing

        def show(record: Project) -> None:
            self._put(lambda finish: project_form(self.desk, record, finish))

        self.desk.worker.read(lambda session: existing(session, Project, one_id), show, owner=self)

    def _nothing(self) -> str:
        return _("No project yet. F2 writes down the first one.")


class LogframeList(ListPart):
    """The lines of the centre's own logframe, or of a project's."""

    def __init__(self, desk: Desk) -> None:
        helps = _("Enter opens a line, F2 adds one. The report prints them with what they are measured by.")
        super().__init__(desk, _line_columns(), _("Logframe"), helps)
        self.whose = ComboBox()
        self.whose.setAccessibleName(_("Whose logframe"))
        self.whose.setMinimumContentsLength(WIDE_CHOICE)
        self.whose.addItem(_("The centre's own"), CENTRE)
        self.above.addLayout(row(label(_("Whose logframe"), "caption"), self.whose, None))
        self.whose.activated.connect(lambda _at: self.refresh())
        self.rows.refresh_on("LogframeLine")
        self._meant: str | None = None

    @property
    def project_id(self) -> str | None:
        """The project that is chosen, or is going to be as soon as it is known; None for the centre."""
        return str(self._meant if self._meant is not None else self.whose.currentData() or "") or None

    def refresh(self) -> None:
        """Read the list again, and the projects there are."""
        project_id = self.project_id
        self._ask(lambda session: read_lines(session, project_id))
        self.desk.worker.read(project_choices, self._offer, replaces="logframe-projects", quiet=True, owner=self)

    def choose(self, project_id: str | None) -> None:
        """Show the logframe of a project."""
        self._meant = project_id or CENTRE
        self._take_meant()
        self.refresh()

    def begin(self) -> None:
        """A new line."""
        project_id = self.project_id

        def show(indicators: Choices) -> None:
            self._put(lambda finish: line_form(self.desk, None, project_id, indicators, finish))

        self.desk.worker.read(indicator_choices, show, owner=self)

    def open_one(self, one_id: str) -> None:
        """The form of a line."""

        def show(found: tuple[LogframeLine, Choices]) -> None:
            record, indicators = found
            self._put(lambda finish: line_form(self.desk, record, record.project_id, indicators, finish))

        self.desk.worker.read(lambda session: read_line(session, one_id), show, owner=self)

    def _offer(self, projects: Choices) -> None:
        kept = self.whose.currentData()
        self.whose.clear()
        for value, words in ((CENTRE, _("The centre's own")), *projects):
            self.whose.addItem(words, value)
        self.whose.setCurrentIndex(max(0, self.whose.findData(kept)))
        another = self._take_meant()
        self._meant = None
        if another:
            self.refresh()

    def _take_meant(self) -> bool:
        """Whether another logframe is chosen now, since its project is known."""
        place = self.whose.findData(self._meant) if self._meant is not None else -1
        if place < 0:
            return False
        self._meant = None
        another = place != self.whose.currentIndex()
        self.whose.setCurrentIndex(place)
        return another

    def _nothing(self) -> str:
        return _("No line yet. F2 writes down the first one, such as the goal.")


class IndicatorList(ListPart):
    """Every indicator in its last edition."""

    def __init__(self, desk: Desk) -> None:
        helps = _("Enter opens an indicator: its last edition, or a new one. F2 defines one of the centre's own.")
        super().__init__(desk, _indicator_columns(), _("Indicators"), helps)
        self.rows.refresh_on("IndicatorDefinition")

    def refresh(self) -> None:
        """Read the list again."""
        self._ask(read_indicators)

    def begin(self) -> None:
        """A new indicator of the centre's own."""
        self._put(lambda finish: indicator_form(self.desk, finish))

    def open_one(self, one_id: str) -> None:
        """The form of an indicator."""

        def show(look: Look) -> None:
            def anew() -> None:
                self._put(lambda finish: new_edition_form(self.desk, look, finish))

            self._put(lambda finish: edition_form(self.desk, look, finish, anew))

        self.desk.worker.read(lambda session: read_indicator(session, one_id), show, owner=self)


def _project_columns() -> tuple[Column, ...]:
    def days(one: Project) -> str:
        return " – ".join(show_date(day) if day is not None else "…" for day in (one.starts_on, one.ends_on))

    def budget(one: Project) -> str:
        return amount_words(one.budget, one.currency) if one.budget is not None else ""

    return (
        Column(_("Code"), lambda one: one.code or "", width=14),
        Column(_("Name"), lambda one: one.name or ""),
        Column(_("Who pays"), lambda one: one.donor or "", width=24, spare=True),
        Column(_("Period"), lambda one: days(one) if one.starts_on or one.ends_on else "", width=30),
        Column(_("Budget"), budget, width=18, right=True, spare=True),
    )


def _line_columns() -> tuple[Column, ...]:
    def indent(one: LineRow) -> str:
        from resource_centre.vocabulary import vocabulary

        codes = vocabulary("logframe_level").codes
        return "    " * (codes.index(one.level) if one.level in codes else 0)

    return (
        Column(_("Number"), lambda one: one.code, width=9),
        Column(_("Level"), lambda one: term("logframe_level", one.level), width=12),
        Column(_("What is to be reached"), lambda one: indent(one) + one.statement),
        Column(_("Measured by"), lambda one: one.indicators, width=34, spare=True),
    )


def _indicator_columns() -> tuple[Column, ...]:
    def edition(one: IndicatorRow) -> str:
        if one.last.record_id is None:
            return _("The program's")
        words = _("{edition}, from {day}")
        return words.format(edition=one.last.edition, day=show_date(one.last.valid_from))

    return (
        Column(_("Indicator"), lambda one: one.last.name()),
        Column(_("Edition"), edition, width=24),
        Column(_("Global Compact"), lambda one: ", ".join(one.last.gcm), width=15, spare=True),
        Column(_("SDG"), lambda one: ", ".join(one.last.sdg), width=14, spare=True),
        Column(_("Baseline"), lambda one: _plain(one.last.baseline), width=10, right=True),
    )


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return whole_number(int(value)) if float(value).is_integer() else decimal(value, 1)
