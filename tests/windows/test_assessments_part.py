# SPDX-License-Identifier: Apache-2.0
"""The questionnaires of one person: what is worth asking, what was begun, figures over time."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.services.assessments_due import suggested
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.weight_sets import show_bands, weight_sets
from ui.pages import questionnaires_taking_back
from ui.pages.assessments_choose import ChooseQuestionnaire
from ui.pages.assessments_trend import TrendCard
from ui.pages.case import CasePage
from ui.pages.home import HomePage
from ui.pages.person import PersonPage
from ui.pages.questionnaires import QuestionnairesPage
from ui.pages.unsaved import place_of_draft

DAY = dt.timedelta(days=1)


@pytest.fixture
def show_part(desk, show_page, client, settled):
    def show():
        page = show_page(CasePage(desk), (client.case_id, "assessments"))
        settled(desk.worker)
        QApplication.processEvents()  # what was drawn anew is shown a moment later
        return page.parts["assessments"]

    return show


@pytest.fixture
def ask(answer, client):
    """Asks the client something."""

    def asked(name, **more):
        return answer(name, person_id=client.person_id, case_id=client.case_id, **more)

    return asked


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def cards(part):
    return [one for one in part.findChildren(TrendCard) if one.isVisibleTo(part)]


def rows(part):
    return [part.rows.row(line) for line in range(part.rows.rowCount())]


def push(part, name):
    next(one for one in part.findChildren(QPushButton) if one.accessibleName() == name).click()


# What is worth asking


def test_the_survey_is_suggested_while_nobody_has_asked_it(show_part, client, desk, each_language):
    part = show_part()
    title = {"id": "Survei Keberlanjutan Reintegrasi", "en": "Reintegration Sustainability Survey"}[each_language]
    push(part, f"{_('Ask')}: {title}")
    about = {"person_id": client.person_id, "case_id": client.case_id, "occasion": "baseline"}
    assert desk.went == [("questionnaire", ("begin", "rss", about))]


def test_the_survey_is_not_suggested_again(show_part, ask):
    ask("rss", state="begun", occasion="baseline")
    assert [one.name for one in show_part().assessed.suggested] == []


def test_a_follow_up_that_is_due_brings_its_questionnaire(show_part, ask, client, centre):
    ask("rss", occasion="baseline")
    with centre.change() as session:
        for interval, days in (("3_bulan", -1), ("6_bulan", 90)):
            plan_follow_up(session, person_id=client.person_id, due_on=today() + days * DAY, interval=interval)
    assert [(one.name, one.occasion) for one in show_part().assessed.suggested] == [("follow_up_3", "month_3")]


def test_a_questionnaire_is_chosen_by_typing(show_part, client, desk, qtbot, press, settled):
    part = show_part()
    part.choose()
    choosing = part.findChild(ChooseQuestionnaire)
    settled(desk.worker)
    choosing.search.setFocus()
    qtbot.keyClicks(choosing.search, "phq")
    qtbot.keyClick(choosing.search, Qt.Key.Key_Return)
    about = {"person_id": client.person_id, "case_id": client.case_id}
    assert desk.went == [("questionnaire", ("begin", "phq2", about))]


def test_what_is_suggested_stands_first_in_the_list(show_part, desk, settled):
    part = show_part()
    part.choose()
    settled(desk.worker)
    assert part.findChild(ChooseQuestionnaire).rows.row(0).id == "rss"


def test_what_an_account_does_not_read_is_not_suggested_to_it(collector_session, aminah):
    assert suggested(collector_session("52.03.01.2001"), aminah, on=today(), in_case=True) == []


# What was asked


def test_every_time_of_asking_is_listed_and_opened_with_enter(show_part, ask, desk, qtbot):
    given = ask("who5", occasion="baseline")
    part = show_part()
    part.list.selectRow(0)
    qtbot.keyClick(part.list, Qt.Key.Key_Return)
    assert desk.went == [("questionnaire", ("response", given))]


def test_answers_given_by_mistake_are_taken_back(show_part, ask, monkeypatch, settled, desk):
    monkeypatch.setattr(questionnaires_taking_back, "ask", lambda *_words, **_more: True)
    ask("who5")
    part = show_part()
    assert not part.back_button.isEnabled()
    part.list.selectRow(0)
    push(part, _("Take the answers back…"))
    settled(desk.worker)
    settled(desk.worker)
    assert rows(part) == []


def test_what_was_begun_says_how_far_it_is(show_part, ask):
    ask("who5", state="begun")
    assert [(one.state, one.answered) for one in rows(show_part())] == [("begun", 0)]


def test_a_screening_is_not_shown_to_who_may_not_read_it(show_part, ask):
    ask("quick_screen")
    assert rows(show_part()) == []


# Figures over time


def test_three_dimensions_and_the_composite_are_followed(show_part, ask, each_language):
    ask("rss", occasion="baseline", choice=0, asked_on=today() - 200 * DAY)
    ask("rss", occasion="endline", choice=1, asked_on=today() - DAY)
    (card,) = cards(show_part())
    assert [len(line.values) for line in card.chart.chart.series] == [2, 2, 2, 2]
    assert {"id": "Skor tidak resmi (bobot setara)", "en": "Unofficial score (equal weights)"}[each_language] in words(
        card
    )


def test_the_table_says_what_the_chart_shows(show_part, ask):
    ask("phq2", choice=3)
    (card,) = cards(show_part())
    assert card.rows.row(0).words("score") == "6"
    assert ": 6" in card.chart.accessibleDescription()


def test_lower_is_better_is_said_in_words(show_part, ask):
    ask("phq2", choice=3)
    (card,) = cards(show_part())
    assert "Lower is better." in words(card)


def test_bands_are_shown_only_when_they_are_turned_on(show_part, ask, centre):
    ask("rss", occasion="baseline")
    part = show_part()
    assert cards(part)[0].chart.chart.bands == ()
    with centre.change() as session:
        used = next(one for one in weight_sets(session, "rss") if one.in_use)
        show_bands(session, "rss", used.id, shown=True)
    bands = cards(show_part())[0].chart.chart.bands
    assert [name for name, _start in bands] == ["Regular follow-up", "Light follow-up"]


def test_that_a_score_decides_nothing_is_said_once(show_part, ask):
    ask("who5")
    ask("phq2")
    assert words(show_part()).count("It never decides a service.") == 1


def test_the_chart_is_drawn(show_part, ask):
    ask("who5", choice=0, asked_on=today() - 90 * DAY)
    ask("who5", choice=4, asked_on=today())
    (card,) = cards(show_part())
    picture = card.chart.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 2)}
    assert card.desk.theme.colours.accent in colours


def test_everything_has_a_name(show_part, ask, complaints, each_language):
    ask("rss", occasion="baseline")
    part = show_part()
    assert complaints(part.window()) == []


# From elsewhere


def test_the_person_s_page_offers_to_go_on(desk, show_page, settled, ask, client, centre):
    begun = ask("who5", state="begun")
    page = show_page(PersonPage(desk), client.person_id)
    settled(desk.worker)
    link = next(one for one in page.questionnaires.findChildren(QPushButton) if "WHO-5" in one.text())
    link.click()
    assert desk.went == [("questionnaire", ("response", begun))]


def test_the_questionnaires_of_somebody_have_a_page_without_a_case(desk, show_page, settled, aminah, answer):
    answer("who5", person_id=aminah)
    page = show_page(QuestionnairesPage(desk), ("person", aminah))
    settled(desk.worker)
    assert (page.title.text(), [one.name for one in rows(page.own)]) == ("Siti Aminah", ["who5"])
    assert QApplication.focusWidget() is page.own.ask_button


def test_the_first_page_offers_an_unfinished_questionnaire(desk, show_page, settled, ask):
    begun = ask("who5", state="begun")
    home = show_page(HomePage(desk))
    settled(desk.worker)
    settled(desk.worker)
    assert "1 questionnaire is not finished." in words(home)
    push(home, "Go on with it: 1 questionnaire is not finished.")
    assert desk.went == [("questionnaire", ("response", begun))]


def test_a_draft_of_a_questionnaire_leads_back_to_it(centre):
    with centre.read() as session:
        places = [
            place_of_draft(session, form, about) for form, about in (("questionnaire.who5", "x"), ("response", "y"))
        ]
    assert places == [("questionnaire", ("draft", "questionnaire.who5", "x")), ("questionnaire", ("response", "y"))]
