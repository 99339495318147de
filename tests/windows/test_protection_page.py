# SPDX-License-Identifier: Apache-2.0
"""The protection officer's morning: the most urgent first, opened, worked on, closed."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from resource_centre.access import PROTECTION_OFFICER
from resource_centre.services.intake import register_intake
from resource_centre.services.protection import concerns_of, mark_of, note_concern
from resource_centre.services.screening import screen
from ui.pages.protection import ProtectionPage

AGREED = {"agreed_to_talk": True}


@pytest.fixture
def rohani(centre):
    """Somebody of whom two things were told, the urgent one later; then the account is the officer's."""
    with centre.change() as session:
        person = {"full_name": "Rohani", "sex": "P"}
        who = register_intake(session, person=person).person_id
        note_concern(session, who, "KEKERASAN", detail="FISIK", account="Lebam di tangan", on=dt.date(2026, 11, 3))
        note_concern(session, who, "ANCAMAN", account="Calo datang ke rumah")
        answers = {"long_hours": True, "false_promise": False, "remarks": "Menangis"}
        screen(session, who, AGREED | answers, {"threatened": "refused"})
    return who


@pytest.fixture
def officer(centre, monkeypatch):
    """This centre, signed in as the protection officer."""
    from db.first_day import session_factory

    viewer = replace(centre.viewer, role=PROTECTION_OFFICER)
    with centre.read() as session:
        site = session.info["site"]
    monkeypatch.setattr(centre, "viewer", viewer)
    monkeypatch.setattr(centre, "_sessions", session_factory(viewer, site))
    return centre


@pytest.fixture
def page(desk, rohani, officer, show_page):
    return show_page(ProtectionPage(desk))


def listed(page):
    rows = (page.rows.row(place) for place in range(page.rows.rowCount()))
    return [row.kind for row in rows]


def words(page):
    QApplication.processEvents()  # what was just made is shown in the next round
    return [one.text() for one in page.findChildren(QLabel) if not one.isHidden()]


def open_first(page, qtbot, settled):
    page.list.setFocus()
    page.list.selectRow(0)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settled(page.desk.worker)


def test_the_most_urgent_stands_first_in_both_languages(page, complaints):
    assert listed(page) == ["ANCAMAN", "KEKERASAN"]
    assert page.subtitle.text() == "2 open concerns"
    assert complaints(page) == []


def test_enter_opens_one_with_the_words_and_the_screening(page, qtbot, settled):
    open_first(page, qtbot, settled)
    assert page.editing.form.values("account") == {"account": "Calo datang ke rumah"}
    seen = words(page)
    assert "Rohani" in seen
    assert "Menangis" in seen
    assert "Made to work far too many hours?" in seen
    assert "Does not want to say" in seen


def test_the_true_kind_of_a_complaint_is_told_here(page, settled):
    page.open_concern(page.rows.row(1).id)
    settled(page.desk.worker)
    assert any("Physical violence" in text and "by Ratna Uji" in text for text in words(page))


def test_closing_the_last_one_takes_the_mark_away(page, qtbot, settled, rohani, officer):
    for _concern in range(2):
        open_first(page, qtbot, settled)
        page.editing.form.editor("state").set_value("selesai")
        page.editing.form.editor("action").set_value("Dirujuk ke UPTD PPA")
        qtbot.keyClick(page.editing, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        settled(page.desk.worker)
    assert listed(page) == []
    with officer.read() as session:
        assert mark_of(session, rohani) is None
        assert {one.state for one in concerns_of(session, rohani)} == {"selesai"}
    link = next(one for one in page.findChildren(QPushButton) if one.text() == "Show those that are closed")
    qtbot.keyClick(link, Qt.Key.Key_Return)
    settled(page.desk.worker)
    assert len(listed(page)) == 2


def test_it_leads_to_the_person(page, qtbot, settled, desk, rohani):
    open_first(page, qtbot, settled)
    link = next(one for one in page.findChildren(QPushButton) if one.text() == "Open the person")
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert desk.went == [("person", rohani)]


def test_a_concern_can_be_opened_from_elsewhere(page, settled):
    concern_id = page.rows.row(1).id
    page.opened(concern_id)
    settled(page.desk.worker)
    assert page.editing.form.values("account") == {"account": "Lebam di tangan"}


def test_to_anybody_else_the_page_says_no(qtbot, desk, settled, centre):
    told = []
    desk.messages.told.connect(told.append)
    page = ProtectionPage(desk)
    qtbot.addWidget(page)
    page.opened()
    settled(desk.worker)
    assert told[-1].text == "Your account may not do this. Ask the coordinator."
    assert page.rows.rowCount() == 0
