# SPDX-License-Identifier: Apache-2.0
"""Looking for somebody at the desk."""

import pytest
from PySide6.QtCore import Qt

from resource_centre.services.intake import register_intake
from resource_centre.services.people import change_person
from ui.pages.people import PeoplePage
from ui.pages.person_picker import PersonPicker


@pytest.fixture
def neighbours(centre):
    """Three people of two villages; ids by name."""
    people = {
        "Siti Aminah": ("P", "1984-02-10", "52.03.01.2001", "081234567890"),
        "Lalu Ahmad": ("L", "1990", "52.03.01.2001", "081911112222"),
        "Inaq Sahnim": ("P", "1961-05-01", "52.03.02.2001", "087833334444"),
    }
    with centre.change() as session:
        return {
            name: register_intake(
                session,
                person={"full_name": name, "sex": sex, "birth_date": born, "safe_phone": phone},
                address={"village_code": village},
            ).person_id
            for name, (sex, born, village, phone) in people.items()
        }


@pytest.fixture
def page(desk, settled, on_screen):
    page = on_screen(PeoplePage(desk), (1100, 700))
    page.opened()
    page.search.setFocus()
    settled(desk.worker)
    return page


def names(page):
    return [page.rows.row(line).name for line in range(page.rows.rowCount())]


def type_and_wait(qtbot, page, settled, text):
    qtbot.keyClicks(page.search, text)
    qtbot.waitUntil(lambda: page._asked == page.search.text())
    settled(page.desk.worker)


def test_everybody_is_listed_by_name(neighbours, page):
    assert names(page) == ["Inaq Sahnim", "Lalu Ahmad", "Siti Aminah"]
    assert page.count.text() == "3 people"


@pytest.mark.parametrize("typed", ["aminah", "siti am", "0812-3456", "81234567890"])
def test_typing_narrows_the_list_by_name_and_telephone(neighbours, page, qtbot, settled, typed):
    type_and_wait(qtbot, page, settled, typed)
    assert names(page) == ["Siti Aminah"]
    assert page.count.text() == "1 person"


def test_a_client_number_finds_its_person(neighbours, page, qtbot, settled):
    number = page.rows.row(1).number
    type_and_wait(qtbot, page, settled, number)
    assert names(page) == ["Lalu Ahmad"]


def test_enter_in_the_search_opens_the_first_one_found(neighbours, page, qtbot, settled, desk):
    qtbot.keyClicks(page.search, "sahnim")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    settled(desk.worker)
    assert desk.went == [("person", neighbours["Inaq Sahnim"])]


def test_the_arrow_goes_into_the_list_and_enter_opens_the_marked_one(neighbours, page, qtbot, desk):
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert desk.went == [("person", neighbours["Lalu Ahmad"])]


def test_f2_takes_what_was_typed_to_the_intake(page, qtbot, settled, desk):
    type_and_wait(qtbot, page, settled, "nur hasanah")
    assert names(page) == []
    qtbot.keyClick(page.search, Qt.Key.Key_F2)
    assert desk.went == [("intake", "nur hasanah")]


def test_an_empty_list_says_in_words_what_to_do(page, qtbot, settled):
    assert "Nobody is registered yet" in page._why_nobody()
    type_and_wait(qtbot, page, settled, "nobody")
    assert "F2" in page._why_nobody()
    assert page.count.text() == ""


def test_a_new_person_appears_without_asking(page, centre, desk, qtbot, settled):
    desk.worker.change(
        lambda session: register_intake(session, person={"full_name": "Baiq Rohani", "sex": "P"}) and None
    )
    qtbot.waitUntil(lambda: names(page) == ["Baiq Rohani"])


def test_keyboard_and_screen_reader_reach_everything(neighbours, page, each_language, complaints):
    assert complaints(page) == []


def test_nobody_who_has_died_has_an_age(neighbours, centre, page, desk, settled, qtbot):
    desk.worker.change(lambda session: change_person(session, neighbours["Inaq Sahnim"], {"standing": "meninggal"}).id)
    settled(desk.worker)
    age = [column.title for column in page._columns()].index("Age")
    qtbot.waitUntil(lambda: page.rows.data(page.rows.index(0, age)) == "")
    assert page.rows.data(page.rows.index(1, age))


def test_the_picker_says_who_has_died(neighbours, desk, qtbot, settled):
    picker = PersonPicker(desk, "Person")
    qtbot.addWidget(picker)
    desk.worker.change(lambda session: change_person(session, neighbours["Inaq Sahnim"], {"standing": "meninggal"}).id)
    settled(desk.worker)
    picker.show()
    qtbot.keyClicks(picker.line, "sahnim")
    qtbot.waitUntil(lambda: len(picker.line.offered()) == 1)
    assert "Deceased" in picker.line.offered()[0].detail
    assert "65" not in picker.line.offered()[0].detail
