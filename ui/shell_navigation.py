# SPDX-License-Identifier: Apache-2.0
"""The places at the left, each with its key, and the lock."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from resource_centre.i18n import _
from ui.kit.icons import icon
from ui.kit.pieces import button
from ui.kit.short_text import ShortText
from ui.kit.theme import Theme
from ui.shell_pages import BELONGS_TO, NAVIGATION, ON_LAPTOPS, PAGES, shortcut_of

WIDTH = 208
ICON = 20
LOW = 620
"""Pixels of height below which the places need the room of the name."""
NAME_LINES = 3
"""The longest name of a centre that is shown whole; the places below it are never pressed together."""


class Navigation(QFrame):
    """Emits the key of the place that was chosen."""

    chosen = Signal(str)
    lock = Signal()

    def __init__(self, theme: Theme, centre_name: str, person_name: str, *, on_laptop: bool = False) -> None:
        super().__init__()
        self._titles = {key: PAGES[key][0] for key in NAVIGATION} | (ON_LAPTOPS if on_laptop else {})
        self.setProperty("role", "navigation")
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(10, 18, 10, 12)
        self._inside.setSpacing(2)
        self.centre_name = ShortText(centre_name, "heading", NAME_LINES)
        self.centre_name.setContentsMargins(10, 0, 6, 0)
        self._inside.addWidget(self.centre_name)
        self._inside.addSpacing(14)
        self.places = {key: self._place(key) for key in NAVIGATION}
        self._inside.addStretch(1)
        self._add_lock(person_name)
        self._paint_icons()
        theme.changed.connect(self._paint_icons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the name has one line, so that every place keeps its height."""
        super().resizeEvent(event)
        low = self.height() < LOW
        self.centre_name.show_at_most(1 if low else NAME_LINES)
        self._inside.setContentsMargins(10, 8 if low else 18, 10, 6 if low else 12)

    def light(self, key: str) -> None:
        """Show where one is."""
        for name, place in self.places.items():
            place.setChecked(name == BELONGS_TO.get(key, key))
        self._paint_icons()

    def _place(self, key: str) -> QPushButton:
        place = QPushButton(f" {_(self._titles[key])}")  # the blank sets the words off from the icon
        place.setProperty("role", "place")
        place.setCheckable(True)
        place.setAutoDefault(True)
        place.setIconSize(QSize(ICON, ICON))
        place.setToolTip(shortcut_of(key))
        place.setAccessibleName(_(self._titles[key]))
        place.clicked.connect(lambda _checked=False: self._choose(key))
        self._inside.addWidget(place)
        return place

    def _choose(self, key: str) -> None:
        self.places[key].setChecked(True)
        self.chosen.emit(key)

    def _add_lock(self, person_name: str) -> None:
        self.person_name = ShortText(person_name, "caption", 1)
        self.person_name.setContentsMargins(10, 4, 6, 0)
        self.lock_button = button(f" {_('Lock')}", self.lock.emit, name=_("Lock"), help=_("Hide everything (Ctrl+L)"))
        self.lock_button.setProperty("role", "place")
        self.lock_button.setIconSize(QSize(ICON, ICON))
        self._inside.addWidget(self.person_name)
        self._inside.addWidget(self.lock_button)

    def _paint_icons(self) -> None:
        colours = self._theme.colours
        for key, place in self.places.items():
            place.setIcon(icon(key, colours.accent_strong if place.isChecked() else colours.muted, ICON))
        self.lock_button.setIcon(icon("lock", colours.muted, ICON))
