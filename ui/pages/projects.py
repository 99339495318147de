# SPDX-License-Identifier: Apache-2.0
"""Projects and frames: who pays for the work, what it is to reach, and what the indicators of the reports mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import button
from ui.pages.projects_lists import IndicatorList, ListPart, LogframeList, ProjectList
from ui.pages.projects_store import INDICATORS, LOGFRAME, PROJECTS, TABS, TARGETS
from ui.pages.projects_targets import TargetsPart


class ProjectsPage(Page):
    """A subject is one of `TABS`, or a pair of it and an id or "new"; of a line with its project behind."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Projects and frames"), scrolls=False)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("What of projects and frames"))
        for words in (_("Projects"), _("Logframe"), _("Indicators"), _("Targets")):
            self.tabs.addTab(words)
        self.projects, self.logframe, self.indicators = ProjectList(desk), LogframeList(desk), IndicatorList(desk)
        self.targets = TargetsPart(desk)
        self.parts: dict[str, ListPart] = {
            PROJECTS: self.projects, LOGFRAME: self.logframe, INDICATORS: self.indicators,
        }  # fmt: skip
        self.pile = QStackedWidget()
        for part in (*self.parts.values(), self.targets):
            self.pile.addWidget(part)
        self.report_button = button(_("To the report"), lambda: self.desk.go("report"), help="Esc")
        self.new_buttons = {
            PROJECTS: button(_("&New project"), self.projects.begin, role="main", help="F2"),
            LOGFRAME: button(_("&New line"), self.logframe.begin, role="main", help="F2"),
            INDICATORS: button(_("&New indicator"), self.indicators.begin, role="main", help="F2"),
        }
        for made in (self.report_button, *self.new_buttons.values()):
            self.buttons.addWidget(made)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.pile, 1)
        self._listen()
        self._turn(0)

    def opened(self, subject: object = None) -> None:
        """Show a tab, the form of one, or where one was."""
        self.desk.places.wanted()
        tab, one, *more = subject if isinstance(subject, tuple) else (subject, None)
        if tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(str(tab)))
        part = self.part
        if part is None:
            self.targets.refresh()
            return
        if more:
            self.logframe.choose(str(more[0]) if more[0] else None)
        part.refresh()
        if one == "new":
            part.begin()
        elif isinstance(one, str) and one:
            part.open_one(one)

    @property
    def part(self) -> ListPart | None:
        """The list that is shown; None on the tab of targets."""
        return self.parts.get(TABS[self.tabs.currentIndex()])

    def first_field(self) -> QWidget | None:
        """The list that is shown, or the form in its place."""
        part = self.part
        return part.first_field() if part is not None else self.targets.first_field()

    # Inside

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        for part in self.parts.values():
            part.changed.connect(self._say_actions)
        for side in (*(part.side for part in self.parts.values()), self.targets.side):
            shortcut = QShortcut(QKeySequence("Esc"), side)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.desk.go("report"))

    def _turn(self, at: int) -> None:
        for part in self.parts.values():
            part.leave()
        self.targets.leave()
        self.pile.setCurrentIndex(at)
        if self.isVisible():
            (self.part or self.targets).refresh()
        self._say_actions()

    def _say_actions(self) -> None:
        part = self.part
        form = part.pile.form if part is not None else None
        for tab, made in self.new_buttons.items():
            made.setVisible(tab == TABS[self.tabs.currentIndex()] and form is None)
        self.report_button.setVisible(form is None)


__all__ = ["TARGETS", "ProjectsPage"]
