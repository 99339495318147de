# SPDX-License-Identifier: Apache-2.0
"""Events by keyboard: planned, repeated for another village, counted without names, moved, called off."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import TrainingEvent
from resource_centre.services.event_changes import call_off
from resource_centre.services.month_reports import report_month
from resource_centre.services.training import record_training, save_attendance
from ui.pages.training import TrainingPage
from ui.pages.training_dialogs import day_for_repeat

SELONG = "52.03.07.1002"
CLASS = {
    "training_type": "kelas", "module": "M2", "starts_on": dt.date(2026, 10, 12), "ends_on": dt.date(2026, 10, 13),
    "village_code": SELONG, "hours": 8.0,
}  # fmt: skip
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(centre):
    """Writes down an event; its id."""

    def make(**values):
        with centre.change() as session:
            return record_training(session, event=CLASS | values).id

    return make


@pytest.fixture
def page(desk, show_page):
    return lambda subject=None: show_page(TrainingPage(desk), subject)


def stored(centre, event_id):
    with centre.read() as session:
        return session.get(TrainingEvent, event_id)


def shown_rows(page):
    form = page.sheet.form
    return {name for name, row in form.rows.items() if row.isVisibleTo(form)}


def save(qtbot, page, settled):
    qtbot.keyClick(page.sheet.grid, Qt.Key.Key_S, CTRL)
    settled(page.desk.worker)


def test_a_broadcast_is_listed_with_its_reach_which_is_nobody_who_came(page, made):
    made(training_type="siaran", reach=4000)
    rows = page().list.rows
    column = [column.title for column in rows.columns].index("Participants")
    assert rows.index(0, column).data() == "reach 4,000"


# The form


def test_the_usual_questions_are_in_view_and_the_rest_behind_one_link(page):
    shown = shown_rows(page("new"))
    assert {"starts_on", "ends_on", "hours", "training_type", "module", "village_code", "trainer"} <= shown
    assert shown.isdisjoint({"meets_on", "cost", "fund", "programme", "languages", "remarks", "reach", "counted_women"})


def test_the_further_questions_come_with_the_link(page):
    made = page("new")
    made.sheet.form.more.click()
    assert {"meets_on", "cost", "fund", "programme", "languages", "further_modules", "remarks"} <= shown_rows(made)


@pytest.mark.parametrize("kind", ["sosialisasi", "siaran", "keliling", "temu_desa"])
def test_awareness_is_asked_for_its_reach_and_counts_first(page, made, kind):
    shown = page(made(training_type=kind))
    assert {"reach", "reach_basis", "counted_women", "counted_disability"} <= shown_rows(shown)
    assert list(shown.sheet.form.rows)[:2] == ["reach", "reach_basis"]


def test_a_dialogue_is_asked_nothing_about_learners(page, made):
    shown = page(made(training_type="dialog", module=None))
    shown.sheet.fold.click()
    assert shown_rows(shown).isdisjoint({"module", "target_group", "reach", "counted_women"})


def test_nothing_is_lost_when_the_kind_changes(page, made, qtbot, settled, centre):
    event_id = made(training_type="siaran", reach=4000, target_group="cpmi")
    shown = page(event_id)
    shown.sheet.fold.click()
    form = shown.sheet.form
    form.set_values({"training_type": "dialog"})
    form.edited.emit("training_type")
    assert {"reach", "target_group", "module"} <= shown_rows(shown)
    save(qtbot, shown, settled)
    event = stored(centre, event_id)
    assert (event.training_type, event.reach, event.target_group, event.module) == ("dialog", 4000, "cpmi", "M2")


def test_the_sheet_follows_the_days_it_meets_on(page):
    shown = page("new")
    form = shown.sheet.form
    form.set_values({"starts_on": dt.date(2026, 10, 12), "ends_on": None})
    form.editor("meets_on").set_typed("12-10, 19-10, 26-10-2026")
    form.rows["meets_on"].editor.settled.emit()
    assert form.editor("ends_on").value() == dt.date(2026, 10, 26)
    assert (form.days(), shown.sheet.sheet.days) == (3, 3)


def test_days_it_meets_on_that_are_not_understood_are_shown(page, qtbot, settled, centre):
    shown = page("new")
    shown.sheet.form.editor("meets_on").set_typed("12-10, besok")
    save(qtbot, shown, settled)
    row = shown.sheet.form.rows["meets_on"]
    assert row.isVisibleTo(shown)
    assert row.note.text().startswith("This is not a date we understand")
    with centre.read() as session:
        assert session.scalars(select(TrainingEvent)).all() == []


def test_people_are_counted_without_names(page, made, qtbot, settled, centre):
    event_id = made()
    shown = page(event_id)
    shown.sheet.count.click()
    for name, number in (("counted_women", "12"), ("counted_men", "7")):
        shown.sheet.form.editor(name).setFocus()
        qtbot.keyClicks(QApplication.focusWidget(), number)
    save(qtbot, shown, settled)
    event = stored(centre, event_id)
    assert (event.counted_women, event.counted_men) == (12, 7)
    assert "counted_women" in shown_rows(shown)


def test_more_minors_than_were_counted_is_said_beside_the_field(page, made, qtbot, settled):
    shown = page(made())
    shown.sheet.form.set_values({"counted_women": 3, "counted_minors": 4})
    save(qtbot, shown, settled)
    assert shown.sheet.form.rows["counted_minors"].note.text() == "This is more than all who were counted."


def test_fewer_reached_than_came_is_asked_about(page, made, centre):
    event_id = made(training_type="temu_desa", reach=3, counted_women=2)
    with centre.change() as session:
        save_attendance(session, event_id, [{"name": "Baiq"}, {"name": "Lalu"}])
    form = page(event_id).sheet.form
    assert form.rows["reach"].note.text() == "Fewer were reached than came. Please check."
    form.set_values({"reach": 4})
    form.edited.emit("reach")
    assert form.rows["reach"].note.text() == ""


def test_twelve_lines_are_in_sight_when_the_particulars_are_folded(page, made, centre):
    event_id = made()
    with centre.change() as session:
        save_attendance(session, event_id, [{"name": f"Peserta {place}"} for place in range(20)])
    grid = page(event_id).sheet.grid
    assert grid.viewport().height() // grid.verticalHeader().defaultSectionSize() >= 12


# The list


def names(page):
    rows = page.list.rows
    return [rows.row(place).topic for place in range(rows.rowCount())]


@pytest.fixture
def four(made, centre):
    """A planned one, one called off, an awareness meeting of last year, and a class."""
    made(topic="Kelas")
    made(topic="Rencana", starts_on=today() + dt.timedelta(days=60), ends_on=None)
    made(topic="Radio", training_type="siaran", starts_on=dt.date(2025, 5, 2), ends_on=None, counted_women=5)
    off = made(topic="Batal", village_code="52.03.01.2001")
    with centre.change() as session:
        call_off(session, off, reason="Banjir")


def choose(page, choice, value, settled):
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())
    settled(page.desk.worker)


def test_the_list_is_narrowed_by_state_kind_and_year(page, four, settled):
    shown = page()
    assert names(shown) == ["Rencana", "Batal", "Kelas", "Radio"]
    for choice, value, left in (
        (shown.list.which, "planned", ["Rencana"]),
        (shown.list.which, "called_off", ["Batal"]),
        (shown.list.which, "all", ["Rencana", "Batal", "Kelas", "Radio"]),
        (shown.list.kind, "siaran", ["Radio"]),
        (shown.list.kind, None, ["Rencana", "Batal", "Kelas", "Radio"]),
        (shown.list.year, 2025, ["Radio"]),
    ):
        choose(shown, choice, value, settled)
        assert names(shown) == left


def test_the_list_is_narrowed_by_a_place_that_is_typed(page, four, settled):
    shown = page()
    shown.list.place.set_value("52.03.01")
    shown.list.place.settled.emit()
    settled(shown.desk.worker)
    assert names(shown) == ["Batal"]


def test_the_list_says_what_is_planned_called_off_and_how_many_came(page, four):
    shown = page()
    column = [column.title for column in shown.list.rows.columns].index("Participants")
    words = [shown.list.rows.index(place, column).data() for place in range(4)]
    assert words == ["planned", "called off", "0", "5"]


def test_what_is_called_off_is_muted(page, four, desk):
    rows = page().list.rows
    colours = [rows.index(place, 1).data(Qt.ItemDataRole.ForegroundRole) for place in range(4)]
    assert [colour.name() if colour else "" for colour in colours] == ["", desk.theme.colours.muted, "", ""]


# Repeating


@pytest.mark.parametrize("from_list", [True, False], ids=["on the list", "in the event"])
def test_an_event_is_repeated_in_two_keystrokes_and_the_letters_of_the_village(
    page, made, qtbot, settled, centre, from_list
):
    source = made(topic="Kelas anggaran")
    shown = page(None if from_list else source)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: shown.changes.dialog is not None)
    line = shown.changes.dialog.form.editor("village_code").line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "masbagik utara baru")
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.sheet.event_id not in (None, source))
    settled(shown.desk.worker)
    again = stored(centre, shown.sheet.event_id)
    assert (again.topic, again.repeats_id, again.starts_on) == (
        "Kelas anggaran",
        source,
        day_for_repeat(CLASS["starts_on"]),
    )
    assert again.village_code not in (None, SELONG)
    assert shown.sheet.sheet.written() == []


def test_tab_in_the_list_of_villages_goes_on_and_makes_nothing_yet(page, made, qtbot, settled):
    source = made()
    shown = page(source)
    shown.repeat()
    qtbot.waitUntil(lambda: shown.changes.dialog is not None)
    line = shown.changes.dialog.form.editor("village_code").line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "masbagik utara baru")
    qtbot.keyClick(line.completer().popup(), Qt.Key.Key_Tab)
    qtbot.wait(20)
    settled(shown.desk.worker)
    assert shown.changes.dialog is not None
    assert shown.sheet.event_id == source
    shown.changes.dialog.reject()


def test_without_a_village_nothing_is_repeated(page, made, qtbot):
    shown = page(made())
    shown.repeat()
    qtbot.waitUntil(lambda: shown.changes.dialog is not None)
    dialog = shown.changes.dialog
    dialog.make_button.click()
    assert dialog.form.rows["village_code"].note.text() == "Please fill this in."
    dialog.reject()


def test_the_day_offered_is_the_same_day_of_the_week_to_come():
    day = day_for_repeat(dt.date(2026, 10, 12))
    assert day.weekday() == 0
    assert 0 < (day - today()).days <= 7
    assert day_for_repeat(None) == today()


# Called off, and months that were reported


def test_an_event_is_called_off_with_a_reason_and_says_so(page, made, qtbot, settled, centre):
    event_id = made()
    shown = page(event_id)
    shown.changes.turn(shown.sheet.stored)
    dialog = shown.changes.reason
    dialog.give()
    assert dialog.form.rows["reason"].note.text() == "Please fill this in."
    qtbot.keyClicks(dialog.form.editor("reason").line, "Banjir")
    qtbot.keyClick(dialog.form.editor("reason").line, Qt.Key.Key_Return)
    settled(shown.desk.worker)
    assert stored(centre, event_id).called_off is True
    assert shown.sheet.notice.text() == "This event was called off. It counts nowhere."


def test_an_event_that_was_held_is_not_called_off(page, made, qtbot, settled, centre, desk):
    event_id = made()
    with centre.change() as session:
        save_attendance(session, event_id, [{"name": "Baiq", "days": "H"}])
    shown = page(event_id)
    told = []
    desk.messages.told.connect(told.append)
    shown.changes.turn(shown.sheet.stored)
    qtbot.keyClicks(shown.changes.reason.form.editor("reason").line, "Banjir")
    shown.changes.reason.give()
    settled(desk.worker)
    assert stored(centre, event_id).called_off is None
    assert len(told) == 1


@pytest.fixture
def october_reported(centre):
    with centre.change() as session:
        report_month(session, "2026-10", on=dt.date(2026, 11, 3))


def test_a_reported_month_is_said_before_anything_is_changed(october_reported, page, made):
    notice = page(made()).sheet.notice
    assert notice.isVisible()
    assert notice.text().startswith("The report of October 2026 was handed over on 3 November 2026")


def test_other_months_say_nothing(october_reported, page, made):
    assert page(made(starts_on=dt.date(2026, 9, 1), ends_on=None)).sheet.notice.isHidden()


def test_moving_an_event_of_a_reported_month_asks_why_and_keeps_what_is_typed(
    october_reported, page, made, qtbot, settled, centre
):
    event_id = made()
    shown = page(event_id)
    shown.sheet.form.set_values({"starts_on": dt.date(2026, 10, 11), "venue": "Balai desa"})
    save(qtbot, shown, settled)
    assert stored(centre, event_id).starts_on == dt.date(2026, 10, 12)
    assert shown.sheet.form.editor("venue").value() == "Balai desa"
    qtbot.keyClicks(shown.sheet.why.form.editor("reason").line, "Salah tulis")
    shown.sheet.why.give()
    settled(shown.desk.worker)
    event = stored(centre, event_id)
    assert (event.starts_on, event.venue) == (dt.date(2026, 10, 11), "Balai desa")
    assert event.remarks.endswith(": Salah tulis")


def test_keyboard_and_screen_reader_reach_everything(page, made, complaints, each_language):
    shown = page()
    assert complaints(shown) == []
    shown.opened(made(training_type="siaran"))
    shown.sheet.fold.click()
    shown.sheet.form.more.click()
    assert complaints(shown) == []
