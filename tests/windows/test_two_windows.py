# SPDX-License-Identifier: Apache-2.0
"""Two windows on one record: the second to save sees what changed, and decides field by field."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton

from resource_centre.records import Person
from resource_centre.services.intake import register_intake
from resource_centre.services.people import change_person
from ui.pages.person import PersonPage


@pytest.fixture
def aminah(centre):
    with centre.change() as session:
        known = {"full_name": "Siti Aminah", "sex": "P", "alias": "Minah", "remarks": "Datang sendiri."}
        return register_intake(session, person=known, on=dt.date(2026, 4, 2)).person_id


@pytest.fixture
def page(aminah, desk, settled, show_page):
    page = show_page(PersonPage(desk), aminah)
    page.edit_person()
    settled(desk.worker)
    return page


@pytest.fixture
def elsewhere(centre, aminah):
    """What somebody else saves in the meantime."""

    def save(values, unanswered=None):
        with centre.change() as session:
            change_person(session, aminah, values, unanswered)

    return save


@pytest.fixture
def second_save(page, desk, settled):
    """Types these answers, saves, and returns the window that asks, if any."""

    def save(values):
        page.form.form.set_values(values)
        merging = page.form.merging
        page.form.save()
        settled(desk.worker)
        return merging.dialog

    return save


@pytest.fixture
def kept(centre, aminah):
    """What stands in the record in the end."""

    def read(name):
        with centre.read() as session:
            return getattr(session.get(Person, aminah), name)

    return read


def said(dialog):
    return " | ".join(one.text() for kind in (QLabel, QRadioButton) for one in dialog.findChildren(kind))


def choose(dialog, field, side):
    choice = next(one for one in dialog.groups[field].buttons() if one.property("side") == side)
    choice.setFocus()
    choice.click()


def test_both_answers_stand_beside_each_other_with_who_wrote_them(elsewhere, second_save):
    elsewhere({"alias": "Bik Minah"})
    words = said(second_save({"alias": "Inaq Minah"}))
    assert "Bik Minah" in words
    assert "Inaq Minah" in words
    assert "Ratna Uji" in words


def test_codes_and_dates_are_shown_in_words(elsewhere, second_save):
    elsewhere({"marital_status": "kawin_tercatat", "birth_date": "1984-05"})
    words = said(second_save({"marital_status": "cerai_hidup", "birth_date": "1985"}))
    assert "May 1984" in words
    assert "kawin_tercatat" not in words


def test_ones_own_answer_is_saved_when_chosen(elsewhere, second_save, kept, desk, settled):
    elsewhere({"alias": "Bik Minah"})
    dialog = second_save({"alias": "Inaq Minah"})
    choose(dialog, "alias", "mine")
    dialog.save_button.click()
    settled(desk.worker)
    assert kept("alias") == "Inaq Minah"


def test_their_answer_stays_when_chosen(elsewhere, second_save, kept, desk, settled):
    elsewhere({"alias": "Bik Minah"})
    dialog = second_save({"alias": "Inaq Minah"})
    choose(dialog, "alias", "theirs")
    dialog.save_button.click()
    settled(desk.worker)
    assert kept("alias") == "Bik Minah"


def test_two_texts_may_both_be_kept(elsewhere, second_save, kept, desk, settled):
    elsewhere({"remarks": "Anak sakit."})
    dialog = second_save({"remarks": "Mencari kerja."})
    choose(dialog, "remarks", "both")
    dialog.save_button.click()
    settled(desk.worker)
    assert kept("remarks") == "Anak sakit.\n\nMencari kerja."


def test_what_only_one_side_changed_is_merged_and_said(elsewhere, second_save, kept, desk, settled):
    elsewhere({"birth_place": "Selong"})
    dialog = second_save({"alias": "Inaq Minah"})
    assert "Selong" in said(dialog)
    dialog.save_button.click()
    settled(desk.worker)
    assert (kept("alias"), kept("birth_place")) == ("Inaq Minah", "Selong")


def test_a_reason_for_no_answer_counts_as_an_answer(elsewhere, second_save, kept, desk, settled):
    elsewhere({"alias": None}, {"alias": "refused"})
    dialog = second_save({"alias": "Inaq Minah"})
    assert "(does not want to say)" in said(dialog)
    choose(dialog, "alias", "theirs")
    dialog.save_button.click()
    settled(desk.worker)
    assert kept("unanswered") == {"alias": "refused"}


def test_a_change_of_fields_that_are_not_on_the_form_asks_nothing(elsewhere, second_save, kept):
    elsewhere({"languages": "Sasak"})
    assert second_save({"alias": "Inaq Minah"}) is None
    assert (kept("alias"), kept("languages")) == ("Inaq Minah", "Sasak")


def test_the_same_answer_from_both_is_no_question(elsewhere, second_save, kept, desk, settled):
    elsewhere({"alias": "Inaq Minah"})
    dialog = second_save({"alias": "Inaq Minah"})
    dialog.save_button.click()
    settled(desk.worker)
    assert dialog.groups == {}
    assert kept("alias") == "Inaq Minah"


def test_save_waits_until_every_field_is_decided(elsewhere, second_save):
    elsewhere({"alias": "Bik Minah", "remarks": "Anak sakit."})
    dialog = second_save({"alias": "Inaq Minah", "remarks": "Mencari kerja."})
    assert not dialog.save_button.isEnabled()
    choose(dialog, "alias", "mine")
    assert not dialog.save_button.isEnabled()
    choose(dialog, "remarks", "mine")
    assert dialog.save_button.isEnabled()


def test_escape_goes_back_to_the_form_with_everything_typed(elsewhere, second_save, page, kept, qtbot):
    elsewhere({"alias": "Bik Minah"})
    dialog = second_save({"alias": "Inaq Minah"})
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.form.form.editor("alias").value() == "Inaq Minah"
    assert page.form.save_button.isEnabled()
    assert kept("alias") == "Bik Minah"


def test_a_third_save_in_the_meantime_is_seen_too(elsewhere, second_save, page, desk, settled, kept):
    elsewhere({"alias": "Bik Minah"})
    first = second_save({"alias": "Inaq Minah"})
    choose(first, "alias", "mine")
    elsewhere({"alias": "Ibu Minah"})
    merging = page.form.merging
    first.save_button.click()
    settled(desk.worker)
    second = merging.dialog
    assert "Ibu Minah" in said(second)
    choose(second, "alias", "mine")
    second.save_button.click()
    settled(desk.worker)
    assert kept("alias") == "Inaq Minah"


def test_it_is_decided_by_keyboard_and_named_for_a_screen_reader(
    elsewhere, second_save, each_language, complaints, qtbot, kept, desk, settled
):
    elsewhere({"alias": "Bik Minah"})
    dialog = second_save({"alias": "Inaq Minah"})
    assert complaints(dialog) == []
    mine = dialog.groups["alias"].buttons()[1]
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    mine.setFocus()
    qtbot.keyClick(mine, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert kept("alias") == "Inaq Minah"


def begun_and_left(page, qtbot, settled, desk, aminah, words):
    """Types into a field, leaves without saving, and comes back later to the same form."""
    alias = page.form.form.editor("alias").main
    alias.setFocus()
    alias.selectAll()
    qtbot.keyClicks(alias, words)
    page._close_form()
    settled(desk.worker)

    def come_back():
        page.opened(aminah)
        settled(desk.worker)
        page.edit_person()
        qtbot.waitUntil(lambda: page.form.form.editor("alias").value() == words)
        return page.form.form

    return come_back


def test_a_draft_taken_up_later_undoes_nothing_that_was_saved_since(
    page, elsewhere, aminah, qtbot, settled, desk, kept
):
    come_back = begun_and_left(page, qtbot, settled, desk, aminah, "Inaq Minah")
    elsewhere({"birth_place": "Selong", "remarks": None})
    form = come_back()
    assert form.editor("birth_place").value() == "Selong"
    page.form.save()
    settled(desk.worker)
    assert (kept("alias"), kept("birth_place"), kept("remarks")) == ("Inaq Minah", "Selong", None)


def test_a_draft_says_beside_the_field_what_somebody_else_wrote_since(page, elsewhere, aminah, qtbot, settled, desk):
    come_back = begun_and_left(page, qtbot, settled, desk, aminah, "Inaq Minah")
    elsewhere({"alias": "Bik Minah"})
    form = come_back()
    assert form.rows["alias"].note.text() == "Somebody else has written here meanwhile: Bik Minah"


def test_an_answer_taken_away_stays_away_in_the_draft(page, aminah, qtbot, settled, desk):
    alias = page.form.form.editor("alias").main
    alias.setFocus()
    alias.selectAll()
    qtbot.keyClick(alias, Qt.Key.Key_Delete)
    page._close_form()
    settled(desk.worker)
    page.opened(aminah)
    settled(desk.worker)
    page.edit_person()
    qtbot.waitUntil(lambda: page.form.form.editor("alias").value() is None)
    assert page.form.form.editor("remarks").value() == "Datang sendiri."


def test_two_people_on_one_training_event(qtbot, desk, settled, centre):
    from resource_centre.records import TrainingEvent
    from resource_centre.services.training import change_training, record_training
    from ui.pages.training import TrainingPage

    with centre.change() as session:
        event = {"training_type": "kelas", "module": "M1", "starts_on": dt.date(2026, 5, 4), "venue": "Balai desa"}
        event_id = record_training(session, event=event, participants=[{"name": "Nurul"}]).id
    page = TrainingPage(desk)
    qtbot.addWidget(page)
    page.resize(1158, 690)
    page.show()
    page.opened(event_id)
    settled(desk.worker)
    with centre.change() as session:
        change_training(session, event_id, {"venue": "Kantor camat"})
    sheet = page.sheet
    sheet.form.set_values({"venue": "Masjid"})
    sheet.save()
    settled(desk.worker)
    choose(sheet.merging.dialog, "venue", "mine")
    sheet.merging.dialog.save_button.click()
    settled(desk.worker)
    with centre.read() as session:
        assert session.get(TrainingEvent, event_id).venue == "Masjid"


def test_what_else_belongs_to_the_save_is_told_once_not_tried_for_ever(page, desk, settled, monkeypatch):
    from resource_centre.errors import Refused

    def refused(*_args, **_more):
        raise Refused("changed_meanwhile")

    monkeypatch.setattr("ui.pages.person_forms.move_person", refused)
    told = []
    desk.messages.told.connect(told.append)
    page.form.form.set_values({"village_code": "52.03.01.2001"})
    page.form.save()
    settled(desk.worker)
    assert [telling.text for telling in told if telling] == [Refused("changed_meanwhile").words()]
