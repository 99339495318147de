# SPDX-License-Identifier: Apache-2.0
"""Blank questionnaires: everything that may be asked, in the order of the window, and how to answer with a pencil."""

from __future__ import annotations

import re
import time

import pytest

from reports.papers.kinds import make_blank, make_paper
from reports.papers.questionnaire_skips import only_if
from reports.papers.questionnaire_walk import Note, Table, Title, for_staff, items_of, numbers_of
from resource_centre.errors import Refused
from resource_centre.questionnaires.form import say
from resource_centre.questionnaires.reading import read_form
from resource_centre.services.shipped_forms import read_shipped, shipped_forms

SHIPPED = tuple(shipped_forms())
LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
RESULTS = re.compile(r"<output")


def pages_of(pdf):
    """The words of each page, every blank the same."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def blank(form, language="en", **options):
    return make_blank("questionnaire", language=language, form=form, **options)


def form_from(*rows, choices=(), settings="Drinks | drinks"):
    """A form from rows of its survey: type, name, label, relevant, constraint, appearance, parameters."""
    head = ["type", "name", "label", "relevant", "constraint", "appearance", "parameters", "choice_filter"]
    sheets = {
        "settings": [["form_title", "form_id"], settings.split(" | ")],
        "survey": [head, *rows],
        "choices": [["list_name", "name", "label", "of"], *choices],
    }
    text = [line for name, table in sheets.items() for line in (f"| {name} |", *("| | " + cells(row) for row in table))]
    return read_form("\n".join(text), name="drinks.md")


def cells(row):
    return " | ".join([*row, *[""] * (8 - len(row)), ""])


YES_NO = (("yn", "yes", "Yes"), ("yn", "no", "No"))


# What comes with the program


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_question_is_on_the_paper_in_the_order_of_the_window(name, language):
    form = read_shipped(name)
    asked = [one for one in form.questions() if one.asked and one.kind != "note"]
    made = blank(name, language)
    assert [one.place for one in items_of(made.content.items).values()] == [one.path for one in asked]
    said, at = re.sub(r"(?:TT MJ TB|NK RF DA) ", "", " ".join(pages_of(made.pdf))), 0
    for question in asked:
        words = re.sub(r"\s+", " ", say(question.label, LANGUAGES[language]))
        at = said.find(words, at)
        assert at >= 0, question.path


@pytest.mark.parametrize("name", SHIPPED)
def test_no_note_to_the_staff_and_no_result_is_on_it(name):
    form = read_shipped(name)
    kept = [one for one in form.questions() if one.kind == "note" and (for_staff(one.label) or has_result(one.label))]
    said = {item.words for item in blank(name, "id").content.items if isinstance(item, Note)}
    assert said.isdisjoint(say(one.label, LANGUAGES["id"]) for one in kept)


def has_result(words):
    return any(RESULTS.search(text) for text in words.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_that_is_worked_out_is_asked(name):
    computed = {one.path for one in read_shipped(name).questions() if not one.asked}
    assert computed.isdisjoint(items_of(blank(name).content.items))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("name", "most"), [("rss", 3), ("who5", 1), ("phq2", 1), ("test_m02", 1)])
def test_it_takes_no_more_pages_than_it_must(name, most, language):
    assert len(pages_of(blank(name, language).pdf)) <= most


def test_a_battery_is_a_table():
    (table,) = (item for item in blank("who5").content.items if isinstance(item, Table))
    assert [row.place for row in table.rows] == [
        f"items/{one}" for one in ("cheerful", "calm", "active", "rested", "interested")
    ]
    assert table.columns[0] == "All the time"


def test_a_screening_asks_for_no_name():
    assert blank("quick_screen").content.facts[0][0] == "Number of the client (no name)"


def test_the_survey_has_boxes_for_its_own_occasions_only():
    occasion = blank("test_m02").content.ticks[0]
    assert [option.code for option in occasion.options] == ["before", "after", "month_3", "month_6"]


def test_the_boxes_for_no_answer_are_explained():
    first = pages_of(blank("rss").pdf)[0]
    assert "NK = not known, RF = refused to answer, DA = does not apply" in first


def test_the_form_and_its_version_are_on_every_page():
    version = read_shipped("rss").version
    assert all(f"rss {version}" in page for page in pages_of(blank("rss").pdf))


def test_a_form_nobody_knows_is_refused():
    with pytest.raises(Refused):
        blank("no_such_form")


def test_from_the_shelf_of_a_centre_it_bears_the_name_of_the_centre(session):
    made = make_paper(session, "questionnaire", "who5", language="id", blank=True)
    assert made.content.heading.centre
    assert made.content.heading.blank


def test_a_village_account_prints_blank_forms(session, collector_session):
    session.commit()
    theirs = collector_session("52.03.01.2001")
    assert make_paper(theirs, "questionnaire", "quick_screen", blank=True).content.items


# When a question is asked


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("${a} = 'yes'", "Only if 1 = Yes"),
        ("${a} != 'yes'", "Only if 1 ≠ Yes"),
        ("${a} = 'yes' and ${n} >= 18", "Only if 1 = Yes and 3 ≥ 18"),
        ("${a} = 'yes' or ${n} < 5", "Only if 1 = Yes, or 3 < 5"),
        ("${a} = 'yes' or ${a} = 'no'", "Only if 1 = Yes or No"),
        ("(${a} = 'yes')", "Only if 1 = Yes"),
        ("${m} != ''", "Only if 2 is answered"),
        ("${m} = ''", "Only if 2 is not answered"),
        ("selected(${m}, 'tea')", "Only if “Tea” is ticked at 2"),
        ("not(selected(${m}, 'tea'))", "Only if “Tea” is not ticked at 2"),
        ("selected(${a}, 'no')", "Only if 1 = No"),
        ("${a} = 'perhaps'", "Only if 1 = perhaps"),
        ("${sum} > 3", "Only where the answers above call for it"),
        ("count-selected(${m}) > 1", "Only where the answers above call for it"),
        ("${n} + 1 = 3", "Only where the answers above call for it"),
        ("", ""),
    ],
)
def test_a_condition_is_said_in_words(relevant, words):
    form = form_from(
        ("select_one yn", "a", "Coffee?"),
        ("select_multiple drink", "m", "Which?"),
        ("integer", "n", "How many?"),
        ("integer", "sum", "Sum"),
        ("text", "last", "Why?", relevant),
        choices=(*YES_NO, ("drink", "tea", "Tea"), ("drink", "milk", "Milk")),
    )
    numbers = {path: number for path, number in numbers_of(form).items() if path != "sum"}
    last = next(one for one in form.questions() if one.name == "last")
    assert only_if(form, last.path, last.relevant, numbers, "") == words


def test_conditions_of_groups_stand_below_their_headings():
    form = form_from(
        ("select_one yn", "a", "Coffee?"),
        ("begin_group", "g", "About coffee", "${a} = 'yes'"),
        ("text", "kind", "Which kind?"),
        ("end_group", ""),
        choices=YES_NO,
    )
    (title,) = (item for item in blank(form).content.items if isinstance(item, Title))
    assert title.only_if == "Only if 1 = Yes"


def test_a_condition_within_a_turn_of_a_repeat_is_understood():
    form = form_from(
        ("begin_repeat", "child", "Child"), ("integer", "age", "Age"), ("text", "school", "School", "${age} > 5"),
        ("end_repeat", ""),
    )  # fmt: skip
    assert items_of(blank(form).content.items)["child[2]/school"].only_if == "Only if 1 > 5"


# How it is answered


@pytest.mark.parametrize(
    ("row", "room", "size"),
    [
        (("text", "q", "Q"), "lines", (1,)),
        (("text", "q", "Q", "", "", "multiline"), "lines", (3,)),
        (("integer", "q", "Q"), "digits", (3, 3, 3)),
        (("integer", "q", "Q", "", ". < 100"), "digits", (2,)),
        (("integer", "q", "Q", "", ". >= 0 and . <= 5000"), "digits", (1, 3)),
        (("decimal", "q", "Q"), "short", ()),
        (("date", "q", "Q"), "date", (2, 2, 4)),
        (("date", "q", "Q", "", "", "month-year"), "date", (2, 4)),
        (("date", "q", "Q", "", "", "year"), "date", (4,)),
        (("time", "q", "Q"), "time", (2, 2)),
        (("datetime", "q", "Q"), "datetime", (2, 2, 4, 2, 2)),
        (("geopoint", "q", "Q"), "position", ()),
        (("image", "q", "Q"), "device", ()),
        (("range", "q", "Q", "", "", "", "start=0 end=200 step=1"), "short", ()),
    ],
)
def test_each_kind_has_room_of_its_own(row, room, size):
    (asked,) = items_of(blank(form_from(row)).content.items).values()
    assert (asked.room, asked.size) == (room, size)


def test_a_short_range_has_a_box_for_each_value():
    (asked,) = items_of(
        blank(form_from(("range", "q", "Q", "", "", "", "start=0 end=10 step=5"))).content.items
    ).values()
    assert [option.label for option in asked.options] == ["0", "5", "10"]


def test_several_choices_are_said_to_be_possible():
    form = form_from(("select_multiple yn", "q", "Q"), choices=YES_NO)
    assert "more than one is possible" in pages_of(blank(form).pdf)[0]


def test_a_long_list_is_written_not_ticked():
    villages = [("village", f"v{number}", f"Village {number}") for number in range(200)]
    made = blank(form_from(("select_one village", "v", "Village"), choices=villages))
    (asked,) = items_of(made.content.items).values()
    assert (asked.room, asked.options) == ("lines", ())
    assert "One of a list of 200 answers" in pages_of(made.pdf)[0]


def test_choices_that_hang_on_an_answer_are_written():
    form = form_from(
        ("select_one of", "of", "Where?"),
        ("select_one village", "v", "Village", "", "", "", "", "of=${of}"),
        choices=(("of", "a", "A"), ("of", "b", "B"), ("village", "v", "V", "a"), ("village", "w", "W", "b")),
    )
    assert items_of(blank(form).content.items)["v"].list_words == "One that fits what was said above"


def test_choices_that_hang_on_no_answer_are_only_those_that_fit():
    asked = items_of(blank("needs").content.items)["social/social_needs"]
    assert "Grant for a small business" not in [option.label for option in asked.options]
    assert "Civil documents" in [option.label for option in asked.options]


def test_a_repeat_has_empty_turns_and_says_where_to_go_on():
    form = form_from(("begin_repeat", "child", "Child"), ("text", "name", "Name"), ("end_repeat", ""))
    made = blank(form)
    assert list(items_of(made.content.items)) == ["child[1]/name", "child[2]/name", "child[3]/name"]
    assert "Child 3" in pages_of(made.pdf)[0]
    assert "write further ones on another sheet" in pages_of(made.pdf)[0]


def test_what_the_form_puts_in_a_table_is_a_table():
    form = form_from(
        ("begin_group", "g", "Agree?", "", "", "table-list"),
        ("select_one yn", "a", "Coffee is good"),
        ("select_one yn", "b", "Tea is good"),
        ("end_group", ""),
        choices=YES_NO,
    )
    (table,) = (item for item in blank(form).content.items if isinstance(item, Table))
    assert [row.label for row in table.rows] == ["Coffee is good", "Tea is good"]


def test_a_table_that_goes_on_says_its_answers_on_each_page():
    rows = [("select_one agree", f"q{number}", f"Statement {number}") for number in range(60)]
    made = blank(form_from(*rows, choices=(("agree", "1", "Entirely"), ("agree", "2", "Hardly"))))
    assert all("Entirely" in page and "Hardly" in page for page in pages_of(made.pdf))


def test_an_answer_within_a_question_is_left_to_be_filled_in():
    form = form_from(("text", "name", "Name"), ("integer", "age", "Age of ${name}"))
    assert items_of(blank(form).content.items)["age"].label == "Age of ……………"


# Forms of any kind


def test_a_language_of_the_form_itself_may_be_asked_for():
    text = """
| settings | | | | |
| | form_title | form_id | | |
| | Boissons | drinks | | |
| survey | | | | |
| | type | name | label::Français (fr) | label::English (en) |
| | text | q | Que buvez-vous ? | What do you drink? |
"""
    made = blank(read_form(text, name="drinks.md"), form_language="Français (fr)")
    assert "Que buvez-vous ?" in pages_of(made.pdf)[0]


def test_three_hundred_questions_are_printed_in_seconds():
    rows = [
        ("select_one yn", f"q{n}", f"Question {n}?", f"${{q{n - 7}}} = 'yes'" if n % 7 == 0 and n else "")
        for n in range(300)
    ]
    form = form_from(*rows, choices=YES_NO)
    begun = time.perf_counter()
    made = blank(form)
    assert time.perf_counter() - begun < 10
    assert len(items_of(made.content.items)) == 300


def test_words_without_end_break_no_page():
    rows = (
        ("note", "n", "word " * 3000),
        ("text", "t", "word " * 3000),
        ("select_one long", "s", "a" * 900),
        ("begin_group", "g", "group " * 300),
        ("select_one long", "s2", "<b>&lt; 'this'"),
        ("end_group", ""),
    )
    long = (("long", "1", "choice " * 400), ("long", "2", "x" * 400))
    made = blank(form_from(*rows, choices=long, settings=f"{'Title ' * 80} | drinks"))
    assert "<b>" in " ".join(pages_of(made.pdf))


def test_for_a_client_it_bears_the_number_that_finds_them_again(session, desk):
    from resource_centre.records import Person

    person = desk.person("Siti Aminah", preferred_language="id")
    made = make_paper(session, "questionnaire", "who5", blank=True, person_id=person)
    number = session.get(Person, person).number
    assert made.language == "id"
    assert made.content.heading.number == number
    assert "Siti" not in " ".join(pages_of(made.pdf))
