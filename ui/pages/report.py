# SPDX-License-Identifier: Apache-2.0
"""The month's report: choose, look at the real pages, save or print."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.page import Page, scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, row
from ui.kit.printing import print_pages
from ui.kit.saving_files import ask_where, save_whole
from ui.kit.typed_dates import show_date
from ui.pages.report_paper import Paper, indicator_value, make_paper
from ui.pages.report_preview import SHARP, WIDTH, Preview

MONTHS_BACK = 36
SIDE_WIDTH = 380
LEAST_SIDE = 330


class ReportPage(Page):
    """Month and language at the left with the figures, the pages at the right."""

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
        self.known_reported = label("", "help", wrap=True)
        for shown in (self.handed_over, self.known_reported):
            shown.hide()
        self.handed_over.setToolTip(
            _("With saving or printing: later changes in this month then count as corrections.")
        )
        self.figures = QGridLayout()
        self.preview = Preview()
        self.pdf_button = button(_("Save as PDF…"), self.save_pdf, role="main", help="Ctrl+S")
        self.json_button = button(_("Save the figures…"), self.save_json, help=_("For other programs (JSON)"))
        self.print_button = button(_("Print…"), self.print, help="Ctrl+P")
        for made in (self.json_button, self.print_button, self.pdf_button):
            self.buttons.addWidget(made)
        self._lay_out_body()
        self._listen()
        self._allow(allowed=False)

    def opened(self, subject: object = None) -> None:
        """Make the chosen month's report; a subject is a month such as 2026-10."""
        place = self.month.findData(subject) if isinstance(subject, str) else -1
        if place >= 0:
            self.month.setCurrentIndex(place)
        self.make()

    def first_field(self) -> QWidget | None:
        """The month."""
        return self.month

    def make(self) -> None:
        """Count and draw what is chosen."""
        month, chosen = str(self.month.currentData()), str(self.language.value() or language())
        self._wanted = month, chosen
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
        self.body.addLayout(both, 1)

    def _listen(self) -> None:
        self.month.activated.connect(lambda _place: self.make())
        self.language.edited.connect(self.make)
        for keys, act in (("Ctrl+S", self.save_pdf), ("Ctrl+P", self.print)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show(self, paper: Paper) -> None:
        if (paper.month, paper.language) != self._wanted:
            return
        self.paper = paper
        self._offer_hand_over(paper.month)
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
            month = self._handed_over_now() if ending == "pdf" else None
            save_whole(self.desk, path, content, lambda: self._hand_over(month), owner=self)

    def _printed(self) -> None:
        self.desk.messages.done(_("The report was sent to the printer."))
        self._hand_over(self._handed_over_now())

    def _offer_hand_over(self, month: str) -> None:
        """Only a month that is over can be handed over, and only once."""
        self.handed_over.setChecked(False)
        self.handed_over.setVisible(False)
        self.known_reported.setVisible(False)
        if month < f"{today():%Y-%m}":
            self.desk.worker.read(lambda session: _reported(session, month), self._heard, quiet=True, owner=self)

    def _heard(self, on: date | None) -> None:
        self.handed_over.setVisible(on is None)
        self.known_reported.setText(_("Handed over on {day}.").format(day=show_date(on)) if on is not None else "")
        self.known_reported.setVisible(on is not None)

    def _handed_over_now(self) -> str | None:
        """The month whose report is said to be handed over with this copy."""
        said = self.handed_over.isVisible() and self.handed_over.isChecked()
        return self.paper.month if said and self.paper is not None else None

    def _hand_over(self, month: str | None) -> None:
        if month is not None:
            self.desk.worker.change(lambda session: _report(session, month), self._heard, owner=self)


def _reported(session: Any, month: str) -> date | None:
    from resource_centre.services.month_reports import reported

    return reported(session, date.fromisoformat(f"{month}-01"))


def _report(session: Any, month: str) -> date | None:
    from resource_centre.services.accounts import own_account
    from resource_centre.services.month_reports import report_month

    return report_month(session, month, by=own_account(session).name).reported_on


def months(day: date) -> list[tuple[str, str]]:
    """This month and those before, the newest first: code and words."""
    names = QLocale(language())
    found = []
    year, month = day.year, day.month
    for _number in range(MONTHS_BACK):
        found.append((f"{year:04}-{month:02}", f"{names.standaloneMonthName(month)} {year}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found
