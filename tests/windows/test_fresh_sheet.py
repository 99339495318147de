# SPDX-License-Identifier: Apache-2.0
"""An attendance sheet after a power cut, and a registered person taken onto it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from resource_centre.services.intake import register_intake
from ui.pages.training import TrainingPage

MASBAGIK = "52.03.04.2001"


@pytest.fixture
def aminah(centre):
    """A registered relative of somebody abroad."""
    with centre.change() as session:
        person = {"full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-02-01", "client_type": "family"}
        return register_intake(session, person=person, address={"village_code": MASBAGIK}).person_id


@pytest.fixture
def make_page(desk, show_page):
    """Opens the sheet of a new event."""

    def make():
        return show_page(TrainingPage(desk), "new")

    return make


def press(qtbot, page, text):
    for letter in text:
        to = QApplication.focusWidget() or page.sheet.grid
        qtbot.keyClick(to, Qt.Key.Key_Return if letter == "\n" else letter)


def test_a_sheet_that_comes_back_says_again_who_may_be_registered(aminah, make_page, qtbot, desk, settled):
    page = make_page()
    page.sheet.grid.start()
    press(qtbot, page, "Sitti Aminah\np41\n")
    desk.drafts.flush()
    settled(desk.worker)
    page.sheet.draft.setParent(None)

    again = make_page()
    assert [one.name for one in again.sheet.sheet.written()] == ["Sitti Aminah"]
    qtbot.waitUntil(lambda: "1 name is that of somebody registered" in again.sheet.taught.text())


def test_somebody_taken_onto_the_sheet_brings_the_client_type(aminah, make_page, qtbot, desk, settled):
    page = make_page()
    page.sheet.grid.start()
    press(qtbot, page, "aminah")
    editor = QApplication.focusWidget()
    qtbot.waitUntil(lambda: len(editor.offered()) == 1)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    row = page.sheet.sheet.rows[0]
    assert (row.person_id, row.client_type, row.village_code) == (aminah, "family", MASBAGIK)
