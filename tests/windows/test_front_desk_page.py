# SPDX-License-Identifier: Apache-2.0
"""A busy morning at the front desk: a contact in a handful of keys, and what becomes of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import Case, Contact, Draft, Service
from resource_centre.services.contacts import record_contact
from ui.pages.front_desk import FrontDeskPage

VILLAGE = "52.03.01.2001"
MOST_KEYS = 40
"""Twenty seconds of somebody who types slowly with two fingers."""


@pytest.fixture
def make_page(desk, show_page):
    def make(subject=None):
        return show_page(FrontDeskPage(desk), subject)

    return make


def save(qtbot, page, settled):
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def contacts(centre):
    with centre.read() as session:
        return list(session.scalars(select(Contact).where(Contact.voided.is_(False)).order_by(Contact.id)))


def services(centre):
    with centre.read() as session:
        return list(session.scalars(select(Service.service_type).where(Service.voided.is_(False))))


def unnamed(centre, **values):
    with centre.change() as session:
        values = {"channel": "phone", "client_type": "prospective", "village_code": VILLAGE, **values}
        return record_contact(session, values=values, services=["INF_MIGR"], person_id=values.pop("person_id", None)).id


def test_an_unnamed_contact_is_a_few_keys_and_ctrl_s(make_page, qtbot, settled, centre, press):
    page = make_page()
    typed = "prosp\t"
    press(typed)
    page.form.editor("reasons").setFocus()
    press("safe\t")
    save(qtbot, page, settled)
    (contact,) = contacts(centre)
    assert (contact.person_id, contact.held_on, contact.channel) == (None, today(), "walk_in")
    assert (contact.client_type, contact.asked_by) == ("prospective", "sendiri")
    assert contact.reasons == ["info_migrasi_aman"]
    assert services(centre) == ["INF_MIGR"]
    assert len(typed + "safe\t") + 1 < MOST_KEYS


def test_tab_goes_through_the_questions_in_the_order_they_are_asked(make_page, qtbot):
    page = make_page()
    editors = {row.editor: name for name, row in page.form.rows.items()}
    seen = []
    for _step in range(14):
        here = QApplication.focusWidget()
        found = next((name for editor, name in editors.items() if editor.isAncestorOf(here)), "")
        if found and found not in seen:
            seen.append(found)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    order = ["client_type", "asked_by", "sex", "age_band", "village_code", "reasons", "services", "outcome", "minutes"]
    assert seen[: len(order)] == order


def test_after_saving_the_next_one_may_come_at_once(make_page, qtbot, settled, centre, press):
    page = make_page()
    page.form.editor("channel").set_value("whatsapp")
    page.form.editor("village_code").set_value(VILLAGE)
    press("prosp\t")
    save(qtbot, page, settled)
    with qtbot.waitActive(page):  # without a window manager a list that was open stays the active window
        page.activateWindow()
    assert page.form.editor("client_type").isAncestorOf(page.focusWidget())
    assert page.form.values("client_type", "channel", "village_code") == {
        "client_type": None, "channel": "whatsapp", "village_code": VILLAGE,
    }  # fmt: skip
    press("fami\t")
    save(qtbot, page, settled)
    assert [one.client_type for one in contacts(centre)] == ["prospective", "family"]
    assert page.contacts.rows.rowCount() == 2


def test_the_desk_begins_as_the_last_contact_was(make_page, centre):
    unnamed(centre)
    page = make_page()
    assert page.form.values("channel", "village_code") == {"channel": "phone", "village_code": VILLAGE}


def test_what_was_said_to_be_given_is_not_changed_by_a_reason(make_page, qtbot, settled, centre, press):
    page = make_page()
    page.form.editor("services").set_value(["ADM_ID"])
    page.form.edited.emit("services")
    page.form.editor("reasons").setFocus()
    press("safe\t")
    save(qtbot, page, settled)
    assert services(centre) == ["ADM_ID"]


def test_somebody_known_is_found_and_asked_nothing_their_record_says(make_page, aminah, qtbot, settled, centre, press):
    page = make_page()
    page.picker.line.setFocus()
    press("aminah")
    qtbot.waitUntil(lambda: [one.text for one in page.picker.line.offered()] == ["Siti Aminah"])
    press("\n")
    settled(page.desk.worker)
    assert page.form.rows["client_type"].isHidden()
    save(qtbot, page, settled)
    assert [one.person_id for one in contacts(centre)] == [aminah]
    assert page.picker.person_id is None
    assert not page.form.rows["client_type"].isHidden()


def test_an_unnamed_contact_goes_to_registration_without_typing_it_again(make_page, centre, qtbot, settled, desk):
    contact_id = unnamed(centre)
    page = make_page()
    qtbot.keyClick(page.contacts.register, Qt.Key.Key_Return)
    assert desk.went == [("intake", ("contact", contact_id))]
    assert not page.contacts.case.isEnabled()
    assert not page.contacts.refer.isEnabled()


def test_it_is_linked_to_somebody_known(make_page, aminah, centre, qtbot, settled, press):
    unnamed(centre)
    page = make_page()
    page.contacts.link.setFocus()
    qtbot.keyClick(page.contacts.link, Qt.Key.Key_Return)
    press("aminah")
    qtbot.waitUntil(lambda: [one.text for one in page.contacts.whom.line.offered()] == ["Siti Aminah"])
    press("\n")
    settled(page.desk.worker)
    assert [one.person_id for one in contacts(centre)] == [aminah]
    assert page.contacts.case.isEnabled()


@pytest.mark.parametrize(("action", "outcome"), [("case", "became_case"), ("refer", "referred")])
def test_it_becomes_a_case_or_a_referral_of_it(make_page, aminah, centre, qtbot, settled, desk, action, outcome):
    unnamed(centre, person_id=aminah)
    page = make_page()
    qtbot.keyClick(getattr(page.contacts, action), Qt.Key.Key_Return)
    settled(desk.worker)
    with centre.read() as session:
        case_id = session.scalars(select(Case.id)).one()
    (contact,) = contacts(centre)
    begun = (case_id, "referrals", f"contact:{contact.id}")
    assert desk.went == [("case", begun if action == "refer" else case_id)]
    assert contact.outcome == outcome


def test_enter_on_a_named_contact_opens_the_person(make_page, aminah, centre, qtbot, desk):
    unnamed(centre, person_id=aminah)
    page = make_page()
    page.contacts.list.setFocus()
    qtbot.keyClick(page.contacts.list, Qt.Key.Key_Return)
    assert desk.went == [("person", aminah)]


def test_one_written_by_mistake_is_taken_back(make_page, centre, qtbot, settled, monkeypatch):
    unnamed(centre)
    monkeypatch.setattr("ui.pages.front_desk.ask", lambda *_args, **_more: True)
    page = make_page()
    qtbot.keyClick(page.contacts.take_back, Qt.Key.Key_Return)
    settled(page.desk.worker)
    assert contacts(centre) == []
    assert page.contacts.rows.rowCount() == 0


def test_what_stands_in_the_way_is_said_beside_the_field(make_page, qtbot, settled, centre):
    page = make_page()
    page.form.editor("channel").set_value(None)
    save(qtbot, page, settled)
    assert page.form.rows["channel"].note.text().startswith("Please fill this in")
    assert contacts(centre) == []


def test_half_a_contact_is_still_there_after_a_crash(make_page, qtbot, settled, centre, press):
    page = make_page()
    page.form.editor("reason").main.setFocus()
    press("Tanya soal upah")
    page.draft.write_now()
    settled(page.desk.worker)
    again = make_page()
    assert again.form.values("reason") == {"reason": "Tanya soal upah"}
    save(qtbot, again, settled)
    with centre.read() as session:
        assert session.scalars(select(Draft)).all() == []


def test_from_a_persons_page_the_person_is_there_already(make_page, aminah, settled):
    page = make_page(aminah)
    settled(page.desk.worker)
    assert page.picker.person_id == aminah
    assert page.form.rows["sex"].isHidden()


def test_the_keyboard_and_a_screen_reader_find_everything(make_page, each_language, complaints):
    assert complaints(make_page()) == []
