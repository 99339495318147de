# SPDX-License-Identifier: Apache-2.0
"""One case: who it is above, and below one tab for each part of the work."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.services.cases import CaseHead, case_head
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import button
from ui.pages.case_parts import CASE_PARTS, make_part
from ui.pages.case_words import facts_of
from ui.pages.papers import Offer, PapersButton

NOUNS = frozenset({"Case", "Person", "MigrationEpisode", "Account"})
MOST_KEYS = 10
"""Alt+1 to Alt+9 and Alt+0 lead to the first parts; a key given to two of them would lead nowhere."""


class CasePage(Page):
    """Opens a case by its id, or ``(case_id, part)``, or ``(case_id, part, record_id)``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Case"), scrolls=False)
        self.case_id: str | None = None
        self.head: CaseHead | None = None
        self.parts: dict[str, Any] = {}
        self._wanted: tuple[str, str | None] = ("", None)
        self.person_button = button(_("To the person"), self._to_person)
        self.papers = PapersButton(desk, self._offers)
        for action in (self.person_button, self.papers):
            self.buttons.addWidget(action)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Parts of the case"))
        self.rooms: list[QVBoxLayout] = []
        for number, (_key, title, _place) in enumerate(CASE_PARTS, 1):
            self.tabs.addTab(self._room(), _(title))
            if number <= MOST_KEYS:
                self.tabs.setTabToolTip(number - 1, f"Alt+{number % 10}")
        self.body.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _place: self._show_part())
        self._keys()
        desk.worker.changed.connect(self._changed)

    def opened(self, subject: object = None) -> None:
        """Show a case, and what is asked for in it."""
        case_id, key, record_id = _asked(subject)
        if case_id is not None and case_id != self.case_id:
            self.case_id, self.head = case_id, None
            self.set_title(_("One moment…"))
            self.tabs.setEnabled(False)
            key = key or CASE_PARTS[0][0]
        self._wanted = (key, record_id)
        self._read()

    def first_field(self) -> QWidget | None:
        """The tabs; the arrow keys go from part to part."""
        return self.tabs.tabBar()

    def may_leave(self) -> bool:
        """Ask every part that wants to be asked."""
        return all(part.may_leave() for part in self.parts.values() if hasattr(part, "may_leave"))

    def show_part(self, key: str) -> None:
        """Show the part with this key."""
        for place, (name, _title, _where) in enumerate(CASE_PARTS):
            if name == key:
                self.tabs.setCurrentIndex(place)

    # Inside

    def _room(self) -> QWidget:
        """Where a part will stand."""
        room = QWidget()
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 12, 0, 0)
        self.rooms.append(inside)
        return room

    def _read(self) -> None:
        case_id = self.case_id
        if case_id is not None:
            self.desk.worker.read(lambda session: case_head(session, case_id, on=today()), self._show, replaces="case")

    def _show(self, head: CaseHead) -> None:
        if head.case.id != self.case_id:
            return
        self.head = head
        self.set_title(head.full_name, " · ".join(facts_of(head)))
        anew = not self.tabs.isEnabled()
        self.tabs.setEnabled(True)
        if anew and self.isVisible():
            self.tabs.tabBar().setFocus(Qt.FocusReason.TabFocusReason)
        (key, record_id), self._wanted = self._wanted, ("", None)
        if key:
            self.tabs.blockSignals(True)
            self.show_part(key)
            self.tabs.blockSignals(False)
        part = self._show_part()
        if record_id is not None:
            part.open_record(record_id)

    def _show_part(self) -> Any:
        place = self.tabs.currentIndex()
        key, _title, where = CASE_PARTS[place]
        if self.head is None:
            return None
        if key not in self.parts:
            part = self.parts[key] = make_part(where, self.desk)
            inside = QVBoxLayout()
            inside.addWidget(part)
            self.rooms[place].addWidget(scrolling(inside))
        self.parts[key].show_case(self.head.case.id, self.head.case.person_id)
        return self.parts[key]

    def _keys(self) -> None:
        for number in range(1, min(MOST_KEYS, len(CASE_PARTS)) + 1):
            self._key(f"Alt+{number % 10}", partial(self._to_part, number - 1))
        self._key("Ctrl+PgDown", lambda: self._to_part((self.tabs.currentIndex() + 1) % len(CASE_PARTS)))
        self._key("Ctrl+PgUp", lambda: self._to_part((self.tabs.currentIndex() - 1) % len(CASE_PARTS)))

    def _key(self, keys: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _to_part(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)
        self.tabs.tabBar().setFocus(Qt.FocusReason.TabFocusReason)

    def _offers(self) -> list[Offer]:
        """The papers about the whole case; those of a part are printed in it."""
        if self.head is None:
            return []
        case = self.head.case
        of_person = [Offer("intake", case.person_id), Offer("consent", case.person_id)]
        return [*of_person, Offer("case_summary", case.id), Offer("closing", case.id)]

    def _to_person(self) -> None:
        if self.head is not None:
            self.desk.go("person", self.head.case.person_id)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not NOUNS.isdisjoint(changed) and self.isVisible():
            self._read()


def _asked(subject: object) -> tuple[str | None, str, str | None]:
    if isinstance(subject, tuple):
        case_id, key, record_id = (*subject, None, None)[:3]
        return case_id, key or "", record_id
    return (subject if isinstance(subject, str) else None), "", None
