# SPDX-License-Identifier: Apache-2.0
"""The first conversation with somebody, typed from the first name to Ctrl+S."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import Address, Case, Contact, Draft, Identifier, MigrationEpisode, Person, Service
from resource_centre.services.intake import register_intake
from ui.pages.intake import IntakePage

NIK = "9903015705840001"


@pytest.fixture
def make_page(qtbot, desk, settled):
    def make(typed_before=None):
        page = IntakePage(desk)
        qtbot.addWidget(page)
        page.resize(1158, 690)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.opened(typed_before)
        page.first_field().setFocus()
        settled(desk.worker)
        return page

    return make


def write(qtbot, page, name, text):
    """Type into a field as a person does, and go on with Tab."""
    main = page.form.editor(name).main
    main.setFocus()
    line = main.lineEdit() if hasattr(main, "lineEdit") else main
    qtbot.keyClicks(line, text)
    # A list of answers that is open has the keyboard.
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Tab)


def choose(qtbot, page, name, words):
    """Press the radio button with these words."""
    editor = page.form.editor(name)
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


def test_a_whole_intake_is_saved_in_one_act(make_page, qtbot, settled, desk, centre):
    page = make_page("nur hasanah")
    assert page.form.editor("person.full_name").value() == "Nur Hasanah"
    choose(qtbot, page, "person.sex", "Female")
    write(qtbot, page, "person.birth_date", "17-5-1984")
    write(qtbot, page, "person.client_type", "Returned")
    write(qtbot, page, "person.safe_phone", "0812 3456 7890")
    place(qtbot, page, "selong lombok timur")
    write(qtbot, page, "episode.destination_country", "Malaysia")
    write(qtbot, page, "episode.departure_date", "2019")
    write(qtbot, page, "episode.return_date", "3-2026")
    write(qtbot, page, "episode.return_type", "Deport")
    write(qtbot, page, "contact.reason", "Gaji enam bulan belum dibayar")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)

    with centre.read() as session:
        person = session.scalars(select(Person)).one()
        stay = session.scalars(select(MigrationEpisode)).one()
        home = session.scalars(select(Address)).one()
        contact = session.scalars(select(Contact)).one()
        case = session.scalars(select(Case)).one()
    assert (person.full_name, person.sex, person.birth_date) == ("Nur Hasanah", "P", "1984-05-17")
    assert (person.client_type, person.safe_phone) == ("returnee", "+6281234567890")
    assert (stay.destination_country, stay.departure_date, stay.return_date) == ("MYS", "2019", "2026-03")
    assert stay.return_type == "DEPORTASI"
    assert home.village_code.startswith("52.03")
    assert (contact.reason, contact.held_on) == ("Gaji enam bulan belum dibayar", today())
    assert case.person_id == person.id
    assert desk.went == [("person", person.id)]
    assert page.form.editor("person.full_name").value() is None


def test_one_name_and_a_sex_are_enough(make_page, qtbot, settled, desk, centre):
    page = make_page()
    write(qtbot, page, "person.full_name", "Sahnim")
    choose(qtbot, page, "person.sex", "Female")
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        assert session.scalars(select(Person.full_name)).all() == ["Sahnim"]
        assert session.scalars(select(MigrationEpisode)).all() == []
        assert session.scalars(select(Address)).all() == []


def test_what_must_be_answered_is_said_beside_the_field_and_the_keyboard_goes_there(
    make_page, qtbot, settled, desk, centre
):
    page = make_page()
    write(qtbot, page, "person.birth_date", "1984")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    row = page.form.rows["person.full_name"]
    assert row.note.text() == "Please fill this in."
    assert row.editor.main.hasFocus()
    with centre.read() as session:
        assert session.scalars(select(Person)).all() == []
    assert page.form.editor("person.birth_date").value() == "1984"


def test_a_return_before_the_departure_is_said_at_the_return(make_page, qtbot, settled, desk):
    page = make_page("Nur")
    choose(qtbot, page, "person.sex", "Female")
    write(qtbot, page, "episode.destination_country", "Malaysia")
    write(qtbot, page, "episode.departure_date", "2024")
    write(qtbot, page, "episode.return_date", "2019")
    write(qtbot, page, "episode.return_type", "Deport")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert page.form.rows["episode.return_date"].note.text() == "The return is before the departure."


def test_a_nik_offers_sex_and_birth_date_and_waits_for_a_yes(make_page, qtbot, settled, desk):
    page = make_page("Nur Hasanah")
    write(qtbot, page, "nik", NIK)
    row = page.form.rows["nik"]
    assert "17 May 1984" in row.note.text()
    assert page.form.editor("person.sex").value() is None
    qtbot.mouseClick(row.use, Qt.MouseButton.LeftButton)
    assert page.form.editor("person.sex").value() == "P"
    assert page.form.editor("person.birth_date").value() == "1984-05-17"


def test_refusing_to_answer_is_an_answer(make_page, qtbot, settled, desk, centre):
    page = make_page("Nur Hasanah")
    choose(qtbot, page, "person.sex", "Female")
    page.form.rows["person.birth_date"].menu_button.menu().actions()[1].trigger()
    page.form.rows["nik"].menu_button.menu().actions()[1].trigger()
    assert "Date of birth" not in missing(page)
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
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


def test_somebody_who_was_never_abroad_is_not_asked_about_it(make_page, qtbot):
    page = make_page()
    write(qtbot, page, "person.client_type", "Family")
    assert page.form.sections["abroad"].isHidden()
    assert "Destination country" not in missing(page)


@pytest.fixture
def known(centre):
    with centre.change() as session:
        return register_intake(
            session,
            person={"full_name": "Siti Nurhasanah", "sex": "P", "birth_date": "1984-05-17"},
            identifiers=[{"kind": "nik", "value": NIK}],
        ).person_id


def test_somebody_known_appears_while_the_name_is_typed(known, make_page, qtbot, desk):
    page = make_page()
    write(qtbot, page, "person.full_name", "St. Nurhasana")
    write(qtbot, page, "person.birth_date", "17-5-1984")
    qtbot.waitUntil(lambda: bool(buttons(page, "Same person")))
    words = [label.text() for label in page.aside.alike.findChildren(type(page.title)) if label.isVisible()]
    assert "Siti Nurhasanah" in words
    assert any("the same date of birth" in said for said in words)
    qtbot.mouseClick(buttons(page, "Same person")[0], Qt.MouseButton.LeftButton)
    assert desk.went == [("person", known)]


def buttons(page, words):
    return [b for b in page.aside.findChildren(QPushButton) if words in b.text() and b.isVisible()]


def test_a_nik_of_somebody_else_is_said_while_typing_and_refused(known, make_page, qtbot, settled, desk, centre):
    page = make_page("Nur Hasanah")
    write(qtbot, page, "nik", NIK)
    said = "Somebody with this number is registered already."
    qtbot.waitUntil(lambda: page.form.rows["nik"].note.text() == said)
    choose(qtbot, page, "person.sex", "Female")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert page.form.rows["nik"].note.text() == said
    with centre.read() as session:
        assert len(session.scalars(select(Identifier)).all()) == 1


def test_a_crash_loses_nothing_that_was_typed(make_page, qtbot, settled, desk, centre):
    page = make_page()
    write(qtbot, page, "person.full_name", "Nur Hasanah")
    write(qtbot, page, "episode.return_date", "3-2026")
    qtbot.waitUntil(lambda: drafts(centre) == ["intake"], timeout=2500)
    page.hide()

    again = make_page()
    qtbot.waitUntil(lambda: again.form.editor("person.full_name").value() == "Nur Hasanah")
    assert again.form.editor("episode.return_date").value() == "2026-03"
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
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert drafts(centre) == []


def test_services_of_the_day_are_written_down(make_page, qtbot, settled, desk, centre):
    page = make_page("Nur Hasanah")
    choose(qtbot, page, "person.sex", "Female")
    page.form.editor("contact.services").set_value(["LEG_CONSULT", "INF_RIGHTS"])
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    with centre.read() as session:
        assert set(session.scalars(select(Service.service_type))) == {"LEG_CONSULT", "INF_RIGHTS"}


def test_nothing_is_wider_than_a_small_laptop_screen(make_page, each_language, qtbot):
    page = make_page()
    inside = page.area.widget()
    qtbot.waitUntil(lambda: inside.width() <= page.area.viewport().width())
    assert inside.minimumSizeHint().width() <= page.area.viewport().width()


@pytest.mark.parametrize("width", [1158, 900, 640])
def test_a_narrower_window_cuts_nothing_off(make_page, each_language, qtbot, width):
    page = make_page()
    page.resize(width, 600)
    inside = page.area.widget()
    qtbot.waitUntil(lambda: inside.minimumSizeHint().width() <= page.area.viewport().width())


def test_keyboard_and_screen_reader_reach_everything(make_page, each_language, complaints):
    assert complaints(make_page()) == []
