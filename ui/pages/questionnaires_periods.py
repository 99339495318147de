# SPDX-License-Identifier: Apache-2.0
"""Which days figures are about: the usual stretches, or two days one types."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.editors_codes import ComboBox
from ui.kit.editors_dates import DateEditor
from ui.kit.pieces import GAP, label

Days = tuple[dt.date, dt.date]
WHOLE, YEAR, LAST_YEAR, HALF, CHOSEN = "whole", "year", "last_year", "half", "chosen"
DAY_WIDTH = 150


class Period(QWidget):
    """One choice; two days beside it when they are to be typed."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = ComboBox()
        self.choice.setAccessibleName(_("Period"))
        for key, words in (
            (WHOLE, _("The whole time")),
            (YEAR, _("This year")),
            (LAST_YEAR, _("Last year")),
            (HALF, _("The last six months")),
            (CHOSEN, _("Between two days…")),
        ):
            self.choice.addItem(words, key)
        self.first, self.last = DateEditor(), DateEditor()
        for editor, words in ((self.first, _("First day")), (self.last, _("Last day"))):
            editor.introduce(words, "")
            editor.setFixedWidth(DAY_WIDTH)
            editor.settled.connect(self.chosen)
        self.between = label("–", "muted")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        for made in (self.choice, self.first, self.between, self.last):
            inside.addWidget(made)
        self._show_days()
        self.choice.activated.connect(lambda _place: self._changed())

    def days(self) -> Days | None:
        """First and last day, None for the whole time or while a day is missing."""
        now, key = today(), self.choice.currentData()
        if key == YEAR:
            return dt.date(now.year, 1, 1), now
        if key == LAST_YEAR:
            return dt.date(now.year - 1, 1, 1), dt.date(now.year - 1, 12, 31)
        if key == HALF:
            return now - dt.timedelta(days=183), now
        first, last = self.first.value(), self.last.value()
        return (first, last) if key == CHOSEN and first and last else None

    def _changed(self) -> None:
        self._show_days()
        self.chosen.emit()

    def _show_days(self) -> None:
        typed = self.choice.currentData() == CHOSEN
        for made in (self.first, self.between, self.last):
            made.setVisible(typed)
