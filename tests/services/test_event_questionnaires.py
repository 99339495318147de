# SPDX-License-Identifier: Apache-2.0
"""A class is asked before, after and months later; what its paper tests say is written down line by line."""

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Response, SensitiveResponse
from resource_centre.services.asked_tests import asked_tests
from resource_centre.services.class_tests import class_test, save_test_answers, version_to_ask
from resource_centre.services.event_follow_ups import due_follow_ups, note_not_reached
from resource_centre.services.event_questionnaires import event_questionnaires
from resource_centre.services.questionnaires import newest_version, publish
from resource_centre.services.response_lists import responses_about
from resource_centre.services.responses import response, save_response, void_response
from resource_centre.services.training import change_training, event_sheet, record_training

TODAY = dt.date(2026, 11, 20)
HERE = "52.03.01.2001"
CLASS = {
    "training_type": "kelas", "module": "M1", "starts_on": dt.date(2026, 8, 5), "ends_on": dt.date(2026, 8, 6),
    "village_code": HERE,
}  # fmt: skip
PEOPLE = (
    {"name": "Siti", "sex": "P", "village_code": HERE, "days": "HH"},
    {"name": "Ahmad", "sex": "L", "village_code": HERE, "days": "HA"},
    {"name": "Rohani", "sex": "P", "days": "HH"},
    {"name": "Budi", "sex": "L", "village_code": HERE, "days": "AA"},
)
RIGHT = "cbadcabd"
"""The right answers to the test of the first module, in the order of its questions (items.csv)."""


@pytest.fixture
def event(session):
    """A class of four, of whom one never came and one left neither telephone nor village."""
    return record_training(session, event=CLASS, participants=PEOPLE).id


def lines(session, event):
    return [row.id for row in event_sheet(session, event).rows]


def keyed(session, event, occasion, *letters, **more):
    rows = [
        {"participation_id": one, "letters": said} for one, said in zip(lines(session, event), letters, strict=False)
    ]
    return save_test_answers(session, event, "test_m01", occasion, "kertas", rows, **more)


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return [(problem.field, problem.code) for problem in caught.value.problems] or caught.value.code


def column(found, name, occasion):
    place = next(place for place, one in enumerate(found.own) if (one.name, one.occasion) == (name, occasion))
    return [row.states[place] for row in found.rows]


# What belongs to an event


def test_a_class_is_asked_before_after_and_months_later(session, event, today):
    found = event_questionnaires(session, event, on=today)
    assert [(one.name, one.occasion) for one in found.own] == [
        ("training_needs", "before"), ("test_m01", "before"), ("test_m01", "after"), ("follow_up_3", "month_3"),
        ("follow_up_6", "month_6"),
    ]  # fmt: skip
    assert [one.name for one in found.about] == ["reaction", "validation", "observation"]


def test_every_module_of_a_class_has_its_test(session, event, today):
    change_training(session, event, {"further_modules": ["M4"]})
    found = event_questionnaires(session, event, on=today)
    assert {one.name for one in found.own if one.kind == "test"} == {"test_m01", "test_m04"}


def test_an_awareness_event_is_asked_about_and_nobody_is_tested(session, today):
    radio = record_training(session, event={**CLASS, "training_type": "siaran"}).id
    found = event_questionnaires(session, radio, on=today)
    assert (found.own, [one.name for one in found.about]) == ((), ["reaction", "validation", "observation"])


def test_the_evaluation_expects_those_who_were_there_counted_ones_too(session, event, today):
    change_training(session, event, {"counted_women": 4})
    reaction = event_questionnaires(session, event, on=today).of("reaction", "after")
    assert (reaction.answered, reaction.expected, reaction.missing) == (0, 7, 7)


def test_whoever_never_came_is_not_missed_in_the_tests(session, event, today):
    keyed(session, event, "before", RIGHT)
    found = event_questionnaires(session, event, on=today)
    assert column(found, "test_m01", "before") == ["done", "missing", "missing", "absent"]
    assert found.of("test_m01", "before").missing == 2


def test_a_score_on_the_sheet_stands_for_a_test(session, today):
    event = record_training(session, event=CLASS, participants=[{**PEOPLE[0], "pre_score": 50.0}]).id
    found = event_questionnaires(session, event, on=today)
    assert (column(found, "test_m01", "before"), column(found, "test_m01", "after")) == (["score"], ["missing"])


def test_what_comes_later_is_not_missing_yet(session, event, today):
    found = event_questionnaires(session, event, on=today)
    assert column(found, "follow_up_6", "month_6") == ["not_yet", "not_yet", "no_contact", "absent"]
    assert found.of("follow_up_6", "month_6").from_on == dt.date(2027, 2, 6)


def test_a_village_account_is_not_told_who_answered_in_confidence(session, event, role):
    (first, *_rest) = lines(session, event)
    version = newest_version(session, "follow_up_3").id
    save_response(
        session, None, version_id=version, answers={}, state="begun", participation_id=first, occasion="month_3"
    )
    assert column(event_questionnaires(session, event, on=TODAY), "follow_up_3", "month_3")[0] == "begun"
    found = event_questionnaires(of_the_village(session, role), event, on=TODAY)
    asked = found.of("follow_up_3", "month_3")
    assert (asked.readable, asked.begun, asked.missing) == (False, 0, None)
    assert column(found, "follow_up_3", "month_3") == ["", "", "", ""]


def test_a_village_account_is_shown_nobody_to_follow_up(session, event, role):
    assert due_follow_ups(of_the_village(session, role), TODAY) == []


def test_a_village_account_asks_a_light_record_in_confidence_and_does_not_read_it(session, event, role):
    (first, *_rest) = due_follow_ups(session, TODAY)
    there = of_the_village(session, role)
    version = newest_version(there, "follow_up_3").id
    asked = save_response(there, None, version_id=version, answers={}, state="complete", **first.about)
    assert refused(response, there, asked) == "not_found"
    assert response(role(there, "counsellor"), asked).state == "complete"


def of_the_village(session, role):
    """The session of somebody who works in the village of the class."""
    from dataclasses import replace

    there = role(session, "collector")
    there.info["viewer"] = replace(there.info["viewer"], villages=frozenset({HERE}))
    return there


# A class's answers


def test_the_answers_of_a_class_are_answers_like_any_others(session, event):
    saved = keyed(session, event, "before", RIGHT, "ttttttt-")
    assert (saved.complete, saved.begun, saved.without_before) == (2, 0, 0)
    first = response(session, responses_about(session, event_id=event)[0].id)
    facts = first.asked
    assert (first.state, facts["occasion"], facts["mode"], facts["asked_on"]) == (
        "complete", "before", "kertas", dt.date(2026, 8, 5)
    )  # fmt: skip
    percents = {kept.participation_id: kept.answers["percent"] for kept in session.query(Response)}
    assert [percents[one] for one in lines(session, event)[:2]] == ["100", "0"]


def test_what_was_typed_comes_back_letter_by_letter(session, event):
    keyed(session, event, "before", RIGHT, "t-ab....", "CBADCABD")
    test = class_test(session, event, "test_m01", "before")
    assert [line.letters for line in test.lines] == [RIGHT, "t-ab....", RIGHT, "........"]


def test_a_line_with_questions_left_over_is_only_begun(session, event):
    saved = keyed(session, event, "before", "cb......")
    assert (saved.complete, saved.begun) == (0, 1)
    assert [one.state for one in responses_about(session, event_id=event)] == ["begun"]


def test_a_letter_is_put_right_and_everything_else_stays(session, event):
    keyed(session, event, "before", "abadcabd")
    (kept,) = session.query(Response)
    keyed(session, event, "before", RIGHT)
    assert (kept.answers["clear_goal"], kept.answers["percent"], session.query(Response).count()) == ("c", "100", 1)


def test_of_two_desks_each_puts_right_what_it_saw(session, event):
    keyed(session, event, "before", "aaaaaaaa")
    (first, *_rest) = lines(session, event)
    for letters in ("caaaaaaa", "abaaaaaa"):
        row = {"participation_id": first, "letters": letters, "before": "aaaaaaaa"}
        save_test_answers(session, event, "test_m01", "before", "kertas", [row])
    assert class_test(session, event, "test_m01", "before").lines[0].letters == "cbaaaaaa"


def test_after_is_asked_in_the_version_of_before(session, event):
    keyed(session, event, "before", RIGHT)
    old = class_test(session, event, "test_m01", "before").version_id
    newer = published_again(session)
    (first, *_rest) = lines(session, event)
    assert class_test(session, event, "test_m01", "after").version_id == old != newer
    about = {"event_id": event, "participation_id": first, "occasion": "after"}
    assert version_to_ask(session, "test_m01", about) == old


def test_before_and_after_make_a_pair(session, event):
    keyed(session, event, "before", "tttttttt")
    keyed(session, event, "after", RIGHT)
    (pair,) = list(asked_tests(session))
    assert (pair.pre, pair.post) == (0, 100)


def test_a_test_after_without_one_before_is_kept_and_said(session, event):
    keyed(session, event, "before", RIGHT)
    assert keyed(session, event, "after", RIGHT, RIGHT).without_before == 1


@pytest.mark.parametrize(
    ("letters", "problem"),
    [
        ("x-------", ("rows.0.letters.0", "letter_not_offered")),
        ("ccccccccc", ("rows.0.letters", "too_many_letters")),
    ],
)
def test_a_letter_that_means_nothing_is_refused_where_it_stands(session, event, letters, problem):
    assert refused(keyed, session, event, "before", letters) == [problem]
    assert responses_about(session, event_id=event) == []


def test_answers_of_somebody_who_is_not_on_the_sheet_are_refused(session, event):
    other = record_training(session, event=CLASS, participants=[{"name": "Wati"}]).id
    row = {"participation_id": lines(session, other)[0], "letters": RIGHT}
    kept = refused(save_test_answers, session, event, "test_m01", "before", "kertas", [row])
    assert kept == [("rows.0", "not_on_sheet")]


def test_another_version_than_before_is_refused(session, event):
    (first, *_rest) = lines(session, event)
    keyed(session, event, "before", "........", RIGHT, RIGHT)
    newer = published_again(session)
    save_response(
        session, None, version_id=newer, answers={}, state="complete", participation_id=first, occasion="before"
    )
    assert class_test(session, event, "test_m01", "after").lines[0].locked
    assert refused(keyed, session, event, "after", RIGHT) == [("rows.0.letters", "other_test_version")]
    assert refused(keyed, session, event, "after", "", RIGHT, version_id=newer) == [
        ("version_id", "other_test_version")
    ]


def test_only_a_test_is_written_down_by_letters(session, event):
    assert refused(class_test, session, event, "training_needs", "before") == "not_found"


def test_a_test_of_the_centre_s_own_is_typed_by_the_place_of_its_choices(session, event):
    form = """
| survey |
| | type             | name | label        |
| | select_one money | safe | Where is it? |
| choices |
| | list_name | name     | label  |
| | money     | mattress | At home |
| | money     | bank     | Bank    |
| settings |
| | form_title | form_id | version |
| | Own        | own     | 1       |
"""
    publish(session, read_form(form, name="own.md"), kind="test", about="person", sensitivity="ordinary")
    row = {"participation_id": lines(session, event)[0], "letters": "b"}
    save_test_answers(session, event, "own", "before", "kertas", [row])
    assert session.query(Response).one().answers == {"safe": "bank"}


def published_again(session):
    """The test in a version of the centre's own."""
    from dataclasses import replace

    from resource_centre.services.shipped_forms import read_shipped

    shipped = read_shipped("test_m01")
    form = replace(shipped, version="2027.1.1", xform=shipped.xform.replace("2026.11.1", "2027.1.1"))
    return publish(session, form, kind="test", about="person", sensitivity="ordinary").id


# Three and six months later


def test_participants_are_due_three_and_six_months_later(session, event):
    def due(day):
        return [(one.name, one.occasion) for one in due_follow_ups(session, day)]

    assert due(dt.date(2026, 11, 5)) == []
    assert due(dt.date(2026, 11, 6)) == [("Ahmad", "month_3"), ("Siti", "month_3")]
    assert due(dt.date(2027, 1, 20)) == []
    assert due(dt.date(2027, 2, 6)) == [("Ahmad", "month_6"), ("Siti", "month_6")]


def test_nobody_is_due_after_an_awareness_event_or_one_called_off(session, event):
    change_training(session, event, {"called_off": True})
    record_training(session, event={**CLASS, "training_type": "sosialisasi"}, participants=PEOPLE)
    assert due_follow_ups(session, TODAY) == []


def test_a_light_record_is_asked_and_its_answers_are_found_again(session, event):
    (first, *_rest) = due_follow_ups(session, TODAY)
    version = newest_version(session, first.questionnaire).id
    given = {"answers": {"closing/client_remark": "Baik"}, "state": "begun"}
    asked = save_response(session, None, version_id=version, **given, **first.about)
    kept = session.get(SensitiveResponse, asked)
    assert (kept.person_id, kept.event_id, kept.participation_id) == (None, event, first.participation_id)
    assert response(session, asked).answers == given["answers"]
    assert [one.name for one in due_follow_ups(session, TODAY)] == ["Siti"]


def test_answers_taken_back_make_somebody_due_again(session, event):
    (first, second) = due_follow_ups(session, TODAY)
    version = newest_version(session, first.questionnaire).id
    asked = save_response(session, None, version_id=version, answers={}, state="begun", **first.about)
    void_response(session, asked, "Salah orang")
    assert due_follow_ups(session, TODAY) == [first, second]


def test_somebody_who_could_not_be_reached_is_not_asked_again(session, event):
    day = TODAY
    first = due_follow_ups(session, day)[0]
    note_not_reached(session, first.participation_id, "month_3", "pindah")
    assert [one.name for one in due_follow_ups(session, day)] == ["Siti"]
    found = event_questionnaires(session, event, on=day)
    assert column(found, "follow_up_3", "month_3") == ["missing", "not_reached", "no_contact", "absent"]
    assert found.rows[1].reasons == {"month_3": "pindah"}
    note_not_reached(session, first.participation_id, "month_3", None)
    assert len(due_follow_ups(session, day)) == 2


def test_a_client_who_was_asked_elsewhere_meanwhile_is_not_asked_twice(session, register):
    who = register()
    record_training(session, event=CLASS, participants=[{"person_id": who, "days": "HH"}])
    day = TODAY
    assert [one.person_id for one in due_follow_ups(session, day)] == [who]
    version = newest_version(session, "follow_up_3").id
    save_response(session, None, version_id=version, answers={}, state="begun", person_id=who, asked_on=day)
    assert due_follow_ups(session, day) == []


# Whose answers they are


def test_answers_of_a_client_about_an_event_go_to_their_line_of_its_sheet(session, register):
    who = register()
    event = record_training(session, event=CLASS, participants=[{"person_id": who, "days": "HH"}]).id
    version = newest_version(session, "test_m01").id
    about = {"person_id": who, "event_id": event, "occasion": "before"}
    save_response(session, None, version_id=version, answers={}, state="complete", **about)
    assert session.query(Response).one().participation_id == lines(session, event)[0]


def test_answers_never_go_to_a_participant_of_another_event(session, event):
    other = record_training(session, event=CLASS, participants=[{"name": "Wati"}]).id
    version = newest_version(session, "test_m01").id
    about = {"event_id": event, "participation_id": lines(session, other)[0]}
    kept = refused(save_response, session, None, version_id=version, answers={}, state="complete", **about)
    assert kept == [("participation_id", "other_event")]
