# SPDX-License-Identifier: Apache-2.0
"""Submissions of telephones taken in from the page, looked at, undone; answers given out with a warning."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from resource_centre.i18n import _
from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Person
from resource_centre.services.intake import register_intake
from resource_centre.services.questionnaires import publish, shelved
from resource_centre.services.response_lists import responses_to
from resource_centre.services.training import record_training
from ui.pages import questionnaires_kobo
from ui.pages.questionnaires_kobo import ExportAnswers, TakeIn, Taken

HOME = """
| survey |
| | type    | name   | label::Bahasa Indonesia (id) | label::English (en) | constraint |
| | text    | client | Nomor klien                  | Client number       |            |
| | integer | rooms  | Berapa kamar?                | How many rooms?     | . < 30     |
| settings |
| | form_title | form_id | version |
| | Home       | home    | 1       |
"""
SUBMITTED = "client;rooms;_uuid\n{number};3;u1\nx;40;u2\n"


@pytest.fixture
def number(centre):
    """The number of somebody registered; the form is on the shelf."""
    with centre.change() as session:
        publish(session, read_form(HOME, name="home.md"), kind="survey", about="person", sensitivity="ordinary")
        siti = register_intake(session, person={"full_name": "Siti Aminah", "sex": "P"}).person_id
        return session.get_one(Person, siti).number


@pytest.fixture
def page(on_screen):
    """What the dialogs stand before."""
    return on_screen(QWidget())


@pytest.fixture
def known(centre, number):
    """The form as it stands on the shelf."""
    with centre.read() as session:
        return shelved(session, "home")


@pytest.fixture
def taking_in(page, desk, known, qtbot, settled):
    """Opens the dialog that asks whose submissions these are."""

    def asked(path):
        TakeIn(page, desk, known, path).open()
        settled(desk.worker)
        return dialog(page, TakeIn, qtbot)

    return asked


@pytest.fixture
def submissions(tmp_path, number):
    path = tmp_path / "kobo.csv"
    path.write_text(SUBMITTED.format(number=number), encoding="utf-8")
    return path


def dialog(page, kind, qtbot):
    def shown():
        return [one for one in page.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
    return shown()[0]


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def kept(desk):
    with desk.worker.centre.read() as session:
        return [(row.state, row.occasion, row.person_id is not None) for row in responses_to(session, "home")]


@pytest.fixture
def taken(page, submissions, taking_in, qtbot):
    """The report on a file that somebody took in as a baseline, by the question with the client's number."""
    asking = taking_in(submissions)
    asking.question.setCurrentIndex(asking.question.findData("client"))
    asking.occasion.setCurrentIndex(asking.occasion.findData("baseline"))
    asking.take()
    return dialog(page, Taken, qtbot)


def test_what_was_taken_in_is_told_and_what_does_not_fit_is_opened(each_language, taken, desk, qtbot, press):
    told = {"id": "Berapa kamar?", "en": "How many rooms?"}[each_language]
    assert sorted(kept(desk)) == [("begun", "baseline", False), ("complete", "baseline", True)]
    row = taken.rows.row(0)
    assert (taken.rows.rowCount(), row.place, told in row.words) == (1, 3, True)
    taken.list.setFocus()
    taken.list.selectRow(0)
    press([Qt.Key.Key_Return])
    assert desk.went[-1] == ("questionnaire", ("response", row.response_id))


def test_an_import_is_undone_from_its_report_after_asking(taken, desk, settled, monkeypatch):
    monkeypatch.setattr(questionnaires_kobo, "ask", lambda *_words, **_how: False)
    taken.undo_button.click()
    settled(desk.worker)
    assert len(kept(desk)) == 2
    monkeypatch.setattr(questionnaires_kobo, "ask", lambda *_words, **_how: True)
    taken.undo_button.click()
    settled(desk.worker)
    assert kept(desk) == []


def test_a_file_of_words_is_refused_with_what_to_do(taking_in, tmp_path, desk, settled):
    told = []
    desk.messages.told.connect(lambda telling: told.append(telling.text))
    path = tmp_path / "labels.csv"
    path.write_text("Client number;How many rooms?\nx;3\n", encoding="utf-8")
    taking_in(path).take()
    settled(desk.worker)
    assert "XML values and headers" in told[-1]
    assert kept(desk) == []


def test_an_export_says_that_it_is_not_encrypted(each_language, page, desk, known, qtbot):
    ExportAnswers(page, desk, known).open()
    asking = dialog(page, ExportAnswers, qtbot)
    assert _("The file is not encrypted: whoever finds it can read it. Save it only where it is safe.") in words(asking)


def test_everything_in_the_dialogs_has_a_name_and_a_letter_of_its_own(
    each_language, page, desk, known, submissions, taking_in, qtbot, complaints
):
    ExportAnswers(page, desk, known).open()
    asking = dialog(page, ExportAnswers, qtbot)
    assert complaints(asking) == []
    asking.reject()
    asking = taking_in(submissions)
    assert complaints(asking) == []
    asking.take()
    assert complaints(dialog(page, Taken, qtbot)) == []


def test_answers_to_a_reaction_form_are_given_to_the_event_one_chooses(page, desk, centre, qtbot, settled, tmp_path):
    with centre.change() as session:
        form = read_form(HOME.replace("| home ", "| after"), name="after.md")
        publish(session, form, kind="evaluation", about="event", sensitivity="ordinary")
        event = {"training_type": "kelas", "starts_on": dt.date(2026, 11, 19), "topic": "Uang"}
        held = record_training(session, event=event).id
        known = shelved(session, "after")
    path = tmp_path / "kobo.csv"
    path.write_text("rooms;_uuid\n3;u1\n", encoding="utf-8")
    TakeIn(page, desk, known, path).open()
    settled(desk.worker)
    asking = dialog(page, TakeIn, qtbot)
    assert not asking.question.isVisibleTo(asking)
    asking.events.setCurrentIndex(asking.events.findData(held))
    asking.take()
    dialog(page, Taken, qtbot)
    with centre.read() as session:
        assert [row.event_id for row in responses_to(session, "after")] == [held]
