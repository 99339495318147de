# SPDX-License-Identifier: Apache-2.0
"""Surveys of hundreds of questions: answered by keyboard alone, and quick however many there are."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Response
from resource_centre.services.questionnaires import publish
from ui.pages.questionnaire import QuestionnairePage

KINDS = ("select_one yn", "integer", "select_one fruit", "text", "select_multiple fruit")
KEYS = {"select_one yn": "1", "integer": "7", "select_one fruit": "3", "text": "words", "select_multiple fruit": "24"}
A_GROUP = 20
ENOUGH_CPU = 0.08
"""Seconds of work for one answer that nobody may take; it is a tenth of that, but the machine may be busy."""


def survey(questions):
    """A form of so many questions in groups of twenty; every fifth is asked only if the one before is a yes."""
    rows = []
    for number in range(questions):
        if number % A_GROUP == 0:
            rows += ["| | end_group | | | |"] * (number > 0) + [f"| | begin_group | part{number} | Part {number} | |"]
        kind = KINDS[number % len(KINDS)]
        relevant = f"${{q{number - 1}}} = 'yes'" if kind == "integer" else ""
        rows.append(f"| | {kind} | q{number} | Question {number} of the survey? | {relevant} |")
    fruit = "\n".join(f"| | fruit | fruit{number} | Fruit {number} |" for number in range(6))
    return "\n".join(
        ["| survey | | | | |", "| | type | name | label | relevant |", *rows, "| | end_group | | | |",
         "| choices | | | |", "| | list_name | name | label |", "| | yn | yes | Yes |", "| | yn | no | No |", fruit,
         "| settings | | |", "| | form_title | form_id |", f"| | Survey | survey{questions} |"]
    )  # fmt: skip


@pytest.fixture
def begin(desk, centre, show_page, client):
    def opened(questions, way):
        with centre.change() as session:
            form = read_form(survey(questions), name="survey.md")
            publish(session, form, kind="survey", about="person", sensitivity="ordinary")
        desk.preferences.questionnaire_way = way
        about = {"person_id": client.person_id, "occasion": "baseline"}
        page = show_page(QuestionnairePage(desk), ("begin", f"survey{questions}", about), timeout=60_000)
        page.head.begin()
        return page

    return opened


@pytest.mark.journeys
@pytest.mark.parametrize("way", ["pages", "aloud"])
def test_three_hundred_questions_answered_by_keyboard_alone(begin, settled, desk, centre, way):
    answered_by_keyboard_alone(300, way, begin, settled, desk, centre)


@pytest.mark.parametrize("way", ["pages", "aloud"])
def test_on_the_slowest_computer_no_key_goes_astray(begin, settled, desk, centre, way, monkeypatch):
    monkeypatch.setattr("ui.kit.questions.FIRST_SLICE_MS", 0)
    monkeypatch.setattr("ui.kit.questions.SLICE_MS", 1)
    answered_by_keyboard_alone(30, way, begin, settled, desk, centre)


def answered_by_keyboard_alone(questions, way, begin, settled, desk, centre):
    page = begin(questions, way)
    for number in range(questions):
        place = f"part{number // A_GROUP * A_GROUP}/q{number}"
        assert page.asking.here() == place
        for key in KEYS[KINDS[number % len(KINDS)]]:
            QTest.keyClick(QApplication.focusWidget(), key)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        if QApplication.focusWidget() is page.asking.bar.on_button and not page.asking.is_last():
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled(desk.worker, 60_000)
    with centre.read() as session:
        (response,) = session.scalars(select(Response)).all()
    wanted = {"select_one yn": "yes", "integer": "7", "select_one fruit": "fruit2", "text": "words",
              "select_multiple fruit": "fruit1 fruit3"}  # fmt: skip
    kept = {f"part{at // A_GROUP * A_GROUP}/q{at}": wanted[KINDS[at % len(KINDS)]] for at in range(questions)}
    assert (response.state, response.answers) == ("complete", kept)


def test_on_one_page_of_three_hundred_an_answer_takes_no_time(begin, qtbot):
    page = begin(300, "all")
    qtbot.waitUntil(page.asking.questions.is_built, timeout=60_000)
    spent = []
    for number in range(0, 100, 5):
        row = page.asking.questions.rows[f"part{number // A_GROUP * A_GROUP}/q{number}"]
        before = time.process_time()
        row.editor.buttons[0].click()
        QApplication.processEvents()
        spent.append(time.process_time() - before)
    assert page.asking.questions.rows["part0/q1"].isVisible()
    assert sorted(spent)[len(spent) // 2] < ENOUGH_CPU


def test_two_thousand_questions_open_page_by_page(begin):
    page = begin(2000, "pages")
    assert 0 < len(page.asking.questions.rows) < A_GROUP
    assert page.asking.bar.words.text().startswith("Page 1 of ")
