# SPDX-License-Identifier: Apache-2.0
"""On the page of a case: its counselling and its follow-ups."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import FollowUp
from resource_centre.services.cases import open_case
from resource_centre.services.counselling import record_session
from resource_centre.services.counselling_courses import record_course
from resource_centre.services.follow_up_attempts import record_attempt
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.intake import register_intake
from ui.pages.case_follow_ups import FollowUpsPart
from ui.pages.case_sessions import SessionsPart

DAY = dt.timedelta(days=1)


@pytest.fixture
def case(centre):
    with centre.change() as session:
        person_id = register_intake(session, person={"full_name": "Siti Aminah", "sex": "P"}).person_id
        return open_case(session, person_id=person_id, on=today() - 90 * DAY)


@pytest.fixture
def make_part(desk, settled, case, on_screen):
    def make(kind):
        part = on_screen(kind(desk), (1100, 640))
        part.show_case(case.id, case.person_id)
        settled(desk.worker)
        return part

    return make


@pytest.fixture
def planned(centre, case):
    def plan(days, **more):
        with centre.change() as session:
            return plan_follow_up(session, person_id=case.person_id, due_on=today() + days * DAY, **more).id

    return plan


def words_on(part):
    return [one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part)]


def button(part, words):
    return next(one for one in part.findChildren(QPushButton) if one.isVisibleTo(part) and one.text() == words)


def test_the_sessions_of_the_case_open_where_they_were_written(case, centre, make_part, qtbot, desk):
    with centre.change() as session:
        values = {"service_type": "CNS_REINT", "risk": "sedang", "risk_action": "ditemani", "minutes": 45}
        held = record_session(session, person_id=case.person_id, values=values).id
    part = make_part(SessionsPart)
    shown = [part.rows.data(part.rows.index(0, place)) for place in range(part.rows.columnCount())]
    assert shown[1:7] == ["1", "Reintegration counselling", "Follow-up session · In person", "Attended", "Medium", "45"]
    part.list.selectRow(0)
    qtbot.keyClick(part.list, Qt.Key.Key_Return)
    assert desk.went == [("counselling", ("session", held))]


def test_a_new_session_comes_back_to_the_case(case, make_part, desk):
    part = make_part(SessionsPart)
    part.first_field().click()
    assert desk.went == [("counselling", ("case", case.id, case.person_id))]


def test_a_course_says_how_it_goes_and_opens(case, centre, make_part, desk):
    with centre.change() as session:
        course = record_course(session, case.person_id, {"sessions_planned": 6}).id
    part = make_part(SessionsPart)
    assert "6 sessions planned · still running" in words_on(part)
    next(one for one in part.courses.findChildren(QPushButton) if one.isVisibleTo(part)).click()
    assert desk.went == [("course", course)]


def test_a_follow_up_is_done_on_the_case(case, planned, make_part, qtbot, settled, desk, centre, press):
    planned(-2, purpose="kabar usaha")
    part = make_part(FollowUpsPart)
    button(part, "Result").click()
    settled(desk.worker)
    press("reach\t")
    part.form.form.editor("challenges").setFocus()
    press("Harga pakan naik")
    qtbot.keyClick(part.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        assert [one.result for one in session.scalars(select(FollowUp))] == ["terhubung"]
    qtbot.waitUntil(lambda: "Harga pakan naik" in words_on(part))
    assert "Nothing is planned." in words_on(part)


def test_a_follow_up_opens_from_elsewhere(planned, make_part, qtbot, settled, desk):
    follow_up = planned(3)
    part = make_part(FollowUpsPart)
    part.open_record(follow_up)
    settled(desk.worker)
    assert part.form.form.editor("result").isVisibleTo(part)


def test_one_more_is_planned_by_keyboard(case, make_part, qtbot, settled, desk, centre):
    part = make_part(FollowUpsPart)
    button(part, "Plan a follow-up").click()
    qtbot.keyClick(part.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        assert [one.case_id for one in session.scalars(select(FollowUp))] == [case.id]


def test_tries_in_vain_are_seen_and_closing_is_proposed(case, planned, make_part, centre, desk):
    follow_up = planned(-60)
    with centre.change() as session:
        for days in (45, 20, 2):
            tried = {"tried_on": today() - days * DAY, "mode": "telepon", "result": "tidak_terhubung", "note": "mati"}
            record_attempt(session, follow_up, tried)
    part = make_part(FollowUpsPart)
    assert len([words for words in words_on(part) if words.endswith("Not reached · mati")]) == 3
    button(part, "To closing").click()
    assert desk.went == [("case", (case.id, "closing"))]


@pytest.mark.parametrize("kind", [SessionsPart, FollowUpsPart])
def test_keyboard_and_screen_reader_reach_everything(kind, planned, make_part, each_language, complaints):
    planned(-2)
    planned(5)
    assert complaints(make_part(kind)) == []
