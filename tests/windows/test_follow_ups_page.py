# SPDX-License-Identifier: Apache-2.0
"""The follow-ups of a day and a week: found, written down and moved without the mouse."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import Draft, FollowUp, FollowUpAttempt, new_id
from resource_centre.services.accounts import own_account
from resource_centre.services.cases import open_case
from resource_centre.services.consents import record_consent
from resource_centre.services.follow_up_attempts import record_attempt
from resource_centre.services.follow_ups import change_follow_up, plan_follow_up
from resource_centre.services.intake import register_intake
from ui.pages.follow_ups import FollowUpsPage

DAY = dt.timedelta(days=1)
MONDAY = today() - today().weekday() * DAY


@pytest.fixture
def register(centre):
    def registered(name, **more):
        with centre.change() as session:
            person = {"full_name": name, "sex": "P", "safe_phone": "081234567890", "safe_answerer": "suami", **more}
            home = {"village_code": "52.03.01.2001", "hamlet": "Dusun Lauk"}
            return register_intake(session, person=person, address=home).person_id

    return registered


@pytest.fixture
def planned(centre, register):
    """Plans a follow-up some days from today; returns its id."""

    def plan(name, days=0, **more):
        who = register(name)
        with centre.change() as session:
            return plan_follow_up(session, person_id=who, due_on=today() + days * DAY, **more).id

    return plan


@pytest.fixture
def make_page(desk, show_page):
    def make(subject=None):
        return show_page(FollowUpsPage(desk), subject)

    return make


def result(qtbot, page, settled):
    """Enter on the list opens the form."""
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settled(page.desk.worker)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.form.form.editor("result").setFocus(Qt.FocusReason.TabFocusReason)


def save(qtbot, page, settled):
    qtbot.keyClick(page.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def names(page):
    return [page.rows.row(place).full_name for place in range(page.rows.rowCount())]


def read(centre, what):
    with centre.read() as session:
        return list(session.scalars(select(what)))


def words_on(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]


def test_each_tab_shows_its_days(planned, make_page, settled, desk):
    planned("Today")
    planned("Late", -3)
    planned("Next", (MONDAY + 8 * DAY - today()).days)
    page = make_page()
    shown = {}
    for place, tab in enumerate(("today", "week", "next_week", "overdue")):
        page.tabs.setCurrentIndex(place)
        settled(desk.worker)
        shown[tab] = names(page)
    assert shown["today"] == ["Today"]
    assert "Today" in shown["week"]
    assert shown["next_week"] == ["Next"]
    assert shown["overdue"] == ["Late"]
    assert page.tabs.tabText(3) == "Overdue (1)"


def test_only_mine_leaves_out_what_somebody_else_does(planned, make_page, settled, desk):
    planned("Mine")
    planned("Theirs", responsible_id="00000000-0000-7000-8000-000000000000")
    page = make_page()
    assert len(names(page)) == 2
    page.mine.click()
    settled(desk.worker)
    assert names(page) == ["Mine"]


def test_what_was_heard_is_written_by_keyboard(planned, make_page, qtbot, settled, centre, press):
    planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    press("reach\thome\t")
    assert page.form.form.sections["heard"].isVisibleTo(page)
    page.form.form.editor("monthly_income").setFocus()
    press("1,5 juta\tHarga pakan naik")
    save(qtbot, page, settled)
    (done,) = read(centre, FollowUp)
    assert (done.done_on, done.result, done.mode) == (today(), "terhubung", "kunjungan")
    assert (done.monthly_income, done.challenges) == (1_500_000, "Harga pakan naik")
    assert names(page) == []
    assert page.list.isVisibleTo(page)


def test_nobody_reached_is_tried_again_in_a_week(planned, make_page, qtbot, settled, centre, press):
    planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    press("not\t")
    assert not page.form.form.sections["heard"].isVisibleTo(page)
    assert page.form.form.editor("again_on").value() == today() + 7 * DAY
    save(qtbot, page, settled)
    (waiting,), (tried,) = read(centre, FollowUp), read(centre, FollowUpAttempt)
    assert (waiting.done_on, waiting.due_on) == (None, today() + 7 * DAY)
    assert tried.result == "tidak_terhubung"


def test_somebody_who_moved_ends_it_without_more_questions(planned, make_page, qtbot, settled, centre, press):
    planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    press("moved\t")
    assert not page.form.form.rows["again_on"].isVisibleTo(page)
    save(qtbot, page, settled)
    assert [one.result for one in read(centre, FollowUp)] == ["pindah"]


def test_a_result_is_a_must(planned, make_page, qtbot, settled, centre):
    planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    save(qtbot, page, settled)
    assert read(centre, FollowUpAttempt) == []
    assert page.form.form.rows["result"].note.text()


def test_what_a_colleague_heard_meanwhile_is_settled_field_by_field(planned, make_page, qtbot, settled, centre, press):
    follow_up = planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    press("reach\t")
    page.form.form.set_values({"challenges": "Harga pakan naik", "monthly_income": 1_500_000})
    with centre.change() as session:
        heard = {"result": "terhubung", "challenges": "Ternak sakit"}
        record_attempt(session, follow_up, heard)
    save(qtbot, page, settled)
    dialog = page.form.merging.dialog
    assert dialog is not None
    next(one for one in dialog.findChildren(QRadioButton) if "both" in one.accessibleName().lower()).click()
    next(one for one in dialog.findChildren(QPushButton) if one.property("role") == "main").click()
    settled(page.desk.worker)
    done = read(centre, FollowUp)[0]
    assert done.monthly_income == 1_500_000
    assert all(words in done.challenges for words in ("Ternak sakit", "Harga pakan naik"))
    assert len(read(centre, FollowUpAttempt)) == 1


def test_a_follow_up_is_given_to_a_colleague(planned, make_page, qtbot, settled, centre, desk, press):
    follow_up = planned("Sumiati")
    page = make_page()
    page.mine.click()
    settled(desk.worker)
    qtbot.keyClick(page.list, Qt.Key.Key_F4)
    settled(desk.worker)
    with centre.read() as session:
        me = own_account(session).id
    doer = page.form.form.editor("responsible_id")
    doer.setFocus()
    press("Ratna\t")
    save(qtbot, page, settled)
    assert [one.responsible_id for one in read(centre, FollowUp)] == [me]
    desk.worker.change(lambda session: change_follow_up(session, follow_up, {"responsible_id": new_id()}).id)
    settled(desk.worker)
    qtbot.waitUntil(lambda: names(page) == [])


def test_another_day_is_one_key(planned, make_page, qtbot, settled, centre, press):
    planned("Sumiati")
    page = make_page()
    qtbot.keyClick(page.list, Qt.Key.Key_F4)
    settled(page.desk.worker)
    soon = today() + 3 * DAY
    press(f"{soon.day}-{soon.month}\tkabar anaknya")
    save(qtbot, page, settled)
    assert [(one.due_on, one.purpose) for one in read(centre, FollowUp)] == [(soon, "kabar anaknya")]


def test_escape_goes_back_to_the_list(planned, make_page, qtbot, settled, centre, press):
    planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    press("moved\t")
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    settled(page.desk.worker)
    assert page.form is None
    assert page.list.isVisibleTo(page)
    assert read(centre, FollowUpAttempt) == []


def test_what_was_typed_is_there_after_a_crash(planned, make_page, qtbot, settled, centre, press):
    follow_up = planned("Sumiati")
    page = make_page()
    result(qtbot, page, settled)
    press("moved\t")
    qtbot.waitUntil(lambda: [one.form for one in read(centre, Draft)] == ["follow_up_result"], timeout=2500)
    page.hide()
    again = make_page(follow_up)
    qtbot.waitUntil(lambda: again.form is not None and again.form.form.editor("result").value() == "pindah")


def test_a_number_is_shown_only_to_call(planned, make_page, qtbot, settled, centre, desk):
    follow_up = planned("Sumiati")
    page = make_page(follow_up)
    qtbot.waitUntil(lambda: page.form is not None)
    assert "Nobody asked whether we may call: visit, and ask." in words_on(page)
    assert not any("0812" in words for words in words_on(page))
    with centre.change() as session:
        who = session.get(FollowUp, follow_up).person_id
        agreed = {"purpose": "kontak_ulang", "decision": "diberikan", "mode": "tertulis"}
        record_consent(session, person_id=who, values=agreed)
    page.opened(follow_up)
    settled(desk.worker)
    qtbot.waitUntil(lambda: "0812-3456-7890" in words_on(page))
    assert "Answers: suami" in words_on(page)


def test_a_silent_client_is_proposed_and_the_case_is_a_press_away(planned, make_page, centre, desk):
    follow_up = planned("Sumiati", -60)
    with centre.change() as session:
        case = open_case(session, person_id=session.get(FollowUp, follow_up).person_id, on=today() - 70 * DAY)
        for days in (45, 20, 2):
            tried = {"tried_on": today() - days * DAY, "mode": "telepon", "result": "tidak_terhubung"}
            record_attempt(session, follow_up, tried)
        case_id = case.id
    page = make_page()
    see = next(one for one in page.silent.findChildren(QPushButton) if one.isVisibleTo(page))
    assert "Sumiati" in see.accessibleName()
    see.click()
    assert desk.went == [("case", (case_id, "closing"))]


def test_keyboard_and_screen_reader_reach_everything(planned, make_page, qtbot, settled, each_language, complaints):
    planned("Sumiati")
    page = make_page()
    assert complaints(page) == []
    result(qtbot, page, settled)
    page.form.form.set_values({"result": "terhubung"})
    page.form.form.follow()
    assert complaints(page) == []


def test_the_weeks_list_is_printed_from_here(planned, make_page, qtbot, settled, desk):
    from ui.pages.paper_dialog import PaperDialog

    planned("Sumiati")
    page = make_page("next_week")
    assert page.week_shown() == MONDAY + 7 * DAY
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    (dialog,) = page.findChildren(PaperDialog)
    assert dialog.isVisible()
    dialog.close()
