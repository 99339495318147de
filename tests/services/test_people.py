"""People: what is known of them, how it changes, and who may be the same person."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.i18n import using
from resource_centre.log.voiding import void
from resource_centre.records import NumberSeries, Person, Site
from resource_centre.services.numbers import next_number, next_numbers
from resource_centre.services.people import (
    change_episode,
    change_person,
    identify,
    likely_duplicates,
    move_person,
    person_record,
    record_episode,
    register_person,
)
from resource_centre.services.voiding import restore_record, void_record
from resource_centre.values.numbers import read_number

NIK = "5203015705840001"


def test_a_correction_changes_only_what_was_corrected(session, register):
    person_id = register(mother_name="Inaq Sum")
    change_person(session, person_id, {"full_name": "Siti Aminah Hasan"}, {"birth_date": "refused"})
    person = person_record(session, person_id).person
    assert (person.full_name, person.mother_name, person.sex) == ("Siti Aminah Hasan", "Inaq Sum", "P")
    assert person.unanswered == {"birth_date": "refused"}


def test_an_answer_takes_the_place_of_the_reason_for_none(session, register):
    person_id = register(unanswered={"birth_date": "refused", "safe_phone": "not_asked"})
    change_person(session, person_id, {"birth_date": "1984"})
    assert person_record(session, person_id).person.unanswered == {"safe_phone": "not_asked"}


def test_what_is_typed_is_tidied_before_it_is_kept(session, register):
    person_id = register(" Siti\u200b  Aminah\n", registered_on="2026-11-02", alias="  ", safe_phone="0812-3456-7890")
    person = person_record(session, person_id).person
    assert (person.full_name, person.alias) == ("Siti  Aminah", None)
    assert (person.registered_on, person.safe_phone) == (dt.date(2026, 11, 2), "+6281234567890")


def test_the_second_of_two_windows_is_told(session, register):
    person_id = register()
    seen = person_record(session, person_id).person.version
    change_person(session, person_id, {"alias": "Ami"}, version=seen)
    with pytest.raises(Refused, match="changed_meanwhile"):
        change_person(session, person_id, {"alias": "Minah"}, version=seen)


def test_a_correction_with_a_mistake_changes_nothing(session, register):
    person_id = register()
    with pytest.raises(Refused):
        change_person(session, person_id, {"full_name": "Aminah", "sex": "X"})
    assert person_record(session, person_id).person.full_name == "Siti Aminah"


def test_a_number_is_kept_in_one_form_however_it_was_typed(session, register):
    person_id = register()
    identify(session, person_id, "nik", "5203.0157.0584.0001")
    identify(session, person_id, "phone", "0812 3456 7890", "suami")
    identify(session, person_id, "passport", "b 1234567")
    record = person_record(session, person_id)
    assert [(one.kind, one.value, one.note) for one in record.identifiers] == [
        ("nik", NIK, None),
        ("phone", "+6281234567890", "suami"),
        ("passport", "B1234567", None),
    ]


def test_the_same_number_again_only_gets_its_note(session, register):
    person_id = register(phone="081234567890")
    identify(session, person_id, "phone", "+62 812-3456-7890", "istri")
    assert [(one.value, one.note) for one in person_record(session, person_id).identifiers] == [
        ("+6281234567890", "istri")
    ]


def test_a_number_of_somebody_else_is_refused_unless_that_record_is_void(session, register):
    first = register(nik=NIK)
    second = register("Rohani")
    with pytest.raises(Refused):
        identify(session, second, "nik", NIK)
    void(session, session.get(Person, first), "entered twice")
    identify(session, second, "nik", NIK)
    assert person_record(session, second).number_of("nik") == NIK


def test_moving_keeps_the_old_address(session, register, today):
    person_id = register()
    move_person(session, person_id, {"village_code": "52.03.02.2001"}, on=today - dt.timedelta(days=3))
    move_person(session, person_id, {"village_code": "52.03.01.2001", "kind": "ktp"})
    record = person_record(session, person_id)
    assert record.address.village_code == "52.03.02.2001"
    ended = {(one.village_code, one.kind): one.valid_to for one in record.addresses}
    assert ended == {
        ("52.03.01.2001", "current"): today - dt.timedelta(days=3),
        ("52.03.02.2001", "current"): None,
        ("52.03.01.2001", "ktp"): None,
    }


def test_stays_abroad_are_shown_newest_first(session, register):
    person_id = register()
    for back in ("2015", "2026-09-17", "2019-05"):
        stay = {"destination_country": "MYS", "return_date": back, "return_type": "KONTRAK_SELESAI"}
        last = record_episode(session, person_id, stay)
    change_episode(session, last.id, {"destination_country": "TWN"})
    shown = [(one.return_date, one.destination_country) for one in person_record(session, person_id).episodes]
    assert shown == [("2026-09-17", "MYS"), ("2019-05", "TWN"), ("2015", "MYS")]


def test_nobody_came_back_before_they_were_born(session, register):
    person_id = register(birth_date="1990-05")
    stay = {"destination_country": "MYS", "return_date": "1990", "return_type": "KONTRAK_SELESAI"}
    record_episode(session, person_id, stay)
    with pytest.raises(Refused) as refused:
        record_episode(session, person_id, stay | {"return_date": "1990-04", "departure_date": "1980"})
    assert {(one.field, one.code) for one in refused.value.problems} == {
        ("return_date", "before_birth"),
        ("departure_date", "before_birth"),
    }


def test_a_person_marked_as_not_valid_is_not_there_until_restored(session, register):
    person_id = register()
    with pytest.raises(Refused) as refused:
        void_record(session, Person, person_id, reason="  ")
    assert [(one.field, one.code) for one in refused.value.problems] == [("void_reason", "required")]
    void_record(session, Person, person_id, reason="entered twice")
    with pytest.raises(Refused, match="not_found"):
        person_record(session, person_id)
    restore_record(session, Person, person_id)
    assert person_record(session, person_id).person.void_reason is None


def test_numbers_run_on_and_start_again_each_year(session):
    days = (dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 1, 2))
    readings = [read_number(next_number(session, "C", day)) for day in days]
    assert [(one.year, one.counter) for one in readings] == [(2025, 1), (2026, 1), (2026, 2)]
    more = [read_number(one).counter for one in next_numbers(session, "C", days[2], 3)]
    assert more == [3, 4, 5]
    assert read_number(next_number(session, "K", days[2])).counter == 1


def test_a_number_that_was_not_saved_is_given_again(centre, today):
    with centre.session() as session:
        unsaved = next_number(session, "C", today)
    with centre.session() as session:
        assert next_number(session, "C", today) == unsaved


def test_two_laptops_never_give_the_same_number(session, today):
    session.add(Site(id="b" * 13, device="B3", last_seq=0))
    first = next_number(session, "C", today)
    session.info["site"] = "b" * 13
    second = next_number(session, "C", today)
    assert (read_number(first).device, read_number(second).device) == ("A1", "B3")
    assert session.scalar(sa.select(sa.func.count()).select_from(NumberSeries)) == 2


def test_a_single_name_is_enough(session):
    assert register_person(session, values={"full_name": "Sumiati", "sex": "P"}).number


DESCRIBED = {"full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-05-17", "village_code": "52.03.01.2001"}


def found(session, **described):
    return [(one.full_name, one.reasons) for one in likely_duplicates(session, **described)]


def test_the_same_nik_is_the_same_person_whatever_the_name(session, register):
    register("Aminah", nik=NIK)
    (likely,) = likely_duplicates(session, full_name="Siti A.", nik="5203-0157-0584-0001")
    assert (likely.score, likely.reasons[0]) == (100, "same_nik")


@pytest.mark.parametrize(
    "written", ["Hj. Siti Aminah", "St. Aminah", "SITI  AMINAH", "Sitti Aminah", "Aminah Siti", "Siti Amina", "Aminah"]
)
def test_one_name_has_many_spellings(session, register, written):
    register(written, birth_date="1984-05-17")
    assert [name for name, _reasons in found(session, **DESCRIBED)] == [written]


def test_reasons_say_what_speaks_for_and_against(session, register):
    register("Siti Aminah", birth_date="1984", village="52.03.02.2001")
    register("Siti Aminah", birth_date="1984-05-17")
    by_name = likely_duplicates(session, **DESCRIBED)
    assert [one.reasons for one in by_name] == [
        ("same_name", "same_birth", "same_village"),
        ("same_name", "birth_agrees"),
    ]
    with using("en"):
        assert by_name[0].words() == ("the same name", "the same date of birth", "the same village")


def test_a_mistyped_nik_speaks_for_and_another_against(session, register):
    register("Siti Aminah", birth_date="1984", nik=NIK)
    (likely,) = likely_duplicates(session, full_name="Siti Aminah", nik="5203015705840007")
    assert likely.reasons == ("near_nik", "same_name", "same_birth"), "the NIK tells when somebody was born"
    assert likely.score > 90
    assert likely_duplicates(session, full_name="Siti Aminah", nik="5203024101990003") == []


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Siti Aminah", "birth_date": "1960", "village": "52.03.02.2001"},
        {"name": "Siti Aminah", "sex": "L", "birth_date": "1990-01-01"},
        {"name": "Siti Rohani", "birth_date": "1984-05-17"},
        {"name": "Zulkarnain", "phone": "081234567890"},
    ],
)
def test_somebody_else_is_left_alone(session, register, other):
    register(**other)
    assert found(session, **DESCRIBED) == []


def test_one_is_not_likely_to_be_oneself_or_somebody_void(session, register):
    own, twin = register(birth_date="1984-05-17"), register(birth_date="1984-05-17")
    void(session, session.get(Person, twin), "entered twice")
    assert likely_duplicates(session, **DESCRIBED, without=own) == []


def test_a_collector_is_told_of_neighbours_only(session, register, collector_session):
    register(birth_date="1984-05-17", village="52.03.02.2001", nik=NIK)
    session.commit()
    here = collector_session("52.03.01.2001")
    assert likely_duplicates(here, **DESCRIBED, nik=NIK) == []
    register("Sitti Aminah", birth_date="1984", open_session=here)
    assert [one.full_name for one in likely_duplicates(here, **DESCRIBED, nik=NIK)] == ["Sitti Aminah"]


def test_nobody_is_asked_about_without_a_name(session, register):
    register()
    assert likely_duplicates(session, full_name=" . ") == []


def test_looking_for_likely_people_reads_no_table_through(session, register, read_through):
    register(nik=NIK)
    tables, questions = read_through(lambda: likely_duplicates(session, **DESCRIBED, nik=NIK))
    assert tables == set()
    assert 4 < questions < 12
