# SPDX-License-Identifier: Apache-2.0
"""The first conversation with somebody, typed from the first name to Ctrl+S, and gone on with step by step."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import select

from resource_centre.access import COLLECTOR
from resource_centre.clock import today
from resource_centre.records import (
    Address,
    Case,
    Contact,
    Debt,
    Draft,
    Household,
    Identifier,
    IntakeInterview,
    Livelihood,
    MigrationEpisode,
    Person,
    Service,
)
from resource_centre.services.contacts import record_contact
from resource_centre.services.entries import add_entry
from resource_centre.services.intake import register_intake
from resource_centre.services.intake_sections import STEPS
from ui.kit.merging import MergeDialog
from ui.pages.intake import IntakePage

NIK = "9903015705840001"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make_page(desk, settled, on_screen):
    def make(subject=None):
        page = on_screen(IntakePage(desk))
        page.opened(subject)
        page.first_field().setFocus()
        settled(desk.worker)
        return page

    return make


@pytest.fixture
def siti(centre):
    """Somebody who came back and was registered with little more than a name."""
    with centre.change() as session:
        person = {"full_name": "Siti Nurhasanah", "sex": "P", "birth_date": "1984-05-17", "client_type": "returnee"}
        return register_intake(session, person=person, identifiers=[{"kind": "nik", "value": NIK}]).person_id


def write(qtbot, page, name, text):
    """Type into a field as a person does, and go on with Tab."""
    type_into(qtbot, page.view.form.editor(name), text)


def type_into(qtbot, editor, text):
    main = editor.main
    main.setFocus()
    line = main.lineEdit() if hasattr(main, "lineEdit") else main
    qtbot.keyClicks(line, text)
    # A list of answers that is open has the keyboard.
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Tab)


def choose(qtbot, page, name, words):
    """Press the radio button with these words."""
    editor = page.view.form.editor(name)
    radio = next(one for one in editor._group.buttons() if one.text() == words)
    qtbot.keyClick(radio, Qt.Key.Key_Space)


def place(qtbot, page, text):
    """Type a village and take the first one offered."""
    line = page.form.editor("address.village_code").line
    line.setFocus()
    qtbot.keyClicks(line, text)
    popup = line.completer().popup()
    popup.setCurrentIndex(popup.model().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)


def save(qtbot, page, settled):
    if not page.isActiveWindow():  # without a screen the list of a form that is gone may have been activated
        with qtbot.waitActive(page):
            page.activateWindow()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)


def go(page, step, settled):
    page.go_to(step)
    settled(page.desk.worker)


# Registering


def test_the_first_step_registers_and_leads_on(make_page, qtbot, settled, desk, centre):
    page = make_page("nur hasanah")
    assert page.form.editor("person.full_name").value() == "Nur Hasanah"
    choose(qtbot, page, "person.sex", "Female")
    write(qtbot, page, "person.birth_date", "17-5-1984")
    write(qtbot, page, "person.client_type", "Returned")
    place(qtbot, page, "selong lombok timur")
    write(qtbot, page, "visit.reason", "Gaji enam bulan belum dibayar")
    save(qtbot, page, settled)

    with centre.read() as session:
        person = session.scalars(select(Person)).one()
        home = session.scalars(select(Address)).one()
        contact = session.scalars(select(Contact)).one()
        case = session.scalars(select(Case)).one()
        interview = session.scalars(select(IntakeInterview)).one()
    assert (person.full_name, person.sex, person.birth_date) == ("Nur Hasanah", "P", "1984-05-17")
    assert person.client_type == "returnee"
    assert home.village_code.startswith("52.03")
    assert (contact.reason, contact.held_on) == ("Gaji enam bulan belum dibayar", today())
    assert (case.person_id, interview.held_on) == (person.id, today())
    assert desk.went == [("intake", ("person", person.id))]
    assert page.view.step == "safe_contact"
    assert page.focusWidget() is page.view.form.editor("safe_contact.safe_phone").main


def test_one_name_and_a_sex_are_enough(make_page, qtbot, settled, desk, centre):
    page = make_page()
    write(qtbot, page, "person.full_name", "Sahnim")
    choose(qtbot, page, "person.sex", "Female")
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    settled(desk.worker)
    with centre.read() as session:
        assert session.scalars(select(Person.full_name)).all() == ["Sahnim"]
        assert session.scalars(select(MigrationEpisode)).all() == []
        assert session.scalars(select(Address)).all() == []


def test_before_somebody_is_registered_there_is_only_the_first_step(make_page):
    page = make_page()
    enabled = [bool(page.steps.item(at).flags() & Qt.ItemFlag.ItemIsEnabled) for at in range(page.steps.count())]
    assert enabled == [True] + [False] * (len(STEPS) - 1)
    page.go_on()
    assert page.view.step == "identity"


def test_what_must_be_answered_is_said_beside_the_field_and_the_keyboard_goes_there(
    make_page, qtbot, settled, desk, centre
):
    page = make_page()
    write(qtbot, page, "person.birth_date", "1984")
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    row = page.form.rows["person.full_name"]
    assert row.note.text() == "Please fill this in."
    assert row.editor.main.hasFocus()
    with centre.read() as session:
        assert session.scalars(select(Person)).all() == []
    assert page.form.editor("person.birth_date").value() == "1984"


def test_a_date_of_birth_in_the_future_is_refused_with_field_and_reason(make_page, qtbot, settled, desk):
    page = make_page("Nur")
    choose(qtbot, page, "person.sex", "Female")
    write(qtbot, page, "person.birth_date", str(today().year + 1))
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    assert page.form.rows["person.birth_date"].note.text() == "This date is in the future."


def test_a_nik_offers_what_it_says_and_waits_for_a_yes(make_page, qtbot, settled, desk):
    page = make_page("Nur Hasanah")
    write(qtbot, page, "person.nik", NIK)
    assert "17 May 1984" in page.form.rows["person.nik"].note.text()
    assert page.form.editor("person.sex").value() is None
    assert page.form.rows["person.sex"].use.text() == "Female"
    qtbot.mouseClick(page.form.rows["person.nik"].use, Qt.MouseButton.LeftButton)
    assert page.form.editor("person.sex").value() == "P"
    assert page.form.editor("person.birth_date").value() == "1984-05-17"
    assert page.form.rows["person.sex"].use.isHidden()


def test_the_regency_of_a_nik_is_offered_as_place_of_birth(make_page, qtbot):
    page = make_page("Nur Hasanah")
    write(qtbot, page, "person.nik", "5203015705840001")
    row = page.form.rows["person.birth_place"]
    assert "first registered in Kabupaten Lombok Timur" in page.form.rows["person.nik"].note.text()
    assert row.editor.value() is None
    qtbot.mouseClick(row.use, Qt.MouseButton.LeftButton)
    assert row.editor.value() == "Kabupaten Lombok Timur"
    assert page.form.editor("person.sex").value() is None


def test_one_key_takes_what_is_offered_and_leaves_answers_alone(make_page, qtbot):
    page = make_page("Nur Hasanah")
    choose(qtbot, page, "person.sex", "Male")
    write(qtbot, page, "person.nik", NIK)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F9)
    assert page.form.editor("person.sex").value() == "L"
    assert page.form.editor("person.birth_date").value() == "1984-05-17"


def test_refusing_to_answer_is_an_answer(make_page, qtbot, settled, desk, centre):
    page = make_page("Nur Hasanah")
    choose(qtbot, page, "person.sex", "Female")
    page.form.rows["person.birth_date"].menu_button.menu().actions()[1].trigger()
    page.form.rows["person.nik"].menu_button.menu().actions()[1].trigger()
    assert "Date of birth" not in missing(page)
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    with centre.read() as session:
        person = session.scalars(select(Person)).one()
    assert person.unanswered == {"birth_date": "refused", "nik": "refused"}


def missing(page):
    return [button.text() for button in page.aside.missing.findChildren(QPushButton) if not button.isHidden()]


def test_what_is_missing_is_listed_and_leads_to_its_field(make_page, qtbot):
    page = make_page()
    assert missing(page)[0] == "Full name"
    write(qtbot, page, "person.full_name", "Nur")
    qtbot.waitUntil(lambda: missing(page)[:1] == ["NIK"] and "Village" in missing(page))
    links = page.aside.missing.findChildren(QPushButton)
    village = next(link for link in links if link.text() == "Village" and not link.isHidden())
    qtbot.mouseClick(village, Qt.MouseButton.LeftButton)
    assert page.form.editor("address.village_code").main.hasFocus()


def test_somebody_known_appears_while_the_name_is_typed(siti, make_page, qtbot, desk):
    page = make_page()
    write(qtbot, page, "person.full_name", "St. Nurhasana")
    write(qtbot, page, "person.birth_date", "17-5-1984")
    qtbot.waitUntil(lambda: bool(buttons(page, "Same person")))
    words = [label.text() for label in page.aside.alike.findChildren(type(page.title)) if label.isVisible()]
    assert "Siti Nurhasanah" in words
    assert any("the same date of birth" in said for said in words)
    qtbot.mouseClick(buttons(page, "Same person")[0], Qt.MouseButton.LeftButton)
    assert desk.went == [("person", siti)]


def buttons(page, words):
    return [b for b in page.aside.findChildren(QPushButton) if words in b.text() and b.isVisible()]


def test_a_nik_of_somebody_else_is_said_while_typing_and_refused(siti, make_page, qtbot, settled, desk, centre):
    page = make_page("Nur Hasanah")
    write(qtbot, page, "person.nik", NIK)
    said = "Somebody with this number is registered already."
    qtbot.waitUntil(lambda: page.form.rows["person.nik"].note.text() == said)
    choose(qtbot, page, "person.sex", "Female")
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    assert page.form.rows["person.nik"].note.text() == said
    with centre.read() as session:
        assert len(session.scalars(select(Identifier)).all()) == 1


def test_a_crash_loses_nothing_that_was_typed(make_page, qtbot, settled, desk, centre):
    page = make_page()
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    write(qtbot, page, "more.mother_name", "Inaq Sahnim")
    qtbot.waitUntil(lambda: drafts(centre) == ["intake"], timeout=2500)
    page.hide()

    again = make_page()
    qtbot.waitUntil(lambda: again.form.editor("person.full_name").value() == "Nur Hasanah")
    assert again.form.editor("more.mother_name").value() == "Inaq Sahnim"
    qtbot.mouseClick(again.new_button, Qt.MouseButton.LeftButton)
    settled(desk.worker)
    assert again.form.editor("person.full_name").value() is None
    assert drafts(centre) == []


def drafts(centre):
    with centre.read() as session:
        return list(session.scalars(select(Draft.form)))


def test_a_saved_intake_leaves_no_draft_behind(make_page, qtbot, settled, desk, centre):
    page = make_page()
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    choose(qtbot, page, "person.sex", "Female")
    qtbot.waitUntil(lambda: drafts(centre) == ["intake"], timeout=2500)
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    assert drafts(centre) == []


def test_services_of_the_day_are_written_down(make_page, qtbot, settled, desk, centre):
    page = make_page("Nur Hasanah")
    choose(qtbot, page, "person.sex", "Female")
    page.form.editor("visit.services").set_value(["LEG_CONSULT", "INF_RIGHTS"])
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    with centre.read() as session:
        assert set(session.scalars(select(Service.service_type))) == {"LEG_CONSULT", "INF_RIGHTS"}


def test_a_telephone_number_typed_in_the_search_waits_for_the_safe_contact(make_page, qtbot, settled):
    page = make_page("0812 3456 7890")
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    choose(qtbot, page, "person.sex", "Female")
    save(qtbot, page, settled)
    assert page.view.form.editor("safe_contact.safe_phone").value() == "+6281234567890"


def test_an_unnamed_contact_of_the_front_desk_becomes_somebodys(make_page, qtbot, settled, desk, centre):
    with centre.change() as session:
        met = {"channel": "walk_in", "sex": "P", "client_type": "returnee"}
        contact_id = record_contact(session, values=met, services=["INF_RIGHTS"]).id
    page = make_page(("contact", contact_id))
    assert page.form.editor("person.sex").value() == "P"
    assert page.form.rows["visit.channel"].isHidden()
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    save(qtbot, page, settled)
    with centre.read() as session:
        person = session.scalars(select(Person)).one()
        assert session.scalars(select(Contact.person_id)).all() == [person.id]
        assert session.scalars(select(Service.person_id)).all() == [person.id]


def test_a_contact_of_somebody_known_goes_to_them(siti, make_page, qtbot, settled, desk, centre):
    with centre.change() as session:
        contact_id = record_contact(session, values={"channel": "walk_in", "sex": "P"}).id
    page = make_page(("contact", contact_id))
    write(qtbot, page, "person.nik", NIK)
    write(qtbot, page, "person.full_name", "Siti Nurhasanah")
    qtbot.waitUntil(lambda: bool(buttons(page, "Same person")))
    qtbot.mouseClick(buttons(page, "Same person")[0], Qt.MouseButton.LeftButton)
    settled(desk.worker)
    assert desk.went == [("person", siti)]
    with centre.read() as session:
        assert session.get(Contact, contact_id).person_id == siti


def test_after_a_crash_the_contact_is_still_that_of_the_intake(make_page, qtbot, settled, desk, centre):
    with centre.change() as session:
        contact_id = record_contact(session, values={"channel": "walk_in", "sex": "P"}).id
    page = make_page(("contact", contact_id))
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    desk.drafts.flush()
    settled(desk.worker)
    page.hide()

    again = make_page()
    assert again.form.rows["visit.channel"].isHidden()
    save(qtbot, again, settled)
    with centre.read() as session:
        person = session.scalars(select(Person)).one()
        assert session.get(Contact, contact_id).person_id == person.id


def test_a_contact_does_not_take_the_place_of_an_intake_that_is_not_saved(make_page, qtbot, settled, desk, centre):
    with centre.change() as session:
        contact_id = record_contact(session, values={"channel": "walk_in", "sex": "P"}).id
    page = make_page()
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    desk.drafts.flush()
    settled(desk.worker)
    again = make_page(("contact", contact_id))
    assert again.form.editor("person.full_name").value() == "Nur Hasanah"
    assert not again.form.rows["visit.channel"].isHidden()


# Going on


def test_each_step_is_saved_by_itself_by_keyboard_alone(siti, make_page, qtbot, settled, centre):
    page = make_page(("person", siti))
    save(qtbot, page, settled)
    write(qtbot, page, "safe_contact.safe_phone", "0812 3456 7890")
    choose(qtbot, page, "safe_contact.may_leave_message", "No")
    save(qtbot, page, settled)
    assert page.view.step == "household"
    write(qtbot, page, "household.women", "2")
    save(qtbot, page, settled)
    with centre.read() as session:
        person = session.get(Person, siti)
        assert (person.safe_phone, person.may_leave_message) == ("+6281234567890", False)
        assert session.scalars(select(Household.women)).all() == [2]


def test_whoever_came_back_is_asked_about_the_stay_at_once(siti, make_page, qtbot, settled, centre):
    page = make_page(("person", siti))
    go(page, "migration", settled)
    form = page.view.panels["episodes"].editing.form
    type_into(qtbot, form.editor("destination_country"), "Malaysia")
    type_into(qtbot, form.editor("departure_date"), "2019")
    save(qtbot, page, settled)
    go(page, "return", settled)
    write(qtbot, page, "return.return_date", "2018")
    save(qtbot, page, settled)
    assert page.view.form.rows["return.return_date"].note.text() == "The return is before the departure."
    assert page.view.step == "return"
    page.view.form.editor("return.return_date").main.clear()
    write(qtbot, page, "return.return_date", "3-2026")
    write(qtbot, page, "return.return_type", "Deport")
    save(qtbot, page, settled)
    with centre.read() as session:
        stay = session.scalars(select(MigrationEpisode)).one()
    assert (stay.destination_country, stay.departure_date, stay.return_date) == ("MYS", "2019", "2026-03")
    assert stay.return_type == "DEPORTASI"


def test_without_a_stay_the_return_leads_to_it_first(siti, make_page, qtbot, settled):
    page = make_page(("person", siti))
    go(page, "return", settled)
    there = next(one for one in page.view.first_stay.findChildren(QPushButton))
    qtbot.mouseClick(there, Qt.MouseButton.LeftButton)
    assert page.view.step == "migration"


def test_a_debt_is_added_to_the_list(siti, make_page, qtbot, settled, centre):
    page = make_page(("person", siti))
    go(page, "money", settled)
    panel = page.view.panels["debts"]
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    type_into(qtbot, panel.editing.form.editor("lender"), "Moneylender")
    type_into(qtbot, panel.editing.form.editor("outstanding"), "3,5 jt")
    save(qtbot, page, settled)
    with centre.read() as session:
        assert session.execute(select(Debt.lender, Debt.outstanding)).all() == [("rentenir", 3_500_000)]
    assert page.view.step == "money"


def test_leaving_a_step_saves_what_was_typed(siti, make_page, qtbot, settled, centre):
    page = make_page(("person", siti))
    go(page, "work", settled)
    write(qtbot, page, "work.occupation_now", "jualan kue")
    go(page, "health", settled)
    with centre.read() as session:
        assert session.scalars(select(Livelihood.occupation_now)).all() == ["jualan kue"]
    assert drafts(centre) == []


def test_leaving_a_step_with_a_mistake_keeps_it_as_a_draft(siti, make_page, qtbot, settled, desk, centre):
    page = make_page(("person", siti))
    go(page, "health", settled)
    write(qtbot, page, "health.help_needed", "hasil tes HIV")
    go(page, "money", settled)
    assert "Health needs, not saved" in [said(page, at) for at in range(page.steps.count())]
    assert drafts(centre) == ["intake"]

    again = make_page(("person", siti))
    go(again, "health", settled)
    assert again.view.form.editor("health.help_needed").value() == "hasil tes HIV"
    assert "not saved" in said(again, 6)
    again.view.form.editor("health.help_needed").set_value("perlu obat")
    write(qtbot, again, "health.treated_at", "Puskesmas")
    save(qtbot, again, settled)
    assert drafts(centre) == []
    assert "not saved" not in said(again, 6)


def said(page, place):
    return page.steps.item(place).data(Qt.ItemDataRole.AccessibleTextRole)


def test_how_many_answers_a_step_still_wants_stands_beside_it(siti, make_page, qtbot, settled):
    page = make_page(("person", siti))
    before = said(page, 1)
    assert before == "Safe contact, 3 left"
    go(page, "safe_contact", settled)
    write(qtbot, page, "safe_contact.safe_phone", "0812 3456 7890")
    page.view.form.rows["safe_contact.may_leave_message"].menu_button.menu().actions()[3].trigger()
    assert said(page, 1) == "Safe contact, 1 left"


def test_what_is_missing_in_a_list_leads_into_it(siti, make_page, qtbot, settled, centre):
    with centre.change() as session:
        add_entry(session, MigrationEpisode, siti, {"destination_country": "MYS", "departure_date": "2019"})
    page = make_page(("person", siti))
    go(page, "migration", settled)
    assert missing(page) == ["Occupation abroad", "Procedural?"]
    page.lead_to("episodes.occupation")
    assert page.view.panels["episodes"].editing.form.editor("destination_country").value() == "MYS"


def test_a_man_is_not_asked_about_a_pregnancy(make_page, settled, centre):
    with centre.change() as session:
        ahmad = register_intake(session, person={"full_name": "Ahmad", "sex": "L"}).person_id
    page = make_page(("person", ahmad))
    go(page, "health", settled)
    assert page.view.form.rows["health.pregnant"].isHidden()


def test_another_intake_does_not_show_the_answers_of_the_one_before(siti, make_page, qtbot, settled, centre):
    with centre.change() as session:
        ahmad = register_intake(session, person={"full_name": "Ahmad", "sex": "L"}).person_id
    page = make_page(("person", siti))
    go(page, "work", settled)
    write(qtbot, page, "work.occupation_now", "jualan kue")
    page.opened(("person", ahmad))
    settled(page.desk.worker)
    go(page, "work", settled)
    assert page.title.text() == "Ahmad"
    assert page.view.form.editor("work.occupation_now").value() is None
    page.opened(None)
    settled(page.desk.worker)
    assert page.form.editor("person.full_name").value() is None
    with centre.read() as session:
        assert session.scalars(select(Livelihood.person_id)).all() == [siti]


def test_two_windows_on_one_intake_keep_what_both_wrote(siti, make_page, qtbot, settled, centre):
    first, second = make_page(("person", siti)), make_page(("person", siti))
    for page in (first, second):
        go(page, "safe_contact", settled)
    write(qtbot, first, "safe_contact.safe_times", "pagi")
    first.save()
    settled(first.desk.worker)
    write(qtbot, second, "safe_contact.safe_answerer", "adik")
    second.save()
    settled(second.desk.worker)
    with centre.read() as session:
        person = session.get(Person, siti)
    assert (person.safe_times, person.safe_answerer) == ("pagi", "adik")


def test_what_both_windows_changed_is_decided_and_then_saved(siti, make_page, qtbot, settled, centre):
    first, second = make_page(("person", siti)), make_page(("person", siti))
    for page in (first, second):
        go(page, "safe_contact", settled)
    write(qtbot, first, "safe_contact.safe_times", "pagi")
    write(qtbot, second, "safe_contact.safe_times", "sore")
    first.save()
    settled(first.desk.worker)
    second.save()
    settled(second.desk.worker)
    dialog = second.findChild(MergeDialog)
    dialog.choose_all("mine")
    dialog.save_button.click()
    settled(second.desk.worker)
    with centre.read() as session:
        assert session.get(Person, siti).safe_times == "sore"
    assert second.view.step == "household"


def test_page_keys_go_from_step_to_step(siti, make_page, qtbot, settled):
    page = make_page(("person", siti))
    qtbot.keyClick(page, Qt.Key.Key_PageDown, CONTROL)
    qtbot.keyClick(page, Qt.Key.Key_PageDown, CONTROL)
    assert page.view.step == "household"
    qtbot.keyClick(page, Qt.Key.Key_PageUp, CONTROL)
    settled(page.desk.worker)
    assert page.view.step == "safe_contact"


def test_the_arrows_walk_the_list_of_steps(siti, make_page, qtbot, settled):
    page = make_page(("person", siti))
    page.steps.setFocus()
    qtbot.keyClick(page.steps, Qt.Key.Key_Down)
    settled(page.desk.worker)
    assert page.view.step == "safe_contact"


# How it looks


def test_every_step_opens_in_each_language_and_is_reached_by_keyboard(
    siti, make_page, each_language, settled, complaints
):
    page = make_page(("person", siti))
    wrong = {}
    for step in STEPS:
        go(page, step.key, settled)
        wrong[step.key] = [*complaints(page), *([] if fits(page.view.area) else ["cut off"])]
        assert page.view.step == step.key
    assert {step: found for step, found in wrong.items() if found} == {}


def test_a_narrower_window_cuts_nothing_off(make_page, each_language, qtbot):
    page = make_page()
    for width in (1158, 900, 640):
        page.resize(width, 600)
        qtbot.waitUntil(lambda: fits(page.view.area))


def fits(area):
    return area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_keyboard_and_screen_reader_reach_everything(make_page, each_language, complaints):
    assert complaints(make_page()) == []


VILLAGE = "52.03.01.2001"


def test_a_village_collector_goes_through_every_step(make_page, qtbot, settled, desk, centre, monkeypatch):
    with centre.change() as session:
        home = {"village_code": VILLAGE}
        person_id = register_intake(session, person={"full_name": "Sahnim", "sex": "P"}, address=home).person_id
    bound = replace(centre.viewer, role=COLLECTOR, villages=frozenset({VILLAGE}))
    monkeypatch.setattr(centre, "viewer", bound)
    wrong = []
    desk.worker.went_wrong.connect(wrong.append)
    page = make_page(("person", person_id))
    for step in STEPS:
        go(page, step.key, settled)
    go(page, "work", settled)
    write(qtbot, page, "work.occupation_now", "petani")
    save(qtbot, page, settled)
    assert wrong == []
    with centre.read() as session:
        assert session.scalars(select(Livelihood.occupation_now)).all() == ["petani"]


def test_typing_does_not_stutter(make_page, qtbot):
    page = make_page()
    line = page.form.editor("person.full_name").line
    qtbot.keyClicks(line, "Nur ")
    began = time.perf_counter()
    qtbot.keyClicks(line, "Hasanah binti Ahmad Zainuddin")
    each = (time.perf_counter() - began) / len("Hasanah binti Ahmad Zainuddin")
    assert each < 0.05
