# SPDX-License-Identifier: Apache-2.0
"""The number on a paper finds its record again, and nobody else's."""

import datetime as dt

import pytest

from resource_centre.services.cases import open_case
from resource_centre.services.complaints import open_complaint
from resource_centre.services.find_number import find_number
from resource_centre.services.intake import register_intake
from resource_centre.services.referrals import record_referral


@pytest.fixture
def made(session):
    """A client, a case, a referral and a complaint."""
    day = dt.date(2026, 11, 2)
    who = {"full_name": "Siti Aminah", "sex": "P"}
    home = {"village_code": "52.03.01.2001"}
    saved = register_intake(session, person=who, address=home, on=day)
    case = open_case(session, person_id=saved.person_id, on=day)
    referral = record_referral(session, person_id=saved.person_id, values={}, on=day)
    complaint = open_complaint(
        session, person_id=saved.person_id, values={"complaint_type": "GAJI_TDK_DIBAYAR"}, on=day
    )
    session.commit()
    return {"case": case, "referral": referral, "complaint": complaint}


@pytest.mark.parametrize("noun", ["case", "referral", "complaint"])
def test_each_number_opens_what_it_stands_on(session, made, noun):
    found = find_number(session, made[noun].number)
    assert (found.noun, found.id, found.case_id) == (noun, made[noun].id, made["case"].id)


def test_the_clients_number_opens_the_client(session, made):
    from resource_centre.records import Person

    person = session.get(Person, made["case"].person_id)
    found = find_number(session, person.number)
    assert (found.noun, found.id) == ("person", person.id)


def test_small_letters_and_missing_dashes_do_not_matter(session, made):
    spoken = made["case"].number.lower().replace("-", " ")
    assert find_number(session, spoken).id == made["case"].id


def test_a_slip_finds_nothing(session, made):
    number = made["case"].number
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    assert find_number(session, wrong) is None


@pytest.mark.parametrize("text", ["", "Siti Aminah", "52.03.01.2001", "LTM"])
def test_what_is_no_number_of_ours_finds_nothing(session, text):
    assert find_number(session, text) is None


@pytest.mark.parametrize(("village", "found"), [("52.03.02.2001", False), ("52.03.01.2001", True)])
def test_who_may_not_see_somebody_finds_nothing(made, collector_session, village, found):
    assert (find_number(collector_session(village), made["case"].number) is not None) is found


def test_numbers_of_a_certificate_and_of_a_trainer_open_them(session):
    from resource_centre.services.certificates import issue_certificates
    from resource_centre.services.trainers import register_trainer
    from resource_centre.services.training import record_training

    event = {"training_type": "kelas", "starts_on": dt.date(2026, 11, 2)}
    held = record_training(session, event=event, participants=[{"name": "Sumiati", "days": "H"}])
    (given,) = issue_certificates(session, held.id, signed_by="Ratna", issued_on=dt.date(2026, 11, 2))
    trainer = register_trainer(session, {"name": "Lalu Uji", "level": "pelatih"})
    found = [find_number(session, one.number) for one in (given, trainer)]
    assert [(one.noun, one.id) for one in found] == [("certificate", given.id), ("trainer", trainer.id)]
