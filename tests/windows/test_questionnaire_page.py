# SPDX-License-Identifier: Apache-2.0
"""A questionnaire is asked in its window: skipped, kept as it goes, gone on with, finished, turned to the client."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Response
from resource_centre.services.questionnaires import publish
from ui.pages.questionnaire import QuestionnairePage

FAMILY = """
| survey | | | | | | | |
| | type | name | label::English (en) | label::Indonesia (id) | relevant | constraint | constraint_message | required |
| | note | hello | Welcome | Selamat datang | | | | |
| | text | who | Who is asked? | Siapa yang ditanya? | | | | yes |
| | select_one yn | works | Does ${who} work? | Apakah ${who} bekerja? | | | | |
| | integer | pay | Pay a month | Upah sebulan | ${works} = 'yes' | . < 1000 | Below one thousand, please | |
| | begin_repeat | child | Child | Anak | | | | |
| | text | name | Name of the child | Nama anak | | | | |
| | integer | age | Age of ${name} | Umur ${name} | | | | |
| | end_repeat | | | | | | | |
| | note | thanks | Thank you, ${who} | Terima kasih, ${who} | | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::Indonesia (id) |
| | yn | yes | Yes | Ya |
| | yn | no | No | Tidak |
| settings | | | |
| | form_title | form_id | version |
| | Family | family | 1 |
"""


@pytest.fixture
def family(centre):
    """The form on the shelf, its answers readable by all who see the person."""
    with centre.change() as session:
        form = read_form(FAMILY, name="family.md")
        publish(session, form, kind="survey", about="person", sensitivity="ordinary")


@pytest.fixture
def begin(desk, show_page, client, family):
    """Begins it with the client, on one page; with words, a page anew as after a start of the program."""

    def opened(way="all"):
        desk.preferences.questionnaire_way = way
        about = {"person_id": client.person_id, "occasion": "baseline"}
        page = show_page(QuestionnairePage(desk), ("begin", "family", about))
        if page.head_area.isVisible():
            page.head.begin_button.click()
        return built(page)

    return opened


@pytest.fixture
def kept(centre):
    """The responses there are."""

    def read():
        with centre.read() as session:
            return session.scalars(select(Response)).all()

    return read


def built(page):
    """The page, once all of it is there."""
    while not page.asking.questions.is_built():
        QTest.qWait(5)
    return page


def fill(page, press, *pairs):
    for place, keys in pairs:
        built(page)
        page.asking.questions.lead_to(place)
        press(keys)


def rows(page):
    return [place for place, row in page.asking.questions.rows.items() if row.isVisible()]


def test_it_begins_with_when_and_how_it_is_asked(desk, show_page, client, family, complaints):
    page = show_page(QuestionnairePage(desk), ("begin", "family", {"person_id": client.person_id}))
    assert page.head_area.isVisible()
    assert page.head.begin_button.hasFocus()
    assert not complaints(page)


def test_a_question_comes_and_goes_with_the_answer_it_hangs_on(begin, press):
    page = begin()
    assert "pay" not in rows(page)
    fill(page, press, ("works", "1"))
    assert "pay" in rows(page)
    press("2")
    assert "pay" not in rows(page)


def test_tab_goes_through_what_is_asked_in_its_order(begin, press):
    page = begin()
    fill(page, press, ("who", "Sumi\t"))
    press("1\t")
    assert page.asking.here() == "pay"
    press("\t")
    assert QApplication.focusWidget().accessibleName() == "Remove: Child · 1"
    press("\t")
    assert page.asking.here() == "child[1]/name"
    press("\t\t")
    assert QApplication.focusWidget().accessibleName() == "Add: Child"
    press("\t")
    assert QApplication.focusWidget().accessibleName() == "Finish"


def test_only_the_rows_of_what_changed_are_touched(begin, press, monkeypatch):
    page = begin()
    touched = []
    show = page.asking.questions._show
    monkeypatch.setattr(page.asking.questions, "_show", lambda row: (touched.append(row.name), show(row)))
    fill(page, press, ("works", "1"))
    assert touched == ["pay"]


def test_words_follow_the_answers_they_hold(begin, press):
    page = begin()
    fill(page, press, ("who", "Sumi"))
    assert page.asking.questions.rows["works"].words == "Does Sumi work?"


def test_the_forms_own_message_stands_beside_an_answer_that_cannot_stand(begin, press):
    page = begin()
    fill(page, press, ("works", "1"), ("pay", "5000\t"))
    assert page.asking.questions.rows["pay"].note.text() == "Below one thousand, please"


def test_one_more_turn_and_one_less(begin, press, push, monkeypatch):
    page = begin()
    fill(page, press, ("child[1]/name", "Ani\t"))
    push(page, "Add: Child")
    assert built(page).asking.here() == "child[2]/name"
    press("Budi\t7\t")
    monkeypatch.setattr("ui.kit.messages.ask", lambda *_words, **_how: True)
    page.asking.questions._parts["child[2]"].button.click()
    fill(page, press, ("child[1]/age", "3\t"))
    assert page.filling.live.answers() == {"child[1]/name": "Ani", "child[1]/age": "3"}


def test_the_language_changes_and_the_answers_stay(begin, press):
    page = begin()
    fill(page, press, ("who", "Sumi\t"))
    press(Qt.Key.Key_F4)
    assert page.asking.questions.rows["works"].words == "Apakah Sumi bekerja?"
    assert page.asking.questions.rows["who"].editor.value() == "Sumi"


def test_aloud_one_question_stands_alone_with_its_answers_numbered(begin, press):
    page = begin("aloud")
    press(Qt.Key.Key_PageDown)
    press("Sumi\n")
    press(Qt.Key.Key_Return)
    assert rows(page) == ["works"]
    assert [one.text() for one in page.asking.questions.rows["works"].editor.buttons] == ["1.  Yes", "2.  No"]
    assert not page.subtitle.isVisible(), "what is turned to the client must not say whose answers they are"


def test_pages_on_which_nothing_is_asked_are_left_out(begin, press):
    page = begin("aloud")
    seen = []
    while not page.asking.is_last():
        seen += rows(page)
        press(Qt.Key.Key_PageDown)
    assert "pay" not in seen
    assert "works" in seen


def test_what_is_missing_is_shown_and_led_to_before_it_is_finished(begin, press, kept):
    page = begin("pages")
    page.finish()
    assert page.asking.here() == "who"
    assert page.asking.questions.rows["who"].note.text() != ""
    assert kept() == []


def test_finished_it_is_complete_and_says_what_the_form_says(begin, press, settled, desk, kept):
    page = begin()
    fill(page, press, ("who", "Sumi\t"), ("works", "2"))
    page.asking.questions.lead_to("child[1]/name")
    press(Qt.Key.Key_F9)
    page.finish()
    settled(desk.worker)
    assert [(one.state, one.occasion, one.answers["who"]) for one in kept()] == [("complete", "baseline", "Sumi")]
    assert page.closing_area.isVisible()
    assert "Thank you, Sumi" in words_of(page.closing_area)


def test_gone_on_with_later_it_opens_at_the_first_question_without_an_answer(
    begin, press, settled, desk, kept, show_page, client
):
    page = begin()
    fill(page, press, ("who", "Sumi\t"))
    page.later()
    settled(desk.worker)
    assert desk.went[-1] == ("person", client.person_id)
    (response,) = kept()
    again = show_page(QuestionnairePage(desk), ("response", response.id))
    assert again.asking.here() == "works"
    fill(again, press, ("works", "1"))
    again.later()
    settled(desk.worker)
    assert [(one.state, one.answers) for one in kept()] == [("begun", {"who": "Sumi", "works": "yes", "child[1]": ""})]


def test_after_a_power_cut_everything_typed_is_there_again(begin, press, settled, desk, qtbot):
    page = begin()
    fill(page, press, ("who", "Sumi\t"), ("works", "1"), ("pay", "lots\t"))
    qtbot.wait(1800)  # the draft is written by then; nothing else saves it
    settled(desk.worker)
    page.keeping._keeper = None
    again = begin()
    assert again is not page
    assert again.filling.live.answers()["who"] == "Sumi"
    assert again.asking.questions.rows["pay"].editor.line.text() == "lots"
    assert again.asking.here() == "pay"


def test_what_was_left_behind_can_be_thrown_away(begin, press, settled, desk):
    page = begin()
    fill(page, press, ("who", "Sumi\t"))
    page.may_leave()
    settled(desk.worker)
    again = begin()
    again.keeping.throw_away()
    settled(desk.worker)
    assert again.head_area.isVisible()
    assert again.filling.live.answers() == {"child[1]": ""}


def test_what_is_not_understood_is_not_saved_over(begin, press, settled, desk, kept):
    page = begin()
    fill(page, press, ("works", "1"), ("pay", "lots\t"))
    page.later()
    settled(desk.worker)
    assert kept() == []
    assert page.asking.here() == "pay"


def test_another_look_at_the_page_goes_on_where_one_was(begin, press, client):
    page = begin()
    fill(page, press, ("who", "Sumi"))
    page.opened(("begin", "family", {"person_id": client.person_id, "occasion": "baseline"}))
    assert page.asking.questions.rows["who"].editor.value() == "Sumi"


def test_in_both_languages_everything_has_a_name_and_a_letter_of_its_own(each_language, begin, complaints):
    page = begin("pages")
    assert not complaints(page)
    page.asking.turn_on()
    assert not complaints(page)


def words_of(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def test_what_the_form_works_out_is_shown_and_not_asked(desk, show_page, tmp_path, press):
    file = tmp_path / "form.md"
    file.write_text(
        "| survey | | | | |\n| | type | name | label | calculation |\n| | integer | a | A | |\n"
        "| | text | b | B | ${a} * 2 |\n| | integer | c | C | |\n| settings | |\n| | form_title |\n| | Sums |\n",
        encoding="utf-8",
    )
    page = show_page(QuestionnairePage(desk), ("preview", str(file)))
    press("4\n")
    assert page.asking.here() == "c"
    assert page.filling.live.answers()["b"] == "8"
    assert page.asking.questions.rows["b"].editor.value() == "8"


def test_a_form_that_cannot_be_used_is_refused_and_nothing_else_happens(desk, show_page, tmp_path):
    told = []
    desk.messages.told.connect(told.append)
    file = tmp_path / "form.md"
    file.write_text("| survey |\n| | type | name | label |\n| | select_one gone | a | A |\n", encoding="utf-8")
    page = show_page(QuestionnairePage(desk), ("preview", str(file)))
    assert page.task is None
    assert [one.tone for one in told if one] == ["warning"]


def test_a_screening_its_asker_may_not_read_is_gone_on_with_and_ends_in_one_sentence(
    desk, show_page, settled, press, client, centre
):
    from resource_centre.records import Draft, ProtectedResponse

    page = show_page(QuestionnairePage(desk), ("begin", "quick_screen", {"person_id": client.person_id}))
    page.head.begin()
    page.filling.at = page.asking.here()
    press("1")
    page.later()
    settled(desk.worker)
    with centre.read() as session:
        assert session.scalars(select(ProtectedResponse)).all() == []
        (waits,) = session.scalars(select(Draft)).all()
    again = show_page(QuestionnairePage(desk), ("response", waits.record_id))
    assert again.filling.live.progress()[0] == 1
    answer_all(again)
    again.finish()
    settled(desk.worker)
    assert again.closing_area.isVisible()
    said = " ".join(words_of(again.closing_area))
    assert "refer" in said or "No indication" in said
    assert [one.text() for one in again.closing_area.findChildren(QPushButton)] == ["&Done"]


def answer_all(page):
    """Says of every question that is still open that it was not asked."""
    while place := page.filling.first_unanswered():
        page.filling.live.answer(place, None, "not_asked")
