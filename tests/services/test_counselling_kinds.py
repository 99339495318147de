# SPDX-License-Identifier: Apache-2.0
"""Sessions that are not of the usual kind: groups, risk, what is said in confidence, a course and its completion."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.records import ConfidentialNote, CounsellingSession
from resource_centre.services.cases import open_case
from resource_centre.services.check import check_record
from resource_centre.services.counselling import (
    change_session,
    confidential_note,
    keep_in_confidence,
    people_of_group,
    record_group_session,
    record_session,
    sessions_of,
)
from resource_centre.services.counselling_courses import courses_of, record_course, running_course
from resource_centre.services.follow_ups import coming
from resource_centre.services.intake import register_intake

DAY = dt.timedelta(days=1)
TALK = {"service_type": "CNS_PSY_GRP", "topics": ["perasaan"]}
NOTE = "Takut bertemu calo itu lagi."


@pytest.fixture
def sumiati(register):
    return register("Sumiati")


@pytest.fixture
def held(session, sumiati):
    return record_session(session, person_id=sumiati, values={"service_type": "CNS_REINT"})


def refused(work):
    with pytest.raises(Refused) as error:
        work()
    return [(one.field, one.code) for one in error.value.problems] or error.value.code


def test_a_group_session_is_everybodys_session_and_one_group(session, register):
    people = [register(name) for name in ("Ani", "Budi", "Citra")]
    record_session(session, person_id=people[0], values={"service_type": "CNS_REINT"})
    held = record_group_session(session, people, TALK | {"minutes": 90})
    assert [one.person_id for one in held] == people
    assert [one.session_number for one in held] == [2, 1, 1]
    assert {(one.session_type, one.minutes, tuple(one.topics)) for one in held} == {("kelompok", 90, ("perasaan",))}
    (group_id,) = {one.group_id for one in held}
    assert [one.full_name for one in people_of_group(session, group_id)] == ["Ani", "Budi", "Citra"]


def test_two_groups_on_one_day_stay_apart(session, sumiati):
    first, second = (record_group_session(session, [sumiati], TALK)[0] for _time in range(2))
    assert first.group_id != second.group_id


def test_somebody_named_twice_is_there_once(session, sumiati):
    assert len(record_group_session(session, [sumiati, sumiati], TALK)) == 1


def test_the_groups_next_meeting_is_due_for_everybody(session, register, today):
    record_group_session(session, [register("Ani"), register("Budi")], TALK | {"next_on": today + 7 * DAY})
    assert [one.full_name for one in coming(session, on=today)] == ["Ani", "Budi"]


def test_a_group_of_nobody_is_refused(session):
    assert refused(lambda: record_group_session(session, [], TALK)) == [("person_id", "required")]


def test_what_is_said_of_one_is_not_written_on_all(session, sumiati):
    said = TALK | {"risk": "rendah", "client_words": "Saya lega."}
    problems = refused(lambda: record_group_session(session, [sumiati], said))
    assert problems == [("client_words", "of_one_person"), ("risk", "of_one_person")]
    assert sessions_of(session, sumiati) == []


def test_whose_session_is_not_valid_is_not_in_the_group(session, register):
    held = record_group_session(session, [register("Ani"), register("Budi")], TALK)
    void(session, held[0], "was not there")
    assert [one.full_name for one in people_of_group(session, held[1].group_id)] == ["Budi"]


def test_a_group_is_one_group_on_either_database(either_centre):
    with either_centre.change() as session:
        people = [
            register_intake(session, person={"full_name": name, "sex": "P"}).person_id for name in ("Ani", "Budi")
        ]
        record_group_session(session, people, TALK)
    with either_centre.read() as session:
        group_id = session.scalars(select(CounsellingSession.group_id).distinct()).one()
        assert [one.full_name for one in people_of_group(session, group_id)] == ["Ani", "Budi"]


@pytest.mark.parametrize("risk", ["sedang", "tinggi"])
def test_a_risk_that_is_not_small_needs_what_was_done(session, sumiati, risk):
    talk = {"service_type": "CNS_REINT", "risk": risk}
    problems = refused(lambda: record_session(session, person_id=sumiati, values=talk))
    assert problems == [("risk_action", "risk_without_action")]
    record_session(session, person_id=sumiati, values=talk | {"risk_action": "kakaknya menemani"})
    assert [one.risk for one in sessions_of(session, sumiati)] == [risk]


def test_what_was_done_cannot_be_taken_away_later(session, sumiati):
    talk = {"service_type": "CNS_REINT", "risk": "tinggi", "risk_action": "kakaknya menemani"}
    held = record_session(session, person_id=sumiati, values=talk)
    assert refused(lambda: change_session(session, held.id, {"risk_action": None})) == [
        ("risk_action", "risk_without_action")
    ]


def test_what_is_said_in_confidence_is_kept_beside_the_session(session, held):
    keep_in_confidence(session, held.id, NOTE)
    assert confidential_note(session, held.id).note == NOTE
    keep_in_confidence(session, held.id, f"{NOTE} Jangan ditulis di surat.")
    assert session.scalars(select(ConfidentialNote.note)).all() == [f"{NOTE} Jangan ditulis di surat."]


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_an_empty_note_is_no_note(session, held, nothing):
    assert keep_in_confidence(session, held.id, nothing) is None
    keep_in_confidence(session, held.id, NOTE)
    keep_in_confidence(session, held.id, nothing)
    assert confidential_note(session, held.id) is None


def test_a_village_laptop_neither_reads_nor_writes_it(centre, session, sumiati, held, collector_session):
    keep_in_confidence(session, held.id, NOTE)
    session.commit()
    collector = collector_session("52.03.01.2001")
    assert confidential_note(collector, held.id) is None
    assert refused(lambda: keep_in_confidence(collector, held.id, "dari desa")) == "not_allowed"


def test_the_trail_of_a_session_holds_nothing_of_the_note(session, sumiati, held):
    from resource_centre.services.timeline import timeline

    keep_in_confidence(session, held.id, NOTE)
    assert NOTE not in repr(timeline(session, sumiati))


def test_a_course_belongs_to_the_case_and_runs_until_it_ends(session, sumiati, today):
    case = open_case(session, person_id=sumiati)
    course = record_course(session, sumiati, {"observations": ["sulit_tidur"], "sessions_planned": 6})
    assert (course.case_id, course.begun_on, running_course(session, sumiati)) == (case.id, today, course)
    ending = {"ended_on": today, "completed": True, "evaluation": "membaik", "more_needed": False}
    record_course(session, sumiati, ending, course_id=course.id)
    assert running_course(session, sumiati) is None
    assert [(one.sessions_planned, one.evaluation) for one in courses_of(session, sumiati)] == [(6, "membaik")]


@pytest.mark.parametrize(
    ("ending", "problem"),
    [
        ({"completed": False, "ended_on": dt.date(2026, 11, 20)}, ("dropout_reason", "required")),
        ({"completed": True}, ("ended_on", "required")),
        ({"completed": True, "ended_on": dt.date(2026, 11, 1)}, ("ended_on", "ends_before_start")),
    ],
)
def test_an_ending_says_when_and_why(session, sumiati, ending, problem):
    assert refused(lambda: record_course(session, sumiati, ending)) == [problem]


def test_what_two_people_wrote_in_confidence_is_both_kept(session, held):
    keep_in_confidence(session, held.id, NOTE)
    keep_in_confidence(session, held.id, "Dari koordinator.", opened_with=NOTE)
    keep_in_confidence(session, held.id, "Dari konselor.", opened_with=NOTE)
    assert confidential_note(session, held.id).note == "Dari koordinator.\n\nDari konselor."


@pytest.mark.parametrize(
    ("field", "text", "warned"),
    [
        ("observation", "Klien depresi berat", True),
        ("observation", "Klien DEPRESI.", True),
        ("topic", "diduga skizofrenia", True),
        ("observation", "Banyak diam, mata berkaca-kaca", False),
        ("observation", "terdepresiasi", False),
        ("client_words", "Saya depresi.", False),
    ],
)
def test_a_diagnosis_is_hinted_at_and_does_not_stand_in_the_way(session, sumiati, field, text, warned, today):
    talk = {"service_type": "CNS_REINT", "held_on": today, field: text}
    found = [one for one in check_record(CounsellingSession, talk, on=today) if one.code == "names_diagnosis"]
    assert [(one.field, one.severity) for one in found] == ([(field, "warning")] if warned else [])
    assert record_session(session, person_id=sumiati, values=talk).id
