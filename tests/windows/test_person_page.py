# SPDX-License-Identifier: Apache-2.0
"""Everything about one person, and what one does next."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import Address, FollowUp, Identifier, MigrationEpisode, Person
from resource_centre.services.cases import close_case
from resource_centre.services.counselling import record_session
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.intake import register_intake
from resource_centre.services.people import change_person
from resource_centre.services.vulnerability import raise_flag
from ui.pages.person import PersonPage

NIK = "9903015705840001"


@pytest.fixture
def aminah(centre):
    with centre.change() as session:
        return register_intake(
            session,
            person={
                "full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-05-17", "safe_phone": "081234567890",
                "safe_answerer": "adik", "may_leave_message": False, "may_send_whatsapp": True,
            },
            identifiers=[{"kind": "nik", "value": NIK}],
            address={"village_code": "52.03.07.1002"},
            episode={"destination_country": "MYS", "departure_date": "2019", "return_date": "2026-03",
                     "return_type": "DEPORTASI"},
            contact={"channel": "walk_in"},
            open_case=True,
            on=dt.date(2026, 4, 2),
        ).person_id  # fmt: skip


@pytest.fixture
def page(aminah, desk, show_page):
    return show_page(PersonPage(desk), aminah)


def words(page):
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def button(page, text):
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(page))


def test_the_head_says_who_it_is(page):
    assert page.title.text() == "Siti Aminah"
    assert "LTM-26-" in page.subtitle.text()
    assert "Female" in page.subtitle.text()
    assert "Selong, Kec. Selong, Kab. Lombok Timur" in page.subtitle.text()


def test_how_to_reach_somebody_safely_is_in_plain_words(page):
    said = words(page)
    assert "0812-3456-7890" in said
    assert "adik" in said
    assert "✕ Leave no message." in said
    assert "✓ We may send WhatsApp messages." in said


def test_the_nik_is_hidden_until_asked_for(page, qtbot):
    assert NIK not in words(page)
    assert "990301******0001" in words(page)
    qtbot.mouseClick(button(page, "Show the whole NIK"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: NIK in words(page))


def test_the_timeline_has_the_newest_first(page, aminah, desk, settled, centre, qtbot):
    desk.worker.change(
        lambda session: (
            record_session(session, person_id=aminah, values={"service_type": "CNS_REINT"}, on=dt.date(2026, 10, 3))
            and None
        )
    )
    qtbot.waitUntil(lambda: any("Counselling session" in line for line in page.timeline.lines()))
    lines = page.timeline.lines()
    assert lines[0].startswith("3 October 2026 · Counselling session · Reintegration counselling")
    assert lines[-1] == "2019 · Went abroad · Malaysia"
    assert any(line.startswith("2 April 2026 · Registered") for line in lines)


def test_a_session_in_the_timeline_opens(page, aminah, desk, settled, qtbot):
    held = []
    desk.worker.change(
        lambda session: held.append(
            record_session(session, person_id=aminah, values={"service_type": "CNS_REINT"}, on=dt.date(2026, 10, 3)).id
        )
    )
    qtbot.waitUntil(lambda: any("Counselling session" in line for line in page.timeline.lines()))
    page.timeline.view.setFocus()
    qtbot.keyClick(page.timeline.view, Qt.Key.Key_Return)
    assert desk.went == [("counselling", ("session", held[0]))]


def test_ctrl_k_begins_a_counselling_session(page, aminah, desk, qtbot):
    qtbot.keyClick(page.counsel, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.went == [("counselling", aminah)]


def test_what_is_known_is_changed_and_the_trail_names_the_field_only(page, aminah, qtbot, settled, desk, centre):
    qtbot.keyClick(page.counsel, Qt.Key.Key_F4)
    form = page.form.form
    assert form.editor("full_name").value() == "Siti Aminah"
    form.editor("mother_name").main.setFocus()
    qtbot.keyClicks(form.editor("mother_name").main, "Inaq Sahnim")
    qtbot.keyClick(page.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        person = session.get(Person, aminah)
        assert (person.mother_name, person.full_name) == ("Inaq Sahnim", "Siti Aminah")
        assert len(session.scalars(select(Address)).all()) == 1
        assert len(session.scalars(select(Identifier)).all()) == 1
    qtbot.mouseClick(page.trail_button, Qt.MouseButton.LeftButton)
    trail = " | ".join(label.text() for label in page.trail.findChildren(QLabel))
    assert "Ratna Uji" in trail
    assert "Mother's name" in trail
    assert "Inaq Sahnim" not in trail


def test_moving_house_keeps_the_address_before(page, qtbot, settled, desk, centre):
    page.edit_person()
    page.form.form.set_values({"village_code": "52.03.01.2001"})
    page.form.save()
    settled(desk.worker)
    with centre.read() as session:
        homes = {home.village_code: home.valid_to for home in session.scalars(select(Address))}
    assert homes == {"52.03.07.1002": today(), "52.03.01.2001": None}


def test_somebody_elses_change_meanwhile_is_shown_not_overwritten(page, aminah, qtbot, settled, desk, centre):
    page.edit_person()
    with centre.change() as session:
        change_person(session, aminah, {"alias": "Bik Minah"})
    page.form.form.set_values({"alias": "Minah"})
    page.form.save()
    settled(desk.worker)
    assert page.form.merging.dialog.isVisible()
    with centre.read() as session:
        assert session.get(Person, aminah).alias == "Bik Minah"
    assert page.form.form.editor("alias").value() == "Minah"


def test_a_follow_up_is_planned_and_settled(page, aminah, qtbot, settled, desk, centre):
    qtbot.mouseClick(page.follow, Qt.MouseButton.LeftButton)
    form = page.form.form
    form.editor("purpose").main.setFocus()
    qtbot.keyClicks(form.editor("purpose").main, "Menanyakan usaha")
    qtbot.keyClick(page.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        planned = session.scalars(select(FollowUp)).one()
    assert (planned.purpose, planned.due_on) == ("Menanyakan usaha", today() + dt.timedelta(days=7))
    qtbot.waitUntil(lambda: "Menanyakan usaha" in words(page))
    qtbot.mouseClick(button(page, "Done"), Qt.MouseButton.LeftButton)
    settled(desk.worker)
    with centre.read() as session:
        assert session.scalars(select(FollowUp)).one().done_on == today()
    qtbot.waitUntil(lambda: not page.due.isVisible())


def test_another_stay_abroad_is_written_down(page, aminah, qtbot, settled, desk, centre):
    qtbot.mouseClick(page.stay, Qt.MouseButton.LeftButton)
    page.form.form.set_values(
        {
            "destination_country": "HKG",
            "departure_date": "2012",
            "return_date": "2015",
            "return_type": "KONTRAK_SELESAI",
        }
    )
    page.form.save()
    settled(desk.worker)
    with centre.read() as session:
        assert set(session.scalars(select(MigrationEpisode.destination_country))) == {"MYS", "HKG"}
    qtbot.waitUntil(lambda: "Hong Kong" in words(page))


def test_a_stay_without_a_country_says_so_at_the_field(page, qtbot, settled, desk):
    page.add_stay()
    page.form.save()
    settled(desk.worker)
    row = page.form.form.rows["destination_country"]
    assert row.note.text() == "Please fill this in."
    assert page.form.save_button.isEnabled()


def test_escape_leaves_a_form_without_saving(page, aminah, qtbot, settled, desk, centre):
    page.edit_person()
    page.form.form.set_values({"full_name": "Other"})
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    settled(desk.worker)
    assert page.form is None
    assert page.view.isVisible()
    with centre.read() as session:
        assert session.get(Person, aminah).full_name == "Siti Aminah"


def test_what_was_cancelled_can_be_brought_back(page, qtbot, settled, desk):
    told = []
    desk.messages.told.connect(told.append)
    page.edit_person()
    alias = page.form.form.editor("alias").main
    alias.setFocus()
    qtbot.keyClicks(alias, "Bik Minah")
    qtbot.keyClick(alias, Qt.Key.Key_Escape)
    assert page.form is None
    told[-1].action[1]()
    settled(desk.worker)
    assert page.form.form.editor("alias").value() == "Bik Minah"
    assert page.form.form.editor("full_name").value() == "Siti Aminah"


def test_typing_is_offered_again_after_looking_at_somebody_else(page, aminah, qtbot, settled, desk, centre):
    with centre.change() as session:
        other = register_intake(session, person={"full_name": "Lalu Ahmad", "sex": "L"}).person_id
    page.edit_person()
    alias = page.form.form.editor("alias").main
    alias.setFocus()
    qtbot.keyClicks(alias, "Bik Minah")
    page.opened(other)
    settled(desk.worker)
    page.opened(aminah)
    settled(desk.worker)
    page.edit_person()
    qtbot.waitUntil(lambda: page.form.form.editor("alias").value() == "Bik Minah")


def test_overdue_promises_stand_at_the_top(aminah, page, desk, settled, qtbot):
    desk.worker.change(
        lambda session: (
            plan_follow_up(session, person_id=aminah, due_on=today() - dt.timedelta(days=3), purpose="Kabar") and None
        )
    )
    qtbot.waitUntil(lambda: page.due.isVisible() and "Kabar" in words(page))


def test_keyboard_and_screen_reader_reach_everything(page, each_language, complaints):
    assert complaints(page) == []
    page.edit_person()
    assert complaints(page) == []


def test_a_referral_is_begun_in_the_case_that_is_open(page, qtbot, desk):
    qtbot.mouseClick(button(page, "Refer"), Qt.MouseButton.LeftButton)
    case_id = page.seen.record.cases[0].id
    assert desk.went == [("case", (case_id, "referrals", "new"))]


def test_without_an_open_case_a_referral_is_begun_for_the_person_alone(page, aminah, qtbot, desk, settled, centre):
    with centre.change() as session:
        close_case(session, case_id=page.seen.record.cases[0].id, reason="PINDAH")
    page.opened(aminah)
    settled(desk.worker)
    qtbot.mouseClick(button(page, "Refer"), Qt.MouseButton.LeftButton)
    assert desk.went == [("referrals", ("new", aminah))]


def test_flags_are_in_sight_and_consents_one_press_away(page, aminah, qtbot, desk, settled):
    desk.worker.change(lambda session: raise_flag(session, aminah, "SAKIT") and None)
    qtbot.waitUntil(lambda: "Vulnerability: Ill, needs care" in words(page))
    qtbot.mouseClick(button(page, "Consent and vulnerability"), Qt.MouseButton.LeftButton)
    assert desk.went == [("intake", ("person", aminah, "consent"))]
