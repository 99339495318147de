# SPDX-License-Identifier: Apache-2.0
"""Answered questionnaires on paper: what was said, why nothing was, what it scores, and who may print it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from reports.papers.kinds import make_paper
from reports.papers.numbers import answers_by
from reports.papers.questionnaire_walk import Note, items_of
from resource_centre.errors import Refused
from resource_centre.questionnaires.live import LiveForm
from resource_centre.records import Person
from resource_centre.services.questionnaires import form_of, newest_version
from resource_centre.services.responses import save_response

HERE = "52.03.01.2001"
ASKED_ON = dt.date(2026, 11, 12)
UNOFFICIAL = {"id": "Skor tidak resmi", "en": "Unofficial score"}


def words_of(pdf):
    """What can be read in a file, every blank the same, and what the file says of itself."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        return re.sub(r"\s+", " ", " ".join(pages)), document.get_metadata_dict()
    finally:
        document.close()


@pytest.fixture
def person(desk):
    """Somebody whose answers are printed."""
    return desk.person("Baiq Nurhayati", village=HERE)


def answered(session, person, name, answers, unanswered=None, state="complete", **asked):
    """The id of answers to a questionnaire that comes with the program, saved as the window does it."""
    version = newest_version(session, name).id
    answers = LiveForm(form_of(session, version), answers, unanswered).answers()
    facts = {"person_id": person, "asked_on": ASKED_ON, "occasion": "baseline", "mode": "lisan", **asked}
    return save_response(
        session, None, version_id=version, answers=answers, unanswered=unanswered or {}, state=state, **facts
    )


def every_first_choice(session, name):
    """For each question of a form with choices the first of them."""
    form = form_of(session, newest_version(session, name).id)
    return {
        one.path: form.lists[one.choices][0].name
        for one in form.questions()
        if one.kind == "select_one" and not one.choice_filter
    }


@pytest.fixture
def survey(session, person):
    """A survey with an answer to everything but one question that was refused; she can stay."""
    answers = {**every_first_choice(session, "rss"), "closing/added_words": "Terima kasih banyak"}
    del answers["psychosocial/discrimination"]
    return answered(session, person, "rss", answers, {"psychosocial/discrimination": "refused"})


def paper_of(session, response_id, language="en", **options):
    return make_paper(session, "questionnaire", response_id, language=language, **options)


def test_what_was_chosen_is_ticked_among_what_could_be(session, survey):
    items = items_of(paper_of(session, survey).content.items)
    options = items["economic/food_cut"].options
    assert [(option.label, option.ticked) for option in options][:2] == [("Very often", True), ("Often", False)]


@pytest.mark.parametrize(("language", "words"), [("id", "(menolak menjawab)"), ("en", "(refused to answer)")])
def test_why_there_is_no_answer_stands_in_words(session, survey, language, words):
    assert words in words_of(paper_of(session, survey, language).pdf)[0]


def test_what_somebody_wrote_is_printed_as_it_was_written(session, survey):
    assert "Terima kasih banyak" in words_of(paper_of(session, survey).pdf)[0]


def test_what_did_not_apply_is_left_out_and_the_numbers_stay(session, survey):
    items = items_of(paper_of(session, survey).content.items)
    blank = items_of(make_paper(session, "questionnaire", "rss", language="en", blank=True).content.items)
    assert "psychosocial/leave_wish_or_need" in blank.keys() - items.keys()
    assert {place: one.number for place, one in items.items()} == {place: blank[place].number for place in items}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_caution_stands_under_every_figure(session, survey, language):
    made = paper_of(session, survey, language)
    figures = made.content.figures
    assert len(figures) == 4
    assert all(UNOFFICIAL[language] in figure.caution for figure in figures)
    assert words_of(made.pdf)[0].count(UNOFFICIAL[language]) == len(figures)


def test_the_foot_tells_form_weights_and_calculation(session, survey):
    made = paper_of(session, survey)
    version = form_of(session, newest_version(session, "rss").id).version
    assert made.content.version == f"rss {version}"
    assert "not official" in made.content.basis
    assert "weighted_mean" in made.content.basis
    assert made.content.version in words_of(made.pdf)[0]


def test_a_form_that_reckons_itself_shows_its_own_figure(session, person):
    made = paper_of(session, answered(session, person, "who5", every_first_choice(session, "who5")))
    (figure,) = made.content.figures
    assert (figure.value, figure.reach) == ("100", "0–100")
    assert "Not a diagnosis" in figure.caution


def test_too_few_answers_give_no_figure_and_say_so(session, person):
    few = {"economic/economic_satisfaction": "puas"}
    made = paper_of(session, answered(session, person, "rss", few))
    assert [figure.value for figure in made.content.figures] == [""] * 4
    assert "Too few answers" in words_of(made.pdf)[0]


def test_what_is_not_finished_says_so_and_has_no_scores(session, person):
    made = paper_of(session, answered(session, person, "rss", {"economic/borrows": "jarang"}, state="begun"))
    assert made.content.figures == ()
    assert "Not finished" in words_of(made.pdf)[0]


def test_the_client_is_known_by_the_number_and_by_name_only_when_asked(session, person, survey):
    number = session.get(Person, person).number
    plain, named = (words_of(paper_of(session, survey, named=named).pdf)[0] for named in (False, True))
    assert number in plain
    assert "Baiq" not in plain
    assert "Baiq Nurhayati" in named


def test_the_file_itself_names_nobody(session, survey):
    _words, metadata = words_of(paper_of(session, survey, named=True).pdf)
    assert "Baiq" not in " ".join(metadata.values())


def test_it_is_confidential(session, survey):
    assert "CONFIDENTIAL" in words_of(paper_of(session, survey).pdf)[0]


def test_it_is_in_the_language_of_the_client_unless_another_is_asked_for(session, desk):
    person = desk.person("Siti Aminah", village=HERE, preferred_language="id")
    made = make_paper(session, "questionnaire", answered(session, person, "who5", {"items/calm": "5"}))
    assert made.language == "id"
    assert "Indeks Kesejahteraan WHO-5" in words_of(made.pdf)[0]


def test_notes_for_the_staff_are_on_their_own_paper(session, person):
    low = {place: "0" for place in every_first_choice(session, "who5") if place.startswith("items/")}
    made = paper_of(session, answered(session, person, "who5", low))
    said = [item.words for item in made.content.items if isinstance(item, Note)]
    assert any("the score is 0 of 100" in words for words in said)


def test_a_village_account_prints_no_sensitive_answers(session, survey, collector_session):
    session.commit()
    with pytest.raises(Refused):
        paper_of(collector_session(HERE), survey)


def test_a_village_account_prints_ordinary_answers_of_its_village(session, person, collector_session):
    response = answered(session, person, "satisfaction", every_first_choice(session, "satisfaction"))
    session.commit()
    assert paper_of(collector_session(HERE), response).content.items


def test_answers_begun_as_a_draft_are_no_paper(session, survey, person, collector_session):
    session.commit()
    theirs = collector_session(HERE)
    draft = answered(theirs, person, "rss", {"economic/borrows": "jarang"}, state="begun")
    with pytest.raises(Refused):
        paper_of(theirs, draft)


def test_a_number_and_a_form_find_the_newest_answers(session, person, survey):
    later = answered(session, person, "rss", {"economic/borrows": "jarang"}, asked_on=dt.date(2026, 11, 15))
    number = session.get(Person, person).number
    assert answers_by(session, "rss", number) == later
    assert answers_by(session, "rss", number, ASKED_ON) == survey


def test_answers_that_are_not_there_are_refused(session, person):
    with pytest.raises(Refused):
        answers_by(session, "rss", session.get(Person, person).number)


def test_answers_of_an_older_version_are_printed_with_its_questions(session, person):
    from resource_centre.questionnaires.reading import read_form
    from resource_centre.services.questionnaires import publish

    kind = {"kind": "survey", "about": "person", "sensitivity": "ordinary"}
    old = publish(session, read_form(own_form("1", "Do you like coffee?"), name="drinks.md"), **kind)
    asked = save_response(
        session, None, version_id=old.id, answers={"likes": "yes"}, state="complete", person_id=person,
        asked_on=ASKED_ON,
    )  # fmt: skip
    publish(session, read_form(own_form("2", "Do you like tea?"), name="drinks.md"), **kind)
    words, _metadata = words_of(paper_of(session, asked).pdf)
    assert "Do you like coffee?" in words
    assert "drinks 1" in words


def own_form(version, question):
    return f"""
| settings | | | |
| | form_title | form_id | version |
| | Drinks | drinks | {version} |
| survey | | | |
| | type | name | label |
| | select_one yn | likes | {question} |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""


@pytest.fixture
def screening(session, person):
    """A screening that gave an indication."""
    answers = {"opening/private_place": "yes", "opening/agreed_to_talk": "yes", "questions/against_will": "yes"}
    return answered(session, person, "quick_screen", {**answers, "closing/how_ended": "selesai"}, occasion="any")


def test_who_asked_a_screening_prints_no_answers_to_it(session, screening):
    with pytest.raises(Refused):
        paper_of(session, screening)


def test_a_protection_officer_prints_a_screening_with_what_it_says(session, screening):
    session.info["viewer"] = replace(session.info["viewer"], role="protection_officer")
    made = paper_of(session, screening)
    assert made.content.confidential
    assert any("indication - refer" in item.words for item in made.content.items if isinstance(item, Note))


def test_answers_marked_as_not_valid_are_no_paper(session, survey):
    from resource_centre.services.responses import void_response

    void_response(session, survey, "asked twice")
    with pytest.raises(Refused):
        paper_of(session, survey)


def test_turns_of_a_repeat_are_told_apart(session, person):
    from resource_centre.questionnaires.reading import read_form
    from resource_centre.services.questionnaires import publish

    form = """
| settings | | | |
| | form_title | form_id | version |
| | Children | children | 1 |
| survey | | | |
| | type | name | label |
| | begin_repeat | child | Child |
| | text | name | First name |
| | integer | age | How old is ${name}? |
| | end_repeat | | |
"""
    kind = {"kind": "survey", "about": "person", "sensitivity": "ordinary"}
    version = publish(session, read_form(form, name="children.md"), **kind).id
    given = {"child[1]/name": "Ali", "child[1]/age": "7", "child[2]/name": "Budi", "child[2]/age": "12"}
    asked = save_response(
        session, None, version_id=version, answers=given, state="complete", person_id=person, asked_on=ASKED_ON
    )
    items = items_of(paper_of(session, asked).content.items)
    assert [(one.label, one.answer) for place, one in items.items() if place.endswith("age")] == [
        ("How old is Ali?", "7"), ("How old is Budi?", "12"),
    ]  # fmt: skip


def test_a_choice_the_list_no_longer_has_is_shown_as_it_was_kept(session, person):
    version = newest_version(session, "satisfaction").id
    place = next(iter(every_first_choice(session, "satisfaction")))
    about = {"person_id": person, "asked_on": ASKED_ON, "state": "begun"}
    asked = save_response(session, None, version_id=version, answers={place: "long_gone"}, **about)
    assert "long_gone" in words_of(paper_of(session, asked).pdf)[0]


def test_an_answer_longer_than_a_page_goes_on(session, person):
    told = "Panjang sekali ceritanya. " * 400
    asked = answered(session, person, "rss", {"closing/added_words": f"{told}Selesai."}, state="begun")
    assert "Selesai." in words_of(paper_of(session, asked).pdf)[0]


def test_an_order_of_choices_is_written_in_that_order(session, person):
    from resource_centre.questionnaires.reading import read_form
    from resource_centre.services.questionnaires import publish

    text = own_form("1", "What matters most?").replace("select_one", "rank")
    kind = {"kind": "survey", "about": "person", "sensitivity": "ordinary"}
    version = publish(session, read_form(text, name="drinks.md"), **kind).id
    about = {"person_id": person, "asked_on": ASKED_ON, "state": "complete"}
    asked = save_response(session, None, version_id=version, answers={"likes": "no yes"}, **about)
    assert "1. No; 2. Yes" in words_of(paper_of(session, asked).pdf)[0]
