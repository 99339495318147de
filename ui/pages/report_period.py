# SPDX-License-Identifier: Apache-2.0
"""Of which days a report is: a month, a quarter, a half-year, a year, or from one day to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, language
from ui.kit.editors_codes import ComboBox
from ui.kit.editors_dates import DateEditor
from ui.kit.pieces import GAP, label, row

MONTHS_BACK: Final = 36
QUARTERS_BACK: Final = 20
HALVES_BACK: Final = 10
YEARS_BACK: Final = 10
DAYS: Final = "days"


class PeriodEditor(QWidget):
    """What kind of period, and which one; codes are those of `reports.monthly.periods.period_of`."""

    chosen = Signal()
    """A whole period stands there, another one than before."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = combo(_("Report on"), kinds())
        self.which = combo(_("Which one"), [])
        self.first, self.last = DateEditor(), DateEditor()
        self.first.introduce(_("From"), "")
        self.last.introduce(_("To"), "")
        self.hint = label("", "error", wrap=True)
        self._told = ""
        self.setFocusProxy(self.kind)
        self._lay_out()
        self.kind.activated.connect(lambda _place: self._take_kind())
        self.which.activated.connect(lambda _place: self._tell())
        for editor in (self.first, self.last):
            editor.settled.connect(self._tell)
        self.set_code(last_month(today()))

    def code(self) -> str | None:
        """The period as a code; None while its days are not there or turned."""
        if self.kind.currentData() != DAYS:
            return str(self.which.currentData())
        first, last = self.first.value(), self.last.value()
        return f"{first.isoformat()}/{last.isoformat()}" if first and last and first <= last else None

    def set_code(self, code: str) -> None:
        """Show a period; one that is older than the lists stands there all the same. Tells nobody."""
        kind = kind_of(code)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self._fill()
        if kind == DAYS:
            for editor, day in zip((self.first, self.last), code.split("/"), strict=True):
                editor.set_value(day)
        elif self.which.findData(code) < 0:
            self.which.addItem(period_words(code), code)
        self.which.setCurrentIndex(self.which.findData(code))
        self._told = code
        self.hint.hide()

    # Inside

    def _lay_out(self) -> None:
        self._days = QWidget()
        days = QVBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(4)
        for words, editor in ((_("From"), self.first), (_("To"), self.last)):
            caption = label(words, "caption")
            caption.setMinimumWidth(34)
            line = row(caption, editor)
            line.setStretch(1, 1)
            days.addLayout(line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        for widget in (self.kind, self.which, self._days, self.hint):
            inside.addWidget(widget)
        self.hint.hide()

    def _fill(self) -> None:
        kind = str(self.kind.currentData())
        self._days.setVisible(kind == DAYS)
        self.which.setVisible(kind != DAYS)
        self.which.clear()
        for code, words in periods(kind, today()):
            self.which.addItem(words, code)
        self.which.setCurrentIndex(min(1, self.which.count() - 1))

    def _take_kind(self) -> None:
        """Of another kind the last one that is over; the days are those of the period before."""
        before = self._told
        self._fill()
        if self.kind.currentData() == DAYS and self.first.is_empty() and before and kind_of(before) != DAYS:
            from reports.monthly.periods import period_of

            period = period_of(before)
            self.first.set_value(period.first.isoformat())
            self.last.set_value(period.last.isoformat())
        self._tell()

    def _tell(self) -> None:
        code = self.code()
        turned = code is None and bool(self.first.value() and self.last.value())
        self.hint.setText(_("The last day is before the first.") if turned else "")
        self.hint.setVisible(turned)
        if code is not None and code != self._told:
            self._told = code
            self.chosen.emit()


def combo(name: str, choices: list[tuple[str, str]]) -> ComboBox:
    """A list of choices that is as narrow as its place."""
    made = ComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    for code, words in choices:
        made.addItem(words, code)
    return made


def kinds() -> list[tuple[str, str]]:
    """The kinds of periods with their words."""
    return [
        ("month", _("A month")),
        ("quarter", _("A quarter")),
        ("half", _("A half-year")),
        ("year", _("A year")),
        (DAYS, _("From one day to another")),
    ]


def kind_of(code: str) -> str:
    """The kind of a period's code."""
    if "/" in code:
        return DAYS
    _year, _dash, part = code.partition("-")
    return {"": "year", "Q": "quarter", "H": "half"}.get(part[:1], "month")


def periods(kind: str, day: dt.date) -> list[tuple[str, str]]:
    """The periods of a kind, that of the day first: code and words."""
    made = {"month": _months, "quarter": _quarters, "half": _halves, "year": _years}.get(kind)
    return [(code, period_words(code)) for code in made(day)] if made is not None else []


def months(day: dt.date) -> list[tuple[str, str]]:
    """This month and those before, the newest first: code and words."""
    return periods("month", day)


def last_month(day: dt.date) -> str:
    """The month before that of a day."""
    return f"{day.replace(day=1) - dt.timedelta(days=1):%Y-%m}"


def period_words(code: str) -> str:
    """A period in the language of the screen."""
    kind = kind_of(code)
    words: dict[str, Callable[[str], str]] = {"month": _month_words, "quarter": _quarter_words, "half": _half_words}
    if kind == DAYS:
        return _days_words(code)
    return words[kind](code) if kind in words else code


def _month_words(code: str) -> str:
    year, month = code.split("-")
    return f"{QLocale(language()).standaloneMonthName(int(month))} {year}"


def _quarter_words(code: str) -> str:
    return _("Quarter {n} of {year}").format(n=code[-1], year=code[:4])


def _half_words(code: str) -> str:
    words = _("First half of {year}") if code[-1] == "1" else _("Second half of {year}")
    return words.format(year=code[:4])


def _days_words(code: str) -> str:
    from ui.pages.wording import days_words

    first, last = code.split("/")
    return days_words(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def _months(day: dt.date) -> Iterator[str]:
    for number in range(MONTHS_BACK):
        year, month = divmod(day.year * 12 + day.month - 1 - number, 12)
        yield f"{year:04}-{month + 1:02}"


def _quarters(day: dt.date) -> Iterator[str]:
    for number in range(QUARTERS_BACK):
        year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 - number, 4)
        yield f"{year:04}-Q{quarter + 1}"


def _halves(day: dt.date) -> Iterator[str]:
    for number in range(HALVES_BACK):
        year, half = divmod(day.year * 2 + (day.month - 1) // 6 - number, 2)
        yield f"{year:04}-H{half + 1}"


def _years(day: dt.date) -> Iterator[str]:
    for number in range(YEARS_BACK):
        yield f"{day.year - number:04}"
