"""Each answer is judged by what its field says it is, whoever asks: a form or a register."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.problems import Problem, errors
from resource_centre.records import (
    Address,
    Case,
    Contact,
    CounsellingSession,
    FollowUp,
    Identifier,
    MigrationEpisode,
    Participation,
    Person,
    TrainingEvent,
)
from resource_centre.services.check import check_identifier, check_person, check_record

TODAY = dt.date(2026, 11, 20)
LONG_AGO = dt.date(1999, 1, 1)
TOMORROW = dt.date(2026, 11, 21)
PERSON = {"full_name": "Sumiati", "sex": "P", "registered_on": TODAY}
STAY = {"destination_country": "MYS", "return_date": "2026-09", "return_type": "DEPORTASI"}
SESSION = {"held_on": TODAY, "service_type": "CNS_REINT"}
EVENT = {"training_type": "kelas", "starts_on": TODAY}


def found(record, values, unanswered=None):
    return {(one.field, one.code) for one in check_record(record, values, unanswered, on=TODAY)}


@pytest.mark.parametrize(
    ("record", "sound", "change", "problem"),
    [
        (Person, PERSON, {"full_name": ""}, ("full_name", "required")),
        (Person, PERSON, {"full_name": "x" * 201}, ("full_name", "too_long")),
        (Person, PERSON, {"birth_date": "17-5-1984"}, ("birth_date", "not_a_date")),
        (Person, PERSON, {"birth_date": "1984-02-30"}, ("birth_date", "not_a_date")),
        (Person, PERSON, {"birth_date": "2027"}, ("birth_date", "date_in_future")),
        (Person, PERSON, {"birth_date": 1984}, ("birth_date", "not_a_date")),
        (Person, PERSON, {"registered_on": TOMORROW}, ("registered_on", "date_in_future")),
        (Person, PERSON, {"registered_on": "20 November"}, ("registered_on", "not_a_date")),
        (Person, PERSON | {"birth_date": "2000"}, {"registered_on": LONG_AGO}, ("registered_on", "before_birth")),
        (Person, PERSON, {"nationality": "Indonesia"}, ("nationality", "not_in_list")),
        (Person, PERSON, {"safe_phone": "nanti"}, ("safe_phone", "phone_form")),
        (Person, PERSON, {"may_leave_message": "yes"}, ("may_leave_message", "not_in_list")),
        (Address, {"kind": "current"}, {"village_code": "52.03.99.9999"}, ("village_code", "not_a_place")),
        (Address, {"village_code": "52.03.01.2001", "kind": "current"}, {"kind": "hut"}, ("kind", "not_in_list")),
        (MigrationEpisode, STAY, {"unpaid_wages": -1}, ("unpaid_wages", "negative")),
        (MigrationEpisode, STAY, {"unpaid_wages": "a lot"}, ("unpaid_wages", "not_a_number")),
        (MigrationEpisode, STAY, {"return_date": "2027-01"}, ("return_date", "date_in_future")),
        (MigrationEpisode, STAY, {"departure_date": "2026-10"}, ("return_date", "return_before_departure")),
        (CounsellingSession, SESSION, {"held_on": TOMORROW}, ("held_on", "date_in_future")),
        (CounsellingSession, SESSION, {"minutes": True}, ("minutes", "not_a_number")),
        (CounsellingSession, SESSION, {"next_on": dt.date(2026, 11, 19)}, ("next_on", "next_before_session")),
        (CounsellingSession, SESSION, {"risk": "tinggi"}, ("risk_action", "risk_without_action")),
        (TrainingEvent, EVENT, {"ends_on": dt.date(2026, 11, 19)}, ("ends_on", "ends_before_start")),
        (TrainingEvent, EVENT, {"hours": -2.0}, ("hours", "negative")),
        (Participation, {"name": "Baiq"}, {"pre_score": 101}, ("pre_score", "out_of_range")),
        (Participation, {"name": "Baiq"}, {"post_score": -0.5}, ("post_score", "negative")),
        (CounsellingSession, SESSION, {"minutes": 3000}, ("minutes", "out_of_range")),
        (CounsellingSession, SESSION, {"held_on": dt.date(202, 6, 1)}, ("held_on", "out_of_range")),
        (CounsellingSession, SESSION, {"next_on": dt.date(2206, 6, 1)}, ("next_on", "out_of_range")),
        (Person, PERSON, {"birth_date": "1084"}, ("birth_date", "out_of_range")),
        (MigrationEpisode, STAY, {"unpaid_wages": 10**20}, ("unpaid_wages", "out_of_range")),
        (TrainingEvent, EVENT, {"hours": float("nan")}, ("hours", "not_a_number")),
        (Participation, {"name": "Baiq"}, {"age": 131}, ("age", "out_of_range")),
        (Participation, {"name": "Baiq"}, {"days": "HX"}, ("days", "not_a_mark")),
        (Participation, {"name": "Baiq"}, {"name": None}, ("name", "required")),
        (Case, {"opened_on": TODAY}, {"closed_on": dt.date(2026, 11, 19), "closure_reason": "PINDAH"},
         ("closed_on", "ends_before_start")),
        (Case, {"opened_on": TODAY}, {"closed_on": TODAY}, ("closure_reason", "required")),
    ],
)  # fmt: skip
def test_a_mistake_is_found_where_it_is(record, sound, change, problem):
    assert check_record(record, sound, {"village_code": "unknown"} if record is Address else None, on=TODAY) == ()
    assert found(record, sound | change) == {problem}


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (MigrationEpisode, STAY | {"departure_date": "2026", "return_date": "2026-09-01"}),
        (MigrationEpisode, STAY | {"departure_date": "2026-09-30", "return_date": "2026"}),
        (FollowUp, {"due_on": TOMORROW}),
        (TrainingEvent, EVENT | {"starts_on": TOMORROW, "ends_on": TOMORROW, "hours": 6}),
        (CounsellingSession, SESSION | {"next_on": TOMORROW, "risk": "tinggi", "risk_action": "aunt was called"}),
        (Participation, {"person_id": "x", "pre_score": 0, "post_score": 100.0, "days": "HTIA-"}),
        (Person, PERSON | {"birth_date": "2026", "may_send_whatsapp": False}),
        (Contact, {"held_on": TODAY, "channel": "walk_in"}),
    ],
)
def test_what_can_be_is_not_complained_of(record, values):
    assert check_record(record, values, on=TODAY) == ()


def test_all_mistakes_are_told_at_once():
    assert found(Person, {"sex": "X", "birth_date": "yesterday"}) == {
        ("full_name", "required"),
        ("registered_on", "required"),
        ("sex", "not_in_list"),
        ("birth_date", "not_a_date"),
    }


def test_a_reason_for_no_answer_stands_for_the_answer():
    assert found(Person, {"full_name": "Sumiati", "registered_on": TODAY}, {"sex": "refused"}) == set()
    assert found(Person, {"full_name": "Sumiati", "registered_on": TODAY}, {"sex": "tired"}) == {("sex", "not_in_list")}


@pytest.mark.parametrize("risk", ["sedang", "tinggi"])
def test_a_risk_without_action_is_not_saved(risk):
    found = errors(check_record(CounsellingSession, SESSION | {"risk": risk}, on=TODAY))
    assert [(one.field, one.code) for one in found] == [("risk_action", "risk_without_action")]


@pytest.mark.parametrize(
    ("kind", "value", "code", "severity"),
    [
        ("nik", "520301470584000", "nik_length", "error"),
        ("nik", "5203013205840001", "nik_day", "error"),
        ("nik", "5203013002840001", "nik_date", "error"),
        ("nik", "0003011705840001", "nik_province", "error"),
        ("nik", "5299011705840001", "nik_regency", "warning"),
        ("nik", "5203011705840000", "nik_serial", "warning"),
        ("passport", "A12", "passport_form", "error"),
        ("passport", "AB1234567", "passport_form", "warning"),
        ("phone", "nomor hilang", "phone_form", "error"),
    ],
)
def test_numbers_are_judged_by_their_kind(kind, value, code, severity):
    assert check_record(Identifier, {"kind": kind, "value": value}, on=TODAY) == (Problem("value", code, severity),)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("nik", "5203011705840001"), ("nik", "9901011705840001"), ("passport", "B1234567"), ("phone", "0812-3456-7890"),
     ("other", "whatever it says")],
)  # fmt: skip
def test_sound_numbers_are_taken(kind, value):
    assert check_identifier({"kind": kind, "value": value}, on=TODAY) == ()


def test_a_nik_is_compared_with_sex_and_birth():
    nik = [{"kind": "nik", "value": "5203015705840001"}]
    assert check_person({"sex": "P", "birth_date": "1984-05-17"}, nik, on=TODAY) == ()
    assert check_person({"sex": "P", "birth_date": "1984"}, nik, on=TODAY) == ()
    assert check_person({}, nik, on=TODAY) == ()
    assert {(one.field, one.code) for one in check_person({"sex": "L", "birth_date": "1983"}, nik, on=TODAY)} == {
        ("sex", "nik_sex"),
        ("birth_date", "nik_birth"),
    }


def test_no_problem_tells_what_was_typed():
    problems = check_record(Person, {"full_name": "Sumiati", "sex": "secret", "birth_date": "secret"}, on=TODAY)
    assert problems
    assert all("secret" not in f"{one} {one.words()}" for one in problems)
