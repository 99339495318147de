# SPDX-License-Identifier: Apache-2.0
"""How the questions are shown and in which language: two small menus, each with a key that takes the next entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMenu, QPushButton

from resource_centre.i18n import N_, _

if TYPE_CHECKING:
    from ui.pages.questionnaire_work import Task

WAYS: Final = {
    "pages": N_("Page by page"),
    "all": N_("All on one page"),
    "aloud": N_("Aloud, one at a time"),
}


class Chooser(QPushButton):
    """A button with a menu of a few entries; what is chosen stands on it."""

    def __init__(self, name: str, key: str, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._name, self._chosen = name, chosen
        self._entries: dict[str, str] = {}
        self.now = ""
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0px; }")
        self.setToolTip(f"{name} ({key})")

    def offer(self, entries: dict[str, str], now: str) -> None:
        """What there is to choose from, and what is chosen."""
        self._entries = entries
        self._menu.clear()
        for key, words in entries.items():
            self._menu.addAction(words).triggered.connect(lambda _checked=False, key=key: self._chosen(key))
        self.mark(now)

    def mark(self, now: str) -> None:
        """Show what is chosen now."""
        self.now = now
        words = self._entries.get(now, now)
        self.setText(f"{words} ▾")
        self.setAccessibleName(f"{self._name}: {words}")

    def take_next(self) -> None:
        """Take the entry after the present one."""
        keys = list(self._entries)
        if len(keys) > 1:
            self._chosen(keys[(keys.index(self.now) + 1) % len(keys)] if self.now in keys else keys[0])


class WayMenu(Chooser):
    """Page by page, all on one page, or aloud."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__(_("How the questions are shown"), "F3", chosen)
        self.offer({key: _(words) for key, words in WAYS.items()}, "pages")

    @property
    def way(self) -> str:
        """What is chosen."""
        return self.now

    @way.setter
    def way(self, way: str) -> None:
        self.mark(way)


class LanguageMenu(Chooser):
    """The form's languages."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__(_("Language of the questions"), "F4", chosen)

    def show_task(self, task: Task) -> None:
        """The languages of another form."""
        self.offer({one: _short(one) for one in task.live.form.languages}, task.live.language)

    def has_several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self._entries) > 1


def _short(language: str) -> str:
    return language.partition("(")[0].strip() or language
