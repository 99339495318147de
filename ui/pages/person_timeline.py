# SPDX-License-Identifier: Apache-2.0
"""What has happened with a person, newest first, and who has changed what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.pieces import Card, button, empty, label
from ui.kit.typed_dates import show_date, show_partial, show_time

if TYPE_CHECKING:
    from resource_centre.services.timeline import TimelineItem
    from resource_centre.services.trail import TrailEntry

SHOWN_AT_FIRST = 40
OPENS = ("CounsellingSession", "TrainingEvent")


class Timeline(Card):
    """Date, kind and facts on one line each; what can be opened is a link."""

    def __init__(self, open_item: Callable[[TimelineItem], None]) -> None:
        super().__init__(_("What has happened"))
        self._open_item = open_item
        self._items: Sequence[TimelineItem] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self.more = button("", self._show_all, role="link")
        self.body.addWidget(self.more)

    def show_items(self, items: Sequence[TimelineItem]) -> None:
        """Show these, the first ones at once and all on request."""
        self._items = items
        self._draw(items[:SHOWN_AT_FIRST])

    def lines(self) -> list[str]:
        """What is shown, one text per line."""
        shown = self._items if self.more.isHidden() else self._items[:SHOWN_AT_FIRST]
        return [" · ".join((show_partial(item.when), item.label, *item.facts)) for item in shown]

    def _show_all(self) -> None:
        self._draw(self._items)

    def _draw(self, items: Sequence[TimelineItem]) -> None:
        empty(self._grid)
        for line, item in enumerate(items):
            when = label(show_partial(item.when) or _("date unknown"), "muted")
            self._grid.addWidget(when, line, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self._what(item), line, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(" · ".join(item.facts), wrap=True, selectable=True), line, 2)
        left = len(self._items) - len(items)
        self.more.setVisible(left > 0)
        self.more.setText(ngettext("Show {n} more", "Show {n} more", left).format(n=left))

    def _what(self, item: TimelineItem) -> QWidget:
        if item.record not in OPENS:
            return _strong(item.label)
        opener = button(item.label, lambda: self._open_item(item), role="link")
        opener.setStyleSheet("padding: 0; min-height: 0; border-width: 0; font-weight: 700;")
        return opener


class Trail(Card):
    """The saves of the person's record: when, by whom, which fields. Never what was written in them."""

    def __init__(self) -> None:
        super().__init__(_("Who changed what"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)

    def show_entries(self, entries: Sequence[TrailEntry]) -> None:
        """Show these saves."""
        empty(self._lines)
        for entry in entries[:SHOWN_AT_FIRST]:
            when = f"{show_date(entry.at.date())} {show_time(entry.at.time())}"
            head = _("{when}, {who}: {what}").format(when=when, who=entry.who, what=entry.label)
            self._lines.addWidget(label(head, wrap=True))
            if entry.fields and entry.kind == "changed":
                self._lines.addWidget(label(", ".join(entry.fields), "help", wrap=True))


def _strong(text: str) -> QLabel:
    made = label(text)
    made.setStyleSheet("font-weight: 700;")
    return made
