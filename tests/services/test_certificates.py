# SPDX-License-Identifier: Apache-2.0
"""A certificate for who completed a class, and whether one that somebody shows is ours."""

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import Certificate, Person, TrainingEvent
from resource_centre.services.certificate_check import check_certificate
from resource_centre.services.certificates import (
    certificate_id,
    certificates_of,
    entitled,
    issue_certificates,
    withdraw_certificate,
)
from resource_centre.services.curriculum_default import default_curriculum
from resource_centre.services.curriculum_modules import event_values
from resource_centre.services.people import change_person
from resource_centre.services.training import (
    change_training,
    participation_id,
    record_training,
    remove_participant,
    save_attendance,
)
from resource_centre.services.voiding import void_record
from resource_centre.values.numbers import check_character, compose_number

HERE, ELSEWHERE = "52.03.01.2001", "52.03.02.2001"
FIVE_DAYS = {
    "training_type": "kelas", "module": "M2", "further_modules": ["M3"], "starts_on": dt.date(2026, 11, 2),
    "ends_on": dt.date(2026, 11, 6), "village_code": HERE, "hours": 12.5,
}  # fmt: skip
LAST_DAY = dt.date(2026, 11, 6)
SHEET = [
    {"name": "Sumiati", "days": "HHHHT"},
    {"name": "Baiq Ratna", "days": "HHHHA"},
    {"name": "Lalu Ahmad", "days": "HHHIA"},
    {"name": "Rohani", "days": "HHH--"},
    {"name": "Sri"},
]


@pytest.fixture
def event(session):
    return record_training(session, event=FIVE_DAYS, participants=SHEET).id


@pytest.fixture
def given(session, event):
    return issue_certificates(session, event, signed_by="Ratna Uji", issued_on=LAST_DAY)


def refused(work):
    with pytest.raises(Refused) as told:
        work()
    return {(one.field, one.code) for one in told.value.problems} or told.value.code


def test_completed_is_who_was_there_on_four_of_five_days(session, event):
    found = entitled(session, event)
    assert [(one.name, one.completed, one.why) for one in found] == [
        ("Sumiati", True, ""),
        ("Baiq Ratna", True, ""),
        ("Lalu Ahmad", False, "too_few"),
        ("Rohani", False, "unmarked"),
        ("Sri", False, "unmarked"),
    ]
    assert [one.words() for one in found[1:4]] == [
        "4 of 5 days",
        "3 of 5 days; at least 80% are needed",
        "3 of 5 days; not marked: 2",
    ]


def test_a_class_of_one_day_counts_that_day(session):
    short = FIVE_DAYS | {"ends_on": None}
    event = record_training(
        session, event=short, participants=[{"name": "Sri", "days": "T"}, {"name": "B", "days": "I"}]
    )
    assert [one.completed for one in entitled(session, event.id)] == [True, False]


def test_days_on_which_it_does_not_meet_are_not_missed(session):
    met = FIVE_DAYS | {"meets_on": ["2026-11-02", "2026-11-04", "2026-11-06"]}
    event = record_training(session, event=met, participants=[{"name": "Sri", "days": "HHH"}])
    (one,) = entitled(session, event.id)
    assert (one.completed, one.days) == (True, 3)


def test_all_who_completed_get_one_and_nobody_else(session, event, given):
    assert [(one.name, one.number[:15], one.signed_by, one.issued_on) for one in given] == [
        ("Sumiati", "LTM-26-A1-B0001", "Ratna Uji", LAST_DAY),
        ("Baiq Ratna", "LTM-26-A1-B0002", "Ratna Uji", LAST_DAY),
    ]
    assert [one.certificate is not None for one in entitled(session, event)] == [True, True, False, False, False]
    assert list(doctor.examine(session.connection())) == []


def test_giving_them_again_gives_no_second_one(session, event, given):
    numbers = [one.number for one in given]
    save_attendance(session, event, [{"id": entitled(session, event)[2].participation_id, "days": "HHHHA"}])
    later = issue_certificates(session, event, signed_by="Somebody", issued_on=dt.date(2026, 11, 9))
    assert [one.number for one in later[:2]] == numbers
    assert [one.signed_by for one in later] == ["Ratna Uji", "Ratna Uji", "Somebody"]
    assert later[2].number.startswith("LTM-26-A1-B0003")


def test_two_desks_that_give_one_to_the_same_line_give_the_same(session, register):
    person = register("Sumiati")
    event = record_training(session, event=FIVE_DAYS, participants=[{"person_id": person, "days": "HHHHH"}])
    (one,) = issue_certificates(session, event.id, signed_by="Ratna", issued_on=LAST_DAY)
    assert one.id == certificate_id(participation_id(event.id, person))


def test_who_has_not_completed_is_refused_by_line_without_a_name(session, event):
    chosen = [one.participation_id for one in entitled(session, event)[:3]]

    def issue():
        issue_certificates(session, event, chosen, signed_by="Ratna", issued_on=LAST_DAY)

    assert refused(issue) == {("rows.2.days", "not_completed")}
    assert certificates_of(session, event) == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"signed_by": " "}, ("signed_by", "required")),
        ({"issued_on": dt.date(2026, 11, 5)}, ("issued_on", "before_event_ends")),
        ({"issued_on": dt.date(2026, 11, 21)}, ("issued_on", "date_in_future")),
        ({"issued_on": None}, ("issued_on", "required")),
    ],
)
def test_what_is_missing_or_impossible_is_named(session, event, values, problem):
    made = {"signed_by": "Ratna", "issued_on": LAST_DAY} | values
    assert refused(lambda: issue_certificates(session, event, **made)) == {problem}


def test_an_event_that_was_called_off_certifies_nobody(session, event):
    change_training(session, event, {"called_off": True})
    assert {one.why for one in entitled(session, event)} == {"called_off"}
    issue = {"signed_by": "Ratna", "issued_on": LAST_DAY}
    assert refused(lambda: issue_certificates(session, event, **issue)) == {("called_off", "event_called_off")}


def test_a_line_of_another_event_gets_nothing_here(session, event):
    other = record_training(session, event=FIVE_DAYS, participants=[{"name": "Sri", "days": "HHHHH"}])
    (line,) = entitled(session, other.id)
    issue = {"signed_by": "Ratna", "issued_on": LAST_DAY}
    assert refused(lambda: issue_certificates(session, event, [line.participation_id], **issue)) == "not_found"


def test_a_valid_one_is_told_with_what_it_was_given_for(session, given):
    spoken = given[0].number.lower().replace("-", " ")
    told = check_certificate(session, spoken)
    assert (told.answer, told.number, told.name, told.hours) == ("valid", given[0].number, "Sumiati", 12.5)
    assert told.what == ("Household budget", "Saving")
    assert (told.starts_on, told.ends_on, told.village_code) == (dt.date(2026, 11, 2), LAST_DAY, HERE)
    assert told.warnings() == ()


def other_end(number):
    return number[:-1] + ("A" if number[-1] != "A" else "B")


def test_a_slip_a_foreign_number_and_none_at_all_are_told_apart(session, given):
    def number(**parts):
        return compose_number(**{"site": "LTM", "year": 2026, "device": "A1", "series": "B", "counter": 77} | parts)

    texts = {
        "": "no_number",
        "Sumiati": "no_number",
        other_end(given[0].number): "slip",
        number(series="C"): "other_series",
        number(site="KUP"): "other_centre",
        number(): "not_given",
    }
    assert {text: check_certificate(session, text).answer for text in texts} == texts
    assert len({check_certificate(session, text).words() for text in texts}) == 5


def test_a_withdrawn_one_says_since_when_and_why(session, given, today):
    withdraw_certificate(session, given[0].id, "name of somebody else")
    told = check_certificate(session, given[0].number)
    assert (told.answer, told.withdrawn_on, told.reason) == ("withdrawn", today, "name of somebody else")
    assert list(doctor.examine(session.connection())) == []


def test_withdrawing_needs_a_reason_and_happens_once(session, given):
    assert refused(lambda: withdraw_certificate(session, given[0].id, " ")) == {("void_reason", "required")}
    withdraw_certificate(session, given[0].id, "misprint")
    assert refused(lambda: withdraw_certificate(session, given[0].id, "again")) == "not_found"


def test_one_given_again_has_a_number_of_its_own_and_the_old_stays_withdrawn(session, event, given):
    old = given[0].number
    withdraw_certificate(session, given[0].id, "misprint")
    again = issue_certificates(session, event, signed_by="Ratna", issued_on=LAST_DAY)[0]
    assert again.id != given[0].id
    assert [check_certificate(session, one).answer for one in (old, again.number)] == ["withdrawn", "valid"]


def test_the_printed_name_is_told_when_the_client_goes_by_another_now(session, register):
    person = register("Sumiati")
    event = record_training(session, event=FIVE_DAYS, participants=[{"person_id": person, "days": "HHHHH"}])
    (one,) = issue_certificates(session, event.id, signed_by="Ratna", issued_on=LAST_DAY)
    change_person(session, person, {"full_name": "Sumiyati binti Amaq"})
    told = check_certificate(session, one.number)
    assert (told.name, told.renamed, len(told.warnings())) == ("Sumiati", True, 1)
    assert session.get(Person, person).full_name == "Sumiyati binti Amaq"


def test_what_became_of_the_event_is_told(session, event, given):
    change_training(session, event, {"called_off": True})
    assert check_certificate(session, given[0].number).called_off
    void_record(session, TrainingEvent, event, reason="entered twice")
    told = check_certificate(session, given[0].number)
    assert (told.answer, told.event_voided, len(told.warnings())) == ("valid", True, 2)


def test_that_a_participant_was_taken_off_the_sheet_is_told(session, event, given):
    remove_participant(session, given[0].participation_id, reason="keyed twice")
    told = check_certificate(session, given[0].number)
    assert (told.answer, told.taken_off, told.warnings()) == (
        "valid",
        True,
        ("The participant has been taken off the sheet since.",),
    )


def test_what_was_taught_is_told_in_the_words_of_the_curriculum(session, event, given):
    curriculum = default_curriculum("en")
    first, _second, third, *_rest = curriculum.modules
    change_training(session, event, event_values(curriculum.id, curriculum.name, (third, first)))
    assert check_certificate(session, given[0].number).what == (first.title, third.title)


@pytest.mark.parametrize(("village", "told"), [(ELSEWHERE, ("not_seen", "")), (HERE, ("valid", "Sumiati"))])
def test_a_collector_elsewhere_is_not_told_that_it_was_never_given(session, given, collector_session, village, told):
    session.commit()
    found = check_certificate(collector_session(village), given[0].number)
    assert (found.answer, found.name) == told


def test_the_number_that_was_not_kept_still_finds_the_certificate(session, given):
    from resource_centre.records import Conflict

    lost = compose_number(site="LTM", year=2026, device="B2", series="B", counter=1)
    told = {"row_id": given[0].id, "field": "number", "site": "x", "seq": 1, "tbl": Certificate.__tablename__}
    session.add(Conflict(**told, value=lost))
    session.flush()
    found = check_certificate(session, lost)
    assert (found.answer, found.name, found.number_now) == ("valid", "Sumiati", given[0].number)


def test_the_check_character_is_that_of_the_whole_number(given):
    assert check_character(given[0].number[:-2]) == given[0].number[-1]
