# SPDX-License-Identifier: Apache-2.0
"""Every kind of question is answered with the keyboard, and becomes the text that a submission would hold."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from resource_centre import i18n
from ui.pages.questionnaire import QuestionnairePage

LISTS = """
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | fruit | apple | Apple |
| | fruit | mango | Mango |
| | fruit | salak | Salak |
| | how | 0 | 0 never |
| | how | 1 | 1 seldom |
| | how | 2 | 2 often |
"""
MANY = LISTS + "".join(f"| | village | v{number} | Village {number} |\n" for number in range(40))


def form(kind, extra="", lists=LISTS):
    """A form that asks one question of this kind; `extra` is appearance and parameters."""
    return f"""
| survey | | | | | |
| | type | name | label | appearance | parameters |
| | {kind} | asked | What is it? | {extra or "| "} |
| | text | after | And then? | | |
| settings | | |
| | form_title | form_id |
| | One question | one |
{lists}"""


@pytest.fixture
def ask(desk, show_page, tmp_path):
    """Tries a form out, as whoever publishes it does; gives the page."""

    def opened(markdown):
        file = tmp_path / "form.md"
        file.write_text(markdown, encoding="utf-8")
        return show_page(QuestionnairePage(desk), ("preview", str(file)))

    return opened


def answer(page, place="asked"):
    return page.filling.live.answers().get(place)


@pytest.mark.parametrize(
    ("kind", "keys", "kept"),
    [
        ("text", "Sumiati\t", "Sumiati"),
        ("integer", "42\t", "42"),
        ("decimal", "62.5\t", "62.5"),
        ("date", "17-5-2019\t", "2019-05-17"),
        ("time", "1405\t", "14:05:00.000"),
        ("barcode", "8991\t", "8991"),
        ("geopoint", "-6.2146, 106.8451\t", "-6.2146 106.8451 0 0"),
        ("select_one yn", "2", "no"),
        ("select_one how", "0", "0"),
        ("select_multiple fruit", "13", "apple salak"),
        ("rank fruit", "3", "mango salak apple"),
        ("acknowledge", " ", "OK"),
    ],
)
def test_answered_with_a_few_keys(ask, press, kind, keys, kept):
    page = ask(form(kind))
    press(keys)
    assert answer(page) == kept


@pytest.mark.parametrize(
    ("kind", "extra", "lists", "keys", "kept"),
    [
        ("text", "multiline | ", LISTS, "One\ttwo", "One"),
        ("date", "month-year | ", LISTS, "5-2019\t", "2019-05-01"),
        ("date", "year | ", LISTS, "2019\t", "2019-01-01"),
        ("select_one fruit", "minimal | ", LISTS, "Sal\t", "salak"),
        ("select_one village", "| ", MANY, "Village 27\t", "v27"),
        ("select_one fruit", "likert | ", LISTS, "2", "mango"),
        ("select_multiple fruit", "minimal | ", LISTS, "Sal\n", "salak"),
        ("range", " | start=0 end=5 step=1", LISTS, "4", "4"),
        ("range", " | start=0 end=100 step=5", LISTS, "35\t", "35"),
    ],
)
def test_answered_as_the_form_wants_it_shown(ask, press, kind, extra, lists, keys, kept):
    page = ask(form(kind, extra, lists))
    press(keys)
    assert answer(page) == kept


def test_a_moment_is_a_day_and_a_time(ask, press):
    page = ask(form("dateTime"))
    press("17-5-2019\t1405\t")
    assert answer(page).startswith("2019-05-17T14:05:00.000")


def test_a_decimal_is_written_as_the_language_does_and_kept_with_a_point(ask, press):
    i18n.set_language("id")
    page = ask(form("decimal"))
    press("62,5\t")
    assert answer(page) == "62.5"
    page.choose_way("all")
    assert page.asking.questions.rows["asked"].editor.line.text() == "62,5"


def test_a_file_is_an_answer_by_its_name(ask, tmp_path):
    page = ask(form("image"))
    page.asking.questions.rows["asked"].editor.take(str(tmp_path / "house.jpg"))
    assert answer(page) == "house.jpg"


def test_delete_takes_a_choice_back(ask, press):
    page = ask(form("select_one yn"))
    press("1")
    press(Qt.Key.Key_Delete)
    assert answer(page) is None


def test_tab_and_enter_go_from_question_to_question(ask, press):
    page = ask(form("select_one fruit"))
    press("2\tten")
    assert answer(page, "after") == "ten"
    page.asking.questions.lead_to("asked")
    press("3\n!")
    assert (answer(page), answer(page, "after")) == ("salak", "!")


@pytest.mark.parametrize(
    ("key", "reason"),
    [(Qt.Key.Key_F6, "unknown"), (Qt.Key.Key_F7, "refused"), (Qt.Key.Key_F9, "not_applicable")],
)
def test_one_key_says_why_there_is_no_answer(ask, press, key, reason):
    page = ask(form("integer"))
    press(key)
    assert page.filling.live.unanswered() == {"asked": reason}
    press(key)
    assert page.filling.live.unanswered() == {}


def test_what_is_no_number_is_said_beside_the_question_and_stays(ask, press):
    page = ask(form("integer"))
    press("abc\t")
    row = page.asking.questions.rows["asked"]
    assert row.note.text() == "This is not a number."
    page.choose_way("all")
    assert page.asking.questions.rows["asked"].editor.line.text() == "abc"
    assert answer(page) is None


def test_questions_with_the_same_answers_make_one_grid(ask, press, complaints):
    rows = "".join(f"| | select_one how | q{number} | Item {number} | | |\n" for number in range(1, 5))
    page = ask(form("note").replace("| | text | after", rows + "| | text | after"))
    page.asking.questions.lead_to("q1")
    press("1\t2\t0\n1")
    assert [answer(page, f"q{number}") for number in range(1, 5)] == ["1", "2", "0", "1"]
    assert not complaints(page)


def test_a_long_answer_is_read_whole_and_pressed_on_its_words(ask, qtbot):
    words = "An answer that goes on for so long that no line of the window holds it, " * 3
    page = ask(form("select_one yn", lists=LISTS.replace("| Yes |", f"| {words} |")))
    (said,) = [one for one in page.findChildren(QLabel) if one.text() == words.strip()]
    assert said.height() > 2 * said.fontMetrics().height()
    qtbot.mouseClick(said, Qt.MouseButton.LeftButton)
    assert answer(page) == "yes"
