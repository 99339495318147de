# SPDX-License-Identifier: Apache-2.0
"""A counselling session written down between two visitors."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import CounsellingSession, Draft, FollowUp
from resource_centre.services.counselling import record_session
from ui.pages.counselling import CounsellingPage


@pytest.fixture
def make_page(desk, show_page):
    def make(subject=None):
        return show_page(CounsellingPage(desk), subject)

    return make


def save(qtbot, page, settled):
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def write(press, page, name, text):
    page.form.editor(name).main.setFocus()
    press(f"{text}\t")


def choose(qtbot, page, name, words):
    radio = next(one for one in page.form.editor(name)._group.buttons() if one.text() == words)
    qtbot.keyClick(radio, Qt.Key.Key_Space)


def sessions(centre):
    with centre.read() as session:
        return list(session.scalars(select(CounsellingSession)))


def test_a_usual_session_needs_a_name_a_kind_and_a_few_words(aminah, make_page, qtbot, settled, desk, centre, press):
    page = make_page()
    press("aminah")
    qtbot.waitUntil(lambda: [one.text for one in page.picker.line.offered()] == ["Siti Aminah"])
    press("\n")
    settled(desk.worker)
    assert page.form.editor("service_type").main.lineEdit().hasFocus()
    press("reint\t\t45\t")
    write(press, page, "topic", "Rencana usaha kecil")
    save(qtbot, page, settled)
    (held,) = sessions(centre)
    assert (held.person_id, held.held_on, held.service_type) == (aminah, today(), "CNS_REINT")
    assert (held.session_type, held.mode, held.attendance, held.minutes) == ("awal", "tatap_muka", "hadir", 45)
    assert (held.topic, held.session_number, held.counsellor) == ("Rencana usaha kecil", 1, "Ratna Uji")
    assert desk.went == [("person", aminah)]


def test_from_the_persons_page_the_person_is_there_already(aminah, make_page, qtbot):
    page = make_page(aminah)
    assert page.picker.line.text() == "Siti Aminah"
    assert page.last.text() == "This will be the first session."


def test_the_last_session_says_what_this_one_will_be(aminah, make_page, centre):
    with centre.change() as session:
        values = {"service_type": "LEG_CONSULT", "mode": "telepon"}
        record_session(session, person_id=aminah, values=values, on=dt.date(2026, 10, 3))
    page = make_page(aminah)
    assert page.last.text() == "Session 2. The last one: 3 October 2026, Legal consultation."
    assert page.form.values("service_type", "mode", "session_type") == {
        "service_type": "LEG_CONSULT", "mode": "telepon", "session_type": "lanjutan",
    }  # fmt: skip


def test_a_next_meeting_becomes_a_follow_up(aminah, make_page, qtbot, settled, centre, desk, press):
    told = []
    desk.messages.told.connect(told.append)
    page = make_page(aminah)
    write(press, page, "service_type", "Reintegration")
    next_on = today() + dt.timedelta(days=14)
    write(press, page, "next_on", f"{next_on:%d-%m-%Y}")
    save(qtbot, page, settled)
    with centre.read() as session:
        planned = session.scalars(select(FollowUp)).one()
    assert (planned.person_id, planned.due_on, planned.done_on) == (aminah, next_on, None)
    assert "Next meeting" in told[-1].text


@pytest.mark.parametrize(("risk", "asked"), [("None", False), ("Low", False), ("Medium", True), ("High", True)])
def test_what_was_done_is_asked_when_the_risk_is_not_small(aminah, make_page, qtbot, risk, asked):
    page = make_page(aminah)
    choose(qtbot, page, "risk", risk)
    assert page.form.rows["risk_action"].isVisibleTo(page) is asked


def test_a_high_risk_is_not_saved_without_saying_what_was_done(aminah, make_page, qtbot, settled, centre, press):
    page = make_page(aminah)
    write(press, page, "service_type", "Reintegration")
    choose(qtbot, page, "risk", "High")
    save(qtbot, page, settled)
    assert sessions(centre) == []
    assert page.form.rows["risk_action"].note.text() == "Please say what was done about the risk."
    assert page.form.editor("risk_action").main.hasFocus()
    press("Ditemani ke rumah aman")
    save(qtbot, page, settled)
    assert [one.risk_action for one in sessions(centre)] == ["Ditemani ke rumah aman"]


def test_without_a_person_nothing_is_saved_and_the_field_says_so(make_page, qtbot, settled, centre, press):
    page = make_page()
    write(press, page, "service_type", "Reintegration")
    save(qtbot, page, settled)
    assert sessions(centre) == []
    assert page.picker.about.text() == "Please choose the person first."
    assert page.picker.line.hasFocus()


def test_somebody_not_found_can_be_registered_from_here(make_page, qtbot, desk, press):
    page = make_page()
    press("nobody")
    qtbot.waitUntil(page.picker.new.isVisible)
    qtbot.mouseClick(page.picker.new, Qt.MouseButton.LeftButton)
    assert desk.went == [("intake", "nobody")]


def test_a_session_is_opened_again_and_changed(aminah, make_page, qtbot, settled, centre, press):
    with centre.change() as session:
        held = record_session(session, person_id=aminah, values={"service_type": "CNS_REINT", "topic": "Usaha"}).id
    page = make_page(("session", held))
    assert page.form.editor("topic").value() == "Usaha"
    assert page.form.editor("service_type").hasFocus()
    write(press, page, "minutes", "30")
    save(qtbot, page, settled)
    assert [(one.topic, one.minutes) for one in sessions(centre)] == [("Usaha", 30)]


def test_a_crash_loses_nothing_of_a_session(aminah, make_page, qtbot, settled, desk, centre, press):
    page = make_page(aminah)
    write(press, page, "topic", "Rencana usaha kecil")

    def kept():
        with centre.read() as session:
            return session.scalars(select(Draft.form)).all() == ["counselling"]

    qtbot.waitUntil(kept, timeout=2500)
    page.hide()
    again = make_page()
    qtbot.waitUntil(lambda: again.picker.person_id == aminah)
    assert again.form.editor("topic").value() == "Rencana usaha kecil"


def test_keyboard_and_screen_reader_reach_everything(aminah, make_page, each_language, complaints):
    assert complaints(make_page(aminah)) == []
