# SPDX-License-Identifier: Apache-2.0
"""Referrals in the windows: from the need to the feedback by keyboard, the directory, what is late."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select

from resource_centre.clock import today, wall_ms
from resource_centre.i18n import _
from resource_centre.records import Consent, Contribution, Provider, Referral
from resource_centre.services import referrals
from resource_centre.services.consents import record_consent
from resource_centre.services.contacts import record_contact
from resource_centre.services.intake import register_intake
from resource_centre.services.providers import add_provider
from ui.pages.case import CasePage
from ui.pages.referrals import ReferralsPage
from ui.pages.referrals_words import time_words

DAY = dt.timedelta(days=1)
CONSENT = {"purpose": "rujukan", "decision": "diberikan", "mode": "tertulis", "decided_on": today() - 60 * DAY}


@pytest.fixture
def aminah(centre):
    with centre.change() as session:
        person = {"full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-05-17"}
        home = {"village_code": "52.03.01.2001"}
        return register_intake(session, person=person, address=home, open_case=True)


@pytest.fixture
def legal_aid(centre):
    with centre.change() as session:
        add_provider(session, {"name": "Puskesmas Keruak", "provider_type": "puskesmas", "services": ["kesehatan"]})
        values = {"name": "LBH Apik", "provider_type": "obh_lbh", "services": ["hukum"], "place_code": "52.71"}
        return add_provider(session, values).id


@pytest.fixture
def refer(centre, aminah, legal_aid):
    """Writes a referral that was sent days ago; returns its id."""

    def referred(days=20, *, send=True, **more):
        values = {"services": ["hukum"], "shared": ["nama", "alasan"], "reason": "No wages", "provider_id": legal_aid}
        with centre.change() as session:
            record_consent(session, person_id=aminah.person_id, values=CONSENT)
            on = today() - days * DAY
            made = referrals.record_referral(
                session, person_id=aminah.person_id, values=values | {"made_on": on} | more
            )
            if send:
                referrals.send(session, made.id, on=on)
            return made.id

    return referred


def choose(qtbot, form, name, words):
    radio = next(one for one in form.form.editor(name)._group.buttons() if one.text() == words)
    qtbot.keyClick(radio, Qt.Key.Key_Space)


def save(qtbot, page, settled):
    page.activateWindow()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def words(page):
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def the_referral(centre):
    with centre.read() as session:
        return session.scalars(select(Referral)).one()


def test_a_referral_goes_from_the_need_to_the_feedback_by_keyboard(
    aminah, legal_aid, qtbot, desk, settled, centre, each_language, focus, press, push, show_page, fill
):
    page = show_page(CasePage(desk), (aminah.case_id, "referrals"))
    part = page.parts["referrals"]
    focus(part.main_button)
    press("\n")
    settled(desk.worker)
    form = part.form
    fill(form, "services", {"id": "hukum", "en": "legal"}[each_language])
    focus(form.form.provider.line)
    qtbot.keyClick(form.form.provider.line, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: [one.text for one in form.form.provider.line.offered()] == ["LBH Apik"])
    press("\n\t")
    fill(form, "reason", "Tujuh bulan tidak digaji")
    save(qtbot, page, settled)
    made = the_referral(centre)
    assert (made.status, made.provider_id, made.services, made.case_id) == (
        "draf",
        legal_aid,
        ["hukum"],
        aminah.case_id,
    )
    assert made.shared == ["nama", "alasan"]

    push(page, _("Send…"))
    save(qtbot, page, settled)
    assert the_referral(centre).status == "draf"
    assert part.form.form.rows["decision"].note.text() == _(
        "The client has not agreed to this letter. Please ask, and write down the answer."
    )
    choose(qtbot, part.form, "decision", {"id": "Diberikan", "en": "Given"}[each_language])
    save(qtbot, page, settled)
    sent = the_referral(centre)
    assert (sent.status, sent.sent_on, sent.due_on) == ("dikirim", today(), today() + 14 * DAY)

    push(page, _("The provider's answer…"))
    choose(qtbot, part.form, "answer", _("Accepts"))
    fill(part.form, "feedback", "Mediasi minggu depan")
    save(qtbot, page, settled)
    assert the_referral(centre).status == "diterima"
    push(page, _("The client was served…"))
    save(qtbot, page, settled)
    push(page, _("Conclude…"))
    fill(part.form, "outcome", "Gaji dibayar")
    fill(part.form, "satisfaction", {"id": "Puas", "en": "Satisfied"}[each_language])
    save(qtbot, page, settled)
    ended = the_referral(centre)
    assert (ended.status, ended.outcome, ended.satisfaction, ended.ended_on) == (
        "selesai", "Gaji dibayar", "puas", today(),
    )  # fmt: skip
    qtbot.waitUntil(lambda: "Gaji dibayar" in words(page))


def test_a_referral_begins_with_what_was_told_at_the_front_desk(aminah, qtbot, desk, settled, centre, show_page, fill):
    with centre.change() as session:
        told = {"channel": "walk_in", "reason": "Gaji belum dibayar"}
        contact = record_contact(session, values=told, person_id=aminah.person_id).id
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", f"contact:{contact}"))
    form = page.parts["referrals"].form
    assert form.form.editor("reason").value() == "Gaji belum dibayar"
    fill(form, "services", "legal")
    save(qtbot, page, settled)
    made = the_referral(centre)
    assert (made.contact_id, made.case_id, made.reason) == (contact, aminah.case_id, "Gaji belum dibayar")


def test_a_client_who_refuses_is_not_referred(refer, aminah, qtbot, desk, settled, centre, push, show_page):
    referral = refer(0, send=False)
    with centre.change() as session:
        for one in session.scalars(select(Consent)):
            one.withdrawn_on = today()
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", referral))
    push(page, "Send…")
    choose(qtbot, page.parts["referrals"].form, "decision", "Refused")
    save(qtbot, page, settled)
    assert the_referral(centre).status == "draf"
    qtbot.waitUntil(lambda: "Refused on" in words(page))


def test_an_emergency_without_consent_needs_a_note(refer, aminah, qtbot, desk, settled, centre, push, show_page, fill):
    referral = refer(0, send=False, urgency="darurat")
    with centre.change() as session:
        for one in session.scalars(select(Consent)):
            one.withdrawn_on = today()
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", referral))
    push(page, "Send…")
    form = page.parts["referrals"].form
    fill(form, "without_consent", "Tidak sadarkan diri")
    save(qtbot, page, settled)
    assert the_referral(centre).status == "dikirim"
    qtbot.waitUntil(lambda: "Tidak sadarkan diri" in words(page))


def test_the_letter_is_shown_exactly_as_it_was_ticked(refer, aminah, desk, qtbot, show_page):
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", refer()))
    qtbot.waitUntil(lambda: "No wages" in words(page))
    assert "17 May 1984" not in words(page)


def test_behind_a_case_code_nothing_can_be_ticked_that_says_who_it_is(
    refer, aminah, qtbot, desk, settled, push, show_page
):
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", refer(0, send=False)))
    part = page.parts["referrals"]
    push(page, "Change the letter")
    choose(qtbot, part.form, "as_code", "Yes")
    ticks = part.form.form.ticks
    assert ticks.value() == ["alasan"]
    assert not ticks._boxes["nik"].isEnabled()
    choose(qtbot, part.form, "as_code", "No")
    assert ticks._boxes["nik"].isEnabled()


def test_the_arrow_keys_walk_the_ticks_and_the_space_bar_ticks(refer, aminah, qtbot, desk, focus, push, show_page):
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", refer(0, send=False)))
    push(page, "Change the letter")
    ticks = page.parts["referrals"].form.form.ticks
    focus(ticks)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert ticks.value() == ["nama", "tanggal_lahir", "alasan"]


def test_what_is_late_stands_first_and_says_so(refer, desk, focus, press, show_page):
    refer(2)
    late = refer(30)
    page = show_page(ReferralsPage(desk), "open")
    row = page.open_tab.rows.row(0)
    assert row.id == late
    assert page.open_tab.rows.data(page.open_tab.rows.index(0, 0)) == "16 days late"
    assert page.open_tab.rows.data(page.open_tab.rows.index(1, 0)) == "12 days left"
    assert page.open_tab.about.text() == "1 referral is late: ask the provider."
    focus(page.first_field())
    press("\n")
    assert desk.went == [("case", (row.case_id, "referrals", late))]


def test_somebody_without_a_case_is_referred_on_this_page(
    aminah, legal_aid, qtbot, desk, settled, centre, focus, press, show_page, fill
):
    with centre.change() as session:
        other = register_intake(session, person={"full_name": "Rohani", "sex": "P"}).person_id
    page = show_page(ReferralsPage(desk), ("new", other))
    assert page.title.text() == "Rohani"
    fill(page.own.form, "services", "legal")
    focus(page.own.form.form.provider.line)
    press("lbh")
    qtbot.waitUntil(lambda: bool(page.own.form.form.provider.line.offered()))
    press("\n\t")
    save(qtbot, page, settled)
    made = the_referral(centre)
    assert (made.person_id, made.case_id) == (other, None)
    page.opened("open")
    settled(desk.worker)
    focus(page.open_tab.list)
    press("\n")
    settled(desk.worker)
    assert page.own_referrals.one == made.id


def test_from_the_list_a_referral_is_begun_for_anybody(aminah, qtbot, desk, settled, focus, press, show_page):
    page = show_page(ReferralsPage(desk), "open")
    focus(page.first_field())
    qtbot.keyClick(page.first_field(), Qt.Key.Key_F2)
    press("aminah")
    qtbot.waitUntil(lambda: [one.text for one in page.open_tab.whom.line.offered()] == ["Siti Aminah"])
    press("\n")
    settled(desk.worker)
    assert page.own.person_id == aminah.person_id
    qtbot.waitUntil(lambda: page.own.form is not None)


def test_a_provider_is_added_found_and_changed_by_keyboard(
    qtbot, desk, settled, centre, each_language, focus, press, show_page, fill
):
    page = show_page(ReferralsPage(desk), "directory")
    focus(page.first_field())
    press("Rumah Aman Mutiara")
    settled(desk.worker)
    qtbot.keyClick(page.directory.search, Qt.Key.Key_F2)
    form = page.directory.form
    assert form.form.editor("name").value() == "Rumah Aman Mutiara"
    fill(form, "provider_type", {"id": "Rumah aman", "en": "Shelter"}[each_language])
    fill(form, "services", {"id": "keamanan", "en": "safe house"}[each_language])
    fill(form, "hours", "24 jam")
    save(qtbot, page, settled)
    with centre.read() as session:
        made = session.scalars(select(Provider)).one()
    assert (made.name, made.provider_type, made.services) == ("Rumah Aman Mutiara", "rumah_aman", ["keamanan"])
    assert made.verified_on == today()
    qtbot.waitUntil(lambda: page.directory.rows.rowCount() == 1)
    focus(page.directory.list)
    page.directory.list.selectRow(0)
    press("\n")
    settled(desk.worker)
    fill(page.directory.form, "cost", "Gratis")
    save(qtbot, page, settled)
    with centre.read() as session:
        assert session.scalars(select(Provider.cost)).one() == "Gratis"


def test_the_directory_is_searched_by_what_is_needed(legal_aid, qtbot, desk, settled, focus, press, show_page):
    page = show_page(ReferralsPage(desk), "directory")
    focus(page.directory.search)
    press("legal")
    qtbot.waitUntil(
        lambda: [page.directory.rows.row(n).name for n in range(page.directory.rows.rowCount())] == ["LBH Apik"]
    )
    assert page.directory.rows.data(page.directory.rows.index(0, 5)) == "to be verified"


def test_contributions_for_the_whole_centre_are_written_down_and_added_up(
    qtbot, desk, settled, centre, each_language, focus, show_page, fill
):
    page = show_page(ReferralsPage(desk), "contributions")
    focus(page.first_field())
    qtbot.keyClick(page.first_field(), Qt.Key.Key_F2)
    form = page.contributions.form
    fill(form, "source", {"id": "Kelompok diaspora", "en": "Diaspora group"}[each_language])
    fill(form, "currency", "HKD")
    fill(form, "amount", "3000")
    save(qtbot, page, settled)
    with centre.read() as session:
        made = session.scalars(select(Contribution)).one()
    assert (made.source, made.currency, made.amount, made.person_id) == ("diaspora", "HKD", 3000, None)
    qtbot.waitUntil(lambda: "HK$3.000" in words(page))


@pytest.mark.parametrize("subject", ["open", "directory", "complaints", "contributions"])
def test_keyboard_and_screen_reader_reach_every_list(refer, desk, each_language, complaints, subject, show_page):
    refer()
    assert complaints(show_page(ReferralsPage(desk), subject)) == []


def test_keyboard_and_screen_reader_reach_a_referral_and_its_forms(
    refer, aminah, desk, each_language, complaints, settled, push, show_page
):
    page = show_page(CasePage(desk), (aminah.case_id, "referrals", refer()))
    assert complaints(page) == []
    push(page, _("The provider's answer…"))
    assert complaints(page) == []
    page.opened((aminah.case_id, "referrals", refer(0, send=False)))
    settled(desk.worker)
    push(page, _("Change the letter"))
    assert complaints(page) == []


def test_a_clock_set_back_a_year_is_not_shown_as_a_year_left(refer, desk, show_page):
    refer(0, urgency="darurat")
    page = show_page(ReferralsPage(desk), "open")
    year = 365 * 24 * 3_600_000
    assert time_words(page.open_tab.rows.row(0), wall_ms() - year) == "2 days left"
