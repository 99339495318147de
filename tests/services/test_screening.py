# SPDX-License-Identifier: Apache-2.0
"""The quick screen: asked in private or not at all, answered with one sentence, kept for the protection officer."""

import pytest
from sqlalchemy import select

from resource_centre.access import COUNSELLOR
from resource_centre.errors import Refused
from resource_centre.records import Draft, ExploitationScreening, fields_of
from resource_centre.services.drafts import save_draft
from resource_centre.services.protection import concerns, concerns_of, mark_of, screenings_of
from resource_centre.services.screening import hotlines, indicates, questions, screen

AGREED = {"agreed_to_talk": True}


def test_every_question_of_the_record_has_its_points_and_nothing_else_has():
    asked = [one.name for one in fields_of(ExploitationScreening) if one.format == "yes_no"]
    assert [one.name for one in questions()] == asked[1:]
    assert [sum(one.part == part for one in questions()) for part in ("quick", "ilo")] == [7, 11]
    assert all(one.source and one.verified in ("yes", "no") for one in (*questions(), *hotlines()))


def test_no_answer_is_no_indication():
    assert not indicates({})
    assert not indicates({one.name: False for one in questions()})


@pytest.mark.parametrize("name", ["papers_withheld", "movement_denied", "against_will", "ilo_violence", "ilo_debt"])
def test_one_strong_answer_is_enough(name):
    assert indicates({name: True})


def test_of_the_others_it_takes_two():
    assert not indicates({"long_hours": True})
    assert indicates({"long_hours": True, "fees_from_pay": True})


def test_an_indication_is_one_sentence_a_concern_and_the_mark(session, role, register):
    person_id = register()
    found = screen(
        role(session, COUNSELLOR), person_id, AGREED | {"papers_withheld": True, "remarks": "Paspor di agen"}
    )
    assert found.words() == "Indication - refer to the protection officer."
    assert mark_of(session, person_id) is not None
    assert session.scalars(select(ExploitationScreening)).all() == []
    officer = role(session, "protection_officer")
    assert [one.kind for one in concerns_of(officer, person_id)] == ["TPPO"]
    assert [(one.papers_withheld, one.remarks) for one in screenings_of(officer, person_id)] == [
        (True, "Paspor di agen")
    ]


def test_without_one_there_is_neither_concern_nor_mark_and_the_answers_are_kept(session, officer, register):
    person_id = register()
    found = screen(session, person_id, AGREED | {"long_hours": True}, {"threatened": "refused"})
    assert (found.indication, found.words()) == (False, "No indication noted.")
    assert mark_of(session, person_id) is None
    at_work = officer(session)
    assert concerns(at_work) == []
    assert screenings_of(at_work, person_id)[0].unanswered == {"threatened": "refused"}


def test_the_words_never_say_what_somebody_is(session, register, monkeypatch):
    from resource_centre import i18n

    person_id = register()
    for language in ("id", "en"):
        i18n.set_language(language)
        for values in (AGREED, AGREED | {"against_will": True}, {"agreed_to_talk": False}):
            words = screen(session, person_id, values).words().lower()
            assert not [one for one in ("korban", "victim", "tppo", "traffick") if one in words]


def test_who_does_not_agree_is_asked_nothing(session, officer, register):
    person_id = register()
    with pytest.raises(Refused) as caught:
        screen(session, person_id, {"agreed_to_talk": False, "against_will": True})
    assert [(one.field, one.code) for one in caught.value.problems] == [("agreed_to_talk", "screening_stops")]
    assert screen(session, person_id, {"agreed_to_talk": False}).asked is False
    assert mark_of(session, person_id) is None
    assert len(screenings_of(officer(session), person_id)) == 1


def test_whether_they_agree_must_be_said(session, register):
    with pytest.raises(Refused) as caught:
        screen(session, register(), {})
    assert [(one.field, one.code) for one in caught.value.problems] == [("agreed_to_talk", "required")]


def test_what_was_half_typed_goes_with_the_save(session, register):
    person_id, other = register(), register("Ana Uji")
    for whose in (person_id, other):
        save_draft(session, form="screening", body={"against_will": True}, record_id=whose)
    screen(session, person_id, AGREED)
    assert session.scalars(select(Draft.record_id)).all() == [other]
