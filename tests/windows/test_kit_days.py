# SPDX-License-Identifier: Apache-2.0
"""Several days in one line, typed as one says them."""

from datetime import date

import pytest

from resource_centre import i18n
from ui.kit.editor_for import editor_for
from ui.kit.editors_dates import DatesEditor
from ui.kit.typed_dates import days_as_typed, read_typed_days, show_days

SINCE = date(2026, 10, 1)


def days(*texts):
    return tuple(date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize(
    "typed",
    [
        "12-10, 14-10, 21-10-2026",
        "12-10-2026; 14-10-2026; 21-10-2026",
        "12, 14 dan 21 Okt 2026",
        "12 Oktober, 14, 21",
        "12/10/26, 14/10, 21/10",
        "2026-10-12, 2026-10-14 & 21-10",
        "12-10, 14-10, 21-10,",
    ],
)
def test_days_are_read_however_they_are_typed(typed):
    assert read_typed_days(typed, SINCE) == days("2026-10-12", "2026-10-14", "2026-10-21")


def test_days_go_over_the_end_of_a_year():
    assert read_typed_days("28-12, 4-1-2027", SINCE) == days("2026-12-28", "2027-01-04")
    assert read_typed_days("28-12-2026, 4-1", SINCE) == days("2026-12-28", "2027-01-04")


@pytest.mark.parametrize(
    "typed", ["12", "12, 14", "12-10, besok", "31-11-2026", "12-10, 32", "Okt 2026", "12-10, 2026"]
)
def test_what_is_no_list_of_days_is_not_guessed_at(typed):
    assert read_typed_days(typed, SINCE) is None


def test_nothing_typed_is_no_day():
    assert read_typed_days(" , ", SINCE) == ()


@pytest.mark.parametrize(
    "several",
    [(), days("2026-10-12"), days("2026-12-28", "2027-01-04", "2027-01-11"), days("2026-01-05", "2026-11-20")],
)
def test_what_is_put_into_the_field_reads_as_the_same_days(several):
    assert read_typed_days(days_as_typed(several), date(2030, 6, 1)) == several


def test_days_in_words_in_both_languages():
    several = days("2026-09-28", "2026-10-05", "2026-10-12")
    assert show_days(several) == "28 September; 5, 12 October 2026"
    i18n.set_language("id")
    assert show_days(several) == "28 September; 5, 12 Oktober 2026"
    assert show_days(days("2026-09-28", "2026-10-05")) == "28 September, 5 Oktober 2026"


def test_the_field_gives_the_days_in_order_and_says_them(qtbot):
    editor = editor_for("dates")
    assert isinstance(editor, DatesEditor)
    qtbot.addWidget(editor)
    editor.lie_near(lambda: SINCE)
    editor.set_typed("14-10, 12-10")
    assert editor.value() == ["2026-10-12", "2026-10-14"]
    assert editor.understood() == "12, 14 October 2026 (2 days)"
    assert editor.unreadable() is None


def test_the_year_is_written_in_when_the_field_is_left(qtbot):
    editor = DatesEditor()
    qtbot.addWidget(editor)
    editor.lie_near(lambda: SINCE)
    qtbot.keyClicks(editor.line, "12-10, 14-10")
    editor.line.editingFinished.emit()
    assert editor.typed() == "12-10, 14-10-2026"


def test_a_day_typed_twice_stays_twice_so_that_it_can_be_named(qtbot):
    editor = DatesEditor()
    qtbot.addWidget(editor)
    editor.set_typed("12-10, 12-10-2026")
    assert editor.value() == ["2026-10-12", "2026-10-12"]


def test_letters_that_are_no_day_are_kept_and_named(qtbot):
    editor = DatesEditor()
    qtbot.addWidget(editor)
    editor.set_typed("12-10, lusa")
    assert (editor.value(), editor.unreadable(), editor.typed()) == (None, "not_a_date", "12-10, lusa")
