# SPDX-License-Identifier: Apache-2.0
"""Editors whose answers are typed, for the questions of a questionnaire: their value is the text of a submission.

What stands on the screen is as people write it (12,5 and 22-11-2026); the value is as an ODK submission holds it,
``12.5`` and ``2026-11-22``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _, language
from ui.kit.editors import Editor, IntegerEditor, TextEditor
from ui.kit.editors_dates import DateEditor, PartialDateEditor
from ui.kit.typed_dates import show_date, show_time

_CLOCK = re.compile(r"(\d{1,2})(?:[.:, ]?(\d{2}))?(?:[.:](\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)", re.ASCII)
NARROW = 140


class WholeNumberAnswer(IntegerEditor):
    """A whole number; the value is its digits."""

    def value(self) -> Any:
        """The digits."""
        number = super().value()
        return None if number is None else str(number)


class DecimalAnswer(TextEditor):
    """A number with comma or point, kept with every decimal that was typed."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=40, parent=parent)
        self.line.setMaximumWidth(NARROW)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number with a point."""
        return read_number(self.line.text())

    def set_value(self, value: Any) -> None:
        """Show a number with the language's comma or point."""
        self.line.setText(show_number(value))

    def unreadable(self) -> str | None:
        """Anything that is no number."""
        return "not_a_number" if self.line.text().strip() and self.value() is None else None


class DateAnswer(DateEditor):
    """A day; the value is its ISO text. A day without its year may lie on either side of today."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.means("either")

    def value(self) -> Any:
        """The ISO text."""
        day = self._day()
        return None if day is None else day.isoformat()

    def set_value(self, value: Any) -> None:
        """Show a day."""
        super().set_value(str(value)[:10] if value else None)

    def understood(self) -> str:
        """The day in words, with the day of the week."""
        return show_date(self._day(), weekday=True)

    def _day(self) -> date | None:
        found = super().value()
        return found if isinstance(found, date) else None

    def _settle(self) -> None:
        if (day := self._day()) is not None and not self.line.isReadOnly():
            self.set_value(day.isoformat())
        TextEditor._settle(self)


class MonthAnswer(PartialDateEditor):
    """A month of a year, or a year alone; the value is the first day of it, as ODK keeps it."""

    def __init__(self, parts: int, *, parent: QWidget | None = None) -> None:
        self._parts = parts
        super().__init__(parent=parent)
        self.line.setPlaceholderText("5-2019" if parts == 2 else "2019")

    def value(self) -> Any:
        """``2019-05-01``, ``2019-01-01``."""
        found = super().value()
        pieces = found.split("-") if found else []
        if len(pieces) < self._parts:
            return None
        return "-".join([*pieces[: self._parts], "01", "01"][:3])

    def set_value(self, value: Any) -> None:
        """Show as much of a day as is asked for."""
        super().set_value("-".join(str(value).split("-")[: self._parts]) if value else None)

    def unreadable(self) -> str | None:
        """Typed, but no month or year."""
        return "not_a_date" if self.line.text().strip() and self.value() is None else None


class TimeAnswer(TextEditor):
    """A time of day, 14.05 or 14:05 or 1405; the value is ``14:05:00.000``."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=20, parent=parent)
        self.line.setMaximumWidth(NARROW)
        self.line.setPlaceholderText(show_time(time(14, 5)))
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The time."""
        found = read_time(self.line.text())
        return None if found is None else found.isoformat(timespec="milliseconds")

    def set_value(self, value: Any) -> None:
        """Show a time."""
        found = read_time(str(value)) if value else None
        self.line.setText(show_time(found) if found is not None else str(value or ""))

    def unreadable(self) -> str | None:
        """No time of day."""
        return "not_a_time" if self.line.text().strip() and self.value() is None else None


class MomentAnswer(Editor):
    """A day and a time beside each other; the value is ``2026-11-22T14:05:00.000+07:00``."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self.day = DateAnswer()
        self.time = TimeAnswer()
        super().__init__(self.day, parent)
        self.inside.addWidget(self.time, 1)
        self.setFocusProxy(self.day.line)
        self.main = self.day.line
        for part in (self.day, self.time):
            part.edited.connect(self.edited)
            part.settled.connect(self.settled)

    def value(self) -> Any:
        """Both, or nothing."""
        day, clock = self.day.value(), self.time.value()
        if day is None or clock is None:
            return None
        return datetime.fromisoformat(f"{day}T{clock}").astimezone().isoformat(timespec="milliseconds")

    def set_value(self, value: Any) -> None:
        """Show both."""
        day, _parted, clock = str(value or "").partition("T")
        self.day.set_value(day or None)
        self.time.set_value(clock or None)

    def typed(self) -> Any:
        """Both lines as they are."""
        lines = [self.day.typed(), self.time.typed()]
        return lines if any(lines) else None

    def set_typed(self, typed: Any) -> None:
        """Both lines as they were."""
        lines = typed if isinstance(typed, list) and len(typed) == 2 else ["", ""]
        self.day.set_typed(lines[0])
        self.time.set_typed(lines[1])

    def unreadable(self) -> str | None:
        """One of both cannot be understood, or is missing."""
        wrong = self.day.unreadable() or self.time.unreadable()
        return wrong or ("not_a_moment" if self.typed() and self.value() is None else None)

    def understood(self) -> str:
        """The day in words."""
        return self.day.understood()

    def introduce(self, name: str, description: str) -> None:
        """Both lines say the question."""
        self.day.introduce(_("{question}: day").format(question=name), description)
        self.time.introduce(_("{question}: time").format(question=name), description)

    def mark(self, severity: str) -> None:
        """Frame both."""
        self.day.mark(severity)
        self.time.mark(severity)

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        self.day.set_read_only(read_only)
        self.time.set_read_only(read_only)


class PointAnswer(TextEditor):
    """Latitude and longitude as a telephone or a map shows them: -6.2146, 106.8451."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=90, parent=parent)
        self.line.setMaximumWidth(NARROW * 2)
        self.line.setPlaceholderText("-6.2146, 106.8451")
        self.inside.addStretch(1)

    def value(self) -> Any:
        """``-6.2146 106.8451 0 0``; height and accuracy stay if they were there."""
        return read_point(self.line.text())

    def set_value(self, value: Any) -> None:
        """Show the two numbers."""
        parts = str(value or "").split()
        words = ", ".join(parts[:2])
        self.line.setText(" ".join([words, *parts[2:]]) if any(part.strip("0.") for part in parts[2:]) else words)

    def unreadable(self) -> str | None:
        """No place on earth."""
        return "not_a_point" if self.line.text().strip() and self.value() is None else None

    def understood(self) -> str:
        """North or south, east or west."""
        point = self.value()
        if not point:
            return ""
        latitude, longitude = (Decimal(part) for part in point.split()[:2])
        return _("{latitude} {north}, {longitude} {east}").format(
            latitude=show_number(str(abs(latitude))), north=_("north") if latitude >= 0 else _("south"),
            longitude=show_number(str(abs(longitude))), east=_("east") if longitude >= 0 else _("west"),
        )  # fmt: skip


class LineAnswer(TextEditor):
    """Points of a way or around an area, parted by semicolons."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=20_000, parent=parent)
        self.line.setPlaceholderText("-6.2146, 106.8451; -6.2150, 106.8460; …")

    def value(self) -> Any:
        """The points as a submission writes them."""
        points = [read_point(part) for part in self.line.text().strip().strip(";").split(";")]
        return ";".join(point for point in points if point) if all(points) else None

    def unreadable(self) -> str | None:
        """One of them is no place on earth."""
        return "not_a_point" if self.line.text().strip() and self.value() is None else None


def read_number(text: str) -> str | None:
    """``12.5`` for "12,5" and "12.5"; None for anything else."""
    bare = text.strip().replace(" ", "")
    if not _NUMBER.fullmatch(bare):
        return None
    try:
        return format(Decimal(bare.replace(",", ".")), "f")
    except InvalidOperation:
        return None


def show_number(value: Any) -> str:
    """A number of an answer with the comma or point of the language."""
    text = "" if value is None else str(value)
    return text.replace(".", ",") if language() == "id" else text


def read_time(text: str) -> time | None:
    """A time of day, None when it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def read_point(text: str) -> str | None:
    """``latitude longitude height accuracy`` of a typed point, None when it is none."""
    bare = text.replace("−", "-").strip()
    if "." not in bare and bare.count(",") > 1:  # -6,2146 106,8451 as Indonesian writes it
        bare = re.sub(r"(\d),(\d)", r"\1.\2", bare)
    parts = [part for part in re.split(r"[,;\s]+", bare) if part]
    numbers = [read_number(part) for part in parts]
    if not 2 <= len(numbers) <= 4 or any(number is None for number in numbers):
        return None
    known = [number for number in numbers if number is not None]
    if abs(Decimal(known[0])) > 90 or abs(Decimal(known[1])) > 180:
        return None
    return " ".join([*known, "0", "0"][:4])
