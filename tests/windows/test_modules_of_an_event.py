# SPDX-License-Identifier: Apache-2.0
"""An event is held by modules of a curriculum: ticked by keyboard, filled into its form, remembered with it."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from resource_centre.records import TrainingEvent
from resource_centre.services.curricula import copy_curriculum, modules_of, publish
from resource_centre.services.curriculum_default import default_curriculum, default_id
from resource_centre.services.curriculum_modules import event_values
from resource_centre.services.event_list import events_of
from resource_centre.services.training import change_training, record_training
from ui.pages.training import TrainingPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk, show_page):
    return show_page(TrainingPage(desk), "new")


@pytest.fixture
def form(page):
    return page.sheet.form


@pytest.fixture
def choose(page, settled):
    """Opens the window of modules."""

    def opened():
        page.sheet.form.held_by.choose.click()
        settled(page.desk.worker)
        return page.sheet.modules.dialog

    return opened


@pytest.fixture
def save(page, press, settled, focus):
    """Saves the event and gives it back as it is stored."""

    def saved(centre):
        focus(page.sheet.form.editor("starts_on").main)
        press(Qt.Key.Key_S, CONTROL)
        settled(page.desk.worker)
        with centre.read() as session:
            return session.get(TrainingEvent, events_of(session)[0].id)

    return saved


def tick(dialog, press, *places):
    dialog.modules.setFocus()
    for place in range(max(places) + 1):
        if place in places:
            press(" ")
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_S, CONTROL)


def test_modules_are_ticked_by_keyboard_and_fill_the_form(page, form, choose, press, settled, save, centre):
    tick(choose(), press, 1, 2)
    settled(page.desk.worker)
    assert "2 modules, 3 h 15 min together" in form.held_by.said.text()
    event = save(centre)
    modules = default_curriculum("en").modules
    assert event.curriculum_id == default_id()
    assert event.module_ids == [modules[1].id, modules[2].id]
    assert (event.module, event.further_modules, event.hours) == ("M2", ["M3"], 3.25)
    assert event.topic == "Household budget, Saving"


def test_hours_and_topic_already_typed_stay(form, choose, press, settled):
    form.set_values({"hours": 7.5, "topic": "Kelas ibu-ibu"})
    tick(choose(), press, 0)
    assert form.values("hours", "topic", "module") == {"hours": 7.5, "topic": "Kelas ibu-ibu", "module": "M1"}


def test_what_was_chosen_and_not_saved_is_there_again(page, form, choose, press, settled):
    tick(choose(), press, 3)
    typed = page.sheet.typed()
    form.begin()
    page.sheet.restore(typed)
    assert form.held_by.module_ids == [default_curriculum().modules[3].id]


def test_an_event_keeps_the_version_it_was_held_by(page, form, choose, settled, centre):
    with centre.change() as session:
        first = publish(session, copy_curriculum(session, default_id(), name="Lombok").id, on=dt.date(2026, 3, 1)).id
        values = event_values(first, "Lombok", modules_of(session, first)[:1])
        known = {"starts_on": "2026-06-01", "training_type": "kelas"}
        event_id = record_training(session, event=known | values).id
        publish(session, copy_curriculum(session, first).id, on=dt.date(2026, 5, 1))
    page.opened(event_id)
    settled(page.desk.worker)
    assert form.held_by.said.text() == "Lombok · Version 1 · 1 module, 1 h 15 min together"
    dialog = choose()
    assert dialog.curricula.currentText() == "Lombok · Version 1"
    assert "Lombok · Version 2" in [one.words() for one in dialog.offered]
    dialog.reject()


def test_enter_takes_over_what_is_ticked(page, form, choose, press):
    choose().modules.setFocus()
    press(" \n")
    assert form.held_by.module_ids == [default_curriculum().modules[0].id]


def test_none_of_them_is_an_answer_too(page, form, choose, press, settled, save, centre):
    tick(choose(), press, 0)
    choose().none_button.click()
    event = save(centre)
    assert (event.curriculum_id, event.module_ids, event.module) == (None, None, "M1")


def test_modules_a_colleague_chose_meanwhile_stay(page, form, settled, save, press, focus, centre):
    with centre.change() as session:
        event_id = record_training(session, event={"starts_on": "2026-11-20", "training_type": "kelas"}).id
    page.opened(event_id)
    settled(page.desk.worker)
    chosen = default_curriculum().modules[0].id
    with centre.change() as session:
        change_training(session, event_id, {"curriculum_id": default_id(), "module_ids": [chosen]})
    page.sheet.form.fold(folded=False)
    form.set_values({"venue": "Balai desa"})
    event = save(centre)
    assert (event.venue, event.module_ids) == ("Balai desa", [chosen])


def test_the_window_of_modules_can_be_used_without_a_mouse(each_language, page, choose, complaints):
    dialog = choose()
    assert complaints(dialog) == []
    dialog.reject()
