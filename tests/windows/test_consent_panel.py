# SPDX-License-Identifier: Apache-2.0
"""Consents asked for one after the other, with hardly more than Enter and Ctrl+S."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import Consent, Draft
from resource_centre.services.attachments import attach
from resource_centre.services.consents import may_use, record_consent
from resource_centre.services.intake import register_intake
from ui.pages.attachments_panel import AttachmentsPanel
from ui.pages.consent_panel import ConsentPanel


@pytest.fixture
def child(centre):
    with centre.change() as session:
        person = {"full_name": "Made Uji", "sex": "L", "birth_date": "2015-02-01"}
        return register_intake(session, person=person).person_id


@pytest.fixture
def make_panel(desk, settled, on_screen):
    def make(person_id):
        panel = on_screen(ConsentPanel(desk), (900, 700))
        panel.show_person(person_id)
        settled(desk.worker)
        return panel

    return make


def photo():
    made = BytesIO()
    Image.new("RGB", (300, 200), "white").save(made, "JPEG")
    return made.getvalue()


def words(panel):
    QApplication.processEvents()  # what was just made is shown in the next round
    return [one.text() for one in panel.findChildren(QLabel) if not one.isHidden()]


def focused():
    here = QApplication.focusWidget()
    return here.accessibleName() if here is not None else ""


def press(panel, qtbot, settled, name):
    found = next(one for one in panel.findChildren(QPushButton) if one.accessibleName() == name)
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Return)
    settled(panel.desk.worker)


def save(panel, qtbot, settled):
    qtbot.keyClick(panel.editing, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(panel.desk.worker)


def decisions(centre):
    with centre.read() as session:
        return list(session.scalars(select(Consent).where(Consent.voided.is_(False)).order_by(Consent.id)))


def test_every_purpose_has_a_line_and_says_nobody_was_asked(make_panel, aminah, each_language, complaints):
    panel = make_panel(aminah)
    not_asked = {"id": "Belum ditanyakan", "en": "Not asked yet"}[each_language]
    assert words(panel).count(not_asked) == 6
    assert complaints(panel) == []


def test_agreeing_is_enter_and_ctrl_s_and_the_next_purpose_is_at_hand(make_panel, aminah, qtbot, settled, centre):
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Agrees: Registration and service")
    save(panel, qtbot, settled)
    (given,) = decisions(centre)
    assert (given.purpose, given.decision, given.mode) == ("layanan", "diberikan", "tertulis")
    assert (given.decided_on, given.text_version) == (today(), "1")
    qtbot.waitUntil(lambda: focused() == "Agrees: Referral to another body")


def test_how_it_was_given_stays_for_the_next_purpose(make_panel, aminah, qtbot, settled, centre):
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Agrees: Registration and service")
    panel.editing.form.editor("mode").set_value("cap_jempol")
    panel.editing.form.editor("witness").set_value("Bu Kadus")
    save(panel, qtbot, settled)
    press(panel, qtbot, settled, "Agrees: Referral to another body")
    save(panel, qtbot, settled)
    assert [(one.mode, one.witness) for one in decisions(centre)] == [("cap_jempol", "Bu Kadus")] * 2


def test_a_refusal_is_one_press_and_can_be_undone(make_panel, aminah, qtbot, settled, centre, desk):
    told = []
    desk.messages.told.connect(told.append)
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Refuses: Photographs and stories")
    (refused,) = decisions(centre)
    assert (refused.purpose, refused.decision) == ("foto_cerita", "ditolak")
    told[-1].action[1]()
    settled(desk.worker)
    assert decisions(centre) == []
    assert words(panel).count("Not asked yet") == 6


def test_withdrawing_says_why_and_shows_at_once(make_panel, aminah, qtbot, settled, centre):
    with centre.change() as session:
        values = {"purpose": "rujukan", "decision": "diberikan", "mode": "tertulis"}
        record_consent(session, person_id=aminah, values=values)
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Withdraws: Referral to another body")
    panel.editing.form.editor("withdrawn_why").set_value("Takut dikenali")
    save(panel, qtbot, settled)
    assert any(text.startswith("Withdrawn on") for text in words(panel))
    with centre.read() as session:
        assert not may_use(session, aminah, "rujukan")


def test_a_guardian_is_asked_for_with_a_child_and_a_missing_one_is_shown_beside_the_field(
    make_panel, child, qtbot, settled, centre
):
    panel = make_panel(child)
    press(panel, qtbot, settled, "Agrees: Registration and service")
    assert panel.editing.form.rows["guardian"].isVisibleTo(panel)
    save(panel, qtbot, settled)
    assert panel.editing.form.rows["guardian"].note.text().startswith("This person is under 18")
    assert decisions(centre) == []


def test_a_grown_person_signing_alone_is_asked_for_neither_witness_nor_guardian(make_panel, aminah, qtbot, settled):
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Agrees: Registration and service")
    assert not panel.editing.form.rows["guardian"].isVisibleTo(panel)
    assert not panel.editing.form.rows["witness"].isVisibleTo(panel)
    panel.editing.form.editor("mode").set_value("lisan_saksi")
    panel.editing.form.edited.emit("mode")
    assert panel.editing.form.rows["witness"].isVisibleTo(panel)


def test_the_text_is_there_to_be_read_out(make_panel, aminah, qtbot, settled, each_language):
    panel = make_panel(aminah)
    panel.agree("kontak_ulang")
    settled(panel.desk.worker)
    assert any("boleh menolak" in text for text in words(panel))


def test_what_was_typed_survives_going_away(make_panel, aminah, child, qtbot, settled, centre):
    panel = make_panel(aminah)
    panel.agree("rujukan")
    settled(panel.desk.worker)
    panel.editing.form.editor("note").main.setFocus()
    qtbot.keyClicks(panel.editing.form.editor("note").main, "Tanya suaminya")
    panel.show_person(child)
    settled(panel.desk.worker)
    with centre.read() as session:
        assert session.scalars(select(Draft.body)).one()["note"]["typed"] == "Tanya suaminya"
    panel.show_person(aminah)
    panel.agree("rujukan")
    settled(panel.desk.worker)
    assert panel.editing.form.values("note") == {"note": "Tanya suaminya"}


def test_all_decisions_can_be_looked_at(make_panel, aminah, qtbot, settled):
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Refuses: Photographs and stories")
    press(panel, qtbot, settled, "Agrees: Photographs and stories")
    save(panel, qtbot, settled)
    press(panel, qtbot, settled, "Show all decisions")
    qtbot.waitUntil(panel.more.isHidden)
    told = [one.text() for one in panel.findChildren(QLabel) if "Photographs and stories · " in one.text()]
    assert [text.split(" · ")[2] for text in told] == ["Given", "Refused"]


def test_the_sheet_is_printed_for_this_person(make_panel, aminah, qtbot, settled, monkeypatch):
    printed = []
    monkeypatch.setattr("ui.pages.papers.print_paper", lambda _desk, *which, **_more: printed.append(which))
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Print the sheet")
    assert printed == [("consent", aminah)]


def test_the_signed_sheet_is_kept_beside_the_decision(make_panel, aminah, qtbot, settled, centre):
    with centre.change() as session:
        said = {"purpose": "rujukan", "decision": "diberikan", "mode": "tertulis", "decided_on": today()}
        consent_id = record_consent(session, person_id=aminah, values=said).id
        sheet = attach(session, aminah, photo(), title="Lembar", about="Consent", about_id=consent_id).id
        attach(session, aminah, photo(), title="Paspor")
    panel = make_panel(aminah)
    press(panel, qtbot, settled, "Show all decisions")
    link = next(one for one in panel.findChildren(QPushButton) if one.text() == "Signed sheet…")
    qtbot.keyClick(link, Qt.Key.Key_Return)
    settled(panel.desk.worker)
    qtbot.waitUntil(lambda: list(panel.findChild(AttachmentsPanel).rows) == [sheet])
    assert panel.findChild(AttachmentsPanel).about == ("Consent", consent_id)
