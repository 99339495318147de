"""A case is closed with everything said, and advice on it is asked and answered, in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from resource_centre.clock import today
from resource_centre.records import Case, FollowUp, Provider, Referral
from resource_centre.services.advice import advice_on
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.saving import write_new
from ui.pages.case import CasePage


@pytest.fixture
def show(client, desk, settled, on_screen):
    """Opens a part of the case, and returns it."""
    page = on_screen(CasePage(desk))

    def shown(key, record_id=None):
        page.opened((client.case_id, key, record_id))
        for _turn in range(3):
            settled(desk.worker)
        return page.parts[key]

    return shown


@pytest.fixture
def referred(client, centre):
    with centre.change() as session:
        provider = write_new(session, Provider, {"name": "Puskesmas", "provider_type": "puskesmas"}, on=today())
        values = {
            "person_id": client.person_id, "case_id": client.case_id, "provider_id": provider.id, "made_on": today(),
            "urgency": "normal", "status": "dikirim",
        }  # fmt: skip
        return write_new(session, Referral, values, on=today()).id


def words(part):
    return " | ".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def button(part, text):
    return next(one for one in part.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(part))


def save(qtbot, part, settled):
    qtbot.keyClick(part.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(part.desk.worker)
    settled(part.desk.worker)


def unfilled(part):
    return {name for name, row in part.form.form.rows.items() if row.note.text().startswith("Please fill this in")}


def test_closing_asks_why_and_whether_the_client_knows(show, qtbot, settled):
    part = show("closing", "close")
    save(qtbot, part, settled)
    assert unfilled(part) == {"closure_reason", "client_told"}


def test_a_case_is_closed_and_says_until_when_it_is_kept(show, client, centre, qtbot, settled):
    part = show("closing", "close")
    part.form.form.set_values({"closure_reason": "TUJUAN_TERCAPAI", "client_told": True})
    save(qtbot, part, settled)
    with centre.read() as session:
        case = session.get(Case, client.case_id)
    assert (case.status, case.closed_on, case.client_told) == ("ditutup", today(), True)
    qtbot.waitUntil(lambda: "Closed on" in words(part))
    assert str(today().year + 5) in words(part)


def test_why_the_client_was_not_told_is_an_answer(show, client, centre, qtbot, settled):
    part = show("closing", "close")
    part.form.form.set_values({"closure_reason": "HILANG_KONTAK"})
    part.form.form.rows["client_told"].set_why("not_applicable")
    save(qtbot, part, settled)
    with centre.read() as session:
        assert session.get(Case, client.case_id).unanswered == {"client_told": "not_applicable"}
    qtbot.waitUntil(lambda: "Does not apply" in words(part))


def test_open_referrals_stand_in_the_way_until_somebody_says_why(show, referred, client, centre, qtbot, settled):
    part = show("closing")
    assert "Some are still open." in words(part)
    qtbot.keyClick(button(part, "Close the case…"), Qt.Key.Key_Return)
    part.form.form.set_values({"closure_reason": "PINDAH", "client_told": True})
    save(qtbot, part, settled)
    assert "still open" in part.form.form.rows["leave_open"].note.text()
    part.form.form.editor("leave_open").main.setFocus()
    qtbot.keyClicks(part.form.form.editor("leave_open").main, "the clinic goes on")
    save(qtbot, part, settled)
    with centre.read() as session:
        assert session.get(Case, client.case_id).status == "ditutup"


def test_an_open_referral_opens_from_there(show, referred, client, desk, qtbot):
    part = show("closing")
    qtbot.mouseClick(button(part, "Puskesmas · Sent"), Qt.MouseButton.LeftButton)
    assert desk.went == [("case", (client.case_id, "referrals", referred))]


def test_what_is_still_planned_is_taken_back_unless_one_says_no(show, client, centre, qtbot, settled):
    with centre.change() as session:
        planned = plan_follow_up(session, person_id=client.person_id, due_on=today(), case_id=client.case_id).id
    part = show("closing", "close")
    part.form.form.set_values({"closure_reason": "MENINGGAL", "client_told": False})
    save(qtbot, part, settled)
    with centre.read() as session:
        assert session.get(FollowUp, planned).voided


def test_a_legal_hold_is_begun_and_ended_at_a_press(show, client, centre, qtbot, settled):
    part = show("closing", "close")
    part.form.form.set_values({"closure_reason": "PINDAH", "client_told": True})
    save(qtbot, part, settled)
    for press, held in (("Begin a legal hold", True), ("End the legal hold", False)):
        qtbot.waitUntil(lambda press=press: any(one.text() == press for one in part.findChildren(QPushButton)))
        qtbot.mouseClick(
            next(one for one in part.findChildren(QPushButton) if one.text() == press), Qt.MouseButton.LeftButton
        )
        settled(part.desk.worker)
        with centre.read() as session:
            case = session.get(Case, client.case_id)
        assert (case.legal_hold, case.keep_until is None) == (held, held)


def test_a_question_is_asked_and_answered_on_the_case(show, client, centre, qtbot, settled):
    part = show("advice")
    qtbot.keyClick(button(part, "Ask for advice"), Qt.Key.Key_Return)
    qtbot.keyClicks(part.form.form.editor("question").main, "May she go home?")
    save(qtbot, part, settled)
    qtbot.waitUntil(lambda: "Nobody has answered yet." in words(part))
    qtbot.keyClick(button(part, "Write the answer"), Qt.Key.Key_Return)
    qtbot.keyClicks(part.form.form.editor("answer").main, "Not alone.")
    save(qtbot, part, settled)
    with centre.read() as session:
        (kept,) = advice_on(session, client.case_id)
    assert (kept.question, kept.answer) == ("May she go home?", "Not alone.")


@pytest.mark.parametrize("name", ["question", "answer"])
def test_nothing_is_asked_or_answered_without_words(show, client, centre, desk, qtbot, settled, name):
    from resource_centre.services.advice import ask_advice

    part = show("advice")
    if name == "answer":
        desk.worker.change(lambda session: ask_advice(session, client.case_id, "May she go home?").id)
        qtbot.waitUntil(lambda: any(one.text() == "Write the answer" for one in part.findChildren(QPushButton)))
        part.answer(part.rows[0])
    else:
        part.ask()
    save(qtbot, part, settled)
    assert unfilled(part) == {name}


@pytest.mark.parametrize("key", ["closing", "advice"])
def test_keyboard_and_screen_reader_reach_everything(show, referred, each_language, complaints, key):
    part = show(key)
    assert complaints(part) == []
    (part.close_case if key == "closing" else part.ask)()
    assert complaints(part) == []
