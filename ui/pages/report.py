# SPDX-License-Identifier: Apache-2.0
"""The month's report: choose, look at the real pages, save or print."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.page import Page, scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.printing import print_pages
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.report_paper import Paper, indicator_value, make_paper
from ui.pages.report_preview import SHARP, WIDTH, Preview
from ui.pages.report_words import WordsView

if TYPE_CHECKING:
    from reports.monthly.handed_over import HandedOver

MONTHS_BACK = 36
SIDE_WIDTH = 380
LEAST_SIDE = 330
WORDS = 1
"""The tab of what is written to the month."""


class ReportPage(Page):
    """Month and language at the left with the figures, the pages at the right; on a second tab what is written to it.

    A subject is a month such as 2026-10, or ``("words", month)``.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Monthly report"), scrolls=False)
        self.paper: Paper | None = None
        self._wanted: tuple[str, str] | None = None
        self.month = ComboBox()
        self.month.setAccessibleName(_("Month"))
        for code, words in months(today()):
            self.month.addItem(words, code)
        self.month.setCurrentIndex(1)
        self.language = ChoiceEditor([("id", "Bahasa Indonesia"), ("en", "English")])
        self.language.introduce(_("Language of the report"), "")
        self.language.set_value(language())
        self.handed_over = QCheckBox(_("This report is handed over"))
        self.what_it_means = label(
            _(
                "With saving or printing this copy the month is closed: its figures are kept as they are, and what "
                "changes in it later stands in the next report as a correction."
            ),
            "help",
            wrap=True,
        )
        self.known_reported = label("", "help", wrap=True)
        for shown in (self.handed_over, self.what_it_means, self.known_reported):
            shown.hide()
        self.figures = QGridLayout()
        self.preview = Preview()
        self.tabs = QTabBar()
        self.words = WordsView(desk, months(today()))
        self.pile = QStackedWidget()
        self._keys: list[QShortcut] = []
        self._stale = False
        """Whether something that stands in the report was saved since it was made."""
        self.pdf_button = button(_("Save as PDF…"), self.save_pdf, role="main", help="Ctrl+S")
        self.json_button = button(_("Save the figures…"), self.save_json, help=_("For other programs (JSON)"))
        self.print_button = button(_("Print…"), self.print, help="Ctrl+P")
        for made in (self.json_button, self.print_button, self.pdf_button):
            self.buttons.addWidget(made)
        self._lay_out_body()
        self._listen()
        self._allow(allowed=False)

    def opened(self, subject: object = None) -> None:
        """Make the chosen month's report."""
        words = isinstance(subject, tuple)
        month = subject[1] if isinstance(subject, tuple) else subject
        place = self.month.findData(month) if isinstance(month, str) else -1
        if place >= 0:
            self.month.setCurrentIndex(place)
        if words and self.tabs.isVisibleTo(self):
            self.tabs.setCurrentIndex(WORDS)
        self.make()
        if self._writing():
            self.words.open(str(self.month.currentData()), self.paper.figures if self.paper is not None else None)

    def first_field(self) -> QWidget | None:
        """The month, or the first text."""
        return self.words.first_field() if self._writing() else self.month

    def make(self) -> None:
        """Count and draw what is chosen."""
        month, chosen = str(self.month.currentData()), str(self.language.value() or language())
        self._wanted = month, chosen
        self._stale = False
        self._allow(allowed=False)
        self.preview.say(_("The report is being made…"))
        self.desk.worker.read(
            lambda session, progress: make_paper(session, progress, month, chosen, WIDTH * SHARP),
            self._show,
            self._failed,
            cancellable=True,
            what=_("The report is being made…"),
            replaces="report",
            finished=self._finished,
            owner=self,
        )

    def save_pdf(self) -> None:
        """Ask where, and save the pages."""
        if self.paper is not None:
            self._save("pdf", _("PDF (*.pdf)"), self.paper.pdf)

    def save_json(self) -> None:
        """Ask where, and save the typed figures."""
        if self.paper is not None:
            self._save("json", _("Figures (*.json)"), self.paper.as_json())

    def print(self) -> None:
        """Print through the system's dialog."""
        if self.paper is not None:
            print_pages(self.desk, self, self.paper.pdf, self.paper.file_name, self._printed)

    # Inside

    def _lay_out_body(self) -> None:
        choice = Card()
        choice.body.addWidget(label(_("Month"), "caption"))
        choice.body.addWidget(self.month)
        choice.body.addSpacing(GAP)
        choice.body.addWidget(label(_("Language of the report"), "caption"))
        choice.body.addWidget(self.language)
        choice.body.addSpacing(GAP)
        choice.body.addWidget(self.handed_over)
        choice.body.addWidget(self.what_it_means)
        choice.body.addWidget(self.known_reported)
        self.table = Card(_("The month in figures"))
        self.figures.setHorizontalSpacing(14)
        self.figures.setVerticalSpacing(5)
        self.figures.setColumnStretch(0, 1)
        self.table.body.addLayout(self.figures)
        self.table.hide()
        side = QVBoxLayout()
        side.setSpacing(WIDE_GAP)
        side.addWidget(choice)
        side.addWidget(self.table)
        side.addStretch(1)
        area = scrolling(side)
        area.setMaximumWidth(SIDE_WIDTH)
        area.setMinimumWidth(LEAST_SIDE)
        both = row(area, self.preview, gap=WIDE_GAP)
        both.setStretch(0, 4)
        both.setStretch(1, 7)
        seen = QWidget()
        seen.setLayout(both)
        both.setContentsMargins(0, 0, 0, 0)
        for shown in (seen, self.words):
            self.pile.addWidget(shown)
        self._lay_out_tabs()
        self.body.addWidget(self.pile, 1)

    def _lay_out_tabs(self) -> None:
        """Village laptops write nothing to the month and have no tabs."""
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("What of the report"))
        for words in (_("The report"), _("Words and targets")):
            self.tabs.addTab(words)
        self.tabs.setExpanding(False)
        self.body.addWidget(self.tabs)
        if not self.desk.may("counsel"):
            self.tabs.hide()

    def _listen(self) -> None:
        self.month.activated.connect(lambda _place: self.make())
        self.language.edited.connect(self.make)
        self.tabs.currentChanged.connect(self._turn)
        self.words.month_chosen.connect(self._follow_month)
        self.words.saved.connect(self._mark_stale)
        for keys, act in (("Ctrl+S", self.save_pdf), ("Ctrl+P", self.print)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
            self._keys.append(shortcut)

    def _writing(self) -> bool:
        return self.tabs.currentIndex() == WORDS

    def _turn(self, tab: int) -> None:
        """To the pages, made again if anything in them has changed, or to what is written to the month."""
        writing = tab == WORDS
        for made in (self.json_button, self.print_button, self.pdf_button):
            made.setVisible(not writing)
        for shortcut in self._keys:  # the forms have a Ctrl+S of their own
            shortcut.setEnabled(not writing)
        self.pile.setCurrentIndex(tab)
        if writing:
            self.words.open(str(self.month.currentData()), self.paper.figures if self.paper is not None else None)
            return
        self.words.leave()
        if self._stale:
            self.make()

    def _follow_month(self, month: str) -> None:
        self.month.setCurrentIndex(self.month.findData(month))
        self._stale = True

    def _mark_stale(self) -> None:
        self._stale = True

    def _show(self, paper: Paper) -> None:
        if (paper.month, paper.language) != self._wanted:
            return
        self.paper = paper
        self._offer_hand_over(paper)
        self.preview.show_pages(paper.pages)
        self._show_figures(paper)
        self._allow(allowed=True)

    def _show_figures(self, paper: Paper) -> None:
        from reports.monthly.words import INDICATORS, INSET

        empty(self.figures)
        self.table.show()
        self.figures.addWidget(label(_("Month"), "caption"), 0, 1, Qt.AlignmentFlag.AlignRight)
        self.figures.addWidget(label(_("Year"), "caption"), 0, 2, Qt.AlignmentFlag.AlignRight)
        for line, one in enumerate(paper.figures.indicators, 1):
            words = _(INDICATORS.get(one.code, one.code))
            caution = paper.figures.surveys.caution_under(one.code, paper.language)
            words = f"{words}\n{caution}" if caution else words
            name = label(f"    {words}" if one.code in INSET else words, wrap=True)
            self.figures.addWidget(name, line, 0)
            for place, value in ((1, one.month), (2, one.year)):
                figure = label(indicator_value(value, one.unit), "" if place == 1 else "muted", selectable=True)
                self.figures.addWidget(figure, line, place, Qt.AlignmentFlag.AlignRight)

    def _failed(self, error: Exception) -> None:
        self.preview.say(_("The report could not be made."))
        self.desk.messages.show_error(error)

    def _finished(self) -> None:
        """Cancelled: say so, and leave what was there out of use."""
        if self.paper is None or (self.paper.month, self.paper.language) != self._wanted:
            idle = not self.pdf_button.isEnabled()
            self.preview.say(_("No report was made. Choose a month.")) if idle else None

    def _allow(self, *, allowed: bool) -> None:
        for made in (self.pdf_button, self.json_button, self.print_button):
            made.setEnabled(allowed)

    def _save(self, ending: str, kinds: str, content: bytes) -> None:
        assert self.paper is not None
        path = ask_where(self, _("Save the report"), f"{self.paper.file_name}.{ending}", kinds)
        if path is not None:
            given = self._handed_over_now() if ending == "pdf" else None
            save_whole(self.desk, path, content, lambda: self._hand_over(given), owner=self)

    def _printed(self) -> None:
        self.desk.messages.done(_("The report was sent to the printer."))
        self._hand_over(self._handed_over_now())

    def _offer_hand_over(self, paper: Paper) -> None:
        """Only a month that is over can be handed over, only once, and only by who sees the whole centre."""
        closed = paper.figures.closing
        given = closed.handed_over if closed is not None else None
        offered = closed is not None and given is None and paper.month < f"{today():%Y-%m}"
        self.handed_over.setChecked(False)
        self.handed_over.setVisible(offered)
        self.what_it_means.setVisible(offered)
        self.known_reported.setText("" if given is None else _state(given))
        self.known_reported.setVisible(given is not None)

    def _handed_over_now(self) -> Paper | None:
        """This copy, when it is said to be the one that is handed over."""
        said = self.handed_over.isVisible() and self.handed_over.isChecked()
        return self.paper if said else None

    def _hand_over(self, paper: Paper | None) -> None:
        if paper is not None:
            self.desk.worker.change(
                lambda session: _report(session, paper), lambda _on: self._closed(paper), owner=self
            )

    def _closed(self, paper: Paper) -> None:
        """From now on the pages say that the month was handed over."""
        if self.paper is paper:
            self.make()


def _state(given: HandedOver) -> str:
    from reports.monthly.closing_sections import differs_words, notice_words

    words = notice_words(given, language())
    return f"{words} {differs_words(unreadable=given.state == 'unreadable')}" if given.differs else words


def _report(session: Any, paper: Paper) -> date | None:
    """The figures that are kept are those on the pages, counted in one session with them."""
    from resource_centre.services.accounts import own_account
    from resource_centre.services.month_reports import report_month

    by, figures = own_account(session).name, paper.figures.as_kept()
    return report_month(session, paper.month, by=by, figures=figures).reported_on


def months(day: date) -> list[tuple[str, str]]:
    """This month and those before, the newest first: code and words."""
    names = QLocale(language())
    found = []
    year, month = day.year, day.month
    for _number in range(MONTHS_BACK):
        found.append((f"{year:04}-{month:02}", f"{names.standaloneMonthName(month)} {year}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found
