# SPDX-License-Identifier: Apache-2.0
"""The report: choose, look at the real pages, open what is behind a figure, save or print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import WIDE_GAP, button, row
from ui.kit.printing import print_pages
from ui.kit.worker import Job
from ui.pages.report_choices import ChoicesCard, Chosen, Offered, chosen_words, read_offered
from ui.pages.report_leaving import HandOver, write_down, write_leaving
from ui.pages.report_opened import open_figure
from ui.pages.report_paper import Paper, make_paper
from ui.pages.report_period import last_month, months
from ui.pages.report_records import asked_of
from ui.pages.report_saving import Leaving, SaveDialog, ask_path, save_report
from ui.pages.report_trail import Trail
from ui.pages.report_view import FIGURES, ReportView
from ui.pages.report_words import WordsView

SIDE_WIDTH: Final = 320
LEAST_SIDE: Final = 236
WORDS: Final = 1
"""The tab of what is written to the month."""
IDLE: Final = frozenset({"Draft", "PaperCopy", "Publication"})
"""What may change without any figure changing."""


class ReportPage(Page):
    """The choices at the left, the report at the right; on a second tab what is written to the month.

    A subject is a period such as 2026-10 or 2026-Q3, or ``("words", month)``.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Reports"), scrolls=False)
        self.paper: Paper | None = None
        self._wanted: Chosen | None = None
        self._job: Job | None = None
        self._turns = 0
        self._stale = True
        """Whether something that stands in the report was saved since it was made."""
        self._made_on: dt.date | None = None
        self._kind = ".pdf"
        self.choices = ChoicesCard(desk)
        self.choices.show_chosen(Chosen(last_month(today()), language()))
        self.hand_over = HandOver()
        self.view = ReportView(desk.theme)
        self.tabs = QTabBar()
        self.words = WordsView(desk, months(today()))
        self.pile = QStackedWidget()
        self._keys: list[QShortcut] = []
        self.save_button = button(_("Save…"), self.save, role="main", help="Ctrl+S")
        self.print_button = button(_("Print…"), self.print, help="Ctrl+P")
        self.again_button = button(_("Make again"), self.make, help="F5")
        for made in (self.again_button, self.print_button, self.save_button):
            self.buttons.addWidget(made)
        self._lay_out_body()
        self._listen()
        self._allow(allowed=False)

    def opened(self, subject: object = None) -> None:
        """Make what is chosen, unless it is there and nothing has changed since."""
        period = subject[1] if isinstance(subject, tuple) else subject
        if isinstance(period, str) and _is_period(period):
            self.choices.period.set_code(period)
        if isinstance(subject, tuple) and self.tabs.isVisibleTo(self):
            self.tabs.setCurrentIndex(WORDS)
        self.desk.worker.read(read_offered, self._offer, quiet=True)
        chosen = self.choices.value()
        if self._stale or self.paper is None or chosen != self.paper.chosen or self._made_on != today():
            self.make()
        if self._writing():
            self._open_words()

    def first_field(self) -> QWidget | None:
        """What the report is about, or the first text."""
        return self.words.first_field() if self._writing() else self.choices.period

    def make(self) -> None:
        """Count and draw what is chosen; the report that is there stays in sight until then."""
        chosen = self.choices.value()
        if chosen is None:
            return
        self._wanted, self._stale, self._made_on = chosen, False, today()
        self._turns += 1
        turn = self._turns
        self._allow(allowed=False)
        self.view.say(self._being_made(chosen) if self.paper is not None else "")
        if self.paper is None:
            self.view.pages.say(_("The report is being made…"))
        self._job = self.desk.worker.read(
            lambda session, progress: make_paper(session, progress, chosen),
            self._show,
            self._failed,
            cancellable=True,
            what=_("The report is being made…"),
            replaces="report",
            finished=lambda: self._finished(turn),
            owner=self,
        )

    def cancel(self) -> None:
        """Stop making; what was there stays."""
        if self._job is not None:
            self._job.cancel()

    def save(self) -> None:
        """Ask as what and where, and save."""
        if self.paper is None or not self.save_button.isEnabled():
            return
        dialog = SaveDialog(self, confidential=not self.paper.chosen.public, kind=self._kind)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self.save_as)
        dialog.open()

    def save_as(self, leaving: Leaving) -> None:
        """Ask where, and save as that kind of file."""
        paper = self.paper
        if paper is None:
            return
        self._kind = leaving.ending
        path = ask_path(self, paper, leaving)
        if path is None:
            return
        # Figures for other programs are no report that is handed over.
        given = self.hand_over.said() and leaving.ending == ".pdf"
        locked = leaving.password is not None

        trail = Trail(self.desk, self)

        def saved() -> None:
            trail.made()
            self._write_down(paper, handed_over=given)

        trail.begin(
            lambda session: write_leaving(session, paper, "saved", locked=locked),
            lambda: save_report(self.desk, paper, leaving, path, saved, self, trail.not_made),
        )

    def print(self) -> None:
        """Print through the system's dialog."""
        paper = self.paper
        if paper is None or not self.print_button.isEnabled():
            return
        given, trail = self.hand_over.said(), Trail(self.desk, self)

        def printed() -> None:
            trail.made()
            self.desk.messages.done(_("The report was sent to the printer."))
            self._write_down(paper, handed_over=given)

        def before(go_on: Callable[[bytes], object]) -> None:
            trail.begin(
                lambda session: write_leaving(session, paper, "printed", locked=False), lambda: go_on(paper.pdf)
            )

        print_pages(self.desk, self, paper.pdf, paper.file_name, printed, before=before, failed=trail.not_made)

    def open_figure(self, cell_id: str) -> None:
        """Show what is behind a figure."""
        if self.paper is not None:
            open_figure(self.desk, self, self.paper.report, cell_id, asked_of(self.paper.figures))

    # Inside

    def _lay_out_body(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(WIDE_GAP)
        side.addWidget(self.choices)
        side.addWidget(self.hand_over)
        side.addStretch(1)
        area = scrolling(side)
        area.setMaximumWidth(SIDE_WIDTH)
        area.setMinimumWidth(LEAST_SIDE)
        both = row(area, self.view, gap=WIDE_GAP)
        both.setStretch(0, 3)
        both.setStretch(1, 8)
        seen = QWidget()
        seen.setLayout(both)
        for shown in (seen, self.words):
            self.pile.addWidget(shown)
        self._lay_out_tabs()
        self.body.addWidget(self.pile, 1)

    def _lay_out_tabs(self) -> None:
        """Village laptops write nothing to the month and have no tabs."""
        from ui.shell_pages import PAGES

        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(_("What of the report"))
        for words in (_("The report"), _("Words and targets")):
            self.tabs.addTab(words)
        self.tabs.setExpanding(False)
        links = {"projects": _("Projects and frames"), "report_book": _("Report book")}
        shown = [
            button(words, partial(self.desk.go, key), role="link")
            for key, words in links.items()
            if key in PAGES and self.desk.may("counsel")
        ]
        self.body.addLayout(row(self.tabs, None, *shown, gap=WIDE_GAP))
        self.tabs.setVisible(self.desk.may("counsel"))

    def _listen(self) -> None:
        self.choices.chosen.connect(self.make)
        self.view.opened.connect(self.open_figure)
        self.tabs.currentChanged.connect(self._turn)
        self.words.month_chosen.connect(self._follow_month)
        self.words.saved.connect(self._mark_stale)
        self.desk.worker.changed.connect(self._look)
        pages = self.view.pages
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print),
            ("F5", self.make),
            ("Ctrl++", lambda: pages.enlarge(1)),
            ("Ctrl+=", lambda: pages.enlarge(1)),
            ("Ctrl+-", lambda: pages.enlarge(-1)),
        )
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
            self._keys.append(shortcut)

    def _offer(self, offered: Offered) -> None:
        self.choices.offer(offered)

    def _writing(self) -> bool:
        return self.tabs.currentIndex() == WORDS

    def _turn(self, tab: int) -> None:
        """To the report, made again if anything in it has changed, or to what is written to the month."""
        writing = tab == WORDS
        for made in (self.again_button, self.print_button, self.save_button):
            made.setVisible(not writing)
        for shortcut in self._keys:  # the forms have a Ctrl+S of their own
            shortcut.setEnabled(not writing)
        self.pile.setCurrentIndex(tab)
        if writing:
            self._open_words()
            return
        self.words.leave()
        if self._stale:
            self.make()

    def _open_words(self) -> None:
        from reports.monthly.periods import period_of

        month = period_of(self.choices.period.code() or last_month(today())).month
        known = [code for code, _words in months(today())]
        figures = self.paper.figures if self.paper is not None else None
        self.words.open(month if month in known else last_month(today()), figures)

    def _follow_month(self, month: str) -> None:
        self.choices.period.set_code(month)
        self._stale = True

    def _mark_stale(self) -> None:
        self._stale = True

    def _look(self, changed: dict[str, set[str]]) -> None:
        if set(changed) - IDLE:
            self._stale = True

    def _being_made(self, chosen: Chosen) -> str:
        assert self.paper is not None
        now, there = self._words_of(chosen), self._words_of(self.paper.chosen)
        if now == there:
            return _("Being made again: {report}.").format(report=now)
        return _("Being made: {report}. Until then you see {there}.").format(report=now, there=there)

    def _words_of(self, chosen: Chosen) -> str:
        return chosen_words(chosen, self.desk.places.full_name(chosen.place) if chosen.place else "")

    def _show(self, paper: Paper) -> None:
        if paper.chosen != self._wanted:
            return
        self.paper = paper
        self.hand_over.show_paper(paper)
        self.view.show_paper(paper)
        self._allow(allowed=True)

    def _failed(self, error: Exception) -> None:
        self.desk.messages.show_error(error)

    def _finished(self, turn: int) -> None:
        """Stopped, or not possible: the report that was there is the one that is chosen."""
        if turn != self._turns or self.save_button.isEnabled():
            return
        self._stale = True
        self.view.say("")
        if self.paper is None:
            self.view.pages.say(_("No report was made. Choose what it is to be about, or press F5."))
            return
        self.choices.show_chosen(self.paper.chosen)
        self._wanted = self.paper.chosen
        self._allow(allowed=True)

    def _allow(self, *, allowed: bool) -> None:
        for made in (self.save_button, self.print_button):
            made.setEnabled(allowed)

    def _write_down(self, paper: Paper, *, handed_over: bool) -> None:
        self.desk.worker.change(
            lambda session: write_down(session, paper, handed_over=handed_over),
            lambda closed: self.make() if closed and self.paper is paper else None,
            owner=self,
        )


def _is_period(code: str) -> bool:
    from reports.monthly.periods import period_of

    try:
        period_of(code)
    except ValueError:
        return False
    return True


__all__ = ["FIGURES", "WORDS", "ReportPage", "months"]
