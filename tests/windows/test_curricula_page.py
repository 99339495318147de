# SPDX-License-Identifier: Apache-2.0
"""A centre makes a curriculum of its own by keyboard, publishes it, and changes it in a new version."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from resource_centre.access import COUNSELLOR
from resource_centre.services.curricula import copy_curriculum, curricula_list, modules_of, publish
from resource_centre.services.curriculum_default import default_id
from ui.pages.curricula import LIST, ONE, CurriculaPage

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def own(centre):
    """The centre's own draft with the ten modules."""
    with centre.change() as session:
        return copy_curriculum(session, default_id(), name="Kurikulum Lombok").id


@pytest.fixture
def page(desk, show_page):
    return show_page(CurriculaPage(desk))


@pytest.fixture
def agree(monkeypatch):
    """Whatever is asked, the answer is yes."""
    monkeypatch.setattr("ui.pages.curricula_view.ask", lambda *_question, **_how: True)


@pytest.fixture
def opened(page, settled):
    """Opens a version on the page."""

    def open_one(curriculum_id):
        page.open_one(curriculum_id)
        settled(page.desk.worker)
        return page.one

    return open_one


def stored(centre):
    with centre.read() as session:
        return {one.name: one for one in curricula_list(session) if not one.shipped}


def titles(centre, curriculum_id):
    with centre.read() as session:
        return [one.title for one in modules_of(session, curriculum_id)]


def offered(page):
    return {one.text().replace("&", "") for one in page.one.actions_at_top if one.isVisible()}


def test_a_curriculum_from_nothing_to_published_by_keyboard(page, press, fill, settled, centre, agree):
    press(Qt.Key.Key_F2)
    press("Kelas malam")
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)
    press(Qt.Key.Key_F3)
    press("Anggaran\tM2\t90\t")
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)
    assert page.one.together.text() == "1 module, 1 h 30 min together"
    page.one.publish_button.click()
    settled(page.desk.worker)
    made = stored(centre)["Kelas malam"]
    assert (made.state, made.modules, made.minutes) == ("in_use", 1, 90)


def test_what_came_with_the_program_is_read_and_made_one_s_own(page, press, settled, centre, opened):
    press("\n")
    settled(page.desk.worker)
    assert page.one.rows.rowCount() == 10
    assert offered(page) == {"Print…", "Withdraw", "Make our own from it"}
    page.one.version_button.click()
    settled(page.desk.worker)
    (made,) = stored(centre).values()
    assert (made.state, made.modules, page.one.curriculum_id) == ("draft", 10, made.id)


def test_the_module_the_keyboard_is_on_is_told_beside_the_list(page, press, qtbot, opened):
    view = opened(default_id())
    press(Qt.Key.Key_Down)

    def said():
        return [one.text() for one in view.card.findChildren(QLabel) if one.isVisible()]

    qtbot.waitUntil(lambda: "Household budget" in said())
    assert "Blank household budget, two for each participant" in said()
    assert "Migration and financial goals" not in said()


def test_modules_are_moved_by_keyboard_and_the_keyboard_stays_on_them(page, press, settled, centre, own, opened):
    opened(own)
    press(Qt.Key.Key_Down, ALT)
    settled(page.desk.worker)
    press(Qt.Key.Key_Down, ALT)
    settled(page.desk.worker)
    assert titles(centre, own)[2] == "Migration and financial goals"
    press(Qt.Key.Key_Up, ALT)
    settled(page.desk.worker)
    assert titles(centre, own)[1] == "Migration and financial goals"


def test_a_module_is_taken_out_of_a_draft(page, press, settled, centre, own, opened, agree):
    opened(own)
    press(Qt.Key.Key_Delete, CONTROL)
    settled(page.desk.worker)
    assert len(titles(centre, own)) == 9


def test_too_many_minutes_are_said_beside_the_question(page, press, settled, own, opened):
    view = opened(own)
    press("\n")
    view.pile.form.form.lead_to("minutes")
    press("900")
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)
    assert "fits into one day" in view.pile.form.form.rows["minutes"].note.text()


def test_a_published_version_cannot_be_edited_but_begun_anew(page, press, settled, centre, own, opened):
    with centre.change() as session:
        publish(session, own)
    view = opened(own)
    press("\n")
    assert view.pile.form is None
    assert not any(one.isVisible() for one in view.editing)
    view.version_button.click()
    settled(page.desk.worker)
    assert offered(page) == {"Print…", "Let go of the draft…", "Particulars…", "Publish…"}
    opened(own)
    assert "To the draft" in offered(page)


def test_a_draft_is_let_go(page, settled, centre, own, opened, agree):
    opened(own).discard_button.click()
    settled(page.desk.worker)
    assert page.pile.currentIndex() == LIST
    assert not stored(centre)


def test_what_is_typed_and_not_saved_is_there_again(page, press, settled, own, opened):
    view = opened(own)
    press(Qt.Key.Key_F3)
    press("Asuransi ternak")
    page.show_list()
    settled(page.desk.worker)
    opened(own)
    press(Qt.Key.Key_F3)
    settled(page.desk.worker)
    assert view.pile.form.form.values("title") == {"title": "Asuransi ternak"}


def test_a_counsellor_is_not_offered_to_publish(page, own, settled, monkeypatch, opened):
    from resource_centre.services.accounts import RIGHTS

    monkeypatch.setattr("resource_centre.services.accounts.may", lambda _session, right: right in RIGHTS[COUNSELLOR])
    opened(own)
    assert offered(page) == {"Print…", "Let go of the draft…", "Particulars…"}


def test_escape_leads_back_step_by_step(page, press, settled, own, opened):
    opened(own)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    assert (page.pile.currentIndex(), page.one.pile.form) == (ONE, None)
    press(Qt.Key.Key_Escape)
    assert page.pile.currentIndex() == LIST
    press(Qt.Key.Key_Escape)
    assert page.desk.went == [("training",)]


def test_keyboard_and_screen_readers_find_everything(each_language, page, settled, own, opened, complaints):
    assert complaints(page) == []
    opened(own)
    assert complaints(page) == []
    page.one.add_module()
    settled(page.desk.worker)
    assert complaints(page) == []
