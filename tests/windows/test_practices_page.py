# SPDX-License-Identifier: Apache-2.0
"""The shelf of good practices by keyboard: written, found, narrowed by a tag, given a file."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QToolButton

from resource_centre.services.practices import attach_file, files_of, practices_list, write_practice
from ui.pages.practices import PracticesPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def poster(tmp_path):
    """A photo on disk."""
    path = tmp_path / "Poster kelas.jpg"
    made = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(made, "JPEG")
    path.write_bytes(made.getvalue())
    return path


@pytest.fixture
def shelf(centre, poster):
    """Two invented practices, the second with a file; their ids by title."""
    with centre.change() as session:
        tagged = {"tags": ["usaha"], "own_tags": "Kopi", "country": "MYS"}
        first = write_practice(session, {"title": "Kelas malam", "summary": "Belajar bersama."}).id
        second = write_practice(session, {"title": "Pojok café", "summary": "Cerita purna pekerja.", **tagged}).id
        attach_file(session, second, poster.read_bytes(), title="Poster")
    return {"Kelas malam": first, "Pojok café": second}


@pytest.fixture
def page(desk, show_page, shelf):
    return show_page(PracticesPage(desk))


def titles(page):
    return [page.rows.row(place).title for place in range(page.rows.rowCount())]


def said(page):
    return {one.text() for one in page.one.findChildren(QLabel) if one.isVisible()}


def stored(centre):
    with centre.read() as session:
        return {one.title: one for one in practices_list(session)}


def test_a_practice_is_written_by_keyboard_and_shown(page, press, qtbot, settled, centre):
    press(Qt.Key.Key_F2)
    press("Radio desa\t")
    page.pile.form.form.lead_to("summary")
    press("Siaran setiap Jumat.")
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)
    assert stored(centre)["Radio desa"].noted_on is not None
    qtbot.waitUntil(lambda: "Siaran setiap Jumat." in said(page))


def test_typing_finds_without_accents(page, press, settled, qtbot):
    press("CAFE")
    qtbot.waitUntil(lambda: titles(page) == ["Pojok café"])
    press("x")
    qtbot.waitUntil(lambda: titles(page) == [])
    assert not page.change_button.isVisible()


def test_down_leads_from_the_search_into_the_list(page, press, qtbot, settled):
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    settled(page.desk.worker)
    qtbot.waitUntil(lambda: "Belajar bersama." in said(page))


def test_a_tag_that_is_pressed_narrows_the_shelf(page, settled, qtbot):
    chips = {one.text(): one for one in page.one.findChildren(QToolButton) if one.property("role") == "chip"}
    assert chips.keys() == {"Business", "Kopi"}
    chips["Kopi"].click()
    settled(page.desk.worker)
    assert (titles(page), page.tag.currentText()) == (["Pojok café"], "Kopi (1)")


def test_the_shelf_is_narrowed_by_country(page, settled):
    page.country.setCurrentIndex(page.country.findData("MYS"))
    settled(page.desk.worker)
    assert titles(page) == ["Pojok café"]


def test_a_practice_is_changed_and_stays_in_sight(page, press, settled, centre):
    press(Qt.Key.Key_Down)
    press("\n")
    press(Qt.Key.Key_A, CONTROL)
    press("Pojok kopi")
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)
    assert set(stored(centre)) == {"Pojok kopi", "Kelas malam"}
    assert page.one.look.record.title == "Pojok kopi"


def test_without_a_title_nothing_is_saved(page, press, settled, centre):
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)
    assert page.pile.form.form.rows["title"].note.text() == "Please fill this in."
    assert len(stored(centre)) == 2


def test_a_file_is_dragged_onto_a_practice(page, poster, settled, centre, shelf, qtbot):
    page.opened(shelf["Kelas malam"])
    settled(page.desk.worker)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(poster))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.one.files.dropEvent(QDropEvent(QPointF(5, 5), copy, dropped, left, none))
    qtbot.waitUntil(lambda: page.one.files.dialog is not None)
    dialog = page.one.files.dialog
    assert list(dialog.form.rows) == ["title"]
    dialog.save()
    settled(page.desk.worker)
    with centre.read() as session:
        assert [one.title for one in files_of(session, shelf["Kelas malam"])] == ["Poster kelas"]


def test_a_file_is_looked_at_renamed_and_taken_back(page, settled, centre, shelf, monkeypatch, qtbot):
    monkeypatch.setattr("ui.pages.attachment_dialogs.ask", lambda *_question, **_how: True)
    (file_id,) = page.one.files.rows
    page.one.files.look(file_id)
    settled(page.desk.worker)
    page.one.files.dialog._rename()
    page.one.files.dialog.form.set_values({"title": "Poster baru"})
    page.one.files.dialog.save()
    settled(page.desk.worker)
    assert page.one.files.rows[file_id].title == "Poster baru"
    page.one.files.look(file_id)
    settled(page.desk.worker)
    page.one.files.dialog._take_back()
    settled(page.desk.worker)
    with centre.read() as session:
        assert files_of(session, shelf["Pojok café"]) == []


def test_a_practice_is_taken_off_the_shelf(page, settled, centre, monkeypatch):
    monkeypatch.setattr("ui.pages.practices.ask", lambda *_question, **_how: True)
    page.off_button.click()
    settled(page.desk.worker)
    assert (list(stored(centre)), titles(page)) == (["Kelas malam"], ["Kelas malam"])
    assert page.one.look.record.title == "Kelas malam"


def test_what_is_typed_and_not_saved_is_there_again(page, press, settled):
    press(Qt.Key.Key_F2)
    press("Radio desa")
    page.pile.close_form()
    settled(page.desk.worker)
    page.begin()
    settled(page.desk.worker)
    assert page.pile.form.form.values("title") == {"title": "Radio desa"}


def test_escape_leaves_the_form_and_then_the_page(page, press, settled):
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    assert page.pile.form is None
    press(Qt.Key.Key_Escape)
    assert page.desk.went == [("training",)]


def test_keyboard_and_screen_readers_find_everything(each_language, page, settled, complaints):
    assert complaints(page) == []
    page.change()
    settled(page.desk.worker)
    assert complaints(page) == []
