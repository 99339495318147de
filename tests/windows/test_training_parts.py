# SPDX-License-Identifier: Apache-2.0
"""An event and its parts: the attendance first, further parts in tabs of their own."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from resource_centre.services.training import record_training
from ui.pages import training_parts
from ui.pages.training import TrainingPage

told: list[tuple[str, str]] = []


class Part(QWidget):
    """A part that remembers what it was asked."""

    name = "first"

    def __init__(self, desk):
        super().__init__()
        self.desk = desk
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def open(self, event_id):
        told.append((self.name, event_id))

    def leave(self):
        told.append((self.name, "left"))

    def first_field(self):
        return self.field


class SecondPart(Part):
    name = "second"


@pytest.fixture(autouse=True)
def two_parts(monkeypatch):
    told.clear()
    parts = (
        ("one", "One", f"{__name__}:Part", None),
        ("two", "Two", f"{__name__}:SecondPart", frozenset({"dialog"})),
    )
    monkeypatch.setattr(training_parts, "PARTS", parts)


@pytest.fixture
def event_of(centre):
    def made(kind):
        with centre.change() as session:
            event = {"training_type": kind, "starts_on": dt.date(2026, 11, 3), "topic": "Pertemuan"}
            return record_training(session, event=event).id

    return made


def shown(page):
    return [page.parts.tabText(place) for place in range(page.parts.count()) if page.parts.isTabVisible(place)]


def test_an_event_that_is_not_saved_has_its_attendance_only(desk, show_page):
    page = show_page(TrainingPage(desk), "new")
    assert shown(page) == ["Attendance"]


def test_the_parts_of_an_event_follow_its_kind(desk, show_page, event_of):
    assert shown(show_page(TrainingPage(desk), event_of("kelas"))) == ["Attendance", "One"]
    assert shown(show_page(TrainingPage(desk), event_of("dialog"))) == ["Attendance", "One", "Two"]


def test_a_part_is_made_when_it_is_first_turned_to_and_told_of_every_event(desk, show_page, event_of, settled, qtbot):
    first, second = event_of("dialog"), event_of("dialog")
    page = show_page(TrainingPage(desk), first)
    assert told == []
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert told == [("first", first)]
    page.opened((second, "two"))
    settled(desk.worker)
    assert told == [("first", first), ("first", "left"), ("second", second)]
    assert QApplication.focusWidget() is page.parts.parts["two"].field


def test_one_goes_round_the_parts_by_keyboard(desk, show_page, event_of):
    page = show_page(TrainingPage(desk), event_of("kelas"))
    for expected in ("one", "sheet"):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        assert page.parts.here() == expected
    assert page.sheet.save_button.isVisible()


def test_esc_in_a_part_leads_to_the_list_and_keeps_what_is_typed(desk, show_page, event_of, settled):
    page = show_page(TrainingPage(desk), (event_of("kelas"), "one"))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settled(desk.worker)
    assert page.first_field() is page.events
    assert told[-1] == ("first", "left")
