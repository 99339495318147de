# SPDX-License-Identifier: Apache-2.0
"""A savings group's meeting typed by keyboard from the paper sheet, and what the page says of the box."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from resource_centre.services.group_meetings import save_meeting
from resource_centre.services.intake import register_intake
from resource_centre.services.savings_groups import add_member, books_of, members_of, start_group
from ui.pages.savings_groups import SavingsGroupsPage

SELONG = "52.03.07.1002"
RULES = {
    "name": "Melati", "village_code": SELONG, "cycle_begins_on": dt.date(2026, 1, 1), "share_value": 5000,
    "most_shares": 5, "loan_fee": 2.0, "meets": "bulanan",
}  # fmt: skip
NAMES = ("Siti Aminah", "Baiq Ratna", "Inaq Sahnun")


@pytest.fixture
def group(centre):
    with centre.change() as session:
        made = start_group(session, RULES)
        for name in NAMES:
            add_member(session, made.id, {"name": name, "sex": "P"})
        return made.id


@pytest.fixture
def met(centre, group):
    with centre.change() as session:
        first = members_of(session, group)[0].id
        line = {"member_id": first, "present": True, "shares": 5, "social_in": 2000, "loan": 20_000, "months": 3}
        save_meeting(session, group, {"held_on": dt.date(2026, 9, 5), "cash_counted": 7000}, [line])
    return group


@pytest.fixture
def page(desk, show_page, met):
    return show_page(SavingsGroupsPage(desk), met)


def books(centre, group):
    with centre.read() as session:
        return books_of(session, group)


def new_meeting(page, qtbot, settled):
    qtbot.keyClick(page.group.meetings, Qt.Key.Key_F2)
    settled(page.desk.worker)
    page.meeting.day.set_values({"held_on": dt.date(2026, 10, 5)})
    page.meeting.grid.start()


def save(page, press, settled):
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def test_a_meeting_by_keyboard(page, qtbot, press, settled, centre, met):
    new_meeting(page, qtbot, settled)
    press("h5\n2000\n\n8000\n400\n\n\n\n\n")
    press("h3\n2000\n1000\n\n\n10000\n2\n\n\n")
    press("\n\n\n500\n\n\n\n\n\n\n")
    page.meeting.box.lead_to("cash_counted")
    press("49900\t")
    assert "It comes out." not in page.meeting.counted.text()
    page.meeting.box.editor("cash_counted").set_value(50_900)
    page.meeting.box.edited.emit("cash_counted")
    assert "must hold Rp50.900" in page.meeting.counted.text()
    assert "It comes out." in page.meeting.counted.text()
    save(page, press, settled)
    done = books(centre, met)
    assert (done.box, done.social, done.cycle.shares, done.outstanding) == (50_900, 6000, 13, 22_000)
    assert (done.cycle.income, [loan.outstanding for loan in done.loans]) == (1900, [12_000, 10_000])
    assert page.pile.currentWidget() is page.group


def test_a_box_that_does_not_come_out_is_said_beside_the_count(page, qtbot, press, settled, centre, met):
    new_meeting(page, qtbot, settled)
    press("h1\n")
    page.meeting.box.lead_to("cash_counted")
    press("11500")
    assert "Rp500 missing" in page.meeting.counted.text()
    save(page, press, settled)
    assert "write down why" in page.meeting.box.rows["cash_counted"].note.text()
    assert len(books(centre, met).meetings) == 1


def test_more_shares_than_the_rules_allow_are_not_saved(page, qtbot, press, settled, centre, met, complaints):
    new_meeting(page, qtbot, settled)
    press("h6\n")
    save(page, press, settled)
    assert page.meeting.grid.currentIndex().column() == page.meeting.sheet.columns.index("shares")
    assert len(books(centre, met).meetings) == 1


def test_tab_leaves_the_sheet_behind_its_last_cell(page, qtbot, press, settled, focus):
    new_meeting(page, qtbot, settled)
    page.meeting.grid.go_to(2, len(page.meeting.sheet.columns) - 1)
    press("\n")
    assert page.meeting.box.editor("cash_counted").main.hasFocus()


def test_a_meeting_not_saved_is_there_again(page, qtbot, press, settled, met):
    new_meeting(page, qtbot, settled)
    press("h4\n")
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    qtbot.keyClick(page.group.meetings, Qt.Key.Key_F2)
    settled(page.desk.worker)
    assert page.meeting.sheet.lines[0].cells == {"shares": "4"}


def test_a_correction_shows_the_meeting_as_it_was_written(page, qtbot, press, settled, centre, met):
    press("\n")
    settled(page.desk.worker)
    line = page.meeting.sheet.lines[0]
    assert (line.present, line.figure("loan"), line.figure("months")) == (True, 20_000, 3)
    page.meeting.grid.go_to(0, page.meeting.sheet.columns.index("fine"))
    press("1000\n")
    page.meeting.box.editor("cash_counted").set_value(8000)
    save(page, press, settled)
    assert books(centre, met).box == 8000


def test_a_member_is_found_among_the_clients(page, press, settled, centre, met, qtbot):
    with centre.change() as session:
        person = {"full_name": "Lalu Ahmad", "sex": "L", "birth_date": "1990", "registered_on": dt.date(2026, 1, 5)}
        register_intake(session, person=person)
    press(Qt.Key.Key_F3)
    name = page.group.pile.form.form.editor("name")
    press("Lalu Ah")
    qtbot.waitUntil(lambda: bool(name.line.offered()))
    qtbot.keyClick(name.line, Qt.Key.Key_Down)
    qtbot.keyClick(name.line, Qt.Key.Key_Return)
    save(page, press, settled)
    with centre.read() as session:
        last = members_of(session, met)[-1]
    assert (last.name, last.sex, bool(last.person_id)) == ("Lalu Ahmad", "L", True)


def test_the_share_out_says_what_stands_in_its_way(page, press, settled, centre, met):
    page.group.begin_share_out()
    page.group.pile.form.form.editor("cash_counted").set_value(0)
    page.group.pile.form.save()
    settled(page.desk.worker)
    assert "still outstanding" in page.group.pile.form.form.rows["held_on"].note.text()


def test_a_share_out_and_a_new_cycle(page, press, settled, centre, met):
    with centre.change() as session:
        first = members_of(session, met)[0].id
        line = {"member_id": first, "repaid": 20_000, "fee": 400}
        save_meeting(session, met, {"held_on": dt.date(2026, 10, 5), "cash_counted": 27_400}, [line])
    page.group.refresh()
    settled(page.desk.worker)
    assert "Rp5.080 for a share" in page.group.planned.text()
    page.group.begin_share_out()
    page.group.pile.form.form.editor("cash_counted").set_value(2000)
    page.group.pile.form.save()
    settled(page.desk.worker)
    assert not page.group.meeting_button.isEnabled()
    page.group.begin_cycle()
    page.group.pile.form.save()
    settled(page.desk.worker)
    assert page.group.meeting_button.isEnabled()
    assert books(centre, met).box == 2000


def test_a_new_group_is_written_down(desk, show_page, press, settled, centre):
    page = show_page(SavingsGroupsPage(desk))
    press(Qt.Key.Key_F2)
    form = page.list_pile.form.form
    form.set_values(RULES)
    save(page, press, settled)
    assert page.title.text() == "Melati"
    assert page.findChildren(QLineEdit)


def test_everything_on_the_page_and_on_a_meeting_has_a_name_and_a_letter_of_its_own(
    each_language, page, complaints, qtbot, settled
):
    assert complaints(page) == []
    new_meeting(page, qtbot, settled)
    assert complaints(page) == []


def test_escape_leaves_a_form_and_then_the_group(page, press, settled):
    press(Qt.Key.Key_F3)
    settled(page.desk.worker)
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    assert (page.group.pile.form, page.pile.currentWidget()) == (None, page.group)
    press(Qt.Key.Key_Escape)
    assert page.pile.currentWidget() is page.list_pile


def test_a_typed_name_that_somebody_registered_has_is_said(page, press, settled, centre, met, qtbot):
    with centre.change() as session:
        person = {"full_name": "Lalu Ahmad", "sex": "L", "birth_date": "1990", "registered_on": dt.date(2026, 1, 5)}
        register_intake(session, person=person)
    press(Qt.Key.Key_F3)
    form = page.group.pile.form.form
    press("Lalu Ahmad")
    qtbot.waitUntil(lambda: "Somebody registered" in form.rows["name"].note.text())
    press("i")
    qtbot.waitUntil(lambda: "Somebody registered" not in form.rows["name"].note.text())


def test_a_member_put_down_before_is_looked_for_when_opened(page, settled, centre, qtbot):
    with centre.change() as session:
        person = {"full_name": "Baiq Ratna", "sex": "P", "birth_date": "1990", "registered_on": dt.date(2026, 1, 5)}
        register_intake(session, person=person)
    page.group.tabs.setCurrentIndex(1)
    page.group.members.chosen.emit(page.group.look.members[1].id)
    form = page.group.pile.form.form
    qtbot.waitUntil(lambda: "Somebody registered" in form.rows["name"].note.text())


def test_a_group_is_not_dissolved_while_its_members_owe_it_something(page, press, settled):
    page.group.dissolve()
    page.group.pile.form.form.editor("dissolved_why").set_value("Anggota pindah")
    save(page, press, settled)
    assert "still owe the group" in page.group.pile.form.form.rows["dissolved_on"].note.text()


def test_a_group_is_dissolved_and_taken_up_again(desk, show_page, press, settled, centre):
    with centre.change() as session:
        group = start_group(session, RULES).id
    page = show_page(SavingsGroupsPage(desk), group)
    page.group.tabs.setCurrentIndex(3)
    page.group.dissolve_button.click()
    page.group.pile.form.form.editor("dissolved_why").set_value("Anggota pindah")
    save(page, press, settled)
    assert "Anggota pindah" in page.group.figures.text()
    assert (page.group.meeting_button.isEnabled(), page.group.member_button.isEnabled()) == (False, False)
    page.group.take_up_button.click()
    settled(page.desk.worker)
    assert page.group.meeting_button.isEnabled()
