# SPDX-License-Identifier: Apache-2.0
"""What the page of one event is made of: its attendance, and one tab for each further part of the work.

A part stands in a line of `PARTS`: its key, its title, where it is made, and the groups of kinds of event (column
``group`` of the vocabulary ``training_type``: belajar, sosialisasi, dialog) in which it is shown, None for all of
them. Whoever writes a part adds its line when its module is there, in the order of the work. A part is a widget that is
called with the desk when its tab is first shown, and can do what `EventPart` says. It may have a Ctrl+S of its own;
Esc leads back to the list of events and belongs to the page. ``desk.go("training", (event_id, key))`` opens an event
at a part.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _
from resource_centre.vocabulary import vocabulary
from ui.kit.page import scrolling

if TYPE_CHECKING:
    from ui.kit.desk import Desk

PARTS: Final[tuple[tuple[str, str, str, frozenset[str] | None], ...]] = (
    ("learning", N_("Results"), "ui.pages.learning_part:LearningPart", frozenset({"belajar", "sosialisasi"})),
    ("trainers", N_("Trainers"), "ui.pages.event_trainers:EventTrainersPart", frozenset({"belajar", "sosialisasi"})),
    ("agreements", N_("Commitments"), "ui.pages.event_agreements:AgreementsPart", None),
)
"""Key, title, ``module:class`` and groups of every part but the first, which is the attendance."""

SHEET: Final = "sheet"
SHEET_TITLE: Final = N_("Attendance")
MOST_KEYS: Final = 10


class EventPart(Protocol):
    """What every part can do."""

    def open(self, event_id: str) -> None:
        """Show an event; called at every showing of the part, also of the same event."""

    def leave(self) -> None:
        """Another part or page is shown now: keep what is typed as a draft."""

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the part is shown."""


def group_of(kind: str | None) -> str:
    """The group of a kind of event: belajar, sosialisasi or dialog; empty for no kind."""
    term = vocabulary("training_type").get(kind)
    return term.group if term is not None else ""


class EventParts(QTabWidget):
    """The attendance of an event in the first tab, its further parts behind it; an event not yet saved has no others.

    Ctrl+Tab and Ctrl+PgDown go on to the next part, Alt and a number to the part of that number.
    """

    turned = Signal(str)
    """The key of the part that is shown now."""

    def __init__(self, desk: Desk, sheet: QWidget) -> None:
        super().__init__()
        self.desk = desk
        self.event_id: str | None = None
        self.parts: dict[str, Any] = {}
        self._here = SHEET
        self._rooms: list[QVBoxLayout] = []
        self.tabBar().setDrawBase(False)
        self.tabBar().setAccessibleName(_("Parts of the event"))
        self.addTab(sheet, _(SHEET_TITLE))
        for _key, title, _place, _groups in PARTS:
            self.addTab(self._room(), _(title))
        self.currentChanged.connect(lambda _place: self._turn())
        self._keys()
        self.show_event(None, None)

    def show_event(self, event_id: str | None, kind: str | None) -> None:
        """Another event, at its attendance; None for one that is not saved yet."""
        self.setCurrentIndex(0)
        self.event_id = event_id
        self.follow(kind)

    def follow(self, kind: str | None) -> None:
        """Show the parts that this kind of event has."""
        group = group_of(kind)
        for place, (_key, _title, _where, groups) in enumerate(PARTS, 1):
            self.setTabVisible(place, self.event_id is not None and (groups is None or group in groups))
        self._number_tabs()

    def show_part(self, key: str) -> None:
        """Turn to the part with this key, where this event has it."""
        place = next((place for place, part in enumerate(PARTS, 1) if part[0] == key), 0)
        if self.isTabVisible(place):
            self.setCurrentIndex(place)

    def here(self) -> str:
        """The key of the part that is shown."""
        return self._here

    def leave(self) -> None:
        """Keep what is typed in the part that is shown; that of the attendance is the page's to keep."""
        if self._here in self.parts:
            self.parts[self._here].leave()

    def first_field(self) -> QWidget | None:
        """That of the part that is shown; the tabs when it has none."""
        first: QWidget | None = self.parts[self._here].first_field() if self._here in self.parts else None
        return first or self.tabBar()

    # Inside

    def _room(self) -> QWidget:
        room = QWidget()
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 12, 0, 0)
        self._rooms.append(inside)
        return room

    def _turn(self) -> None:
        self.leave()
        place = self.currentIndex()
        self._here = PARTS[place - 1][0] if place > 0 else SHEET
        if place > 0 and self.event_id is not None:
            self._part(place).open(self.event_id)
        self.turned.emit(self._here)

    def _part(self, place: int) -> Any:
        key, _title, where, _groups = PARTS[place - 1]
        if key not in self.parts:
            part = self.parts[key] = make_part(where, self.desk)
            inside = QVBoxLayout()
            inside.addWidget(part)
            self._rooms[place - 1].addWidget(scrolling(inside))
        return self.parts[key]

    def _shown(self) -> list[int]:
        return [place for place in range(self.count()) if self.isTabVisible(place)]

    def _number_tabs(self) -> None:
        for number, place in enumerate(self._shown(), 1):
            self.setTabToolTip(place, f"Alt+{number % 10}" if number <= MOST_KEYS else "")

    def _keys(self) -> None:
        for number in range(min(MOST_KEYS, self.count())):
            self._key(f"Alt+{(number + 1) % 10}", partial(self._to_number, number))
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+PgDown", 1), ("Ctrl+Shift+Tab", -1), ("Ctrl+PgUp", -1)):
            self._key(keys, partial(self._step, step))

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _to_number(self, number: int) -> None:
        shown = self._shown()
        if number < len(shown):
            self._to_place(shown[number])

    def _step(self, step: int) -> None:
        shown = self._shown()
        self._to_place(shown[(shown.index(self.currentIndex()) + step) % len(shown)])

    def _to_place(self, place: int) -> None:
        self.setCurrentIndex(place)
        if self.tabBar().isVisible():
            self.tabBar().setFocus(Qt.FocusReason.TabFocusReason)


def make_part(place: str, desk: Desk) -> Any:
    """Import a part's module and make the part; a QWidget that is an `EventPart`."""
    module, _colon, name = place.partition(":")
    return getattr(import_module(module), name)(desk)
