# SPDX-License-Identifier: Apache-2.0
"""Trainers registered by keyboard, their tree, who taught at an event, and participants who become trainers."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from resource_centre.records import Trainer
from resource_centre.services.event_trainers import set_trainers, trainers_of
from resource_centre.services.trainers import register_trainer, trainers_list
from resource_centre.services.training import record_training
from ui.pages.trainers import TrainersPage
from ui.pages.training import TrainingPage

VILLAGE = "52.03.01.2001"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def wati(centre):
    with centre.change() as session:
        return register_trainer(session, {"name": "Wati", "level": "master", "certified_on": dt.date(2024, 3, 1)}).id


@pytest.fixture
def of_trainers(centre, wati):
    """A training of trainers led by Wati, with two on its sheet."""
    event = {"training_type": "tot", "starts_on": dt.date(2026, 6, 1), "village_code": VILLAGE, "trainer": "Wati"}
    people = [{"name": "Baiq Nur", "sex": "P", "days": "H"}, {"name": "Lalu Hadi", "sex": "L", "days": "A"}]
    with centre.change() as session:
        event_id = record_training(session, event=event, participants=people).id
        set_trainers(session, event_id, [(wati, "utama")])
    return event_id


@pytest.fixture
def below(centre, wati):
    """Lalu, trained by Wati, has taught two people."""
    with centre.change() as session:
        lalu = register_trainer(session, {"name": "Lalu", "level": "pelatih", "trained_by_id": wati}).id
        event = {"training_type": "kelas", "starts_on": dt.date(2026, 9, 1), "village_code": VILLAGE}
        people = [{"name": name, "days": "H"} for name in ("Ani", "Budi")]
        set_trainers(session, record_training(session, event=event, participants=people).id, [(lalu, "utama")])
    return lalu


@pytest.fixture
def part(desk, show_page, settled, qtbot):
    """Opens the trainers of an event."""

    def opened(event_id):
        page = show_page(TrainingPage(desk), (event_id, "trainers"))
        qtbot.waitUntil(lambda: "trainers" in page.parts.parts)
        settled(desk.worker)
        return page.parts.parts["trainers"]

    return opened


def taught(centre, event_id):
    with centre.read() as session:
        return [(one.name, one.part) for one in trainers_of(session, event_id)]


def register(centre):
    with centre.read() as session:
        return [(row.name, row.level, row.trained_by) for row in trainers_list(session)]


def test_a_trainer_is_registered_by_keyboard(desk, show_page, press, settled, fill, centre, wati):
    page = show_page(TrainersPage(desk))
    press(Qt.Key.Key_F2)
    settled(desk.worker)
    form = page.list_pile.form
    press("Inaq Sahnun")
    fill(form, "level", "Village")
    fill(form, "trained_by_id", "Wati")
    press(Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    assert ("Inaq Sahnun", "fasilitator", "Wati") in register(centre)
    assert page.title.text() == "Inaq Sahnun"


def test_a_client_who_is_chosen_is_linked(desk, show_page, press, settled, centre, aminah, qtbot):
    page = show_page(TrainersPage(desk), "new")
    form = page.list_pile.form
    name = form.form.editor("name")
    press("siti")
    qtbot.waitUntil(lambda: bool(name.line.offered()))
    press([Qt.Key.Key_Down, Qt.Key.Key_Return])
    form.form.editor("level").set_value("pelatih")
    press(Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    with centre.read() as session:
        assert session.query(Trainer.person_id).all() == [(aminah,)]


@pytest.mark.parametrize(("who", "said"), [("below", "trained by this one"), ("wati", "Nobody is trained by themself")])
def test_a_circle_is_said_beside_the_question(desk, show_page, press, settled, wati, below, who, said):
    page = show_page(TrainersPage(desk), wati)
    press(Qt.Key.Key_F2)
    settled(desk.worker)
    form = page.one.pile.form
    form.form.editor("trained_by_id").set_value({"below": below, "wati": wati}[who])
    press(Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    assert said in form.form.rows["trained_by_id"].note.text()


def test_what_is_typed_and_not_saved_is_there_again(desk, show_page, press, settled, wati):
    page = show_page(TrainersPage(desk), "new")
    press("Inaq")
    page.show_list()
    page.list_pile.close_form()
    settled(desk.worker)
    page.begin()
    settled(desk.worker)
    assert page.list_pile.form.form.editor("name").value() == "Inaq"


def test_escape_leads_out_step_by_step(desk, show_page, press, settled, wati):
    page = show_page(TrainersPage(desk), wati)
    press(Qt.Key.Key_F2)
    settled(desk.worker)
    press(Qt.Key.Key_Escape)
    assert page.one.pile.form is None
    press(Qt.Key.Key_Escape)
    assert page.trainers.hasFocus()


def test_the_list_is_narrowed_to_a_level(desk, show_page, settled, wati, below):
    page = show_page(TrainersPage(desk))
    box = page.filter.boxes["level"]
    box.setCurrentIndex(box.findData("pelatih"))
    box.activated.emit(box.currentIndex())
    settled(desk.worker)
    assert [page.rows.row(place).name for place in range(page.rows.rowCount())] == ["Lalu"]


def test_the_tree_is_walked_by_keyboard_and_read_aloud(desk, show_page, press, settled, wati, below):
    page = show_page(TrainersPage(desk), "tree")
    assert page.tree.tree.hasFocus()
    press(Qt.Key.Key_Down)
    said = page.tree.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Lalu, Trainer, generation 2, 1 session, 2 people reached"
    press("\n")
    settled(desk.worker)
    assert page.title.text() == "Lalu"


def test_the_tree_says_how_many_people_were_reached_once(desk, show_page, wati, below):
    page = show_page(TrainersPage(desk), "tree")
    assert page.tree.summary.text().startswith("2 people reached in all, each counted once")


def test_a_circle_from_two_computers_is_named(desk, show_page, centre, wati, below):
    with centre.change() as session:
        session.get(Trainer, wati).trained_by_id = below
    page = show_page(TrainersPage(desk), "tree")
    assert not page.tree.circles.isHidden()
    assert "Wati" in page.tree.circles.text()


def test_who_taught_is_added_by_keyboard(part, of_trainers, below, press, settled, focus, centre):
    shown = part(of_trainers)
    focus(shown.name.main)
    press("Lalu\t\t\n")
    settled(shown.desk.worker)
    assert taught(centre, of_trainers) == [("Wati", "utama"), ("Lalu", "pendamping")]


def test_tab_leads_out_behind_the_button_that_adds(part, wati, settled, focus, qtbot, centre):
    with centre.change() as session:
        event = record_training(session, event={"training_type": "kelas", "starts_on": dt.date(2026, 6, 1)}).id
    shown = part(event)
    shown.refresh()
    settled(shown.desk.worker)
    focus(shown.add_button)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() not in (shown.name.main, shown.part.main)


def test_a_new_lead_takes_over(part, of_trainers, below, settled, centre):
    with centre.change() as session:
        lead = trainers_of(session, of_trainers)[0].trainer_id
        set_trainers(session, of_trainers, [(lead, "utama"), (below, "pendamping")])
    shown = part(of_trainers)
    shown.taught.selectRow(1)
    shown.give_part("utama")
    settled(shown.desk.worker)
    assert taught(centre, of_trainers) == [("Lalu", "utama"), ("Wati", "pendamping")]


def test_delete_takes_a_trainer_off(part, of_trainers, press, settled, focus, centre):
    shown = part(of_trainers)
    focus(shown.taught)
    press(Qt.Key.Key_Delete)
    settled(shown.desk.worker)
    assert taught(centre, of_trainers) == []


def test_a_name_written_on_the_event_is_linked_by_a_button(part, of_trainers, push, settled, centre):
    with centre.change() as session:
        set_trainers(session, of_trainers, [])
    shown = part(of_trainers)
    push(shown, "Link them")
    settled(shown.desk.worker)
    assert taught(centre, of_trainers) == [("Wati", "utama")]


def test_participants_become_trainers_by_keyboard(part, of_trainers, press, settled, focus, push, centre):
    shown = part(of_trainers)
    focus(shown.new_trainers.ticks)
    press(Qt.Key.Key_Space)
    push(shown, "Register 1 trainer")
    settled(shown.desk.worker)
    assert ("Baiq Nur", "pelatih", "Wati") in register(centre)
    assert shown.new_trainers.chosen() == []


def test_all_who_were_there_are_ticked_at_once(part, of_trainers):
    shown = part(of_trainers)
    shown.new_trainers.tick_all()
    assert shown.new_trainers.make_button.text() == "Register 1 trainer"


def test_a_class_makes_no_trainers(part, centre):
    with centre.change() as session:
        event = record_training(session, event={"training_type": "kelas", "starts_on": dt.date(2026, 6, 1)}).id
    assert part(event).new_trainers.isHidden()


def test_ticks_not_saved_are_there_again(part, of_trainers, settled):
    shown = part(of_trainers)
    shown.new_trainers.tick_all()
    shown.leave()
    settled(shown.desk.worker)
    again = part(of_trainers)
    assert len(again.new_trainers.chosen()) == 1


def test_every_side_can_be_named_and_reached(desk, show_page, settled, part, of_trainers, complaints, each_language):
    page = show_page(TrainersPage(desk))
    found = complaints(page)
    page.sides.setCurrentIndex(1)
    settled(desk.worker)
    found += complaints(page)
    page.hide()
    assert [*found, *complaints(part(of_trainers).window())] == []
