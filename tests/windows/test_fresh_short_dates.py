# SPDX-License-Identifier: Apache-2.0
"""A day said without its year: the next one where something is planned, the last one where something has happened."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from resource_centre import i18n
from resource_centre.clock import today
from ui.kit.editors_dates import DateEditor, PartialDateEditor
from ui.kit.typed_dates import read_typed_day
from ui.pages.counselling_form import CounsellingForm
from ui.pages.training_form import TrainingForm

SUNDAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize("typed", ["25-11", "25/11", "25.11", "25 11", "25 nov", "25 November", "25nop", "25-11-"])
def test_a_day_and_a_month_are_the_nearest_such_day_on_their_side(typed):
    assert read_typed_day(typed, "future", SUNDAY) == dt.date(2026, 11, 25)
    assert read_typed_day(typed, "past", SUNDAY) == dt.date(2025, 11, 25)
    assert read_typed_day(typed, "either", SUNDAY) == dt.date(2026, 11, 25)


def test_the_day_itself_counts_on_both_sides_and_the_year_turns():
    assert read_typed_day("22-11", "future", SUNDAY) == read_typed_day("22-11", "past", SUNDAY) == SUNDAY
    assert read_typed_day("3-1", "future", SUNDAY) == dt.date(2027, 1, 3)
    assert read_typed_day("3-1", "either", SUNDAY) == dt.date(2027, 1, 3)
    assert read_typed_day("30-12", "past", SUNDAY) == dt.date(2025, 12, 30)


def test_a_leap_day_is_that_of_a_leap_year():
    assert read_typed_day("29-2", "future", SUNDAY) == dt.date(2028, 2, 29)
    assert read_typed_day("29-2", "past", SUNDAY) == dt.date(2024, 2, 29)


@pytest.mark.parametrize("typed", ["31-2", "0-5", "25-13", "11-25", "25", "2511", "nov", "25 foo", "5-2019", "2019"])
def test_what_is_no_whole_day_stays_refused(typed):
    assert [read_typed_day(typed, meant, SUNDAY) for meant in ("past", "future", "either")] == [None] * 3


def test_two_digits_of_a_planned_year_are_of_this_century():
    short = f"12-1-{(today().year + 1) % 100:02}"
    assert read_typed_day(short, "future").year == read_typed_day(short, "either").year == today().year + 1
    assert read_typed_day(short).year == today().year - 99
    assert read_typed_day("17-5-84", "future") == dt.date(1984, 5, 17)


def test_a_birth_date_is_never_filled_up(qtbot):
    editor = PartialDateEditor()
    qtbot.addWidget(editor)
    editor.line.setText("25-11")
    assert (editor.value(), editor.unreadable()) == (None, "not_a_date")


def test_the_field_says_the_whole_day_and_writes_the_year_on_leaving(qtbot):
    i18n.set_language("id")
    editor = DateEditor()
    editor.means("future", lambda: SUNDAY)
    qtbot.addWidget(editor)
    edited = []
    editor.edited.connect(lambda: edited.append(editor.line.text()))
    qtbot.keyClicks(editor.line, "25-11")
    assert (editor.understood(), editor.line.text()) == ("Rabu, 25 November 2026", "25-11")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.line.text() == edited[-1] == "25-11-2026"


def test_the_next_meeting_follows_the_day_of_the_session(qtbot, places):
    form = CounsellingForm(places)
    qtbot.addWidget(form)
    form.editor("held_on").set_value(dt.date(2026, 10, 10))
    form.editor("next_on").line.setText("15-11")
    assert form.editor("next_on").value() == dt.date(2026, 11, 15)
    form.editor("held_on").set_value(None)
    assert form.editor("next_on").value() >= today()


def test_the_last_day_of_a_course_lies_near_its_first(qtbot, places):
    form = TrainingForm(places)
    qtbot.addWidget(form)
    form.editor("starts_on").set_value(dt.date(2024, 12, 30))
    form.editor("ends_on").line.setText("2-1")
    assert form.editor("ends_on").value() == dt.date(2025, 1, 2)
    assert form.days() == 4
