# SPDX-License-Identifier: Apache-2.0
"""Partners put on the list by keyboard, what they contribute, and whose agreement runs out."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from resource_centre.clock import today
from resource_centre.services.partner_contributions import add_contribution, contributions_of
from resource_centre.services.partners import partners_list, write_partner
from resource_centre.services.training import record_training
from ui.pages import agreements_store
from ui.pages.partners import PartnersPage

DAY = dt.timedelta(days=1)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def union(centre):
    """A partner whose agreement ends in a month; their id."""
    until = today() + 30 * DAY
    with centre.change() as session:
        known = {
            "name": "Serikat Uji",
            "sector": "serikat",
            "agreement_until": until,
            "contact_person": "Bu Sekretaris",
        }
        return write_partner(session, known).id


@pytest.fixture
def page(desk, show_page, union):
    return show_page(PartnersPage(desk))


def save(page, press, settled):
    press(Qt.Key.Key_S, CONTROL)
    settled(page.desk.worker)


def names(page):
    return [page.rows.row(place).name for place in range(page.rows.rowCount())]


def kept(centre):
    with centre.read() as session:
        return [row.name for row in partners_list(session, idle=True)]


def given(centre, partner_id):
    with centre.read() as session:
        return contributions_of(session, partner_id=partner_id)


def test_a_partner_and_what_they_contribute_by_keyboard(page, press, fill, focus, settled, centre):
    press(Qt.Key.Key_F2)
    fill(page.list_pile.form, "name", "Universitas Uji")
    fill(page.list_pile.form, "sector", "Education")
    focus(page.list_pile.form.save_button)
    save(page, press, settled)
    assert page.title.text() == "Universitas Uji"
    assert page.view.list.hasFocus()
    press(Qt.Key.Key_F2)
    settled(page.desk.worker)
    fill(page.view.pile.form, "amount", "2 jt")
    save(page, press, settled)
    assert page.view.totals.text() == "Money: Rp2.000.000 given"
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    assert page.list.hasFocus()
    assert names(page) == ["Serikat Uji", "Universitas Uji"]
    assert [page.rows.row(place).contributions for place in (0, 1)] == [0, 1]


def test_the_same_name_is_warned_of_while_it_is_typed(page, press, fill, settled, centre, qtbot):
    press(Qt.Key.Key_F2)
    form = page.list_pile.form
    fill(form, "name", "serikat  UJI")
    qtbot.waitUntil(lambda: "on the list already" in form.form.rows["name"].note.text())
    fill(form, "sector", "Trade union")
    save(page, press, settled)
    assert len(kept(centre)) == 2


def test_what_is_wrong_is_said_where_it_is(page, press, fill, settled, centre):
    press(Qt.Key.Key_F2)
    form = page.list_pile.form
    fill(form, "name", "Universitas Uji")
    save(page, press, settled)
    assert form.form.rows["sector"].note.text() == "Please fill this in."
    fill(form, "sector", "Media")
    fill(form, "agreement_until", "1-1-2020")
    save(page, press, settled)
    assert "end is before the start" in form.form.rows["agreement_until"].note.text()
    assert kept(centre) == ["Serikat Uji"]


def test_a_partner_put_on_the_list_by_mistake_is_taken_off(page, press, push, settled, centre, monkeypatch):
    monkeypatch.setattr("ui.pages.taking_back.ask", lambda *_words, **_more: True)
    press("\n")
    settled(page.desk.worker)
    press(Qt.Key.Key_F4)
    push(page, "This is not right: take it back")
    settled(page.desk.worker)
    assert page.list.hasFocus()
    assert kept(centre) == names(page) == []


def test_a_contribution_that_cannot_be_is_said_where_it_is(page, press, fill, settled, centre, union):
    press("\n")
    settled(page.desk.worker)
    press(Qt.Key.Key_F2)
    settled(page.desk.worker)
    form = page.view.pile.form
    save(page, press, settled)
    assert form.form.rows["amount"].note.text()
    fill(form, "amount", "100000")
    fill(form, "contributed_on", (today() + 9 * DAY).strftime("%d-%m-%Y"))
    save(page, press, settled)
    assert "promised so far" in form.form.rows["contributed_on"].note.text()
    assert given(centre, union) == []
    form.form.editor("promised").set_value(True)
    save(page, press, settled)
    assert [(one.amount, one.promised) for one in given(centre, union)] == [(100_000, True)]


def test_a_contribution_is_for_an_event(page, press, fill, settled, centre, union):
    with centre.change() as session:
        event = {"training_type": "dialog", "topic": "Boss to boss", "starts_on": today() - DAY}
        event_id = record_training(session, event=event).id
    page.open_partner(union)
    settled(page.desk.worker)
    press(Qt.Key.Key_F2)
    settled(page.desk.worker)
    fill(page.view.pile.form, "event_id", "Boss")
    fill(page.view.pile.form, "amount", "300000")
    save(page, press, settled)
    assert [one.event_id for one in given(centre, union)] == [event_id]
    assert "Boss to boss" in page.view.rows.columns[1].text(page.view.rows.row(0))


def test_a_promise_is_kept(page, press, fill, settled, centre, union):
    with centre.change() as session:
        promise = {"kind": "uang", "amount": 500, "currency": "USD", "promised": True, "contributed_on": today() - DAY}
        add_contribution(session, union, promise)
    page.open_partner(union)
    settled(page.desk.worker)
    late = page.view.rows.columns[-1]
    assert late.tone(page.view.rows.row(0)) == page.desk.theme.colours.danger
    press("\n")
    settled(page.desk.worker)
    page.view.pile.form.form.editor("promised").set_value(False)
    save(page, press, settled)
    assert [one.promised for one in given(centre, union)] == [False]
    assert page.view.totals.text() == "Money: US$500 given"


def test_agreements_that_run_out_have_a_list_of_their_own(page, settled, centre):
    with centre.change() as session:
        write_partner(session, {"name": "Dana Uji", "sector": "donor"})
        write_partner(session, {"name": "Radio Uji", "sector": "media", "ended_on": today() - DAY})
    settled(page.desk.worker)
    page.tabs.setCurrentIndex(1)
    settled(page.desk.worker)
    assert names(page) == ["Serikat Uji"]
    assert page.tabs.tabText(1) == "Agreement running out (1)"
    assert "30 days left" in page.rows.columns[4].text(page.rows.row(0))
    page.tabs.setCurrentIndex(2)
    settled(page.desk.worker)
    assert names(page) == ["Radio Uji"]


def test_partners_are_found_by_their_words(page, press, focus, qtbot):
    focus(page.search)
    press("nobody")
    qtbot.waitUntil(lambda: names(page) == [])
    page.search.clear()
    press("sekretaris")
    qtbot.waitUntil(lambda: names(page) == ["Serikat Uji"])


def test_the_page_says_how_to_reach_a_partner(page, press, settled):
    press("\n")
    settled(page.desk.worker)
    said = [one.text() for one in page.view.side.findChildren(QLabel)]
    assert "Bu Sekretaris" in said
    assert page.subtitle.text() == "Trade union"


def test_esc_closes_a_form_first(page, press, settled):
    press("\n")
    settled(page.desk.worker)
    press(Qt.Key.Key_F4)
    settled(page.desk.worker)
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    assert page.view.pile.form is None
    assert page.pile.currentWidget() is page.view


def test_drafts_lead_back_to_their_forms(centre, page, union):
    with centre.read() as session:
        place = agreements_store.place_of_draft
        assert place(session, agreements_store.NEW_PARTNER, None) == ("partners", "new")
        assert place(session, agreements_store.PARTNER, union) == ("partners", union)
        assert place(session, agreements_store.NEW_TO_EVENT, union) == ("training", (union, "agreements"))
        assert place(session, agreements_store.CONTRIBUTION, union) == ("partners",)


def test_no_letter_is_claimed_twice_and_everything_has_a_name(page, complaints, each_language, press, settled):
    assert complaints(page) == []
    press(Qt.Key.Key_F2)
    assert complaints(page) == []
    press(Qt.Key.Key_Escape)
    press("\n")
    settled(page.desk.worker)
    assert complaints(page) == []
