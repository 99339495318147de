"""Dates as people type them, and how they are read back."""

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from resource_centre import i18n
from resource_centre.clock import today
from ui.kit.editors_dates import DateEditor, PartialDateEditor
from ui.kit.typed_dates import as_typed, read_typed, show_date, show_partial


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2019", "2019"),
        ("5/2019", "2019-05"),
        ("5-2019", "2019-05"),
        ("17-5-2019", "2019-05-17"),
        ("17/05/2019", "2019-05-17"),
        ("17.5.2019", "2019-05-17"),
        ("17 5 2019", "2019-05-17"),
        ("17 Mei 2019", "2019-05-17"),
        ("17 may 2019", "2019-05-17"),
        ("agustus 2020", "2020-08"),
        ("3 Agt 2020", "2020-08-03"),
        ("1 Nop 1999", "1999-11-01"),
        ("17051984", "1984-05-17"),
        ("17-5-84", "1984-05-17"),
        ("2019-05", "2019-05"),
        ("2019-5-7", "2019-05-07"),
        ("  17  mei  2019 ", "2019-05-17"),
        ("29-2-2024", "2024-02-29"),
    ],
)
def test_usual_spellings_are_understood(typed, understood):
    assert read_typed(typed) == understood


@pytest.mark.parametrize(
    "typed", ["", "31-2-2020", "0-5-2020", "5-0-2020", "13/2019", "17 Foo 2019", "84", "5-19", "kemarin"]
)
def test_what_is_unclear_is_not_guessed(typed):
    assert read_typed(typed) is None


def test_two_digits_never_mean_the_future():
    year = today().year
    assert read_typed(f"1-1-{year % 100:02}") == f"{year}-01-01"
    assert read_typed(f"1-1-{(year + 1) % 100:02}") == f"{year - 99}-01-01"


@pytest.mark.parametrize("value", ["2019", "2019-05", "2019-05-17"])
def test_what_is_shown_in_the_field_reads_back(value):
    assert read_typed(as_typed(value)) == value


@pytest.mark.parametrize(("language", "words"), [("id", "Jumat, 17 Mei 2019"), ("en", "Friday, 17 May 2019")])
def test_dates_are_shown_in_the_language(language, words):
    i18n.set_language(language)
    assert show_date(dt.date(2019, 5, 17), weekday=True) == words
    assert show_partial("2019-05") == " ".join(words.split()[2:])


def test_a_date_field_says_what_it_understood(qtbot):
    i18n.set_language("id")
    editor = PartialDateEditor()
    qtbot.addWidget(editor)
    editor.line.setText("5/2019")
    assert (editor.value(), editor.understood(), editor.unreadable()) == ("2019-05", "Mei 2019", None)
    editor.line.setText("entahlah")
    assert (editor.value(), editor.unreadable()) == (None, "not_a_date")


def test_a_whole_date_needs_the_day(qtbot):
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.line.setText("5-2019")
    assert (editor.value(), editor.unreadable()) == (None, "not_a_date")


def test_today_and_the_days_around_it_are_one_key_away(qtbot):
    editor = DateEditor()
    qtbot.addWidget(editor)
    edited = []
    editor.edited.connect(lambda: edited.append(editor.value()))
    qtbot.keyClicks(editor.line, "t")
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert edited == [today(), today() - dt.timedelta(days=1), today()]


def test_a_date_that_is_shown_only_does_not_step(qtbot):
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.set_value(dt.date(2020, 1, 1))
    editor.set_read_only(True)
    QApplication.sendEvent(editor.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier))
    assert editor.value() == dt.date(2020, 1, 1)
