# SPDX-License-Identifier: Apache-2.0
"""Sessions of every kind written down without the mouse, and how few keys the usual kind takes."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import (
    ConfidentialNote,
    CounsellingCourse,
    CounsellingSession,
    Draft,
    ProtectionMark,
    fields_of,
)
from resource_centre.services.counselling import keep_in_confidence, record_group_session, record_session
from resource_centre.services.intake import register_intake
from ui.pages.counselling import CounsellingPage
from ui.pages.counselling_course import CoursePage

MOST_KEYS = 45
"""Keys, apart from the counsellor's own words, that a session of the usual kind may take; at two a second 23 s."""


@pytest.fixture
def people(centre):
    names = ("Siti Aminah", "Rohani", "Sumiati")
    with centre.change() as session:
        return [register_intake(session, person={"full_name": name, "sex": "P"}).person_id for name in names]


@pytest.fixture
def make_page(desk, show_page):
    def make(subject=None, kind=CounsellingPage):
        return show_page(kind(desk), subject)

    return make


@pytest.fixture
def keys(qtbot):
    """Presses keys and counts them; ``^`` before a letter is Ctrl."""

    class Keys:
        pressed = 0

        def __call__(self, text, modifier=Qt.KeyboardModifier.NoModifier):
            for letter in text:
                key = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}.get(letter, letter)
                qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key, modifier)
                self.pressed += 1

    return Keys()


def save(qtbot, page, settled):
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def pick(keys, qtbot, page, typed):
    keys(typed)
    qtbot.waitUntil(lambda: bool(page.picker.line.offered()))
    keys("\n")


def to(qtbot, page, name):
    """The keyboard goes to a question; without a window manager a closed list may still hold the window's place."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    getattr(page.form, "form", page.form).editor(name).setFocus(Qt.FocusReason.TabFocusReason)


def read(centre, what):
    with centre.read() as session:
        return list(session.scalars(select(what)))


def where(page):
    """The row the keyboard is in."""
    focus = QApplication.focusWidget()
    return next((name for name, row in page.form.rows.items() if row is focus or row.isAncestorOf(focus)), None)


def test_the_usual_session_takes_few_keys(people, make_page, keys, qtbot, settled, desk, centre):
    page = make_page()
    pick(keys, qtbot, page, "amin")
    settled(desk.worker)
    keys("reint\t\t45\t")
    keys("\t\t")
    assert where(page) == "risk"
    keys("n\t")
    assert where(page) == "topic"
    before = keys.pressed
    keys("Rencana usaha kecil")
    keys.pressed = before
    keys("\t\t\t\t")
    assert where(page) == "next_on"
    soon = today() + dt.timedelta(days=14)
    keys(f"{soon.day}-{soon.month}")
    keys("s", Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert keys.pressed <= MOST_KEYS
    (held,) = read(centre, CounsellingSession)
    assert (held.service_type, held.minutes, held.risk, held.next_on) == ("CNS_REINT", 45, "tidak_ada", soon)
    assert (held.topic, held.attendance) == ("Rencana usaha kecil", "hadir")


def test_everybody_of_a_group_gets_the_session(people, make_page, keys, qtbot, settled, desk, centre):
    page = make_page()
    pick(keys, qtbot, page, "amin")
    settled(desk.worker)
    keys("group\tgroup\t")
    qtbot.waitUntil(page.picker.line.hasFocus)
    for typed in ("roha", "sumi"):
        pick(keys, qtbot, page, typed)
    assert page.who.count.text() == "3 people"
    to(qtbot, page, "topic")
    keys("Berbagi pengalaman")
    save(qtbot, page, settled)
    held = read(centre, CounsellingSession)
    assert {one.person_id for one in held} == set(people)
    assert {(one.session_type, one.topic, one.group_id) for one in held} == {
        ("kelompok", "Berbagi pengalaman", held[0].group_id)
    }


def test_a_group_asks_nothing_about_one_person(people, make_page, keys, qtbot):
    page = make_page(people[0])
    to(qtbot, page, "session_type")
    keys("group\t")
    page.form.fold()
    shown = {name for name, row in page.form.rows.items() if row.isVisibleTo(page)}
    assert shown.isdisjoint({"risk", "risk_action", "client_words", "note", "men_present"})
    assert shown >= {"topic", "observation", "place", "topics"}


def test_who_was_left_by_mistake_is_taken_out_of_the_group(people, make_page, keys, qtbot, settled, centre):
    page = make_page()
    page.form.set_values({"session_type": "kelompok", "service_type": "CNS_PSY_GRP"})
    page.form.follow()
    page.who.set_grouped(True)
    for typed in ("amin", "roha"):
        page.picker.line.setFocus()
        pick(keys, qtbot, page, typed)
    chip = page.who.findChildren(type(page.form.rows["risk"].reason))[0]
    chip.click()
    save(qtbot, page, settled)
    assert [one.person_id for one in read(centre, CounsellingSession)] == [people[1]]


def test_a_group_that_was_not_saved_is_there_after_a_crash(people, make_page, keys, qtbot, settled, desk, centre):
    page = make_page(people[0])
    to(qtbot, page, "session_type")
    keys("group\t")
    qtbot.waitUntil(page.picker.line.hasFocus)
    pick(keys, qtbot, page, "roha")
    qtbot.waitUntil(lambda: [one.form for one in read(centre, Draft)] == ["counselling"], timeout=2500)
    page.hide()
    again = make_page()
    qtbot.waitUntil(lambda: list(again.who.group) == people[:2])
    assert again.who.grouped


def test_a_family_session_says_who_was_there(people, make_page, keys, qtbot, settled, centre):
    page = make_page(people[0])
    assert not page.form.rows["men_present"].isVisibleTo(page)
    keys("family\tfamily\t60\t1\t2")
    assert where(page) == "women_present"
    save(qtbot, page, settled)
    (held,) = read(centre, CounsellingSession)
    assert (held.session_type, held.men_present, held.women_present) == ("keluarga", 1, 2)


def test_in_a_crisis_the_risk_comes_first(people, make_page, keys, qtbot):
    page = make_page(people[0])
    keys("reint\tcrisis\t")
    keys("\t\t\t")
    assert where(page) == "risk"
    risk, words = (page.form.sections[name] for name in ("risk", "words"))
    qtbot.waitUntil(lambda: risk.x() == words.x())
    assert risk.y() < words.y()


def test_a_high_risk_is_told_to_the_protection_officer_and_nobody_else(people, make_page, keys, qtbot, settled, centre):
    page = make_page(people[0])
    keys("reint\t")
    to(qtbot, page, "risk")
    keys("h\tKakaknya menemani\t")
    assert where(page) == "tell"
    keys("\tBercerita ingin mengakhiri hidup")
    save(qtbot, page, settled)
    (held,) = read(centre, CounsellingSession)
    assert (held.risk, held.risk_action) == ("tinggi", "Kakaknya menemani")
    assert "mengakhiri" not in repr([getattr(held, field.name) for field in fields_of(CounsellingSession)])
    assert [one.person_id for one in read(centre, ProtectionMark)] == [people[0]]


def test_a_high_risk_may_be_left_to_the_counsellor(people, make_page, keys, qtbot, settled, centre):
    page = make_page(people[0])
    keys("reint\t")
    to(qtbot, page, "risk")
    keys("h\tKakaknya menemani\tn")
    assert not page.form.rows["concern"].isVisibleTo(page)
    save(qtbot, page, settled)
    assert len(read(centre, CounsellingSession)) == 1
    assert read(centre, ProtectionMark) == []


def test_a_confidential_note_is_written_on_the_same_form(people, make_page, keys, qtbot, settled, centre):
    page = make_page(people[0])
    keys("reint\t")
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert where(page) == "place"
    to(qtbot, page, "note")
    keys("Takut bertemu calo itu.")
    save(qtbot, page, settled)
    (held,), (note,) = read(centre, CounsellingSession), read(centre, ConfidentialNote)
    assert (note.session_id, note.note) == (held.id, "Takut bertemu calo itu.")


def test_a_session_opened_again_shows_its_note_and_keeps_it(people, make_page, keys, qtbot, settled, centre):
    with centre.change() as session:
        held = record_session(session, person_id=people[0], values={"service_type": "CNS_REINT"}).id
        keep_in_confidence(session, held, "Takut bertemu calo itu.")
    page = make_page(("session", held))
    assert page.form.editor("note").value() == "Takut bertemu calo itu."
    assert page.form.rows["note"].isVisibleTo(page)
    to(qtbot, page, "minutes")
    keys("30")
    save(qtbot, page, settled)
    assert [one.note for one in read(centre, ConfidentialNote)] == ["Takut bertemu calo itu."]


def test_what_is_changed_in_a_session_is_there_after_a_crash(people, make_page, keys, qtbot, settled, centre):
    with centre.change() as session:
        values = {"service_type": "CNS_REINT", "topic": "Utang", "minutes": 20}
        held = record_session(session, person_id=people[0], values=values).id
    page = make_page(("session", held))
    to(qtbot, page, "minutes")
    keys("45")
    qtbot.waitUntil(lambda: [one.record_id for one in read(centre, Draft)] == [held], timeout=2500)
    page.hide()
    again = make_page(("session", held))
    qtbot.waitUntil(lambda: again.form.editor("minutes").value() == 45)
    save(qtbot, again, settled)
    assert [(one.topic, one.minutes) for one in read(centre, CounsellingSession)] == [("Utang", 45)]
    qtbot.waitUntil(lambda: read(centre, Draft) == [])


def test_a_session_of_a_group_says_that_only_this_one_changes(people, make_page, centre):
    with centre.change() as session:
        held = record_group_session(session, people, {"service_type": "CNS_PSY_GRP"})[0].id
    page = make_page(("session", held))
    assert page.last.text().startswith("A group session of 3 people.")


def test_words_that_had_better_not_stand_there_are_pointed_out_while_one_types(
    people, make_page, keys, qtbot, settled, centre
):
    page = make_page(people[0])
    keys("reint\t")
    to(qtbot, page, "observation")
    keys("Klien depresi")
    assert page.form.rows["observation"].note.text().startswith("This names a diagnosis.")
    save(qtbot, page, settled)
    assert [one.observation for one in read(centre, CounsellingSession)] == ["Klien depresi"]


def test_from_a_case_one_comes_back_to_the_case(people, make_page, keys, qtbot, settled, desk):
    page = make_page(("case", "0000", people[0]))
    keys("reint\t")
    save(qtbot, page, settled)
    assert desk.went == [("case", ("0000", "sessions"))]


def test_a_closing_session_leads_to_the_record_of_completion(people, make_page, keys, qtbot, settled, desk, centre):
    told = []
    desk.messages.told.connect(told.append)
    page = make_page(people[0])
    keys("reint\tclosing\t")
    save(qtbot, page, settled)
    words, act = told[-1].action
    assert words == "Write the record of completion"
    act()
    assert desk.went[-1] == ("course", people[0])


def test_a_course_is_completed_on_one_page(people, make_page, keys, qtbot, settled, desk, centre):
    page = make_page(people[0], CoursePage)
    form = page.form.form
    to(qtbot, page, "observations")
    keys("sleeps\n")
    to(qtbot, page, "completed")
    keys("n")
    assert form.editor("ended_on").value() == today()
    save(qtbot, page.form, settled)
    assert form.rows["dropout_reason"].note.text()
    to(qtbot, page, "dropout_reason")
    keys("moved\t")
    save(qtbot, page.form, settled)
    (course,) = read(centre, CounsellingCourse)
    assert (course.observations, course.completed, course.dropout_reason) == (["sulit_tidur"], False, "pindah")
    assert desk.went == [("person", people[0])]


@pytest.mark.parametrize("kind", ["awal", "krisis", "keluarga", "kelompok", "penutup"])
def test_keyboard_and_screen_reader_reach_everything_of_every_kind(people, make_page, each_language, complaints, kind):
    page = make_page(people[0])
    page.form.set_values({"session_type": kind, "risk": "tinggi"})
    page.form.follow()
    page.form.fold()
    assert complaints(page) == []


def test_keyboard_and_screen_reader_reach_everything_of_a_course(people, make_page, each_language, complaints):
    assert complaints(make_page(people[0], CoursePage)) == []
