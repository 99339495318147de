# SPDX-License-Identifier: Apache-2.0
"""The open centre: navigation at the left, one page at a time, messages above it, what is being done below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import Banner
from ui.kit.page import Page
from ui.kit.progress_panel import ProgressPanel
from ui.shell_keys import KeysDialog
from ui.shell_navigation import Navigation
from ui.shell_pages import NAVIGATION, NEEDS, make_page, shortcut_of
from ui.shell_status import StatusLine

REMEMBERED = 30


class Shell(QWidget):
    """Makes pages when they are first asked for and keeps them; `go` is what pages call through their desk."""

    lock = Signal()

    def __init__(
        self, desk: Desk, *, centre_name: str, person_name: str, make: Callable[[str, Desk], Page] = make_page
    ) -> None:
        super().__init__()
        self.desk = replace(desk, go=self.go)
        self._make = make
        self._pages: dict[str, Page] = {}
        self._way: list[tuple[str, object]] = []
        self._here: tuple[str, object] = ("", None)
        self.navigation = Navigation(desk.theme, centre_name, person_name, on_laptop=desk.on_laptop)
        self.banner = Banner(desk.messages)
        self.stack = QStackedWidget()
        self.progress = ProgressPanel(desk.worker)
        self.status = StatusLine(desk.worker)
        self._lay_out()
        self._keys()
        for key in NEEDS.keys() & self.navigation.places.keys():
            self.navigation.places[key].setVisible(self._offers(key))
        self.navigation.chosen.connect(self.go)
        self.navigation.lock.connect(self.lock)

    def go(self, key: str, subject: object = None) -> None:
        """Show a page and what it should open. Stays where it is when the present page says so."""
        if not self._offers(key):
            self.desk.messages.tell(_("Your account does not do this work. Ask the coordinator."), "info")
            return
        present = self.page(self._here[0]) if self._here[0] else None
        if present is not None and key != self._here[0] and not present.may_leave():
            self.navigation.light(self._here[0])
            return
        if self._here[0] and self._here != (key, subject):
            self._way = [*self._way, self._here][-REMEMBERED:]
        self._show(key, subject)

    def go_back(self) -> None:
        """To where one was before."""
        present = self.page(self._here[0])
        if self._way and (present is None or present.may_leave()):
            self._show(*self._way.pop())

    def page(self, key: str) -> Page | None:
        """A page that was made already."""
        return self._pages.get(key)

    def here(self) -> str:
        """The key of the page that is shown."""
        return self._here[0]

    def subject(self) -> object:
        """What the shown page was asked to open."""
        return self._here[1]

    def _show(self, key: str, subject: object) -> None:
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._make(key, self.desk)
            self.stack.addWidget(page)
        if key != self._here[0]:
            self.desk.messages.clear()
        self._here = (key, subject)
        self.stack.setCurrentWidget(page)
        self.navigation.light(key)
        page.opened(subject)
        first = page.first_field()
        (first or page).setFocus(Qt.FocusReason.TabFocusReason)

    def search_people(self) -> None:
        """To the people list with the keyboard in its search line."""
        self.go("people")

    def show_keys(self) -> None:
        """What the keys do."""
        KeysDialog(self, [key for key in NAVIGATION if self._offers(key)]).open()

    def _offers(self, key: str) -> bool:
        return key not in NEEDS or self.desk.may(NEEDS[key])

    def _lay_out(self) -> None:
        above = QVBoxLayout()
        above.setContentsMargins(24, 12, 24, 0)
        above.addWidget(self.banner)
        below = QVBoxLayout()
        below.setContentsMargins(24, 0, 24, 8)
        below.addWidget(self.progress)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(above)
        right.addWidget(self.stack, 1)
        right.addLayout(below)
        right.addWidget(self.status)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.navigation)
        outer.addLayout(right, 1)

    def _keys(self) -> None:
        for key in NAVIGATION:
            if keys := shortcut_of(key):
                self._key(keys, partial(self.go, key))
        self._key("Ctrl+F", self.search_people)
        self._key("Ctrl+L", self.lock.emit)
        self._key("Alt+Left", self.go_back)
        self._key("F1", self.show_keys)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)
