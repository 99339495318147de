# SPDX-License-Identifier: Apache-2.0
"""Dates are typed, not clicked together: any usual spelling, and the field says what it understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, language, ngettext
from ui.kit.editors import Editor, TextEditor
from ui.kit.typed_dates import (
    Meant,
    as_typed,
    days_as_typed,
    read_typed,
    read_typed_day,
    read_typed_days,
    show_date,
    show_days,
    show_partial,
)

WIDTH = 170


class PartialDateEditor(TextEditor):
    """A year, a month of a year, or a day; the value is the canonical text."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=40, parent=parent)
        self.line.setMaximumWidth(WIDTH)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The canonical partial date."""
        return read_typed(self.line.text())

    def set_value(self, value: Any) -> None:
        """Show a canonical partial date."""
        self.line.setText(as_typed(value))

    def unreadable(self) -> str | None:
        """Typed, but no date we know."""
        return "not_a_date" if self.line.text().strip() and read_typed(self.line.text()) is None else None

    def understood(self) -> str:
        """The date in words."""
        return show_partial(read_typed(self.line.text()))


class DateEditor(TextEditor):
    """A whole day; arrow keys step, "t" is today, a calendar for who likes one. The value is a `date`.

    A day typed without its year is the last such day, unless `means` says otherwise; the year is written in on leaving.
    """

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=40, parent=parent)
        self._meant: Meant = "past"
        self._since: Callable[[], date | None] = today
        self.line.setMaximumWidth(WIDTH)
        self.line.installEventFilter(self)
        self.calendar_button = QToolButton()
        self.calendar_button.setText("▾")
        self.calendar_button.setToolTip(_("Choose from a calendar"))
        self.calendar_button.setAccessibleName(_("Choose from a calendar"))
        self.calendar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.calendar_button.clicked.connect(self._open_calendar)
        self.inside.addWidget(self.calendar_button)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The day."""
        return read_typed_day(self.line.text(), self._meant, self._since())

    def means(self, meant: Meant, since: Callable[[], date | None] = today) -> None:
        """Where a day without its year lies, as seen from `since`."""
        self._meant, self._since = meant, since

    def set_value(self, value: Any) -> None:
        """Show a day (a `date` or its ISO text)."""
        self.line.setText(as_typed(value.isoformat() if isinstance(value, date) else value))

    def unreadable(self) -> str | None:
        """Typed, but no whole date."""
        return "not_a_date" if self.line.text().strip() and self.value() is None else None

    def understood(self) -> str:
        """The day in words, with the day of the week."""
        return show_date(self.value(), weekday=True)

    def introduce(self, name: str, description: str) -> None:
        """The calendar button says which date it is for."""
        super().introduce(name, description)
        self.calendar_button.setAccessibleName(f"{name}: {_('Choose from a calendar')}")

    def set_read_only(self, read_only: bool) -> None:
        """Show only, without the calendar."""
        super().set_read_only(read_only)
        self.calendar_button.setVisible(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go by a day; t alone is today."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.line.isReadOnly():
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._take((self.value() or today()) + timedelta(days=step))
                return True
            if event.text().casefold() in ("t", "h") and not self.line.text():
                self._take(today())
                return True
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        day = self.value()
        if day is not None and not self.line.isReadOnly() and read_typed(self.line.text()) != day.isoformat():
            self.set_value(day)
            self.edited.emit()
        super()._settle()

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.edited.emit()
        self.settled.emit()

    def _open_calendar(self) -> None:
        popup = CalendarPopup(self.value() or today(), self)
        popup.calendar.activated.connect(lambda chosen: self._chosen(popup, chosen))
        popup.calendar.clicked.connect(lambda chosen: self._chosen(popup, chosen))
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        popup.show()

    def _chosen(self, popup: CalendarPopup, day: QDate) -> None:
        popup.close()
        self._take(date(day.year(), day.month(), day.day()))
        self.line.setFocus()


class DatesEditor(TextEditor):
    """Several days, typed as one says them: 12-10, 14-10, 21-10-2026. The value is their ISO texts in order.

    A day typed twice is given twice, for whoever checks to say so.
    """

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=400, parent=parent)
        self._since: Callable[[], date | None] = today
        self.line.setPlaceholderText(_("such as 12-10, 14-10, 21-10-2026"))

    def lie_near(self, since: Callable[[], date | None]) -> None:
        """Which day those typed without any year lie nearest to."""
        self._since = since

    def days(self) -> tuple[date, ...]:
        """The days in order; none when one of them is unclear."""
        return tuple(sorted(read_typed_days(self.line.text(), self._since()) or ()))

    def value(self) -> Any:
        """The days as ISO texts, None when there are none."""
        return [day.isoformat() for day in self.days()] or None

    def set_value(self, value: Any) -> None:
        """Show days (a list of ISO texts)."""
        self.line.setText(days_as_typed([date.fromisoformat(day) for day in value or ()]))
        self.line.setCursorPosition(0)

    def unreadable(self) -> str | None:
        """Typed, but one of the days is none."""
        return "not_a_date" if read_typed_days(self.line.text(), self._since()) is None else None

    def understood(self) -> str:
        """The days in words, and how many they are."""
        days = self.days()
        count = ngettext("{n} day", "{n} days", len(days)).format(n=len(days))
        return f"{show_days(days)} ({count})" if days else ""

    def _settle(self) -> None:
        days = self.days()
        if days and not self.line.isReadOnly() and (whole := days_as_typed(days)) != self.line.text():
            self.line.setText(whole)
            self.edited.emit()
        super()._settle()


def mean(editor: Editor, meant: Meant, since: Callable[[], date | None] = today) -> None:
    """Say of a date among a form's editors where a day without its year lies."""
    assert isinstance(editor, DateEditor)
    editor.means(meant, since)


class CalendarPopup(QWidget):
    """A month to choose from, in the active language, week beginning on Monday."""

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(language()))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setAccessibleName(_("Calendar"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.calendar)
