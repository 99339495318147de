# SPDX-License-Identifier: Apache-2.0
"""The story on a person's page: scrolled, filtered, and each line opened where it was made."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from resource_centre.records import (
    Attachment,
    Case,
    Consent,
    Contact,
    CounsellingSession,
    FollowUp,
    MigrationEpisode,
    Person,
    Plan,
    PlanGoal,
    ProtectionMark,
    Referral,
)
from resource_centre.services.family import link
from resource_centre.services.intake import register_intake
from resource_centre.services.people import change_person
from ui.pages.person import PersonPage
from ui.shell_pages import PAGES

DAY = dt.date(2026, 5, 4)


@pytest.fixture
def keep(centre, aminah):
    """Writes a record of the person as another page would have; returns its id."""

    def kept(record, **values):
        with centre.change() as session:
            made = record(person_id=aminah, **values)
            session.add(made)
            session.flush()
            return made.id

    return kept


@pytest.fixture
def page(aminah, desk, show_page):
    """Shows the person; call it when everything is written."""

    def shown():
        return show_page(PersonPage(desk), aminah)

    return shown


def words(page):
    return " | ".join(label.text() for label in page.findChildren(QLabel))


def open_line(page, beginning):
    lines = page.timeline.lines()
    page.timeline.open_nth(next(place for place, line in enumerate(lines) if beginning in line))


def test_each_line_opens_where_it_was_made(page, keep, aminah, desk):
    case = keep(Case, opened_on=DAY, number="K1")
    plan = keep(Plan, made_on=DAY, case_id=case)
    keep(PlanGoal, plan_id=plan, goal="Warung", reached_on=DAY)
    referral = keep(Referral, made_on=DAY, number="R1", case_id=case)
    lone = keep(Referral, made_on=DAY, number="R2")
    due = keep(FollowUp, due_on=DAY, purpose="Kabar")
    held = keep(CounsellingSession, held_on=DAY, service_type="CNS_FIN")
    keep(Consent, decided_on=DAY, purpose="layanan", decision="diberikan")
    keep(MigrationEpisode, departure_date="2019", return_date="2026-01", destination_country="MYS")
    shown = page()
    wanted = {
        "Case opened": ("case", case),
        "Goal reached": ("case", (case, "plan", plan)),
        "R1": ("case", (case, "referrals", referral)),
        "R2": ("referrals", ("referral", lone, aminah)),
        "Kabar": ("follow_ups", due),
        "Counselling session": ("counselling", ("session", held)),
        "Consent given": ("intake", ("person", aminah, "consent")),
        "Came back": ("intake", ("person", aminah, "return")),
        "Went abroad": ("intake", ("person", aminah, "migration")),
    }
    for beginning, place in wanted.items():
        open_line(shown, beginning)
        assert desk.went[-1] == place


def test_every_page_a_line_leads_to_exists():
    from ui.pages.person_seen import PAGE_OF

    assert {page for page, _first in PAGE_OF.values()} <= {*PAGES}


def test_a_contact_of_any_day_is_opened_and_corrected(page, keep, desk, settled, centre):
    contact = keep(Contact, held_on=DAY, channel="walk_in")
    shown = page()
    open_line(shown, "Contact")
    settled(desk.worker)
    assert shown.form.form.editor("channel").value() == "walk_in"
    shown.form.form.set_values({"channel": "phone"})
    shown.form.save()
    settled(desk.worker)
    with centre.read() as session:
        assert session.get(Contact, contact).channel == "phone"


def test_the_protection_line_leads_only_those_who_may_go_there(page, keep, desk):
    keep(ProtectionMark, since=DAY)
    shown = page()
    open_line(shown, "Protection")
    assert desk.went == []


def test_a_registration_opens_the_form_of_what_is_known(page):
    shown = page()
    open_line(shown, "Registered")
    assert shown.form.form.editor("full_name").value() == "Siti Aminah"


def test_years_are_headings_that_the_keyboard_passes_over(page, keep, qtbot, desk):
    held = keep(CounsellingSession, held_on=dt.date(2024, 5, 4), service_type="CNS_FIN")
    shown = page()
    view = shown.timeline.view
    texts = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    assert texts == ["2026", "2 April 2026", "2024", "4 May 2024"]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desk.went[-1] == ("counselling", ("session", held))


def test_one_kind_of_things_may_be_shown_alone(page, keep):
    keep(CounsellingSession, held_on=DAY, service_type="CNS_FIN")
    keep(FollowUp, due_on=DAY, purpose="Kabar")
    shown = page()
    assert shown.timeline.kinds.itemText(0) == "Everything (3)"
    shown.timeline.kinds.setCurrentIndex(shown.timeline.kinds.findData("follow_up"))
    assert [line.split(" · ")[1] for line in shown.timeline.lines()] == ["Follow-up"]


def test_a_chosen_kind_stays_when_something_is_saved_meanwhile(page, keep, aminah, centre, desk, settled, qtbot):
    keep(FollowUp, due_on=DAY, purpose="Kabar")
    shown = page()
    shown.timeline.kinds.setCurrentIndex(shown.timeline.kinds.findData("follow_up"))
    desk.worker.change(lambda session: change_person(session, aminah, {"alias": "Minah"}) and None)
    settled(desk.worker)
    assert shown.timeline.kinds.currentData() == "follow_up"


def test_a_long_story_is_not_drawn_line_by_line(page, keep, centre, aminah, qtbot):
    with centre.change() as session:
        session.add_all(
            CounsellingSession(person_id=aminah, held_on=dt.date(2007 + n % 19, 1 + n % 12, 1 + n % 28))
            for n in range(1500)
        )
    shown = page()
    assert len(shown.timeline.lines()) == 1501
    assert len(shown.timeline.findChildren(QLabel)) < 10


def test_a_protection_matter_is_one_line_that_says_whom_to_speak_to(page, keep):
    keep(ProtectionMark, since=DAY)
    shown = page()
    assert shown.protection.isVisible()
    assert "Speak to the protection officer." in words(shown)


def test_without_one_nothing_is_said(page):
    assert not page().protection.isVisible()


def test_of_somebody_who_has_died_no_age_is_said(page, centre, aminah):
    with centre.change() as session:
        change_person(session, aminah, {"standing": "meninggal"})
    shown = page()
    assert "years old" not in shown.subtitle.text()
    assert "1984" in words(shown)


def test_the_case_is_one_press_away(page, keep, desk, qtbot):
    case = keep(Case, opened_on=DAY, number="K1", status="berjalan", priority="mendesak")
    shown = page()
    link_ = next(one for one in shown.case_card.findChildren(QPushButton) if one.text() == "Case K1")
    link_.click()
    assert desk.went[-1] == ("case", case)
    assert "In progress" in words(shown.case_card)


def test_a_case_is_opened_from_here(page, centre, desk, settled, qtbot):
    shown = page()
    next(one for one in shown.case_card.findChildren(QPushButton) if one.text() == "Open a case").click()
    settled(desk.worker)
    with centre.read() as session:
        (case,) = session.query(Case).all()
    assert desk.went[-1] == ("case", case.id)


def test_what_is_missing_and_what_was_agreed_stand_together(page, keep, aminah, desk):
    keep(Consent, decided_on=DAY, purpose="foto_cerita", decision="ditolak")
    shown = page()
    said = words(shown.intake_card)
    assert "still missing" in said
    assert "✕ Photographs and stories: refused" in said
    next(one for one in shown.intake_card.findChildren(QPushButton) if "intake" in one.text()).click()
    assert desk.went[-1] == ("intake", ("person", aminah))


def test_family_opens_with_one_press(page, centre, aminah, desk):
    with centre.change() as session:
        mother = register_intake(session, person={"full_name": "Inaq Sahnim", "sex": "P"}).person_id
        link(session, aminah, mother, "orang_tua")
    shown = page()
    next(one for one in shown.family.findChildren(QPushButton) if one.text() == "Inaq Sahnim").click()
    assert desk.went[-1] == ("person", mother)
    assert "Parent" in words(shown.family)


def test_somebody_of_the_family_is_linked_by_keyboard(page, centre, aminah, desk, settled, qtbot):
    with centre.change() as session:
        mother = register_intake(session, person={"full_name": "Inaq Sahnim", "sex": "P"}).person_id
    shown = page()
    shown.family.link_button.click()
    form = shown.family.linking
    form.picker.show_person(mother, "Inaq Sahnim")
    form.form.set_values({"relation": "orang_tua"})
    qtbot.keyClick(form.picker.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert [(one.name, one.relation) for one in shown.family.relatives] == [("Inaq Sahnim", "orang_tua")]


def test_nobody_chosen_is_said_beside_the_line(page):
    shown = page()
    shown.family.link_button.click()
    shown.family.linking.save()
    assert "Please choose somebody from the list." in words(shown.family)


def test_an_attachment_in_the_story_opens_in_the_program(page, keep, settled, desk):
    keep(Attachment, attached_on=DAY, title="Paspor", media_type="image/jpeg", size=10, digest="00")
    shown = page()
    settled(desk.worker)
    open_line(shown, "Paspor")
    assert shown.attachments.dialog.isVisible()


def test_two_records_of_a_person_are_read_again_when_one_changes(page, centre, aminah, desk, settled):
    shown = page()
    desk.worker.change(lambda session: change_person(session, aminah, {"full_name": "Siti Aminah Baru"}) and None)
    settled(desk.worker)
    assert shown.title.text() == "Siti Aminah Baru"
    with centre.read() as session:
        assert session.get(Person, aminah).full_name == "Siti Aminah Baru"


def test_keyboard_and_screen_reader_reach_everything(page, keep, each_language, complaints, centre, aminah):
    keep(Case, opened_on=DAY, number="K1")
    with centre.change() as session:
        mother = register_intake(session, person={"full_name": "Inaq Sahnim", "sex": "P"}).person_id
        link(session, aminah, mother, "orang_tua")
    shown = page()
    assert complaints(shown) == []
    shown.family.link_button.click()
    assert complaints(shown) == []


def test_tab_goes_through_the_page_as_one_reads_it(page, keep, qtbot, centre, aminah):
    keep(FollowUp, due_on=DAY, purpose="Kabar")
    with centre.change() as session:
        mother = register_intake(session, person={"full_name": "Inaq Sahnim", "sex": "P"}).person_id
        link(session, aminah, mother, "orang_tua")
    shown = page()
    family = shown.family
    qtbot.waitUntil(
        lambda: {"Inaq Sahnim"} <= {one.text() for one in family.findChildren(QPushButton) if one.isVisible()}
    )
    shown.counsel.setFocus()
    stops = []
    for _each in range(16):
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
        stops.append(shown.focusWidget())
    names = [stop.accessibleName() for stop in stops]
    due, kinds, story = (
        names.index(name)
        for name in ("What came of the follow-up of 4 May 2026", "Which things are shown", "What has happened")
    )
    assert due < kinds < story
    mother_at = next(place for place, name in enumerate(names) if name.startswith("Inaq Sahnim"))
    assert story < mother_at < names.index("Link somebody of the family")


def test_the_keyboard_returns_to_where_it_was_after_a_form(page, qtbot, settled, desk):
    shown = page()
    for place in (shown.edit, shown.timeline.view):
        place.setFocus()
        shown.edit_person()
        settled(desk.worker)
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Escape)
        assert shown.focusWidget() is place


def test_on_a_narrow_window_everything_scrolls_in_one_column(page, keep, qtbot):
    keep(FollowUp, due_on=DAY, purpose="Kabar")
    shown = page()
    shown.resize(760, 600)
    qtbot.waitUntil(lambda: shown._right.widget().isAncestorOf(shown.timeline))
    shown.resize(1158, 690)
    qtbot.waitUntil(lambda: not shown._right.widget().isAncestorOf(shown.timeline) and shown.timeline.isVisible())


def test_a_contact_begun_to_be_corrected_is_found_again_under_the_person(page, keep, aminah, desk, settled, qtbot):
    from ui.pages.unsaved import place_of_draft

    contact = keep(Contact, held_on=DAY, channel="walk_in")
    shown = page()
    open_line(shown, "Contact")
    settled(desk.worker)
    staff = shown.form.form.editor("staff").main
    staff.setFocus()
    qtbot.keyClicks(staff, "Ratna")
    name, about = shown.form.keeper.form, shown.form.keeper.record_id
    shown._close_form()
    settled(desk.worker)
    with desk.worker.centre.read() as session:
        where = place_of_draft(session, name, about)
    assert where == ("person", (aminah, f"contact_{contact}"))
    shown.opened(where[1])
    settled(desk.worker)
    qtbot.waitUntil(lambda: shown.form is not None and shown.form.form.editor("staff").value() == "Ratna")
