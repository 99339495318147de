# SPDX-License-Identifier: Apache-2.0
"""Picking a page of the report book: what is counted, by what, in which time, shown how; seen while it is picked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from resource_centre.errors import Refused
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.editors_place import PlaceEditor
from ui.kit.pieces import GAP, button, label, row
from ui.pages.report_book_store import plan_of, save
from ui.pages.report_choices import LEVELS
from ui.pages.report_period import combo

if TYPE_CHECKING:
    from resource_centre.services.report_book import BookPage, Plan

FORM: Final = "report_book"
PAUSE_MS: Final = 250
COUNTS: Final = (1, 2, 3, 4, 6, 12, 13, 24)
SHORT: Final = 3


class BookForm(QWidget):
    """Every choice is made with the keyboard; `tried` tells a plan whenever another one is picked."""

    tried = Signal(str, object)
    saved = Signal(str)
    left = Signal()
    edited = Signal()

    def __init__(self, desk: Desk, page: BookPage | None, funds: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.desk, self.page = desk, page
        self.title = QLineEdit()
        self.title.setAccessibleName(_("Title"))
        self.measure = combo(_("What is counted"), list(_measures()))
        self.rows, self.columns = combo(_("In lines by"), []), combo(_("In columns by"), [])
        self.length = combo(_("Length of the periods"), _lengths())
        self.count = combo(_("How many periods"), [])
        self.shown = combo(_("Shown as"), _ways())
        self.place = PlaceEditor(desk.places, levels=LEVELS)
        self.place.introduce(_("Place"), "")
        self.place.line.setPlaceholderText(_("Whole centre"))
        self.fund = combo(_("Project"), [("", _("All projects")), *funds])
        self.in_report = QCheckBox(_("This page stands in the monthly report too"))
        self.problem = label("", "error", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._titled = False
        """Whether somebody wrote the title; otherwise it follows what is picked."""
        self._lay_out()
        self._take_measure()
        if page is not None and page.plan is not None:
            self._show_plan(page.title, page.plan)
        self._listen()
        self.keeper = desk.drafts.keep(FORM, self, record_id=page.id if page else None, parent=self)
        self.edited.connect(self.keeper.touch)

    def begin(self) -> None:
        """Show what is picked, with what was picked and never saved where there is such a draft."""
        self._try()
        self.keeper.offer(self.restore)

    def plan(self) -> Plan:
        """What is picked."""
        from resource_centre.services.report_book import Plan

        several = int(self.count.currentData() or 1)
        return Plan(
            measure=str(self.measure.currentData()),
            rows=str(self.rows.currentData() or ""),
            columns="" if several > 1 else str(self.columns.currentData() or ""),
            length=self.length.currentData(),
            count=several,
            shown=self.shown.currentData(),
            place=self.place.value(),
            fund=str(self.fund.currentData() or "") or None,
            in_report=self.in_report.isChecked(),
        )

    def save(self) -> None:
        """Put the page into the book."""
        title, plan, page = self.title.text(), self.plan(), self.page
        self.problem.hide()
        self.desk.worker.change(
            lambda session: save(session, title, plan, page), self._saved, self._refused, owner=self
        )

    def leave(self) -> None:
        """Back without saving; what was picked stays a draft."""
        self.keeper.write_now()
        self.left.emit()

    def typed(self) -> dict[str, Any]:
        """For the draft."""
        return {"title": self.title.text() if self._titled else "", "plan": self.plan().as_dict()}

    def restore(self, typed: dict[str, Any]) -> None:
        """From the draft."""
        plan = plan_of(typed.get("plan") or {})
        if plan is not None:
            self._show_plan(typed.get("title") or "", plan)
            self._try()

    # Inside

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SHORT)
        parts = (
            (_("What is counted"), self.measure),
            (_("In lines by"), self.rows),
            (_("In columns by"), self.columns),
            (_("Length of the periods"), self.length),
            (_("How many periods"), self.count),
            (_("Shown as"), self.shown),
            (_("Place"), self.place),
            (_("Project"), self.fund),
            (_("Title"), self.title),
        )
        for words, widget in parts:
            caption = label(words, "caption")
            caption.setBuddy(widget)
            inside.addWidget(caption)
            inside.addWidget(widget)
            inside.addSpacing(SHORT)
            if widget is self.fund and self.fund.count() == 1:
                caption.hide()
                widget.hide()
        inside.addWidget(self.in_report)
        inside.addWidget(self.problem)
        self.problem.hide()
        inside.addSpacing(GAP)
        self.save_button = button(_("Save page"), self.save, role="main", help="Ctrl+S")
        self.leave_button = button(_("Back"), self.leave, help="Esc")
        inside.addLayout(row(self.save_button, self.leave_button, None))
        inside.addStretch(1)

    def _listen(self) -> None:
        self.measure.activated.connect(lambda _at: self._take_measure())
        self.count.activated.connect(lambda _at: self._say_columns())
        for box in (self.measure, self.rows, self.columns, self.length, self.count, self.shown, self.fund):
            box.activated.connect(lambda _at: self._changed())
        self.length.activated.connect(lambda _at: self._fill_counts())
        self.place.settled.connect(self._changed)
        self.in_report.toggled.connect(lambda _on: self.edited.emit())
        self.title.textEdited.connect(self._take_title)
        self._pause.timeout.connect(self._try)
        for keys, act in (("Ctrl+S", self.save), ("Esc", self.leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _changed(self) -> None:
        self._propose_title()
        self.edited.emit()
        self._pause.start()

    def _take_title(self, text: str) -> None:
        self._titled = bool(text.strip())
        self.edited.emit()

    def _take_measure(self) -> None:
        """Only what fits the measure is offered; what was chosen stays when it fits the new one too."""
        from reports.measures.breakdowns import BREAKDOWNS
        from reports.measures.catalogue import MEASURES

        fitting = MEASURES[str(self.measure.currentData())].by
        offered = [("", _("Nothing, one line")), *((code, BREAKDOWNS[code].words) for code in fitting)]
        _refill(self.rows, offered)
        _refill(self.columns, [("", _("Nothing, one column")), *offered[1:]])
        self._fill_counts()
        self._propose_title()

    def _fill_counts(self) -> None:
        length = str(self.length.currentData())
        _refill(self.count, [(n, _so_many(length, n)) for n in COUNTS])
        self._say_columns()

    def _say_columns(self) -> None:
        """Several periods are the columns."""
        self.columns.setEnabled(int(self.count.currentData() or 1) == 1)

    def _propose_title(self) -> None:
        if self._titled:
            return
        told = [box.currentText() for box in (self.rows, self.columns) if box.currentData() and box.isEnabled()]
        measure = self.measure.currentText().rpartition(" · ")[2]
        self.title.setText(" · ".join((measure, *told)))

    def _show_plan(self, title: str, plan: Plan) -> None:
        self.measure.setCurrentIndex(max(0, self.measure.findData(plan.measure)))
        self._take_measure()
        self.length.setCurrentIndex(self.length.findData(plan.length))
        self._fill_counts()
        for box, code in ((self.rows, plan.rows), (self.columns, plan.columns), (self.shown, plan.shown),
                          (self.fund, plan.fund or "")):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(code)))
        if self.count.findData(plan.count) < 0:
            self.count.addItem(ngettext("{n} period", "{n} periods", plan.count).format(n=plan.count), plan.count)
        self.count.setCurrentIndex(self.count.findData(plan.count))
        self.place.set_value(plan.place)
        self.in_report.setChecked(plan.in_report)
        self._titled = bool(title)
        self.title.setText(title)
        self._say_columns()
        self._propose_title()

    def _try(self) -> None:
        self.tried.emit(self.title.text(), self.plan())

    def _saved(self, page_id: str) -> None:
        self.keeper.saved()
        self.desk.messages.done(_("The page is in the book."))
        self.saved.emit(page_id)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.problems:
            self.problem.setText(" ".join(problem.words() for problem in error.problems))
            self.problem.show()
            (self.title if error.problems[0].field == "title" else self.measure).setFocus()
            return
        self.desk.messages.show_error(error)


def _measures() -> Iterable[tuple[str, str]]:
    """Everything that can be counted, each behind its heading."""
    from reports.measures.catalogue import MEASURES

    for one in MEASURES.values():
        yield one.code, f"{_(one.group)} · {one.words}" if one.group else one.words


def _so_many(length: str, n: int) -> str:
    words = {
        "month": ngettext("{n} month", "{n} months", n),
        "quarter": ngettext("{n} quarter", "{n} quarters", n),
        "half": ngettext("{n} half-year", "{n} half-years", n),
        "year": ngettext("{n} year", "{n} years", n),
    }
    return words[length].format(n=n)


def _lengths() -> list[tuple[str, str]]:
    return [("month", _("Months")), ("quarter", _("Quarters")), ("half", _("Half-years")), ("year", _("Years"))]


def _ways() -> list[tuple[str, str]]:
    return [
        ("table", _("Table")),
        ("bars", _("Table and bars")),
        ("lines", _("Table and lines")),
        ("across", _("Table and bars that lie")),
    ]


def _refill(box: ComboBox, choices: Iterable[tuple[Any, str]]) -> None:
    kept = box.currentData()
    box.clear()
    for code, words in choices:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(kept)))
