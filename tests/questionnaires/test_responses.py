# SPDX-License-Identifier: Apache-2.0
"""Asking somebody: begun, gone on with, completed, corrected by a colleague; and where it is told of afterwards."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from io import BytesIO

import pytest
import sqlalchemy as sa

from resource_centre import i18n
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.doctor import examine
from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Change, Conflict, Participation, Response, SensitiveResponse, TrainingEvent
from resource_centre.services.answer_checks import word_problems
from resource_centre.services.attachments import attach, attachments_of, content_of
from resource_centre.services.cases import close_case, open_case
from resource_centre.services.closing import closing_of
from resource_centre.services.drafts import draft_of, save_draft
from resource_centre.services.intake import register_intake
from resource_centre.services.protection import carry_over
from resource_centre.services.questionnaires import newest_version, publish, withdraw
from resource_centre.services.response_lists import (
    begun_by_me,
    centre_responses,
    last_survey,
    responses_about,
    responses_of,
    responses_to,
)
from resource_centre.services.responses import response, save_response, void_response
from resource_centre.services.timeline import timeline
from resource_centre.services.trail import trail_of

VILLAGE = "52.03.01.2001"
HOME = """
| survey |
| | type              | name    | label                     | required | constraint | calculation |
| | begin_group       | house   | The house                 |          |            | |
| | select_one yes_no | water   | Is there clean water?     | yes      |            | |
| | integer           | rooms   | How many rooms are there? | yes      | . < 30     | |
| | end_group         |         |                           |          |            | |
| | text              | wish    | What would help most?     |          |            | |
| | begin_repeat      | child   | A child                   |          |            | |
| | integer           | age     | How old?                  |          |            | |
| | end_repeat        |         |                           |          |            | |
| | image             | photo   | A picture of the house    |          |            | |
| | calculate         | crowded |                           |          |            | if(${rooms} < 2, 'yes', 'no') |
| choices |
| | list_name | name | label |
| | yes_no    | yes  | Yes   |
| | yes_no    | no   | No    |
| settings |
| | form_title | form_id | version |
| | Home       | home    | 1       |
"""
COMPLETE = {"house/water": "yes", "house/rooms": "3", "crowded": "no"}


@pytest.fixture(scope="module")
def home():
    """A form about somebody's home."""
    return read_form(HOME, name="home.md")


@pytest.fixture
def published(session, home):
    """Puts the form on the shelf; returns the id of its version."""

    def put(*, kind="survey", about="person", sensitivity="ordinary", form=home):
        return publish(session, form, kind=kind, about=about, sensitivity=sensitivity).id

    return put


@pytest.fixture
def version(published):
    return published()


def registered(session, name="Siti Aminah"):
    return register_intake(
        session, person={"full_name": name, "sex": "P"}, identifiers=[], address={"village_code": VILLAGE}
    ).person_id


@pytest.fixture
def siti(session):
    return registered(session)


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return [(problem.field, problem.code) for problem in caught.value.problems] or caught.value.code


def test_what_was_begun_is_gone_on_with_another_day(session, version, siti):
    begun = save_response(
        session, None, version_id=version, answers={"house/water": "yes"}, state="begun", person_id=siti
    )
    opened = response(session, begun)
    assert (opened.answers, opened.state, opened.kept_as_draft) == ({"house/water": "yes"}, "begun", False)
    save_response(session, begun, version_id=version, answers=COMPLETE, state="complete")
    opened = response(session, begun)
    assert (opened.answers, opened.state, opened.asked["person_id"]) == (COMPLETE, "complete", siti)


def test_who_asked_and_when_is_known_without_being_said(session, version, siti):
    asked = save_response(session, None, version_id=version, answers=COMPLETE, state="complete", person_id=siti)
    kept = session.get(Response, asked)
    assert (kept.asked_by, kept.asked_on) == ("Ratna Uji", today())
    assert (kept.questionnaire, kept.form_version) == ("home", "1")


def test_why_there_is_no_answer_comes_back_by_place(session, version, siti):
    why = {"house/rooms": "refused", "child[2]/age": "unknown"}
    answers = {"house/water": "no", "child[1]/age": "4", "child[2]": ""}
    asked = save_response(
        session, None, version_id=version, answers=answers, unanswered=why, state="complete", person_id=siti
    )
    assert response(session, asked).unanswered == why
    assert session.get(Response, asked).unanswered == {
        "answers.house/rooms": "refused",
        "answers.child[2]/age": "unknown",
    }


def test_an_answer_takes_the_place_of_the_reason_there_was_none(session, version, siti):
    asked = save_response(
        session,
        None,
        version_id=version,
        answers={},
        unanswered={"house/rooms": "unknown"},
        state="begun",
        person_id=siti,
    )
    save_response(session, asked, version_id=version, answers={"house/rooms": "2"}, before={}, state="begun")
    assert response(session, asked).unanswered == {}


def test_a_reason_given_for_a_field_of_the_record_stays(session, version, siti):
    asked = save_response(session, None, version_id=version, answers={}, state="begun", person_id=siti)
    session.get(Response, asked).unanswered = {"village_code": "not_asked"}
    save_response(session, asked, version_id=version, answers={}, unanswered={"wish": "refused"}, state="begun")
    assert session.get(Response, asked).unanswered == {"village_code": "not_asked", "answers.wish": "refused"}


def test_a_form_with_holes_is_not_complete(session, version, siti):
    about = {"version_id": version, "state": "complete", "person_id": siti}
    wrong = {"house/water": "yes", "house/rooms": "31"}
    assert refused(save_response, session, None, answers={}, **about) == [
        ("house/water", "required_unanswered"),
        ("house/rooms", "required_unanswered"),
    ]
    assert refused(save_response, session, None, answers=wrong, **about) == [("house/rooms", "constraint")]
    assert responses_of(session, siti) == []


def test_of_two_windows_each_keeps_what_the_other_answered(session, version, siti):
    asked = save_response(
        session, None, version_id=version, answers={"wish": "roof", "child[1]/age": "4"}, state="begun", person_id=siti
    )
    opened = response(session, asked).answers
    mine, hers = {**opened, "house/rooms": "2"}, {"wish": "a roof", "house/water": "no"}
    for told in (mine, hers):
        save_response(session, asked, version_id=version, answers=told, before=opened, state="begun")
    assert response(session, asked).answers == {"wish": "a roof", "house/rooms": "2", "house/water": "no"}


def test_only_the_answers_that_changed_go_into_the_log(session, version, siti):
    asked = save_response(session, None, version_id=version, answers={"wish": "roof"}, state="begun", person_id=siti)
    more = {"wish": "roof", "house/rooms": "2"}
    save_response(session, asked, version_id=version, answers=more, before={"wish": "roof"}, state="begun")
    bodies = session.scalars(sa.select(Change.body).where(Change.row_id == asked).order_by(Change.seq)).all()
    assert list(json.loads(bodies[1])) == ["answers.house/rooms"]
    assert [entry.kind for entry in trail_of(session, asked)] == ["changed", "created"]
    assert session.scalars(sa.select(Conflict)).all() == []


def test_a_slower_window_does_not_undo_that_it_was_completed(session, version, siti):
    asked = save_response(session, None, version_id=version, answers={}, state="begun", person_id=siti)
    save_response(session, asked, version_id=version, answers=COMPLETE, before={}, state="complete")
    save_response(session, asked, version_id=version, answers={"wish": "roof"}, before={}, state="begun")
    assert (response(session, asked).state, response(session, asked).answers["wish"]) == ("complete", "roof")


def test_what_is_complete_is_not_made_incomplete(session, version, siti):
    asked = save_response(session, None, version_id=version, answers=COMPLETE, state="complete", person_id=siti)
    holes = refused(save_response, session, asked, version_id=version, answers={}, before=COMPLETE, state="begun")
    assert ("house/water", "required_unanswered") in holes


def test_answers_stay_with_the_version_they_were_given_to(session, published, home, siti):
    first = published()
    asked = save_response(session, None, version_id=first, answers=COMPLETE, state="begun", person_id=siti)
    second = published(form=replace(home, version="2"))
    assert refused(save_response, session, asked, version_id=second, answers=COMPLETE, state="begun") == [
        ("version_id", "other_version")
    ]
    assert response(session, asked).form.version == "1"


def test_what_is_said_of_the_asking_changes_only_where_it_is_said_again(session, version, siti):
    asked = save_response(
        session,
        None,
        version_id=version,
        answers={},
        state="begun",
        person_id=siti,
        mode="telepon",
        occasion="baseline",
    )
    save_response(session, asked, version_id=version, answers={}, state="begun", occasion="midline")
    kept = response(session, asked).asked
    assert (kept["mode"], kept["occasion"], kept["person_id"]) == ("telepon", "midline", siti)


def test_answers_are_not_given_to_somebody_else(session, version, siti):
    other = registered(session, "Rohani")
    named = {"version_id": version, "answers": COMPLETE, "state": "complete"}
    asked = save_response(session, None, **named, person_id=siti)
    assert refused(save_response, session, asked, **named, person_id=other) == "owner"
    assert refused(save_response, session, asked, **named, person_id=None) == "owner"
    save_response(session, asked, **named, person_id=siti)
    assert [row.id for row in responses_of(session, siti)] == [asked]


def test_answers_without_a_name_may_be_given_to_whoever_gave_them(session, version, siti):
    named = {"version_id": version, "answers": COMPLETE, "state": "complete"}
    asked = save_response(session, None, **named, village_code=VILLAGE)
    assert refused(save_response, session, asked, **named, person_id=asked) == "not_found"
    save_response(session, asked, **named, person_id=siti)
    assert [row.id for row in responses_of(session, siti)] == [asked]


def test_a_line_of_an_attendance_sheet_says_who_and_which_event(session, version, siti):
    event = TrainingEvent(starts_on=dt.date(2026, 11, 2), village_code=VILLAGE)
    line = Participation(event_id=event.id, person_id=siti)
    session.add_all([event, line])
    session.flush()
    named = {"version_id": version, "answers": COMPLETE, "state": "complete", "occasion": "before"}
    asked = save_response(session, None, **named, participation_id=line.id)
    assert [(row.person_id, row.event_id) for row in responses_about(session, event_id=event.id)] == [(siti, event.id)]
    assert [row.participation_id for row in responses_of(session, siti) if row.id == asked] == [line.id]


def test_an_occasion_that_is_not_in_the_list_is_refused(session, version, siti):
    named = {"version_id": version, "answers": {}, "state": "begun", "person_id": siti}
    assert refused(save_response, session, None, **named, occasion="lebaran") == [("occasion", "not_in_list")]


def test_the_forms_own_draft_goes_with_the_save(session, version, siti):
    save_draft(session, form="questionnaire", body={"wish": "roof"}, record_id=siti)
    named = {"version_id": version, "answers": {}, "state": "begun", "person_id": siti}
    save_response(session, None, **named, draft=("questionnaire", siti))
    assert draft_of(session, form="questionnaire", record_id=siti) is None


def test_nothing_new_is_asked_with_a_withdrawn_questionnaire(session, version, siti):
    begun = save_response(session, None, version_id=version, answers={}, state="begun", person_id=siti)
    withdraw(session, "home").withdrawn_on = today() - dt.timedelta(1)
    late = {"version_id": version, "answers": {}, "state": "begun", "person_id": siti}
    assert refused(save_response, session, None, **late) == [("asked_on", "questionnaire_withdrawn")]
    save_response(session, begun, version_id=version, answers=COMPLETE, state="complete")
    assert response(session, begun).state == "complete"


def test_a_submission_is_taken_in_once(session, version, siti):
    brought = {
        "version_id": version, "answers": COMPLETE, "state": "complete", "person_id": siti, "submission_uuid": "uuid:1",
        "came_with": {"_submission_time": "2026-11-02T08:00:00"},
    }  # fmt: skip
    taken = save_response(session, None, **brought)
    assert refused(save_response, session, None, **brought) == "taken_in_already"
    assert response(session, taken).came_with == {"_submission_time": "2026-11-02T08:00:00"}


# Lists


def test_a_person_and_a_questionnaire_show_what_was_asked(session, version, siti):
    other = registered(session, "Rohani")
    for person, day in ((siti, 1), (siti, 3), (other, 2)):
        answers = COMPLETE | {"child[1]": ""}
        save_response(
            session, None, version_id=version, answers=answers, state="complete", person_id=person,
            asked_on=dt.date(2026, 11, day), occasion="baseline",
        )  # fmt: skip
    rows = responses_of(session, siti)
    assert [(row.asked_on.day, row.title, row.occasion) for row in rows] == [
        (3, "Home", "baseline"),
        (1, "Home", "baseline"),
    ]
    assert rows[0].answered == 2, "neither what the form works out nor an empty turn is an answer"
    assert [row.asked_on.day for row in responses_to(session, "home")] == [3, 2, 1]


def test_what_i_began_waits_for_me_and_not_for_others(session, version, siti):
    begun = save_response(session, None, version_id=version, answers={}, state="begun", person_id=siti)
    save_response(session, None, version_id=version, answers=COMPLETE, state="complete", person_id=siti)
    assert [row.id for row in begun_by_me(session)] == [begun]
    assert begun_by_me(session, registered(session, "Rohani")) == []
    session.info["viewer"] = replace(session.info["viewer"], account_id=siti)
    assert begun_by_me(session) == []


def test_an_event_and_the_centre_have_answers_of_their_own(session, published, home, siti):
    event = TrainingEvent(starts_on=dt.date(2026, 11, 2), village_code=VILLAGE)
    session.add(event)
    about_event = published(about="event")
    assert refused(save_response, session, None, version_id=about_event, answers=COMPLETE, state="complete") == [
        ("event_id", "required")
    ]
    told = save_response(session, None, version_id=about_event, answers=COMPLETE, state="complete", event_id=event.id)
    own = published(about="centre", form=replace(home, name="audit", version="1"))
    checked = save_response(session, None, version_id=own, answers=COMPLETE, state="complete")
    assert [row.id for row in responses_about(session, event_id=event.id)] == [told]
    assert [row.id for row in centre_responses(session)] == [checked]


def test_what_is_not_valid_is_in_no_list(session, version, siti):
    asked = save_response(session, None, version_id=version, answers=COMPLETE, state="complete", person_id=siti)
    void_response(session, asked, "asked of the wrong person")
    assert responses_of(session, siti) == []
    assert refused(response, session, asked) == "not_found"


# Words that are not for everybody


def test_what_everybody_reads_never_names_hiv(session, version, siti):
    told = COMPLETE | {"wish": "obat HIV"}
    named = {"version_id": version, "answers": told, "person_id": siti}
    for state in ("begun", "complete"):
        assert refused(save_response, session, None, **named, state=state) == [("wish", "names_hiv")]


def test_nor_does_the_note_beside_the_answers(session, version, siti):
    named = {"version_id": version, "answers": COMPLETE, "state": "complete", "remarks": "minum ARV"}
    assert refused(save_response, session, None, **named, person_id=siti) == [("remarks", "names_hiv")]
    assert save_response(session, None, **named)


def test_what_case_workers_read_is_only_a_warning(session, published, home, siti):
    version = published(sensitivity="sensitive")
    told = COMPLETE | {"wish": "obat HIV"}
    save_response(session, None, version_id=version, answers=told, state="complete", person_id=siti)
    (problem,) = word_problems(home, told, sensitivity="sensitive", about="person")
    assert (problem.field, problem.code, problem.severity) == ("wish", "names_hiv", "warning")


def test_a_diagnosis_is_a_hint_where_somebody_writes_what_they_saw(home):
    told = {"wish": "klien depresi"}
    named = {"sensitivity": "sensitive", "about": "person"}
    assert [one.code for one in word_problems(home, told, kind="observation", **named)] == ["names_diagnosis"]
    assert word_problems(home, told, kind="survey", **named) == ()


def test_the_centre_may_speak_of_its_own_work(home):
    assert word_problems(home, {"wish": "penyuluhan HIV"}, sensitivity="ordinary", about="centre") == ()


# Files


def picture():
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return made.getvalue()


def test_a_picture_that_answers_is_attached_to_the_person(session, version, siti):
    asked = save_response(
        session, None, version_id=version, answers={"photo": "rumah.jpg"}, state="begun", person_id=siti
    )
    attach(session, siti, picture(), title="rumah", about="Response", about_id=asked)
    (kept,) = attachments_of(session, siti, about="Response", about_id=asked)
    assert content_of(session, kept.id).media_type == "image/jpeg"


def test_nothing_is_attached_to_protected_answers(session, published, siti):
    asked = save_response(
        session, None, version_id=published(sensitivity="protected"), answers={}, state="begun", person_id=siti
    )
    about = {"title": "paspor", "about": "ProtectedResponse", "about_id": asked}
    assert refused(attach, session, siti, picture(), **about) == [("file", "special_protection")]


# Elsewhere in the program


def test_the_timeline_says_that_something_was_asked_and_nothing_of_what(session, version, siti):
    asked = save_response(
        session, None, version_id=version, answers={"wish": "roof"}, state="begun", person_id=siti, occasion="baseline"
    )
    (item,) = [item for item in timeline(session, siti) if item.kind == "questionnaire"]
    assert (item.facts, item.record, item.record_id) == (("Home", "Baseline", "not finished"), "Response", asked)


def test_the_timeline_calls_a_form_of_the_program_in_ones_own_language(session, siti):
    version = newest_version(session, "who5").id
    save_response(session, None, version_id=version, answers={}, state="begun", person_id=siti)
    i18n.set_language("id")
    (item,) = [item for item in timeline(session, siti) if item.kind == "questionnaire"]
    assert item.facts == ("Indeks Kesejahteraan WHO-5", "belum selesai")


def test_of_protected_answers_the_timeline_says_nothing_even_to_an_officer(session, published, siti):
    version = published(sensitivity="protected")
    session.info["viewer"] = replace(session.info["viewer"], role="protection_officer")
    save_response(session, None, version_id=version, answers=COMPLETE, state="complete", person_id=siti)
    assert len(responses_of(session, siti)) == 1
    assert [item for item in timeline(session, siti) if item.kind == "questionnaire"] == []


@pytest.fixture
def surveyed(session, published, siti):
    """Somebody with a case who was asked twice, the second time not to the end."""
    version = published(sensitivity="sensitive")
    for day, state in ((3, "complete"), (5, "begun")):
        named = {"person_id": siti, "asked_on": dt.date(2026, 11, day)}
        save_response(session, None, version_id=version, answers=COMPLETE, state=state, **named)
    return open_case(session, person_id=siti)


def test_closing_a_case_knows_the_day_of_the_last_survey(session, surveyed, siti):
    assert closing_of(session, surveyed.id).last_survey_on == dt.date(2026, 11, 3)
    assert last_survey(session, siti, kind="wellbeing") is None
    closed = close_case(session, case_id=surveyed.id, reason="TUJUAN_TERCAPAI", values={"client_told": True})
    assert closed.last_survey_on == dt.date(2026, 11, 3)


def test_a_day_of_the_last_survey_that_was_written_down_stays(session, surveyed):
    said = {"client_told": True, "last_survey_on": dt.date(2026, 10, 1)}
    assert close_case(session, case_id=surveyed.id, reason="TUJUAN_TERCAPAI", values=said).last_survey_on.month == 10


def test_answers_go_along_when_somebody_turns_out_to_be_known(session, published, siti):
    stand_in = registered(session, "Aminah")
    for sensitivity, name in (("ordinary", "home"), ("sensitive", "home2")):
        form = replace(read_form(HOME, name="home.md"), name=name)
        version = published(sensitivity=sensitivity, form=form)
        save_response(session, None, version_id=version, answers=COMPLETE, state="complete", person_id=stand_in)
    carry_over(session, stand_in, siti)
    assert {row.name for row in responses_of(session, siti)} == {"home", "home2"}
    assert responses_of(session, stand_in) == []


def test_an_erased_answer_is_gone_from_the_log_as_well(session, published, siti):
    from resource_centre.log.erasing import is_blank
    from resource_centre.log.receive import receive
    from resource_centre.log.shape import digest
    from resource_centre.log.writing import take_numbers
    from resource_centre.records.change import ERASE

    version = published(sensitivity="sensitive")
    named = {"version_id": version, "state": "begun", "person_id": siti}
    asked = save_response(session, None, answers={"wish": "atap seng"}, **named)
    save_response(session, asked, version_id=version, answers={"wish": "atap genteng"}, state="begun")
    site, seq = take_numbers(session, 1)
    entry = {"site": site, "seq": seq, "wall_ms": 1, "actor": None, "tbl": "sensitive_response", "row_id": asked}
    proof = digest(site, seq, "sensitive_response", asked, "{}")
    receive(session, [entry | {"kind": ERASE, "schema_no": 1, "body": "{}", "digest": proof}])
    assert session.get(SensitiveResponse, asked) is None
    bodies = session.scalars(sa.select(Change.body).where(Change.row_id == asked)).all()
    # Whose it was stays, so that erasing them later reaches it wherever it is.
    assert all(is_blank(body) and "atap" not in body for body in bodies)


def test_answers_are_kept_the_same_on_both_databases(either_centre, home):
    with either_centre.session() as session:
        person = registered(session)
        version = publish(session, home, kind="survey", about="person", sensitivity="ordinary").id
        asked = save_response(
            session, None, version_id=version, answers={"wish": "roof"}, state="begun", person_id=person
        )
        session.commit()
        assert [row.id for row in begun_by_me(session)] == [row.id for row in begun_by_me(session, person)] == [asked]
        save_response(session, asked, version_id=version, answers=COMPLETE, before={"wish": "roof"}, state="complete")
        session.commit()
    with either_centre.read() as session:
        assert list(examine(session.connection())) == [], "the tables are what the log says"
        assert [row.id for row in responses_to(session, "home")] == [asked]
        assert centre_responses(session) == []
        assert response(session, asked).answers == COMPLETE
        assert [row.answered for row in responses_of(session, person)] == [2]
        assert begun_by_me(session) == []
        assert last_survey(session, person) == today()
        assert [item.kind for item in timeline(session, person) if item.kind == "questionnaire"] == ["questionnaire"]
