"""Somebody comes for the first time: everything they tell is saved in one act, or nothing is."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import (
    Address,
    Change,
    Contact,
    Identifier,
    IntakeInterview,
    MigrationEpisode,
    NumberSeries,
    Person,
    Service,
)
from resource_centre.services.contacts import record_contact
from resource_centre.services.intake import check_intake, register_intake
from resource_centre.services.intake_sections import FORM_VERSION
from resource_centre.services.people import person_record
from resource_centre.values.numbers import read_number

VILLAGE = "52.03.01.2001"
SITI = {"full_name": "  Siti Aminah ", "sex": "P", "birth_date": "1984-05", "unanswered": {"safe_phone": "not_asked"}}
STAY = {"destination_country": "MYS", "departure_date": "2019", "return_date": "2026-09", "return_type": "DEPORTASI"}
NIK = "5203014705840001"


def words(refused):
    return {(problem.field, problem.code) for problem in refused.value.problems}


def count(session, record):
    return session.scalar(sa.select(sa.func.count()).select_from(record))


def test_an_intake_saves_everything_at_once(session, today):
    saved = register_intake(
        session,
        person=SITI,
        identifiers=[{"kind": "nik", "value": "5203 0147 0584 0001"}, {"kind": "phone", "value": "0812-3456-7890"}],
        address={"village_code": VILLAGE, "hamlet": "Dasan Lekong"},
        episode=STAY,
        contact={"channel": "walk_in", "services": ["INF_RIGHTS", "LEG_CONSULT"]},
        open_case=True,
    )
    session.commit()
    record = person_record(session, saved.person_id)
    assert (record.person.full_name, record.person.registered_on) == ("Siti Aminah", today)
    assert record.person.unanswered == {"safe_phone": "not_asked"}
    assert (record.number_of("nik"), record.number_of("phone")) == (NIK, "+6281234567890")
    assert record.address.hamlet == "Dasan Lekong"
    assert [(stay.destination_country, stay.return_type) for stay in record.episodes] == [("MYS", "DEPORTASI")]
    assert [(case.number, case.status) for case in record.cases] == [(saved.case_number, "baru")]
    services = session.execute(sa.select(Service.service_type, Service.contact_id, Service.given_on)).all()
    assert set(services) == {(code, saved.contact_id, today) for code in ("INF_RIGHTS", "LEG_CONSULT")}
    assert session.get(Contact, saved.contact_id).held_on == today
    assert list(doctor.examine(session.connection())) == []


def test_the_person_gets_a_number_that_can_be_read_out(session):
    numbers = [
        register_intake(session, person={"full_name": name, "sex": "P"}).number for name in ("Sumiati", "Rohani")
    ]
    readings = [read_number(number) for number in numbers]
    assert [(one.site, one.year, one.series, one.counter) for one in readings] == [
        ("LTM", 2026, "C", 1),
        ("LTM", 2026, "C", 2),
    ]


def test_one_save_of_the_person_is_one_line_of_the_trail(session):
    saved = register_intake(session, person=SITI)
    assert session.scalar(sa.select(sa.func.count()).where(Change.row_id == saved.person_id)) == 1


def test_a_mistake_anywhere_saves_nothing_and_takes_no_number(session):
    with pytest.raises(Refused) as refused:
        register_intake(
            session,
            person={"full_name": " ", "sex": "X", "birth_date": "1984-13"},
            identifiers=[{"kind": "phone", "value": "0812-3456-7890"}, {"kind": "nik", "value": "12345"}],
            address={"village_code": "52.03.99.9999"},
            episode=STAY | {"return_date": "2018"},
            contact={"services": ["HAIRCUT"]},
            open_case=True,
        )
    assert words(refused) == {
        ("person.full_name", "required"),
        ("person.sex", "not_in_list"),
        ("person.birth_date", "not_a_date"),
        ("identifiers.1.value", "nik_length"),
        ("address.village_code", "not_a_place"),
        ("episode.return_date", "return_before_departure"),
        ("contact.channel", "required"),
        ("contact.services", "not_in_list"),
    }
    for record in (Person, Identifier, Address, MigrationEpisode, Contact, NumberSeries):
        assert count(session, record) == 0


def test_a_reason_is_an_answer_too(session):
    saved = register_intake(
        session,
        person={"full_name": "Rohani", "unanswered": {"sex": "unknown"}},
        episode={"destination_country": "MYS", "unanswered": {"return_date": "unknown", "return_type": "refused"}},
    )
    assert session.get(MigrationEpisode, saved.episode_id).unanswered == {
        "return_date": "unknown",
        "return_type": "refused",
    }


def test_a_reason_that_nobody_knows_is_refused(session):
    with pytest.raises(Refused) as refused:
        register_intake(session, person={"full_name": "Rohani", "unanswered": {"sex": "because"}})
    assert ("person.sex", "not_in_list") in words(refused)


def test_a_number_that_contradicts_the_answers_is_a_warning_only(session):
    saved = register_intake(
        session,
        person={"full_name": "Sumiati", "sex": "L", "birth_date": "1985"},
        identifiers=[{"kind": "nik", "value": NIK}],
    )
    found = {(problem.field, problem.code, problem.severity) for problem in saved.warnings}
    assert found == {
        ("person.sex", "nik_sex", "warning"),
        ("person.birth_date", "nik_birth", "warning"),
        ("identifiers.0.value", "nik_sex", "warning"),
        ("identifiers.0.value", "nik_birth", "warning"),
    }


def test_warnings_can_be_seen_before_saving(session):
    person = {"full_name": "Sumiati", "sex": "L", "birth_date": "1984"}
    problems = check_intake(session, person=person, identifiers=[{"kind": "nik", "value": NIK}])
    assert {problem.code for problem in problems} == {"nik_sex"}
    assert count(session, Person) == 0


def test_the_same_nik_is_not_registered_twice(session):
    register_intake(session, person=SITI, identifiers=[{"kind": "nik", "value": NIK}])
    with pytest.raises(Refused) as refused:
        register_intake(
            session,
            person={"full_name": "Siti Aminah", "sex": "P"},
            identifiers=[{"kind": "nik", "value": "52.0301.470584.0001"}],
        )
    assert words(refused) == {("identifiers.0.value", "already_known")}


def test_a_family_may_share_a_telephone(session):
    for name in ("Siti Aminah", "Ahmad"):
        register_intake(
            session, person={"full_name": name, "sex": "P"}, identifiers=[{"kind": "phone", "value": "081234567890"}]
        )
    assert count(session, Person) == 2


def test_somebody_known_comes_back_and_has_moved(session, today):
    first = register_intake(session, person=SITI, address={"village_code": VILLAGE}, open_case=True)
    again = register_intake(
        session,
        person={"id": first.person_id, "safe_phone": "0812 3456 7890"},
        address={"village_code": "52.03.02.2001"},
        contact={"channel": "phone"},
        open_case=True,
    )
    record = person_record(session, first.person_id)
    assert (again.person_id, again.case_id) == (first.person_id, first.case_id)
    assert record.person.full_name == "Siti Aminah"
    assert record.person.safe_phone == "+6281234567890"
    assert record.person.unanswered == {}
    assert record.address.village_code == "52.03.02.2001"
    assert {(one.village_code, one.valid_to) for one in record.addresses} == {
        (VILLAGE, today),
        ("52.03.02.2001", None),
    }
    assert count(session, Person) == 1


def test_nobody_is_registered_in_the_future(session, today):
    with pytest.raises(Refused) as refused:
        register_intake(session, person=SITI, on=today + dt.timedelta(days=1))
    assert words(refused) == {("person.registered_on", "date_in_future")}


def test_a_collector_registers_people_of_their_own_villages(collector_session):
    mine = collector_session(VILLAGE)
    saved = register_intake(mine, person=SITI, address={"village_code": VILLAGE}, episode=STAY, open_case=True)
    mine.commit()
    assert person_record(mine, saved.person_id).address.village_code == VILLAGE
    for address, code in (({"village_code": "52.03.02.2001"}, "out_of_scope"), (None, "required")):
        with pytest.raises(Refused) as refused:
            register_intake(mine, person=SITI, address=address)
        assert words(refused) == {("address.village_code", code)}


def test_a_collector_cannot_reach_somebody_elsewhere_through_an_intake(session, collector_session):
    saved = register_intake(session, person=SITI, address={"village_code": "52.03.02.2001"})
    session.commit()
    with pytest.raises(Refused, match="not_found"):
        register_intake(collector_session(VILLAGE), person={"id": saved.person_id, "alias": "Ami"})


def test_an_intake_is_the_same_on_a_server(either_centre):
    with either_centre.change() as session:
        saved = register_intake(session, person=SITI, address={"village_code": VILLAGE}, episode=STAY, open_case=True)
    with either_centre.read() as session:
        assert person_record(session, saved.person_id).cases[0].number == saved.case_number
        assert list(doctor.examine(session.connection())) == []


def test_an_unnamed_contact_becomes_that_of_the_person_with_its_services(session):
    contact = record_contact(session, values={"channel": "walk_in"}, services=["INF_RIGHTS"])
    saved = register_intake(session, person=SITI, contact_id=contact.id, interview={})
    assert (saved.contact_id, session.get(Contact, contact.id).person_id) == (contact.id, saved.person_id)
    assert session.scalars(sa.select(Service.person_id)).all() == [saved.person_id]
    assert count(session, Contact) == 1


def test_a_contact_of_somebody_else_is_not_taken_over(session):
    other = register_intake(session, person=SITI, contact={"channel": "walk_in"})
    with pytest.raises(Refused):
        register_intake(session, person={"full_name": "Rohani", "sex": "P"}, contact_id=other.contact_id)


def test_the_interview_begins_on_the_day_of_the_registration(session, today):
    day = today - dt.timedelta(days=2)
    register_intake(session, person=SITI, interview={}, on=day)
    interview = session.scalars(sa.select(IntakeInterview)).one()
    assert (interview.held_on, interview.staff, interview.form_version) == (day, "Ratna Uji", FORM_VERSION)
