# SPDX-License-Identifier: Apache-2.0
"""The report book: pages of figures picked by hand, made again for every period; looked at, printed and saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, language
from ui.kit.chart import ChartView
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.page import Page, scrolling
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.report_book_form import BookForm
from ui.pages.report_book_leaving import BookCopy, print_book, save_book
from ui.pages.report_book_opened import open_book_figure
from ui.pages.report_book_store import Book, make_pages, move, read_book, remove, tried
from ui.pages.report_figures import FiguresTable
from ui.pages.report_period import PeriodEditor

if TYPE_CHECKING:
    from reports.tables.model import Report
    from resource_centre.services.report_book import BookPage, Plan

SIDE: Final = 330
CHART_HEIGHT: Final = 220


@dataclass(frozen=True)
class _Line:
    """A page in the list."""

    id: str
    title: str
    in_report: bool


class ReportBookPage(Page):
    """The pages at the left, the one the keyboard is on at the right; a subject is a page's id, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Report book"), scrolls=False)
        self.book = Book()
        self.report: Report | None = None
        self.form: BookForm | None = None
        self._made: BookPage | None = None
        """The page whose figures are shown."""
        self._wanted: str | None = None
        self._shown: str | None = None
        self.period = PeriodEditor()
        self.lines = Rows(desk.worker, _columns())
        self.list = RowsView(
            self.lines, _("Pages of the report book"), nothing=_("The book is empty. F2 picks a page.")
        )
        self.heading = label("", "heading", wrap=True)
        self.note = label("", "help", wrap=True)
        self.chart = ChartView(desk.theme, height=CHART_HEIGHT)
        self.table = FiguresTable(desk.theme)
        self.new_button = button(_("New page"), self.begin, role="main", help="F2")
        self.change_button = button(_("C&hange…"), self.change, role="link", help="Enter")
        self.up_button = button(_("Up"), lambda: self.put(-1), role="link", help="Alt+Up")
        self.down_button = button(_("Down"), lambda: self.put(1), role="link", help="Alt+Down")
        self.off_button = button(_("Take out of the book…"), self.take_out, role="link")
        self.save_button = button(_("Save the book…"), self.save_book, help="Ctrl+S")
        self.print_button = button(_("Print…"), self.print_book, help="Ctrl+P")
        self.report_button = button(_("To the report"), lambda: desk.go("report"), help="Esc")
        self._lay_out()
        self._listen()
        self._say_actions()

    def opened(self, subject: object = None) -> None:
        """Show the book; one page, or an empty one, when it is meant."""
        self._wanted = subject if isinstance(subject, str) and subject != "new" else self._wanted
        self.desk.worker.read(read_book, self._show_book, owner=self)
        if subject == "new":
            self.begin()

    def first_field(self) -> QWidget | None:
        """The list, or what is picked first."""
        return self.form.measure if self.form is not None else self.list

    def may_edit(self) -> bool:
        """Whether this account writes the book."""
        return self.desk.may("counsel")

    def begin(self) -> None:
        """Pick a new page."""
        if self.may_edit():
            self._open_form(None)

    def change(self) -> None:
        """Change the page that is shown."""
        page = self.page()
        if page is not None and self.may_edit():
            self._open_form(page)

    def page(self) -> BookPage | None:
        """The page the keyboard is on."""
        return next((one for one in self.book.pages if one.id == self._shown), None)

    def put(self, step: int) -> None:
        """The page that is shown, up or down in the book."""
        page = self.page()
        if page is not None and self.may_edit():
            to = self.book.pages.index(page) + step
            if 0 <= to < len(self.book.pages):
                self._wanted = page.id
                self.desk.worker.change(
                    lambda session: move(session, page.id, to), lambda _none: self.opened(), owner=self
                )

    def take_out(self) -> None:
        """Take the page that is shown out of the book, when somebody means it."""
        page, reason = self.page(), _("Taken out of the book.")
        question = _("Take this page out of the book? The figures stay; only the page goes.")
        if page is not None and ask(self, question, _("Take it out"), _("Keep it"), danger=True):
            self.desk.worker.change(
                lambda session: remove(session, page.id, reason), lambda _none: self.opened(), owner=self
            )

    def open_figure(self, cell_id: str) -> None:
        """Show the records behind a figure of the page that is shown, or that is being picked."""
        page, period = self._made, self.period.code()
        if self.report is not None and page is not None and period is not None:
            open_book_figure(self.desk, self, self.report, cell_id, page, period)

    def save_book(self) -> None:
        """All pages as a file."""
        self._whole_book(lambda report: save_book(self.desk, self, BookCopy(report, self._file_name())))

    def print_book(self) -> None:
        """All pages on paper."""
        self._whole_book(lambda report: print_book(self.desk, self, BookCopy(report, self._file_name())))

    # Inside

    def _lay_out(self) -> None:
        for made in (self.report_button, self.print_button, self.save_button, self.new_button):
            self.buttons.addWidget(made)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(label(_("Made for"), "caption"))
        left.addWidget(self.period)
        left.addWidget(self.list, 1)
        left.addLayout(row(self.change_button, self.up_button, self.down_button, None, self.off_button))
        self.choosing = QWidget()
        self.choosing.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self.picking = QVBoxLayout()
        self.picked = scrolling(self.picking)
        self.picked.hide()
        side = QWidget()
        sides = QVBoxLayout(side)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self.choosing)
        sides.addWidget(self.picked)
        side.setFixedWidth(SIDE)
        seen = QVBoxLayout()
        seen.setSpacing(GAP)
        for widget in (self.heading, self.chart):
            seen.addWidget(widget)
        seen.addWidget(self.table, 1)
        seen.addWidget(self.note)
        both = QHBoxLayout()
        both.setSpacing(WIDE_GAP)
        both.addWidget(side)
        both.addLayout(seen, 1)
        self.body.addLayout(both, 1)
        self.chart.hide()

    def _listen(self) -> None:
        self.list.picked.connect(self._pick)
        self.list.chosen.connect(lambda _id: self.change())
        self.period.chosen.connect(self._make)
        self.table.opened.connect(self.open_figure)
        keys = {
            "F2": self.begin,
            "Alt+Up": lambda: self.put(-1),
            "Alt+Down": lambda: self.put(1),
            "Ctrl+S": self.save_book,
            "Ctrl+P": self.print_book,
            "Esc": lambda: self.desk.go("report"),
        }
        self._keys: list[QShortcut] = []
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
            self._keys.append(shortcut)

    def _show_book(self, book: Book) -> None:
        self.book = book
        lines = [_Line(one.id, one.title, bool(one.plan and one.plan.in_report)) for one in book.pages]
        self.lines.show_rows(lines)
        wanted = self._wanted or self._shown
        at = max(0, self.lines.position_of(wanted)) if wanted else 0
        self._shown = lines[at].id if lines else None
        if lines:
            self.list.selectRow(at)
        self._wanted = None
        if self.form is None:
            self._make()
        self._say_actions()

    def _pick(self, page_id: str) -> None:
        if page_id and page_id != self._shown:
            self._shown = page_id
            self._make()
            self._say_actions()

    def _make(self) -> None:
        """Count the page that is shown, or that is being picked."""
        page = self.page()
        if self.form is not None:
            page = tried(self.form.title.text(), self.form.plan())
        period = self.period.code()
        if page is None or period is None:
            self._show_nothing()
            return
        self._count(page, period)

    def _count(self, page: BookPage, period: str) -> None:
        told = language()
        self.desk.worker.read(
            lambda session, progress: make_pages(session, progress, (page,), period, told),
            lambda report: self._show_report(report, page),
            cancellable=True,
            what=_("Counting…"),
            replaces="report-book",
            owner=self,
        )

    def _show_report(self, report: Report, page: BookPage) -> None:
        if self.form is None and page != self.page():
            return  # it was taken out, or left, while it was counted
        self.report, self._made = report, page
        (section,) = report.sections
        table = section.tables[0] if section.tables else None
        self.heading.setText(section.heading)
        empty = [table.empty] if table is not None and not table.rows else []
        self.note.setText(" ".join((*section.texts, *section.notes, *empty)))
        self.note.setVisible(bool(self.note.text()))
        self.table.show_table(report, table)
        self.table.setVisible(table is not None)
        self.chart.setVisible(bool(section.charts))
        if section.charts:
            self.chart.show_chart(section.charts[0])

    def _show_nothing(self) -> None:
        self.report = self._made = None
        self.heading.setText("")
        self.note.setText("")
        for widget in (self.chart, self.table, self.note):
            widget.hide()

    def _open_form(self, page: BookPage | None) -> None:
        self._close_form()
        self.form = form = BookForm(self.desk, page, self.book.funds)
        self.picking.addWidget(form)
        form.tried.connect(self._try)
        form.saved.connect(self._saved)
        form.left.connect(self._back)
        self.choosing.hide()
        self.picked.show()
        for shortcut in self._keys:  # the form has a Ctrl+S and an Esc of its own
            shortcut.setEnabled(False)
        self._say_actions()
        form.begin()
        form.measure.setFocus()

    def _try(self, title: str, plan: Plan) -> None:
        period = self.period.code()
        if period is not None:
            self._count(tried(title, plan), period)

    def _saved(self, page_id: str) -> None:
        self._wanted = page_id
        self._back()

    def _back(self) -> None:
        self._close_form()
        self.opened()
        self.list.setFocus()

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.picked.hide()
        self.choosing.show()
        for shortcut in self._keys:
            shortcut.setEnabled(True)
        self._say_actions()

    def _say_actions(self) -> None:
        free, page = self.form is None, self.page()
        may = self.may_edit()
        self.new_button.setVisible(may)
        self.new_button.setEnabled(free)
        for made in (self.change_button, self.up_button, self.down_button, self.off_button):
            made.setVisible(may)
            made.setEnabled(free and page is not None)
        for made in (self.save_button, self.print_button):
            made.setEnabled(free and bool(self.book.pages))

    def _whole_book(self, then: Any) -> None:
        """Count all pages, then do something with them."""
        period, pages, told = self.period.code(), self.book.pages, language()
        if period is not None and pages:
            self.desk.worker.read(
                lambda session, progress: make_pages(session, progress, pages, period, told),
                then,
                cancellable=True,
                what=_("Counting…"),
                replaces="report-book-whole",
                owner=self,
            )

    def _file_name(self) -> str:
        kind = {"id": "buku-laporan", "en": "report-book"}.get(language(), "report-book")
        return f"{kind}-{(self.period.code() or '').replace('/', '_')}"


def _columns() -> list[Column]:
    return [
        Column(_("Page"), lambda line: str(line.title)),
        Column(_("In the report"), lambda line: "✓" if line.in_report else "", width=12),
    ]
