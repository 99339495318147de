# SPDX-License-Identifier: Apache-2.0
"""What is to be known before anything of an event is changed: it was called off, its month has been reported."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel

from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.typed_dates import show_date

if TYPE_CHECKING:
    from resource_centre.records import TrainingEvent


class EventNotice(QLabel):
    """A line of warning, hidden when there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "warning")
        self.setProperty("textFormat", "PlainText")
        self.setWordWrap(True)
        self.hide()
        self.desk = desk
        self._called_off = False
        self._day: dt.date | None = None
        self._reported: dict[str, dt.date | None] = {}
        desk.worker.changed.connect(self._changed)

    def follow(self, event: TrainingEvent | None, day: dt.date | None) -> None:
        """Of this event (None for a new one) on this first day."""
        self._called_off, self._day = bool(event is not None and event.called_off), day
        if _month(day) not in self._reported:
            self._ask()
        self._say()

    def reported_words(self) -> str:
        """That the month was reported, and when; empty when it was not."""
        on = self._reported.get(_month(self._day))
        if on is None or self._day is None:
            return ""
        name = QLocale(language()).standaloneMonthName(self._day.month)
        words = _("The report of {month} was handed over on {day}: changes show up there as later corrections.")
        return words.format(month=f"{name} {self._day.year}", day=show_date(on))

    def _heard(self, month: str, on: dt.date | None) -> None:
        self._reported[month] = on
        self._say()

    def _say(self) -> None:
        off = _("This event was called off. It counts nowhere.") if self._called_off else ""
        words = "  ".join(part for part in (off, self.reported_words()) if part)
        self.setText(words)
        self.setVisible(bool(words) and self.parentWidget() is not None)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if "MonthReport" in changed:
            self._reported.clear()
            self._ask()

    def _ask(self) -> None:
        day, month = self._day, _month(self._day)
        if day is not None:
            self._reported[month] = None
            self.desk.worker.read(
                lambda session: _reported(session, day), lambda on: self._heard(month, on), quiet=True, owner=self
            )


def _month(day: dt.date | None) -> str:
    return f"{day:%Y-%m}" if day is not None else ""


def _reported(session: Any, day: dt.date | None) -> dt.date | None:
    from resource_centre.services.month_reports import reported

    return reported(session, day)
