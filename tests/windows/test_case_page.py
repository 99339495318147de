"""One case on one page: where it stands, what comes next, and its parts behind tabs."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel, QPushButton

from resource_centre.clock import today
from resource_centre.records import Case
from resource_centre.services.cases import close_case, move_case
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.intake import register_intake
from resource_centre.services.transitions import steps_of
from ui.pages.case import CasePage


@pytest.fixture
def aminah(centre):
    with centre.change() as session:
        return register_intake(
            session,
            person={"full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-05-17"},
            episode={"destination_country": "MYS", "departure_date": "2019", "return_date": "2026-03"},
            open_case=True,
            on=dt.date(2026, 4, 2),
        )


@pytest.fixture
def page(aminah, desk, show_page):
    return show_page(CasePage(desk), aminah.case_id)


def words(page):
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def button(page, text):
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(page))


def state_of(centre, case_id):
    with centre.read() as session:
        return session.get(Case, case_id).status


def test_the_head_says_whose_case_it_is_and_how_long_they_are_back(page):
    assert page.title.text() == "Siti Aminah"
    assert "Case LTM-26-" in page.subtitle.text()
    assert "New" in page.subtitle.text()
    assert "back for about" in page.subtitle.text()
    assert "Ratna Uji" in page.subtitle.text()


def test_the_keyboard_is_in_the_parts_once_another_case_is_read(page, aminah, centre, desk, settled):
    with centre.change() as session:
        other = register_intake(session, person={"full_name": "Rohani", "sex": "P"}, open_case=True)
    page.opened(other.case_id)
    page.first_field().setFocus()
    settled(desk.worker)
    assert page.title.text() == "Rohani"
    assert page.first_field().hasFocus()


def test_no_key_leads_to_two_parts(page):
    keys = [one.key().toString() for one in page.findChildren(QShortcut)]
    assert len(keys) == len(set(keys))
    assert "Alt+1" in keys


def test_the_usual_next_step_is_one_press(page, aminah, centre, desk, settled, qtbot):
    qtbot.keyClick(button(page, "Assessment"), Qt.Key.Key_Return)
    settled(desk.worker)
    assert state_of(centre, aminah.case_id) == "asesmen"
    qtbot.waitUntil(lambda: "Assessment" in page.subtitle.text())


def test_suspending_asks_why_and_keeps_it(page, aminah, centre, desk, settled, qtbot):
    qtbot.keyClick(button(page, "Suspended"), Qt.Key.Key_Return)
    form = page.parts["overview"].form
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert form.form.rows["reason"].note.text() == "Please fill this in."
    qtbot.keyClicks(form.form.editor("reason").main, "in hospital")
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert state_of(centre, aminah.case_id) == "ditangguhkan"
    qtbot.waitUntil(lambda: "in hospital · Ratna Uji" in words(page))


def test_escape_leaves_the_step_untaken(page, aminah, centre, desk, settled, qtbot):
    qtbot.keyClick(button(page, "Suspended"), Qt.Key.Key_Return)
    qtbot.keyClick(page.parts["overview"].form, Qt.Key.Key_Escape)
    settled(desk.worker)
    assert state_of(centre, aminah.case_id) == "baru"
    assert page.parts["overview"].frame.isVisible()


def test_every_step_is_listed_with_who_and_when(page, aminah, desk, settled, qtbot):
    desk.worker.change(lambda session: move_case(session, aminah.case_id, "asesmen", on=dt.date(2026, 5, 4)).id)
    qtbot.waitUntil(lambda: "4 May 2026" in words(page))
    assert "2 April 2026" in words(page)


def test_a_closed_case_is_opened_again_with_a_reason(page, aminah, centre, desk, settled, qtbot):
    desk.worker.change(lambda session: close_case(session, case_id=aminah.case_id, reason="PINDAH").id)
    qtbot.waitUntil(lambda: "Left the area" in words(page))
    assert not any(
        one.text() == "Change priority or summary" for one in page.findChildren(QPushButton) if one.isVisibleTo(page)
    )
    qtbot.keyClick(button(page, "Open it again…"), Qt.Key.Key_Return)
    form = page.parts["overview"].form
    qtbot.keyClicks(form.form.editor("reason").main, "came back")
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        case = session.get(Case, aminah.case_id)
        assert (case.status, case.closed_on, case.closure_reason) == ("dibuka_kembali", None, None)
        steps = steps_of(session, "Case", aminah.case_id)
    assert {step.reason for step in steps} >= {"PINDAH", "came back"}


def test_a_case_nobody_has_is_taken_and_the_steps_say_so(page, aminah, centre, desk, settled, qtbot):
    def leave(session):
        session.get(Case, aminah.case_id).counsellor_id = None
        session.flush()

    desk.worker.change(leave)
    qtbot.waitUntil(
        lambda: any(
            one.text() == "I take this case" and one.isVisibleTo(page) for one in page.findChildren(QPushButton)
        )
    )
    qtbot.waitUntil(lambda: "Ratna Uji" not in page.subtitle.text())
    qtbot.keyClick(button(page, "I take this case"), Qt.Key.Key_Return)
    settled(desk.worker)
    with centre.read() as session:
        assert session.get(Case, aminah.case_id).counsellor_id == centre.viewer.account_id
    qtbot.waitUntil(lambda: "To Ratna Uji" in words(page))


def test_what_waits_opens_where_it_is_worked_on(page, aminah, desk, settled, qtbot):
    desk.worker.change(
        lambda session: (
            plan_follow_up(
                session, person_id=aminah.person_id, due_on=today() - dt.timedelta(days=3), purpose="Kabar"
            ).id
        )
    )
    qtbot.waitUntil(lambda: "3 days late" in words(page))
    qtbot.mouseClick(button(page, "Kabar"), Qt.MouseButton.LeftButton)
    assert desk.went[-1][0] == "case"
    assert desk.went[-1][1][:2] == (aminah.case_id, "follow_ups")


def test_keyboard_and_screen_reader_reach_everything(page, each_language, complaints):
    assert complaints(page) == []
    page.parts["overview"].edit()
    assert complaints(page) == []
