# SPDX-License-Identifier: Apache-2.0
"""The report that was made: its pages or its figures, what is being made now, and what there is to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.pieces import GAP, label, row, set_role
from ui.pages.report_figures import FiguresView
from ui.pages.report_pages import PagesView

if TYPE_CHECKING:
    from ui.kit.theme import Theme
    from ui.pages.report_paper import Paper

PAGES, FIGURES = 0, 1
_WIDE: Final = "\u2194"


class ReportView(QWidget):
    """`opened` tells the key of a figure that was pressed, on the pages or in the tables."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("How the report is looked at"))
        for words in (_("Pages"), _("Figures")):
            self.tabs.addTab(words)
        self.pages = PagesView(theme)
        self.figures = FiguresView(theme)
        self.pile = QStackedWidget()
        for view in (self.pages, self.figures):
            self.pile.addWidget(view)
        self.where = label("", "muted")
        self.percent = label("", "muted")
        self.tools = [
            _tool("\u2212", _("Smaller"), "Ctrl+-", lambda: self.pages.enlarge(-1)),
            _tool("+", _("Larger"), "Ctrl++", lambda: self.pages.enlarge(1)),
            _tool(_WIDE, _("As wide as the window"), "", self.pages.fit),
        ]
        self.note = _Note()
        self.told = _Note()
        self._lay_out()
        self._listen()

    def say(self, words: str) -> None:
        """What is being done, above the report that is still there; empty for nothing."""
        self.note.say(words)

    def show_paper(self, paper: Paper) -> None:
        """Show another report."""
        self.say("")
        self.told.say(remark(paper), "warning" if paper.empty or paper.of_one_person else "info")
        self.pages.show_paper(paper)
        self.figures.show_report(paper.report)

    # Inside

    def _lay_out(self) -> None:
        smaller, larger, wide = self.tools
        head = row(self.tabs, self.where, 6, smaller, self.percent, larger, wide, gap=4)
        head.setStretch(0, 1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addLayout(head)
        inside.addWidget(self.note)
        inside.addWidget(self.told)
        inside.addWidget(self.pile, 1)
        self.note.hide()
        self.told.hide()
        self._show_tools(on=False)

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.pages.turned.connect(self._tell_page)
        self.pages.zoomed.connect(lambda percent: self.percent.setText(f"{percent}\u00a0%"))
        self.pages.opened.connect(self.opened)
        self.figures.opened.connect(self.opened)

    def _turn(self, tab: int) -> None:
        self.pile.setCurrentIndex(tab)
        self._show_tools(on=tab == PAGES and self.pages.pages() > 0)

    def _tell_page(self, page: int, pages: int) -> None:
        self.where.setText(f"{page} / {pages}")
        self.where.setToolTip(_("Page {n} of {pages}").format(n=page, pages=pages))
        self._show_tools(on=self.tabs.currentIndex() == PAGES)

    def _show_tools(self, *, on: bool) -> None:
        for widget in (self.where, self.percent, *self.tools):
            widget.setVisible(on)


class _Note(QFrame):
    """A quiet line above the pages."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.words = label("", wrap=True)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 6, 12, 6)
        inside.addWidget(self.words)

    def say(self, words: str, tone: str = "info") -> None:
        """Show a sentence, or nothing."""
        set_role(self, "tone", tone)
        self.words.setText(words)
        self.setVisible(bool(words))


def remark(paper: Paper) -> str:
    """What one should know of a report before it is read; empty when nothing is odd about it."""
    if paper.empty:
        return _("Nothing was recorded in this period: its figures are nought.")
    if paper.chosen.public:
        count = paper.report.facts.hidden
        words = ngettext("{n} figure is left out.", "{n} figures are left out.", count).format(n=count)
        few = _("So few people would be recognised. A longer period or a larger place shows more.")
        return f"{words} {few}" if paper.of_one_person else words if count else ""
    if paper.of_one_person:
        return _("All figures of this period tell of one single person. Keep this report inside the centre.")
    return ""


def _tool(sign: str, words: str, keys: str, pressed: object) -> QToolButton:
    made = QToolButton()
    made.setText(sign)
    made.setProperty("role", "small")
    made.setAccessibleName(words)
    made.setToolTip(f"{words} ({keys})" if keys else words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(pressed)
    return made
