# SPDX-License-Identifier: Apache-2.0
"""The results of an event: four levels to be seen, a class's test written down by keyboard, people to follow up."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from resource_centre import i18n
from resource_centre.services.class_tests import class_test, save_test_answers
from resource_centre.services.response_lists import responses_about
from resource_centre.services.training import event_sheet, record_training
from ui.pages.learning_due import TrainingFollowUpsPage
from ui.pages.learning_part import VIEWS, LearningPart

HERE = "52.03.01.2001"
ENDED = dt.date(2026, 8, 6)
TODAY = dt.date(2026, 11, 22)
NAMES = ("Siti", "Ahmad", "Rohani", "Budi")
RIGHT, WRONG = "cbadcabd", "tttttttt"
"""The right answers to the test of the first module (items.csv), and none."""


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Three months after the class."""
    for module in (
        "resource_centre.services.class_tests", "resource_centre.services.event_follow_ups",
        "resource_centre.services.learning_follow_ups", "ui.pages.learning_store", "ui.pages.learning_due",
    ):  # fmt: skip
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)


@pytest.fixture
def event(centre):
    """A class of four who came on both days."""
    people = [
        {"name": name, "sex": "LP"[place % 2], "village_code": HERE, "days": "HH"} for place, name in enumerate(NAMES)
    ]
    facts = {"training_type": "kelas", "module": "M1", "starts_on": dt.date(2026, 8, 5), "ends_on": ENDED}
    with centre.change() as session:
        return record_training(session, event={**facts, "village_code": HERE}, participants=people).id


@pytest.fixture
def keyed(centre, event):
    """Stores a class's letters."""

    def stored(occasion, *letters):
        with centre.change() as session:
            ids = [row.id for row in event_sheet(session, event).rows]
            rows = [{"participation_id": one, "letters": said} for one, said in zip(ids, letters, strict=False)]
            save_test_answers(session, event, "test_m01", occasion, "kertas", rows)

    return stored


@pytest.fixture
def part(desk, on_screen, settled, event):
    """The results on the screen."""

    def shown():
        made = on_screen(LearningPart(desk))
        made.open(event)
        settled(desk.worker)
        return made

    return shown


@pytest.fixture
def stands(centre, event):
    """The letters that are kept of a class's test."""

    def letters(occasion):
        with centre.change() as session:
            return [line.letters for line in class_test(session, event, "test_m01", occasion).lines]

    return letters


def texts(card):
    return " | ".join(one.text() for one in card.findChildren(QLabel) if one.isVisible() and one.text())


def writing(part, desk, settled, occasion="before"):
    part.write_down("test_m01", occasion)
    settled(desk.worker)
    part.class_answers.view.setFocus(Qt.FocusReason.TabFocusReason)
    return part.class_answers


@pytest.fixture
def told(desk):
    """What the program has said."""
    found = []
    desk.messages.told.connect(lambda telling: found.append(telling.text if telling is not None else ""))
    return found


# The four levels


def test_all_four_levels_are_there_before_anybody_has_answered(part, each_language):
    heads = [card.head.text() for card in part().levels.cards]
    level = "Tingkat" if each_language == "id" else "Level"
    assert [head.split(":")[0] for head in heads] == [f"{level} {number}" for number in (1, 2, 3, 4)]


def test_learning_shows_the_gain_its_interval_the_pairs_and_who_is_missing(part, keyed):
    i18n.set_language("en")
    keyed("before", WRONG, WRONG, "cbtttttt")
    keyed("after", RIGHT, "cbadtttt", RIGHT, RIGHT)
    said = texts(part().levels.cards[1])
    assert "+75.0 points" in said
    assert "95 % between +13 and +100; 3 of 4 matched pairs" in said
    assert "1 without pre-test" in said
    assert "Few people: read with care." in said


def test_reaction_says_how_many_did_not_fill_it_in(part, answer, event):
    i18n.set_language("en")
    answer("reaction", event_id=event, occasion="after")
    assert "3 did not fill in the evaluation" in texts(part().levels.cards[0])


def test_behaviour_and_results_are_shown_from_the_follow_ups(part, answer, centre, event):
    i18n.set_language("en")
    with centre.read() as session:
        first = event_sheet(session, event).rows[0].id
    answer("follow_up_3", participation_id=first, occasion="month_3")
    made = part()
    assert "1 of 4 asked" in texts(made.levels.cards[2])
    assert "from 6 February 2027" in texts(made.levels.cards[3])


def test_every_view_below_is_shown_in_both_languages(part, keyed, each_language):
    keyed("before", WRONG, RIGHT)
    keyed("after", RIGHT, RIGHT)
    made = part()
    for key, _title in VIEWS:
        made.show_view(key)
        assert sum(room.isVisible() for room in made.rooms) == 1
    assert made.gain.lines.rowCount() > 1
    assert made.items.lines.rowCount() == 8
    assert made.stayed.lines.rowCount() == 6
    assert each_language == i18n.language()


# A class's test


def test_a_class_is_written_down_with_one_key_for_each_answer(part, desk, settled, press, stands):
    sheet = writing(part(), desk, settled)
    press(RIGHT + WRONG + "-------a")
    press([Qt.Key.Key_S], Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert stands("before") == [RIGHT, WRONG, "-------a", "........"]
    assert not sheet.isVisible()


def test_saving_says_who_has_no_test_before(part, desk, settled, press, keyed, told):
    i18n.set_language("en")
    keyed("before", RIGHT)
    sheet = writing(part(), desk, settled, "after")
    press(RIGHT + RIGHT)
    sheet.save()
    settled(desk.worker)
    assert "1 has no test before and does not count in the gain." in told[-1]


def test_a_letter_that_is_not_offered_is_said_and_not_written(part, desk, settled, press, told):
    i18n.set_language("en")
    sheet = writing(part(), desk, settled)
    press("cx")
    assert sheet.sheet.lines[0].letters == "c......."
    assert "Line 1, question 2: possible are a, b, c, d, t, and - for left empty." in told[-1]


def test_backspace_goes_back_and_enter_to_the_next_line(part, desk, settled, press):
    sheet = writing(part(), desk, settled)
    press([*"cb", Qt.Key.Key_Backspace, *"d\n", *"a"])
    assert [line.letters for line in sheet.sheet.lines[:2]] == ["cd......", "a......."]


def test_what_is_not_saved_is_there_again_another_day(part, desk, settled, press):
    first = part()
    writing(first, desk, settled)
    press("cba")
    first.leave()
    settled(desk.worker)
    second = part()
    assert second.unsaved.count() == 1
    assert writing(second, desk, settled).sheet.lines[0].letters == "cba....."


def test_the_question_one_is_at_is_shown_with_its_choices(part, desk, settled, press, each_language):
    sheet = writing(part(), desk, settled)
    press("c")
    assert sheet.question.text().startswith("2. Sari")
    last = "t  Tidak tahu" if each_language == "id" else "t  Do not know"
    assert sheet.choices.text().splitlines() == [
        "a  Rp500.000",
        "b  Rp1.000.000",
        "c  Rp1.200.000",
        "d  Rp2.000.000",
        last,
    ]


# Asking


def test_a_participant_is_asked_what_is_still_missing(part, desk, keyed):
    keyed("before", RIGHT)
    made = part()
    made.show_view("people")
    offered = [action.text() for action in made.people.what().actions()]
    assert len(offered) == 3  # needs, the test after, and the follow-up after three months
    made.people.what().actions()[-1].trigger()
    where, (what, name, about) = desk.went[-1]
    assert (where, what, name, about["occasion"]) == ("questionnaire", "begin", "follow_up_3", "month_3")


def test_the_evaluation_is_asked_about_the_event(part, desk, event):
    made = part()
    place = next(place for place, one in enumerate(made.asked._all()) if one.name == "reaction")
    made.asked.list.selectRow(place)
    made.asked.act()
    assert desk.went[-1] == ("questionnaire", ("begin", "reaction", {"event_id": event, "occasion": "after"}))


def test_answers_are_opened_from_their_list(part, desk, keyed, centre, event, press):
    keyed("before", RIGHT)
    made = part()
    made.show_view("answers")
    made.answers.list.selectRow(0)
    made.answers.list.setFocus()
    press("\n")
    with centre.read() as session:
        (kept,) = responses_about(session, event_id=event)
    assert desk.went[-1] == ("questionnaire", ("response", kept.id))


def test_participants_are_followed_up_or_said_not_to_be_reached(part, desk, settled, centre, event):
    made = part()
    made.show_view("due")
    assert made.due.rows.rowCount() == 4
    made.due.ask()
    assert desk.went[-1][1][1] == "follow_up_3"
    moved = next(one for one in made.due.reasons().actions() if one.text() in ("Moved", "Pindah"))
    moved.trigger()
    settled(desk.worker)
    with centre.read() as session:
        assert [row.month_3_result for row in event_sheet(session, event).rows].count("pindah") == 1


def test_follow_ups_of_all_events_are_in_one_list(show_page, desk, event):
    page = show_page(TrainingFollowUpsPage(desk))
    assert page.due.rows.rowCount() == 4
    page.due.show_event()
    assert desk.went[-1] == ("training", (event, "learning"))
