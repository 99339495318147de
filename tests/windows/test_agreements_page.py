# SPDX-License-Identifier: Apache-2.0
"""What a meeting agreed on, written down and followed by keyboard until the last of it is done."""

import datetime as dt
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from resource_centre.clock import today
from resource_centre.i18n import set_language
from resource_centre.services.commitment_lists import commitments_of
from resource_centre.services.commitments import change_commitment, end_commitment, write_commitment
from resource_centre.services.partner_contributions import contributions_of
from resource_centre.services.partners import write_partner
from resource_centre.services.training import record_training, save_attendance
from ui.pages import agreements_store
from ui.pages.agreements import AgreementsPage
from ui.pages.event_agreements import AgreementsPart
from ui.pages.home import HomePage
from ui.pages.training import TrainingPage

DAY = dt.timedelta(days=1)
SELONG = "52.03.07.1002"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialogue(centre):
    """A dialogue of a month ago with three people of two countries; the id of the event."""
    with centre.change() as session:
        event = {"training_type": "dialog", "topic": "Boss to boss", "starts_on": today() - 30 * DAY}
        made = record_training(session, event=event | {"village_code": SELONG})
        seats = [
            {"name": "Seat One", "sex": "P", "country": "IDN", "sector": "lsm", "organisation": "SBMI", "days": "H"},
            {"name": "Seat Two", "sex": "L", "country": "IDN", "sector": "lsm", "organisation": "SBMI", "days": "H"},
            {"name": "Seat Three", "sex": "P", "country": "PHL", "sector": "media", "days": "H"},
        ]
        save_attendance(session, made.id, seats)
        return made.id


@pytest.fixture
def agreed(centre, dialogue):
    """Three commitments of it: one late, one due next week, one done; ids by name."""
    made = {}
    with centre.change() as session:
        for name, due in (("late", -3), ("soon", 5), ("done", -20)):
            values = {"what": f"What is {name}", "responsible": "Ibu Camat", "due_on": today() + due * DAY}
            made[name] = write_commitment(session, dialogue, values).id
        end_commitment(session, made["done"], ended_on=today() - 21 * DAY, result="Open since then")
    return made


@pytest.fixture
def page(desk, show_page, agreed):
    return show_page(AgreementsPage(desk))


@pytest.fixture
def part(desk, on_screen, settled, dialogue):
    """The part of the event alone, as its page shows it."""
    made = on_screen(AgreementsPart(desk))
    made.open(dialogue)
    settled(desk.worker)
    made.first_field().setFocus()
    return made


def rows(centre, event_id):
    with centre.read() as session:
        return commitments_of(session, event_id=event_id)


def shown(rows_model):
    return [rows_model.row(place) for place in range(rows_model.rowCount())]


def state(page, place):
    return page.rows.columns[-1].text(page.rows.row(place))


def save(desk, press, settled):
    press(Qt.Key.Key_S, CONTROL)
    settled(desk.worker)


def write_down(part, press, fill, settled, what, days):
    """F2, and the answers with Tab."""
    press(Qt.Key.Key_F2)
    settled(part.desk.worker)
    fill(part.form, "what", what)
    press("Ibu Camat\tDinas Uji\t")
    fill(part.form, "due_on", (today() + days * DAY).strftime("%d-%m-%Y"))
    save(part.desk, press, settled)


def test_a_dialogue_from_the_meeting_to_the_last_commitment(
    desk, show_page, press, fill, settled, qtbot, centre, dialogue
):
    event = show_page(TrainingPage(desk), (dialogue, "agreements"))
    part = event.parts.parts["agreements"]
    qtbot.waitUntil(part.list.hasFocus)
    for what, days in (("A desk in the village office", 14), ("Data of every village", -2)):
        write_down(part, press, fill, settled, what, days)
    assert [one.what for one in rows(centre, dialogue)] == ["Data of every village", "A desk in the village office"]
    assert part.list.hasFocus()
    event.hide()
    page = show_page(AgreementsPage(desk))
    for result in ("All villages have sent theirs.", "The desk is open on Mondays."):
        press(Qt.Key.Key_F4)
        settled(desk.worker)
        fill(page.pile.form, "result", result)
        save(desk, press, settled)
        assert page.list.hasFocus()
    assert [(one.state, one.ended_on) for one in rows(centre, dialogue)] == [("selesai", today())] * 2
    assert page.rows.rowCount() == 0


def test_what_is_late_comes_first_and_is_said_in_words_and_colour(page, desk):
    assert [row.what for row in shown(page.rows)] == ["What is late", "What is soon"]
    assert [state(page, place) for place in (0, 1)] == ["3 days late", "5 days left"]
    tone = page.rows.columns[-1].tone
    assert [tone(row) for row in shown(page.rows)] == [desk.theme.colours.danger, desk.theme.colours.warning]
    assert page.tabs.tabText(1) == "Overdue (1)"


def test_lists_of_what_is_late_and_of_everything(page, settled):
    page.tabs.setCurrentIndex(1)
    settled(page.desk.worker)
    assert [row.what for row in shown(page.rows)] == ["What is late"]
    page.tabs.setCurrentIndex(2)
    settled(page.desk.worker)
    assert len(shown(page.rows)) == 3
    assert state(page, 2).startswith("Done on ")


def test_commitments_are_found_by_their_words(page, qtbot, press, focus):
    focus(page.search)
    press("is soon")
    qtbot.waitUntil(lambda: [row.what for row in shown(page.rows)] == ["What is soon"])
    press("\n")
    assert page.list.hasFocus()


def test_below_the_list_stands_everything_about_one(page, settled):
    page.tabs.setCurrentIndex(2)
    settled(page.desk.worker)
    page.list.selectRow(2)
    assert "Open since then" in page.details.text()
    assert "Boss to boss" in page.details.text()
    assert page.end_button.text() == "Take it &up again…"


def test_enter_opens_one_to_change_it(page, press, fill, settled, centre, dialogue):
    press("\n")
    settled(page.desk.worker)
    fill(page.pile.form, "responsible", "Bu Lurah")
    save(page.desk, press, settled)
    assert "Bu Lurah" in [one.responsible for one in rows(centre, dialogue)]


def test_what_is_wrong_is_said_where_it_is(page, press, fill, settled, centre, dialogue, agreed):
    press("\n")
    settled(page.desk.worker)
    form = page.pile.form
    fill(form, "due_on", "1-1-2020")
    save(page.desk, press, settled)
    assert "before the meeting" in form.form.rows["due_on"].note.text()
    press(Qt.Key.Key_Escape)
    settled(page.desk.worker)
    press(Qt.Key.Key_F4)
    settled(page.desk.worker)
    save(page.desk, press, settled)
    assert "what became of it" in page.pile.form.form.rows["result"].note.text()
    assert [one.state for one in rows(centre, dialogue)] == ["terbuka", "terbuka", "selesai"]


def test_what_ended_is_taken_up_again_with_a_reason(page, press, fill, settled, centre, dialogue, agreed):
    page.tabs.setCurrentIndex(2)
    settled(page.desk.worker)
    page.list.selectRow(2)
    page.list.setFocus()
    press(Qt.Key.Key_F4)
    settled(page.desk.worker)
    save(page.desk, press, settled)
    assert page.pile.form.form.rows["reopened_because"].note.text() == "Please fill this in."
    fill(page.pile.form, "reopened_because", "The officer moved away")
    save(page.desk, press, settled)
    assert [one.state for one in rows(centre, dialogue)] == ["terbuka"] * 3


def test_an_entry_made_by_mistake_is_taken_back(page, press, settled, push, monkeypatch, centre, dialogue):
    monkeypatch.setattr("ui.pages.taking_back.ask", lambda *_words, **_more: True)
    press("\n")
    settled(page.desk.worker)
    push(page, "This is not right: take it back")
    settled(page.desk.worker)
    assert [one.what for one in rows(centre, dialogue)] == ["What is soon", "What is done"]


def test_f3_goes_to_the_meeting(page, press, desk, dialogue):
    press(Qt.Key.Key_F3)
    assert desk.went == [("training", (dialogue, "agreements"))]


def test_what_was_typed_is_there_again(page, press, fill, settled, centre, agreed):
    press(Qt.Key.Key_F4)
    settled(page.desk.worker)
    fill(page.pile.form, "result", "Half of it is done")
    page.pile.close_form()
    settled(page.desk.worker)
    with centre.read() as session:
        form = agreements_store.ENDING
        assert agreements_store.place_of_draft(session, form, agreed["late"]) == ("agreements", agreed["late"])
    page.list.setFocus()
    press(Qt.Key.Key_F4)
    settled(page.desk.worker)
    assert page.pile.form.form.editor("result").value() == "Half of it is done"


def test_somebody_else_who_saves_meanwhile_is_not_overwritten(page, press, fill, settled, centre, dialogue, agreed):
    press(Qt.Key.Key_F4)
    settled(page.desk.worker)
    with centre.change() as session:
        change_commitment(session, agreed["late"], {"responsible": "Bu Lurah"})
    fill(page.pile.form, "result", "Done")
    save(page.desk, press, settled)
    assert [one.state for one in rows(centre, dialogue)] == ["terbuka", "terbuka", "selesai"]


# The part of an event


def test_the_part_says_who_met(part):
    said = [one.text() for one in part.facts.findChildren(QLabel)]
    words = dict(pairwise(said))
    assert words["Who came"] == "3 people: 2 women, 1 man"
    assert words["Countries (2)"] == "Indonesia 2, Philippines 1"
    assert words["Institutions (1)"] == "SBMI 2, 1 not known"


def test_esc_closes_the_form_and_not_the_event(desk, show_page, press, settled, dialogue, qtbot):
    page = show_page(TrainingPage(desk), (dialogue, "agreements"))
    part = page.parts.parts["agreements"]
    qtbot.waitUntil(part.list.hasFocus)
    press(Qt.Key.Key_F2)
    settled(desk.worker)
    assert part.form is not None
    press(Qt.Key.Key_Escape)
    settled(desk.worker)
    assert part.form is None
    assert page.parts.isVisible()


def test_a_contribution_of_a_partner_to_the_event(part, press, fill, settled, centre, dialogue):
    with centre.change() as session:
        write_partner(session, {"name": "Serikat Uji", "sector": "serikat"})
    part.open(dialogue)
    settled(part.desk.worker)
    press(Qt.Key.Key_F3)
    settled(part.desk.worker)
    save(part.desk, press, settled)
    assert part.form.form.rows["partner_id"].note.text() == "Please fill this in."
    fill(part.form, "partner_id", "Serikat")
    fill(part.form, "amount", "1,5 jt")
    save(part.desk, press, settled)
    with centre.read() as session:
        [one] = contributions_of(session, event_id=dialogue)
    assert (one.partner, one.amount, one.promised) == ("Serikat Uji", 1_500_000, False)
    assert part.totals.text() == "Money: Rp1.500.000 given"


def test_no_letter_is_claimed_twice_and_everything_has_a_name(page, part, complaints, each_language, press, settled):
    assert complaints(page) == []
    assert complaints(part.window()) == []
    part.add()
    settled(part.desk.worker)
    assert complaints(part.window()) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_home_page_says_what_is_late_and_what_is_due(desk, show_page, agreed, language):
    set_language(language)
    page = show_page(HomePage(desk))
    assert (page.waits.commitments, page.waits.commitments_soon) == (1, 1)
