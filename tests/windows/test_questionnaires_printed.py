# SPDX-License-Identifier: Apache-2.0
"""Questionnaires are printed from where they are asked, looked through and listed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from resource_centre.services.responses import response
from ui.pages.case import CasePage
from ui.pages.paper_dialog import PaperDialog
from ui.pages.papers import print_paper
from ui.pages.questionnaire import QuestionnairePage

PATIENCE = 30_000


@pytest.fixture
def show(qtbot, desk, settled):
    """Shows a paper and waits until its pages are there."""

    def shown(*args, **options):
        dialog = print_paper(desk, "questionnaire", *args, **options)
        qtbot.addWidget(dialog)
        settled(desk.worker, timeout=PATIENCE)
        return dialog

    return shown


@pytest.fixture
def shown_paper(qtbot, desk, settled):
    """The window with a paper that was opened meanwhile, once its pages are there."""

    def find():
        settled(desk.worker, timeout=PATIENCE)
        (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, PaperDialog) and one.isVisible())
        qtbot.addWidget(dialog)
        return dialog

    return find


@pytest.fixture
def opened_answers(desk, show_page, client, answer, settled):
    """The page with answers that are complete."""

    def opened(name="satisfaction"):
        response_id = answer(name, person_id=client.person_id)
        page = show_page(QuestionnairePage(desk), ("response", response_id))
        settled(desk.worker)
        return page

    return opened


def test_a_blank_one_is_shown_by_its_name(show):
    dialog = show("rss", blank=True)
    assert dialog.paper.content.blank
    assert not dialog.named.isVisibleTo(dialog)


def test_a_blank_one_is_shown_in_the_other_language(show, settled, desk):
    dialog = show("who5", blank=True)
    dialog.language.set_value("id")
    dialog.language.edited.emit()
    settled(desk.worker, timeout=PATIENCE)
    assert dialog.paper.content.heading.title == "Indeks Kesejahteraan WHO-5"


def test_answers_are_shown_without_the_name_until_somebody_wants_it(show, client, answer, settled, desk):
    dialog = show(answer("who5", person_id=client.person_id))
    assert ("Name", "Siti Aminah") not in dialog.paper.content.facts
    dialog.named.setChecked(True)
    settled(desk.worker, timeout=PATIENCE)
    assert ("Name", "Siti Aminah") in dialog.paper.content.facts


def test_nothing_outside_the_paper_names_anybody(show, client, answer):
    dialog = show(answer("who5", person_id=client.person_id))
    assert "Siti" not in dialog.windowTitle()
    assert dialog.paper.file_name == "questionnaire"


def test_answers_that_are_looked_at_are_printed_with_ctrl_p(opened_answers, press, shown_paper):
    opened_answers()
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not shown_paper().paper.content.blank


def test_what_was_changed_is_saved_before_it_is_printed(opened_answers, shown_paper, desk):
    page = opened_answers()
    place = next(place for place in page.filling.live.places() if page.filling.live.choices(place))
    last = page.filling.live.choices(place)[-1].name
    page.filling.live.answer(place, last)
    page.print_button.click()
    shown_paper()
    with desk.worker.centre.read() as session:
        assert response(session, page.task.response_id).answers[place] == last


def test_what_is_not_saved_yet_cannot_be_printed(desk, show_page, client, settled):
    page = show_page(QuestionnairePage(desk), ("begin", "satisfaction", {"person_id": client.person_id}))
    settled(desk.worker)
    page.show_questions()
    assert not page.print_button.isVisibleTo(page)


def test_what_is_only_tried_cannot_be_printed_as_answers(desk, show_page, settled, centre):
    from resource_centre.services.questionnaires import newest_version

    with centre.change() as session:
        version = newest_version(session, "satisfaction").id
    page = show_page(QuestionnairePage(desk), ("preview", version))
    settled(desk.worker)
    assert not page.print_button.isVisibleTo(page)


def test_answers_are_printed_from_the_list_of_a_case(desk, show_page, client, answer, settled, shown_paper):
    answer("satisfaction", person_id=client.person_id)
    page = show_page(CasePage(desk), (client.case_id, "assessments"))
    settled(desk.worker)
    part = page.parts["assessments"]
    part.list.selectRow(0)
    part.print_button.click()
    assert shown_paper().paper.content.heading.title == "Satisfaction with Assistance"


def test_a_blank_one_for_somebody_is_printed_where_it_would_be_asked(
    desk, show_page, client, settled, shown_paper, press
):
    page = show_page(CasePage(desk), (client.case_id, "assessments"))
    settled(desk.worker)
    page.parts["assessments"].ask_button.click()
    settled(desk.worker)
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert shown_paper().paper.content.heading.number
